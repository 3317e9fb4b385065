"""Papers: frozen values in, the bytes of one PDF out. One file per form; the only room that knows reportlab.

A form draws what it is given and decides nothing: no store, no clock, no file but the fonts and form texts
whose paths are passed in. The same values give the same bytes. What is not known is printed as unknown, what
was done late, by hand or against a rule stands beside the line, and every character that came in is shown or
named.
"""
