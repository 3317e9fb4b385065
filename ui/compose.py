"""Puts a station together from its parts: store, pack, clock, rack, and the practice centre on the first start.

No Qt in here: the station has no screen. Simulators are not known here either; the rack meets them on wires.
"""

from __future__ import annotations

import os
import secrets
import shutil
import sys
import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from devices.cameras.recordings import Recordings
from devices.practice import PracticeWorld
from devices.rack import LIVE, Rack, admit_for
from devices.transport import classify
from ui.beside import mode_of
from workstation.accounts.credentials import Cost, Secrets
from workstation.catalogue import LANGUAGES, Catalogue
from workstation.clock import BootClock, Clock, SteppedClock, from_ms
from workstation.custody import commands as c
from workstation.custody.values import Answer
from workstation.errors import AppError, StoreError
from workstation.ids import command_id
from workstation.law.pack import Pack
from workstation.ledger.entry import ActorKind
from workstation.readings import RecordingState
from workstation.roles import Actor, Rank, Sex
from workstation.services import practice
from workstation.services.desk import Desk, SavedAs
from workstation.settings import Settings, load
from workstation.station.rack_port import Declared, Reading
from workstation.station.rack_port import Rack as RackPort
from workstation.station.station import Folder, Station
from workstation.storage.place import FILE
from workstation.storage.store import KEYS, Store

SEED_CLOCK_BACK = timedelta(hours=8)


def build_station(
    home: Path,
    asked: str | None,
    resources: Path,
    *,
    clock: Clock | None = None,
    cost: Cost | None = None,
    rack: bool = True,
) -> Station:
    """The station of the data folder `home`; makes its store first when there is none.

    `clock`: a clock of the caller's (tests); `rack=False`: no devices. Raises AppError when the folder is in use,
    the store cannot be opened, or mode and store do not agree.
    """
    folder = Folder(home)
    try:
        return _build(home, asked, resources, clock, cost, rack, folder)
    except BaseException:
        folder.release()
        raise


def _build(
    home: Path,
    asked: str | None,
    resources: Path,
    clock: Clock | None,
    cost: Cost | None,
    with_rack: bool,
    folder: Folder,
) -> Station:
    mode = mode_of(home, asked)
    settings = load(home)
    if mode == LIVE:
        for url in settings.ports.values():
            admit_for(mode)(url, classify(url))
    words = Catalogue.load(resources / "i18n" / "catalogue")
    pack = Pack.load(resources / "law" / "cn")
    if not (home / "store" / FILE).exists():
        _create(home, mode, settings, words, pack, resources, clock or BootClock(), cost or Cost())
    ticking = clock or BootClock()
    store = Store.open(home / "store", ticking, catalogue_hash=words.hash)
    if isinstance(ticking, BootClock):
        ticking.compare(from_ms(store.record.head().newest_recorded_ms))
    if mode == "practice" and not settings.desk:
        settings = Settings(
            home=home, workstation=settings.workstation, desk="desk-1", language=settings.language
        )

    def make_rack(
        declared: Sequence[Declared], ports: Mapping[str, str], on_reading: Callable[[Reading], None]
    ) -> RackPort:
        return Rack(declared, ports, mode=mode, runtime=home / "run", clock=ticking, on_reading=on_reading)

    def make_recorder(on_change: Callable[[RecordingState], None]) -> Recordings:
        return Recordings(home / "recordings", ticking, on_change, admit=admit_for(mode))

    def ports() -> Mapping[str, str]:
        return PracticeWorld(home / "sim").ports() if mode == "practice" else settings.ports

    return Station(
        settings,
        store,
        pack,
        ticking,
        words,
        resources=resources,
        folder=folder,
        make_rack=make_rack if with_rack else None,
        make_recorder=make_recorder if with_rack else None,
        ports=ports,
        cost=cost,
        practice_sign_ins=tuple(
            f"{one.number} · {one.name} · {practice.PRACTICE_SECRET}" for one in practice.STAFF
        )
        if mode == "practice"
        else (),
    )


