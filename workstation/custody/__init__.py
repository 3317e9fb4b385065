"""What may happen to a stay: commands, events, the fold, the gates, the next action. Pure.

No database, no device, no clock of its own, no file: everything it needs is passed in. Legal numbers, texts and
which gate rows are active come in through `Circumstances`; nothing in here names a country.
"""
