"""The control plane of the simulator: JSON lines over TCP on 127.0.0.1, opened by a token from a private
file."""

from __future__ import annotations

import hmac
import json
import os
import secrets
import socket
import threading
from collections.abc import Mapping
from pathlib import Path

from devices.simulators.acts import Act, standing, world_acts
from devices.simulators.centre import Centre
from devices.simulators.play import Player, Plays
from workstation.errors import AppError

MAX_LINE = 65536
_TELLING = frozenset({"state", "standing", "trace", "bags", "cards"})


class Control:
    """Serves acts on a centre until stopped. `<home>/sim.json` tells port and process, `<home>/sim.token` the
    token.

    A request is `{"token": …, "act": …, …}`, an answer `{"ok": true, …}` or `{"ok": false, "error": code,
    "values": {…}}`. Acts: those of `acts.world_acts`, those of the player (play_load, play_run, play_pause,
    play_step), and what only tells: state, standing, trace, cards, bags.
    """

    def __init__(self, centre: Centre, home: Path, plays: Plays) -> None:
        self._centre = centre
        self._home = home
        self._token = secrets.token_hex(16)
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=8)
        self.port: int = self._listener.getsockname()[1]
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="sim-control", daemon=True)
        acts = world_acts(centre)
        self._player = Player(plays, acts, centre.world.clock, centre.remember)
        self._acts: Mapping[str, Act] = {
            **acts,
            **self._player.acts(),
            "state": lambda ask: centre.world.state(),
            "standing": lambda ask: {**standing(centre), "playing": self._player.state()},
            "trace": lambda ask: list(centre.wire(ask["device"]).trace),
            "bags": lambda ask: [[bag.id, bag.epc, bag.seal, bag.grams] for bag in centre.scenario.bag],
            "cards": lambda ask: [[card.id, card.name] for card in centre.scenario.card],
        }

    def start(self) -> None:
        """Write the token and the address, then serve."""
        self._home.mkdir(parents=True, exist_ok=True)
        token = self._home / "sim.token"
        token.unlink(missing_ok=True)
        with os.fdopen(os.open(token, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(self._token)
        self._thread.start()
        self._player.start()
        told = self._home / "sim.json.new"
        told.write_text(json.dumps({"port": self.port, "pid": os.getpid()}), "utf-8")
        told.replace(self._home / "sim.json")

    def stop(self) -> None:
        self._player.stop()
        self._stop.set()
        # A connection of our own wakes the listener; closing it under accept() would not.
        with socket.create_connection(("127.0.0.1", self.port), timeout=1):
            pass
        self._thread.join(2)
        self._listener.close()
        for name in ("sim.json", "sim.token"):
            (self._home / name).unlink(missing_ok=True)

    def _serve(self) -> None:
        while not self._stop.is_set():
            client, _ = self._listener.accept()
            threading.Thread(target=self._talk, args=(client,), name="sim-client", daemon=True).start()

    def _talk(self, client: socket.socket) -> None:
        try:
            with client, client.makefile("rwb") as stream:
                while not self._stop.is_set() and (line := stream.readline(MAX_LINE)):
                    stream.write(json.dumps(self.answer(line), ensure_ascii=False).encode() + b"\n")
                    stream.flush()
        except OSError:
            return

    def answer(self, line: bytes) -> dict[str, object]:
        """Carry out one request line; whatever is wrong with it is told, never raised."""
        try:
            ask = json.loads(line)
            if not isinstance(ask, dict) or not hmac.compare_digest(str(ask.get("token", "")), self._token):
                return {"ok": False, "error": "device.sim.token", "values": {}}
            act = self._acts.get(str(ask.get("act")))
            if act is None:
                return {"ok": False, "error": "device.sim.act", "values": {"act": str(ask.get("act"))[:40]}}
            result = act(ask)
            if ask["act"] not in _TELLING:
                self._centre.remember()
            return {"ok": True, "result": result}
        except AppError as error:
            return {"ok": False, "error": error.code, "values": error.values}
        except (ValueError, KeyError, TypeError) as error:
            return {"ok": False, "error": "device.sim.request", "values": {"reason": str(error)[:80]}}
