"""Cameras: where pictures come from, and the feed that keeps the newest one with its age and health.

Recording, hashing and tamper analysis get files of their own here; no screen and no store may come in.
"""
