"""Widgets used by two screens or more: painted parts, and the pieces of the shell.

They know the theme, Qt and the values handed to them; no screen, no service, no device and no presenter may
come in. Every control has an accessible name; every text from outside is shown literally.
"""
