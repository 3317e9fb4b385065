import pytest

from devices.locks import Polarity
from workstation.errors import DeviceError, NoReply
from workstation.readings import Door, DoorSeen, Level


def sent_opens(rig):
    """How many open commands went over the wire."""
    return sum(row == "8A 01 03 11 99" for way, row in rig.wire.trace if way == "in")


@pytest.mark.parametrize("polarity", list(Polarity))
def test_a_pulse_opens_one_door_and_no_other(make_rig, polarity):
    rig = make_rig("lock", polarity=polarity)
    bank = rig.adapter(polarity=polarity)
    assert bank.open_door(3) is Door.OPEN
    states = bank.read_all()
    assert [door for door, state in states.items() if state is Door.OPEN] == [3]
    rig.world.close_door("lock", 3)
    assert bank.read_door(3) is Door.CLOSED


def test_doors_are_numbered_over_the_boards_of_a_bank(make_rig):
    rig = make_rig("lock", boards=(1, 5), doors_per_board=16)
    bank = rig.adapter(boards=(1, 5), doors_per_board=16)
    assert bank.open_door(18) is Door.OPEN
    assert rig.world.is_open("lock", 18)
    assert bank.number(5, 2) == 18
    assert len(bank.read_all()) == bank.doors == 32


def test_a_board_of_eight_doors_is_read_singly(make_rig):
    rig = make_rig("lock", doors_per_board=8, polarity=Polarity.SHORT_WHEN_OPEN)
    bank = rig.adapter(doors_per_board=8, polarity=Polarity.SHORT_WHEN_OPEN)
    bank.open_door(8)
    assert [door for door, state in bank.read_all().items() if state is Door.OPEN] == [8]


def test_a_jammed_door_is_told_as_closed(make_rig):
    rig = make_rig("lock")
    rig.world.jam_door("lock", 3)
    assert rig.adapter().open_door(3) is Door.CLOSED


@pytest.mark.parametrize("jammed", [False, True])
def test_an_echo_is_not_taken_for_the_failure_answer(make_rig, jammed):
    rig = make_rig("lock")
    rig.fault("echo")
    rig.world.jam_door("lock", 3, jammed=jammed)
    bank = rig.adapter()
    assert bank.open_door(3) is (Door.CLOSED if jammed else Door.OPEN)
    assert bank.echo
    assert bank.read_all()[3] is (Door.CLOSED if jammed else Door.OPEN)


def test_an_open_command_is_sent_once_whatever_happens(make_rig):
    rig = make_rig("lock")
    rig.fault("drop", match=bytes.fromhex("8A"))
    assert rig.adapter().open_door(3) is Door.OPEN  # its answer was lost, the contact was not
    assert sent_opens(rig) == 1
    lost = make_rig("lock")
    lost.fault("drop-request", match=bytes.fromhex("8A"))
    assert lost.adapter().open_door(3) is Door.CLOSED
    assert sent_opens(lost) == 1


def test_nothing_is_sent_to_a_board_that_does_not_answer(make_rig):
    rig = make_rig("lock")
    rig.fault("silence")
    with pytest.raises(NoReply):
        rig.adapter().open_door(3)
    assert sent_opens(rig) == 0


def test_a_solenoid_is_not_pulsed_twice_at_once(make_rig):
    bank = make_rig("lock").adapter()
    bank.open_door(3)
    with pytest.raises(DeviceError) as caught:
        bank.open_door(3)
    assert caught.value.code == "device.lock.too-soon"


@pytest.mark.parametrize("door", [0, -1, 25])
def test_a_door_that_the_bank_lacks_is_refused(make_rig, door):
    bank = make_rig("lock").adapter()
    with pytest.raises(DeviceError) as caught:
        bank.open_door(door)
    assert caught.value.code == "device.lock.no-door"


def test_the_watch_tells_changes_only(make_rig, until):
    rig = make_rig("lock")
    bank = rig.adapter()
    rig.watch(bank)

    def doors():
        return [told for told in rig.told if isinstance(told, DoorSeen)]

    until(lambda: len(doors()) == 24)
    rig.world.force_door("lock", 7)
    until(lambda: len(doors()) == 25)
    rig.world.close_door("lock", 7)
    until(lambda: len(doors()) == 26)
    assert [(seen.door, seen.state) for seen in doors()[24:]] == [(7, Door.OPEN), (7, Door.CLOSED)]
    assert any(seen.spontaneous for seen in doors()[24:])


def test_who_is_told_may_ask_the_bank_at_once(make_rig, until):
    rig = make_rig("lock")
    answers = []

    def told(reading):
        if isinstance(reading, DoorSeen) and reading.state is Door.OPEN:
            answers.append(bank.read_door(reading.door))

    bank = rig.adapter(told=told)
    rig.watch(bank)
    until(lambda: bank.health().level is Level.OK)
    rig.world.force_door("lock", 7)
    until(lambda: answers == [Door.OPEN])


def test_doors_of_a_silent_board_become_unknown(make_rig, until):
    rig = make_rig("lock", boards=(1,), doors_per_board=16)
    bank = rig.adapter(boards=(1, 2), doors_per_board=16)
    rig.watch(bank)
    until(lambda: bank.health().level is Level.DEGRADED)
    with pytest.raises(NoReply):
        bank.read_door(17)
    rig.fault("silence")
    until(lambda: bank.health().level is Level.LOST)
    last = {seen.door: seen.state for seen in rig.told if isinstance(seen, DoorSeen)}
    assert set(last.values()) == {Door.UNKNOWN}


def test_bad_settings_are_refused(make_rig):
    rig = make_rig("lock")
    for options in ({"boards": ()}, {"boards": (1, 1)}, {"boards": (33,)}, {"doors_per_board": 49}):
        with pytest.raises(DeviceError):
            rig.adapter(**options)


def test_the_trace_shows_both_ways(make_rig):
    bank = make_rig("lock").adapter()
    bank.open_door(3)
    rows = bank.trace.since(0)
    assert ("out", "8A 01 03 11 99") in [(row.direction.value, row.hex) for row in rows]
    assert ("in", "8A 01 03 00 88") in [(row.direction.value, row.hex) for row in rows]
    assert bank.trace.since(rows[-1].seq) == []
