"""The timeline of one stay: lanes on one axis, every entry with its times, source, proof and corrections, a table twin.

`reading` knows the record, `lanes` and `lanes_more` draw up what `area` paints, `canvas` is under the hand, `reach`
speaks to screen readers. Nothing is changed here except by a correction or a note, which are entries themselves. No
other screen is known here.
"""
