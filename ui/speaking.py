"""The message line as screens speak to it."""

from __future__ import annotations

from ui.messages import Messages
from ui.theme import Level
from workstation.errors import AppError, LinkError


class Line:
    """A `Speaker`: sentences of the catalogue on the message line."""

    def __init__(self, messages: Messages) -> None:
        self._messages = messages

    def error(self, error: AppError) -> None:
        """An expected error, with its advice; a lost station is red."""
        self._messages.show(error, Level.RED if isinstance(error, LinkError) else Level.YELLOW)

    def info(self, code: str, **values: object) -> None:
        """Something to know."""
        self._messages.tell(code, values)
