"""The papers of stays of every kind: every word is known in both languages, and nothing is left out or made up."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from tests.desk_kit import DeskKit, person, unmet, words
from workstation.custody import commands as c
from workstation.custody.values import (
    CaseKind,
    IdentityCheck,
    InterviewKind,
    Outcome,
    Paper,
    Sheet,
    SheetLine,
    Signature,
    SignState,
    SupporterKind,
)
from workstation.errors import AppError
from workstation.roles import Rank
from workstation.services import practice as p
from workstation.services.desk import SavedAs
from workstation.services.paper_values import PaperValues


def papers(kit: DeskKit, script: p.Script, language: str) -> dict[str, Any]:
    """Every paper of a stay as plain values."""
    house = kit.desk.house_with(script.stay)
    stay = house.stays[script.stay]
    values = PaperValues(stay, house, kit.desk.circumstances(house, p.WANG.actor(), stay), words(), language)
    return {
        "record": msgspec.to_builtins(values.custody_record()),
        "deposit": msgspec.to_builtins(values.property_receipt("deposit")),
        "return": msgspec.to_builtins(values.property_receipt("return")),
        "search": msgspec.to_builtins(values.search_record()),
        "rights": msgspec.to_builtins(values.rights_notice()),
        "leaving": msgspec.to_builtins(values.departure_sheet()),
    }


def texts(value: Any) -> list[str]:
    """Every text in plain values."""
    match value:
        case str():
            return [value]
        case list() | tuple():
            return [text for one in value for text in texts(one)]
        case dict():
            return [text for one in value.values() for text in texts(one)]
        case _:
            return []


def saved(answer: Any) -> None:
    """What was submitted was recorded."""
    assert isinstance(answer, SavedAs), unmet(answer)


def a_full_stay(kit: DeskKit) -> p.Script:
    """A stay with property, checks, an interview, an exit, a refusal to sign, and a breach."""
    script = p.Script(700, person(2), kit.clock.now(), band="99000000000000000000B001")
    script.intake()
    script.photo("media-1", "ab" * 32)
    script.rights_and_health()
    script.search()
    script.property(bag="bag-9", tag="990000000000000000000099", seal="FZ-9", grams=420, cell="B-09")
    script.hold("holding-1", until=script.arrived_at + timedelta(minutes=80))
    kit.play(script)
    move = c.Move(stay=script.stay, room="interview-1", reason="interview")
    saved(kit.submit(p.SUN.actor(), move))
    opened = c.OpenInterview(
        stay=script.stay,
        interview="i-1",
        type=InterviewKind.QUESTIONING,
        room="interview-1",
        officers=(p.SUN.id,),
        others="",
        one_officer_ground="",
    )
    saved(kit.submit(p.SUN.actor(), opened, report=True))
    saved(kit.submit(p.SUN.actor(), c.EndInterview(stay=script.stay, pages=2), report=True))
    away = c.BeginTemporaryExit(
        stay=script.stay,
        reason="辨认现场",
        destination="测试路",
        approver=p.ZHOU.id,
        approver_rank=Rank.UNIT_HEAD,
        escorts=(p.SUN.id, p.QIAN.id),
        planned_return=kit.clock.now() + timedelta(hours=1),
    )
    saved(kit.submit(p.SUN.actor(), away, report=True))
    saved(kit.submit(p.SUN.actor(), c.EndTemporaryExit(stay=script.stay, seen="无异常"), report=True))
    supporter = c.AssignSupporter(
        stay=script.stay,
        supporter=SupporterKind.LAWYER,
        name="测试律师",
        relation="律师",
        contact="10000000009",
        present=True,
        lawful_note="",
    )
    saved(kit.submit(p.WANG.actor(), supporter, report=True))
    captured = c.CaptureInformation(
        stay=script.stay, captures=("photo", "fingerprint", "iris"), approver=p.ZHOU.id, basis="治安"
    )
    saved(kit.submit(p.WANG.actor(), captured, report=True))
    tested = c.TestSubstance(
        stay=script.stay,
        substance="urine",
        result="阴性",
        staff=(p.WANG.id, p.LI.id),
        forced=False,
        approver="",
    )
    saved(kit.submit(p.WANG.actor(), tested, report=True))
    known = c.Reidentify(
        stay=script.stay,
        band=IdentityCheck.MATCHES,
        photo=IdentityCheck.MATCHES,
        question=IdentityCheck.NOT_POSSIBLE,
        statement="本人不愿回答",
    )
    saved(kit.submit(p.WANG.actor(), known, report=True))
    refused = Signature(part="receiver", by=script.person.name, state=SignState.REFUSED, noted_by=p.GUO.id)
    receipt = c.SignPaper(
        stay=script.stay, paper=Paper.PROPERTY_RECEIPT, number="", pages=1, signatures=(refused,)
    )
    saved(kit.submit(p.GUO.actor(), receipt, report=True))
    kit.clock.advance(timedelta(hours=9))
    left = c.Depart(
        stay=script.stay,
        outcome=Outcome.QUESTIONING_ENDED,
        destination="自行离开",
        escorts=(),
        receiver="",
        paper="演-1",
    )
    saved(kit.submit(p.WANG.actor(), left, report=True))
    assert kit.stay(script).departure is not None
    return script


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_word_of_a_full_stay_is_known(kit: DeskKit, language: str) -> None:
    script = a_full_stay(kit)
    for name, paper in papers(kit, script, language).items():
        unknown = [text for text in texts(paper) if "⟨" in text]
        assert not unknown, (name, unknown)


def test_breaches_and_debts_of_a_departure_stand_on_the_paper(kit: DeskKit) -> None:
    script = a_full_stay(kit)
    stay = kit.stay(script)
    record = papers(kit, script, "zh")["record"]
    told = " ".join(text["text"] for text in record["shortfalls"])
    assert stay.departure is not None
    assert stay.departure.unmet
    assert all(gate in told for gate in stay.departure.unmet)
    assert all(gate in told for breach in stay.remarks.breaches for gate in breach.gates)
    assert record["departure"]["outcome"]


def test_a_signature_refused_is_said_with_who_noted_it(kit: DeskKit) -> None:
    script = a_full_stay(kit)
    boxes = papers(kit, script, "zh")["return"]["return_signatures"]
    refused = [box for box in boxes if box["state"] == "refused"]
    assert [(box["part"], box["noted_by"]) for box in refused] == [("receiver", p.GUO.name)]
    assert [box["part"] for box in boxes if box["state"] is None] == ["custodian"]


def test_a_stay_that_has_just_begun_says_what_is_not_known(kit: DeskKit) -> None:
    script = p.Script(701, person(5), kit.clock.now(), band="")
    script.intake()
    kit.play(script)
    record = papers(kit, script, "zh")["record"]
    assert record["items"] is None
    assert not record["searches"]
    assert record["capture"] is None
    assert record["departure"] is None
    assert record["person"]["rights_served_at"] is None
    assert not [text for text in texts(record) if "⟨" in text]


def test_rights_notice_has_open_boxes_before_it_is_served_and_names_after(kit: DeskKit) -> None:
    script = p.Script(702, person(6), kit.clock.now(), band="")
    script.intake()
    kit.play(script)
    before = papers(kit, script, "zh")["rights"]
    assert (before["served_at"], before["read_aloud"], before["spoken_language"]) == (None, None, "")
    assert [(box["part"], box["state"]) for box in before["signatures"]] == [
        ("person", None),
        ("officer", None),
    ]
    served = papers(kit, a_full_stay(kit), "en")["rights"]
    assert served["spoken_language"] == "Chinese"
    assert all(box["state"] for box in served["signatures"])


def test_which_rights_are_read_follows_the_case_and_no_case_prints_none(kit: DeskKit) -> None:
    def asked() -> PaperValues:
        house = kit.desk.house_with(script.stay)
        stay = house.stays[script.stay]
        return PaperValues(stay, house, kit.desk.circumstances(house, p.WANG.actor(), stay), words(), "zh")

    script = p.Script(703, person(7), kit.clock.now(), band="")
    script.intake()
    script.acts = script.acts[:1]
    kit.play(script)
    with pytest.raises(AppError, match=r"paper\.rights-no-case"):
        asked().rights_list()
    for kind, wanted in ((CaseKind.PUBLIC_ORDER, "administrative"), (CaseKind.CRIMINAL, "criminal")):
        link = c.LinkCase(
            stay=script.stay,
            case_number="演-1",
            case_kind=kind,
            cause="测试",
            officers=(p.SUN.id,),
            accepted=True,
        )
        saved(kit.submit(p.WANG.actor(), link))
        assert asked().rights_list() == wanted


def test_lines_of_the_official_forms_stand_on_the_papers_in_words(kit: DeskKit) -> None:
    """What was filled in on a sheet is printed as the word of its list, or as it was written."""
    script = p.Script(710, person(2), kit.clock.now(), band="99000000000000000000B002")
    script.intake()
    script.rights_and_health()
    script.search()
    kit.play(script)
    for sheet, lines in (
        (Sheet.ARRIVAL, {"purpose": "witness", "local": "no", "present-address": "测试路 9 号"}),
        (Sheet.BODY, {"condition": "ill", "surface": "normal", "alcohol": "no"}),
        (Sheet.DEPARTURE, {"condition": "良好，自述无不适"}),
    ):
        filled = tuple(SheetLine(code=code, value=value) for code, value in lines.items())
        saved(kit.submit(p.WANG.actor(), c.FillSheet(stay=script.stay, sheet=sheet, lines=filled)))
    told = papers(kit, script, "zh")
    front = told["record"]["person"]
    assert (front["purpose"], front["local"]) == ("证人作证", "否")
    assert front["address"].endswith("\n现住址：测试路 9 号")
    searched = told["search"]["searches"][0]
    assert (searched["condition"], searched["alcohol"]) == ("患病", "无")
    assert searched["full_body"] not in ("", "normal")
    assert told["leaving"]["condition"] == "良好，自述无不适"
    assert told["leaving"]["left_at"] is None
