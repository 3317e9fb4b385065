"""The record in bytes: entries, their commitments, the tree over them and its verification.

Pure functions and frozen values over bytes; the only help from outside is hashing. No database, no clock, no
key and no event type of the rules ever comes in here: an entry says what kind it is by a string. The bytes
are described for outsiders in docs/ledger.md and never change once entries have been stored.
"""
