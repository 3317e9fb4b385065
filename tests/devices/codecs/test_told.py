"""Published frames explained, with their checksums."""

import pytest

from devices.codecs.told import Sum, Wiring, check, explain


def told(kind, way, shown, *, ok=True, text="", **wiring):
    return explain(kind, way, shown, text, ok=ok, wiring=Wiring(**wiring))


@pytest.mark.parametrize(
    ("kind", "way", "shown", "code", "values"),
    [
        ("lock-8a", "out", "80 02 00 33 B1", "read-board", {"board": 2}),
        ("lock-8a", "out", "8A 01 0C 11 96", "open-door", {"board": 1, "door": 12}),
        ("lock-8a", "in", "8A 01 0C 00 87", "opened.open", {"board": 1, "door": 12}),
        ("lock-8a", "in", "81 01 0C 11 9D", "changed.closed", {"board": 1, "door": 12}),
        ("lock-8a", "in", "80 01 FF FF EF 33 5D", "doors.some", {"count": 24, "open": "05"}),
        ("lock-8a", "in", "80 01 FF FF FF 33 4D", "doors.none", {"count": 24, "open": ""}),
        ("tag-bb7e", "out", "BB 00 22 00 00 22 7E", "ask.poll", {"dbm": "0.00"}),
        ("tag-bb7e", "in", "BB 01 FF 00 01 15 16 7E", "no-tag", {}),
        ("tag-bb7e", "in", "BB 01 B7 00 02 07 D0 91 7E", "power", {"dbm": "20.00"}),
        (
            "tag-bb7e",
            "in",
            "BB 02 22 00 11 C9 34 00 30 75 1F EB 70 5C 59 04 E3 D5 0D 70 3A 76 EF 7E",
            "tag",
            {"epc": "30751FEB705C5904E3D50D70", "end": "E3D50D70", "rssi": -55},
        ),
        ("scale-sics", "in", "53 20 53 20 20 20 20 20 31 30 30 2E 30 30 20 67 0D 0A", "weight.stable", None),
        ("scale-sics", "in", "53 20 2B 0D 0A", "scale.overload", {}),
        ("idcard-sam", "out", "AA AA AA 96 69 00 03 20 01 22", "ask.find", {}),
        ("idcard-sam", "in", "AA AA AA 96 69 … 00 00 80", "no-card", {}),
    ],
)
def test_a_frame_is_explained(kind, way, shown, code, values):
    one = told(kind, way, shown)
    assert one.code == code
    assert values is None or one.values == values
    assert one.sum is None or one.sum.right
    assert one.shown == tuple(shown.split())


def test_doors_are_numbered_and_read_as_they_are_wired():
    assert told("lock-8a", "in", "81 03 02 11 91", boards=(1, 3), per_board=12).values["door"] == 14
    assert told("lock-8a", "in", "81 01 02 11 93", short_when_open=True).code == "changed.open"
    wiring = Wiring.of({"boards": "2, 1", "doors_per_board": "8", "polarity": "short-when-open"})
    assert wiring == Wiring(boards=(2, 1), per_board=8, short_when_open=True)
    assert Wiring.of({}) == Wiring()


@pytest.mark.parametrize(
    ("kind", "data", "found"),
    [
        ("lock-8a", "80 02 64 3B DD 33 23", Sum(6, False, 0x33)),
        ("lock-8a", "80 02 00 33 B1", Sum(4, True, 0xB1)),
        ("lock-8a", "80 02 64 3B", None),
        ("lock-8a", "33 02 00 33 B1", None),
        ("tag-bb7e", "BB 01 FF 00 01 15 17 7E", Sum(6, False, 0x16)),
        ("tag-bb7e", "BB 01 FF 00 02 15 16 7E", None),
        ("idcard-sam", "AA AA AA 96 69 00 03 20 01 22", Sum(9, True, 0x22)),
        ("idcard-sam", "AA AA AA 96 69 00 04 20 01 22", None),
        ("scale-sics", "53 0D 0A", None),
        ("camera", "00", None),
    ],
)
def test_the_sum_is_found_and_judged(kind, data, found):
    assert check(kind, bytes.fromhex(data)) == found


def test_what_is_no_frame_says_so():
    assert told("lock-8a", "in", "80 02 64 3B DD 33 23", ok=False).code == "wrong-sum"
    assert told("lock-8a", "in", "02 64", ok=False).code == "junk"
    hidden = told("idcard-sam", "in", "(12)", ok=False)
    assert (hidden.code, hidden.hidden, hidden.shown) == ("hidden-junk", 12, ())
    masked = told("idcard-sam", "in", "AA AA AA 96 69 … 00 00 90 [1284 bytes masked]")
    assert (masked.code, masked.hidden, masked.shown[-1], masked.sum) == ("done", 1284, "90", None)
    cut = told("tag-bb7e", "in", "BB 02 22 … +30")
    assert (cut.hidden, cut.sum) == (30, None)


@pytest.mark.parametrize(
    ("text", "code", "values"),
    [
        ("no answer in 300 ms (1/3)", "silent", {"ms": 300, "number": 1, "tries": 3}),
        ("open door 12", "opens", {"door": 12}),
        ("no valid answer to the open command; the contact decides", "contact-decides", {}),
        ("something else", "note", {"text": "something else"}),
    ],
)
def test_a_note_is_explained(text, code, values):
    one = told("lock-8a", "note", "", text=text)
    assert (one.code, one.values, one.shown) == (code, values, ())
