"""The header of an entry: who recorded what kind of thing, where and when, and commitments to what it says.

A header holds nothing that may ever have to be erased: names, facts and words stand in the sections. Its
bytes are canonical JSON, made once; the leaf of the tree is their hash.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from enum import StrEnum

import msgspec

from workstation.ledger import merkle
from workstation.ledger.canonical import MOST, NotCanonical
from workstation.ledger.sections import about
from workstation.readings import Stamp

FORM = "entry/1"
_WORD = re.compile(r"[!#-\[\]-~]{1,200}")  # printable ASCII that JSON writes as it is
_KIND = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*/[1-9][0-9]{0,3}")
_DIGEST = re.compile(r"[0-9a-f]{64}")


class ActorKind(StrEnum):
    """What kind of actor stands behind an entry."""

    STAFF = "staff"
    DEVICE = "device"
    SYSTEM = "system"
    PAPER = "paper"  # recovered from paper kept while the program was away


_ACTORS = frozenset(ActorKind)
_JSON = {True: "true", False: "false"}


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """The header of one entry.

    `seq` counts from 1 without a gap; `n` counts the entries of one command from 1; `stay` is a pseudonym, or
    empty for an entry of the centre itself; `kind` is `name/version`; times are UTC milliseconds since 1970;
    `device`: what the device's own clock said; `corrects`: id of the entry that this one corrects, or empty;
    `catalogue`: hash of the sentences that codes referred to; `sections`: commitment (hex) by section name.
    """

    centre: str
    seq: int
    command: str
    n: int
    stay: str
    kind: str
    actor: str
    actor_kind: ActorKind
    workstation: str
    happened_at_ms: int
    recorded_at_ms: int
    device: Stamp | None
    late: bool
    by_hand: bool
    simulated: bool
    breach: bool
    corrects: str
    catalogue: str
    sections: Mapping[str, str]

    @property
    def id(self) -> str:
        """Id of the entry: `entry_id(command, n)`."""
        return entry_id(self.command, self.n)


def entry_id(command: str, n: int) -> str:
    """SHA-256(command id ‖ 0x00 ‖ n in 4 bytes, big-endian) in hex: the same for every retry of a command."""
    return hashlib.sha256(command.encode() + b"\x00" + n.to_bytes(4, "big")).hexdigest()


def header_bytes(header: Header) -> bytes:
    """The canonical bytes of a header; raises NotCanonical when a field is outside its bounds.

    The bounds leave nothing to escape, and the fields stand in the order of their names: what is written here
    is what `canonical` would write.
    """
    check(header)
    stamp = "null"
    if header.device is not None:
        device = header.device
        stamp = (
            f'{{"at":{device.at_ms:d},"offset":{device.offset_ms:d},"uncertainty":{device.uncertainty_ms:d}}}'
        )
    sections = ",".join(f'"{name}":"{header.sections[name]}"' for name in sorted(header.sections))
    return (
        f'{{"actor":"{header.actor}","actor_kind":"{header.actor_kind}","breach":{_JSON[header.breach]},'
        f'"by_hand":{_JSON[header.by_hand]},"catalogue":"{header.catalogue}","centre":"{header.centre}",'
        f'"command":"{header.command}","corrects":"{header.corrects}","device":{stamp},"form":"{FORM}",'
        f'"happened_at":{header.happened_at_ms:d},"id":"{header.id}","kind":"{header.kind}",'
        f'"late":{_JSON[header.late]},"n":{header.n:d},"recorded_at":{header.recorded_at_ms:d},'
        f'"sections":{{{sections}}},"seq":{header.seq:d},"simulated":{_JSON[header.simulated]},'
        f'"stay":"{header.stay}","workstation":"{header.workstation}"}}'
    ).encode("ascii")


def leaf_hash(header: bytes) -> bytes:
    """The leaf of an entry in the tree: SHA-256(0x00 ‖ header bytes)."""
    return merkle.leaf_hash(header)


def check(header: Header) -> None:
    """Raise NotCanonical naming the first field that is outside its bounds."""
    for name, text in (
        ("centre", header.centre),
        ("command", header.command),
        ("actor", header.actor),
        ("workstation", header.workstation),
    ):
        if not _WORD.fullmatch(text):
            raise NotCanonical("ledger.field", field=name)
    if header.stay and not _WORD.fullmatch(header.stay):
        raise NotCanonical("ledger.field", field="stay")
    if not _KIND.fullmatch(header.kind):
        raise NotCanonical("ledger.field", field="kind")
    if header.corrects and not _DIGEST.fullmatch(header.corrects):
        raise NotCanonical("ledger.field", field="corrects")
    if header.actor_kind not in _ACTORS:
        raise NotCanonical("ledger.field", field="actor_kind")
    if not _DIGEST.fullmatch(header.catalogue):
        raise NotCanonical("ledger.field", field="catalogue")
    if not (1 <= header.seq <= MOST and 1 <= header.n < 2**31):
        raise NotCanonical("ledger.field", field="seq")
    if not (0 <= header.happened_at_ms <= MOST and 0 <= header.recorded_at_ms <= MOST):
        raise NotCanonical("ledger.field", field="time")
    device = header.device
    if device is not None and not (
        0 <= device.at_ms <= MOST and abs(device.offset_ms) <= MOST and 0 <= device.uncertainty_ms <= MOST
    ):
        raise NotCanonical("ledger.field", field="device")
    for section, committed in header.sections.items():
        about(section, header.stay)
        if not _DIGEST.fullmatch(committed):
            raise NotCanonical("ledger.field", field=section)


class _Stamp(msgspec.Struct, forbid_unknown_fields=True):
    at: int
    offset: int
    uncertainty: int


class _Written(msgspec.Struct, forbid_unknown_fields=True):
    """The members of a header as they are written."""

    actor: str
    actor_kind: ActorKind
    breach: bool
    by_hand: bool
    catalogue: str
    centre: str
    command: str
    corrects: str
    device: _Stamp | None
    form: str
    happened_at: int
    id: str
    kind: str
    late: bool
    n: int
    recorded_at: int
    sections: dict[str, str]
    seq: int
    simulated: bool
    stay: str
    workstation: str


_DECODER = msgspec.json.Decoder(_Written)


def parse_header(content: bytes) -> Header:
    """The header whose bytes are `content`; raises NotCanonical for anything else."""
    try:
        written = _DECODER.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise NotCanonical("ledger.header") from error
    if written.form != FORM:
        raise NotCanonical("ledger.form")
    device = written.device
    header = Header(
        centre=written.centre,
        seq=written.seq,
        command=written.command,
        n=written.n,
        stay=written.stay,
        kind=written.kind,
        actor=written.actor,
        actor_kind=written.actor_kind,
        workstation=written.workstation,
        happened_at_ms=written.happened_at,
        recorded_at_ms=written.recorded_at,
        device=None
        if device is None
        else Stamp(at_ms=device.at, offset_ms=device.offset, uncertainty_ms=device.uncertainty),
        late=written.late,
        by_hand=written.by_hand,
        simulated=written.simulated,
        breach=written.breach,
        corrects=written.corrects,
        catalogue=written.catalogue,
        sections=written.sections,
    )
    if header_bytes(header) != content:  # another order, a space, a wrong id: other bytes for the same words
        raise NotCanonical("ledger.header")
    return header