def _create(
    home: Path,
    mode: str,
    settings: Settings,
    words: Catalogue,
    pack: Pack,
    resources: Path,
    clock: Clock,
    cost: Cost,
) -> None:
    """Make the store beside its place and move it there when it is whole: a half-made one is never met."""
    now = clock.now()
    stepped = SteppedClock(now - SEED_CLOCK_BACK if mode == "practice" else now)
    centre = "practice-centre" if mode == "practice" else f"centre-{secrets.token_hex(4)}"
    place, making = home / "store", home / "store.making"
    if (place / KEYS).exists():
        raise StoreError("store.lost", path=str(place / FILE))
    if place.exists() and any(place.iterdir()):
        raise StoreError("store.exists", path=str(place))
    shutil.rmtree(making, ignore_errors=True)  # of a station that ended in the middle: no window ever saw it
    store = Store.create(
        making,
        stepped,
        centre=centre,
        mode=mode,
        workstation=settings.workstation,
        catalogue_hash=words.hash,
    )
    try:
        if mode == "practice":
            scenario = tomllib.loads((resources / "scenarios" / "practice-centre.toml").read_text("utf-8"))
            portrait = (resources / "media" / "portrait.png").read_bytes()
            seed_practice(store, pack, stepped, scenario, now, settings.workstation, cost, portrait)
    finally:
        store.close()
    try:
        making.replace(place)
        _sync(home)
    except OSError as error:
        raise StoreError("store.cannot-create", path=str(place), reason=str(error.strerror)) from error


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


SEEDER = Actor(
    id="practice", name="practice", roles=frozenset(), rank=Rank.AUXILIARY, unit="", sex=Sex.UNKNOWN
)


def seed_practice(
    store: Store,
    pack: Pack,
    clock: SteppedClock,
    scenario: dict[str, Any],
    now: datetime,
    workstation: str,
    cost: Cost,
    portrait: bytes,
) -> None:
    """Fill a fresh practice store through the Desk, each act recorded at the moment it happens on `clock`."""
    rooms = [room["id"] for room in scenario["room"]]
    desk = Desk(
        store.record,
        pack,
        clock,
        workstation=workstation,
        practice=True,
        recording=lambda: dict.fromkeys(rooms, Answer.YES),  # the practice past is told, not recorded
    )
    for command in (*practice.centre_commands(scenario), *practice.staff_commands()):
        envelope = c.Envelope(id=command_id(), position=0, report=False, command=command)
        _expect_saved(desk.submit(envelope, SEEDER, actor_kind=ActorKind.SYSTEM), command)
    hashed = Secrets(cost).hash(practice.PRACTICE_SECRET)  # one hash for all: it is no secret
    for one in practice.STAFF:
        store.staff_secrets.put(one.id, hashed, 0)

    def keep(script: practice.Script) -> tuple[str, str]:
        kept = store.media.put(script.stay, "image/png", portrait)
        return kept.id, kept.digest

    acts = [
        (script.arrived_at + act.after, act)
        for script in practice.seeded(scenario, now, keep)
        for act in script.acts
    ]
    for at, act in sorted(acts, key=lambda pair: pair[0]):
        if at > clock.now():
            clock.advance(at - clock.now())
        envelope = c.Envelope(
            id=command_id(),
            position=desk.known_size(),
            report=act.report,
            command=act.command,
            overrides=act.overrides,
        )
        answer = desk.submit(envelope, act.actor, proven=(act.second,) if act.second else ())
        _expect_saved(answer, act.command)


def _expect_saved(answer: object, command: c.Command | c.CentreCommand) -> None:
    if not isinstance(answer, SavedAs):
        gates = ", ".join(f"{one.gate} {one.values}" for one in getattr(answer, "objections", ()))
        raise AppError("practice.refused", action=c.action_of(command), gates=gates)


def verify_path(path: Path, words: Catalogue) -> int:
    """Check a store or an exported log and say what was found; 0 when all is sound."""
    from workstation.storage.export import verify_export
    from workstation.storage.verify import verify_store

    folder = next((one for one in (path / "store", path) if (one / FILE).exists()), None)
    report = verify_store(folder, BootClock()) if folder else verify_export(path)
    for fault in report.faults:
        for language in LANGUAGES:
            sentence = words.text(fault.what, language, {"name": fault.name})
            print(f"#{fault.seq} {sentence}", file=sys.stderr)
    code = "verify.sound" if report.sound else "verify.faults"
    for language in LANGUAGES:
        values = {"entries": report.entries, "faults": len(report.faults), "root": report.root}
        print(words.text(code, language, values))
    return 0 if report.sound else 1
