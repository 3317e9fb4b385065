"""From an accepted command to the events that stand in the record.

Most commands become one event with the same fields; the pairs stand in one table. What needs more than the
command itself (the band worn, the open interview, who approves) is written out below.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from workstation.custody import commands as c
from workstation.custody import events as e
from workstation.custody.asked import Asked
from workstation.custody.commands import CentreCommand, Command
from workstation.custody.events import Event
from workstation.custody.interview_rules import recording_verified, whole_recording
from workstation.custody.sheets import OF_HEALTH
from workstation.custody.values import Answer, Outcome
from workstation.readings import Door

PAIRS: Mapping[type[Command | CentreCommand], type[Event]] = {
    c.NameCentre: e.CentreNamed,
    c.DeclareRoom: e.RoomDeclared,
    c.DeclareBank: e.BankDeclared,
    c.DeclareDevice: e.DeviceDeclared,
    c.EnrolStaff: e.StaffEnrolled,
    c.BindCard: e.CardBound,
    c.ReportDeviceHealth: e.DeviceHealthChanged,
    c.ReportClockStep: e.ClockStepped,
    c.PutPackInForce: e.PackInForce,
    c.Identify: e.PersonIdentified,
    c.PhotographPerson: e.PersonPhotographed,
    c.NotePersonFact: e.PersonFactNoted,
    c.LinkCase: e.CaseLinked,
    c.SetMeasure: e.MeasureSet,
    c.TransferJurisdiction: e.JurisdictionTransferred,
    c.IssueBand: e.BandIssued,
    c.ServeRights: e.RightsServed,
    c.ScreenHealth: e.HealthScreened,
    c.GiveNotice: e.NoticeGiven,
    c.AssignSupporter: e.SupporterAssigned,
    c.RecordFinding: e.FindingRecorded,
    c.RecordInjury: e.InjuryRecorded,
    c.EndSearch: e.SearchEnded,
    c.ListItem: e.ItemListed,
    c.CountCash: e.CashCounted,
    c.SeizeItem: e.ItemSeized,
    c.FillBag: e.BagFilled,
    c.SealBag: e.BagSealed,
    c.WeighBag: e.BagWeighed,
    c.OpenCell: e.CellOpenIntended,
    c.ReportCellOpened: e.CellOpened,
    c.StoreBag: e.BagStored,
    c.TakeBag: e.BagTaken,
    c.CaptureInformation: e.InformationCaptured,
    c.TestSubstance: e.SubstanceTested,
    c.PlaceInRoom: e.RoomEntered,
    c.Move: e.RoomEntered,
    c.PlanObservation: e.ObservationPlanned,
    c.CheckPerson: e.PersonChecked,
    c.OfferCare: e.CareOffered,
    c.ApplyRestraint: e.RestraintApplied,
    c.ReviewRestraint: e.RestraintReviewed,
    c.RemoveRestraint: e.RestraintRemoved,
    c.ReportIllness: e.IllnessReported,
    c.CallDoctor: e.DoctorCalled,
    c.OrderMedical: e.MedicalOrdered,
    c.AcknowledgeMedicalOrder: e.MedicalOrderAcknowledged,
    c.RecordComplaint: e.ComplaintMade,
    c.ReportForce: e.ForceUsed,
    c.BeginTemporaryExit: e.TemporaryExitBegun,
    c.EndTemporaryExit: e.TemporaryExitEnded,
    c.HandOverGuard: e.GuardHandedOver,
    c.ReserveRoom: e.RoomReserved,
    c.Preflight: e.PreflightDone,
    c.ReportRecordingStarted: e.RecordingStarted,
    c.ReportRecordingSealed: e.RecordingSealed,
    c.SignPaper: e.PaperSigned,
    c.ProposeOutcome: e.OutcomeProposed,
    c.Reidentify: e.PersonReidentified,
    c.CountPropertyBlind: e.PropertyCountedBlind,
    c.ExplainWeight: e.WeightExplained,
    c.SettleItem: e.ItemSettled,
    c.CompareInjuries: e.InjuriesCompared,
    c.ExamineFitness: e.FitnessExamined,
    c.ArrangePickUp: e.PickUpArranged,
    c.ReportEscape: e.Escaped,
    c.ReportReturnAfterEscape: e.ReturnedAfterEscape,
    c.ReportDeath: e.Died,
    c.ReportIncident: e.IncidentReported,
    c.AddNote: e.NoteAdded,
    c.AttachPaper: e.PaperAttached,
    c.RecordPrint: e.PaperPrinted,
    c.AccessMedia: e.MediaAccessed,
    c.AcknowledgeWarning: e.WarningAcknowledged,
    c.CloseWarning: e.WarningClosed,
    c.CloseDuty: e.DutyClosed,
    c.ArchiveStay: e.StayArchived,
}
"""Commands that become one event of the same fields."""


def made(cls: type[Event], command: Command | CentreCommand, **others: Any) -> Event:
    """An event of `cls` from the command's fields of the same names, and `others`."""
    values = {
        name: getattr(command, name) for name in command.__struct_fields__ if name in cls.__struct_fields__
    }
    return cls(**{**values, **others})


