"""Whatever is done to the bytes, a frame is found whole or not at all."""

import random
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.codecs import bb7e, idcard, lock8a, sics
from devices.codecs.stream import Junk


def lock_frames(draw):
    states = st.sampled_from(lock8a.STATES)
    return [
        lock8a.encode(
            draw(st.sampled_from((lock8a.OPEN, lock8a.READ, lock8a.CHANGED))),
            draw(st.integers(1, 32)),
            draw(st.integers(0, 48)),
            draw(states),
        )
        for _ in range(draw(st.integers(1, 4)))
    ]


def tag_frames(draw):
    return [
        bb7e.tag_notice(draw(st.binary(min_size=12, max_size=12)), draw(st.integers(-90, -20)))
        for _ in range(draw(st.integers(1, 4)))
    ]


def card_frames(draw):
    return [
        idcard.answer(draw(st.integers(0, 255)), draw(st.binary(max_size=40)))
        for _ in range(draw(st.integers(1, 3)))
    ]


def scale_frames(draw):
    return [
        sics.mass_line(Decimal(draw(st.integers(-99999, 99999))) / 10, "g", stable=draw(st.booleans()))
        for _ in range(draw(st.integers(1, 4)))
    ]


FAMILIES = [
    pytest.param(lock_frames, lock8a.AnswerParser, id="lock8a"),
    pytest.param(tag_frames, bb7e.Parser, id="bb7e"),
    pytest.param(card_frames, idcard.AnswerParser, id="idcard"),
    pytest.param(scale_frames, sics.AnswerParser, id="sics"),
]


def whole(parser, raw):
    """Frames of `raw` fed at once, each with its bytes."""
    return [item for item in parser.feed(raw) + parser.flush() if not isinstance(item, Junk)]


@pytest.mark.parametrize(("frames", "make"), FAMILIES)
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_split_anywhere_and_glued_the_frames_are_the_same(frames, make, data):
    raw = b"".join(frames(data.draw))
    expected = make().feed(raw)
    assert not any(isinstance(item, Junk) for item in expected)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(raw)), max_size=6)))
    parser, found = make(), []
    for start, end in zip([0, *cuts], [*cuts, len(raw)], strict=True):
        found += parser.feed(raw[start:end])
    assert found == expected


@pytest.mark.parametrize(("frames", "make"), FAMILIES)
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_no_byte_is_lost_or_told_twice(frames, make, data):
    noise = data.draw(st.binary(max_size=30))
    raw = noise + b"".join(frames(data.draw)) + data.draw(st.binary(max_size=30))
    parser = make()
    found = parser.feed(raw) + parser.flush()
    junk = sum(len(item.data) for item in found if isinstance(item, Junk))
    framed = sum(len(raw_of(item)) for item in found if not isinstance(item, Junk))
    assert junk + framed == len(raw)


def raw_of(frame):
    if isinstance(frame, idcard.Answer):
        return idcard.answer(frame.status, frame.data, frame.sw[:2])
    if hasattr(frame, "line"):
        return frame.line.encode() + b"\r\n"
    return frame.raw


@pytest.mark.parametrize(("frames", "make"), [*FAMILIES[1:3], FAMILIES[0]])
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_flipped_bit_never_gives_a_frame_that_was_not_sent(frames, make, data):
    sent = frames(data.draw)
    raw = bytearray(b"".join(sent))
    at = data.draw(st.integers(0, len(raw) * 8 - 1))
    raw[at // 8] ^= 1 << at % 8
    good = [frame for one in sent for frame in make().feed(one)]
    for frame in whole(make(), bytes(raw)):
        # A damaged frame may by chance hold a shorter one that is right in itself.
        assert frame in good or len(raw_of(frame)) < max(len(one) for one in sent)


@pytest.mark.parametrize(("frames", "make"), FAMILIES[1:3])
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_frames_behind_junk_are_found(frames, make, data):
    sent = frames(data.draw)
    junk = bytes(byte for byte in data.draw(st.binary(max_size=40)) if byte not in (0xBB, 0xAA))
    good = [frame for one in sent for frame in make().feed(one)]
    assert whole(make(), junk + b"".join(sent)) == good


def test_a_damaged_scale_line_never_becomes_a_smaller_weight():
    parser = sics.AnswerParser()
    found = parser.feed(b"S S   \x0012100.00 g\r\nS S      50.0 g\r\n")
    assert [isinstance(item, Junk) for item in found] == [True, False]
    parser.feed(b"S S     12")
    assert isinstance(parser.flush()[0], Junk)
    assert isinstance(parser.feed(b"100.00 g\r\n")[0], Junk)


def test_a_read_all_answer_of_three_groups_is_not_cut_as_five_bytes():
    parser = lock8a.AnswerParser()
    parser.expect(3)
    raw = lock8a.encode_all(1, (True, False) * 12)
    assert parser.feed(raw[:5]) == []
    (frame,) = parser.feed(raw[5:])
    assert isinstance(frame, lock8a.AllFrame)


def test_an_echoed_read_all_command_is_told_apart_from_the_answer():
    parser = lock8a.AnswerParser()
    parser.expect(3)
    echo, answer = parser.feed(lock8a.read_all(1) + lock8a.encode_all(1, (True,) * 24))
    assert isinstance(echo, lock8a.LockFrame)
    assert echo.state == lock8a.FUNC_READ
    assert isinstance(answer, lock8a.AllFrame)


@pytest.mark.parametrize(
    ("make", "sample"),
    [
        pytest.param(lock8a.AnswerParser, lock8a.encode(lock8a.READ, 1, 7, 0x11), id="lock8a"),
        pytest.param(bb7e.Parser, bb7e.tag_notice(bytes(12), -50), id="bb7e"),
        pytest.param(idcard.AnswerParser, idcard.answer(0x9F, bytes(4)), id="idcard"),
        pytest.param(sics.AnswerParser, sics.mass_line(Decimal("12.5"), "g", stable=True), id="sics"),
    ],
)
def test_a_hundred_thousand_spoilt_frames(make, sample):
    """Seeded: every frame that comes out of damaged bytes re-encodes to bytes that were on the line."""
    rng = random.Random(20260101)
    parser, frames = make(), 0
    for _ in range(1000):
        raw = bytearray(sample * 100)
        for _ in range(20):
            raw[rng.randrange(len(raw))] = rng.randrange(256)
        before = bytes(raw)
        for item in parser.feed(before) + parser.flush():
            if not isinstance(item, Junk):
                frames += 1
                assert raw_of(item) in before
    assert frames > 50_000
