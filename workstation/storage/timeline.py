"""The timeline projection: one row per entry and stay, clustered by stay: a cold timeline is one read.

In clear: what stands in clear in the headers too. The values are sealed under the key of the stay.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, text

from workstation.errors import StoreError
from workstation.ledger.canonical import JSON, canonical, parse
from workstation.ledger.sections import about
from workstation.readings import Stamp
from workstation.storage.database import Database
from workstation.storage.prepared import StoredEntry
from workstation.storage.sealing import Seals

LATE, BY_HAND, SIMULATED, BREACH = 1, 2, 4, 8
REVIEWED_KINDS = ("breach-marked/1", "gate-overridden/1", "duty-opened/1")
"""Kinds of entries that are always reviewed, whatever their flags."""
OWED_KINDS = ("duty-opened/1", "warning-raised/1")
SETTLED_KINDS = ("duty-closed/1", "warning-closed/1")
_OWED = f"kind IN ({', '.join(repr(kind) for kind in OWED_KINDS + SETTLED_KINDS)})"
_REVIEWED = (
    f"(flags & {LATE | BY_HAND | BREACH} <> 0 OR corrects <> '' "
    f"OR kind IN ({', '.join(repr(kind) for kind in REVIEWED_KINDS)}))"
)


class TimelineRow(msgspec.Struct, frozen=True, kw_only=True):
    """One line. Times: UTC milliseconds; `entry`, `corrects`: entry ids, the second empty but for a correction;
    `device`: what the device's own clock said, or None; `sections`: the values about this stay, or None when
    they are erased."""

    seq: int
    entry: str
    stay: str
    kind: str
    actor: str
    actor_kind: str
    workstation: str
    happened_at_ms: int
    recorded_at_ms: int
    device: Stamp | None
    corrects: str
    late: bool
    by_hand: bool
    simulated: bool
    breach: bool
    sections: Mapping[str, Mapping[str, JSON]] | None


class Timeline:
    """Keeps and reads the timeline rows."""

    name = "timeline"
    version = 3

    def __init__(self, database: Database, seals: Seals) -> None:
        self._database = database
        self._seals = seals
        self._table = f"{self.name}_{self.version}"

    def create(self, connection: Connection) -> None:
        """Make the table."""
        connection.execute(
            text(
                f"CREATE TABLE {self._table}(stay TEXT NOT NULL, seq INTEGER NOT NULL, entry TEXT NOT NULL, "
                "kind TEXT NOT NULL, actor TEXT NOT NULL, actor_kind TEXT NOT NULL, "
                "workstation TEXT NOT NULL, happened_at INTEGER NOT NULL, recorded_at INTEGER NOT NULL, "
                "device_at INTEGER, device_offset INTEGER NOT NULL, device_uncertainty INTEGER NOT NULL, "
                "corrects TEXT NOT NULL, flags INTEGER NOT NULL, sealed BLOB, "
                "PRIMARY KEY (stay, seq)) WITHOUT ROWID, STRICT"
            )
        )
        connection.execute(
            text(f"CREATE INDEX {self._table}_corrects ON {self._table}(stay, corrects) WHERE corrects <> ''")
        )
        connection.execute(
            text(f"CREATE INDEX {self._table}_reviewed ON {self._table}(seq) WHERE {_REVIEWED}")
        )
        connection.execute(
            text(f"CREATE INDEX {self._table}_owed ON {self._table}(stay, kind) WHERE {_OWED}")
        )

    def drop(self, connection: Connection, version: int) -> None:
        """Remove the table of a version."""
        connection.execute(text(f"DROP TABLE IF EXISTS {self.name}_{int(version)}"))

    def apply(self, connection: Connection, entry: StoredEntry) -> None:
        """Write the row of the entry's stay, and of each stay it speaks of."""
        for row in rows_of(entry):
            sealed = None if row.sections is None else b""  # nothing to seal, nothing to erase
            if row.sections:
                sealed = self._seals.seal(row.stay, f"{self._table} {row.seq}", canonical(row.sections))
            connection.execute(
                text(
                    f"INSERT OR REPLACE INTO {self._table} VALUES (:stay, :seq, :entry, :kind, :actor, "
                    ":actor_kind, :workstation, :happened, :recorded, :device_at, :offset, :uncertainty, "
                    ":corrects, :flags, :sealed)"
                ),
                {
                    "stay": row.stay,
                    "seq": row.seq,
                    "entry": row.entry,
                    "kind": row.kind,
                    "actor": row.actor,
                    "actor_kind": row.actor_kind,
                    "workstation": row.workstation,
                    "happened": row.happened_at_ms,
                    "recorded": row.recorded_at_ms,
                    "device_at": row.device.at_ms if row.device else None,
                    "offset": row.device.offset_ms if row.device else 0,
                    "uncertainty": row.device.uncertainty_ms if row.device else 0,
                    "corrects": row.corrects,
                    "flags": _flags(row),
                    "sealed": sealed,
                },
            )

    def erase(self, connection: Connection, stay: str) -> None:
        """Drop the values of a stay; that something was recorded, and when, stays visible."""
        connection.execute(
            text(f"UPDATE {self._table} SET sealed = NULL WHERE stay = :stay AND length(sealed) > 0"),
            {"stay": stay},
        )

    def rows(
        self,
        stay: str,
        *,
        after_seq: int = 0,
        limit: int = 1000,
        kinds: Sequence[str] = (),
        newest: bool = False,
    ) -> list[TimelineRow]:
        """The rows of a stay in order of recording: the first `limit` (-1: all) after `after_seq`.

        `kinds`: only these, when given; `newest`: the last `limit` of them instead.
        """
        named = {f"kind{number}": kind for number, kind in enumerate(kinds)}
        among = f"AND kind IN ({', '.join(f':{name}' for name in named)}) " if named else ""
        order = "DESC " if newest else ""
        with self._database.reading() as connection:
            found = connection.execute(
                text(
                    f"SELECT * FROM {self._table} WHERE stay = :stay AND seq > :after {among}"
                    f"ORDER BY seq {order}LIMIT :limit"
                ),
                {"stay": stay, "after": after_seq, "limit": limit, **named},
            ).all()
        rows = [self._row(row) for row in found]
        return rows[::-1] if newest else rows

    def reviewed(self, *, after_seq: int, limit: int) -> list[TimelineRow]:
        """The newest `limit` rows of all stays that are late, by hand, a breach, an override, a correction or a duty."""
        with self._database.reading() as connection:
            found = connection.execute(
                text(
                    f"SELECT * FROM {self._table} WHERE {_REVIEWED} AND seq > :after "
                    "ORDER BY seq DESC LIMIT :limit"
                ),
                {"after": after_seq, "limit": limit},
            ).all()
        return [self._row(row) for row in found]

    def owing(self) -> set[str]:
        """Stays with more duties and warnings opened than closed: something may still be open about them."""
        named = ", ".join(repr(kind) for kind in OWED_KINDS)
        with self._database.reading() as connection:
            found = connection.execute(
                text(
                    f"SELECT stay FROM {self._table} WHERE {_OWED} GROUP BY stay "
                    f"HAVING sum(CASE WHEN kind IN ({named}) THEN 1 ELSE -1 END) > 0"
                )
            )
            return set(found.scalars())

    def by_entry(self, stay: str, entries: Sequence[str]) -> dict[str, TimelineRow]:
        """Rows of a stay by the id of their entry; those that are not there are left out."""
        named = {f"entry{number}": entry for number, entry in enumerate(entries)}
        if not named:
            return {}
        with self._database.reading() as connection:
            found = connection.execute(
                text(
                    f"SELECT * FROM {self._table} WHERE stay = :stay "
                    f"AND entry IN ({', '.join(f':{name}' for name in named)})"
                ),
                {"stay": stay, **named},
            ).all()
        return {row.entry: self._row(row) for row in found}

    def corrections(self, stay: str) -> dict[str, str]:
        """Id of each corrected entry of a stay → id of the entry that corrects it."""
        with self._database.reading() as connection:
            found = connection.execute(
                text(f"SELECT corrects, entry FROM {self._table} WHERE stay = :stay AND corrects <> ''"),
                {"stay": stay},
            ).all()
        return {row.corrects: row.entry for row in found}

    def _row(self, row: Row[Any]) -> TimelineRow:
        device = None
        if row.device_at is not None:
            device = Stamp(
                at_ms=row.device_at, offset_ms=row.device_offset, uncertainty_ms=row.device_uncertainty
            )
        return TimelineRow(
            seq=row.seq,
            entry=row.entry,
            stay=row.stay,
            kind=row.kind,
            actor=row.actor,
            actor_kind=row.actor_kind,
            workstation=row.workstation,
            happened_at_ms=row.happened_at,
            recorded_at_ms=row.recorded_at,
            device=device,
            corrects=row.corrects,
            late=bool(row.flags & LATE),
            by_hand=bool(row.flags & BY_HAND),
            simulated=bool(row.flags & SIMULATED),
            breach=bool(row.flags & BREACH),
            sections=None if row.sealed is None else self._values(row.stay, row.seq, row.sealed),
        )

    def _values(self, stay: str, seq: int, sealed: bytes) -> dict[str, Mapping[str, JSON]]:
        if not sealed:
            return {}
        what = f"{self._table} {seq}"
        sections = parse(self._seals.open(stay, what, sealed))
        if not isinstance(sections, dict):
            raise StoreError("store.sealed", what=what)
        return {name: values for name, values in sections.items() if isinstance(values, Mapping)}

    def stays(self) -> list[str]:
        """Every stay that has a row."""
        with self._database.reading() as connection:
            return list(connection.execute(text(f"SELECT DISTINCT stay FROM {self._table}")).scalars())

    def differing(self, stay: str, entries: Sequence[StoredEntry]) -> list[int]:
        """Numbers of entries whose row is not what a replay of `entries`, all those of the stay, would write."""
        expected = {row.seq: row for entry in entries for row in rows_of(entry) if row.stay == stay}
        try:
            found = {row.seq: row for row in self.rows(stay, limit=-1)}
        except StoreError:
            return sorted(expected)
        return sorted(seq for seq in expected.keys() | found.keys() if expected.get(seq) != found.get(seq))


