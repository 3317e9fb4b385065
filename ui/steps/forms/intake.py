"""Case, legal ground, rights, notices, supporters, health and facts of the person."""

from __future__ import annotations

from ui.steps.asking import choice, coded, long, people, pick, signatures, staff, text, when, yes_no
from ui.steps.fields import Facts, Field, Form, Group, Kind, Option, Part, Table
from ui.steps.forms import phrases as p
from ui.steps.forms import recorded
from ui.steps.forms.lines import EXAMINED, LOOKED_UP, line, officers, only, papers, sheet, signed_here
from workstation.custody import commands as c
from workstation.custody.values import (
    Answer,
    ArrivalMode,
    CaseKind,
    How,
    Measure,
    NoticeKind,
    NoticeOutcome,
    Paper,
    PersonFact,
    Sheet,
    Source,
    SupporterKind,
)
from workstation.roles import Rank, Role

HEALTH_QUESTIONS = (
    "illness",
    "medicine",
    "alcohol",
    "drugs",
    "infection",
    "self-harm",
    "injury",
    "pregnancy",
)


def rank_of(facts: Facts, member: str) -> Rank:
    """The rank of an enrolled member of staff; the lowest for anybody else."""
    return next((one.rank for one in facts.staff if one.id == member), Rank.AUXILIARY)


def _entry_parts(facts: Facts) -> tuple[Part, ...]:
    return (Part("officer", facts.actor.staff), Part("custodian", only(facts, Role.CUSTODIAN)))


def _lookup_parts(facts: Facts) -> tuple[Part, ...]:
    return (Part("officer", facts.actor.staff),)


def _account_parts(facts: Facts) -> tuple[Part, ...]:
    return tuple(Part("officer", one) for one in officers(facts) or (facts.actor.staff,))


def _applicant(facts: Facts) -> tuple[Part, ...]:
    return (Part("applicant", facts.actor.staff),)


_ENTRY_PAPERS = (
    Paper.ENTRY_REGISTER,
    Paper.REGISTER_LOOKUP,
    Paper.ARRIVAL_ACCOUNT,
    Paper.CAPTURE_APPROVAL,
)


def _looked_up(_: Facts) -> str:
    return Answer.YES.value


CASE = Form(
    "link-case",
    ("案件", "Case"),
    ("关联案件", "Link the case"),
    "document",
    (
        text("case_number", "案件编号", "Case no.", start=lambda facts: f"临-{facts.stay.number}"),
        choice("case_kind", "案件类别", "Kind of case", CaseKind),
        text("cause", "案由", "Cause", phrases=p.CAUSES, hint=("案由或首字母，如 odtr", "Or its initials")),
        people(
            "officers",
            "办案民警",
            "Case officers",
            start=lambda facts: list(facts.stay.presence.brought_by),
        ),
        yes_no("accepted", "已受案（立案）", "Case accepted"),
        line("wanted", "在逃查询", "Wanted list", start=_looked_up),
        line("past", "前科查询", "Past record", start=_looked_up),
        line("drugs", "吸毒人员查询", "Drug register", start=_looked_up),
        line("result", "查询结果", "Result of the look-ups", *LOOKED_UP, judgement=True),
        signed_here(Paper.ENTRY_REGISTER, ("入区登记签名", "Register of entry"), _entry_parts),
        signed_here(Paper.REGISTER_LOOKUP, ("查询登记签名", "Record of look-ups"), _lookup_parts),
        signed_here(Paper.ARRIVAL_ACCOUNT, ("到案经过签名", "Account of arrival"), _account_parts),
        signed_here(Paper.CAPTURE_APPROVAL, ("采集申请签名", "Application for capture"), _applicant),
    ),
    lambda filled: (
        c.LinkCase(
            stay=filled.stay,
            case_number=filled.text("case_number"),
            case_kind=filled.choice("case_kind", CaseKind),
            cause=filled.text("cause"),
            officers=filled.people("officers"),
            accepted=filled.is_yes("accepted"),
        ),
        *(sheet(filled, Sheet.LOOKUP) if filled.has("line_result") else ()),
        *papers(filled, *_ENTRY_PAPERS),
    ),
    done=lambda facts: facts.stay.ground.case is not None,
    table=recorded.case,
)


