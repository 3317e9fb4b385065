"""The words of a stay on its papers: sentences, names of people and rooms, marks, boxes for signatures."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from workstation.catalogue import Catalogue, code_of
from workstation.custody.circumstances import Circumstances
from workstation.custody.house import House
from workstation.custody.stay import Stay
from workstation.custody.values import (
    Paper,
    Sheet,
    Signature,
    SignState,
)
from workstation.documents.context import Mark, Signed


class Told:
    """What every form says in the same way, in the language of the paper."""

    def __init__(
        self, stay: Stay, house: House, around: Circumstances, catalogue: Catalogue, language: str
    ) -> None:
        self.stay = stay
        self.house = house
        self.around = around
        self._catalogue = catalogue
        self.language = language
        self._flags = {one.entry: self._marks(one) for one in stay.entries}

    def say(self, code: str, **values: object) -> str:
        return self._catalogue.text(code, self.language, values)

    def said(self, value: StrEnum) -> str:
        return self.say(code_of(value))

    def line(self, sheet: Sheet, code: str) -> str:
        """What a line of an official form was last filled with, as a word of its list or as it was written."""
        found = self.stay.papers.line(sheet, code)
        word = f"line.{code}.{found}"
        return self.say(word) if word in self._catalogue else found

    def gate_text(self, gate: str) -> str:
        row = self.around.pack.gate(gate)
        return self.say(f"{row.message}.short") if row and f"{row.message}.short" in self._catalogue else ""

    def name(self, staff: str) -> str:
        found = self.house.centre.staff.get(staff)
        return found.actor.name if found else staff

    def room(self, room: str) -> str:
        found = self.house.centre.rooms.get(room)
        if found is None:
            return room
        return found.name_zh if self.language == "zh" else found.name_en or found.name_zh

    def room_at(self, at: datetime) -> str:
        return next(
            (
                one.room
                for one in reversed(self.stay.presence.rooms)
                if one.since <= at and (one.until is None or at <= one.until)
            ),
            "",
        )

    def local(self, at: datetime) -> str:
        return self.around.local(at).strftime("%m-%d %H:%M")

    def age(self) -> int | None:
        born, arrived = self.stay.person.birth, self.stay.arrived_at
        if born is None or arrived is None:
            return None
        day = self.around.local(arrived).date()
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

    def paper_signed(self, paper: Paper, parts: tuple[str, ...]) -> tuple[Signed, ...]:
        signed = self.stay.papers.paper(paper)
        return self.signed(signed.signatures if signed else (), parts, signed)

    def signed(
        self, signatures: Iterable[Signature], parts: tuple[str, ...], source: object
    ) -> tuple[Signed, ...]:
        """The signatures given, then an open box for every part that has none."""
        given = list(signatures)
        at = getattr(source, "at", None) or getattr(source, "ended", None)
        boxes = [
            Signed(
                part=one.part,
                state=SignState(one.state),
                by=self.name(one.by),
                noted_by=self.name(one.noted_by) if one.noted_by else "",
                at=at,
            )
            for one in given
        ]
        left = [one.part for one in given]
        for part in parts:
            if part in left:
                left.remove(part)
            else:
                boxes.append(Signed(part=part, state=None))
        return tuple(boxes)

    def spoken(self, language: str) -> str:
        """The language in which something was said, as a word; one of no known code as it was written."""
        code = f"spoken.{language}"
        return self.say(code) if code in self._catalogue else language

    def flags_of(self, entry: str) -> tuple[Mark, ...]:
        return self._flags.get(entry, ())

    @staticmethod
    def _marks(recorded: object) -> tuple[Mark, ...]:
        named = (
            ("breach", Mark.BREACH),
            ("late", Mark.LATE),
            ("by_hand", Mark.BY_HAND),
        )
        return tuple(mark for name, mark in named if getattr(recorded, name))
