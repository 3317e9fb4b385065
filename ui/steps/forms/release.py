"""Departure: outcome, identity again, injuries compared, fitness, pick-up, leaving, what is left to do."""

from __future__ import annotations

from ui.steps.asking import choice, long, people, pick, signatures, text, when
from ui.steps.fields import Facts, Field, Filled, Form, Group, Kind, Option, Part, Table, Values
from ui.steps.forms import phrases as p
from ui.steps.forms import recorded
from ui.steps.forms.lines import line, officer, officers, only, papers, sheet, signed_here
from workstation.custody import commands as c
from workstation.custody.presence import ENDED
from workstation.custody.values import (
    INTO_CUSTODY,
    Answer,
    IdentityCheck,
    Outcome,
    Paper,
    Sheet,
)
from workstation.roles import Role


def _outcomes(facts: Facts) -> tuple[Option, ...]:
    left = () if facts.suspect else (Outcome.LEFT_FREELY,)
    return tuple(
        Option(one.value, f"outcome.{one.value}")
        for one in (left or (*Outcome,))
        if left or one is not Outcome.LEFT_FREELY
    )


def _decided(facts: Facts) -> str:
    if not facts.suspect:
        return Outcome.LEFT_FREELY.value
    return facts.stay.ground.decided.outcome.value if facts.stay.ground.decided else ""


def _outcome_parts(facts: Facts) -> tuple[Part, ...]:
    asked = tuple(Part("applicant", one) for one in officers(facts) or (facts.actor.staff,))
    return (*asked, Part("legal", only(facts, Role.LEGAL_OFFICER)))


PROPOSE = Form(
    "propose-outcome",
    ("处理结果", "Outcome"),
    ("提出结果", "Propose"),
    "decide",
    (
        pick("outcome", "结果", "Outcome", _outcomes, judgement=True),
        text("paper", "文号", "Paper no.", start=lambda facts: f"离-{facts.stay.number}"),
        text("basis", "依据", "Basis", phrases=p.GROUNDS),
        signed_here(Paper.OUTCOME_APPROVAL, ("审批表签名", "Signatures"), _outcome_parts),
    ),
    lambda filled: (
        c.ProposeOutcome(
            stay=filled.stay,
            outcome=filled.choice("outcome", Outcome),
            paper=filled.text("paper"),
            basis=filled.text("basis"),
        ),
        *papers(filled, Paper.OUTCOME_APPROVAL),
    ),
    done=lambda facts: facts.stay.ground.decided is not None,
)


def _proposed(facts: Facts) -> Table | None:
    decided = facts.stay.ground.decided
    if decided is None:
        return None
    return Table(
        (("结果", "Outcome"), ("文号", "Paper no."), ("依据", "Basis"), ("提出", "Proposed")),
        (
            (
                f"@outcome.{decided.outcome}",
                decided.paper,
                decided.basis,
                decided.proposed_at.astimezone(facts.zone).strftime("%H:%M"),
            ),
        ),
    )


def _approve(filled: Filled) -> tuple[c.Command, ...]:
    decided = filled.facts.stay.ground.decided
    if decided is None:
        return ()
    return (
        c.ApproveOutcome(stay=filled.stay, outcome=decided.outcome),
        *papers(filled, Paper.OUTCOME_APPROVAL),
    )


def _approver(facts: Facts) -> tuple[Part, ...]:
    return (Part("approver", facts.actor.staff),)


APPROVE = Form(
    "approve-outcome",
    ("审批", "Approve"),
    ("批准", "Approve"),
    "approve",
    (signed_here(Paper.OUTCOME_APPROVAL, ("审批人签名", "Signature"), _approver),),
    _approve,
    fits=lambda facts: facts.stay.ground.decided is not None,
    done=lambda facts: bool(facts.stay.ground.decided and facts.stay.ground.decided.approved),
    table=_proposed,
)

REIDENTIFY = Form(
    "reidentify",
    ("身份再核", "Identity again"),
    ("核对完毕", "Record"),
    "which",
    (
        choice("band", "手环", "Band", IdentityCheck, judgement=True),
        choice("photo", "照片", "Photograph", IdentityCheck, judgement=True),
        choice("question", "问答", "Question", IdentityCheck, judgement=True),
        text("statement", "说明", "Statement", optional=True),
    ),
    lambda filled: (
        c.Reidentify(
            stay=filled.stay,
            band=filled.choice("band", IdentityCheck),
            photo=filled.choice("photo", IdentityCheck),
            question=filled.choice("question", IdentityCheck),
            statement=filled.text("statement"),
        ),
    ),
    done=lambda facts: facts.stay.ground.reidentified is not None,
    table=recorded.reidentified,
)


