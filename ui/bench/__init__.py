"""The device bench: every declared device with its health and since when, the live trace of its line, and readings.

Nothing read here goes into the record. No other screen is known here.
"""