def _by_arrival(facts: Facts) -> str:
    """The measure that a summons at the scene is; of any other arrival the paper tells."""
    oral = facts.stay.presence.arrival_mode is ArrivalMode.ORAL_SUMMONS
    return Measure.SUMMONS.value if oral else ""


def _said_orally(facts: Facts) -> str:
    return "yes" if _by_arrival(facts) else ""


def _oral_ground(facts: Facts) -> str:
    return "现场发现违法嫌疑人，出示工作证件，口头传唤" if _by_arrival(facts) else ""


_ORAL = when("oral", "yes")
_WRITTEN = when("oral", "no")
MEASURE = Form(
    "set-measure",
    ("措施与依据", "Legal ground"),
    ("确定措施", "Set the measure"),
    "approve",
    (
        choice("measure", "措施", "Measure", Measure, start=_by_arrival),
        yes_no("oral", "口头（现场发现）", "Oral, at the scene", start=_said_orally),
        text("paper", "文书编号", "Paper no.", optional=True, shown=_WRITTEN),
        long("ground", "理由", "Ground", shown=_ORAL, start=_oral_ground),
        long("ground_written", "理由", "Ground", optional=True, shown=_WRITTEN),
        staff("approver", "批准人", "Approver", optional=True, shown=_WRITTEN),
    ),
    lambda filled: (
        c.SetMeasure(
            stay=filled.stay,
            measure=filled.choice("measure", Measure),
            paper=filled.text("paper") if not filled.is_yes("oral") else "",
            oral=filled.is_yes("oral"),
            ground=filled.text("ground") if filled.is_yes("oral") else filled.text("ground_written"),
            approver=filled.text("approver") if not filled.is_yes("oral") else filled.facts.actor.staff,
            approver_rank=rank_of(
                filled.facts,
                filled.text("approver") if not filled.is_yes("oral") else filled.facts.actor.staff,
            ),
        ),
    ),
    done=lambda facts: facts.stay.ground.measure is not None,
    table=recorded.measure,
)

_TIERS = tuple(Option(hours, say=(f"{hours} 小时", f"{hours} hours")) for hours in ("12", "24", "48"))
_GROUNDS = coded(
    "ground",
    "many-suspects",
    "identity-unknown",
    "complex",
    "may-detain",
    "major-complex",
    "custody-needed",
    "cannot-verify",
    "identity-withheld",
)
EXTEND = Form(
    "extend-tier",
    ("延长时限", "Extend the limit"),
    ("报批延长", "Extend"),
    "clock",
    (
        pick("tier", "延长至", "Extend to", lambda _: _TIERS),
        Field("grounds", ("法定理由", "Grounds"), Kind.MANY, options=lambda _: _GROUNDS),
        staff("approver", "批准人", "Approver"),
        text("paper", "审批文号", "Approval no."),
    ),
    lambda filled: (
        c.ExtendTier(
            stay=filled.stay,
            tier=filled.text("tier"),
            ground="+".join(filled.many("grounds")),
            approver=filled.text("approver"),
            approver_rank=rank_of(filled.facts, filled.text("approver")),
            paper=filled.text("paper"),
        ),
    ),
    fits=lambda facts: facts.stay.ground.measure is not None,
    aside=True,
    table=recorded.measure,
)

TRANSFER = Form(
    "transfer-jurisdiction",
    ("移送管辖", "Transfer jurisdiction"),
    ("移送管辖", "Transfer"),
    "transit",
    (
        text("unit", "移送至", "To which unit"),
        text("paper", "文书编号", "Paper no."),
        text("reason", "理由", "Reason"),
    ),
    lambda filled: (
        c.TransferJurisdiction(
            stay=filled.stay,
            unit=filled.text("unit"),
            paper=filled.text("paper"),
            reason=filled.text("reason"),
        ),
    ),
    fits=lambda facts: facts.stay.ground.measure is not None,
    aside=True,
    table=recorded.measure,
)


def _rights_parts(facts: Facts) -> tuple[Part, ...]:
    return (Part("person", facts.person_name()), Part("officer", facts.actor.staff))


_LANGUAGES = (
    Option("zh", say=("汉语", "Chinese")),
    Option("en", say=("英语", "English")),
    Option("other", say=("其他语言（有翻译）", "Other, interpreted")),
    Option("sign", say=("手语（有手语翻译）", "Sign language")),
)