def _leaving_parts(facts: Facts) -> tuple[Part, ...]:
    return (Part("person", facts.person_name()), Part("officer", officer(facts)))


COMPARE = Form(
    "compare-injuries",
    ("伤情对比", "Compare injuries"),
    ("记录对比", "Record"),
    "ill",
    (
        choice("new", "有无新增伤情", "New injuries", Answer, judgement=True),
        long("detail", "情况", "Detail", shown=when("new", "yes", "unknown")),
        Field(
            "photo",
            ("照片", "Photograph"),
            Kind.PHOTO,
            optional=True,
            shown=when("new", "yes"),
            device="camera",
        ),
        line("condition", "离区健康状况", "Health on leaving", judgement=True),
        signed_here(Paper.DEPARTURE_SHEET, ("离区登记签名", "Record of departure"), _leaving_parts),
    ),
    lambda filled: (
        c.CompareInjuries(
            stay=filled.stay,
            new=filled.choice("new", Answer),
            detail=filled.text("detail"),
            photo=filled.read("photo"),
        ),
        *sheet(filled, Sheet.DEPARTURE),
        *papers(filled, Paper.DEPARTURE_SHEET),
    ),
    done=lambda facts: facts.stay.searches.compared is not None,
    table=recorded.compared,
)


def _into_custody(facts: Facts) -> bool:
    return bool(facts.stay.ground.decided and facts.stay.ground.decided.outcome in INTO_CUSTODY)


FITNESS = Form(
    "examine-fitness",
    ("羁押体检", "Fitness"),
    ("记录体检", "Record"),
    "doctor",
    (
        choice("fit", "适宜羁押", "Fit for custody", Answer, judgement=True),
        text("report", "报告", "Report"),
    ),
    lambda filled: (
        c.ExamineFitness(stay=filled.stay, fit=filled.choice("fit", Answer), report=filled.text("report")),
    ),
    fits=_into_custody,
    done=lambda facts: facts.stay.ground.fitness is not None,
    table=recorded.fitness,
)


def _pick_up_parts(_: Facts) -> tuple[Part, ...]:
    return (Part("receiver"),)


PICK_UP = Form(
    "arrange-pick-up",
    ("接回", "Pick-up"),
    ("接回已签", "Record"),
    "two-persons",
    (
        text("by", "接回人", "By whom"),
        text("relation", "关系", "Relation"),
        signatures("signatures", "签名", "Signatures", _pick_up_parts),
    ),
    lambda filled: (
        c.ArrangePickUp(
            stay=filled.stay,
            by=filled.text("by"),
            relation=filled.text("relation"),
            signatures=filled.signatures("signatures"),
        ),
    ),
    aside=True,
)


def _here(facts: Facts) -> bool:
    return facts.stay.presence.status not in ENDED


def _on_their_own(facts: Facts) -> str:
    decided = facts.stay.ground.decided
    free = decided is not None and decided.outcome is Outcome.QUESTIONING_ENDED
    return p.DESTINATIONS["zx"] if free else ""


def _waits(facts: Facts, paper: Paper) -> bool:
    """Whether a paper was applied for and waits for the signature of who approves."""
    signed = [one for one in facts.stay.papers.signed if one.paper is paper]
    return bool(signed) and not any(each.part == "approver" for one in signed for each in one.signatures)


def _capture_asked(_: Values, facts: Facts) -> bool:
    return _waits(facts, Paper.CAPTURE_APPROVAL)


def _entry_asked(_: Values, facts: Facts) -> bool:
    return _waits(facts, Paper.ENTRY_REGISTER)


APPROVALS = Form(
    "sign-approvals",
    ("待我审批", "For my approval"),
    ("签批", "Sign"),
    "approve",
    (
        signed_here(Paper.ENTRY_REGISTER, ("进入办案区", "Entry"), _approver, shown=_entry_asked),
        signed_here(Paper.CAPTURE_APPROVAL, ("信息采集", "Capture"), _approver, shown=_capture_asked),
    ),
    lambda filled: papers(filled, Paper.ENTRY_REGISTER, Paper.CAPTURE_APPROVAL),
    fits=lambda facts: facts.suspect,
    done=lambda facts: not any(one({}, facts) for one in (_entry_asked, _capture_asked)),
)

