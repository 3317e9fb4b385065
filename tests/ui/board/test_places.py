"""Where a person of the board is, in words."""

from __future__ import annotations

import pytest

from tests.ui.board.conftest import Desk, card
from ui.places import is_unplaced, place_of


@pytest.mark.parametrize(
    ("values", "unplaced", "code"),
    [
        ({"room": ""}, True, "board.room.lobby"),
        ({"room": "", "capacity": "witness"}, False, "board.room.lobby"),
        ({"room": "", "status": "out"}, False, "board.status.out"),
        ({"room": "", "status": "escaped"}, False, "board.status.escaped"),
    ],
)
def test_who_is_in_no_room_is_where_the_record_says(
    desk: Desk, values: dict[str, str], unplaced: bool, code: str
) -> None:
    one = card(1, **values)
    assert is_unplaced(one) is unplaced
    assert place_of(one, desk.context) == desk.context.words(code)
