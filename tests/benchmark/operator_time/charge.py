"""What a stream of events costs: operators of the keystroke-level model, added up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.benchmark.operator_time.log import (
    AnyEvent,
    Click,
    Device,
    Focus,
    Handling,
    Key,
    Mental,
    Pretick,
    Response,
    Scan,
    Signature,
    Write,
)

SECONDS = {
    "K": 0.28,  # one key press; average non-secretary typist (Card, Moran, Newell 1980)
    "P": 1.1,  # point with the mouse (the same)
    "B": 0.1,  # press or release of a mouse button (Kieras 2001)
    "H": 0.4,  # the hand moves between keyboard, mouse and pen (Card, Moran, Newell 1980)
    "M": 1.35,  # mental act (the same)
    "R": 1.0,  # a second of waiting for the system
    "D": 3.0,  # a member of staff signs; assumption
    "present": 2.45,  # give the sheet to someone else and show the place: M + P
    "scan": 2.0,  # take and aim the scanner: H + P + B + H
    "write_cjk": 1.7,  # one Chinese character by hand; assumption
    "write_other": 0.5,
    "fetch": 5.5,  # 8 paces and one grasp (MTM-1)
    "file": 3.4,  # 4 paces and one grasp
    "carry": 16.2,  # 30 paces
    "walk": 16.2,
}
KEYS_PER_CJK = (
    3.3  # pinyin letters and selection of one Chinese character; computed, see docs/operator-time.md
)
NAVIGATION = frozenset(
    {"Tab", "Shift+Tab", "Left", "Right", "Up", "Down", "Home", "End", "PageUp", "PageDown"}
)
GLANCE = 0.5  # of a mental act


@dataclass
class Tally:
    """What was charged so far.

    `seen`: facts that were written or read before. `fields`: entries and signatures by a person, of which
    `repeated` were of a fact that was there already.
    """

    ops: Counter[str] = field(default_factory=Counter)
    seen: set[str] = field(default_factory=set)
    papers: set[str] = field(default_factory=set)
    fields: int = 0
    repeated: int = 0

    @property
    def seconds(self) -> float:
        return sum(SECONDS[name] * count for name, count in self.ops.items())

    @property
    def keystrokes(self) -> float:
        """Key presses and clicks: keys cannot be hidden as clicks."""
        return self.ops["K"] + self.ops["B"] / 2

    def add(self, name: str, count: float = 1) -> None:
        """Charge an operator."""
        self.ops[name] += count  # type: ignore[assignment]  # half counts are counts too

    def enter(self, fact: str) -> None:
        """A person entered or signed a fact."""
        if fact:
            self.fields += 1
            self.repeated += fact in self.seen
            self.seen.add(fact)

    def join(self, other: Tally) -> None:
        """Add what was charged elsewhere."""
        self.ops.update(other.ops)
        self.fields += other.fields
        self.repeated += other.repeated


def is_cjk(character: str) -> bool:
    """Whether it is a Chinese character."""
    return "\u3400" <= character <= "\u9fff"


def key_presses(event: Key) -> float:
    """Key presses of one key event, its repetitions included."""
    if event.text is not None:
        return event.n * sum(KEYS_PER_CJK if is_cjk(one) else 1 for one in event.text)
    name = event.key or ""
    return event.n * (len(name.split("+")) if len(name) > 1 else 1)


class Charging:
    """Charges events one after another and keeps where the hand is and what the mind is at."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._hand = "keyboard"
        self._at = ("", "")

    def take(self, event: AnyEvent) -> None:
        """Charge one event."""
        tally = self._tally
        match event:
            case Key():
                self._act(event.target, event.fact, "keyboard", counted=event.key not in NAVIGATION)
                tally.add("K", key_presses(event))
            case Click():
                self._act(event.target, event.fact, "mouse")
                tally.add("P")
                tally.add("B", 2 * event.n)
            case Write():
                self._act(event.target, event.fact, "pen")
                tally.ops.update("write_cjk" if is_cjk(one) else "write_other" for one in event.text)
            case Scan():
                self._act(event.target, event.fact, self._hand)
                tally.add("scan", event.n)
            case Device():
                tally.add("M", GLANCE * len(event.facts))
                tally.seen.update(event.facts)
            case Pretick():
                tally.add("M", len(event.facts))
                tally.seen.update(event.facts)
            case Signature():
                self._sign(event)
            case Mental():
                tally.add("M", event.n)
            case Response():
                tally.add("R", event.n)
            case Handling():
                tally.add(event.op, event.n)
                self._hand = "away"
            case Focus():
                pass

    def _act(self, target: str, fact: str, where: str, *, counted: bool = True) -> None:
        """Move the hand there; think when another field or command begins."""
        if where != self._hand:
            self._tally.add("H")
            self._hand = where
        if counted and (target, fact) != self._at:
            self._tally.add("M", GLANCE if fact in self._tally.seen else 1)
            self._tally.enter(fact)
            self._at = (target, fact)

    def _sign(self, event: Signature) -> None:
        tally = self._tally
        if event.paper not in tally.papers:
            tally.add("M")
            tally.papers.add(event.paper)
        if event.by == "staff":
            if self._hand != "pen":
                tally.add("H")
            self._hand = "pen"
            tally.add("D")
        else:
            tally.add("present")
        tally.enter(event.fact)


def charge(events: Iterable[AnyEvent], tally: Tally | None = None) -> Tally:
    """Charge events, on top of what was charged before when a tally is given."""
    found = tally or Tally()
    charging = Charging(found)
    for event in events:
        charging.take(event)
    return found
