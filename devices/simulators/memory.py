"""What the simulated world remembers over a restart: doors, bags, pans. Cards are taken away by whoever laid them.

Written after every act and every door that moves, whole and at once, so that a simulator that is killed comes back
to the world as it was.
"""

from __future__ import annotations

import json
from pathlib import Path

from devices.simulators.world import SimBag, World

FILE = "world.json"


def save(world: World, folder: Path) -> None:
    """Write the state of `world` to `<folder>/world.json`."""
    state = {
        "open": [[device, number] for (device, number), door in world.doors.items() if door.open],
        "bags": [[bag.epc, bag.grams, bag.place] for bag in list(world.bags.values())],
        "pans": {device: pan.extra_grams for device, pan in world.pans.items()},
    }
    fresh = folder / f"{FILE}.new"
    fresh.write_text(json.dumps(state), "utf-8")
    fresh.replace(folder / FILE)


def restore(world: World, folder: Path) -> bool:
    """Put a remembered state into a freshly built world; False when there is none that can be read."""
    try:
        state = json.loads((folder / FILE).read_text("utf-8"))
        doors = {(str(device), int(number)) for device, number in state["open"]}
        bags = [
            SimBag(epc=str(epc), grams=int(grams), place=str(place)) for epc, grams, place in state["bags"]
        ]
        pans = {str(device): int(grams) for device, grams in state["pans"].items()}
    except (OSError, ValueError, KeyError, TypeError):
        return False
    for key, door in world.doors.items():
        door.open = key in doors
    world.bags.update({bag.epc: bag for bag in bags})
    for device, pan in world.pans.items():
        pan.extra_grams = pans.get(device, 0)
    return True
