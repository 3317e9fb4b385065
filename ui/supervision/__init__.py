"""What supervision looks at: entries against a rule, late, by hand, overridden or corrected, over all open stays.

The list leads to the entry; nothing is changed here. No other screen is known here.
"""
