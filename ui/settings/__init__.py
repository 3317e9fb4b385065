"""Settings: how the window looks, the layout of the centre, its staff, and what runs here.

Layout and staff are changed by commands of the record only. No other screen is known here.
"""
