"""Lines of a barcode scanner: however they are split, glued or damaged, a code is whole or it is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.codecs.scanline import CALM_S, IDLE_S, MOST, Broken, Code, Ends, LineParser, Trouble, line

TEXTS = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=1, max_size=40).filter(
    lambda text: text.strip() and not text.startswith("]")
)
SYMBOLOGIES = st.sampled_from(["", "]C1", "]d2", "]Q3", "]E0"])
ENDS = st.sampled_from(list(Ends))
LF_BEHIND = "ABC-1\r\nABC-2\r\n"


def fed(data: bytes, ends: Ends = Ends.CR) -> list[Code | Broken]:
    """What a line of bytes gives, with the silence after it."""
    parser = LineParser(ends)
    return [*parser.feed(data, 0.0), *parser.idle(IDLE_S)]


@pytest.mark.parametrize(
    ("data", "symbology", "parts"),
    [
        (b"STAFF-1001\r", "", ("STAFF-1001",)),
        (b"]C10109506000134352\r", "]C1", ("0109506000134352",)),
        (b"]d2\x1d01095060001343521712\x1d10ABC\x1d\r", "]d2", ("01095060001343521712", "10ABC")),
        (b"]Q3HELLO\r", "]Q3", ("HELLO",)),
        (b"10A\x1d\x1d21B\r", "", ("10A", "", "21B")),
        (b"]1A\r", "", ("]1A",)),
        (b"]\r", "", ("]",)),
        (b" A B \r", "", (" A B ",)),
    ],
)
def test_symbology_and_group_separators_are_kept_apart(data, symbology, parts):
    assert fed(data) == [Code(symbology, parts)]
    assert fed(data[:-1] + b"\r\n", Ends.CRLF) == [Code(symbology, parts)]
    assert fed(data)[0].text == "".join(parts)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"AB\xffC\r", Trouble.BYTES),
        (b"AB\x00C\r", Trouble.BYTES),
        ("测试\r".encode(), Trouble.BYTES),
        (b"A\nB\r", Trouble.BYTES),
        (b"\r", Trouble.EMPTY),
        (b"   \r", Trouble.EMPTY),
        (b"]C1\r", Trouble.EMPTY),
        (b"]d2\x1d\x1d\r", Trouble.EMPTY),
        (b"ABC", Trouble.CUT),
        (b"AB\xffC", Trouble.BYTES),
        (b"A" * (MOST + 1) + b"\r", Trouble.LONG),
    ],
)
def test_what_is_no_code_says_why_and_how_much_it_was(data, why):
    assert fed(data) == [Broken(why, len(data))]


def test_the_longest_code_is_one():
    assert fed(b"A" * MOST + b"\r") == [Code("", ("A" * MOST,))]


def test_both_ends_are_wanted_where_both_are_set():
    assert fed(b"ABC\rDEF\r\n", Ends.CRLF) == [Broken(Trouble.ENDING, 9)]
    assert fed(b"ABC\r\r\n", Ends.CRLF) == [Broken(Trouble.ENDING, 6)]
    assert fed(b"ABC\r", Ends.CRLF) == [Broken(Trouble.CUT, 4)]
    assert fed(LF_BEHIND.encode()) == [Code("", ("ABC-1",)), Code("", ("ABC-2",))]


class TestSilence:
    def test_a_gap_that_only_the_reader_had_cuts_nothing(self):
        parser = LineParser()
        assert parser.feed(b"STAFF-", 0.0) == []
        assert parser.feed(b"1001\r", 3.0) == [Code("", ("STAFF-1001",))]

    def test_the_tail_of_a_line_that_stopped_is_no_code(self):
        parser = LineParser()
        parser.feed(b"STAFF-10", 0.0)
        assert parser.idle(IDLE_S - 0.001) == []
        assert parser.idle(IDLE_S) == [Broken(Trouble.CUT, 8)]
        assert parser.feed(b"01\r", 0.2) == [Broken(Trouble.CUT, 3)]
        assert parser.feed(b"STAFF-1001\r", 0.3) == [Code("", ("STAFF-1001",))]

    @pytest.mark.parametrize("ends", list(Ends))
    def test_after_a_calm_the_next_line_is_a_line_again(self, ends):
        parser = LineParser(ends)
        parser.feed(b"STAFF-10\r" if ends is Ends.CRLF else b"STAFF-10", 0.0)
        assert len(parser.idle(IDLE_S)) == 1
        assert parser.idle(CALM_S) == []
        assert parser.left(CALM_S) is None
        assert parser.feed(line("STAFF-1002", ends), 1.0) == [Code("", ("STAFF-1002",))]

    def test_a_tail_that_stops_as_well_is_told_and_ends_with_the_calm(self):
        parser = LineParser()
        parser.feed(b"AB", 0.0)
        parser.idle(IDLE_S)
        parser.feed(b"CD", 0.2)
        assert parser.idle(0.2 + IDLE_S) == [Broken(Trouble.CUT, 2)]
        assert parser.idle(0.2 + CALM_S) == []
        assert parser.feed(b"EF\r", 1.0) == [Code("", ("EF",))]

    def test_it_says_how_long_silence_matters(self):
        parser = LineParser()
        assert parser.left(5.0) is None
        parser.feed(b"A", 5.0)
        assert parser.left(5.02) == pytest.approx(IDLE_S - 0.02)
        assert parser.left(6.0) == 0.0
        parser.idle(6.0)
        assert parser.left(6.0) is None
        parser.feed(b"B", 6.0)
        parser.idle(6.0 + IDLE_S)
        assert parser.left(6.1) == pytest.approx(CALM_S - 0.1)

    def test_a_line_that_was_closed_leaves_nothing_behind(self):
        parser = LineParser()
        parser.feed(b"STAFF-10", 0.0)
        parser.forget()
        assert parser.feed(b"CELL-B07\r", 0.01) == [Code("", ("CELL-B07",))]


class TestAnyBytes:
    @given(st.lists(st.tuples(SYMBOLOGIES, TEXTS), max_size=6), ENDS, st.data())
    def test_glued_and_split_anywhere_every_code_comes_as_it_was(self, codes, ends, data):
        raw = b"".join(line(text, ends, symbology) for symbology, text in codes)
        parser, out, at = LineParser(ends), [], 0
        while at < len(raw):
            size = data.draw(st.integers(1, 7))
            out += parser.feed(raw[at : at + size], float(at))
            at += size
        assert out == [Code(symbology, (text,)) for symbology, text in codes]

    @given(st.binary(max_size=1500), ENDS, st.data())
    def test_junk_is_never_an_error_and_every_code_is_made_of_whole_characters(self, junk, ends, data):
        parser, out, at, now = LineParser(ends), [], 0, 0.0
        while at < len(junk):
            size = data.draw(st.integers(1, 400))
            out += parser.feed(junk[at : at + size], now)
            if data.draw(st.booleans()):
                now += data.draw(st.sampled_from([0.01, IDLE_S, CALM_S]))
                out += parser.idle(now)
            at += size
        for one in out:
            if isinstance(one, Code):
                assert one.text.isascii()
                assert one.text.isprintable()
                assert 0 < len(one.text) <= MOST
            else:
                assert one.count > 0

    @given(st.binary(max_size=300), TEXTS, ENDS)
    def test_after_junk_and_a_calm_a_code_is_read(self, junk, text, ends):
        parser = LineParser(ends)
        parser.feed(junk, 0.0)
        parser.idle(IDLE_S)
        parser.idle(CALM_S)
        assert parser.feed(line(text, ends), 1.0) == [Code("", (text,))]

    @given(SYMBOLOGIES, TEXTS, ENDS)
    def test_with_any_byte_flipped_it_is_not_read_as_it_was(self, symbology, text, ends):
        raw = line(text, ends, symbology)
        inside = len(symbology + text)
        for at in range(len(raw)):
            for bit in range(8):
                damaged = bytearray(raw)
                damaged[at] ^= 1 << bit
                out = fed(bytes(damaged), ends)
                codes = [one for one in out if isinstance(one, Code)]
                assert Code(symbology, (text,)) not in codes
                assert all(one.text.isascii() and one.text.isprintable() for one in codes)
                if at >= inside or bit == 7:
                    assert codes == []
                if ends is Ends.CRLF:
                    assert len(codes) <= 1


def test_what_was_scanned_is_not_shown():
    assert "STAFF" not in repr(Code("", ("STAFF-1001",)))
