"""Body search, injuries, information capture and tests."""

from __future__ import annotations

from collections.abc import Callable

from ui.steps.asking import choice, coded, me, people, pick, signatures, staff, text, when, yes_no
from ui.steps.fields import Facts, Field, Filled, Form, Group, Kind, Option, Part, Table, Values
from ui.steps.forms import phrases as p
from ui.steps.forms import recorded
from ui.steps.forms.lines import line, officers, only, papers, sheet, signed_here
from workstation.custody import commands as c
from workstation.custody.values import FindingKind, Paper, Sheet
from workstation.roles import Role


def _places(facts: Facts) -> tuple[Option, ...]:
    return tuple(
        Option(one.id, say=(one.name_zh, one.name_en or one.id))
        for one in facts.centre.rooms
        if one.in_service and one.use in ("search", "intake", "medical")
    )


def only_place(facts: Facts) -> str:
    """The search room, when there is one only."""
    found = [one.id for one in facts.centre.rooms if one.in_service and one.use == "search"]
    return found[0] if len(found) == 1 else ""


def _both(facts: Facts) -> list[str]:
    """The two officers of the case, when whoever is at the screen is one of them; else only they."""
    two = list(officers(facts))
    return two if len(two) == 2 and facts.actor.staff in two else [facts.actor.staff]


def _open(facts: Facts) -> bool:
    return facts.stay.searches.open is not None


def _begin(filled: Filled) -> tuple[c.Command, ...]:
    begin = c.BeginSearch(
        stay=filled.stay,
        officers=filled.people("officers"),
        place=filled.text("place"),
        witness=filled.text("witness"),
    )
    if filled.facts.stay.presence.room == begin.place:
        return (begin,)
    return (c.Move(stay=filled.stay, room=begin.place, reason="search"), begin)


def _witness_before(facts: Facts) -> str:
    """Who stood by at the search before."""
    done = facts.stay.searches.searches
    return done[-1].witness if done else ""


BEGIN = Form(
    "begin-search",
    ("开始检查", "Begin"),
    ("开始检查", "Begin the search"),
    "look",
    (
        people(
            "officers",
            "检查人员",
            "Officers",
            start=_both,
            hint=("两人，可刷卡", "Two; cards may be scanned"),
        ),
        pick("place", "地点", "Place", _places, start=only_place),
        text("witness", "见证人", "Witness", optional=True, start=_witness_before),
    ),
    _begin,
    fits=lambda facts: not _open(facts),
    done=lambda facts: bool(facts.stay.searches.searches),
    judged=-1,
    table=recorded.searches,
    prints=("search-record",),
)


def _findings(facts: Facts) -> Table | None:
    found = facts.stay.searches.findings
    if not found:
        return None
    return Table(
        (("时间", "Time"), ("检查结果", "Finding"), ("说明", "What")),
        tuple(
            (one.at.astimezone(facts.zone).strftime("%H:%M"), f"@finding-kind.{one.finding}", one.what)
            for one in found
        ),
    )


def _open_search_has(facts: Facts, what: str) -> bool:
    search = facts.stay.searches.open
    return search is None or bool(getattr(search, what))


REGIONS = coded(
    "region",
    "head",
    "face",
    "neck",
    "chest",
    "abdomen",
    "back",
    "left-arm",
    "right-arm",
    "left-leg",
    "right-leg",
)
_LOOKED = (
    Option("no", say=("查看过，无伤", "Looked: none")),
    Option("yes", say=("有伤", "Injury")),
)
_INJURED = when("injury", "yes")


def _injuries(facts: Facts) -> Table | None:
    found = facts.stay.searches.injuries
    if not found:
        return None
    return Table(
        (("时间", "Time"), ("部位", "Region"), ("描述", "Description"), ("本人陈述", "Statement")),
        tuple(
            (
                one.at.astimezone(facts.zone).strftime("%H:%M"),
                "@paper.search.no-injury" if one.none else f"@region.{one.region}",
                f"{one.description} {one.cause}".strip(),
                one.statement,
            )
            for one in found
        ),
    )


