"""What supervision looks at: who to look in on, entries drawn by lot, corrected, late, by hand or against a rule.

The lists lead to the entry; nothing is changed here. No other screen is known here.
"""
