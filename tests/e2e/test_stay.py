"""Whole work at the real window, by its input alone."""

from __future__ import annotations

from tests.e2e.conftest import MakeWindow, Window, list_things
from tests.station_kit import StationKit
from ui.demo.stay import CUSTODIAN, GUARD, INTAKE, LEADER, OFFICER, card_of
from ui.steps.view import StepsScreen
from workstation.custody.presence import Status
from workstation.station import messages as m
from workstation.storage.verify import verify_store


def stay_of(kit: StationKit, window: Window) -> object:
    """The stay as the station knows it."""
    name = window.stay.stay
    return kit.station.desk.house_with(name).stay(name)


def test_a_whole_stay_by_keys_scans_and_few_clicks(kit: StationKit, window: Window) -> None:
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
    assert window.hand.counts.clicks < 60
    kit.stop()
    assert verify_store(window.home / "store", kit.clock).sound


def test_admission_by_keyboard_only(kit: StationKit, make_window: MakeWindow) -> None:
    window = make_window(kit, mouse=False)
    stay = window.stay
    stay.sign_in(INTAKE)
    for act in (stay.arrive, stay.establish, stay.inform, stay.search):
        act()
    assert window.hand.counts.clicks == 0
    admitted = stay_of(kit, window)
    assert admitted is not None
    assert admitted.searches.last_ended is not None


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


def test_language_and_theme_change_in_the_middle_of_a_form(window: Window) -> None:
    stay, hand, forms = window.stay, window.hand, window.stay.forms
    stay.sign_in(INTAKE)
    stay.arrive()
    forms.take("case")
    forms.fill(cause="殴打他人")
    for keys in ("en", "zh"):
        now = window.work.appearance.get()
        window.work.appearance.set(type(now)(theme="dark" if keys == "en" else "light", language=keys))
        hand.wait(lambda keys=keys: window.work.words.language == keys, keys)
        assert forms.value("cause") == "殴打他人"
        assert hand.words(forms.name("cause")) == "殴打他人"


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
