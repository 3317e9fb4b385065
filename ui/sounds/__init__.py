"""What the window lets one hear: scans, the way to a door, warnings that nobody has taken up.

When a sound is due is decided by `alarm` from levels and a clock; `voice` plays it, on a thread of its own, and is
silent where the machine has nothing to play on. No widget and no message of the station may come in.
"""
