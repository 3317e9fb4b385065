"""New arrival and identity: what the card tells is not typed."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

import msgspec

from ui.steps.asking import choice, coded, long, moment, people, pick, text, yes_no
from ui.steps.fields import Facts, Field, Filled, Form, Group, Kind, Option, Values
from ui.steps.forms import recorded
from ui.steps.forms.lines import line, sheet
from workstation.custody import commands as c
from workstation.custody.values import ArrivalMode, Capacity, How, Sheet, Source, UnitKind
from workstation.readings import CardRead
from workstation.roles import Role, Sex

NEW = "new"
"""The stay that does not exist yet."""

_ID_KINDS = coded(
    "id-kind", "id-card", "residence-permit", "passport", "permanent-residence", "other", "none"
)
_BASES = (
    Option(How.DOCUMENT.value, say=("出示证件", "Document shown")),
    Option(How.SELF_STATED.value, say=("本人自述", "Self-stated")),
    Option(How.TYPED.value, say=("民警查询核实", "Checked by an officer")),
)
_CARD_KINDS = {
    "citizen": "id-card",
    "foreign-resident": "permanent-residence",
    "hmt-resident": "residence-permit",
}
CARD_KEYS = ("name", "sex", "birth", "id_kind", "id_number", "address", "ethnic", "nationality")
"""Fields that a card fills."""


def from_card(card: CardRead) -> dict[str, Any]:
    """Values of the identity fields as the card gives them."""
    return {
        "name": card.name,
        "sex": card.sex,
        "birth": card.birth,
        "id_kind": _CARD_KINDS.get(card.kind.value, "other"),
        "id_number": card.number,
        "address": card.address,
        "ethnic": card.ethnic,
        "nationality": card.nationality or "CHN",
        "basis": How.CARD.value,
        "card_device": card.device,
        "card_at": card.at.isoformat(),
    }


def card_agrees(values: Mapping[str, Any], card: CardRead, key: str = "") -> bool:
    """Whether what stands in the fields (in one of them, when named) is still what the card said."""
    read = from_card(card)
    return all(str(values.get(one, "")) == str(read[one]) for one in ((key,) if key else CARD_KEYS))


def is_from_card(values: Mapping[str, Any], card: CardRead | None, key: str) -> bool:
    """Whether the value of a field is as the card gave it."""
    read = card is not None and key in CARD_KEYS and bool(values.get("card_device"))
    return read and card is not None and card_agrees(values, card, key)


def _bases(facts: Facts) -> tuple[Option, ...]:
    return (Option(How.CARD.value, say=("读卡", "Card read")), *_BASES)


_IDENTITY: tuple[Field, ...] = (
    text("name", "姓名", "Name", hint=("把身份证放在读卡器上", "Lay the ID card on the reader")),
    choice("sex", "性别", "Sex", Sex),
    Field("birth", ("出生日期", "Date of birth"), Kind.DATE, optional=True),
    pick("id_kind", "证件种类", "Document", lambda _: _ID_KINDS),
    text("id_number", "证件号码", "Document no.", optional=True),
    pick("basis", "身份依据", "Established by", _bases),
    text("address", "住址", "Address", optional=True),
    text("ethnic", "民族代码", "Ethnic code", optional=True),
    text("nationality", "国籍代码", "Nationality", optional=True),
    text("phone", "联系电话", "Phone", optional=True),
)


def _named(values: Values, _: Facts) -> bool:
    return bool(str(values.get("name") or "").strip())


_OTHER = yes_no(
    "confirmed_other",
    "与同名在区人员不是同一人",
    "Not the same person as one of like name here",
    optional=True,
    shown=_named,
)


def _identify(filled: Filled, stay: str) -> c.Identify:
    return c.Identify(
        stay=stay,
        name=filled.text("name"),
        sex=filled.choice("sex", Sex),
        birth=filled.text("birth"),
        id_kind=filled.text("id_kind"),
        id_number=filled.text("id_number"),
        address=filled.text("address"),
        ethnic=filled.text("ethnic"),
        nationality=filled.text("nationality"),
        phone=filled.text("phone"),
        source=_source(filled),
        confirmed_other=filled.is_yes("confirmed_other"),
    )


def _source(filled: Filled) -> Source:
    how = filled.choice("basis", How)
    card = filled.facts.card
    if how is How.CARD and card is not None and not card_agrees(filled.values, card):
        how = How.TYPED  # somebody changed what the card said
    if how is not How.CARD:
        return Source(how=how)
    return Source(how=how, device=filled.text("card_device"), read_at=filled.moment("card_at"))


def _begin(filled: Filled) -> tuple[c.Command, ...]:
    stay = filled.text("new_stay") or secrets.token_hex(16)
    arrived = filled.moment("arrived_at") or filled.facts.now
    return (
        c.BeginStay(
            stay=stay,
            capacity=filled.choice("capacity", Capacity),
            arrival_mode=filled.choice("arrival_mode", ArrivalMode),
            arrived_at=arrived,
            entered_at=max(arrived, filled.moment("entered_at") or filled.facts.now),
            unit=filled.text("unit"),
            unit_kind=filled.choice("unit_kind", UnitKind),
            brought_by=filled.people("brought_by"),
            reason=filled.text("reason"),
            identity=_identify(filled, stay) if filled.has("name") else None,
        ),
        *(msgspec.structs.replace(one, stay=stay) for one in sheet(filled, Sheet.ARRIVAL)),
    )


def _suspect(values: Values, _: Facts) -> bool:
    return values.get("capacity") == Capacity.SUSPECT


def _kind_of_unit(facts: Facts) -> str:
    """A police station by its name; of any other unit nobody knows it beforehand."""
    return UnitKind.STATION.value if facts.actor.unit.endswith("派出所") else ""


def _bringing(facts: Facts) -> list[str]:
    """Whoever is at the screen, when they work on cases."""
    return [facts.actor.staff] if Role.CASE_OFFICER in facts.actor.roles else []


def _arrival_identity() -> tuple[Field, ...]:
    """The identity fields of a new arrival: a person may be unknown when the stay begins."""
    rows = [Field("name", ("姓名", "Name"), Kind.TEXT, optional=True, hint=_IDENTITY[0].hint)]
    for one in _IDENTITY[1:-1]:  # the phone is asked before: no card tells it
        rows.append(Field(one.key, one.label, one.kind, one.optional, options=one.options, shown=_named))
    return tuple(rows)


ARRIVAL = Form(
    "begin-stay",
    ("新到人员", "New arrival"),
    ("登记入区", "Begin the stay"),
    "arriving",
    (  # first what no device knows: meanwhile the card fills the rest
        choice("capacity", "人员身份", "Capacity", Capacity),
        choice("arrival_mode", "到案方式", "How arrived", ArrivalMode),
        moment("arrived_at", "到案时间", "Arrived at", hint=("本人填写的到案时间", "As the person wrote it")),
        choice("unit_kind", "单位类别", "Kind of unit", UnitKind, start=_kind_of_unit),
        people("brought_by", "送案民警", "Brought by", optional=True, start=_bringing),
        line("purpose", "进入原因", "Reason of entry", shown=_suspect),
        line("found-at", "查获地点", "Where found", shown=_suspect),
        line("present-address", "现住址", "Present address", shown=_suspect),
        line("local", "是否本市", "Local resident", shown=_suspect),
        text("phone", "联系电话", "Phone", optional=True, shown=_named),
        *_arrival_identity(),
        _OTHER,
        text("unit", "办案单位", "Unit", start=lambda facts: facts.actor.unit),
        moment("entered_at", "入区时间", "Entered at", optional=True, hint=("不填即现在", "Empty means now")),
        long(
            "reason",
            "事由",
            "Reason",
            optional=True,
            hint=("证人等到场事由；到案较早的说明", "Why here; why the arrival is told late"),
        ),
    ),
    _begin,
    note=("未带证件或不说姓名的，姓名留空，先入区再核验", "Leave the name empty when it is unknown"),
)


def _again(filled: Filled) -> tuple[c.Command, ...]:
    return (_identify(filled, filled.stay),)


IDENTIFY = Form(
    "identify",
    ("身份核验", "Identity"),
    ("确认身份", "Record identity"),
    "card",
    (*_IDENTITY, _OTHER),
    _again,
    done=lambda facts: facts.stay.person.identity is not None,
    table=recorded.identity,
)


def _photo(filled: Filled) -> tuple[c.Command, ...]:
    got = filled.values["photo"]
    return (
        c.PhotographPerson(
            stay=filled.stay,
            photo=filled.read("photo"),
            digest=str(got.get("digest", "")),
            source=filled.source("photo"),
        ),
    )


PHOTO = Form(
    "photograph-person",
    ("正面照", "Photograph"),
    ("存照片", "Keep the photograph"),
    "photo",
    (Field("photo", ("照片", "Photograph"), Kind.PHOTO, device="camera"),),
    _photo,
    done=lambda facts: facts.stay.person.photo is not None,
)


def _band(filled: Filled) -> tuple[c.Command, ...]:
    if filled.facts.stay.person.band:
        return (
            c.ReplaceBand(
                stay=filled.stay,
                band=filled.read("band"),
                reason=filled.text("reason"),
                source=filled.source("band"),
            ),
        )
    return (c.IssueBand(stay=filled.stay, band=filled.read("band"), source=filled.source("band")),)


BAND = Form(
    "issue-band",
    ("手环", "Wristband"),
    ("佩戴手环", "Put the band on"),
    "tag",
    (
        Field(
            "band",
            ("手环", "Wristband"),
            Kind.TAG,
            device="tags",
            hint=("扫描手环，或放在读标器上", "Scan it"),
        ),
        text(
            "reason",
            "更换原因",
            "Why replaced",
            shown=lambda _, facts: bool(facts.stay.person.band),
        ),
    ),
    _band,
    done=lambda facts: bool(facts.stay.person.band),
    table=recorded.band,
)

REMOVE_BAND = Form(
    "remove-band",
    ("取下手环", "Remove the band"),
    ("取下手环", "Remove the band"),
    "tag",
    (text("reason", "原因", "Reason"),),
    lambda filled: (c.RemoveBand(stay=filled.stay, reason=filled.text("reason")),),
    fits=lambda facts: bool(facts.stay.person.band),
    aside=True,
    table=recorded.band,
)

GROUPS = (
    Group("arrival", ("新到人员", "New arrival"), (ARRIVAL,)),
    Group("identity", ("身份核验", "Identity"), (IDENTIFY,)),
    Group("photo", ("正面照", "Photograph"), (PHOTO,)),
    Group("band", ("手环", "Wristband"), (BAND, REMOVE_BAND)),
)
