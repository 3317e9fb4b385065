"""What `verify_recording` finds: every byte that is not as it was written, named."""

import hashlib
import random
import shutil
from pathlib import Path

import pytest

from devices.cameras import journal
from devices.cameras.proof import RecordingFault, close_left, verify_recording
from devices.cameras.recorder import Pace
from devices.cameras.recordings import Recordings
from workstation.clock import BootClock
from workstation.errors import DeviceError

FILM = Path(__file__).parents[3] / "resources/media/cam2.mp4"


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A recording of two segments, its summary and its folder; only copies of it are altered."""
    import threading

    folder = tmp_path_factory.mktemp("kept")
    two = threading.Event()

    def look(state):
        if len(list(folder.glob("*/*.mkv"))) > 1 and state.running:
            two.set()

    recordings = Recordings(folder, BootClock(), look, pace=Pace(segment=0.9))
    recordings.start("room-1", "cam-2", str(FILM))
    for _ in range(1000):
        look(recordings.state("room-1"))
        if two.wait(0.01):
            break
    summary = recordings.stop("room-1")
    assert summary.segments == 2
    return summary, folder / summary.recording


@pytest.fixture
def copy(kept, tmp_path):
    return Path(shutil.copytree(kept[1], tmp_path / "copy"))


def flip(path, at):
    content = bytearray(path.read_bytes())
    content[at] ^= 1 << (at % 8)
    path.write_bytes(content)


def codes(faults):
    return [fault.code.removeprefix("recorder.fault.") for fault in faults]


def test_an_untouched_recording_has_no_fault(kept):
    summary, folder = kept
    assert verify_recording(folder) == []
    assert verify_recording(folder, summary.root) == []
    assert close_left(folder, lambda: 0) == summary


def test_a_flipped_byte_of_a_segment_is_named(kept, copy):
    story = journal.read(copy)
    for fragment in story.fragments:
        for at in (fragment.start, fragment.start + fragment.bytes - 1):
            flip(copy / fragment.file, at)
            assert verify_recording(copy) == [
                RecordingFault(
                    code="recorder.fault.altered",
                    file=fragment.file,
                    start=fragment.start,
                    end=fragment.start + fragment.bytes,
                )
            ]
            flip(copy / fragment.file, at)
    assert verify_recording(copy) == []


def test_a_flipped_byte_of_the_journal_is_named_by_its_line(copy):
    path = copy / journal.FILE
    content = path.read_bytes()
    source = random.Random(208)
    for at in source.sample(range(len(content)), 150):
        flip(path, at)
        line = content[:at].count(b"\n") + 1
        first = verify_recording(copy)[0]
        assert first.file == journal.FILE
        assert first.start in (line, line + 1) if content[at : at + 1] == b"\n" else first.start == line
        with pytest.raises(DeviceError):
            journal.read(copy).summary()
        path.write_bytes(content)


@pytest.mark.parametrize("number", [1, 2, -2])
def test_a_line_taken_out_or_put_in_is_found(copy, number):
    path = copy / journal.FILE
    lines = path.read_bytes().splitlines(keepends=True)
    without = lines.copy()
    del without[number]
    path.write_bytes(b"".join(without))
    assert "line" in codes(verify_recording(copy))
    path.write_bytes(b"".join([*lines[: number + 1], lines[number], *lines[number + 1 :]]))
    assert "line" in codes(verify_recording(copy))


def test_a_journal_cut_at_its_end_is_found(kept, copy):
    path = copy / journal.FILE
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-1]))
    assert codes(verify_recording(copy)) == ["unfinished"]
    assert codes(verify_recording(copy, kept[0].root)) == ["unfinished", "root"]
    path.write_bytes(b"".join(lines)[:-9])
    assert codes(verify_recording(copy)) == ["torn"]


def test_a_journal_written_anew_does_not_have_the_records_root(kept, copy):
    (copy / journal.FILE).unlink()
    anew = journal.Journal(copy, lambda: 1, lambda line: None)
    anew.write(journal.Started(recording="other", room="room-1", camera="cam-2"))
    anew.end("asked", 2)
    anew.close()
    for path in copy.glob("*.mkv"):
        path.unlink()
    assert verify_recording(copy) == []
    assert codes(verify_recording(copy, kept[0].root)) == ["root"]


def test_files_that_are_missing_longer_shorter_or_foreign_are_named(copy):
    segment = copy / "001.mkv"
    content = segment.read_bytes()
    segment.write_bytes(content + b"more")
    [fault] = verify_recording(copy)
    assert (fault.code, fault.start, fault.end) == ("recorder.fault.tail", len(content), len(content) + 4)
    segment.write_bytes(content[:-5])
    [fault] = verify_recording(copy)
    assert (fault.code, fault.start, fault.end) == ("recorder.fault.short", len(content) - 5, len(content))
    segment.rename(copy / "999.mkv")
    assert codes(verify_recording(copy)) == ["missing", "foreign"]


def test_a_folder_without_a_journal_is_one_fault(tmp_path):
    assert codes(verify_recording(tmp_path / "nothing")) == ["absent"]
    with pytest.raises(DeviceError, match="unreadable"):
        journal.read(tmp_path / "nothing")


def test_what_is_altered_is_not_written_to(copy):
    path = copy / journal.FILE
    flip(path, 200)
    before = path.read_bytes()
    with pytest.raises(DeviceError, match="altered"):
        close_left(copy, lambda: 0)
    assert path.read_bytes() == before


def test_a_segment_that_lost_its_end_stays_open(copy):
    path = copy / journal.FILE
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-2]))
    segment = copy / "002.mkv"
    segment.write_bytes(segment.read_bytes()[:-5])
    assert close_left(copy, lambda: 0).recovered
    assert codes(verify_recording(copy)) == ["short"]


@pytest.mark.parametrize(
    "said",
    [
        b"[]",
        b"\xff",
        b'{"kind":"dance","n":0}',
        b'{"kind":"segment","n":0,"file":"../../etc/passwd","streams":[]}',
        b'{"kind":"gap","n":0,"began":99999999999999999999,"reason":"lost"}',
        b'{"kind":"fragment","n":0,"file":"001.mkv","start":0,"bytes":-1,"sha256":""}',
    ],
)
def test_a_forged_line_with_a_right_hash_is_one_fault(copy, said):
    path = copy / journal.FILE
    digest = hashlib.sha256(said).hexdigest().encode()
    path.write_bytes(b'{"sha256":"' + digest + b'","line":' + said + b"}\n" + path.read_bytes())
    assert verify_recording(copy)[0].code == "recorder.fault.line"
    with pytest.raises(DeviceError, match="altered"):
        journal.read(copy)
