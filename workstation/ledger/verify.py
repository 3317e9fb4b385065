"""Walk a record from its first entry and name every fault by the entry it is in.

Works on bytes alone: whoever has the headers, the leaves and what they were shown of the sections can run it.
What it cannot see: whether a whole record was rewritten from some entry on. That needs an older root.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import msgspec

from workstation.ledger.canonical import NotCanonical
from workstation.ledger.entry import Header, leaf_hash, parse_header
from workstation.ledger.merkle import CompactRange
from workstation.ledger.sections import Section, matches

FIRST_KIND = "ledger-opened/1"

Shown: TypeAlias = "Mapping[str, Section | None]"
"""Sections by name; None for one that is not shown: withheld or erased."""


class Fault(msgspec.Struct, frozen=True):
    """Something that is not as it was written. `seq`: the entry, 0 for the record as a whole; `what`: a
    catalogue code; `name`: the section or field concerned, or empty."""

    seq: int
    what: str
    name: str = ""


class Walk:
    """Takes entries in order and holds what has been found.

    `range`: compact range over the leaves that the headers hash to; `hidden`: sections that were not shown.
    """

    def __init__(self) -> None:
        self.range = CompactRange()
        self.faults: list[Fault] = []
        self.hidden = 0
        self._before: Header | None = None

    def take(self, seq: int, header: bytes, leaf: bytes, shown: Shown) -> Header | None:
        """The next entry, its header if sound. `seq`: where it stands; `leaf`: the leaf stored for it."""
        if seq != self.range.size + 1:
            self.faults.append(Fault(seq, "verify.gap"))
        found = leaf_hash(header)
        if found != leaf:
            self.faults.append(Fault(seq, "verify.leaf"))
        self.range = self.range.append(found)
        try:
            parsed = parse_header(header)
        except NotCanonical:
            self.faults.append(Fault(seq, "verify.header"))
            return None
        self._order(seq, parsed)
        self._sections(seq, parsed, shown)
        self._before = parsed
        return parsed

    def finish(self, size: int, root: bytes) -> None:
        """Compare what was walked with the head: number of entries and root of their tree."""
        if size != self.range.size:
            self.faults.append(Fault(min(size, self.range.size) + 1, "verify.size"))
        elif root != self.range.root():
            self.faults.append(Fault(0, "verify.root"))

    def _order(self, seq: int, header: Header) -> None:
        before = self._before
        if header.seq != seq:
            self.faults.append(Fault(seq, "verify.order", "seq"))
        if before is None:
            if seq == 1 and header.kind != FIRST_KIND:
                self.faults.append(Fault(seq, "verify.order", "kind"))
            return
        if header.centre != before.centre:
            self.faults.append(Fault(seq, "verify.order", "centre"))
        if header.recorded_at_ms < before.recorded_at_ms:
            self.faults.append(Fault(seq, "verify.order", "recorded_at"))
        follows = header.command == before.command and header.n == before.n + 1
        if before.seq == header.seq - 1 and header.n != 1 and not follows:
            self.faults.append(Fault(seq, "verify.order", "command"))

    def _sections(self, seq: int, header: Header, shown: Shown) -> None:
        for name in sorted(set(header.sections) | set(shown)):
            committed = header.sections.get(name)
            if committed is None:
                self.faults.append(Fault(seq, "verify.extra", name))
            elif name not in shown:
                self.faults.append(Fault(seq, "verify.missing", name))
            else:
                section = shown[name]
                if section is None:
                    self.hidden += 1
                elif not matches(section, committed):
                    self.faults.append(Fault(seq, "verify.section", name))
                else:
                    self._content(seq, section)

    def _content(self, seq: int, section: Section) -> None:
        try:
            section.values()
        except NotCanonical:
            self.faults.append(Fault(seq, "verify.content", section.name))