def _spoken(facts: Facts) -> str:
    """Chinese for a citizen, who may still ask for another language."""
    identity = facts.stay.person.identity
    return "zh" if identity is not None and identity.nationality == "CHN" else ""


RIGHTS = Form(
    "serve-rights",
    ("权利义务告知", "Rights"),
    ("告知完毕", "Rights served"),
    "document",
    (
        pick("language", "告知语言", "Language", lambda _: _LANGUAGES, start=_spoken),
        yes_no("read_aloud", "已宣读", "Read aloud"),
        signatures("signatures", "签名", "Signatures", _rights_parts),
    ),
    lambda filled: (
        c.ServeRights(
            stay=filled.stay,
            language=filled.text("language"),
            read_aloud=filled.is_yes("read_aloud"),
            signatures=filled.signatures("signatures"),
        ),
    ),
    done=lambda facts: facts.stay.papers.rights is not None,
    prints=("rights-notice",),
    table=recorded.rights,
)

_METHODS = (
    Option("phone", say=("电话", "Phone")),
    Option("in-person", say=("当面", "In person")),
    Option("message", say=("短信", "Text message")),
    Option("letter", say=("书面", "Letter")),
)
_REACHED = when("outcome", "made", "not-reached")


def _notices(facts: Facts) -> Table | None:
    rows = facts.stay.papers.notices
    if not rows:
        return None
    heads = (("时间", "Time"), ("通知", "Notice"), ("结果", "Outcome"), ("对象", "Whom"))
    return Table(
        heads,
        tuple(
            (
                one.at.astimezone(facts.zone).strftime("%H:%M"),
                f"@notice-kind.{one.notice}",
                f"@notice-outcome.{one.outcome}",
                f"{one.recipient} {one.relation} {one.reason}".strip(),
            )
            for one in rows
        ),
    )


NOTICE = Form(
    "give-notice",
    ("通知家属等", "Notices"),
    ("记录通知", "Record the notice"),
    "self",
    (
        choice("notice", "通知谁", "Whom", NoticeKind, start=lambda _: NoticeKind.FAMILY.value),
        choice("outcome", "结果", "Outcome", NoticeOutcome),
        text("recipient", "受通知人", "Recipient", shown=_REACHED),
        text("relation", "关系", "Relation", shown=_REACHED, phrases=p.RELATIONS),
        text("phone", "电话", "Phone", optional=True, shown=_REACHED),
        pick("method", "方式", "How", lambda _: _METHODS, shown=_REACHED, judgement=True),
        line("content", "通知内容", "What was told", shown=_REACHED, phrases=p.NOTICES),
        signed_here(Paper.FAMILY_NOTICE, ("通知人签名", "Signature"), _lookup_parts, shown=_REACHED),
        long("reason", "未通知原因", "Why not", shown=when("outcome", "not-given")),
    ),
    lambda filled: (
        c.GiveNotice(
            stay=filled.stay,
            notice=filled.choice("notice", NoticeKind),
            outcome=filled.choice("outcome", NoticeOutcome),
            recipient=filled.text("recipient"),
            relation=filled.text("relation"),
            phone=filled.text("phone"),
            method=filled.text("method"),
            reason=filled.text("reason"),
        ),
        *sheet(filled, Sheet.NOTICE),
        *papers(filled, Paper.FAMILY_NOTICE),
    ),
    done=lambda facts: any(one.outcome is not NoticeOutcome.NOT_REACHED for one in facts.stay.papers.notices),
    table=_notices,
)

_PRESENT = when("present", "yes")
SUPPORTER = Form(
    "assign-supporter",
    ("监护人、翻译等到场", "Supporters"),
    ("记录到场", "Record"),
    "two-persons",
    (
        choice("supporter", "身份", "Who", SupporterKind),
        yes_no("present", "已到场", "Present"),
        text("name", "姓名", "Name", shown=_PRESENT),
        text("relation", "关系", "Relation", optional=True, shown=_PRESENT),
        text("contact", "联系方式", "Contact", optional=True, shown=_PRESENT),
        long("lawful_note", "不能到场的情况", "Why nobody came", shown=when("present", "no")),
    ),
    lambda filled: (
        c.AssignSupporter(
            stay=filled.stay,
            supporter=filled.choice("supporter", SupporterKind),
            name=filled.text("name"),
            relation=filled.text("relation"),
            contact=filled.text("contact"),
            present=filled.is_yes("present"),
            lawful_note=filled.text("lawful_note"),
        ),
    ),
    done=lambda facts: bool(facts.stay.papers.supporters),
    table=recorded.supporters,
)


