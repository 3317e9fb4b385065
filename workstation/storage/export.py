"""A readable copy of the record in a folder, and its verification.

`headers.jsonl`: per entry a line of canonical JSON with the header and its leaf; `sections.jsonl`: per entry
a line with salts and contents (null when erased); `head.json`: number of entries and root. Line n is entry n.
The copy is in clear: whoever holds it can read it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from workstation.errors import StoreError
from workstation.ledger.canonical import JSON, NotCanonical, canonical, parse
from workstation.ledger.sections import Section, about
from workstation.ledger.verify import Fault, Shown, Walk
from workstation.storage.record import Record
from workstation.storage.report import Report

HEADERS = "headers.jsonl"
SECTIONS = "sections.jsonl"
HEAD = "head.json"
_HEX = re.compile(r"(?:[0-9a-f]{2})*")


def export_log(record: Record, folder: Path) -> int:
    """Write the whole record to `folder`, which must not exist; how many entries."""
    try:
        folder.mkdir(parents=True)
    except FileExistsError as error:
        raise StoreError("store.exists", path=str(folder)) from error
    except OSError as error:
        raise StoreError("store.cannot-create", path=str(folder), reason=str(error.strerror)) from error
    head = record.head()
    try:
        with (folder / HEADERS).open("wb") as headers, (folder / SECTIONS).open("wb") as bodies:
            for seq, header, leaf, shown in record.reader.raw(head.size):
                headers.write(canonical({"header": parse(header), "leaf": leaf.hex()}) + b"\n")
                bodies.write(canonical({"sections": _written(shown), "seq": seq}) + b"\n")
        (folder / HEAD).write_bytes(
            canonical(
                {
                    "centre": head.centre,
                    "mode": head.mode,
                    "root": head.range.root().hex(),
                    "size": head.size,
                }
            )
            + b"\n"
        )
    except OSError as error:
        raise StoreError("store.cannot-create", path=str(folder), reason=str(error.strerror)) from error
    return head.size


def _written(shown: Shown) -> JSON:
    return {
        name: None if section is None else {"content": section.content.decode(), "salt": section.salt.hex()}
        for name, section in shown.items()
    }


def verify_export(folder: Path) -> Report:
    """Walk a copy made by `export_log`; every changed byte of it names the entry it is in."""
    walk = Walk()
    lines = zip_longest(_lines(folder / HEADERS), _lines(folder / SECTIONS))
    for seq, (header_line, section_line) in enumerate(lines, 1):
        header, leaf = b"", b""
        shown: Shown = {}
        try:
            line = _object(parse(header_line or b""), {"header", "leaf"})
            header, leaf = canonical(line["header"]), _bytes(line["leaf"])
        except NotCanonical:
            walk.faults.append(Fault(seq, "verify.line", HEADERS))
        try:
            line = _object(parse(section_line or b""), {"sections", "seq"})
            shown = _read(line["sections"])
            if line["seq"] != seq:
                raise NotCanonical("ledger.bytes")
        except NotCanonical:
            walk.faults.append(Fault(seq, "verify.line", SECTIONS))
        walk.take(seq, header, leaf, shown)
    try:
        head = _object(
            parse(_read_bytes(folder / HEAD).removesuffix(b"\n")), {"centre", "mode", "root", "size"}
        )
        size = head["size"]
        if not isinstance(size, int):
            raise NotCanonical("ledger.bytes")
        walk.finish(size, _bytes(head["root"]))
    except NotCanonical:
        walk.faults.append(Fault(0, "verify.line", HEAD))
    return Report.of(walk)


def _lines(path: Path) -> Iterator[bytes]:
    content = _read_bytes(path)
    lines = content.split(b"\n")
    if lines[-1] == b"":  # what was written ends with a line end; anything else is a line that does not parse
        lines.pop()
    yield from lines


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise StoreError("store.absent", path=str(path)) from error


def _object(value: JSON, names: set[str]) -> dict[str, JSON]:
    if not isinstance(value, dict) or set(value) != names:
        raise NotCanonical("ledger.bytes")
    return value


def _bytes(value: JSON) -> bytes:
    if not isinstance(value, str) or not _HEX.fullmatch(value):
        raise NotCanonical("ledger.bytes")
    return bytes.fromhex(value)


def _read(value: JSON) -> dict[str, Section | None]:
    if not isinstance(value, dict):
        raise NotCanonical("ledger.bytes")
    shown: dict[str, Section | None] = {}
    for name, part in value.items():
        about(name, "")
        if part is None:
            shown[name] = None
            continue
        fields = _object(part, {"content", "salt"})
        content = fields["content"]
        if not isinstance(content, str):
            raise NotCanonical("ledger.bytes")
        shown[name] = Section(name, _bytes(fields["salt"]), content.encode())
    return shown
