"""What a verification found."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from workstation.ledger.verify import Fault, Walk


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """`entries`: how many were walked; `root`: of the tree over them, hex; `hidden`: sections that were not
    shown or are erased; `faults`: everything that is not as it was written, first entry first."""

    entries: int
    root: str
    hidden: int
    faults: Sequence[Fault]

    @classmethod
    def of(cls, walk: Walk, more: Sequence[Fault] = ()) -> Report:
        """The report of a finished walk and of what was checked beside it."""
        return cls(
            entries=walk.range.size,
            root=walk.range.root().hex(),
            hidden=walk.hidden,
            faults=[*sorted(walk.faults, key=lambda fault: fault.seq or walk.range.size + 1), *more],
        )

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.faults

    @property
    def first(self) -> Fault | None:
        """The fault in the earliest entry."""
        return self.faults[0] if self.faults else None