def events_of(asked: Asked, *, number: str, unmet: tuple[str, ...]) -> tuple[Event, ...]:
    """What happened, without what the gates add. `unmet`: rows that a departure leaves open."""
    command = asked.command
    assert command is not None
    special = _SPECIAL.get(type(command))
    if special is not None:
        return special(asked, command)
    if isinstance(command, c.BeginStay):
        begun = made(e.StayBegun, command, number=number)
        return (begun, made(e.PersonIdentified, command.identity)) if command.identity else (begun,)
    if isinstance(command, c.Depart):
        return (made(e.Departed, command, unmet=unmet),)
    if isinstance(command, c.ReleaseOnExpiry):
        return (_released(asked, command, unmet),)
    if isinstance(command, c.LeaveForMedicalEmergency):
        return (
            made(
                e.Departed,
                command,
                outcome=Outcome.HOSPITAL,
                receiver="",
                paper="",
                emergency=True,
                unmet=unmet,
            ),
            e.NoteAdded(text=command.why),
        )
    return (made(PAIRS[type(command)], command),)


def _released(asked: Asked, command: c.ReleaseOnExpiry, unmet: tuple[str, ...]) -> Event:
    decided = asked.stay.outcome
    release = decided if decided is not None and decided.is_release else None
    outcome = Outcome.QUESTIONING_ENDED if asked.stay.is_suspect else Outcome.LEFT_FREELY
    return made(
        e.Departed,
        command,
        outcome=release.outcome if release else outcome,
        escorts=(),
        paper=release.paper if release else "",
        on_expiry=True,
        unmet=unmet,
    )


def _extend(asked: Asked, command: c.ExtendTier) -> tuple[Event, ...]:
    measure = asked.stay.measure
    assert measure is not None  # references.wrong refuses a tier without a measure
    return (made(e.TierExtended, command, measure=measure.measure),)


def _replace_band(asked: Asked, command: c.ReplaceBand) -> tuple[Event, ...]:
    return (
        e.BandRemoved(band=asked.stay.band, reason=command.reason),
        e.BandIssued(band=command.band, source=command.source),
    )


def _remove_band(asked: Asked, command: c.RemoveBand) -> tuple[Event, ...]:
    return (e.BandRemoved(band=asked.stay.band, reason=command.reason),)


def _search(asked: Asked, command: c.BeginSearch) -> tuple[Event, ...]:
    return (made(e.SearchBegun, command, again=bool(asked.stay.searches.searches)),)


def _door(asked: Asked, command: c.ReportCellDoor) -> tuple[Event, ...]:
    """A door that opens without an intent within the pack's bound was forced."""
    intent = asked.house.centre.intents.get(command.cell)
    bound = timedelta(seconds=asked.circumstances.pack.threshold("door-intent-s"))
    explained = intent is not None and timedelta(0) <= asked.at - intent.at <= bound
    return (
        e.CellDoorChanged(
            cell=command.cell,
            state=command.state,
            forced=command.state is Door.OPEN and not explained,
            intent=intent.command if intent is not None and explained else "",
        ),
    )


def _open_interview(asked: Asked, command: c.OpenInterview) -> tuple[Event, ...]:
    """The person is in the room of the interview from now on, where it is one of the centre's."""
    opened = made(e.InterviewOpened, command, recording=recording_verified(asked, command.room))
    if command.room in asked.house.centre.rooms and asked.stay.room != command.room:
        return (e.RoomEntered(room=command.room), opened)
    return (opened,)


def _of_interview(cls: type[Event]) -> Callable[[Asked, Any], tuple[Event, ...]]:
    def convert(asked: Asked, command: Any) -> tuple[Event, ...]:
        return (made(cls, command, interview=_talk(asked)),)

    return convert


def _talk(asked: Asked) -> str:
    talk = asked.stay.interviews.open
    assert talk is not None  # references.wrong refuses what needs an open interview
    return talk.interview


def _end_interview(asked: Asked, command: c.EndInterview) -> tuple[Event, ...]:
    """One officer and no whole recording: the law itself makes the record unusable, and so it is marked."""
    talk = asked.stay.interviews.open
    assert talk is not None
    whole = whole_recording(asked)
    ended = e.InterviewEnded(interview=talk.interview, pages=command.pages, recording=whole)
    pack, case = asked.circumstances.pack, asked.stay.case
    alone = len(set(talk.officers)) == 1
    by_law = case is not None and case.case_kind.value in pack.words("one-officer-cases")
    if alone and by_law and (talk.recording is not Answer.YES or whole is Answer.NO):
        return (ended, e.EvidenceUnusable(interview=talk.interview, basis=pack.basis("one-officer-evidence")))
    return (ended,)


def _approve(asked: Asked, command: c.ApproveOutcome) -> tuple[Event, ...]:
    actor = asked.circumstances.actor
    return (made(e.OutcomeApproved, command, approver=actor.id, approver_rank=actor.rank),)


def _sheet(asked: Asked, command: c.FillSheet) -> tuple[Event, ...]:
    return (made(e.HealthSheetFilled if command.sheet in OF_HEALTH else e.SheetFilled, command),)


def _correct(asked: Asked, command: c.CorrectEntry) -> tuple[Event, ...]:
    return (made(e.EntryCorrected, command),)


_SPECIAL: Mapping[type[Command | CentreCommand], Callable[[Asked, Any], tuple[Event, ...]]] = {
    c.ExtendTier: _extend,
    c.ReplaceBand: _replace_band,
    c.RemoveBand: _remove_band,
    c.BeginSearch: _search,
    c.ReportCellDoor: _door,
    c.OpenInterview: _open_interview,
    c.BreakInterview: _of_interview(e.InterviewBroken),
    c.ResumeInterview: _of_interview(e.InterviewResumed),
    c.MarkInterview: _of_interview(e.InterviewMarked),
    c.ShowEvidence: _of_interview(e.EvidenceShown),
    c.EndInterview: _end_interview,
    c.ApproveOutcome: _approve,
    c.FillSheet: _sheet,
    c.CorrectEntry: _correct,
}
"""Commands whose event needs more than their own fields."""
