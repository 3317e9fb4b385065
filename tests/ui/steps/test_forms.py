"""The forms as data: one for every task and action, nothing preset, and commands that say what was filled in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.station_kit import RESOURCES
from ui.steps.answered import commands_of, differs, lacking, shown_fields, starting_values
from ui.steps.asking import code_of
from ui.steps.devices import follows
from ui.steps.fields import Facts, Field, Filled, Form, Kind, whole
from ui.steps.forms.arrival import ARRIVAL, IDENTIFY, from_card
from ui.steps.forms.effects import LIST
from ui.steps.forms.registry import GROUPS, place_of, task_name
from workstation.catalogue import Catalogue
from workstation.custody import commands as c
from workstation.custody.stay import Stay
from workstation.custody.tasks import ROWS
from workstation.custody.values import Answer, How, SignState
from workstation.readings import CardKind, CardRead
from workstation.roles import Rank, Role, Sex
from workstation.services.stays import facts_of
from workstation.station import messages as m

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
FORMS = {(task, form.code): form for task, group in GROUPS.items() for form in group.forms}
# made once there is a bag in hand, a proposal or a band: see the tests of the screen
LATER = {
    ("bag", "open-cell"), ("bag", "store-bag"), ("outcome", "approve-outcome"), ("approvals", "sign-approvals"),
}  # fmt: skip
BY_THE_PROGRAM = {
    "report-cell-opened", "record-print", "access-media", "acknowledge-warning", "close-warning", "correct-entry",
    "report-recording-started", "report-recording-sealed",
}  # fmt: skip


@pytest.fixture
def facts() -> Facts:
    actor = m.Signed(
        token="t",
        staff="P1001",
        name="测试员",
        roles=(Role.INTAKE,),
        rank=Rank.OFFICER,
        unit="测试单位",
        sex=Sex.MALE,
        reads=(),
        requests=(),
    )
    room = m.RoomRow(
        id="holding-1",
        name_zh="候问室一",
        name_en="Holding 1",
        use="holding",
        capacity=2,
        camera="",
        in_service=True,
    )
    centre = m.CentreReply(
        name_zh="测试中心",
        name_en="Test centre",
        time_zone="Asia/Shanghai",
        mode="practice",
        rooms=(
            room,
            m.RoomRow(
                id="search", name_zh="检查室", name_en="Search", use="search", capacity=1, camera="cam-2",
                in_service=True,
            ),
            m.RoomRow(
                id="talk-1", name_zh="讯问室", name_en="Talk", use="interview", capacity=3, camera="",
                in_service=True,
            ),
        ),
        cameras=("cam-2",),
        desk={"tag-bb7e": "tags-desk", "scale-sics": "scale-1", "idcard-sam": "card-1"},
        workstation="desk-1",
        pack="cn 1",
        position=1,
    )  # fmt: skip
    return Facts(stay=facts_of(Stay(stay="a" * 32)), now=NOW, actor=actor, centre=centre)


def value_for(field: Field, facts: Facts, option: str = "") -> Any:
    """Something to fill in."""
    match field.kind:
        case Kind.TEXT | Kind.LONG | Kind.SPOKEN:
            return "测试"
        case Kind.NUMBER | Kind.MONEY:
            return 7
        case Kind.DATE:
            return "1990-01-01"
        case Kind.MOMENT:
            return (facts.now + timedelta(minutes=5)).isoformat()
        case Kind.CHOICE:
            options = field.options(facts)
            return option or (options[0].key if options else "x")
        case Kind.MANY:
            return [field.options(facts)[0].key]
        case Kind.STAFF:
            return "P1002"
        case Kind.PEOPLE:
            return ["P1001", "P1002"]
        case Kind.SIGNATURES:
            return [{"part": one.part, "by": "测试甲", "state": "signed"} for one in field.parts(facts)]
        case Kind.QUESTIONS:
            return {code: {"answer": Answer.NO.value} for code in field.codes}
        case Kind.LINES:
            return [{"name": "手机", "quantity": 1}]
        case Kind.TAG | Kind.SCAN | Kind.WEIGHT | Kind.PHOTO:
            return {
                "value": "105",
                "how": How.DEVICE.value,
                "device": "d",
                "at": NOW.isoformat(),
                "digest": "f" * 64,
            }


def filled_in(form: Form, facts: Facts) -> dict[str, Any]:
    """Everything filled in, fields that come up by answers included."""
    values = starting_values(form, facts)
    for _ in range(3):
        for field in shown_fields(form, values, facts):
            if values.get(field.key) in (None, "", [], {}):
                values[field.key] = value_for(field, facts)
    return values


def test_every_task_has_a_group() -> None:
    names = {row.code for row in ROWS} | {"return", "duties", "archive"}
    assert names <= set(GROUPS)


def test_every_action_about_a_stay_has_a_form(facts: Facts) -> None:
    wanted = {name for name, kind in c.ACTIONS.items() if issubclass(kind, c.Command)} - BY_THE_PROGRAM
    made = set()
    for form in FORMS.values():
        made |= {c.action_of(one) for one in commands_of(form, filled_in(form, facts), facts)}
    assert wanted - made == {"replace-band", "store-bag", "approve-outcome"}
    assert made <= wanted


@pytest.mark.parametrize("place", sorted(FORMS))
def test_form_makes_commands_when_filled_in_and_none_before(place: tuple[str, str], facts: Facts) -> None:
    form = FORMS[place]
    values = filled_in(form, facts)
    assert [one.key for one in lacking(form, values, facts)] == []
    commands = commands_of(form, values, facts)
    assert bool(commands) is (place not in LATER)
    assert all(c.decode({**_plain(one)}) == one for one in commands)
    for field in form.fields:
        if field.kind is Kind.CHOICE and not field.optional and field.shown(values, facts):
            less = {key: value for key, value in values.items() if key != field.key}
            assert commands_of(form, less, facts) == ()


def _plain(command: c.Command) -> dict[str, Any]:
    import msgspec

    plain: dict[str, Any] = msgspec.json.decode(c.encode(command))
    return plain


@pytest.mark.parametrize("place", sorted(FORMS))
def test_no_judgement_is_filled_in_beforehand(place: tuple[str, str], facts: Facts) -> None:
    form = FORMS[place]
    known = starting_values(form, facts)
    for field in form.fields:
        if field.judgement:
            assert field.start is None
            assert field.key not in known
        if field.kind in (Kind.QUESTIONS, Kind.SIGNATURES, Kind.LINES):
            assert field.judgement


def test_judgements_are_marked() -> None:
    wanted = {
        ("health", "screen-health"): {"questions", "seen"},
        ("search", "record-finding"): {"finding"},
        ("search", "record-injury"): {"injury", "region"},
        ("checks", "check-person"): {"response", "anomaly", "seen"},
        ("care", "offer-care"): {"outcome"},
        ("return-items", "settle-item"): {"disposition"},
        ("recount", "count-property-blind"): {"lines", "fen"},
        ("compare-injuries", "compare-injuries"): {"new"},
        ("tests", "test-substance"): {"result"},
        ("outcome", "propose-outcome"): {"outcome"},
    }
    for place, keys in wanted.items():
        assert keys <= {one.key for one in FORMS[place].fields if one.judgement}, place


def test_every_text_is_there_in_both_languages(facts: Facts) -> None:
    words = Catalogue.load(RESOURCES / "i18n" / "catalogue")
    for group in GROUPS.values():
        assert all(group.title)
    for form in FORMS.values():
        assert all((*form.title, *form.action))
        for field in form.fields:
            assert all(field.label), (form.code, field.key)
            for option in field.options(facts):
                assert option.code in words if option.code else all(option.say), (form.code, option)
            for code in field.codes:
                assert f"question.{code}" in words
            for part in field.parts(facts):
                assert f"paper.part.{part.part}" in words
    assert all(code_of(one) in words for one in (*SignState, *Answer))


def test_by_hand_needs_second_person_and_reason(facts: Facts) -> None:
    form = FORMS["bag", "fill-bag"]
    values = filled_in(form, facts)
    values["tag"] = {"value": "99", "how": How.BY_HAND.value}
    assert [one.key for one in lacking(form, values, facts)] == ["tag"]
    values["tag"] = {**values["tag"], "second": "P1002", "reason": "读标器故障"}
    source = commands_of(form, values, facts)[0].source
    assert (source.how, source.second, source.reason) == (How.BY_HAND, "P1002", "读标器故障")


def test_refusal_to_sign_must_be_noted_by_somebody(facts: Facts) -> None:
    form = FORMS["rights", "serve-rights"]
    values = filled_in(form, facts)
    values["signatures"][0] = {"part": "person", "by": "测试甲", "state": "refused"}
    assert [one.key for one in lacking(form, values, facts)] == ["signatures"]
    values["signatures"][0]["noted_by"] = "P1001"
    signature = commands_of(form, values, facts)[0].signatures[0]
    assert (signature.state, signature.noted_by) == (SignState.REFUSED, "P1001")


def test_half_an_answer_is_no_screen(facts: Facts) -> None:
    form = FORMS["health", "screen-health"]
    values = filled_in(form, facts)
    del values["questions"]["self-harm"]
    assert commands_of(form, values, facts) == ()


def test_another_tag_is_never_taken_for_the_bag(facts: Facts) -> None:
    field = Field("tag", ("袋", "Bag"), Kind.TAG, expect=lambda _: "AA")
    assert differs(field, {"tag": {"value": "BB"}}, facts) == "BB"
    assert differs(field, {"tag": {"value": "AA"}}, facts) == ""
    assert differs(field, {}, facts) == ""


def test_card_fills_identity_and_an_edited_name_is_no_card_any_more(facts: Facts) -> None:
    card = CardRead(
        device="card-1", kind=CardKind.CITIZEN, name="测试甲", sex="male", ethnic="01", birth="1990-01-01",
        address="测试路1号", number="990000199001010017", issuer="", valid_from="", valid_to="", at=NOW,
    )  # fmt: skip
    seen = Facts(stay=facts.stay, now=NOW, actor=facts.actor, centre=facts.centre, card=card)
    values = from_card(card)
    (told,) = commands_of(IDENTIFY, values, seen)
    assert isinstance(told, c.Identify)
    assert (told.name, told.id_number, told.source.how, told.source.device) == (
        "测试甲", "990000199001010017", How.CARD, "card-1",
    )  # fmt: skip
    (told,) = commands_of(IDENTIFY, {**values, "name": "测试乙"}, seen)
    assert told.source.how is How.TYPED


def test_unknown_person_enters_without_a_name(facts: Facts) -> None:
    values = {
        "capacity": "suspect", "arrival_mode": "caught", "arrived_at": (NOW - timedelta(minutes=3)).isoformat(),
        "unit": "测试所", "unit_kind": "station",
    }  # fmt: skip
    (begun,) = commands_of(ARRIVAL, values, facts)
    assert isinstance(begun, c.BeginStay)
    assert begun.identity is None
    assert begun.entered_at == NOW


def test_initials_find_the_common_thing(facts: Facts) -> None:
    assert dict(follows(LIST, "name", {"name": "dhj"})) == {
        "unit": "个",
        "destination": "dangerous-box",
        "quantity": 1,
    }
    assert follows(LIST, "name", {"name": "无名之物"}) == {}
    values = {"name": "SJ", "quantity": 2, "unit": "部", "destination": "personal-bag"}
    (listed,) = commands_of(LIST, values, facts)
    assert isinstance(listed, c.ListItem)
    assert (listed.name, listed.quantity, listed.grams) == ("手机", 2, None)


@pytest.mark.parametrize(
    ("typed", "number"),
    [("12", 12), (7, 7), ("", None), ("1.5", None), ("-1", None), ("١", None), (True, None)],
)
def test_whole_numbers(typed: object, number: int | None) -> None:
    assert whole(typed) == number


def test_filled_reads_nothing_as_nothing(facts: Facts) -> None:
    filled = Filled({}, facts)
    assert (filled.text("a"), filled.number("a"), filled.moment("a"), filled.read("a")) == (
        "",
        None,
        None,
        "",
    )
    assert (filled.people("a"), filled.questions("a"), filled.lines("a")) == ((), (), ())


def test_places_of_actions() -> None:
    assert place_of("task.identity") == ("identity", "")
    assert place_of("seal-bag") == ("bag", "fill-bag")
    assert place_of("sign-paper", "receipt") == ("receipt", "sign-receipt")
    assert place_of("sign-paper", "interview") == ("interview", "sign-interview-record")
    assert place_of("sign-paper") == ("property-list", "sign-property-list")
    assert place_of("nothing-of-the-kind") == ("", "")
    assert task_name("task.bag-out") == "bag-out"


def test_finding_and_body_of_a_search_are_recorded_together(facts: Facts) -> None:
    form = FORMS["search", "record-finding"]
    (alone,) = form.build(Filled({"finding": "none"}, facts))
    assert isinstance(alone, c.RecordFinding)
    seen = {"finding": "none", "injury": "no", "line_condition": "good"}
    found, body, lines = form.build(Filled(seen, facts))
    assert isinstance(found, c.RecordFinding)
    assert isinstance(body, c.RecordInjury)
    assert body.none
    assert isinstance(lines, c.FillSheet)
    assert [(one.code, one.value) for one in lines.lines] == [("condition", "good")]


def test_the_holding_room_is_entered_with_the_plan_when_it_is_named(facts: Facts) -> None:
    form = FORMS["observation", "plan-observation"]
    plan = {"level": "general", "interval_min": 15, "reason": "常规"}
    assert [type(one) for one in commands_of(form, plan, facts)] == [c.PlanObservation]
    assert lacking(form, {**plan, "room": "holding-1"}, facts)[0].key == "guard"
    _, placed = commands_of(form, {**plan, "room": "holding-1", "guard": "P1004"}, facts)
    assert isinstance(placed, c.PlaceInRoom)
    assert (placed.room, placed.guard) == ("holding-1", "P1004")
