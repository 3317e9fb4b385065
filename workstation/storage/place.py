"""Where a store lies, known without opening one."""

from __future__ import annotations

import os
from pathlib import Path

FILE = "store.db"
"""Name of the store in its folder."""


def default_home(mode: str) -> Path:
    """Where data of `mode` lies by the XDG rules."""
    base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "onestop" / mode
