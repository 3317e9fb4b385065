"""A whole simulated centre from a scenario file: its world, its heads and a wire for each device.

The scenario also says which rooms, banks, desks, cards and bags there are; a practice store is seeded from
it.
"""

from __future__ import annotations

import json
import threading
import tomllib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from devices.codecs import idcard, scanline
from devices.simulators import memory
from devices.simulators.faults import FaultStage
from devices.simulators.head_bb7e import TagHead
from devices.simulators.head_idcard import FAKE_PHOTO, CardHead
from devices.simulators.head_lock8a import LockHead
from devices.simulators.head_scanner import ScannerHead
from devices.simulators.head_sics import ScaleHead
from devices.simulators.lens import Lens
from devices.simulators.wires import PtyWire, TcpWire, Wire
from devices.simulators.world import SimBag, SimDoor, SimPad, SimPan, World, WorldError
from workstation.clock import Clock
from workstation.errors import SettingsError

_TYPES = {"citizen": idcard.CITIZEN, "foreign-resident": idcard.FOREIGN_2017, "hmt-resident": idcard.HMT}
_CARD_FIELDS = (
    "name",
    "birth",
    "number",
    "issuer",
    "valid_from",
    "valid_to",
    "ethnic",
    "address",
    "name_latin",
    "nationality",
)
COVER = "covered.mp4"  # what a camera sees when something hangs over its lens
_SEXES = {"male": "1", "female": "2", "unknown": "0"}


