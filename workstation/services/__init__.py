"""Use cases over the rules and the store: the desk where everything enters, and what the screens read.

No socket, no thread of its own, no Qt, no SQL. What a screen reads is made from the fold of the record; nothing a
screen shows is ever edited in place.
"""