def _body(*, asked: Callable[[Values, Facts], bool], optional: bool) -> tuple[Field, ...]:
    """What is looked for on the body; `optional` where it may be recorded later by itself."""

    def injured(values: Values, facts: Facts) -> bool:
        return asked(values, facts) and _INJURED(values, facts)

    return (
        pick(
            "injury",
            "体表检查",
            "Body surface",
            lambda _: _LOOKED,
            judgement=True,
            optional=optional,
            shown=asked,
        ),
        pick("region", "部位", "Region", lambda _: REGIONS, shown=injured, judgement=True),
        text("description", "描述", "Description", shown=injured),
        text("cause", "成因", "Cause", shown=injured),
        text("statement", "本人陈述", "Person's statement", optional=True, shown=asked),
        line("condition", "身体状况", "Bodily condition", judgement=True, shown=asked),
        line("alcohol", "饮酒（检查）", "Signs of alcohol", judgement=True, shown=asked),
        line("surface", "全身检查", "Whole body", judgement=True, shown=asked),
        Field("photo", ("照片", "Photograph"), Kind.PHOTO, optional=True, shown=injured, device="camera"),
    )


def _seen(filled: Filled) -> tuple[c.Command, ...]:
    hurt = filled.is_yes("injury")
    return (
        c.RecordInjury(
            stay=filled.stay,
            none=not hurt,
            region=filled.text("region") if hurt else "",
            description=filled.text("description") if hurt else "",
            cause=filled.text("cause") if hurt else "",
            statement=filled.text("statement"),
            photo=filled.read("photo") if hurt else "",
        ),
        *sheet(filled, Sheet.BODY),
    )


def _not_looked(_: Values, facts: Facts) -> bool:
    """Whether nobody has recorded the body in this search."""
    return not _open_search_has(facts, "injuries")


FINDING = Form(
    "record-finding",
    ("检查结果", "Findings"),
    ("记录结果", "Record the finding"),
    "look",
    (
        choice("finding", "查获", "Found", FindingKind, judgement=True),
        text(
            "what",
            "是什么",
            "What",
            shown=when("finding", "weapon", "contraband", "dangerous", "evidence"),
        ),
        *_body(asked=_not_looked, optional=True),
    ),
    lambda filled: (
        c.RecordFinding(
            stay=filled.stay, finding=filled.choice("finding", FindingKind), what=filled.text("what")
        ),
        *(_seen(filled) if filled.has("injury") else ()),
    ),
    fits=_open,
    done=lambda facts: _open_search_has(facts, "findings"),
    table=_findings,
)
INJURY = Form(
    "record-injury",
    ("伤情", "Injuries"),
    ("记录伤情", "Record"),
    "ill",
    _body(asked=lambda _, __: True, optional=False),
    _seen,
    done=lambda facts: _open_search_has(facts, "injuries"),
    table=_injuries,
)


def _search_parts(facts: Facts) -> tuple[Part, ...]:
    search = facts.stay.searches.open
    officers = search.officers if search else ("", "")
    witness = search.witness if search else ""
    return (
        *(Part("searcher", one) for one in officers),
        Part("person", facts.person_name()),
        Part("witness", witness),
        Part("legal", only(facts, Role.LEGAL_OFFICER), optional=True),
    )


END = Form(
    "end-search",
    ("结束检查", "End"),
    ("结束检查", "End the search"),
    "stop",
    (signatures("signatures", "签名", "Signatures", _search_parts, optional=True),),
    lambda filled: (c.EndSearch(stay=filled.stay, signatures=filled.signatures("signatures")),),
    fits=_open,
    done=lambda facts: not _open(facts),
    prints=("search-record",),
    table=recorded.searches,
)

CAPTURES = coded("capture", "identity", "photo", "fingerprint", "dna", "iris", "voice", "footprint")
_STANDARD = ("photo", "fingerprint", "identity")


def _capture_room(facts: Facts) -> str:
    found = [one.id for one in facts.centre.rooms if one.in_service and one.use == "capture"]
    return found[0] if found else ""


def _to_capture(filled: Filled) -> tuple[c.Command, ...]:
    return (c.Move(stay=filled.stay, room=_capture_room(filled.facts), reason="capture"),)


