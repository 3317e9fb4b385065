"""The lockers: every bank door by door, what lies behind the door in hand, and opening one for an inspection.

A door whose contact is not known is drawn as unknown. No other screen is known here.
"""
