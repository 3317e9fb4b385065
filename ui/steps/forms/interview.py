"""Interview: room, preflight of the recording, opening, marks and breaks, signatures, end."""

from __future__ import annotations

import secrets
from datetime import timedelta

from ui.steps.asking import choice, me, moment, number, people, pick, signatures, staff, text
from ui.steps.fields import Facts, Field, Filled, Form, Group, Kind, Option, Part, Values, whole
from ui.steps.forms import recorded
from ui.steps.forms.holding import rooms
from ui.steps.forms.lines import officers, sheet
from workstation.custody import commands as c
from workstation.custody.interview import Interview
from workstation.custody.values import Answer, CaseKind, How, InterviewKind, Paper, Sheet, Source


def _open(facts: Facts) -> Interview | None:
    return facts.stay.interviews.open


def _idle(facts: Facts) -> bool:
    return _open(facts) is None


def _running(facts: Facts) -> bool:
    talk = _open(facts)
    return talk is not None and not talk.on_break


def _room_in_hand(facts: Facts) -> str:
    """The room of the newest preflight or reservation."""
    talks = facts.stay.interviews
    if talks.preflights:
        return talks.preflights[-1].room
    return talks.reservations[-1].room if talks.reservations else ""


RESERVE = Form(
    "reserve-room",
    ("预约", "Reserve"),
    ("预约讯（询）问室", "Reserve"),
    "clock",
    (
        pick("room", "房间", "Room", rooms("interview")),
        moment("from_at", "开始", "From", start=lambda facts: facts.now.isoformat()),
        moment("until", "结束", "Until", start=lambda facts: (facts.now + timedelta(hours=2)).isoformat()),
    ),
    lambda filled: (
        c.ReserveRoom(
            stay=filled.stay,
            room=filled.text("room"),
            from_at=filled.moment("from_at") or filled.facts.now,
            until=filled.moment("until") or filled.facts.now,
        ),
    ),
    fits=_idle,
    aside=True,
)
PREFLIGHT = Form(
    "preflight",
    ("录制预检", "Preflight"),
    ("记录预检", "Record the preflight"),
    "cameras",
    (
        pick("room", "房间", "Room", rooms("interview"), start=_room_in_hand),
        choice("recording", "录音录像正常", "Recording works", Answer, judgement=True),
        text("detail", "看到的情况", "What was seen", optional=True),
    ),
    lambda filled: (
        c.Preflight(
            stay=filled.stay,
            room=filled.text("room"),
            recording=filled.choice("recording", Answer),
            detail=filled.text("detail"),
            source=Source(how=How.TYPED),
        ),
    ),
    fits=_idle,
    done=lambda facts: bool(facts.stay.interviews.preflights) and not facts.stay.interviews.interviews,
    table=recorded.preflights,
)


def _begin(filled: Filled) -> tuple[c.Command, ...]:
    interview = c.OpenInterview(
        stay=filled.stay,
        interview=f"talk-{secrets.token_hex(4)}",
        type=filled.choice("type", InterviewKind),
        room=filled.text("room"),
        officers=filled.people("officers"),
        others=filled.text("others"),
        one_officer_ground=filled.text("one_officer_ground"),
    )
    if filled.facts.stay.presence.room == interview.room:
        return (interview,)
    return (c.Move(stay=filled.stay, room=interview.room, reason="interview"), interview)


def _type(facts: Facts) -> str:
    """A criminal suspect is interrogated, anybody else is questioned; before the case is known, nobody knows."""
    case = facts.stay.ground.case
    if case is None:
        return ""
    kind = InterviewKind.INTERROGATION if case.case_kind is CaseKind.CRIMINAL else InterviewKind.QUESTIONING
    return kind.value


def _asking(facts: Facts) -> list[str]:
    """The case officers, when whoever is at the screen is one of them."""
    two = list(officers(facts))
    return two if facts.actor.staff in two else me(facts)


