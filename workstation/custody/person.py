"""Who the person is: identity, photograph, facts of the person, wristband.

Ages are counted on the centre's local calendar. The protective reading is used where the law leaves a doubt:
a lower age limit is passed on the day after the birthday, an upper one is reached on the birthday itself.
"""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from workstation.custody import events as e
from workstation.custody.recorded import Recorded
from workstation.custody.values import Answer, PersonFact, Source
from workstation.roles import Sex

replace = msgspec.structs.replace


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """Identity as last stated. `birth`: `YYYY-MM-DD` or empty; `at`: when it was established."""

    name: str
    sex: Sex
    birth: str
    id_kind: str
    id_number: str
    address: str
    ethnic: str
    nationality: str
    phone: str
    source: Source
    confirmed_other: bool
    at: datetime
    entry: str


class Photo(msgspec.Struct, frozen=True, kw_only=True):
    """The photograph taken in the centre."""

    photo: str
    digest: str
    source: Source
    at: datetime


class FactKnown(msgspec.Struct, frozen=True, kw_only=True):
    """One answer about the person, true from `at` until the next answer on the same fact."""

    fact: PersonFact
    answer: Answer
    source: Source
    at: datetime
    entry: str


class BandWorn(msgspec.Struct, frozen=True, kw_only=True):
    """One wristband and how long it was worn."""

    band: str
    source: Source
    since: datetime
    until: datetime | None = None


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of the person; every former value stays in its history."""

    identity: Identity | None = None
    identities: tuple[Identity, ...] = ()
    photo: Photo | None = None
    facts: tuple[FactKnown, ...] = ()
    bands: tuple[BandWorn, ...] = ()

    @property
    def band(self) -> str:
        """The band worn now, or an empty string."""
        return self.bands[-1].band if self.bands and self.bands[-1].until is None else ""

    @property
    def sex(self) -> Sex:
        return self.identity.sex if self.identity else Sex.UNKNOWN

    def answer(self, fact: PersonFact, at: datetime | None = None) -> Answer:
        """The last answer on `fact` that held at `at` (None: the newest); unknown when nobody has."""
        known = Answer.UNKNOWN
        for one in self.facts:
            if one.fact is fact and (at is None or one.at <= at):
                known = one.answer
        return known

    def has(self, fact: PersonFact, at: datetime | None = None) -> bool:
        """Whether the fact is known to hold."""
        return self.answer(fact, at) is Answer.YES

    @property
    def birth(self) -> date | None:
        """Date of birth, or None while it is unknown or unreadable."""
        try:
            return date.fromisoformat(self.identity.birth) if self.identity and self.identity.birth else None
        except ValueError:
            return None

    def under(self, years: int, day: date) -> bool | None:
        """Whether the person counts as under `years` on the local `day`; None while the birth is unknown."""
        born = self.birth
        return None if born is None else day <= birthday(born, years)

    def reached(self, years: int, day: date) -> bool | None:
        """Whether the person counts as having reached `years` on `day` (used for upper limits such as 70)."""
        born = self.birth
        return None if born is None else day >= birthday(born, years)


def birthday(born: date, years: int) -> date:
    """The day on which somebody born on `born` turns `years`; 29 February becomes 28 in a common year."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return born.replace(year=born.year + years, day=28)


EVENTS = (e.PersonIdentified, e.PersonPhotographed, e.PersonFactNoted, e.BandIssued, e.BandRemoved)


def step(person: Person, recorded: Recorded) -> Person:
    """The person after one more entry, taken in order of happening."""
    at = recorded.happened_at
    match recorded.event:
        case e.PersonIdentified() as event:
            identity = Identity(
                name=event.name,
                sex=event.sex,
                birth=event.birth,
                id_kind=event.id_kind,
                id_number=event.id_number,
                address=event.address,
                ethnic=event.ethnic,
                nationality=event.nationality,
                phone=event.phone,
                source=event.source,
                confirmed_other=event.confirmed_other,
                at=at,
                entry=recorded.entry,
            )
            return replace(person, identity=identity, identities=(*person.identities, identity))
        case e.PersonPhotographed() as event:
            photo = Photo(photo=event.photo, digest=event.digest, source=event.source, at=at)
            return replace(person, photo=photo)
        case e.PersonFactNoted() as event:
            known = FactKnown(
                fact=event.fact, answer=event.answer, source=event.source, at=at, entry=recorded.entry
            )
            return replace(person, facts=(*person.facts, known))
        case e.BandIssued() as event:
            bands = _taken_off(person.bands, at)
            worn = BandWorn(band=event.band, source=event.source, since=at)
            return replace(person, bands=(*bands, worn))
        case e.BandRemoved():
            return replace(person, bands=_taken_off(person.bands, at))
        case _:
            return person


def _taken_off(bands: tuple[BandWorn, ...], at: datetime) -> tuple[BandWorn, ...]:
    if bands and bands[-1].until is None:
        return (*bands[:-1], replace(bands[-1], until=at))
    return bands
