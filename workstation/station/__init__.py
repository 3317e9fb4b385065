"""The process without a screen: it owns the store, the device lines wired here and the followers.

Server and client of the local socket, the work on device intents, the start of everything. No Qt comes in here; the
rack of devices is passed in by the command line, so that no adapter and no simulator is known here.
"""
