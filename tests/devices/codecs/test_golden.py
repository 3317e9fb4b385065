"""Published frames, read and written byte for byte."""

import tomllib
from pathlib import Path

import pytest

from devices.codecs import bb7e, idcard, lock8a, sics
from devices.codecs.checksums import crc_gen2, id_check_digit
from devices.codecs.stream import Junk

GOLDEN = tomllib.loads((Path(__file__).parents[1] / "golden" / "frames.toml").read_text("utf-8"))


def rows(family, part):
    return [pytest.param(row, id=row["meaning"]) for row in GOLDEN[family][part]]


@pytest.mark.parametrize("row", rows("lock8a", "command"))
def test_lock_commands(row):
    raw = bytes.fromhex(row["hex"])
    written = {
        "open 1/1": lock8a.open_lock(1, 1),
        "read 1/1": lock8a.read_lock(1, 1),
        "read-all 1": lock8a.read_all(1),
    }[row["meaning"]]
    assert written == raw
    (frame,) = lock8a.CommandParser().feed(raw)
    assert frame.raw == raw


@pytest.mark.parametrize("row", rows("lock8a", "answer"))
def test_lock_answers(row):
    raw = bytes.fromhex(row["hex"])
    parser = lock8a.AnswerParser()
    parser.expect(row.get("groups", 0))
    (frame,) = parser.feed(raw)
    if isinstance(frame, lock8a.AllFrame):
        meaning = f"all {frame.board} {','.join(str(n) for n, bit in enumerate(frame.bits, 1) if bit)}"
    else:
        meaning = f"{frame.head:02X} {frame.board}/{frame.lock} {frame.state:02X}"
    assert meaning == row["meaning"]
    assert frame.raw == raw


@pytest.mark.parametrize("row", rows("bb7e", "frame"))
def test_uhf_frames(row):
    raw = bytes.fromhex(row["hex"])
    (frame,) = bb7e.Parser().feed(raw)
    assert f"{frame.type} {frame.cmd:02X} {frame.params.hex().upper()}" == row["meaning"]
    assert frame.raw == raw


def test_a_published_misprint_is_junk():
    for row in GOLDEN["bb7e"]["wrong"]:
        parser = bb7e.Parser()
        found = parser.feed(bytes.fromhex(row["hex"])) + parser.flush()
        assert all(isinstance(item, Junk) for item in found)


def test_a_tag_notification_gives_signal_and_epc():
    raw = bytes.fromhex("BB 02 22 00 11 C9 34 00 30 75 1F EB 70 5C 59 04 E3 D5 0D 70 3A 76 EF 7E")
    (frame,) = bb7e.Parser().feed(raw)
    tag = bb7e.tag_of(frame)
    assert tag is not None
    assert (tag.rssi, tag.epc.hex(), tag.crc_ok) == (-55, "30751feb705c5904e3d50d70", True)
    assert bb7e.tag_notice(tag.epc, tag.rssi, tag.pc) == raw
    assert crc_gen2(bytes.fromhex("340030751FEB705C5904E3D50D70")) == 0x3A76


@pytest.mark.parametrize("row", rows("idcard", "command"))
def test_card_commands(row):
    raw = bytes.fromhex(row["hex"])
    (frame,) = idcard.CommandParser().feed(raw)
    assert f"{frame.cmd:02X} {frame.para:02X}" == row["meaning"]
    assert idcard.command((frame.cmd, frame.para)) == raw


@pytest.mark.parametrize("row", rows("idcard", "answer"))
def test_card_answers(row):
    raw = bytes.fromhex(row["hex"])
    (frame,) = idcard.AnswerParser().feed(raw)
    assert f"{frame.status:02X} {frame.data.hex().upper()}" == row["meaning"]
    assert idcard.answer(frame.status, frame.data) == raw


@pytest.mark.parametrize("row", rows("sics", "answer"))
def test_scale_answers(row):
    raw = bytes.fromhex(row["hex"]) if "hex" in row else row["text"].encode() + b"\r\n"
    (frame,) = sics.AnswerParser().feed(raw)
    match frame:
        case sics.Mass():
            state = "stable" if frame.stable else "moving"
            meaning = f"{state} {frame.value} {frame.unit} = {frame.grams}"
        case sics.Refusal():
            meaning = f"refused {frame.trouble.value}"
        case sics.Text():
            meaning = f"text {frame.id} {frame.text}"
        case sics.Done():
            meaning = f"done {frame.id}"
    assert meaning == row["meaning"]


def test_a_full_read_is_as_long_as_published():
    answer = idcard.read_answer(bytes(256), bytes(1024))
    assert len(answer) == 1295
    assert answer[5:7] == bytes.fromhex("0508")


def test_identity_check_digits():
    assert id_check_digit("99000019900101001") == "7"
    with pytest.raises(ValueError, match="17 digits"):
        id_check_digit("9900001990010100")
