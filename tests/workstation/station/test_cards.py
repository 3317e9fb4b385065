"""A staff card at the station: whose it is, what it opens, and what the access log keeps of it."""

from __future__ import annotations

import pytest

from tests.station_kit import StationKit
from workstation.errors import AppError
from workstation.services.practice import PRACTICE_SECRET
from workstation.station import messages as m


def noted(kit: StationKit) -> list[tuple[str, str, str, bool]]:
    """Actor, action, purpose and outcome of every look."""
    return [
        (row.access.actor, row.access.action, row.access.purpose, row.access.allowed)
        for row in kit.station.access.rows()
    ]


def test_before_sign_in_a_card_gives_a_name_and_nothing_else(kit: StationKit) -> None:
    reply = kit.lane().ask(m.WhoseCard(card="STAFF-1002"))
    assert reply == m.CardHolder(staff="P1002", name="李警官")
    assert noted(kit)[-1] == ("", "whose-card", "P1002", True)


def test_who_asks_is_noted_where_somebody_is_signed_in(kit: StationKit) -> None:
    kit.lane("1001").ask(m.WhoseCard(card="STAFF-1002"))
    assert noted(kit)[-1] == ("P1001", "whose-card", "P1002", True)


def test_an_unknown_card_is_refused_and_noted(kit: StationKit) -> None:
    with pytest.raises(AppError) as refused:
        kit.lane().ask(m.WhoseCard(card="STAFF-0000"))
    assert refused.value.code == "accounts.unknown-card"
    assert noted(kit)[-1] == ("", "whose-card", "", False)


def test_a_lock_opens_with_the_own_card_and_the_secret(kit: StationKit) -> None:
    lane = kit.lane("1001")
    lane.ask(m.LockSession())
    with pytest.raises(AppError) as refused:
        lane.ask(m.UnlockSession(secret=PRACTICE_SECRET, card="STAFF-1002"))
    assert refused.value.code == "accounts.other-card"
    with pytest.raises(AppError) as refused:
        lane.ask(m.UnlockSession(secret="", card="STAFF-1001"))
    assert refused.value.code == "accounts.wrong"
    kit.advance(seconds=60)
    lane.ask(m.UnlockSession(secret=PRACTICE_SECRET, card="STAFF-1001"))
    assert lane.ask(m.GetBoard()).board.cards


def test_the_counts_at_the_door_name_nobody(kit: StationKit) -> None:
    now = kit.lane().ask(m.Hello(protocol=m.PROTOCOL)).now
    assert now is not None
    house = kit.station.desk.house()
    assert now.entries == house.seq
    assert now.devices_good + now.devices_unknown + now.devices_bad == len(house.centre.devices)
    assert now.devices_good == 0  # nothing is wired here, and what nobody hears of is unknown
    board = kit.lane("1007").ask(m.GetBoard()).board
    assert (now.red, now.yellow, now.blue) == (board.red, board.yellow, board.blue)


def test_lanes_of_a_session_are_not_told_the_counts(kit: StationKit) -> None:
    token = kit.lane().ask(m.SignIn(number="1001", secret=PRACTICE_SECRET)).token
    assert kit.lane().ask(m.Hello(protocol=m.PROTOCOL, token=token)).now is None
