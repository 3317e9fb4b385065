"""Work at the desk by other ways than keys, and what is in the way of it: refusals, dead devices, a dead station."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QPushButton

from tests.e2e.conftest import MakeWindow, Window, list_things, stay_of
from tests.e2e.reader import Reader, ReadForms
from tests.station_kit import StationKit
from ui.demo.hand import Hand, HandError
from ui.demo.stay import CUSTODIAN, GUARD, INTAKE, OFFICER, SECOND_OFFICER, card_of
from ui.steps.view import StepsScreen
from workstation.services.practice import PRACTICE_SECRET
from workstation.station import messages as m

CASE_FACTS = {
    "case_number", "cause", "ground", "recipient", "relation", "phone", "seen", "witness", "statement",
    "name", "features", "quantity", "fen", "denominations",
}  # fmt: skip
"""What no device at the desk knows: `name` is that of a thing on the list."""


def test_an_admission_by_cards_scans_and_what_a_screen_reader_is_offered(
    kit: StationKit, make_window: MakeWindow
) -> None:
    window = make_window(kit, mouse=False)
    stay, hand, things, reader = window.stay, window.hand, window.stay.things, Reader(window.hand)
    stay.forms = forms = ReadForms(reader, window.work)
    hand.wait(lambda: window.work.sign_in.welcome, "the greeting")
    hand.scan(card_of(INTAKE))
    reader.write("口令", PRACTICE_SECRET)
    reader.press("登录")
    hand.wait(lambda: window.work.cover is None, "the first screen")
    window.world.act("present_card", device="card-1", card=things.card)
    hand.wait(lambda: window.work.shell.current() == "steps", "the arrival")
    hand.wait(lambda: forms.value("name") == things.name, "the name from the card")
    forms.fill(capacity="suspect", arrival_mode="oral-summons", unit_kind="station")
    forms.now("arrived_at")
    for number in (OFFICER, SECOND_OFFICER):
        hand.scan(card_of(number))
    hand.wait(lambda: len(forms.value("brought_by") or ()) == 2, "who brought them")
    forms.send()
    stay.stay = forms.presenter.stay
    window.world.act("remove_card", device="card-1")
    for act in (stay.establish, stay.inform, stay.search, stay.list_items, stay.store):
        act()
    assert (hand.counts.keys, hand.counts.clicks) == (0, 0)
    assert forms.typed <= CASE_FACTS
    admitted = stay_of(kit, window)
    assert admitted is not None
    assert admitted.identity.name == things.name
    assert admitted.searches.last_ended is not None
    assert admitted.effects.bags[-1].cell


def test_a_refused_request_shows_every_reason_and_the_cure_leads_there(window: Window) -> None:
    stay, hand, forms = window.stay, window.hand, window.stay.forms
    stay.sign_in(INTAKE)
    stay.arrive()
    forms.take("room", "place-in-room")
    forms.fill(room="holding-1", guard=GUARD)
    screen = window.work.shell.screen_widget("steps")
    assert isinstance(screen, StepsScreen)
    hand.wait(lambda: forms.presenter.standing.settled and screen.middle.refusal.rows(), "the reasons")
    gates = {row.reason.gate for row in screen.middle.refusal.rows()}
    assert {"GH1a", "GH1b", "GH3b"} <= gates
    hand.press("F12")
    hand.wait(lambda: screen.middle.refusal.rows()[0].hasFocus(), "the first reason in hand")
    cured = next(row for row in screen.middle.refusal.rows() if row.reason.gate == "GH1b")
    hand.type(cured.reason.key)
    hand.wait(lambda: forms.at()[0] == "health", "the task that cures it")


def test_a_scale_that_died_is_passed_by_hand_by_two(kit: StationKit, window: Window) -> None:
    stay, hand, forms, things = window.stay, window.hand, window.stay.forms, window.stay.things
    stay.stay = list_things(kit, things)
    stay.sign_in(INTAKE)
    stay.open_stay()
    forms.take("bag", "fill-bag")
    window.world.act("put_bag", epc=things.tag, place="desk-1", grams=things.grams)
    forms.came("tag", things.tag)
    hand.scan(things.seal)
    forms.came("seal", things.seal)
    window.world.act("unplug", device="scale-1")
    name = forms.name("grams")
    hand.act(f"{name}.hand")
    hand.go(name)
    hand.type(str(things.grams))
    hand.go(f"{name}.second")
    hand.type(CUSTODIAN)
    hand.go(f"{name}.reason")
    hand.type("电子秤无响应")
    if hand.find(f"{name}.photo") is not None:
        hand.act(f"{name}.photo")
        hand.wait(lambda: (forms.value("grams") or {}).get("photo"), "the photograph of the weighing")
    forms.send(card_of(CUSTODIAN))
    stored = stay_of(kit, window)
    assert stored is not None
    bag = stored.effects.bags[-1]
    assert bag.grams == things.grams
    page = kit.lane(INTAKE).ask(m.GetTimeline(stay=window.stay.stay, kinds=("bag-weighed/1",))).page
    assert [row.by_hand for row in page.rows] == [True]


def test_a_draft_outlives_a_killed_station(
    kit: StationKit, make_window: MakeWindow, later: list[StationKit]
) -> None:
    window = make_window(kit)
    stay, hand, forms = window.stay, window.hand, window.stay.forms
    stay.sign_in(INTAKE)
    stay.arrive()
    forms.take("case")
    forms.fill(cause="殴打他人")
    hand.wait(lambda: forms.presenter.drafts.state == "kept", "the draft on disk")
    kit.stop()
    hand.wait(lambda: window.work.keeper.offline, "the lost station")
    again = StationKit(window.home, world=window.world, start=kit.clock.now())
    later.append(again)
    hand.wait(lambda: window.work.cover is not None, "the sign-in after the restart")
    stay.sign_in(INTAKE)
    stay.forms.take("case")
    hand.wait(lambda: forms.value("cause") == "殴打他人", "the draft")


def test_a_hand_without_a_mouse_uses_none(qapp: QApplication) -> None:
    button = QPushButton()
    button.setObjectName("there")
    button.show()
    hand, pressed = Hand(qapp, mouse=False), []
    button.clicked.connect(lambda: pressed.append(True))
    for use in (
        lambda: hand.click("there"),
        lambda: hand.sign("there"),
        lambda: hand.click_at(button, QPoint(2, 2)),
    ):
        with pytest.raises(HandError, match="no-mouse"):
            use()
    assert pressed == []
    button.close()
