"""Waiting under watch: observation plan, rooms and guards, going out and coming back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from ui.steps.asking import (
    choice,
    long,
    moment,
    number,
    people,
    pick,
    staff,
    text,
)
from ui.steps.fields import Facts, Filled, Form, Group, Option
from ui.steps.forms import phrases as p
from ui.steps.forms import recorded
from ui.steps.forms.intake import rank_of
from ui.steps.forms.lines import officers, only
from workstation.custody import commands as c
from workstation.custody.presence import Status
from workstation.custody.values import Observation, Sheet
from workstation.roles import Role


def rooms(*uses: str) -> Callable[[Facts], tuple[Option, ...]]:
    """Options for the rooms in service of these uses; of every use when none is named."""

    def options(facts: Facts) -> tuple[Option, ...]:
        return tuple(
            Option(one.id, say=(one.name_zh, one.name_en or one.id))
            for one in facts.centre.rooms
            if one.in_service and (not uses or one.use in uses)
        )

    return options


def _held_before(facts: Facts) -> str:
    """The holding room where the person waited before."""
    holding = {one.id for one in facts.centre.rooms if one.use == "holding" and one.in_service}
    return next((one.room for one in reversed(facts.stay.presence.rooms) if one.room in holding), "")


def _held(facts: Facts) -> bool:
    """Whether the person is in a holding room now."""
    return any(one.use == "holding" for one in facts.centre.rooms if one.id == facts.stay.presence.room)


def _guarding(facts: Facts) -> str:
    return facts.stay.presence.guard or only(facts, Role.GUARD)


def _placed(filled: Filled) -> tuple[c.Command, ...]:
    return (c.PlaceInRoom(stay=filled.stay, room=filled.text("room"), guard=filled.text("guard")),)


PLAN = Form(
    "plan-observation",
    ("观察方案", "Observation plan"),
    ("确定方案", "Set the plan"),
    "look",
    (
        choice("level", "级别", "Level", Observation, judgement=True),
        number("interval_min", "巡查间隔（分）", "Minutes between checks", start=lambda _: 15),
        text("reason", "理由", "Reason", phrases=p.GROUNDS, start=lambda _: "常规"),
        pick(
            "room",
            "候问室",
            "Room",
            rooms("holding"),
            optional=True,
            shown=lambda _, facts: not _held(facts),
        ),
        staff(
            "guard",
            "看管人",
            "Guard",
            start=_guarding,
            shown=lambda values, facts: bool(values.get("room")) and not _held(facts),
        ),
    ),
    lambda filled: (
        c.PlanObservation(
            stay=filled.stay,
            level=filled.choice("level", Observation),
            interval_min=filled.number("interval_min") or 0,
            reason=filled.text("reason"),
        ),
        *(_placed(filled) if filled.has("room") and not _held(filled.facts) else ()),
    ),
    done=lambda facts: facts.stay.care.plan is not None,
    table=recorded.plan,
)
PLACE = Form(
    "place-in-room",
    ("入候问室", "Holding room"),
    ("入室", "Place in the room"),
    "room",
    (
        pick("room", "候问室", "Room", rooms("holding"), start=_held_before),
        staff("guard", "看管人", "Guard", start=_guarding),
    ),
    _placed,
    done=_held,
    table=recorded.room,
)
MOVE = Form(
    "move",
    ("移动到其他房间", "Move"),
    ("移动", "Move"),
    "transit",
    (
        pick(
            "room",
            "到",
            "To",
            rooms("intake", "search", "capture", "interview", "medical", "corridor", "exit"),
        ),
        text("reason", "原因", "Reason"),
    ),
    lambda filled: (c.Move(stay=filled.stay, room=filled.text("room"), reason=filled.text("reason")),),
    aside=True,
    table=recorded.room,
)
GUARD = Form(
    "hand-over-guard",
    ("看管交接", "Hand over"),
    ("交接", "Hand over"),
    "two-persons",
    (
        staff("from_staff", "交", "From", start=lambda facts: facts.stay.presence.guard),
        staff("to_staff", "接", "To"),
        long("told", "交代事项", "What was told"),
    ),
    lambda filled: (
        c.HandOverGuard(
            stay=filled.stay,
            from_staff=filled.text("from_staff"),
            to_staff=filled.text("to_staff"),
            told=filled.text("told"),
        ),
    ),
    fits=lambda facts: bool(facts.stay.presence.guard),
    aside=True,
)

_EXIT_REASONS = (
    Option("identification", say=("辨认、指认", "Identification")),
    Option("hospital", say=("就医检查", "Medical examination")),
    Option("search-premises", say=("现场检查、搜查", "Search of premises")),
    Option("evidence", say=("起赃、取证", "Evidence")),
    Option("other", say=("其他", "Other")),
)


def _out(facts: Facts) -> bool:
    return facts.stay.presence.status is Status.OUT


def _scene(facts: Facts) -> str:
    """Where the person was found: most exits lead back there."""
    return facts.stay.papers.line(Sheet.ARRIVAL, "found-at")


EXIT = Form(
    "begin-temporary-exit",
    ("临时出区", "Temporary exit"),
    ("出区", "Begin the exit"),
    "depart",
    (
        pick("reason", "事由", "Reason", lambda _: _EXIT_REASONS),
        text("destination", "去向", "Where to", start=_scene, phrases=p.DESTINATIONS),
        people(
            "escorts", "押送人", "Escorts", hint=("两人", "Two"), start=lambda facts: list(officers(facts))
        ),
        moment(
            "planned_return",
            "预计返回",
            "Planned return",
            start=lambda facts: (facts.now + timedelta(hours=1)).isoformat(),
        ),
        staff("approver", "批准人", "Approver", start=lambda facts: only(facts, Role.DUTY_LEADER)),
    ),
    lambda filled: (
        c.BeginTemporaryExit(
            stay=filled.stay,
            reason=filled.text("reason"),
            destination=filled.text("destination"),
            approver=filled.text("approver"),
            approver_rank=rank_of(filled.facts, filled.text("approver")),
            escorts=filled.people("escorts"),
            planned_return=filled.moment("planned_return") or filled.facts.now,
        ),
    ),
    fits=lambda facts: not _out(facts),
)
RETURN = Form(
    "end-temporary-exit",
    ("返回", "Return"),
    ("已返回", "Back in the area"),
    "arriving",
    (text("seen", "返回时情况", "State on return", judgement=True, phrases=p.SEEN),),
    lambda filled: (c.EndTemporaryExit(stay=filled.stay, seen=filled.text("seen")),),
    fits=_out,
)
ESCAPE_RETURN = Form(
    "report-return-after-escape",
    ("脱逃后归案", "Back after escape"),
    ("记录归案", "Record"),
    "arriving",
    (long("how", "经过", "How"),),
    lambda filled: (c.ReportReturnAfterEscape(stay=filled.stay, how=filled.text("how")),),
    fits=lambda facts: facts.stay.presence.status is Status.ESCAPED,
    report=True,
)

GROUPS = (
    Group("observation", ("观察方案", "Observation plan"), (PLAN,)),
    Group("room", ("房间与移动", "Room"), (PLACE, MOVE, GUARD)),
    Group("return", ("临时出区与返回", "Out and back"), (RETURN, ESCAPE_RETURN, EXIT)),
)