TO_CAPTURE = Form(
    "capture-room",
    ("进入采集室", "Capture room"),
    ("进入采集室", "Into the capture room"),
    "transit",
    (),
    _to_capture,
    fits=lambda facts: bool(_capture_room(facts)) and not facts.stay.searches.captures,
    done=lambda facts: facts.stay.presence.room == _capture_room(facts),
    table=recorded.room,
)


def _capture_parts(facts: Facts) -> tuple[Part, ...]:
    return (Part("officer", facts.actor.staff), Part("person", facts.person_name()))


CAPTURE = Form(
    "capture-information",
    ("信息采集", "Capture"),
    ("记录采集", "Record"),
    "fingerprint",
    (
        Field(
            "captures",
            ("采集项目", "Captured"),
            Kind.MANY,
            options=lambda _: CAPTURES,
            start=lambda _: list(_STANDARD),
        ),
        staff("approver", "批准人", "Approver", start=lambda facts: only(facts, Role.DUTY_LEADER)),
        text("basis", "依据", "Basis", phrases=p.GROUNDS),
        line("stored", "是否入库", "Stored in the base"),
        line("match", "检查比对", "Comparison"),
        line("alias", "曾用名、绰号", "Alias"),
        line("job", "职业、单位", "Work"),
        line("education", "文化程度", "Education"),
        line("marital", "婚姻状况", "Marital status"),
        line("political", "政治面貌", "Political affiliation"),
        line("deputy", "人大代表、政协委员", "Deputy"),
        line("height", "身高（厘米）", "Height (cm)"),
        line("weight", "体重（公斤）", "Weight (kg)"),
        line("shoe", "鞋码", "Shoe size"),
        line("blood", "血型", "Blood group"),
        line("accent", "口音", "Accent"),
        line("build", "体型", "Build"),
        line("face", "脸型", "Face"),
        line("feature", "体貌特征", "Features", phrases=p.FEATURES),
        signed_here(Paper.CAPTURE_SHEET, ("采集登记签名", "Record of capture"), _capture_parts),
    ),
    lambda filled: (
        c.CaptureInformation(
            stay=filled.stay,
            captures=filled.many("captures"),
            approver=filled.text("approver"),
            basis=filled.text("basis"),
        ),
        *sheet(filled, Sheet.CAPTURE),
        *sheet(filled, Sheet.PERSON),
        *papers(filled, Paper.CAPTURE_SHEET),
    ),
    done=lambda facts: bool(facts.stay.searches.captures),
    table=recorded.captures,
)

_SUBSTANCES = coded("substance", "alcohol-breath", "urine", "saliva", "blood")
_RESULTS = (
    Option("negative", say=("阴性", "Negative")),
    Option("positive", say=("阳性", "Positive")),
    Option("refused", say=("拒绝", "Refused")),
    Option("awaited", say=("待结果", "Awaited")),
)
TEST = Form(
    "test-substance",
    ("酒精、毒品检测", "Tests"),
    ("记录检测", "Record the test"),
    "conformance",
    (
        pick("substance", "检测", "Test", lambda _: _SUBSTANCES),
        pick("result", "结果", "Result", lambda _: _RESULTS, judgement=True),
        text("value", "数值", "Reading", optional=True),
        people("staff", "检测人员", "Staff", start=me),
        yes_no("forced", "强制检测", "Forced"),
        staff("approver", "批准人", "Approver", shown=when("forced", "yes")),
    ),
    lambda filled: (
        c.TestSubstance(
            stay=filled.stay,
            substance=filled.text("substance"),
            result=f"{filled.text('result')} {filled.text('value')}".strip(),
            staff=filled.people("staff"),
            forced=filled.is_yes("forced"),
            approver=filled.text("approver"),
        ),
    ),
    done=lambda facts: bool(facts.stay.searches.tests),
    again=True,
    table=recorded.tests,
)

GROUPS = (
    Group("search", ("人身安全检查", "Safety search"), (BEGIN, FINDING, INJURY, END)),
    Group("injuries", ("伤情", "Injuries"), (INJURY,)),
    Group("capture", ("信息采集", "Information capture"), (TO_CAPTURE, CAPTURE)),
    Group("tests", ("酒精、毒品检测", "Tests"), (TEST,)),
)
