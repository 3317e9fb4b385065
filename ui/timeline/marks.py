"""What stands on a lane: segments and points with their style. No widgets in here."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from ui.theme import Level


class LaneKind(StrEnum):
    """The lanes in their order."""

    PLACE = "place"
    PRESENT = "present"
    INTERVIEW = "interview"
    RECORDING = "recording"
    CARE = "care"
    PROPERTY = "property"
    CLOCK = "clock"
    WARNING = "warning"
    PAPER = "paper"


LANE_ICONS = {
    LaneKind.PLACE: "room", LaneKind.PRESENT: "two-persons", LaneKind.INTERVIEW: "interview",
    LaneKind.RECORDING: "cameras", LaneKind.CARE: "ill", LaneKind.PROPERTY: "bag", LaneKind.CLOCK: "clock",
    LaneKind.WARNING: "warnings", LaneKind.PAPER: "document",
}  # fmt: skip


class Style(StrEnum):
    """How a mark is drawn. The first group are segments, the second points."""

    PLAIN = "plain"
    DASHED = "dashed"
    STRONG = "strong"
    RECORDING = "recording"
    GAP = "gap"
    UNKNOWN = "unknown"
    CLOCK = "clock"
    OVER = "over"
    CONFLICT = "conflict"

    TICK = "tick"
    POINT = "point"
    LATE = "late"
    LEVEL = "level"
    END = "end"
    LOSS = "loss"


SEGMENTS = frozenset(
    {
        Style.PLAIN, Style.DASHED, Style.STRONG, Style.RECORDING, Style.GAP, Style.UNKNOWN, Style.CLOCK, Style.OVER,
        Style.CONFLICT,
    }
)  # fmt: skip


class Mark(NamedTuple):
    """One thing on a lane, from `begin` to `end` (seconds since 1970; the same for a point).

    `seq`: the entry it comes from, 0 when it is worked out from several; `line`: which line of the lane, from 0;
    `words`: what stands beside or in it, empty where the sentence of the entry says it; `brief`: a shorter form.
    """

    seq: int
    begin: float
    end: float
    style: Style
    line: int = 0
    words: str = ""
    icon: str = ""
    level: Level = Level.NONE
    brief: str = ""

    @property
    def segment(self) -> bool:
        """Whether it has a length."""
        return self.style in SEGMENTS


@dataclass(frozen=True)
class Lane:
    """One lane. `count`: what is on it in words; `empty`: why there is nothing, said in its place.

    `worded`: the segments that have words, which are written over the tiles so that they stay in view, each with
    the instant at which the next mark of its line begins.
    """

    kind: LaneKind
    name: str
    count: str
    marks: tuple[Mark, ...]
    empty: str = ""
    lines: int = 1
    worded: tuple[tuple[Mark, float], ...] = field(init=False, repr=False, compare=False)
    _begins: list[float] = field(init=False, repr=False, compare=False)
    _reach: list[float] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        begins: list[float] = []
        reach: list[float] = []
        furthest = float("-inf")
        for mark in self.marks:
            begins.append(mark.begin)
            furthest = max(furthest, mark.end)
            reach.append(furthest)
        object.__setattr__(self, "worded", tuple(self._with_words()))
        object.__setattr__(self, "_begins", begins)
        object.__setattr__(self, "_reach", reach)

    def _with_words(self) -> Iterator[tuple[Mark, float]]:
        following: dict[int, float] = {}
        for mark in reversed(self.marks):
            if mark.words and mark.segment:
                yield mark, following.get(mark.line, float("inf"))
            following[mark.line] = mark.begin

    def between(self, begin: float, end: float) -> Iterator[tuple[int, Mark]]:
        """Place and mark of all that touches [begin, end], without looking at the others."""
        first = bisect_left(self._reach, begin)
        last = bisect_right(self._begins, end)
        for place in range(first, last):
            if self.marks[place].end >= begin:
                yield place, self.marks[place]

    def nearest(self, at: float) -> int:
        """Place of the mark that is at, or nearest to, an instant; -1 on an empty lane."""
        if not self.marks:
            return -1
        place = bisect_right(self._begins, at)
        near = range(max(0, place - 3), min(len(self.marks), place + 3))
        return min(near, key=lambda one: (self._distance(one, at), -self.marks[one].begin))

    def _distance(self, place: int, at: float) -> float:
        mark = self.marks[place]
        return max(mark.begin - at, at - mark.end, 0.0)


def lane(kind: LaneKind, name: str, count: str, marks: Sequence[Mark], empty: str = "") -> Lane:
    """A lane with its marks in the order of time."""
    ordered = tuple(sorted(marks, key=lambda one: (one.begin, one.line, one.seq)))
    lines = max((mark.line for mark in ordered), default=0) + 1
    return Lane(kind, name, count, ordered, "" if ordered else empty, lines)
