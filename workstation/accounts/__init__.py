"""Credentials, sessions, who may do what, and second-person approvals. Pure: no store, no screen.

Secrets are stored elsewhere (storage); in here they are hashed, checked and counted.
"""
