"""A whole stay at the real window by keys and scans, from the identity card to the release."""

from __future__ import annotations

from tests.e2e.conftest import MakeWindow, stay_of
from tests.station_kit import StationKit
from ui.demo.stay import CUSTODIAN, GUARD, INTAKE, LEADER, OFFICER
from workstation.custody.presence import Status
from workstation.storage.verify import verify_store


def test_a_whole_stay_without_a_mouse(kit: StationKit, make_window: MakeWindow) -> None:
    window = make_window(kit, mouse=False)
    stay = window.stay
    stay.sign_in(INTAKE)
    for act in (stay.arrive, stay.establish, stay.inform, stay.search, stay.list_items, stay.store):
        act()
    for who, acts in (
        (GUARD, (stay.hold,)),
        (OFFICER, (stay.preflight, stay.interview, stay.propose)),
        (LEADER, (stay.approve,)),
        (CUSTODIAN, (stay.take_out, stay.recount, stay.give_back, stay.receipt)),
        (INTAKE, (stay.reidentify, stay.compare, stay.depart)),
    ):
        stay.sign_in(who)
        stay.open_stay()
        for act in acts:
            act()
    gone = stay_of(kit, window)
    assert gone is not None
    assert gone.status is Status.DEPARTED
    assert gone.departure is not None
    assert gone.departure.unmet == ()
    assert gone.remarks.open_duties == ()
    assert [item.settled is not None for item in gone.effects.items] == [True, True, True]
    counts = window.hand.counts
    assert (counts.clicks, counts.turns, counts.signatures) == (0, 0, 0)
    kit.stop()
    assert verify_store(window.home / "store", kit.clock).sound
