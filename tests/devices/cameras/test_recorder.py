"""Recording, proved with the shipped films, recorder processes and files on the disk."""

import json
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import av
import msgspec
import numpy as np
import pytest

from devices.cameras import journal
from devices.cameras.proof import close_left, verify_recording
from devices.cameras.recorder import Pace
from devices.cameras.recordings import Recordings
from devices.rack import LIVE, admit_for
from workstation.clock import BootClock, SteppedClock, to_ms
from workstation.errors import DeviceError
from workstation.readings import Verified

ROOT = Path(__file__).parents[3]
FILM = ROOT / "resources/media/cam1.mp4"
ROOM = "room-1"
QUICK = Pace(segment=0.9, fragment=0.1, cluster=0.1, gap=0.8, fresh=1.0)
PARENT = """
import sys, threading
from pathlib import Path
from devices.cameras.recorder import Pace
from devices.cameras.recordings import Recordings
from workstation.clock import BootClock
recordings = Recordings(Path(sys.argv[1]), BootClock(), lambda state: None, pace=Pace(
    fragment=0.1, cluster=0.1, orphan=float(sys.argv[3])))
recordings.start("room-1", "cam-1", sys.argv[2])
while not recordings.state("room-1").bytes:
    threading.Event().wait(0.01)
print(recordings.pid("room-1"), flush=True)
threading.Event().wait()
"""


class Bench:
    """Recordings in a folder of their own, and every state that was told."""

    def __init__(self, folder, clock=None, pace=QUICK, **options):
        self.folder = folder / "recordings"
        self.told = []
        self.recordings = Recordings(
            self.folder, clock or BootClock(), self.told.append, pace=pace, **options
        )

    def state(self):
        return self.recordings.state(ROOM)

    def verified(self, wanted):
        return lambda: self.state().verified is wanted

    def stop(self):
        """The summary of the room's recording, and where it lies."""
        summary = self.recordings.stop(ROOM)
        return summary, self.folder / summary.recording


@pytest.fixture
def bench(tmp_path):
    benches = []

    def make(**options):
        benches.append(Bench(tmp_path, **options))
        return benches[-1]

    yield make
    for one in benches:
        one.recordings.close()


