"""What can be done to a simulated centre from outside, by name: the acts of the control port and of a play."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from devices.simulators.centre import Centre
from devices.simulators.faults import Fault, FaultKind

Act = Callable[[dict[str, Any]], object]


def world_acts(centre: Centre) -> Mapping[str, Act]:
    """Acts on things, faults and plugs; each takes its fields from a mapping and raises WorldError, ValueError,
    KeyError or TypeError for what cannot be."""
    world = centre.world

    def told(ask: dict[str, Any]) -> Fault:
        return Fault(
            kind=FaultKind(ask["kind"]),
            match=bytes.fromhex(ask.get("match", "")),
            probability=min(1.0, max(0.0, float(ask.get("probability", 1.0)))),
            count=max(0, int(ask.get("count", 0))),
            ms=max(1, int(ask.get("ms", 400))),
        )

    def changed(device: str, change: Callable[[], None]) -> None:
        change()
        centre.wire(device).look_up()

    def faults(ask: dict[str, Any]) -> Any:
        return centre.wire(ask["device"]).faults

    return {
        "present_card": lambda ask: centre.present(ask["device"], ask["card"]),
        "remove_card": lambda ask: world.remove_card(ask["device"]),
        "scan_code": lambda ask: world.scan_code(
            ask["device"], str(ask["code"]), str(ask.get("symbology", ""))
        ),
        "put_bag": lambda ask: world.put_bag(ask["epc"], ask["place"], grams=ask.get("grams")),
        "take_bag": lambda ask: world.take_bag(ask["epc"]),
        "close_door": lambda ask: world.close_door(ask["device"], int(ask["door"])),
        "force_door": lambda ask: world.force_door(ask["device"], int(ask["door"])),
        "jam_door": lambda ask: world.jam_door(
            ask["device"], int(ask["door"]), jammed=bool(ask.get("jammed", True))
        ),
        "set_weight": lambda ask: world.set_weight(ask["device"], int(ask["grams"])),
        "swing": lambda ask: world.swing(ask["device"], swinging=bool(ask.get("swinging", True))),
        "cover": lambda ask: centre.lens(ask["device"]).set_covered(bool(ask.get("covered", True))),
        "fault": lambda ask: changed(ask["device"], lambda: faults(ask).add(told(ask))),
        "put_fault": lambda ask: changed(ask["device"], lambda: faults(ask).put(told(ask))),
        "take_fault": lambda ask: faults(ask).take_out(FaultKind(ask["kind"])),
        "clear_faults": lambda ask: faults(ask).clear(),
        "seed_faults": lambda ask: faults(ask).begin(int(ask["seed"])),
        "unplug": lambda ask: centre.unplug(ask["device"]),
        "replug": lambda ask: centre.replug(ask["device"]),
    }


def standing(centre: Centre) -> dict[str, object]:
    """Everything as it stands, for an editor: what `devices.practice.Standing` reads."""
    state = centre.world.state()
    doors: dict[str, int] = {}
    for device, _ in centre.world.doors:
        doors[device] = doors.get(device, 0) + 1
    named = {bag.epc: bag for bag in centre.scenario.bag}
    return {
        "doors": doors,
        "open": state["open"],
        "jammed": state["jammed"],
        "bags": [
            {
                "name": named[bag.epc].id if bag.epc in named else "",
                "epc": bag.epc,
                "grams": bag.grams,
                "place": bag.place,
            }
            for bag in list(centre.world.bags.values())
        ],
        "places": centre.world.desks(),
        "weights": state["weights"],
        "swinging": state["swinging"],
        "cards": state["cards"],
        "scanned": state["scanned"],
        "deck": [{"id": card.id, "name": card.name, "kind": card.kind} for card in centre.scenario.card],
        "plugged": {
            **{device: wire.plugged for device, wire in centre.wires.items()},
            **{device: lens.plugged for device, lens in centre.lenses.items()},
        },
        "covered": {device: lens.covered for device, lens in centre.lenses.items()},
        "faults": {
            device: [
                {
                    "kind": str(fault.kind),
                    "probability": fault.probability,
                    "count": fault.count,
                    "used": used,
                    "ms": fault.ms,
                }
                for fault, used in wire.faults.standing()
            ]
            for device, wire in centre.wires.items()
        },
        "seeds": {device: wire.faults.seed for device, wire in centre.wires.items()},
    }
