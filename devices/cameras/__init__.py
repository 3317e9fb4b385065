"""Cameras: where pictures come from, the feed that keeps the newest one with its age and health, and recording.

Recording: `recordings` (the station's side), `recorder` (a process for each recording), `packets` (what it reads),
`journal` (what it wrote when, hashed), `proof` (whether all is still so), `library` (pictures and clips of what was
written). `tamper`: whether a camera still sees something; `hiding`: what is left out of a picture. No screen and no
store may come in.
"""
