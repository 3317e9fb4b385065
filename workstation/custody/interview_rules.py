"""Conditions of interviews: clock, rights, room, officers, recording, supporters, fitness, signatures."""

from __future__ import annotations

from datetime import timedelta

from workstation.custody.asked import (
    MET,
    NOT_APPLICABLE,
    Asked,
    Finding,
    met_if,
    unknown,
    unmet,
)
from workstation.custody.commands import EndInterview, OpenInterview
from workstation.custody.facts import answer
from workstation.custody.search_rules import signed_by
from workstation.custody.values import (
    Answer,
    Care,
    CareOutcome,
    InterviewKind,
    Paper,
    PersonFact,
    RoomUse,
    SupporterKind,
)
from workstation.roles import Sex


def clock_runs(asked: Asked) -> Finding:
    """GV1a: no clock of liberty has run out."""
    expired = asked.circumstances.expired(asked.stay.stay, asked.at)
    return met_if(not expired, clock=expired[0].id if expired else "")


def rights_served(asked: Asked) -> Finding:
    """GV1b: the rights notice was served first."""
    rights = asked.stay.papers.rights
    return met_if(rights is not None and rights.at <= asked.at)


def interview_room(asked: Asked) -> Finding:
    """GV1c: the room is an interview room in service."""
    told = asked.told(OpenInterview)
    if told is None:
        return NOT_APPLICABLE
    room = asked.house.centre.rooms.get(told.room)
    return met_if(room is not None and room.use is RoomUse.INTERVIEW and room.in_service, room=told.room)


def recording_verified(asked: Asked, room: str) -> Answer:
    """Whether picture and sound of `room` run now and a preflight lately found them working."""
    running = asked.running(room)
    ready = asked.stay.interviews.preflight(room)
    bound = timedelta(minutes=asked.circumstances.pack.threshold("preflight-min"))
    if running is Answer.NO or (ready is not None and ready.recording is Answer.NO):
        return Answer.NO
    if running is not Answer.YES or ready is None or ready.at > asked.at or asked.at - ready.at > bound:
        return Answer.UNKNOWN
    return ready.recording


def recording_demanded(asked: Asked, kind: InterviewKind) -> bool:
    """Whether the law demands that the whole is recorded: by kind of case, or by the person."""
    pack = asked.circumstances.pack
    case = asked.stay.case
    if not asked.stay.is_suspect:
        return False
    if case is None or f"{case.case_kind.value}:{kind.value}" in pack.words("recording-cases"):
        return True
    person = asked.stay.person
    minor = person.under(pack.threshold("minor-years"), asked.day)
    facts = (PersonFact.DEAF, PersonFact.BLIND, PersonFact.OTHER_LANGUAGE)
    return minor is True or any(person.has(fact, asked.at) for fact in facts)


def officers_enough(asked: Asked) -> Finding:
    """GV2: two officers; one only where the law allows it, with its ground and verified recording."""
    told = asked.told(OpenInterview)
    if told is None:
        return NOT_APPLICABLE
    officers = set(told.officers)
    if len(officers) >= 2:
        return MET
    pack, case = asked.circumstances.pack, asked.stay.case
    allowed = (
        len(officers) == 1
        and case is not None
        and case.case_kind.value in pack.words("one-officer-cases")
        and told.type is InterviewKind.QUESTIONING
        and pack.threshold("centre-certified") == 1
        and bool(told.one_officer_ground.strip())
    )
    if not allowed:
        return unmet(why="two")
    return met_if(recording_verified(asked, told.room) is Answer.YES, why="recording")


def recording_ready(asked: Asked) -> Finding:
    """GV3: where recording is demanded it runs and its preflight passed; elsewhere it may be overridden."""
    told = asked.told(OpenInterview)
    if told is None:
        return NOT_APPLICABLE
    strict = recording_demanded(asked, told.type)
    match recording_verified(asked, told.room):
        case Answer.YES:
            return MET
        case Answer.NO:
            return unmet(strict=strict, why="not-running", room=told.room)
        case Answer.UNKNOWN:
            return unknown(strict=strict, why="not-verified", room=told.room)


