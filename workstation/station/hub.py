"""Gathers what changed and gives every window one notice at a time, at most ten a second.

A notice is a hint, never the truth: a window that missed one asks by its cursor and has the same state.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

import msgspec

from workstation.accounts.sessions import Session
from workstation.readings import STAFF_MARK, CardRead, Door, ScanRead, TagSeen, Weight
from workstation.roles import Role
from workstation.station.messages import Lamp, Notice

SHORTEST_GAP_S = 0.1
_KEEP_ALIVE_S = 2.0
_MAY_SEE_CARDS = frozenset({Role.INTAKE, Role.CASE_OFFICER, Role.DUTY_LEADER})


class _Waiting:
    """What one window has not been told yet."""

    def __init__(self) -> None:
        self.stays: dict[str, None] = {}
        self.topics: dict[str, None] = {}
        self.tags: list[TagSeen] = []
        self.card: CardRead | None = None
        self.scans: list[ScanRead] = []
        self.weight: Weight | None = None
        self.doors: dict[str, Door] = {}
        self.lamp: Lamp | None = None
        self.fresh = False


class Hub:
    """Fan-out of changes to the feeds of all windows."""

    def __init__(self, size: Callable[[], int]) -> None:
        self._size = size
        self._condition = threading.Condition()
        self._feeds: dict[int, _Waiting] = {}
        self._numbers = 0
        self._lamp: Lamp | None = None

    def changed(self, *, stays: tuple[str, ...] = (), topics: tuple[str, ...] = ()) -> None:
        """Entries were saved about `stays`, or something under `topics` changed."""

        def note(waiting: _Waiting) -> None:
            waiting.stays.update(dict.fromkeys(stays))
            waiting.topics.update(dict.fromkeys(topics))

        self._tell(note)

    def reading(self, value: TagSeen | CardRead | ScanRead | Weight | tuple[str, Door]) -> None:
        """A device of this workstation's desk, or a locker door, said something new."""

        def note(waiting: _Waiting) -> None:
            match value:
                case TagSeen():
                    waiting.tags.append(value)
                case CardRead():
                    waiting.card = value
                case ScanRead():
                    waiting.scans.append(value)
                case Weight():
                    waiting.weight = value
                case (cell, state):
                    waiting.doors[cell] = state

        self._tell(note)

    def lamp(self, lamp: Lamp) -> None:
        """The save lamp shows something else."""

        def note(waiting: _Waiting) -> None:
            waiting.lamp = lamp

        with self._condition:
            self._lamp = lamp

        self._tell(note)

    def wake(self) -> None:
        """Let every feed look at its stop flag."""
        with self._condition:
            self._condition.notify_all()

    def serve(
        self, session: Session | None, send: Callable[[Notice], None], stopped: threading.Event
    ) -> None:
        """Send notices until stopped or the window is gone (OSError from `send`)."""
        waiting = _Waiting()
        waiting.fresh = True
        with self._condition:
            waiting.lamp = self._lamp
            self._numbers += 1
            number = self._numbers
            self._feeds[number] = waiting
        try:
            while not stopped.is_set():
                with self._condition:
                    self._condition.wait_for(lambda: waiting.fresh or stopped.is_set(), timeout=_KEEP_ALIVE_S)
                    notice = self._taken(waiting, session)
                send(notice)
                stopped.wait(SHORTEST_GAP_S)
        finally:
            with self._condition:
                self._feeds.pop(number, None)

    def _tell(self, note: Callable[[_Waiting], None]) -> None:
        with self._condition:
            for waiting in self._feeds.values():
                note(waiting)
                waiting.fresh = True
            self._condition.notify_all()

    def _taken(self, waiting: _Waiting, session: Session | None) -> Notice:
        works = session is not None and not session.locked
        cards = works and session is not None and bool(session.actor.roles & _MAY_SEE_CARDS)
        notice = Notice(
            size=self._size(),
            stays=tuple(waiting.stays),
            topics=tuple(waiting.topics),
            lamp=waiting.lamp,
            tags=tuple(waiting.tags) if works else (),
            card=waiting.card if cards else None,
            scans=tuple(one if works else _outside(one) for one in waiting.scans),
            weight=waiting.weight if works else None,
            doors=dict(waiting.doors),
        )
        fresh = _Waiting()
        for name in vars(fresh):
            setattr(waiting, name, getattr(fresh, name))
        return notice


def _outside(scan: ScanRead) -> ScanRead:
    """A scan as a window gets it at which nobody works: a staff card as it is, of anything else that it came."""
    return scan if scan.text.upper().startswith(STAFF_MARK) else msgspec.structs.replace(scan, text="")


def merged(first: Notice, second: Notice) -> Notice:
    """Two notices as one, the second being newer: what a slow window draws in one go."""
    return msgspec.structs.replace(
        second,
        stays=tuple(dict.fromkeys((*first.stays, *second.stays))),
        topics=tuple(dict.fromkeys((*first.topics, *second.topics))),
        lamp=second.lamp or first.lamp,
        tags=(*first.tags, *second.tags),
        card=second.card or first.card,
        scans=(*first.scans, *second.scans),
        weight=second.weight or first.weight,
        doors={**first.doors, **second.doors},
    )