def _examination_parts(facts: Facts) -> tuple[Part, ...]:
    return (
        Part("physician", only(facts, Role.PHYSICIAN)),
        Part("officer", facts.actor.staff),
        Part("person", facts.person_name()),
    )


def _physician_asks(facts: Facts) -> str:
    return "yes" if Role.PHYSICIAN in facts.actor.roles else "no"


HEALTH = Form(
    "screen-health",
    ("健康与风险询问", "Health and risk"),
    ("询问完毕", "Record the screen"),
    "doctor",
    (
        Field(
            "questions",
            ("逐项询问", "Each question"),
            Kind.QUESTIONS,
            codes=HEALTH_QUESTIONS,
            judgement=True,
        ),
        text("seen", "看到的情况", "What was seen", judgement=True, phrases=p.SEEN),
        yes_no("by_physician", "由医生询问", "By a physician", start=_physician_asks),
        line("temperature", "体温（℃）", "Temperature (°C)"),
        line("pressure", "血压", "Blood pressure"),
        line("pulse", "脉搏", "Pulse"),
        line("breath", "酒精检测值", "Breath alcohol"),
        line("result", "体检结论", "Examination", *EXAMINED, judgement=True),
        signed_here(Paper.EXAMINATION, ("体检登记签名", "Examination"), _examination_parts),
    ),
    lambda filled: (
        c.ScreenHealth(
            stay=filled.stay,
            questions=filled.questions("questions"),
            seen=filled.text("seen"),
            by_physician=filled.is_yes("by_physician"),
        ),
        *sheet(filled, Sheet.EXAMINATION),
        *papers(filled, Paper.EXAMINATION),
    ),
    done=lambda facts: facts.stay.care.screen is not None,
    note=("逐项问，没有“全部正常”", "Ask each; there is no “all well”"),
    table=recorded.health,
)

_HOWS = (
    Option(How.SELF_STATED.value, say=("本人自述", "Self-stated")),
    Option(How.DOCUMENT.value, say=("证件或诊断", "Document")),
    Option(How.TYPED.value, say=("民警观察", "Seen by staff")),
)


def _facts_known(facts: Facts) -> Table | None:
    known = facts.stay.person.facts
    if not known:
        return None
    return Table(
        (("时间", "Time"), ("情形", "Fact"), ("答", "Answer")),
        tuple(
            (
                one.at.astimezone(facts.zone).strftime("%H:%M"),
                f"@person-fact.{one.fact}",
                f"@answer.{one.answer}",
            )
            for one in known
        ),
    )


FACT = Form(
    "note-person-fact",
    ("特殊情形", "Facts of the person"),
    ("记录情形", "Record"),
    "self-harm",
    (
        choice("fact", "情形", "Fact", PersonFact, judgement=True),
        choice("answer", "是否", "Answer", Answer, judgement=True),
        pick("how", "来源", "Source", lambda _: _HOWS),
    ),
    lambda filled: (
        c.NotePersonFact(
            stay=filled.stay,
            fact=filled.choice("fact", PersonFact),
            answer=filled.choice("answer", Answer),
            source=Source(how=filled.choice("how", How)),
        ),
    ),
    again=True,
    table=_facts_known,
    aside=True,
)

GROUPS = (
    Group("case", ("案件", "Case"), (CASE,)),
    Group("measure", ("措施与依据", "Legal ground"), (MEASURE, EXTEND, TRANSFER)),
    Group("rights", ("权利义务告知", "Rights"), (RIGHTS,)),
    Group("notice", ("通知", "Notices"), (NOTICE,)),
    Group("supporter", ("到场人员", "Supporters"), (SUPPORTER,)),
    Group("health", ("健康与风险", "Health and risk"), (HEALTH, FACT)),
)