@pytest.fixture
def silent():
    """The address of a camera that takes the connection and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"rtsp://user:Geheim-1@127.0.0.1:{server.getsockname()[1]}/cam"


def packets(path, kind="video"):
    with av.open(str(path)) as container:
        stream = container.streams.get(**{kind: 0})[0]
        return [bytes(packet) for packet in container.demux(stream) if packet.dts is not None]


def frames(folder):
    """How many pictures each segment gives."""
    found = []
    for path in sorted(folder.glob("*.mkv")):
        with av.open(str(path)) as container:
            found.append(sum(1 for _ in container.decode(video=0)))
    return found


def test_a_camera_is_recorded_in_segments_packet_by_packet(bench, until):
    one = bench()
    one.recordings.start(ROOM, "cam-1", str(FILM))
    first = one.state()
    assert (first.room, first.camera, first.verified, first.last_packet_at) == (
        ROOM,
        "cam-1",
        Verified.UNKNOWN,
        None,
    )
    until(one.verified(Verified.YES))
    with pytest.raises(DeviceError, match="already"):
        one.recordings.start(ROOM, "cam-2", str(FILM))
    until(lambda: len(list(one.folder.glob("*/*.mkv"))) == 2)
    assert one.state().running
    assert one.state().last_packet_at is not None
    summary, folder = one.stop()
    assert (summary.segments, summary.gaps, summary.recovered) == (2, (), False)
    assert verify_recording(folder, summary.root) == []
    written = [packet for path in sorted(folder.glob("*.mkv")) for packet in packets(path)]
    assert written == packets(FILM)[: len(written)]
    assert sum(frames(folder)) == len(written)
    assert summary.bytes == sum(path.stat().st_size for path in folder.glob("*.mkv"))
    state = one.state()
    assert (state.running, state.verified, state.bytes) == (False, Verified.NO, summary.bytes)
    assert one.recordings.stop(ROOM) == summary
    assert [told.verified for told in one.told] == [Verified.UNKNOWN, Verified.YES, Verified.NO]


def test_a_room_is_recorded_again_under_another_name(bench, until):
    one = bench()
    one.recordings.start(ROOM, "cam-1", str(FILM))
    first, _ = one.stop()
    one.recordings.start(ROOM, "cam-1", f"file://{FILM}")
    until(one.verified(Verified.YES))
    second, folder = one.stop()
    assert second.recording != first.recording
    assert verify_recording(folder, second.root) == []


def test_a_film_is_played_over_with_its_sound(bench, until, tmp_path):
    film = tmp_path / "short.mkv"
    with av.open(str(film), "w") as out:
        picture, sound = out.add_stream("mpeg4", rate=10), out.add_stream("aac", rate=8000, layout="mono")
        picture.width, picture.height, picture.pix_fmt = 64, 64, "yuv420p"
        for index in range(3):
            pixels = np.full((64, 64, 3), 40 * index, np.uint8)
            out.mux(picture.encode(av.VideoFrame.from_ndarray(pixels, format="bgr24")))
            samples = av.AudioFrame.from_ndarray(np.zeros((1, 800), np.float32), "fltp", "mono")
            samples.rate, samples.pts = 8000, 800 * index
            out.mux(sound.encode(samples))
        out.mux(picture.encode())
        out.mux(sound.encode())
    one = bench()
    one.recordings.start(ROOM, "cam-1", str(film))
    until(lambda: one.state().bytes > 1.5 * film.stat().st_size)
    summary, folder = one.stop()
    assert summary.gaps == ()
    assert len(packets(folder / "001.mkv")) > 3
    assert len(packets(folder / "001.mkv", "audio")) > 3
    assert verify_recording(folder, summary.root) == []


def test_the_journal_is_dated_by_the_station_and_chained(bench, until):
    begin = datetime(2031, 5, 6, 7, 8, 9, tzinfo=UTC)
    one = bench(clock=SteppedClock(begin))
    one.recordings.start(ROOM, "cam-1", str(FILM))
    until(one.verified(Verified.YES))
    assert begin <= one.state().last_packet_at < begin + timedelta(minutes=2)
    summary, folder = one.stop()
    assert summary.recording.startswith("20310506T070809-")
    assert begin <= summary.started <= summary.ended < begin + timedelta(minutes=2)
    lines = [json.loads(line)["line"] for line in (folder / journal.FILE).read_text("utf-8").splitlines()]
    assert [line["kind"] for line in lines][:3] == ["started", "segment", "fragment"]
    assert [line["kind"] for line in lines][-2:] == ["closed", "stopped"]
    assert [line["n"] for line in lines] == list(range(summary.lines))
    times = [line["t"] for line in lines]
    assert times == sorted(times)
    assert times[0] == to_ms(begin)


@pytest.mark.faults
def test_a_camera_that_says_nothing_is_a_gap_and_keeps_nobody_waiting(bench, until, silent, capfd):
    one = bench()
    one.recordings.start(ROOM, "cam-1", silent)
    until(lambda: one.state().running)
    assert b"Geheim" not in Path(f"/proc/{one.recordings.pid(ROOM)}/cmdline").read_bytes()
    until(one.verified(Verified.NO))
    state = one.state()
    assert (state.running, state.gaps, state.reason) == (True, 1, "recorder.gap.stalled")
    summary, folder = one.stop()
    assert not summary.recovered
    assert [(gap.began, gap.ended) for gap in summary.gaps] == [(summary.gaps[0].began, summary.ended)]
    assert verify_recording(folder, summary.root) == []
    assert b"Geheim" not in (folder / journal.FILE).read_bytes()
    assert "Geheim" not in str(capfd.readouterr())


@pytest.mark.faults
def test_a_recorder_that_is_killed_is_started_again_with_a_gap(bench, until):
    one = bench()
    one.recordings.start(ROOM, "cam-1", str(FILM))
    until(one.verified(Verified.YES))
    victim = one.recordings.pid(ROOM)
    os.kill(victim, signal.SIGKILL)
    until(lambda: any(told.verified is Verified.NO for told in one.told))
    until(one.verified(Verified.YES))
    assert one.recordings.pid(ROOM) != victim
    assert (one.state().gaps, one.state().reason) == (1, "")
    summary, folder = one.stop()
    assert [gap.reason for gap in summary.gaps] == ["recorder.gap.killed"]
    assert summary.gaps[0].began < summary.gaps[0].ended
    assert all(frames(folder))
    assert len(frames(folder)) == summary.segments >= 2
    assert verify_recording(folder, summary.root) == []
    assert {"recorder.ended", "recorder.gap.killed"} & {told.reason for told in one.told}


@pytest.mark.faults
def test_a_recorder_that_hangs_is_ended_and_its_files_closed(bench, until):
    one = bench(pace=msgspec.structs.replace(QUICK, end=0.2))
    one.recordings.start(ROOM, "cam-1", str(FILM))
    until(one.verified(Verified.YES))
    os.kill(one.recordings.pid(ROOM), signal.SIGSTOP)
    until(one.verified(Verified.NO))
    assert one.state().running
    summary, folder = one.stop()
    assert summary.recovered
    assert all(frames(folder))
    assert verify_recording(folder, summary.root) == []


@pytest.mark.faults
def test_a_disk_that_refuses_is_told_and_loses_nothing(bench, until):
    one = bench(pace=msgspec.structs.replace(QUICK, segment=60.0))
    one.recordings.start(ROOM, "cam-1", str(FILM))
    until(one.verified(Verified.YES))
    [segment] = one.folder.glob("*/*.mkv")
    size = segment.stat().st_size + 1000
    resource.prlimit(one.recordings.pid(ROOM), resource.RLIMIT_FSIZE, (size, size))
    until(lambda: any(told.reason == "recorder.disk" for told in one.told))
    until(one.verified(Verified.YES))
    summary, folder = one.stop()
    assert len(summary.gaps) == 1
    assert all(frames(folder))
    assert verify_recording(folder, summary.root) == []


@pytest.fixture
def station(tmp_path):
    """Start a station in a process of its own; it, its recorder's number and the recording's folder."""
    started = []

    def start(orphan_s):
        process = subprocess.Popen(
            [sys.executable, "-c", PARENT, str(tmp_path), str(FILM), str(orphan_s)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        started.append(process)
        recorder = int(process.stdout.readline())
        return process, recorder, next(tmp_path.glob(f"*/{journal.FILE}")).parent

    yield start
    for process in started:
        process.kill()
        process.wait(10)
        process.stdout.close()


@pytest.mark.faults
def test_a_recorder_goes_on_a_little_without_its_station_then_closes(station, until, tmp_path):
    process, _, folder = station(0.6)
    process.kill()
    process.wait(10)
    alone = journal.read(folder).lines
    with pytest.raises(DeviceError, match="busy"):
        close_left(folder, lambda: 0)
    assert Recordings(tmp_path, BootClock(), print).recover() == []
    until(lambda: journal.read(folder).stopped)
    story = journal.read(folder)
    assert (story.stopped.reason, story.gaps) == ("orphaned", [])
    assert sum(isinstance(one, journal.Fragment) for one in entries(folder)[alone:]) > 0
    assert all(frames(folder))
    assert verify_recording(folder) == []


@pytest.mark.faults
def test_what_both_left_is_closed_at_the_next_start(station, until, tmp_path):
    process, recorder, folder = station(60)
    process.kill()
    os.kill(recorder, signal.SIGKILL)
    process.wait(10)
    with (folder / journal.FILE).open("ab") as file:
        file.write(b'{"sha256":"cut in the mid')
    [fault] = [one for one in verify_recording(folder) if one.code == "recorder.fault.torn"]
    assert fault.file == journal.FILE
    fresh = Recordings(tmp_path, BootClock(), print)
    found = []
    until(lambda: found.extend(fresh.recover()) or found)
    assert [(one.recovered, one.bytes > 0) for one in found] == [(True, True)]
    assert fresh.recover() == []
    assert verify_recording(folder, found[0].root) == []
    assert all(frames(folder))


def entries(folder):
    return [journal.decode(line) for line in (folder / journal.FILE).read_bytes().splitlines()]


def test_lines_that_were_missed_are_read_from_the_file(bench, until):
    one = bench()
    one.recordings.start(ROOM, "cam-1", str(FILM))
    until(one.verified(Verified.YES))
    # As if the pipe had been full: what was heard so far is forgotten.
    one.recordings._of(ROOM)._story = journal.Story()
    until(one.verified(Verified.YES))
    summary, _ = one.stop()
    assert one.state().bytes == summary.bytes


def test_what_cannot_be_recorded_is_refused(bench, tmp_path, until):
    one = bench(admit=admit_for(LIVE))
    with pytest.raises(DeviceError, match="simulated"):
        one.recordings.start(ROOM, "cam-1", str(FILM))
    for ask in (one.recordings.stop, one.recordings.pid):
        with pytest.raises(DeviceError, match="none"):
            ask(ROOM)
    assert one.state() is None
    assert one.recordings.states() == {}
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(DeviceError, match="disk"):
        Recordings(tmp_path / "file", BootClock(), print).start(ROOM, "cam-1", str(FILM))


@pytest.mark.faults
def test_a_journal_that_was_altered_is_refused_and_the_room_is_free_again(bench, until):
    one = bench()
    one.recordings.start(ROOM, "cam-1", str(FILM))
    until(one.verified(Verified.YES))
    [path] = one.folder.glob(f"*/{journal.FILE}")
    with path.open("r+b") as file:
        file.seek(100)
        file.write(b"#")
    os.kill(one.recordings.pid(ROOM), signal.SIGKILL)
    until(lambda: one.state().reason == "recorder.journal.altered")
    assert one.state().verified is Verified.NO
    with pytest.raises(DeviceError, match="altered"):
        one.recordings.stop(ROOM)
    assert not one.state().running
    one.recordings.start(ROOM, "cam-1", str(FILM))
    until(one.verified(Verified.YES))


def test_a_film_that_comes_later_is_waited_for(bench, until, tmp_path):
    later = tmp_path / "later.mp4"
    one = bench()
    one.recordings.start(ROOM, "cam-1", str(later))
    until(lambda: one.state().running)
    assert one.state().verified is Verified.UNKNOWN
    os.symlink(FILM, later)
    until(one.verified(Verified.YES))


def test_two_rooms_end_together(bench, until):
    one = bench()
    for room in ("room-1", "room-2"):
        one.recordings.start(room, f"cam-{room}", str(FILM))
    until(lambda: all(state.verified is Verified.YES for state in one.recordings.states().values()))
    one.recordings.close()
    assert [state.running for state in one.recordings.states().values()] == [False, False]
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("recording-")]
