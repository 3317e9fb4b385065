"""Folding: in pieces as at once, late entries, corrections, what is unknown, what was known and when."""

from __future__ import annotations

import random
import time
from datetime import timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workstation.custody.practice import START, TYPED, World
from workstation.custody import commands as c
from workstation.custody import events as e
from workstation.custody.facts import answer
from workstation.custody.house import House
from workstation.custody.house import of as house_of
from workstation.custody.recorded import Recorded, UnknownEvent
from workstation.custody.stay import Stay, fold, step
from workstation.custody.values import Answer, Care, CareOutcome, CheckMethod, PersonFact, Question


def whole() -> tuple[World, str]:
    world = World()
    stay = world.admit()
    world.hold(stay)
    world.later(minutes=10)
    world.do(c.OfferCare(stay=stay, care=Care.MEAL, outcome=CareOutcome.ACCEPTED, detail=""), report=True)
    world.interview(stay)
    world.later(minutes=5)
    world.do(c.PlaceInRoom(stay=stay, room="holding-2", guard="guard"))
    world.decide(stay)
    world.release(stay)
    return world, stay


WORLD, STAY = whole()
ENTRIES = [one for one in WORLD.entries if one.stay == STAY]


def pieces(entries: list[Recorded]) -> Stay:
    stay = Stay()
    for one in entries:
        stay = step(stay, one)
    return stay


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_in_pieces_as_at_once(data: st.DataObject) -> None:
    """Entries of a stay with shuffled happened times, corrections and unknown kinds among them."""
    picked = data.draw(st.lists(st.sampled_from(ENTRIES), min_size=1, max_size=40))
    made: list[Recorded] = []
    for seq, one in enumerate(picked):
        shift = data.draw(st.integers(-300, 300))
        happened = one.happened_at + timedelta(minutes=shift)
        what = data.draw(st.integers(0, 9))
        event = one.event
        corrects = ""
        if what == 0 and made:
            target = data.draw(st.sampled_from(made))
            corrects = target.entry
            after = target.event if isinstance(target.event, e.Event) else e.NoteAdded(text="")
            event = e.EntryCorrected(
                replacement=msgspec.json.encode(after).decode(), happened_at=happened, reason="笔误"
            )
        elif what == 1:
            event = UnknownEvent(kind="something-new/1")
        made.append(
            msgspec.structs.replace(
                one, seq=seq, entry=f"e{seq}", event=event, happened_at=happened, corrects=corrects
            )
        )
    assert pieces(made) == fold(made)
    shuffled = list(made)
    random.Random(7).shuffle(shuffled)
    assert fold(shuffled) == fold(made)


def test_taking_an_entry_twice_changes_nothing() -> None:
    stay = pieces(ENTRIES)
    assert step(stay, ENTRIES[3]) is stay
    house = house_of(WORLD.entries)
    assert house.apply(WORLD.entries[-1]) is house


def test_a_late_entry_takes_its_place_in_the_order_of_happening() -> None:
    world = World()
    stay = world.admit(items=False)
    world.hold(stay)
    world.later(minutes=30)
    world.do(c.Move(stay=stay, room="corridor", reason=""), report=True)
    world.do(c.Move(stay=stay, room="search", reason=""), report=True, at=world.now - timedelta(minutes=10))
    rooms = [one.room for one in world.stay(stay).presence.rooms]
    assert rooms == ["holding-1", "search", "corridor"]
    assert world.stay(stay).room == "corridor"
    for one, following in zip(
        world.stay(stay).presence.rooms, world.stay(stay).presence.rooms[1:], strict=False
    ):
        assert one.until == following.since


def test_a_correction_stands_in_place_of_the_entry_and_both_are_kept() -> None:
    world = World()
    stay = world.admit(items=False)
    world.hold(stay)
    check = c.CheckPerson(
        stay=stay,
        method=CheckMethod.AT_DOOR,
        response=2,
        band_tapped=True,
        seen="安静",
        source=TYPED,
        anomaly=Answer.NO,
    )
    world.do(check, report=True)
    entry = world.stay(stay).entries[-1]
    assert isinstance(entry.event, e.PersonChecked)
    after = msgspec.structs.replace(entry.event, response=3)
    world.do(
        c.CorrectEntry(
            stay=stay,
            entry=entry.entry,
            replacement=msgspec.json.encode(after).decode(),
            happened_at=entry.happened_at,
            reason="看错",
        )
    )
    known = world.stay(stay)
    assert [one.response for one in known.care.checks] == [3]
    assert known.corrections[0].before == entry.event
    assert known.corrections[0].after == after
    assert fold(known.entries, known_to=entry.seq).care.checks[0].response == 2


def test_facts_hold_at_their_instant() -> None:
    world = World()
    stay = world.begin()
    note = c.NotePersonFact(stay=stay, fact=PersonFact.INTOXICATED, answer=Answer.YES, source=TYPED)
    world.do(note)
    world.later(hours=3)
    world.do(msgspec.structs.replace(note, answer=Answer.NO))
    person = world.stay(stay).person
    assert person.answer(PersonFact.INTOXICATED, START + timedelta(hours=1)) is Answer.YES
    assert person.answer(PersonFact.INTOXICATED) is Answer.NO
    assert person.answer(PersonFact.DEAF) is Answer.UNKNOWN
    early = fold(world.stay(stay).entries, at=START + timedelta(hours=1))
    assert early.person.answer(PersonFact.INTOXICATED) is Answer.YES


