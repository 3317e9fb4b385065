"""The message line as screens speak to it."""

from __future__ import annotations

from ui.context import Words
from ui.messages import Messages
from ui.theme import Level
from workstation.errors import AppError, LinkError

_ENDS = ".。!！?？;；:："


def sentence(words: Words, error: AppError) -> str:
    """What an error says and what to do about it, as one text."""
    said, advice = words(error.code, **error.values), words.advice(error.code, **error.values)
    if not advice:
        return said
    closed = said if said.rstrip()[-1:] in _ENDS else said + words.pick("。", ".")
    return f"{closed}{words.pick('', ' ')}{advice}"


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
