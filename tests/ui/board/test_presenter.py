"""Which cards, in which order, in which tray."""

from __future__ import annotations

from datetime import timedelta

from tests.ui.board.conftest import NONE, NOW, Desk, board, card, timer
from ui.board.presenter import BoardPresenter, Sort, Tray, frozen
from workstation.errors import AppError, LinkError
from workstation.services.board_side import Waiting
from workstation.station import messages as m


def presenter(desk: Desk, *cards: object) -> BoardPresenter:
    made = BoardPresenter(desk.context)
    made._came(m.BoardReply(board=board(*cards)))
    return made


def numbers(made: BoardPresenter, **pin: object) -> list[str]:
    return [made.card(key).number for key in made.order(NOW, **pin)]


def test_next_due_first_levels_before_times_and_guests_last(desk: Desk) -> None:
    made = presenter(
        desk,
        card(1),
        card(2, level="yellow", timers=(timer(minutes=90),)),
        card(3, timers=(timer(minutes=5), NONE)),
        card(4, level="red", timers=(timer(minutes=200),)),
        card(5, capacity="witness", timers=(timer(minutes=1),)),
    )
    assert numbers(made) == ["A-04", "A-02", "A-03", "A-01", "A-05"]


def test_the_card_in_hand_keeps_its_place(desk: Desk) -> None:
    made = presenter(desk, card(1), card(2, level="red"), card(3, level="yellow"))
    assert numbers(made, pinned=card(1).stay, row=0) == ["A-01", "A-02", "A-03"]
    assert numbers(made, pinned="gone", row=0) == ["A-02", "A-03", "A-01"]


def test_by_room_and_by_step(desk: Desk) -> None:
    made = presenter(
        desk,
        card(1, room="", step="admission"),
        card(2, room="holding-1", step="departure"),
        card(3, room="interview-1"),
    )
    made.sort = Sort.ROOM
    assert numbers(made) == ["A-03", "A-02", "A-01"]
    made.sort = Sort.STEP
    assert numbers(made) == ["A-01", "A-03", "A-02"]
    assert made.steps() == {"admission": 1, "handling": 1, "departure": 1}


def test_trays(desk: Desk) -> None:
    made = presenter(
        desk,
        card(1, room="", waiting=Waiting(since=None)),
        card(2, room="intake", waiting=Waiting(since=NOW)),
        card(3, room="", status="out"),
        card(4, capacity="witness", room=""),
        card(5),
    )
    held = {tray: [one.number for one in made.tray(tray)] for tray in Tray}
    assert held == {
        Tray.ARRIVING: [],
        Tray.WAITING: ["A-01", "A-02"],
        Tray.OUT: ["A-03"],
        Tray.TRANSIT: [],
        Tray.OTHERS: ["A-04"],
    }


def test_only_those_with_a_level(desk: Desk) -> None:
    made = presenter(desk, card(1), card(2, level="blue"))
    made.only_warned = True
    assert [one.number for one in made.cards()] == ["A-02"]
    assert made.warned() == 1


def test_an_older_board_never_replaces_a_newer_one(desk: Desk) -> None:
    made = presenter(desk, card(1), card(2))
    made._came(m.BoardReply(board=board(position=9)))
    assert len(made.cards()) == 2


def test_a_lost_station_keeps_the_last_board_and_a_refusal_does_not(desk: Desk) -> None:
    made = presenter(desk, card(1))
    made._failed(LinkError("link.lost"))
    assert made.board is not None
    made._failed(AppError("accounts.locked"))
    assert made.board is not None
    made._failed(AppError("accounts.no-role", action="read-board"))
    assert made.board is None


def test_order_is_frozen_under_a_hand() -> None:
    assert frozen(104.9, 100.0)
    assert not frozen(105.0, 100.0)
    assert frozen(159.9, 100.0, in_hand=True)
    assert not frozen(160.0, 100.0, in_hand=True)


def test_due_without_timers_is_the_next_action(desk: Desk) -> None:
    made = presenter(
        desk,
        card(1, timers=(NONE,), due_at=NOW + timedelta(minutes=9)),
        card(2, timers=(NONE,), due_at=NOW + timedelta(minutes=3)),
        card(3, timers=(NONE,)),
    )
    assert numbers(made) == ["A-02", "A-01", "A-03"]
