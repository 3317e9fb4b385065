"""A Desk without a station: the real store, the real rules, the practice staff, a clock that stands still."""

from __future__ import annotations

import shutil
import tomllib
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from tests.station_kit import NOW, RESOURCES
from workstation.catalogue import Catalogue
from workstation.clock import SteppedClock
from workstation.custody import commands as c
from workstation.custody.stay import Stay
from workstation.ids import command_id
from workstation.law.pack import Pack
from workstation.ledger.entry import ActorKind
from workstation.roles import Actor, Rank, Sex
from workstation.services import practice
from workstation.services.desk import Desk, RefusedWith, SavedAs
from workstation.services.practice import Act, Script
from workstation.storage.store import Store

SYSTEM = Actor(id="setup", name="setup", roles=frozenset(), rank=Rank.AUXILIARY, unit="", sex=Sex.UNKNOWN)


@cache
def words() -> Catalogue:
    """The shipped catalogue."""
    return Catalogue.load(RESOURCES / "i18n" / "catalogue")


@cache
def pack() -> Pack:
    """The shipped rule pack."""
    return Pack.load(RESOURCES / "law" / "cn")


@cache
def scenario() -> dict[str, Any]:
    """The practice centre."""
    return tomllib.loads((RESOURCES / "scenarios" / "practice-centre.toml").read_text("utf-8"))


def make_desk_template(folder: Path) -> Path:
    """A store with centre and staff, to be copied."""
    clock = SteppedClock(NOW - timedelta(hours=8))
    store = Store.create(
        folder,
        clock,
        centre="practice-centre",
        mode="practice",
        workstation="desk-1",
        catalogue_hash=words().hash,
    )
    desk = Desk(store.record, pack(), clock, workstation="desk-1", practice=True)
    for command in (*practice.centre_commands(scenario()), *practice.staff_commands()):
        envelope = c.Envelope(id=command_id(), position=0, report=False, command=command)
        assert isinstance(desk.submit(envelope, SYSTEM, actor_kind=ActorKind.SYSTEM), SavedAs), command
    store.close()
    return folder


class DeskKit:
    """An open store with its Desk."""

    def __init__(self, folder: Path, start: datetime = NOW) -> None:
        self.folder = folder
        self.clock = SteppedClock(start)
        self.store = Store.open(folder, self.clock, catalogue_hash=words().hash)
        self.desk = self.new_desk()

    @classmethod
    def on_copy(cls, template: Path, folder: Path) -> DeskKit:
        """A kit on a copy of a template store."""
        shutil.copytree(template, folder)
        return cls(folder)

    def new_desk(self) -> Desk:
        """Another Desk on the same store, which knows nothing yet."""
        return Desk(self.store.record, pack(), self.clock, workstation="desk-1", practice=True)

    def close(self) -> None:
        """Close the store."""
        self.store.close()

    def submit(
        self,
        actor: Actor,
        command: c.Command | c.CentreCommand,
        *,
        report: bool = False,
        proven: tuple[Actor, ...] = (),
        overrides: tuple[c.Override, ...] = (),
        happened_at: datetime | None = None,
        position: int | None = None,
        id: str = "",
    ) -> Any:
        """Submit one command at the present position."""
        envelope = c.Envelope(
            id=id or command_id(),
            position=self.desk.house().seq if position is None else position,
            report=report,
            command=command,
            overrides=overrides,
            happened_at=happened_at,
        )
        return self.desk.submit(envelope, actor, proven=proven)

    def act(self, act: Act) -> Any:
        """Submit one act of a script."""
        return self.submit(
            act.actor,
            act.command,
            report=act.report,
            proven=(act.second,) if act.second else (),
            overrides=act.overrides,
        )

    def play(self, script: Script) -> None:
        """Play a script to its end, time passing as it says; every act must be saved."""
        for act in script.acts:
            at = script.arrived_at + act.after
            if at > self.clock.now():
                self.clock.advance(at - self.clock.now())
            answer = self.act(act)
            assert isinstance(answer, SavedAs), (c.action_of(act.command), unmet(answer))
        script.acts.clear()

    def stay(self, script: Script) -> Stay:
        """The stay of a script as it stands."""
        stay = self.desk.house_with(script.stay).stay(script.stay)
        assert stay is not None
        return stay


def unmet(answer: Any) -> tuple[str, ...]:
    """The gates of a refusal."""
    return (
        tuple(one.gate for one in answer.objections) if isinstance(answer, RefusedWith) else (repr(answer),)
    )


def person(number: int = 0) -> practice.Person:
    """The n-th person of the practice cards."""
    card = scenario()["card"][number]
    return practice.person_of(card)
