"""The timeline of one stay: every entry with its three times, its source, its flags and its corrections.

Nothing is changed here except by a correction or a note, which are entries themselves. No other screen is known here.
"""
