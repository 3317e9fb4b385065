"""What a form asks: fields, forms and groups of forms as frozen values, and how filled-in values are read.

Values of a form are plain (text, numbers, lists, mappings), so that a draft is their JSON. A value from a device
is a mapping: `value`, `how` (as in `How`), `device`, `at` (ISO time), and by hand `second`, `reason`, `photo`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from enum import StrEnum
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from workstation.custody.circumstances import ClockRun, ClockState
from workstation.custody.commands import Command
from workstation.custody.values import Answer, CountLine, How, Question, Signature, SignState, Source
from workstation.readings import CardRead
from workstation.services.lockers import BankView
from workstation.services.stays import StayFacts
from workstation.station import messages as m

Say = tuple[str, str]
"""A text of a form: 中文, English."""
Values = Mapping[str, Any]
E = TypeVar("E", bound=StrEnum)


class Kind(StrEnum):
    """What a field takes."""

    TEXT = "text"
    LONG = "long"
    SPOKEN = "spoken"  # a line of an interview's record
    NUMBER = "number"
    MONEY = "money"  # whole fen, typed as yuan
    DATE = "date"
    MOMENT = "moment"
    CHOICE = "choice"
    MANY = "many"
    STAFF = "staff"
    PEOPLE = "people"
    SIGNATURES = "signatures"
    QUESTIONS = "questions"
    LINES = "lines"
    TAG = "tag"
    SCAN = "scan"
    WEIGHT = "weight"
    PHOTO = "photo"


LATE = ("happened_at", "late_reason")
"""Asked beside every form that is told as having happened."""
OVERRIDE = "override_reason"
"""Asked beside a form whose gates may be passed with a second person."""
DEVICE_KINDS = frozenset({Kind.TAG, Kind.SCAN, Kind.WEIGHT, Kind.PHOTO})


_FAMILIES = {"card": "idcard", "tags": "tag", "scale": "scale"}  # how the types of such devices begin


@dataclass(frozen=True)
class Facts:
    """What a form may look at. `stay` is empty for a new arrival; `values` is what the form in hand holds."""

    stay: StayFacts
    now: datetime
    actor: m.Signed
    centre: m.CentreReply
    staff: tuple[m.StaffRow, ...] = ()
    banks: tuple[BankView, ...] = ()
    card: CardRead | None = None
    clocks: tuple[ClockState, ...] = ()
    values: Values = field(default_factory=dict)

    @property
    def zone(self) -> tzinfo:
        """The centre's local time."""
        return ZoneInfo(self.centre.time_zone)

    @property
    def suspect(self) -> bool:
        return self.stay.is_suspect

    @property
    def ground_ended(self) -> bool:
        """Whether nothing may hold the person any more: a limit has run out, or release was decided."""
        decided = self.stay.ground.decided
        expired = any(one.liberty and one.state is ClockRun.EXPIRED for one in self.clocks)
        return expired or (decided is not None and decided.is_release)

    def person_name(self) -> str:
        """Name of the person as established, or an empty string."""
        return self.stay.person.identity.name if self.stay.person.identity else ""

    def desk(self, kind: str) -> str:
        """The device of this desk by kind (card, tags, scale), the camera of the room; empty when there is none."""
        if kind == "camera":
            return self.camera()
        family = _FAMILIES[kind]
        return next((one for name, one in self.centre.desk.items() if name.startswith(family)), "")

    def camera(self) -> str:
        """The camera for stills: of the room where the person is, else of the intake."""
        return self.room_camera() or next(
            (one.camera for one in self.centre.rooms if one.use == "intake" and one.camera), ""
        )

    def room_camera(self) -> str:
        """The camera that looks at the person now: of their room, of the intake before they are in a room."""
        room = self.stay.presence.room
        here = [one for one in self.centre.rooms if (one.id == room if room else one.use == "intake")]
        return next((one.camera for one in here if one.camera), "")


@dataclass(frozen=True)
class Option:
    """One choice. `say` when it is no word of the catalogue; else `code` names it there."""

    key: str
    code: str = ""
    say: Say = ("", "")


@dataclass(frozen=True)
class Part:
    """One line of signatures: whose, and the name or staff id known already; `optional` when it may stay empty."""

    part: str
    by: str = ""
    optional: bool = False


def _no_options(_: Facts) -> tuple[Option, ...]:
    return ()


def _always(_: Values, __: Facts) -> bool:
    return True


def _no_parts(_: Facts) -> tuple[Part, ...]:
    return ()


@dataclass(frozen=True)
class Field:
    """One thing asked.

    `start` gives what is known before anybody typed; a judgement has none. `shown` decides by the other values.
    `device`: the desk's device that reads it (tags, scale, camera), or `cell` for the reader in the chosen locker.
    `expect`: what a device or code must say; anything else is another thing and is never taken for it.
    `phrases`: texts found by the initials of their pinyin.
    """

    key: str
    label: Say
    kind: Kind
    optional: bool = False
    judgement: bool = False
    options: Callable[[Facts], tuple[Option, ...]] = _no_options
    shown: Callable[[Values, Facts], bool] = _always
    start: Callable[[Facts], Any] | None = None
    hint: Say = ("", "")
    parts: Callable[[Facts], tuple[Part, ...]] = _no_parts
    codes: tuple[str, ...] = ()
    device: str = ""
    expect: Callable[[Facts], str] | None = None
    phrases: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Origin:
    """Where a recorded row comes from (a word of `How`) and its local time."""

    how: str
    at: str


@dataclass(frozen=True)
class Table:
    """What is recorded already, as rows of plain text: under heads, or without heads as names and values.

    `@code` is a code of the catalogue, `#room` a room. `wide`: the column that takes the room that is left;
    `right`: columns of figures; `origins`: where each row comes from, None for one that says it itself.
    """

    heads: tuple[Say, ...]
    rows: tuple[tuple[str, ...], ...]
    wide: int = 1
    right: tuple[int, ...] = ()
    origins: tuple[Origin | None, ...] = ()


