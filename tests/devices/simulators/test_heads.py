"""Heads against their manuals, byte for byte, without any adapter."""

from datetime import UTC, datetime, timedelta

import pytest

from devices.simulators.head_bb7e import TagHead
from devices.simulators.head_idcard import CardHead
from devices.simulators.head_lock8a import LockHead
from devices.simulators.head_sics import MAX_GRAMS, ScaleHead
from devices.simulators.world import SimBag, SimDoor, SimPad, SimPan, World, WorldError
from workstation.clock import SteppedClock

START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def world():
    world = World(SteppedClock(START))
    for door in range(1, 25):
        world.doors["lock", door] = SimDoor()
    world.fields["tag"] = "desk"
    world.pans["scale"] = SimPan(place="desk", extra_grams=100)
    world.pads["card"] = SimPad()
    return world


def said(head, hexes):
    return [answer.hex(" ").upper() for answer in head.feed(bytes.fromhex(hexes))]


@pytest.fixture
def lock(world):
    return LockHead(world, "lock", boards=(1,), doors_per_board=24, short_when_open=False)


def test_a_board_answers_as_printed(world, lock):
    world.force_door("lock", 1)
    assert said(lock, "80 01 01 33 B3") == ["80 01 01 00 80"]
    assert said(lock, "8A 01 01 11 9B") == ["8A 01 01 00 8A"]
    world.close_door("lock", 1)
    assert said(lock, "80 01 00 33 B2") == ["80 01 FF FF FF 33 4D"]
    world.jam_door("lock", 1)
    assert said(lock, "8A 01 01 11 9B") == ["8A 01 01 11 9B"]


def test_a_door_moved_by_hand_is_told_by_the_board(world, lock):
    frames = []
    lock.pushes_to(lambda frame: frames.append(frame.hex(" ").upper()))
    world.force_door("lock", 1)
    world.close_door("lock", 1)
    said(lock, "8A 01 01 11 9B")
    assert frames == ["81 01 01 00 81", "81 01 01 11 90"]


@pytest.mark.parametrize(
    "hexes", ["80 02 01 33 B0", "8A 01 01 11 9C", "8A 01 19 11 83", "9D 01 01 33 AE", "00"]
)
def test_a_board_is_silent_to_what_is_not_for_it(lock, hexes):
    assert said(lock, hexes) == []


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("BB 00 03 00 01 00 04 7E", "BB 01 03 00 0B 00 4D 31 30 30 20 56 31 2E 30 30 22 7E"),
        ("BB 00 22 00 00 22 7E", "BB 01 FF 00 01 15 16 7E"),
        ("BB 00 28 00 00 28 7E", "BB 01 28 00 01 00 2A 7E"),
        ("BB 00 B6 00 02 07 D0 8F 7E", "BB 01 B6 00 01 00 B8 7E"),
        ("BB 00 B7 00 00 B7 7E", "BB 01 B7 00 02 07 D0 91 7E"),
        ("BB 00 07 00 01 01 09 7E", "BB 01 07 00 01 00 09 7E"),
        ("BB 00 08 00 00 08 7E", "BB 01 08 00 01 01 0B 7E"),
        ("BB 00 03 00 01 09 0D 7E", "BB 01 FF 00 01 0E 0F 7E"),
        ("BB 00 99 00 00 99 7E", "BB 01 FF 00 01 17 18 7E"),
    ],
)
def test_a_module_answers_as_printed(world, asked, answer):
    assert said(TagHead(world, "tag"), asked) == [answer]


def test_a_module_tells_each_tag_of_each_round(world):
    epc = "30751FEB705C5904E3D50D70"
    world.bags[epc] = SimBag(epc=epc, grams=1, place="desk", rssi=-55)
    head = TagHead(world, "tag")
    (one,) = said(head, "BB 00 22 00 00 22 7E")
    assert one.startswith("BB 02 22 00 11 C9 30 00 30 75 1F EB 70 5C 59 04 E3 D5 0D 70")
    assert said(head, "BB 00 27 00 03 22 00 03 4F 7E") == [one] * 3


def test_a_scale_speaks_its_lines(world):
    head = ScaleHead(world, "scale")
    clock = world.clock

    def line(text):
        return b"".join(head.feed(text.encode() + b"\r\n")).decode()

    assert line("S") == "S S      100.0 g\r\n"
    assert line("I4") == 'I4 A "99000001"\r\n'
    assert line("T") == "T S        100 g\r\n"
    assert line("SI") == "S S        0.0 g\r\n"
    assert line("@") == 'I4 A "99000001"\r\n'
    assert line("XY") == "ES\r\n"
    assert line("") == ""
    world.set_weight("scale", 300)
    assert line("SI") == "S D      300.0 g\r\n"
    assert line("Z") == "Z I\r\n"
    assert line("S") == ""
    assert head.pending() == []
    clock.advance(timedelta(seconds=1))
    assert head.pending() == [b"S S      300.0 g\r\n"]
    assert head.pending() == []
    assert line("Z") == "Z A\r\n"
    world.set_weight("scale", MAX_GRAMS + 1)
    assert line("SI") == "S +\r\n"
    world.set_weight("scale", -MAX_GRAMS)
    assert line("SI") == "S -\r\n"
    assert head.feed(b"S\n") == [b"ET\r\n"]


def test_a_reader_finds_a_card_once(world):
    head = CardHead(world, "card")
    find, select, read = (f"AA AA AA 96 69 00 03 {rest}" for rest in ("20 01 22", "20 02 21", "30 01 32"))
    nothing = ["AA AA AA 96 69 00 04 00 00 80 84"]
    assert said(head, find) == nothing
    assert said(head, select) == ["AA AA AA 96 69 00 04 00 00 81 85"]
    assert said(head, read) == ["AA AA AA 96 69 00 04 00 00 41 45"]
    world.present_card("card", "x", bytes(256), bytes(1024))
    assert said(head, find) == ["AA AA AA 96 69 00 08 00 00 9F 00 00 00 00 97"]
    assert said(head, select) == ["AA AA AA 96 69 00 0C 00 00 90 00 00 00 00 00 00 00 00 9C"]
    assert len(head.feed(bytes.fromhex(read))[0]) == 1295
    assert said(head, find) == nothing
    assert len(head.feed(bytes.fromhex(read))[0]) == 1295
    assert said(head, "AA AA AA 96 69 00 03 11 FF ED") == ["AA AA AA 96 69 00 04 00 00 90 94"]
    assert said(head, "AA AA AA 96 69 00 03 77 01 75") == ["AA AA AA 96 69 00 04 00 00 21 25"]
    assert len(said(head, "AA AA AA 96 69 00 03 12 FF EE")[0].split()) == 27


def test_the_world_refuses_what_cannot_be(world):
    world.bags["E1"] = SimBag(epc="E1", grams=50)
    for act in (
        lambda: world.put_bag("E1", "cell:lock:3"),
        lambda: world.put_bag("E1", "cell:lock:99"),
        lambda: world.put_bag("E1", "moon"),
        lambda: world.put_bag("E2", "desk"),
        lambda: world.close_door("lock", 99),
        lambda: world.tags("nobody"),
        lambda: world.pad("nobody"),
        lambda: world.weight("nobody"),
    ):
        with pytest.raises(WorldError):
            act()
    world.pulse("lock", 3)
    world.put_bag("E1", "cell:lock:3")
    world.close_door("lock", 3)
    with pytest.raises(WorldError):
        world.take_bag("E1")
