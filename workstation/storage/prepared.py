"""Entries before and after they are stored.

`NewEntry` is what the caller says; `Prepared` holds it with salts, commitments and ciphertext made, so that
nothing but numbering is left to do under the write lock; `StoredEntry` is what is read back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from workstation.ledger.canonical import JSON
from workstation.ledger.entry import ActorKind, Header
from workstation.readings import Stamp


class NewEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry that is to be written.

    `stay`: pseudonym, or empty for the centre's own; `kind`: name/version; `happened_at_ms`: UTC
    milliseconds; `stamp`: the device's own clock; `corrects`: id of a corrected entry; `sections`: values by
    section name (who, facts, health, note, or `name@stay` for words about another stay).
    """

    stay: str
    kind: str
    actor: str
    actor_kind: ActorKind
    workstation: str
    happened_at_ms: int
    stamp: Stamp | None = None
    late: bool = False
    by_hand: bool = False
    simulated: bool = False
    breach: bool = False
    corrects: str = ""
    sections: Mapping[str, Mapping[str, JSON]] = {}


class PreparedEntry(msgspec.Struct, frozen=True):
    """A new entry with the commitments of its sections and its bodies, sealed, by stay."""

    new: NewEntry
    commitments: Mapping[str, str]
    bodies: Mapping[str, bytes]


class Prepared(msgspec.Struct, frozen=True):
    """The entries of one command, ready to be numbered."""

    command: str
    entries: Sequence[PreparedEntry]

    def marked(self, **flags: bool) -> Prepared:
        """The same entries with flags set that only the state under the lock could tell: late, breach."""
        return Prepared(
            self.command,
            [
                msgspec.structs.replace(entry, new=msgspec.structs.replace(entry.new, **flags))
                for entry in self.entries
            ],
        )


class StoredEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry as it stands in the record. A section is None when its stay has been erased."""

    header: Header
    header_bytes: bytes
    sections: Mapping[str, Mapping[str, JSON] | None]

    @property
    def seq(self) -> int:
        """Number of the entry in the centre's record, from 1."""
        return self.header.seq
