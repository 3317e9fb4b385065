"""Where a store lies, known without opening one."""

from __future__ import annotations

FILE = "store.db"
"""Name of the store in its folder."""
