"""Every command in every state of a stay has a verdict; what happens in the world can be recorded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, get_type_hints

import msgspec
import pytest

from tests.workstation.custody.practice import (
    DEVICE,
    TYPED,
    World,
    depart,
    injury,
    list_item,
    open_interview,
    reidentify,
    screen,
    set_measure,
    signed,
    store_bag,
)
from workstation.custody import commands as c
from workstation.custody.acceptance import STAY_ACTIONS, accepts
from workstation.custody.commands import ACTIONS, Command, Family, action_of
from workstation.custody.decide import Decision, Refusal
from workstation.custody.presence import Status
from workstation.custody.values import (
    Answer,
    Capacity,
    Care,
    CareOutcome,
    CaseKind,
    CellPurpose,
    CheckMethod,
    Disposition,
    FindingKind,
    Incident,
    MediaAccess,
    NoticeKind,
    NoticeOutcome,
    Observation,
    Outcome,
    Paper,
    PersonFact,
    RestraintKind,
    RestraintReason,
    Sheet,
    SheetLine,
    SupporterKind,
)
from workstation.readings import Door
from workstation.roles import Rank, Sex


def restraint(stay: str, now: Any) -> c.ApplyRestraint:
    return c.ApplyRestraint(
        stay=stay,
        restraint=RestraintKind.HANDCUFFS,
        reason=RestraintReason.ESCAPE,
        review_at=now + timedelta(minutes=30),
        watcher="guard",
    )


def order(stay: str, name: str = "o1") -> c.OrderMedical:
    return c.OrderMedical(
        stay=stay, order=name, text="观察", blocks_interview=False, blocks_custody=False, due_at=None
    )


def going(stay: str, now: Any) -> c.BeginTemporaryExit:
    return c.BeginTemporaryExit(
        stay=stay,
        reason="辨认",
        destination="现场",
        approver="leader",
        approver_rank=Rank.UNIT_HEAD,
        escorts=("officer", "officer-2"),
        planned_return=now + timedelta(hours=1),
    )


Make = Callable[[World, str], Command]

SAMPLES: Mapping[str, Make] = {
    "identify": lambda w, s: c.Identify(
        stay=s,
        name="测试某",
        sex=Sex.MALE,
        birth="1990-01-01",
        id_kind="none",
        id_number="",
        address="",
        ethnic="",
        nationality="",
        phone="",
        source=TYPED,
        confirmed_other=True,
    ),
    "photograph-person": lambda w, s: c.PhotographPerson(stay=s, photo="p", digest="d", source=DEVICE),
    "note-person-fact": lambda w, s: c.NotePersonFact(
        stay=s, fact=PersonFact.DEAF, answer=Answer.NO, source=TYPED
    ),
    "link-case": lambda w, s: c.LinkCase(
        stay=s,
        case_number="1",
        case_kind=CaseKind.PUBLIC_ORDER,
        cause="x",
        officers=("officer",),
        accepted=True,
    ),
    "set-measure": lambda w, s: set_measure(s),
    "extend-tier": lambda w, s: c.ExtendTier(
        stay=s, tier="12", ground="many-suspects", approver="leader", approver_rank=Rank.UNIT_HEAD, paper=""
    ),
    "transfer-jurisdiction": lambda w, s: c.TransferJurisdiction(stay=s, unit="x", paper="1", reason=""),
    "issue-band": lambda w, s: c.IssueBand(stay=s, band="B9", source=DEVICE),
    "replace-band": lambda w, s: c.ReplaceBand(stay=s, band="B8", reason="断裂", source=DEVICE),
    "remove-band": lambda w, s: c.RemoveBand(stay=s, reason="就医"),
    "serve-rights": lambda w, s: c.ServeRights(
        stay=s, language="zh", read_aloud=True, signatures=signed("person")
    ),
    "screen-health": lambda w, s: screen(s),
    "give-notice": lambda w, s: c.GiveNotice(
        stay=s,
        notice=NoticeKind.FAMILY,
        outcome=NoticeOutcome.MADE,
        recipient="家属",
        relation="父",
        phone="",
        method="phone",
        reason="",
    ),
    "assign-supporter": lambda w, s: c.AssignSupporter(
        stay=s,
        supporter=SupporterKind.LAWYER,
        name="x",
        relation="",
        contact="",
        present=True,
        lawful_note="",
    ),
    "begin-search": lambda w, s: c.BeginSearch(
        stay=s, officers=("guard", "guard-2"), place="search", witness="x"
    ),
    "record-finding": lambda w, s: c.RecordFinding(stay=s, finding=FindingKind.NONE, what=""),
    "record-injury": lambda w, s: injury(s),
    "end-search": lambda w, s: c.EndSearch(stay=s, signatures=signed("person", "searcher", "witness")),
    "list-item": lambda w, s: list_item(s, "key"),
    "count-cash": lambda w, s: c.CountCash(
        stay=s, item="cash-1", fen=1, denominations="", counters=("custodian", "guard")
    ),
    "seize-item": lambda w, s: c.SeizeItem(
        stay=s, item="phone-1", basis="x", list_number="1", emergency=False
    ),
    "fill-bag": lambda w, s: c.FillBag(stay=s, bag="bag-77", tag="99FF", items=(), source=DEVICE),
    "seal-bag": lambda w, s: c.SealBag(stay=s, bag="bag-01", seal="F", source=TYPED),
    "weigh-bag": lambda w, s: c.WeighBag(stay=s, bag="bag-01", grams=1, source=DEVICE),
    "open-cell": lambda w, s: c.OpenCell(
        stay=s,
        cell="bank-a-01",
        purpose=CellPurpose.INSPECT,
        bag="bag-01",
        custodian="custodian",
        second="guard",
    ),
    "report-recording-started": lambda w, s: c.ReportRecordingStarted(
        stay=s, room="interview-1", recording="r-1", camera="cam-4"
    ),
    "report-recording-sealed": lambda w, s: c.ReportRecordingSealed(
        stay=s,
        room="interview-1",
        recording="r-1",
        camera="cam-4",
        began_at=w.now,
        ended_at=w.now,
        segments=1,
        bytes=1,
        gaps=0,
        gap_ms=0,
        root="ab" * 32,
        recovered=False,
    ),
    "report-cell-opened": lambda w, s: c.ReportCellOpened(
        stay=s, cell="bank-a-01", intent="x", state=Door.OPEN, failure=""
    ),
    "store-bag": lambda w, s: store_bag(s, "bag-77", "bank-a-02"),
    "take-bag": lambda w, s: c.TakeBag(
        stay=s, bag="bag-01", cell="bank-a-01", custodian="custodian", second="guard"
    ),
    "capture-information": lambda w, s: c.CaptureInformation(
        stay=s, captures=("photo",), approver="leader", basis="x"
    ),
    "test-substance": lambda w, s: c.TestSubstance(
        stay=s, substance="urine", result="-", staff=("guard", "guard-2"), forced=False, approver=""
    ),
    "place-in-room": lambda w, s: c.PlaceInRoom(stay=s, room="holding-1", guard="guard"),
    "move": lambda w, s: c.Move(stay=s, room="corridor", reason=""),
    "plan-observation": lambda w, s: c.PlanObservation(
        stay=s, level=Observation.GENERAL, interval_min=60, reason="x"
    ),
    "check-person": lambda w, s: c.CheckPerson(
        stay=s,
        method=CheckMethod.IN_ROOM,
        response=3,
        band_tapped=True,
        seen="",
        source=DEVICE,
        anomaly=Answer.NO,
    ),
    "offer-care": lambda w, s: c.OfferCare(stay=s, care=Care.MEAL, outcome=CareOutcome.ACCEPTED, detail=""),
    "apply-restraint": lambda w, s: restraint(s, w.now),
    "review-restraint": lambda w, s: c.ReviewRestraint(
        stay=s, still_needed=False, next_review_at=None, seen=""
    ),
    "remove-restraint": lambda w, s: c.RemoveRestraint(stay=s, seen=""),
    "report-illness": lambda w, s: c.ReportIllness(stay=s, what="x", injury=False),
    "call-doctor": lambda w, s: c.CallDoctor(stay=s, who="doctor", why="x"),
    "order-medical": lambda w, s: order(s, "o2"),
    "acknowledge-medical-order": lambda w, s: c.AcknowledgeMedicalOrder(stay=s, order="o1"),
    "record-complaint": lambda w, s: c.RecordComplaint(stay=s, about="x"),
    "report-force": lambda w, s: c.ReportForce(stay=s, officers=("guard",), what="x"),
    "begin-temporary-exit": lambda w, s: going(s, w.now),
    "end-temporary-exit": lambda w, s: c.EndTemporaryExit(stay=s, seen=""),
    "hand-over-guard": lambda w, s: c.HandOverGuard(stay=s, from_staff="guard", to_staff="guard-2", told="x"),
    "reserve-room": lambda w, s: c.ReserveRoom(
        stay=s, room="interview-1", from_at=w.now, until=w.now + timedelta(hours=1)
    ),
    "preflight": lambda w, s: c.Preflight(
        stay=s, room="interview-1", recording=Answer.YES, detail="", source=DEVICE
    ),
    "open-interview": lambda w, s: open_interview(s, "interview-2", name="another"),
    "break-interview": lambda w, s: c.BreakInterview(stay=s, reason="x"),
    "resume-interview": lambda w, s: c.ResumeInterview(stay=s),
    "mark-interview": lambda w, s: c.MarkInterview(stay=s, mark="x"),
    "show-evidence": lambda w, s: c.ShowEvidence(stay=s, evidence="x"),
    "end-interview": lambda w, s: c.EndInterview(stay=s, pages=1),
    "sign-paper": lambda w, s: c.SignPaper(
        stay=s, paper=Paper.OTHER, number="", pages=1, signatures=signed("person")
    ),
    "propose-outcome": lambda w, s: c.ProposeOutcome(stay=s, outcome=Outcome.PENALTY, paper="1", basis="x"),
    "approve-outcome": lambda w, s: c.ApproveOutcome(stay=s, outcome=Outcome.QUESTIONING_ENDED),
    "reidentify": lambda w, s: reidentify(s),
    "count-property-blind": lambda w, s: c.CountPropertyBlind(
        stay=s, lines=(), fen=0, grams=None, source=TYPED
    ),
    "explain-weight": lambda w, s: c.ExplainWeight(stay=s, explanation="x"),
    "settle-item": lambda w, s: c.SettleItem(
        stay=s,
        item="phone-1",
        disposition=Disposition.RETURNED,
        basis="",
        receiver="本人",
        second="",
    ),
    "compare-injuries": lambda w, s: c.CompareInjuries(stay=s, new=Answer.NO, detail="", photo=""),
    "examine-fitness": lambda w, s: c.ExamineFitness(stay=s, fit=Answer.YES, report=""),
    "arrange-pick-up": lambda w, s: c.ArrangePickUp(stay=s, by="x", relation="x", signatures=()),
    "depart": lambda w, s: depart(s),
    "release-on-expiry": lambda w, s: c.ReleaseOnExpiry(stay=s, destination="", receiver=""),
    "leave-for-medical-emergency": lambda w, s: c.LeaveForMedicalEmergency(
        stay=s, destination="x", escorts=(), why="x"
    ),
    "report-escape": lambda w, s: c.ReportEscape(stay=s, how="x"),
    "report-return-after-escape": lambda w, s: c.ReportReturnAfterEscape(stay=s, how="x"),
    "report-death": lambda w, s: c.ReportDeath(stay=s, circumstances="x"),
    "report-incident": lambda w, s: c.ReportIncident(stay=s, incident=Incident.VIOLENCE, what="x"),
    "correct-entry": lambda w, s: c.CorrectEntry(
        stay=s,
        entry=w.stay(s).entries[1].entry,
        replacement=msgspec.json.encode(w.stay(s).entries[1].event).decode(),
        happened_at=w.now,
        reason="x",
    ),
    "add-note": lambda w, s: c.AddNote(stay=s, text="x"),
    "fill-sheet": lambda w, s: c.FillSheet(
        stay=s, sheet=Sheet.ARRIVAL, lines=(SheetLine(code="found-at", value="测试路5号"),)
    ),
    "attach-paper": lambda w, s: c.AttachPaper(stay=s, paper=Paper.OTHER, number="", media="m", digest="d"),
    "access-media": lambda w, s: c.AccessMedia(
        stay=s, access=MediaAccess.VIEW, media=("m",), purpose="x", second=""
    ),
    "record-print": lambda w, s: c.RecordPrint(
        stay=s, paper=Paper.CUSTODY_RECORD, digest="d", size=1, pages=1
    ),
    "acknowledge-warning": lambda w, s: c.AcknowledgeWarning(
        stay=s, warning=w.stay(s).remarks.open_warnings[0].warning
    ),
    "close-warning": lambda w, s: c.CloseWarning(
        stay=s, warning=w.stay(s).remarks.open_warnings[0].warning, reason="done", note=""
    ),
    "close-duty": lambda w, s: c.CloseDuty(stay=s, duty=w.stay(s).remarks.open_duties[0].duty, reason="x"),
    "archive-stay": lambda w, s: c.ArchiveStay(stay=s, review="x"),
}


def lived() -> tuple[World, str]:
    """A stay in which everything that can be referred to is there: duty, warning, order, restraint, interview."""
    world = World()
    stay = world.admit()
    world.hold(stay)
    world.do(c.ProposeOutcome(stay=stay, outcome=Outcome.QUESTIONING_ENDED, paper="1", basis="x"))
    world.do(order(stay))
    world.do(list_item(stay, "coin"))
    world.do(c.FillBag(stay=stay, bag="bag-77", tag="99FF", items=("coin",), source=DEVICE))
    world.do(restraint(stay, world.now))
    world.do(open_interview(stay), report=True)
    world.do(c.BreakInterview(stay=stay, reason="x"), report=True)
    world.do(c.BeginSearch(stay=stay, officers=("guard", "guard-2"), place="x", witness=""), report=True)
    world.do(c.EndSearch(stay=stay, signatures=()))
    world.do(c.BeginSearch(stay=stay, officers=("guard", "guard-2"), place="x", witness=""), report=True)
    return world, stay


def bring(world: World, stay: str, status: Status) -> None:
    match status:
        case Status.OPEN:
            return
        case Status.OUT:
            world.do(going(stay, world.now), report=True)
        case Status.ESCAPED:
            world.do(c.ReportEscape(stay=stay, how="x"), report=True)
        case Status.DEPARTED:
            world.do(c.ReleaseOnExpiry(stay=stay, destination="", receiver=""), report=True)
        case Status.DIED:
            world.do(c.ReportDeath(stay=stay, circumstances="x"), report=True)
        case Status.ARCHIVED:
            world.do(c.ReleaseOnExpiry(stay=stay, destination="", receiver=""), report=True)
            world.do(c.ArchiveStay(stay=stay, review="x"))


def test_there_is_a_sample_of_every_action() -> None:
    assert set(SAMPLES) == STAY_ACTIONS - {"begin-stay"}


@pytest.mark.parametrize("status", list(Status))
def test_every_request_in_every_state_has_a_verdict(status: Status) -> None:
    base, stay = lived()
    bring(base, stay, status)
    assert base.stay(stay).status is status
    house = base.house
    for action, make in SAMPLES.items():
        command = make(base, stay)
        assert action_of(command) == action
        if Family.REQUEST not in command.family:
            continue
        base.house = house
        verdict = base.ask(command)
        base.house = house
        if not accepts(action, status):
            assert isinstance(verdict, Refusal), action
            assert verdict.objections[0].gate in ("GA0", "GA1"), action


@pytest.mark.parametrize("status", [Status.OPEN, Status.OUT, Status.ESCAPED])
def test_every_report_is_recorded_from_every_open_state(status: Status) -> None:
    base, stay = lived()
    bring(base, stay, status)
    house, entries = base.house, list(base.entries)
    needs = {
        Status.OPEN: {"end-temporary-exit", "report-return-after-escape", "resume-interview"},
        Status.OUT: {"report-return-after-escape", "begin-search"},
        Status.ESCAPED: {"end-temporary-exit", "begin-search"},
    }[status]
    for action, make in SAMPLES.items():
        command = make(base, stay)
        if Family.REPORT not in command.family:
            continue
        verdict = base.ask(command, report=True)
        base.house, base.entries = house, list(entries)
        if isinstance(verdict, Refusal):
            assert verdict.objections[0].gate == "GA0", (action, verdict)
            assert action in needs | {"begin-search", "break-interview"}, (action, verdict)
        else:
            assert isinstance(verdict, Decision)
            if not accepts(action, status):
                assert verdict.breach, action


def test_commands_have_no_defaults_for_judgements() -> None:
    """Only what is no judgement of a person may be left out; the walk names every default there is."""
    allowed = {
        ("begin-stay", "identity"),
        ("name-centre", "bureau"),
        ("declare-room", "camera"),
        ("declare-room", "in_service"),
        ("declare-bank", "reader"),
        ("declare-bank", "scale"),
        ("declare-bank", "out_of_service"),
        ("enrol-staff", "active"),
        ("apply-restraint", "which"),
        ("review-restraint", "which"),
        ("remove-restraint", "which"),
    }
    found = {
        (action, field.name)
        for action, kind in ACTIONS.items()
        for field in msgspec.structs.fields(kind)
        if not field.required
    }
    assert found == allowed


def test_nothing_is_asked_for_in_batches() -> None:
    """Findings, checks, care and settlements are one act each: no command takes a list of them."""
    for name in ("record-finding", "check-person", "offer-care", "settle-item", "record-injury"):
        hints = get_type_hints(ACTIONS[name])
        assert not any("tuple" in str(hint) for key, hint in hints.items() if key != "family"), name


def test_a_stay_nobody_began_takes_nothing() -> None:
    world = World()
    verdict = world.ask(c.AddNote(stay="0" * 32, text="x"), report=True)
    assert isinstance(verdict, Refusal)
    assert verdict.objections[0].message == "values.stay-unknown"
    assert world.begin(Capacity.VICTIM)
