"""Which datum of the official forms a widget holds, by its name: the `fact` of an act in a recorded session."""

from __future__ import annotations

from typing import Any


def datum_of(name: str, facts: Any) -> str:
    """The datum behind a widget's object name in the stay in hand; empty for what is none."""
    return ""
