"""The file of a recorded session: one JSON object a line, on disk as soon as the act is over."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any

from workstation.errors import AppError


class Lines:
    """Writes events with their time. Text into one field, character by character, becomes one event.

    `elapsed`: seconds since the start. Raises AppError when the file cannot be written.
    """

    def __init__(self, path: Path, elapsed: Callable[[], float]) -> None:
        self._elapsed = elapsed
        self._typing: dict[str, Any] | None = None
        try:
            self._file: IO[str] = path.open("w", encoding="utf-8")
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise AppError("session.unwritable", file=str(path), reason=reason) from error

    def text(self, target: str, fact: str, text: str) -> None:
        """Text committed into a field."""
        if self._typing is not None and (self._typing["target"], self._typing.get("fact", "")) == (
            target,
            fact,
        ):
            self._typing["text"] += text
            return
        self._flush()
        self._typing = self._event("key", {"target": target, "fact": fact, "text": text})

    def write(self, kind: str, **values: Any) -> None:
        """Any other event; empty facts and paper names are left out."""
        self._flush()
        self._put(self._event(kind, values))

    def close(self) -> None:
        """Write what is left and end the file."""
        self._flush()
        self._file.close()

    def _event(self, kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
        named = {name: value for name, value in values.items() if value != ""}
        return {"t": round(self._elapsed(), 3), "type": kind, **named}

    def _flush(self) -> None:
        typed, self._typing = self._typing, None
        if typed is not None:
            self._put(typed)

    def _put(self, event: Mapping[str, Any]) -> None:
        self._file.write(json.dumps(event, ensure_ascii=False) + "\n")
        self._file.flush()
