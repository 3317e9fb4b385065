"""What every paper needs besides its values: centre, number, language, zone, ledger head; and its words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from workstation.catalogue import Catalogue
from workstation.custody.values import Answer, SignState
from workstation.errors import SettingsError

Language = Literal["zh", "en"]


class LedgerHead(msgspec.Struct, frozen=True, kw_only=True):
    """The ledger that the paper was made from: entries in the tree and its root, 64 hex digits."""

    size: int
    root: str

    @property
    def code(self) -> str:
        """The text of the QR symbol, in its alphanumeric set."""
        return f"ONESTOP:HEAD:{self.size}:{self.root.upper()}"


class Mark(StrEnum):
    """What stands beside a line that is not as it should be."""

    BREACH = "breach"
    LATE = "late"
    BY_HAND = "by-hand"
    SIMULATED = "simulated"
    CORRECTED = "corrected"


class Signed(msgspec.Struct, frozen=True, kw_only=True):
    """One box for a signature. `part`: person, searcher, witness, custodian, officer, guardian, interpreter,
    receiver, legal, approver. `state` None: nobody has signed yet, which is printed so. `at`: aware UTC.
    """

    part: str
    state: SignState | None
    by: str = ""
    noted_by: str = ""
    at: datetime | None = None


class Shortfall(msgspec.Struct, frozen=True, kw_only=True):
    """One breach or one duty that is still owed. `text`: the whole sentence in the language of the paper."""

    breach: bool
    text: str
    owner: str = ""
    due_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class PaperContext:
    """`centre`: its name in the paper's language. `number`: of this paper. `practice`: the store is a
    practice store or any of the values is simulated, so every page says so. `head` None: it is not known.
    """

    centre: str
    number: str
    language: Language
    time_zone: str
    practice: bool
    head: LedgerHead | None
    printed_at: datetime
    catalogue: Catalogue


class Words:
    """The sentences, dates and figures of one paper."""

    def __init__(self, context: PaperContext) -> None:
        """Raises SettingsError `paper.time-zone` for a zone that this machine does not know."""
        self._catalogue = context.catalogue
        self.language = context.language
        try:
            self._zone = ZoneInfo(context.time_zone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise SettingsError("paper.time-zone", zone=context.time_zone) from error
        self.zone = context.time_zone

    def say(self, code: str, **values: str | int) -> str:
        """The sentence of `paper.<code>`."""
        return self._catalogue.text(f"paper.{code}", self.language, values)

    @property
    def unknown(self) -> str:
        return self.say("unknown")

    def known(self, text: str | int | None) -> str:
        """The value, or the word for unknown; an empty text is unknown too."""
        return self.unknown if text is None or str(text).strip() == "" else str(text)

    def when(self, instant: datetime | None, *, seconds: bool = False) -> str:
        """Local date and minute, or unknown."""
        if instant is None:
            return self.unknown
        if instant.tzinfo is None:
            raise ValueError("an instant without a time zone has no place on a paper")
        return instant.astimezone(self._zone).strftime("%Y-%m-%d %H:%M:%S" if seconds else "%Y-%m-%d %H:%M")

    def span(self, start: datetime | None, end: datetime | None) -> str:
        """From – to, each of which may be unknown; a day is not said twice."""
        return self.say("span", start=self.when(start), end=self.later(start, end))

    def later(self, start: datetime | None, end: datetime | None) -> str:
        """An end: its hour and minute alone where it lies on the day of its start."""
        told = self.when(end)
        same = start is not None and end is not None and self.when(start)[:10] == told[:10]
        return told[11:] if same else told

    def offset(self, instant: datetime) -> str:
        """`UTC+08:00` at that instant."""
        raw = instant.astimezone(self._zone).strftime("%z")
        return f"UTC{raw[:3]}:{raw[3:5]}"

    def answer(self, answer: Answer | None) -> str:
        return self.unknown if answer is None else self.say(f"answer.{answer.value}")

    def joined(self, texts: tuple[str, ...] | None, none: str = "none") -> str:
        """Texts in a row; None is unknown, an empty tuple is the sentence of `none`."""
        if texts is None:
            return self.unknown
        return self.say("comma").join(texts) if texts else self.say(none)

    def marks(self, marks: tuple[Mark, ...]) -> str:
        """`【违规】【补录】`, worst first."""
        between = "" if self.language == "zh" else " "
        return between.join(self.say(f"mark.{mark.value}") for mark in Mark if mark in marks)

    def signature(self, box: Signed) -> str:
        """Who signed when, who noted a refusal, or that nobody has signed."""
        if box.state is None:
            return self.say("sign.open")
        by = self.known(box.by)
        at = self.when(box.at)
        if box.state is SignState.SIGNED:
            return self.say("sign.signed", by=by, at=at)
        return self.say(f"sign.{box.state.value}", by=by, at=at, noted=self.known(box.noted_by))