OPEN = Form(
    "open-interview",
    ("开始讯（询）问", "Open"),
    ("开始讯（询）问", "Open the interview"),
    "interview",
    (
        choice("type", "种类", "Kind", InterviewKind, start=_type),
        pick("room", "房间", "Room", rooms("interview"), start=_room_in_hand),
        people(
            "officers",
            "讯（询）问人",
            "Officers",
            start=_asking,
            hint=("两人，可刷卡", "Two; cards may be scanned"),
        ),
        text("others", "其他在场人", "Others present", optional=True),
        text(
            "one_officer_ground",
            "一人询问的依据",
            "Ground for one officer",
            optional=True,
            shown=lambda values, _: len(values.get("officers") or ()) == 1,
        ),
    ),
    _begin,
    fits=_idle,
    judged=-1,
    table=recorded.interviews,
)


MARK = Form(
    "mark-interview",
    ("标记", "Mark"),
    ("标记", "Mark"),
    "mark",
    (Field("mark", ("笔录", "Record"), Kind.SPOKEN),),
    lambda filled: (c.MarkInterview(stay=filled.stay, mark=filled.text("mark")),),
    fits=_running,
    again=True,
    quiet=True,
)
EVIDENCE = Form(
    "show-evidence",
    ("出示证据", "Evidence"),
    ("记录出示", "Record"),
    "evidence",
    (text("evidence", "证据", "Evidence"),),
    lambda filled: (c.ShowEvidence(stay=filled.stay, evidence=filled.text("evidence")),),
    fits=_running,
    again=True,
    aside=True,
)
BREAK = Form(
    "break-interview",
    ("间歇", "Break"),
    ("开始间歇", "Break"),
    "pause",
    (text("reason", "原因", "Reason"),),
    lambda filled: (c.BreakInterview(stay=filled.stay, reason=filled.text("reason")),),
    fits=_running,
    aside=True,
)
RESUME = Form(
    "resume-interview",
    ("继续", "Resume"),
    ("继续讯（询）问", "Resume"),
    "interview",
    (),
    lambda filled: (c.ResumeInterview(stay=filled.stay),),
    fits=lambda facts: (talk := _open(facts)) is not None and talk.on_break,
)


_ANSWERS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("identity", "身份告知", "Officers shown", ("听清楚了", "没有听清楚")),
    ("rights", "权利义务", "Rights and duties", ("收到并看过,没有异议", "收到,有异议")),
    ("recusal", "申请回避", "Recusal", ("不申请", "申请回避")),
    ("past", "受过处罚", "Earlier penalties", ("没有受过处罚", "受过处罚")),
    ("health", "身体状况", "State of health", ("身体正常,可以接受询问", "身体不适")),
    ("rest", "饮食休息", "Food and rest", ("已安排饮水休息", "未安排")),
)
"""The six questions that come first, with the answers that are given most."""


def _recorder(facts: Facts) -> str:
    """The officer who writes: the second of the two."""
    talk = _open(facts)
    return talk.officers[-1] if talk is not None and len(talk.officers) > 1 else facts.actor.staff


def _answer(code: str, zh: str, en: str, given: tuple[str, ...]) -> Field:
    options = tuple(Option(one, say=(one, one)) for one in given)
    return pick(f"line_answer-{code}", zh, en, lambda _: options, judgement=True)


FIRST = Form(
    "first-questions",
    ("首问", "First questions"),
    ("记录首问", "Record the first answers"),
    "interview",
    (
        staff("line_recorder", "记录人", "Recorder", start=_recorder),
        *(_answer(*one) for one in _ANSWERS),
    ),
    lambda filled: sheet(filled, Sheet.INTERVIEW),
    fits=lambda facts: _running(facts) and facts.suspect,
    done=lambda facts: bool(facts.stay.papers.line(Sheet.INTERVIEW, "answer-rest")),
    table=recorded.interviews,
)


def _pages(facts: Facts) -> int:
    return whole(facts.values.get("pages")) or 1


def _record_parts(facts: Facts) -> tuple[Part, ...]:
    """Each page, arrival, departure and the closing sentence in the person's own hand; then the officers."""
    name = facts.person_name()
    pages = tuple(Part("person", name, optional=number > 0) for number in range(min(_pages(facts), 40)))
    own = tuple(Part(one, name, optional=True) for one in ("arrived", "left", "tail"))
    talks = facts.stay.interviews.interviews
    asked = talks[-1].officers if talks else (facts.actor.staff,)
    return (*pages, *own, *(Part("officer", one) for one in asked))


