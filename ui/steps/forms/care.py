"""Care of a person held: checks, meals and rest, restraint, illness, doctor and medical orders."""

from __future__ import annotations

import secrets
from datetime import timedelta

from ui.steps.asking import actor_id, choice, coded, long, moment, number, pick, staff, text, when, yes_no
from ui.steps.fields import Facts, Field, Filled, Form, Group, Kind, Option, Part, Table
from ui.steps.forms import phrases as p
from ui.steps.forms import recorded
from ui.steps.forms.lines import line, papers, sheet, signed_here
from workstation.custody import commands as c
from workstation.custody.values import (
    Answer,
    Care,
    CareOutcome,
    CheckMethod,
    How,
    Paper,
    RestraintKind,
    RestraintReason,
    Sheet,
    Source,
)

_RESPONSES = coded("response", "0", "1", "2", "3")


def _checks(facts: Facts) -> Table | None:
    known = facts.stay.care.checks[-6:]
    if not known:
        return None
    return Table(
        (("时间", "Time"), ("方式", "How"), ("反应", "Response"), ("手环", "Band"), ("情况", "Seen")),
        tuple(
            (
                one.at.astimezone(facts.zone).strftime("%H:%M"),
                f"@check-method.{one.method}",
                f"@response.{one.response}",
                "✓" if one.band_tapped else "—",
                one.seen,
            )
            for one in reversed(known)
        ),
    )


CHECK = Form(
    "check-person",
    ("巡查", "Check"),
    ("记录巡查", "Record the check"),
    "check-round",
    (
        choice("method", "方式", "How", CheckMethod),
        pick("response", "反应", "Response", lambda _: _RESPONSES, judgement=True),
        Field(
            "band",
            ("刷手环", "Band tap"),
            Kind.SCAN,
            optional=True,
            hint=("扫描手环即为到场", "Scan the band"),
            expect=lambda facts: facts.stay.person.band,
        ),
        choice("anomaly", "异常情况", "Anything unusual", (Answer.NO, Answer.YES), judgement=True),
        text("seen", "看到的情况", "What was seen", optional=True, judgement=True),
    ),
    lambda filled: (
        c.CheckPerson(
            stay=filled.stay,
            method=filled.choice("method", CheckMethod),
            response=int(filled.text("response")),
            band_tapped=bool(filled.read("band")) and filled.read("band") == filled.facts.stay.person.band,
            seen=filled.text("seen"),
            source=filled.source("band") if filled.read("band") else Source(how=How.TYPED),
            anomaly=filled.choice("anomaly", Answer),
        ),
    ),
    again=True,
    table=_checks,
)


def _given(facts: Facts) -> Table | None:
    known = facts.stay.care.given[-6:]
    if not known:
        return None
    return Table(
        (("时间", "Time"), ("照料", "Care"), ("结果", "Outcome"), ("说明", "Detail")),
        tuple(
            (
                one.at.astimezone(facts.zone).strftime("%H:%M"),
                f"@care.{one.care}",
                f"@care-outcome.{one.outcome}",
                one.detail,
            )
            for one in reversed(known)
        ),
    )


_MEAL = when("care", "meal")


def _eater(facts: Facts) -> tuple[Part, ...]:
    return (Part("person", facts.person_name()),)


def _water(filled: Filled) -> tuple[c.Command, ...]:
    """Water with a meal is an offer of its own."""
    if filled.text("care") != Care.MEAL or not filled.has("water"):
        return ()
    outcome = CareOutcome.ACCEPTED if filled.is_yes("water") else CareOutcome.REFUSED
    return (c.OfferCare(stay=filled.stay, care=Care.WATER, outcome=outcome, detail=""),)


CARE = Form(
    "offer-care",
    ("饮食、休息等", "Care"),
    ("记录照料", "Record"),
    "meal",
    (
        choice("care", "提供", "Offered", Care),
        choice("outcome", "结果", "Outcome", CareOutcome, judgement=True),
        line("kind", "饮食品种", "What was served", shown=_MEAL, phrases=p.MEALS),
        yes_no("water", "饮水", "Drank water", optional=True, judgement=True, shown=_MEAL),
        text("detail", "说明", "Detail", optional=True),
        signed_here(Paper.MEAL_RECORD, ("签名", "Signature"), _eater, shown=_MEAL),
    ),
    lambda filled: (
        c.OfferCare(
            stay=filled.stay,
            care=filled.choice("care", Care),
            outcome=filled.choice("outcome", CareOutcome),
            detail=filled.text("detail"),
        ),
        *_water(filled),
        *(sheet(filled, Sheet.MEAL) if filled.text("care") == Care.MEAL else ()),
        *papers(filled, Paper.MEAL_RECORD),
    ),
    again=True,
    table=_given,
)


def _restrained(facts: Facts) -> bool:
    return facts.stay.care.restraint is not None


