"""Open warnings, duties and running-out clocks of every open stay, by level and then by when they are due.

Acknowledging and closing are commands of the record, with a reason. No other screen is known here.
"""