def adult_for_minor(asked: Asked) -> Finding:
    """GV4a: a minor has a guardian or appropriate adult present, or the lawful note why nobody is."""
    minor = asked.stay.person.under(asked.circumstances.pack.threshold("minor-years"), asked.day)
    if minor is None:
        return unknown(why="age")
    if not minor:
        return NOT_APPLICABLE
    kinds = (SupporterKind.GUARDIAN, SupporterKind.APPROPRIATE_ADULT)
    papers = asked.stay.papers
    return met_if(
        papers.supporter(*kinds) is not None or bool(papers.lawful_note(*kinds).strip()), why="adult"
    )


def female_staff_for_girl(asked: Asked) -> Finding:
    """GV4b: female staff take part in the interview of a girl."""
    told = asked.told(OpenInterview)
    person = asked.stay.person
    minor = person.under(asked.circumstances.pack.threshold("minor-years"), asked.day)
    if told is None or minor is not True or person.sex is Sex.MALE:
        return NOT_APPLICABLE
    if person.sex is Sex.UNKNOWN:
        return unknown(why="sex")
    return met_if(any(asked.staff_sex(one) is Sex.FEMALE for one in told.officers), why="female")


def sign_interpreter(asked: Asked) -> Finding:
    """GV4c: a deaf person has a sign-language interpreter."""
    return _interpreter(asked, PersonFact.DEAF, SupporterKind.SIGN_INTERPRETER)


def interpreter(asked: Asked) -> Finding:
    """GV4d: a person of another language has an interpreter."""
    return _interpreter(asked, PersonFact.OTHER_LANGUAGE, SupporterKind.INTERPRETER)


def _interpreter(asked: Asked, fact: PersonFact, kind: SupporterKind) -> Finding:
    if not asked.stay.person.has(fact, asked.at):
        return NOT_APPLICABLE
    return met_if(asked.stay.papers.supporter(kind) is not None, why=kind.value)


def sober(asked: Asked) -> Finding:
    """GV5a: the person is not intoxicated; for a suspect nobody asked about it is unknown."""
    match answer(asked.stay, PersonFact.INTOXICATED, asked.at):
        case Answer.NO:
            return MET
        case Answer.YES:
            return unmet()
        case Answer.UNKNOWN:
            return unknown() if asked.stay.is_suspect else NOT_APPLICABLE


def no_medical_order(asked: Asked) -> Finding:
    """GV5b: the newest medical order does not forbid it."""
    orders = asked.stay.care.orders
    return met_if(not (orders and orders[-1].blocks_interview))


def officers_free(asked: Asked) -> Finding:
    """GV5c: nobody taking part is in another interview, and the person is in none."""
    told = asked.told(OpenInterview)
    if told is None:
        return NOT_APPLICABLE
    if asked.stay.interviews.open is not None:
        return unmet(who=asked.stay.number)
    busy = [one for one in told.officers if asked.house.in_interview(one, asked.at)]
    return met_if(not busy, who=busy[0] if busy else "")


def not_resting(asked: Asked) -> Finding:
    """GV5d: the person is not in the night's rest that they took."""
    if not asked.within("rest-from-min", "rest-to-min"):
        return NOT_APPLICABLE
    rest = asked.stay.care.last(Care.REST, CareOutcome.ACCEPTED)
    bound = timedelta(minutes=asked.circumstances.pack.threshold("rest-block-min"))
    return met_if(rest is None or asked.at - rest.at >= bound)


def interview_closed_well(asked: Asked) -> Finding:
    """GV6: the record is signed or refusals are noted, and the recording covers start to signature."""
    told = asked.told(EndInterview)
    talk = asked.stay.interviews.open
    if told is None or talk is None:
        return NOT_APPLICABLE
    paper = asked.stay.papers.paper(Paper.INTERVIEW_RECORD)
    if paper is None or paper.at < talk.opened or paper.pages < told.pages:
        return unmet(why="signature")
    absent = signed_by(paper.signatures, asked.circumstances.pack.words("signers-interview"))
    if absent:
        return unmet(why=absent)
    return met_if(whole_recording(asked) is Answer.YES, why="recording")


def whole_recording(asked: Asked) -> Answer:
    """Whether the open interview was recorded from its start until now: not when a recording began during it."""
    talk = asked.stay.interviews.open
    if talk is None:
        return Answer.UNKNOWN
    if any(one.room == talk.room and one.began_at > talk.opened for one in asked.stay.interviews.recordings):
        return Answer.NO
    running = asked.running(talk.room)
    if Answer.NO in (talk.recording, running):
        return Answer.NO
    return Answer.YES if talk.recording is running is Answer.YES else Answer.UNKNOWN
