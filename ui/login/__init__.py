"""Who is at the screen: sign-in, first administrator, lock, and the second person's approval.

Knows the link and the widgets; no other screen, no store and no device may come in. A secret lives in its field
and in the one message that carries it, nowhere else.
"""
