"""The wall: the board for a large screen in a hall. Number, room and timers; no name, no case, no measure.

It asks the station for nothing else, needs nobody to sign in, and changes nothing.
"""
