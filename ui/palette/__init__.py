"""Ctrl+K: find a person, locker, bag, item or case, or an action of the window, by what is typed.

It opens and goes, nothing more: no door, no departure and no warning is ever dealt with from here. No service may
come in; what is found comes from the station.
"""