class ScenarioRoom(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A room. `kind`: intake, search, holding, interview, medical, corridor or exit."""

    id: str
    name_zh: str
    name_en: str
    kind: str
    capacity: int
    camera: str = ""


class ScenarioBank(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A bank of cells with its lock device and the tag reader inside."""

    id: str
    name_zh: str
    name_en: str
    device: str
    reader: str
    doors: int


class ScenarioDesk(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A desk and what stands on it."""

    id: str
    name_zh: str
    name_en: str
    room: str
    card_reader: str
    scale: str
    reader: str
    scanner: str = ""


class ScenarioDevice(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A device and the wire it hangs on: pty, tcp, or file for a camera that plays `parameters.media`."""

    id: str
    kind: str
    place: str
    wire: str
    parameters: Mapping[str, str | int] = {}


class ScenarioBag(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A property bag with its tag and seal number, and what it will weigh when filled.

    `place`: where it lies when the centre opens, as in `World`; empty: in somebody's hand.
    """

    id: str
    epc: str
    seal: str
    grams: int
    place: str = ""


class ScenarioCard(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An identity card of a person who does not exist."""

    id: str
    kind: str
    name: str
    sex: str
    birth: str
    number: str
    issuer: str
    valid_from: str
    valid_to: str
    ethnic: str = ""
    address: str = ""
    name_latin: str = ""
    nationality: str = ""


class ScenarioCentre(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The centre's names and the seed of everything that is drawn by lot."""

    id: str
    name_zh: str
    name_en: str
    seed: int


class Scenario(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A scenario file as it stands."""

    centre: ScenarioCentre
    room: tuple[ScenarioRoom, ...]
    bank: tuple[ScenarioBank, ...]
    desk: tuple[ScenarioDesk, ...]
    device: tuple[ScenarioDevice, ...]
    bag: tuple[ScenarioBag, ...]
    card: tuple[ScenarioCard, ...]


def load_scenario(path: Path) -> Scenario:
    """Read and check a scenario; SettingsError names file and fault."""
    try:
        return msgspec.convert(tomllib.loads(path.read_text("utf-8")), Scenario)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise SettingsError("device.sim.scenario", file=path.name, reason=str(error)) from error


def card_text(card: ScenarioCard) -> bytes:
    """The 256 bytes that a reader gives for a card of the scenario."""
    fields = {name: getattr(card, name) for name in _CARD_FIELDS}
    return idcard.build_text(idcard.CardText(type=_TYPES[card.kind], sex=_SEXES[card.sex], **fields))


class Centre:
    """Builds the world and its wires below `<home>/wires/`; `start` plugs everything in, `stop` takes it down.

    `<home>/ports.json` tells where each device is, plugged in or not, and stays when the simulator ends.
    """

    def __init__(self, scenario: Scenario, home: Path, media: Path, clock: Clock) -> None:
        self.scenario = scenario
        self.world = World(clock)
        self.wires: dict[str, Wire] = {}
        self.lenses: dict[str, Lens] = {}
        self._folder = home / "wires"
        self._remembering = threading.Lock()
        self._cards = {card.id: card for card in scenario.card}
        for bag in scenario.bag:
            self.world.bags[bag.epc] = SimBag(epc=bag.epc, grams=bag.grams, place=bag.place)
        for device in scenario.device:
            self._add(device, media)
        memory.restore(self.world, home)
        self.world.on_door(lambda device, door, opened: self.remember())

    def remember(self) -> None:
        """Keep the world as it stands for the next start."""
        with self._remembering:
            memory.save(self.world, self._folder.parent)

    def start(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        ports = {device.id: str(self._folder / device.id) for device in self.scenario.device}
        (self._folder.parent / "ports.json").write_text(json.dumps(ports), "utf-8")
        for lens in self.lenses.values():
            lens.where.unlink(missing_ok=True)
            lens.plug()
        for wire in self.wires.values():
            wire.start()

    def stop(self) -> None:
        for wire in self.wires.values():
            wire.stop()
        for lens in self.lenses.values():
            lens.unplug()

    def present(self, device: str, card: str) -> None:
        """Lay a card of the scenario on a reader."""
        found = self._cards.get(card)
        if found is None:
            raise WorldError("device.sim.no-card", card=card)
        self.world.present_card(device, card, card_text(found), FAKE_PHOTO)

    def wire(self, device: str) -> Wire:
        """The wire of a device; a camera has none."""
        if device not in self.wires:
            raise WorldError("device.sim.no-device", device=device)
        return self.wires[device]

    def lens(self, device: str) -> Lens:
        """A camera."""
        if device not in self.lenses:
            raise WorldError("device.sim.no-device", device=device)
        return self.lenses[device]

    def unplug(self, device: str) -> None:
        """Pull the plug of any device."""
        self.lens(device).unplug() if device in self.lenses else self.wire(device).unplug()

    def replug(self, device: str) -> None:
        """Plug any device in again."""
        self.lens(device).plug() if device in self.lenses else self.wire(device).replug()

    def _add(self, device: ScenarioDevice, media: Path) -> None:
        where = self._folder / device.id
        faults = FaultStage(seed=self.scenario.centre.seed + len(self.wires))
        make = TcpWire if device.wire == "tcp" else PtyWire
        match device.kind:
            case "lock-8a":
                head = self._lock_head(device)
                wire = self.wires[device.id] = make(head, where, faults)
                head.pushes_to(wire.push)
            case "tag-bb7e":
                lock = next((bank.device for bank in self.scenario.bank if bank.reader == device.id), "")
                self.world.fields[device.id] = f"bank:{lock}" if lock else device.place
                self.wires[device.id] = make(TagHead(self.world, device.id), where, faults)
            case "scale-sics":
                self.world.pans[device.id] = SimPan(place=device.place)
                scale = ScaleHead(self.world, device.id)
                self.wires[device.id] = make(scale, where, faults, scale.pending)
            case "idcard-sam":
                self.world.pads[device.id] = SimPad()
                self.wires[device.id] = make(CardHead(self.world, device.id), where, faults)
            case "scanner-line":
                self.world.scanned[device.id] = ""
                ends = scanline.Ends(str(device.parameters.get("ends", scanline.Ends.CR)))
                scanner = ScannerHead(self.world, device.id, ends=ends)
                wire = self.wires[device.id] = make(scanner, where, faults)
                scanner.pushes_to(wire.push)
            case "camera":
                clip = (media / str(device.parameters.get("media", ""))).resolve()
                self.lenses[device.id] = Lens(where, clip, media / COVER)
            case _:
                raise SettingsError("device.sim.kind", device=device.id, kind=device.kind)

    def _lock_head(self, device: ScenarioDevice) -> LockHead:
        boards = tuple(int(board) for board in str(device.parameters.get("boards", "1")).split(","))
        per_board = int(device.parameters.get("doors_per_board", 24))
        for door in range(1, len(boards) * per_board + 1):
            self.world.doors[device.id, door] = SimDoor()
        return LockHead(
            self.world,
            device.id,
            boards=boards,
            doors_per_board=per_board,
            short_when_open=device.parameters.get("polarity") == "short-when-open",
        )
