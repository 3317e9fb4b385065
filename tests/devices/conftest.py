"""Rigs: one simulated device behind a real wire, with the adapter that speaks to it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from devices.card_reader import CardReaderSam
from devices.codecs.scanline import Ends
from devices.locks import LockBank8A, Polarity
from devices.rack import PRACTICE, Rack
from devices.scale import ScaleSics
from devices.scanner import ScannerLine
from devices.simulators.centre import Scenario, card_text, load_scenario
from devices.simulators.faults import Fault, FaultKind, FaultStage
from devices.simulators.head_bb7e import TagHead
from devices.simulators.head_idcard import FAKE_PHOTO, CardHead
from devices.simulators.head_lock8a import LockHead
from devices.simulators.head_scanner import ScannerHead
from devices.simulators.head_sics import ScaleHead
from devices.simulators.wires import PtyWire, TcpWire, Wire
from devices.simulators.world import SimBag, SimDoor, SimPad, SimPan, World
from devices.tags import TagReaderBB7E
from devices.transport import Line
from workstation.clock import BootClock

ROOT = Path(__file__).parents[2]
SCENARIO = ROOT / "resources" / "scenarios" / "practice-centre.toml"
PATIENCE = 0.25  # simulated devices answer at once: the time limits of real ones would only make tests slow
BAG = "99000000000000000000AA01"
CODE = "STAFF-1001"
DEADLINE_S = 10.0


@pytest.fixture(scope="session")
def scenario() -> Scenario:
    return load_scenario(SCENARIO)


@pytest.fixture
def until() -> Callable[[Callable[[], object]], None]:
    """Wait for a condition, for ten seconds at most."""

    def wait(condition: Callable[[], object]) -> None:
        deadline = time.monotonic() + DEADLINE_S
        while not condition():
            assert time.monotonic() < deadline, "the condition did not come true"
            threading.Event().wait(0.005)

    return wait


class HandScanner(ScannerLine):
    """A scanner with a hand beside it, which holds a code before it when the program waits for one."""

    world: World

    def _wait(self, seconds):
        self.world.scan_code("scanner", CODE)
        return super()._wait(seconds)


@dataclass
class Rig:
    """A world with one device, its wire, and what the adapter told."""

    kind: str
    world: World
    wire: Wire
    folder: Path
    told: list = field(default_factory=list)
    lines: list = field(default_factory=list)
    threads: list = field(default_factory=list)

    def line(self, baud: int = 9600) -> Line:
        line = Line(str(self.wire.where), baud=baud, runtime=self.folder / "run")
        self.lines.append(line)
        return line

    def adapter(self, *, told=None, **options):
        """The adapter; `told` takes its readings instead of the rig's list."""
        options = {"patience": PATIENCE, **options}
        clock, told = self.world.clock, told or self.told.append
        match self.kind:
            case "lock":
                options = {"settle_s": 0.3, "poll_s": 0.05, **options}
                return LockBank8A("lock", self.line(), clock, told, **options)
            case "tag":
                return TagReaderBB7E("tag", self.line(115200), clock, told, **{"poll_s": 0.01, **options})
            case "scale":
                return ScaleSics("scale", self.line(), clock, told, **{"poll_s": 0.02, **options})
            case "scanner":
                scanner = HandScanner("scanner", self.line(), clock, told, **options)
                scanner.world = self.world
                return scanner
            case _:
                return CardReaderSam("card", self.line(115200), clock, told, **{"poll_s": 0.02, **options})

    def fault(self, kind: str, **fields) -> None:
        self.wire.faults.add(Fault(kind=FaultKind(kind), **fields))

    def watch(self, adapter) -> threading.Event:
        """Run the adapter's watch; the event stops it."""
        stop = threading.Event()
        thread = threading.Thread(target=adapter.watch, args=(stop,), name="watch")
        self.threads.append((stop, adapter, thread))
        thread.start()
        return stop

    def close(self) -> None:
        for stop, adapter, thread in self.threads:
            stop.set()
            adapter.interrupt()
            thread.join(DEADLINE_S)
        for line in self.lines:
            line.close()
        self.wire.stop()


@dataclass(frozen=True)
class Declared:
    """A device as the record declares it."""

    device: str
    type: str
    place: str = "desk-1"
    parameters: dict = field(default_factory=dict)


@pytest.fixture
def make_rack(tmp_path: Path) -> Iterator[Callable[..., Rack]]:
    """Make racks that are stopped at the end; `told` takes their readings."""
    racks: list[Rack] = []

    def make(declared, ports, mode=PRACTICE, told=None, clock=None) -> Rack:
        rack = Rack(
            declared,
            ports,
            mode=mode,
            runtime=tmp_path / "run",
            clock=clock or BootClock(),
            on_reading=(lambda reading: None) if told is None else told.append,
        )
        racks.append(rack)
        return rack

    yield make
    for rack in racks:
        rack.stop()


@pytest.fixture
def make_rig(tmp_path: Path, scenario: Scenario) -> Iterator[Callable[..., Rig]]:
    """Make a rig of a kind (lock, tag, scale, scanner, card) on a transport (pty, tcp)."""
    rigs: list[Rig] = []

    def make(kind: str, transport: str = "pty", **options) -> Rig:
        world = World(BootClock())
        where = tmp_path / f"wire-{len(rigs)}"
        faults = FaultStage(seed=20260101)
        pending = None
        match kind:
            case "lock":
                boards = options.get("boards", (1,))
                per_board = options.get("doors_per_board", 24)
                for door in range(1, len(boards) * per_board + 1):
                    world.doors["lock", door] = SimDoor()
                head = LockHead(
                    world,
                    "lock",
                    boards=boards,
                    doors_per_board=per_board,
                    short_when_open=options.get("polarity") is Polarity.SHORT_WHEN_OPEN,
                )
            case "tag":
                world.fields["tag"] = "desk"
                world.bags[BAG] = SimBag(epc=BAG, grams=250, place="desk")
                head = TagHead(world, "tag")
            case "scale":
                world.pans["scale"] = SimPan(place="desk", extra_grams=1234)
                head = ScaleHead(world, "scale")
                pending = head.pending
            case "scanner":
                world.scanned["scanner"] = ""
                head = ScannerHead(world, "scanner", ends=options.get("ends", Ends.CR))
            case _:
                world.pads["card"] = SimPad()
                card = scenario.card[0]
                world.present_card("card", card.id, card_text(card), FAKE_PHOTO)
                head = CardHead(world, "card")
        wire = (TcpWire if transport == "tcp" else PtyWire)(head, where, faults, pending)
        if kind in ("lock", "scanner"):
            head.pushes_to(wire.push)
        wire.start()
        rig = Rig(kind=kind, world=world, wire=wire, folder=tmp_path)
        rigs.append(rig)
        return rig

    yield make
    for rig in rigs:
        rig.close()