@dataclass(frozen=True)
class Brief:
    """One thing known already, in the strip over the fields: its name, value as in a table, and a note."""

    label: Say
    value: str
    said: Say = ("", "")


def _no_briefs(_: Facts) -> tuple[Brief, ...]:
    return ()


def _no_table(_: Facts) -> Table | None:
    return None


def _fits(_: Facts) -> bool:
    return True


def _never(_: Facts) -> bool:
    return False


@dataclass(frozen=True)
class Form:
    """One decision group.

    `code`: unique, the name of the action where there is one. `action`: words of the main button. `build`: the
    commands in order, each given only after the one before was saved; `judged` is the one that the gates are
    asked about. `fits`: offered now; `done`: nothing more to do here. `report`: can only be told as having
    happened. `prints`: papers that may be printed from here. `briefs`: what
    is known already, over the fields. `quiet`: while it is empty nothing is said of what is not filled in. `again`: the form stays in hand, empty, for the next
    one after saving (items, notes). `aside`: offered, never taken in hand by itself.
    """

    code: str
    title: Say
    action: Say
    icon: str
    fields: tuple[Field, ...]
    build: Callable[[Filled], tuple[Command, ...]]
    fits: Callable[[Facts], bool] = _fits
    done: Callable[[Facts], bool] = _never
    report: bool = False
    again: bool = False
    judged: int = 0
    aside: bool = False
    danger: bool = False
    note: Say = ("", "")
    table: Callable[[Facts], Table | None] = _no_table
    briefs: Callable[[Facts], tuple[Brief, ...]] = _no_briefs
    prints: tuple[str, ...] = ()
    quiet: bool = False


@dataclass(frozen=True)
class Group:
    """The forms of one task of the list."""

    task: str
    title: Say
    forms: tuple[Form, ...] = field(default=())

    def first(self, facts: Facts) -> Form:
        """The form to take in hand: the first that fits and has something left to do."""
        fitting = [one for one in self.forms if one.fits(facts)] or list(self.forms)
        led = [one for one in fitting if not one.aside]
        return next((one for one in led if not one.done(facts)), (led or fitting)[0])


class Filled:
    """Reads the values of a form as typed values; `lacking` must have found nothing before."""

    def __init__(self, values: Values, facts: Facts) -> None:
        self.values = values
        self.facts = facts

    @property
    def stay(self) -> str:
        return self.facts.stay.stay

    def has(self, key: str) -> bool:
        """Whether something was filled in."""
        return self.values.get(key) not in (None, "", [], {})

    def text(self, key: str) -> str:
        """Text without blanks at its ends; empty when nothing was filled in."""
        return str(self.values.get(key) or "").strip()

    def number(self, key: str) -> int | None:
        """A whole number, or None."""
        return whole(self.values.get(key))

    def is_yes(self, key: str) -> bool:
        """Whether a yes/no choice says yes."""
        return self.values.get(key) == "yes"

    def choice(self, key: str, kind: type[E]) -> E:
        """The chosen member."""
        return kind(self.values[key])

    def moment(self, key: str) -> datetime | None:
        """An instant, or None."""
        return instant(self.values.get(key))

    def people(self, key: str) -> tuple[str, ...]:
        """Staff ids, in order."""
        return tuple(self.values.get(key) or ())

    def many(self, key: str) -> tuple[str, ...]:
        """Chosen keys, in order."""
        return tuple(self.values.get(key) or ())

    def signatures(self, key: str) -> tuple[Signature, ...]:
        """Every line on which an act of signing or its refusal stands."""
        return tuple(
            Signature(
                part=row["part"],
                by=row.get("by", "").strip(),
                state=SignState(row["state"]),
                noted_by=row.get("noted_by", "") if row["state"] != SignState.SIGNED else "",
                stroke=row.get("stroke", "") if row["state"] == SignState.SIGNED else "",
            )
            for row in self.values.get(key) or ()
            if row.get("state")
        )

    def questions(self, key: str) -> tuple[Question, ...]:
        """Every question that was answered."""
        return tuple(
            Question(code=code, answer=Answer(row["answer"]), detail=row.get("detail", "").strip())
            for code, row in (self.values.get(key) or {}).items()
            if row.get("answer")
        )

    def lines(self, key: str) -> tuple[CountLine, ...]:
        """Count lines with a name."""
        return tuple(
            CountLine(name=row["name"].strip(), quantity=whole(row.get("quantity")) or 0)
            for row in self.values.get(key) or ()
            if row.get("name", "").strip()
        )

    def read(self, key: str) -> str:
        """The value of a device field, or an empty string."""
        got = self.values.get(key) or {}
        return str(got.get("value", "")).strip()

    def grams(self, key: str) -> int | None:
        """A weight in grams, or None."""
        return whole(self.read(key))

    def source(self, key: str) -> Source:
        """Where the value of a device field comes from."""
        got = self.values.get(key) or {}
        return Source(
            how=How(got.get("how") or How.TYPED),
            device=str(got.get("device", "")),
            read_at=instant(got.get("at")),
            second=str(got.get("second", "")),
            reason=str(got.get("reason", "")),
            photo=str(got.get("photo", "")),
        )


def whole(value: object) -> int | None:
    """A whole number that is not negative, from a number or its digits; None for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value if value >= 0 else None
    digits = str(value or "").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 16 else None


def instant(value: object) -> datetime | None:
    """An aware instant from its ISO text, or None."""
    try:
        found = datetime.fromisoformat(str(value)) if value else None
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None