def rows_of(entry: StoredEntry) -> list[TimelineRow]:
    """What the timeline holds of an entry: a row for its stay and for each stay that a section is about."""
    header = entry.header
    by_stay: dict[str, dict[str, Mapping[str, JSON] | None]] = {header.stay: {}}
    for name, values in entry.sections.items():
        by_stay.setdefault(about(name, header.stay), {})[name.partition("@")[0]] = values
    return [
        TimelineRow(
            seq=header.seq,
            entry=header.id,
            stay=stay,
            kind=header.kind,
            actor=header.actor,
            actor_kind=str(header.actor_kind),
            workstation=header.workstation,
            happened_at_ms=header.happened_at_ms,
            recorded_at_ms=header.recorded_at_ms,
            device=header.device,
            corrects=header.corrects,
            late=header.late,
            by_hand=header.by_hand,
            simulated=header.simulated,
            breach=header.breach,
            sections=None if None in sections.values() else _present(sections),
        )
        for stay, sections in by_stay.items()
    ]


def _present(sections: Mapping[str, Mapping[str, JSON] | None]) -> dict[str, Mapping[str, JSON]]:
    return {name: values for name, values in sections.items() if values is not None}


def is_reviewed(row: TimelineRow) -> bool:
    """Whether a row is among those that `Timeline.reviewed` tells."""
    return row.late or row.by_hand or row.breach or bool(row.corrects) or row.kind in REVIEWED_KINDS


def _flags(row: TimelineRow) -> int:
    return LATE * row.late | BY_HAND * row.by_hand | SIMULATED * row.simulated | BREACH * row.breach