DEPART = Form(
    "depart",
    ("离区", "Depart"),
    ("办理离区", "Depart"),
    "depart",
    (
        pick("outcome", "结果", "Outcome", _outcomes, start=_decided),
        text("destination", "去向", "Where to", start=_on_their_own, phrases=p.DESTINATIONS),
        people("escorts", "押送人", "Escorts", optional=True),
        text("receiver", "接收人", "Receiver", optional=True),
        text(
            "paper",
            "文号",
            "Paper no.",
            optional=True,
            start=lambda facts: facts.stay.ground.decided.paper if facts.stay.ground.decided else "",
        ),
    ),
    lambda filled: (
        c.Depart(
            stay=filled.stay,
            outcome=filled.choice("outcome", Outcome),
            destination=filled.text("destination"),
            escorts=filled.people("escorts"),
            receiver=filled.text("receiver"),
            paper=filled.text("paper"),
        ),
    ),
    fits=_here,
    prints=("custody-record",),
)
EXPIRY = Form(
    "release-on-expiry",
    ("到期、已决释放", "Release, ground ended"),
    ("立即放人", "Release now"),
    "depart",
    (
        text("destination", "去向", "Where to"),
        text("receiver", "接走人", "Fetched by", optional=True),
    ),
    lambda filled: (
        c.ReleaseOnExpiry(
            stay=filled.stay,
            destination=filled.text("destination"),
            receiver=filled.text("receiver"),
        ),
    ),
    fits=lambda facts: _here(facts) and facts.suspect and facts.ground_ended,
    report=True,
    note=(
        "时限已到或已决定放人的，谁都可以办；未完成的手续转为红色待办，不拦人",
        "When the ground has ended anyone on duty releases; what is unmet becomes a red duty",
    ),
    aside=True,
)
EMERGENCY = Form(
    "leave-for-medical-emergency",
    ("紧急就医", "Medical emergency"),
    ("立即送医", "To hospital now"),
    "hospital",
    (
        text("destination", "医院", "Hospital"),
        people("escorts", "押送人", "Escorts"),
        long("why", "情况", "Why"),
    ),
    lambda filled: (
        c.LeaveForMedicalEmergency(
            stay=filled.stay,
            destination=filled.text("destination"),
            escorts=filled.people("escorts"),
            why=filled.text("why"),
        ),
    ),
    fits=_here,
    report=True,
    aside=True,
)


def _duties(facts: Facts) -> tuple[Option, ...]:
    return tuple(
        Option(one.duty, say=(f"{one.gate} {one.owner}", f"{one.gate} {one.owner}"))
        for one in facts.stay.remarks.open_duties
    )


CLOSE_DUTY = Form(
    "close-duty",
    ("待办销项", "Close a duty"),
    ("销项", "Close"),
    "supervision",
    (pick("duty", "待办", "Duty", _duties), text("reason", "办结情况", "How it was met")),
    lambda filled: (c.CloseDuty(stay=filled.stay, duty=filled.text("duty"), reason=filled.text("reason")),),
    fits=lambda facts: bool(facts.stay.remarks.open_duties),
    again=True,
)
ARCHIVE = Form(
    "archive-stay",
    ("归档", "Archive"),
    ("归档", "Archive"),
    "on-disk",
    (text("review", "审核意见", "Review"),),
    lambda filled: (c.ArchiveStay(stay=filled.stay, review=filled.text("review")),),
    prints=("custody-record",),
)

GROUPS = (
    Group("outcome", ("处理结果与审批", "Outcome"), (PROPOSE, APPROVE)),
    Group("reidentify", ("身份再核", "Identity again"), (REIDENTIFY,)),
    Group("compare-injuries", ("伤情对比", "Compare injuries"), (COMPARE,)),
    Group("depart", ("离区", "Depart"), (DEPART, FITNESS, PICK_UP, EXPIRY, EMERGENCY)),
    Group("approvals", ("待我审批", "Approvals"), (APPROVALS,)),
    Group("duties", ("未尽事项", "Open duties"), (CLOSE_DUTY,)),
    Group("archive", ("归档", "Archive"), (ARCHIVE,)),
)
