"""The demonstration: a hand at the real window, one whole stay, and the pictures of every screen.

It acts by window input and by the simulated world only. No command of the rules and no station is called in here.
"""
