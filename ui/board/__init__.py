"""The board: one card a person, next due first, with rooms and trays beside it.

Presenter without widgets, view without decisions; no other screen is known here, and nothing is changed from here:
an action opens the step screen that does it.
"""
