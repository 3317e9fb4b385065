"""Warnings that nobody has taken up are counted apart: they sound and swap, the others stand."""

from __future__ import annotations

from typing import Any

from tests.station_kit import StationKit
from workstation.custody import commands as c
from workstation.services.board import Board
from workstation.services.practice import stay_id
from workstation.station import messages as m

WAITING = stay_id(1)


def counts(kit: StationKit) -> tuple[int, int]:
    """Open and fresh red warnings."""
    board: Board = kit.lane("1007").ask(m.GetBoard()).board
    return board.red, board.fresh_red


def overridden(kit: StationKit) -> Any:
    """Someone who was not searched goes into a holding room, by two persons: a red warning."""
    placing = c.PlaceInRoom(stay=WAITING, room="holding-3", guard="P1004")
    lane = kit.lane("1004")
    refused = kit.submit(lane, placing)
    assert isinstance(refused, m.Refused), refused
    gates = dict.fromkeys(one.gate for one in refused.objections)
    overrides = tuple(c.Override(gate=gate, reason="突发疾病") for gate in gates)
    return kit.submit(lane, placing, overrides=overrides, seconds=("1007",))


def test_what_was_taken_up_is_fresh_no_more(kit: StationKit) -> None:
    before, fresh = counts(kit)
    saved = overridden(kit)
    assert isinstance(saved, m.Saved), saved
    raised = saved.kinds.count("warning-raised/1")
    assert raised
    assert counts(kit) == (before + raised, fresh + raised)
    reply = kit.lane("1007").ask(m.GetStay(stay=WAITING))
    for warning in reply.facts.remarks.open_warnings:
        done = kit.submit(
            kit.lane("1007"), c.AcknowledgeWarning(stay=WAITING, warning=warning.warning), report=True
        )
        assert isinstance(done, m.Saved), done
    assert counts(kit) == (before + raised, fresh)
