"""What every screen is given: the link, the words, the look, and the ways to speak and to move about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Protocol
from zoneinfo import ZoneInfo

from ui.link import Link
from workstation.catalogue import Catalogue
from workstation.clock import Clock
from workstation.custody.commands import CentreCommand, Command, Override
from workstation.errors import AppError
from workstation.station import messages as m


class Words:
    """Catalogue sentences in the language of the moment; `language` may change while screens are open."""

    def __init__(self, catalogue: Catalogue, language: str) -> None:
        self.catalogue = catalogue
        self.language = language

    def __call__(self, code: str, **values: object) -> str:
        """The sentence of `code`."""
        return self.catalogue.text(code, self.language, values)

    def advice(self, code: str, **values: object) -> str:
        """The advice of `code`, or an empty string."""
        return self.catalogue.advice(code, self.language, values)

    def pick(self, zh: str, en: str) -> str:
        """Of two names of a thing, the one of the present language."""
        return zh if self.language == "zh" else (en or zh)


class Speaker(Protocol):
    """The message line."""

    def error(self, error: AppError) -> None: ...

    def info(self, code: str, **values: object) -> None: ...


class Submitter(Protocol):
    """Sends a command, asking for a second person's credential where one is needed, and tells the outcome.

    `saved(Saved)` only after the disk has it; `refused(Refused)` with every reason; other outcomes are told on the
    message line, and `unsaved()` is called. `seconds`: staff ids that must prove themselves for this command, when the screen knows them.
    `drafts`: forms of the stay whose drafts end in the same commit.
    """

    def __call__(
        self,
        command: Command | CentreCommand,
        saved: Callable[[m.Saved], None],
        refused: Callable[[m.Refused], None] | None = None,
        *,
        report: bool = False,
        happened_at: datetime | None = None,
        late_reason: str = "",
        overrides: tuple[Override, ...] = (),
        seconds: tuple[str, ...] = (),
        drafts: tuple[str, ...] = (),
        unsaved: Callable[[], None] = lambda: None,
    ) -> None: ...


@dataclass(frozen=True)
class Context:
    """Handed to every screen. `go(screen, stay, task)`: show a screen, with a stay and one of its tasks."""

    link: Link
    words: Words
    clock: Clock
    speaker: Speaker
    submit: Submitter
    go: Callable[[str, str, str], None]
    centre: m.CentreReply

    @property
    def zone(self) -> tzinfo:
        """The centre's local time, for display only."""
        return ZoneInfo(self.centre.time_zone)

    def local(self, instant: datetime, form: str = "%H:%M") -> str:
        """An instant as local time."""
        return instant.astimezone(self.zone).strftime(form)

    def room_name(self, room: str) -> str:
        """The name of a room in the present language; an undeclared room is shown by its id."""
        for row in self.centre.rooms:
            if row.id == room:
                return self.words.pick(row.name_zh, row.name_en)
        return room


def span(left: timedelta) -> str:
    """`5:48` for hours and minutes, `12` under an hour: the sign is the caller's."""
    minutes = int(abs(left).total_seconds() // 60)
    return f"{minutes // 60}:{minutes % 60:02d}" if minutes >= 60 else str(minutes)
