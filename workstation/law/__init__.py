"""Rule packs and legal clocks: what the law says, read from data, and how long a ground still holds.

Pure but for reading the files of a pack. No store, no device, no screen, no clock of its own; numbers, ranks
and legal bases stand in the pack, never in code.
"""
