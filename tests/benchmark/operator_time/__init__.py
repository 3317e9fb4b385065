"""Operator time: what the record work of one ordinary stay costs trained staff, here and in the twelve traditional links.

Both sides are streams of the same events and pass through the same arithmetic (keystroke-level model, Card, Moran
and Newell 1980). `docs/operator-time.md` says what is assumed, what is counted and what the figures may not be
called.
"""
