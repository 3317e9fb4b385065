"""The three step screens: admission, handling and departure of one stay, worked from one task list.

Forms are declared as data in `forms` and drawn by one view; no other screen is known here, and no rule: what
stands against an action is asked from the station.
"""