def _parts(facts: Facts) -> tuple[Part, ...]:
    talks = facts.stay.interviews.interviews
    officers = talks[-1].officers if talks else (facts.actor.staff,)
    return (Part("person", facts.person_name()), *(Part("officer", one) for one in officers))


def _record_number(facts: Facts) -> str:
    return str(len(facts.stay.interviews.interviews))


def _signing(filled: Filled, number: str) -> c.SignPaper:
    return c.SignPaper(
        stay=filled.stay,
        paper=Paper.INTERVIEW_RECORD,
        number=number,
        pages=filled.number("pages") or 0,
        signatures=filled.signatures("signatures"),
    )


SIGN = Form(
    "sign-interview-record",
    ("笔录签名", "Sign the record"),
    ("笔录已签", "Record the signatures"),
    "sign",
    (
        text("number", "笔录序号", "Record no.", start=_record_number),
        number("pages", "页数", "Pages"),
        signatures("signatures", "逐页签名", "Signatures, page by page", _record_parts),
    ),
    lambda filled: (_signing(filled, filled.text("number")),),
    fits=lambda facts: bool(facts.stay.interviews.interviews),
    done=lambda facts: facts.stay.papers.paper(Paper.INTERVIEW_RECORD) is not None,
    table=recorded.interviews,
)


def _signed_pages(facts: Facts) -> int | None:
    signed = facts.stay.papers.paper(Paper.INTERVIEW_RECORD)
    return signed.pages if signed is not None else None


def _unsigned(_: Values, facts: Facts) -> bool:
    return _signed_pages(facts) is None


def _end(filled: Filled) -> tuple[c.Command, ...]:
    """The record is signed while the interview is still on; then it ends."""
    end = c.EndInterview(stay=filled.stay, pages=filled.number("pages") or 0)
    signing = _signing(filled, _record_number(filled.facts))
    return (signing, end) if signing.signatures and _unsigned(filled.values, filled.facts) else (end,)


END = Form(
    "end-interview",
    ("结束", "End"),
    ("结束讯（询）问", "End the interview"),
    "stop",
    (
        number("pages", "笔录页数", "Pages of the record", start=_signed_pages),
        signatures(
            "signatures",
            "逐页签名",
            "Signatures, page by page",
            _record_parts,
            optional=True,
            shown=_unsigned,
        ),
    ),
    _end,
    fits=lambda facts: _open(facts) is not None,
    table=recorded.interviews,
)

OTHER_PAPER = Form(
    "sign-paper",
    ("其他文书签名", "Another paper"),
    ("记录签名", "Record the signatures"),
    "document",
    (
        choice("paper", "文书", "Paper", Paper),
        text("number", "编号", "Number", optional=True),
        number("pages", "页数", "Pages"),
        signatures("signatures", "签名", "Signatures", _parts),
    ),
    lambda filled: (
        c.SignPaper(
            stay=filled.stay,
            paper=filled.choice("paper", Paper),
            number=filled.text("number"),
            pages=filled.number("pages") or 0,
            signatures=filled.signatures("signatures"),
        ),
    ),
    aside=True,
)


def _attach(filled: Filled) -> tuple[c.Command, ...]:
    got = filled.values["picture"]
    return (
        c.AttachPaper(
            stay=filled.stay,
            paper=filled.choice("paper", Paper),
            number=filled.text("number"),
            media=filled.read("picture"),
            digest=str(got.get("digest", "")),
        ),
    )


ATTACH = Form(
    "attach-paper",
    ("附文书照片", "Attach a picture"),
    ("附上", "Attach"),
    "photo",
    (
        choice("paper", "文书", "Paper", Paper),
        text("number", "编号", "Number", optional=True),
        Field("picture", ("文书照片", "Picture of the paper"), Kind.PHOTO, device="camera"),
    ),
    _attach,
    aside=True,
)

GROUPS = (
    Group(
        "interview",
        ("讯（询）问", "Interview"),
        (RESUME, FIRST, MARK, EVIDENCE, BREAK, PREFLIGHT, OPEN, SIGN, END, RESERVE),
    ),
    Group("papers", ("文书签名", "Papers"), (SIGN, OTHER_PAPER, ATTACH)),
)
