"""Hands at work on a station: threads that submit reports, requests and drafts, whatever happens to the station."""

from __future__ import annotations

import random
import secrets
import threading
from datetime import timedelta
from pathlib import Path

import msgspec

from tests.faults.book import Book
from workstation.clock import BootClock
from workstation.custody import commands as c
from workstation.custody.values import (
    Answer,
    ArrivalMode,
    Capacity,
    Care,
    CareOutcome,
    CheckMethod,
    UnitKind,
)
from workstation.errors import AppError, LinkError
from workstation.ids import command_id
from workstation.services.practice import PRACTICE_SECRET, SCANNED, stay_id
from workstation.station import messages as m
from workstation.station.client import Lane

HELD = stay_id(2)
ROOMS = ("holding-1", "holding-2", "holding-3", "holding-4")
MOST_STAYS = 12


class Hand(threading.Thread):
    """One colleague. `staff`: id; `number`: what they sign in with. Ends after `stop` is set."""

    def __init__(self, home: Path, book: Book, number: str, chance: random.Random, pace_s: float) -> None:
        super().__init__(name=f"hand-{number}", daemon=True)
        self._home, self._book, self._number, self._chance = home, book, number, chance
        self._clock = BootClock()
        self._lane = Lane(home)
        self._pace_s = pace_s
        self._stays: list[str] = [HELD]
        self._stop_asked = threading.Event()
        self._signed = False
        self.trouble: BaseException | None = None
        self.losses = 0

    def stop(self) -> None:
        """End after what is in hand."""
        self._stop_asked.set()
        self.join(timeout=30)
        self._lane.close()

    def run(self) -> None:
        try:
            while not self._stop_asked.is_set():
                self._once()
                self._stop_asked.wait(self._pace_s)
        except BaseException as error:  # told by whoever waits for this hand
            self.trouble = error

    def _once(self) -> None:
        chance = self._chance.random()
        if chance < 0.15:
            self._draft()
        else:
            self._command()

    def _command(self) -> None:
        command, report = self._drawn()
        envelope = c.Envelope(id=command_id(), position=0, report=report, command=command)
        reply = self._send(envelope)
        if reply is None and self._chance.random() < 0.5:  # half of the unanswered are left as they are
            while reply is None and not self._stop_asked.is_set():
                self._book.retried += 1
                reply = self._send(envelope)
        if isinstance(command, c.BeginStay) and isinstance(reply, m.Saved):
            self._stays.append(command.stay)
        if isinstance(reply, m.Saved) and self._chance.random() < 0.02:
            self._send(envelope)  # a retry of what was answered: the same answer, nothing doubled

    def _send(self, envelope: c.Envelope) -> object:
        """The answer, or None when the station went away before it came."""
        self._sign_in()
        if self._stop_asked.is_set():
            return None
        if isinstance(envelope.command, c.ReleaseOnExpiry):
            self._book.ended.add(envelope.command.stay)
        envelope = msgspec.structs.replace(envelope, position=2**40)
        self._book.sent(envelope.id)
        try:
            reply: object = self._lane.submit(envelope)
        except AppError as error:
            self._book.lost()
            self._failed(error)
            return None
        self._book.answered(envelope.id, reply)
        return reply

    def _draft(self) -> None:
        self._sign_in()
        key = (f"P{self._number}", self._chance.choice(self._stays), self._chance.choice(("care", "note")))
        content = secrets.token_hex(20).encode()
        self._book.draft_sent(key, content)
        try:
            self._lane.ask(m.SaveDraft(stay=key[1], form=key[2], content=content))
        except AppError as error:
            self._failed(error)
        else:
            self._book.draft_saved(key, content)

    def _sign_in(self) -> None:
        """Sign in where that is due, waiting for a station as long as it takes."""
        while not self._signed and not self._stop_asked.is_set():
            try:
                self._lane.ask(m.SignIn(number=self._number, secret=PRACTICE_SECRET))
                self._signed = True
            except LinkError:
                self._stop_asked.wait(0.02)

    def _failed(self, error: AppError) -> None:
        """An expected end of an exchange; anything else ends this hand."""
        if isinstance(error, LinkError):
            self.losses += 1
        elif error.code != "accounts.not-signed-in":
            raise error
        self._signed = False

    def _drawn(self) -> tuple[c.Command, bool]:
        """A command and whether it is a report."""
        chance, stay = self._chance, self._chance.choice(self._stays)
        what = chance.random()
        if what < 0.30:
            return c.AddNote(stay=stay, text=f"记录 {chance.random()}" * chance.randrange(1, 20)), True
        if what < 0.45:
            care = c.OfferCare(stay=stay, care=Care.WATER, outcome=CareOutcome.ACCEPTED, detail="")
            return care, chance.random() < 0.5
        if what < 0.60:
            check = c.CheckPerson(
                stay=stay,
                method=chance.choice(tuple(CheckMethod)),
                response=0,
                band_tapped=True,
                seen="坐着",
                source=SCANNED,
                anomaly=Answer.NO,
            )
            return check, True
        if what < 0.75:
            return c.PlaceInRoom(stay=stay, room=chance.choice(ROOMS), guard="P1004"), True
        if what < 0.82:
            return c.IssueBand(stay=stay, band=f"99{secrets.token_hex(11).upper()}", source=SCANNED), True
        if what < 0.90 and len(self._stays) > 1:
            ending = self._stays.pop()
            return c.ReleaseOnExpiry(stay=ending, destination="家", receiver="测试家属"), True
        if len(self._stays) >= MOST_STAYS:
            return c.RecordComplaint(stay=stay, about="测试"), True
        return self._arrival(), chance.random() < 0.3

    def _arrival(self) -> c.BeginStay:
        now = self._clock.now()
        return c.BeginStay(
            stay=secrets.token_hex(16),
            capacity=Capacity.WITNESS,
            arrival_mode=ArrivalMode.VOLUNTARY,
            arrived_at=now - timedelta(minutes=2),
            entered_at=now - timedelta(minutes=1),
            unit="演练派出所",
            unit_kind=UnitKind.STATION,
            brought_by=(),
            reason="作证",
        )
