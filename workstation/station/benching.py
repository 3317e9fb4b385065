"""What a technician does at the bench: commands that an adapter names, raw bytes to a simulated device, a fresh line.

Who did what is noted in the access log. Nothing that moves in the real world goes this way: the rack refuses it, and
a door is opened by an intent through the Desk.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING

from workstation.errors import AppError
from workstation.readings import Door
from workstation.station import messages as m
from workstation.station.rack_port import Rack

if TYPE_CHECKING:
    from workstation.station.station import Station

Note = Callable[[str], None]
SCAN_S = 5.0  # within which somebody has to scan


def commands_of(station: Station, ask: m.GetCommands) -> m.CommandsReply:
    """What may be sent to a device, and what the meaning of its bytes hangs on; AppError for no such device."""
    device = station.desk.house().centre.devices.get(ask.device)
    if device is None:
        raise AppError("devices.no-such", device=ask.device)
    rack = station.devices()
    simulated = station.store.mode == "practice"
    return m.CommandsReply(
        device=ask.device,
        commands=tuple(
            m.CommandRow(name=one.name, most=one.most, moves=one.moves) for one in rack.commands(ask.device)
        ),
        baud=rack.baud(ask.device),
        parameters=dict(device.parameters),
        simulated=simulated,
    )


def send_command(station: Station, ask: m.SendCommand, note: Note) -> m.SentReply:
    """Send a named command, or only say its bytes; raises AppError for what is refused and what fails."""
    if not ask.dry:
        note(f"{ask.device} {ask.name} {ask.number}")
    rack = station.devices()
    return m.SentReply(data=rack.command(ask.device, ask.name, ask.number, dry=ask.dry))


def send_raw(station: Station, ask: m.SendRaw, note: Note) -> m.SentReply:
    """Send bytes as they are; only a simulated device takes them. How many is noted, not which."""
    note(f"{ask.device} raw {len(ask.data)}")
    station.devices().send_raw(ask.device, ask.data)
    return m.SentReply(data=ask.data)


def reopen_line(station: Station, ask: m.ReopenLine, note: Note) -> m.Done:
    """Close the line of a device and let its watcher open it again."""
    note(f"{ask.device} reopen")
    station.devices().reopen(ask.device)
    return m.Done()


def try_device(station: Station, ask: m.TryDevice, note: Note) -> m.TriedReply:
    """Read a device once; AppError for no such device. What fails is told as the answer."""
    device = station.desk.house().centre.devices.get(ask.device)
    if device is None:
        raise AppError("devices.no-such", device=ask.device)
    note(f"{ask.device} try")
    began = time.monotonic()
    try:
        code, values = _read(station.devices(), device.type, ask.device)
        answered = True
    except AppError as error:
        answered, code, values = False, error.code, dict(error.values)
    return m.TriedReply(
        device=ask.device,
        answered=answered,
        code=code,
        values=values,
        took_ms=round((time.monotonic() - began) * 1000),
        health=station.health()[ask.device],
    )


def _read(rack: Rack, kind: str, device: str) -> tuple[str, dict[str, str | int]]:
    """What a device says now, without anything personal: a card only as being there, a code only as its length."""
    match kind:
        case "lock-8a":
            doors = Counter(rack.lock_bank(device).read_all().values())
            return "tried.doors", {
                "closed": doors[Door.CLOSED], "open": doors[Door.OPEN], "unknown": doors[Door.UNKNOWN],
            }  # fmt: skip
        case "tag-bb7e":
            return "tried.tags", {"count": len(rack.tag_reader(device).present())}
        case "scale-sics":
            weight = rack.scale(device).weigh()
            return ("tried.weight" if weight.stable else "tried.unstable"), {"grams": weight.grams}
        case "idcard-sam":
            return ("tried.card" if rack.card_reader(device).read() is not None else "tried.no-card"), {}
        case "scanner-line":
            seen = rack.scanner(device).scan(timeout_s=SCAN_S)
            return ("tried.scan", {"count": len(seen.text)}) if seen is not None else ("tried.no-scan", {})
        case "camera":
            camera = rack.camera(device)
            still = camera.still(max_width=320)
            return "tried.picture", {"at": still.at.isoformat(), "fps": f"{camera.fps():.1f}"}
        case _:
            raise AppError("devices.no-such", device=device)
