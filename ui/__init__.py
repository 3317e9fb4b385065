"""The windows of Onestop, and the `onestop` command.

Holds screens (one package each, view and presenter), the widgets they share and the composition root `cli`.
No rule of the procedure, no SQL and no device line comes in here; screens never import one another and meet
in `window`.
"""
