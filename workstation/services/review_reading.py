"""What supervision reads: the entries to look at of every stay, newest first, and a draw that can be made again.

Persons who left are among them. A draw hangs on its seed and on the numbers it is made from alone, so that whoever
knows both can make it once more and see that nothing was chosen.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache

from workstation.clock import to_ms
from workstation.custody.stay import Stay
from workstation.services.review import Draw, Review, Reviewed
from workstation.services.timeline_reading import as_row
from workstation.storage.projections import Follower
from workstation.storage.record import Record
from workstation.storage.timeline import Timeline, is_reviewed, rows_of
from workstation.storage.timeline import TimelineRow as Stored

MOST = 2000
DRAWN_FROM = 5000
_KNOWN_STAYS = 512


class Reviews:
    """`stay_of`: the stay with an id, also one that ended long ago, or None."""

    def __init__(
        self,
        record: Record,
        projection: Timeline,
        follower: Follower,
        stay_of: Callable[[str], Stay | None],
    ) -> None:
        self._record, self._projection, self._follower = record, projection, follower
        self._stay_of = stay_of
        self._ended = lru_cache(_KNOWN_STAYS)(self._look)

    def newest(self, *, since: datetime, limit: int, size: int, held: Mapping[str, Stay]) -> Review:
        """The newest reviewed entries that were recorded after `since`; at most `limit` (1…2000)."""
        limit = max(1, min(limit, MOST))
        cursor = self._follower.cursor()
        later = [
            row
            for entry in self._record.entries(after_seq=cursor)
            for row in rows_of(entry)
            if row.stay and is_reviewed(row)
        ]
        found = [*reversed(later), *self._projection.reviewed(after_seq=0, limit=limit + 1)]
        found = [row for row in found if row.stay and row.recorded_at_ms >= to_ms(since)]
        return Review(rows=tuple(self._told(found[:limit], held, later)), more=len(found) > limit, size=size)

    def draw(self, *, seed: str, count: int, size: int, held: Mapping[str, Stay]) -> Draw:
        """`count` entries about stays, by lot among the newest 5000 entries of the record."""
        first = max(1, size - DRAWN_FROM + 1)
        order = sorted(
            range(first, size + 1), key=lambda seq: hashlib.sha256(f"{seed}/{seq}".encode()).digest()
        )
        found: list[Stored] = []
        for seq in order:
            if len(found) >= count:
                break
            entries = self._record.entries(after_seq=seq - 1, limit=1)
            found += [row for one in entries if one.header.seq == seq for row in rows_of(one)[:1] if row.stay]
        return Draw(rows=tuple(self._told(found, held, [])), seed=seed, first=first, last=size)

    def _told(
        self, rows: Sequence[Stored], held: Mapping[str, Stay], later: Sequence[Stored]
    ) -> Iterator[Reviewed]:
        wanted: dict[str, list[str]] = {}
        for row in rows:
            if row.corrects:
                wanted.setdefault(row.stay, []).append(row.corrects)
        before = {
            (stay, entry): row
            for stay, entries in wanted.items()
            for entry, row in self._projection.by_entry(stay, entries).items()
        }
        corrected_by = {row.corrects: row.entry for row in (*rows, *later) if row.corrects}
        for row in rows:
            number, name, left = self._who(row.stay, held)
            old = before.get((row.stay, row.corrects))
            yield Reviewed(
                stay=row.stay,
                number=number,
                name=name,
                left=left,
                row=as_row(row, corrected_by.get(row.entry, "")),
                corrected=as_row(old, row.entry) if old else None,
            )

    def _who(self, stay: str, held: Mapping[str, Stay]) -> tuple[str, str, bool]:
        known = held.get(stay)
        return _words(known) if known is not None else self._ended(stay)

    def _look(self, stay: str) -> tuple[str, str, bool]:
        return _words(self._stay_of(stay))


def _words(stay: Stay | None) -> tuple[str, str, bool]:
    if stay is None:
        return "", "", True
    return stay.number, stay.identity.name if stay.identity else "", stay.ended