def test_a_kind_of_a_newer_version_is_shown_and_refuses_requests() -> None:
    world = World()
    stay = world.admit(items=False)
    seq = len(world.entries)
    stranger = Recorded(
        seq=seq,
        entry=f"entry-{seq}",
        command="0",
        stay=stay,
        event=UnknownEvent(kind="person-scanned/1"),
        actor="officer",
        happened_at=world.now,
        recorded_at=world.now,
    )
    world.entries.append(stranger)
    world.house = world.house.apply(stranger)
    assert world.stay(stay).unknown_kinds == {"person-scanned/1"}
    assert "GA1" in world.refused(c.PlaceInRoom(stay=stay, room="holding-1", guard="guard"))
    noted = world.do(c.AddNote(stay=stay, text="记录照常"), report=True)
    assert not noted.breach


def test_house_lets_go_of_those_long_gone_but_not_of_their_bags() -> None:
    world = World()
    gone = world.admit()
    world.decide(gone)
    world.release(gone)
    left = world.admit()
    world.decide(left)
    world.do(c.ReleaseOnExpiry(stay=left, destination="", receiver="本人"), report=True)
    world.later(days=2)
    world.begin()
    assert world.house.stay(gone) is None
    assert world.house.stay(left) is not None
    assert world.house.cell_bags["bank-a-02"][0].stay == left
    again = world.house.with_stay(fold(one for one in world.entries if one.stay == gone))
    assert again.stay(gone) is not None


def test_an_empty_house_has_nobody() -> None:
    house = House.empty()
    assert house.open_stays == ()
    assert house.occupancy == {}
    assert fold([]) == Stay()


@pytest.mark.parametrize("count", [500])
def test_many_entries_fold(count: int) -> None:
    """Five hundred entries fold; how long it takes is printed, not judged."""
    base = ENTRIES[-1]
    entries = [
        msgspec.structs.replace(
            base,
            seq=base.seq + 1 + number,
            entry=f"n{number}",
            event=e.CareOffered(care=Care.WATER, outcome=CareOutcome.ACCEPTED, detail=""),
        )
        for number in range(count)
    ]
    began = time.perf_counter()
    stay = fold([*ENTRIES, *entries])
    print(f"{count} entries: {(time.perf_counter() - began) * 1000:.1f} ms")
    assert len(stay.care.given) == count + 1


def test_the_screen_answers_what_it_asked_and_a_later_note_holds_over_it() -> None:
    world = World()
    stay = world.begin()
    codes = ("pregnancy", "infection", "illness", "alcohol", "drugs")

    def answered(**told: Answer) -> c.ScreenHealth:
        questions = tuple(Question(code=code, answer=told.get(code, Answer.NO)) for code in codes)
        return c.ScreenHealth(stay=stay, questions=questions, seen="清醒", by_physician=False)

    world.do(answered(alcohol=Answer.YES, infection=Answer.YES))
    known = world.stay(stay)
    assert answer(known, PersonFact.PREGNANT) is answer(known, PersonFact.NURSING) is Answer.NO
    assert answer(known, PersonFact.INFECTIOUS) is Answer.YES
    assert answer(known, PersonFact.INTOXICATED) is Answer.UNKNOWN
    assert answer(known, PersonFact.DEAF) is Answer.UNKNOWN
    world.later(minutes=1)
    for fact in (PersonFact.INFECTIOUS, PersonFact.INTOXICATED):
        world.do(c.NotePersonFact(stay=stay, fact=fact, answer=Answer.NO, source=TYPED))
    known = world.stay(stay)
    assert answer(known, PersonFact.INFECTIOUS) is answer(known, PersonFact.INTOXICATED) is Answer.NO
    assert answer(known, PersonFact.INFECTIOUS, START) is Answer.YES
    world.later(minutes=1)
    world.do(answered(illness=Answer.YES, pregnancy=Answer.YES))
    known = world.stay(stay)
    assert answer(known, PersonFact.ILL) is Answer.NO  # an illness need not be a serious one
    assert answer(known, PersonFact.PREGNANT) is Answer.YES


@pytest.mark.parametrize("replacement", ["", "[]", "{}", '{"kind": []}', '{"kind": "x/9"}', "1", "\ud800"])
def test_an_unreadable_correction_in_the_record_is_shown_not_raised(replacement: str) -> None:
    first = ENTRIES[0]
    broken = msgspec.structs.replace(
        ENTRIES[-1],
        seq=ENTRIES[-1].seq + 1,
        entry="broken",
        event=e.EntryCorrected(replacement=replacement, happened_at=first.happened_at, reason="x"),
        corrects=first.entry,
    )
    stay = fold([*ENTRIES, broken])
    assert stay.unknown_kinds
    assert len(stay.corrections) == 1