APPLY = Form(
    "apply-restraint",
    ("使用约束", "Apply restraint"),
    ("开始约束", "Apply"),
    "lock",
    (
        choice("restraint", "警械", "Restraint", RestraintKind),
        choice("reason", "法定情形", "Reason", RestraintReason, judgement=True),
        number("review_min", "复查（分钟后）", "Review in (minutes)"),
        staff("watcher", "看护人", "Watcher", start=actor_id),
    ),
    lambda filled: (
        c.ApplyRestraint(
            stay=filled.stay,
            restraint=filled.choice("restraint", RestraintKind),
            reason=filled.choice("reason", RestraintReason),
            review_at=filled.facts.now + timedelta(minutes=filled.number("review_min") or 0),
            watcher=filled.text("watcher"),
        ),
    ),
    fits=lambda facts: not _restrained(facts),
)
REVIEW = Form(
    "review-restraint",
    ("约束复查", "Review"),
    ("记录复查", "Record the review"),
    "look",
    (
        yes_no("still_needed", "仍有必要", "Still needed", judgement=True),
        number(
            "next_min", "下次复查（分钟后）", "Next review in (minutes)", shown=when("still_needed", "yes")
        ),
        text("seen", "看到的情况", "What was seen", judgement=True),
    ),
    lambda filled: (
        c.ReviewRestraint(
            stay=filled.stay,
            still_needed=filled.is_yes("still_needed"),
            next_review_at=filled.facts.now + timedelta(minutes=filled.number("next_min") or 0)
            if filled.is_yes("still_needed")
            else None,
            seen=filled.text("seen"),
        ),
    ),
    fits=_restrained,
    again=True,
)
REMOVE = Form(
    "remove-restraint",
    ("解除约束", "Remove"),
    ("解除约束", "Remove"),
    "lock",
    (text("seen", "看到的情况", "What was seen", judgement=True),),
    lambda filled: (c.RemoveRestraint(stay=filled.stay, seen=filled.text("seen")),),
    fits=_restrained,
)

ILLNESS = Form(
    "report-illness",
    ("发病、受伤", "Illness or injury"),
    ("立即记录", "Record now"),
    "ill",
    (
        yes_no("injury", "是受伤", "An injury", judgement=True),
        long("what", "情况", "What", judgement=True),
    ),
    lambda filled: (
        c.ReportIllness(stay=filled.stay, what=filled.text("what"), injury=filled.is_yes("injury")),
    ),
    report=True,
)
DOCTOR = Form(
    "call-doctor",
    ("叫医生", "Call a doctor"),
    ("已叫医生", "Doctor called"),
    "doctor",
    (text("who", "叫了谁", "Who was called"), text("why", "为什么", "Why")),
    lambda filled: (c.CallDoctor(stay=filled.stay, who=filled.text("who"), why=filled.text("why")),),
    aside=True,
)
ORDER = Form(
    "order-medical",
    ("医嘱", "Medical order"),
    ("下医嘱", "Give the order"),
    "medicine",
    (
        long("text", "医嘱", "Order"),
        yes_no("blocks_interview", "不宜讯（询）问", "No questioning", judgement=True),
        yes_no("blocks_custody", "不宜羁押", "Not fit for custody", judgement=True),
        moment("due_at", "执行时间", "Due", optional=True),
    ),
    lambda filled: (
        c.OrderMedical(
            stay=filled.stay,
            order=f"order-{secrets.token_hex(4)}",
            text=filled.text("text"),
            blocks_interview=filled.is_yes("blocks_interview"),
            blocks_custody=filled.is_yes("blocks_custody"),
            due_at=filled.moment("due_at"),
        ),
    ),
    aside=True,
    table=recorded.orders,
)


def _orders(facts: Facts) -> tuple[Option, ...]:
    return tuple(
        Option(one.order, say=(one.text[:60], one.text[:60]))
        for one in facts.stay.care.orders
        if not one.acknowledged_by
    )


ACKNOWLEDGE = Form(
    "acknowledge-medical-order",
    ("确认医嘱", "Acknowledge order"),
    ("已知并执行", "Acknowledge"),
    "medicine",
    (pick("order", "医嘱", "Order", _orders),),
    lambda filled: (c.AcknowledgeMedicalOrder(stay=filled.stay, order=filled.text("order")),),
    fits=lambda facts: bool(_orders(facts)),
    table=recorded.orders,
)

GROUPS = (
    Group("checks", ("巡查", "Checks"), (CHECK,)),
    Group("care", ("饮食、休息等照料", "Care"), (CARE,)),
    Group("restraint", ("约束", "Restraint"), (REVIEW, REMOVE, APPLY)),
    Group("medical", ("伤病与医嘱", "Medical"), (ACKNOWLEDGE, ILLNESS, DOCTOR, ORDER)),
)
