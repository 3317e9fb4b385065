"""Pictures and clips of real recordings: written by recorder processes, read while they are written and afterwards."""

import hashlib
import json
import signal
from datetime import timedelta
from itertools import pairwise
from os import kill
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from devices.cameras.recorder import Pace
from devices.cameras.recordings import Recordings
from tests.station_kit import until
from workstation.clock import BootClock
from workstation.errors import DeviceError
from workstation.readings import Verified

FILM = Path(__file__).parents[3] / "resources/media/cam1.mp4"
ROOM = "room-1"
PACE = Pace(segment=1.2, fragment=0.1, cluster=0.1, gap=0.8, fresh=1.0)


@pytest.fixture
def recordings(tmp_path):
    made = Recordings(tmp_path / "recordings", BootClock(), lambda state: None, pace=PACE)
    yield made
    made.close()


def recorded(recordings, seconds=2.8):
    """A finished recording of some seconds, in several parts."""
    recordings.start(ROOM, "cam-1", str(FILM))
    until(lambda: recordings.state(ROOM).verified is Verified.YES, "the recording")
    began = recordings.state(ROOM).last_packet_at
    until(
        lambda: recordings.state(ROOM).last_packet_at >= began + timedelta(seconds=seconds),
        "some seconds of recording",
    )
    return recordings.stop(ROOM)


def pixels(still):
    return cv2.imdecode(np.frombuffer(still.jpeg, np.uint8), cv2.IMREAD_COLOR)


def test_pictures_one_by_one_forwards_and_back_over_the_parts(recordings):
    summary = recorded(recordings)
    library = recordings.library
    (held,) = library.held()
    assert (held.recording, held.room, held.camera) == (summary.recording, ROOM, "cam-1")
    assert held.ended == summary.ended
    assert summary.segments >= 2
    first = library.picture(summary.recording, held.began, step=1)
    times = [first.at]
    while (following := after(library, summary.recording, times[-1])) is not None:
        assert following > times[-1]
        times.append(following)
    assert len(times) > 25
    steps = [(later - former) / timedelta(milliseconds=1) for former, later in pairwise(times)]
    assert max(steps) < 400
    back = [library.picture(summary.recording, at, step=-1).at for at in times[1:]]
    assert back == times[:-1]
    assert library.picture(summary.recording, times[9] + timedelta(milliseconds=1)).at == times[9]
    with pytest.raises(DeviceError):
        library.picture(summary.recording, held.began - timedelta(seconds=5))


def test_a_recording_is_read_while_it_is_written(recordings):
    recordings.start(ROOM, "cam-1", str(FILM))
    until(lambda: recordings.state(ROOM).verified is Verified.YES, "the recording")
    (held,) = recordings.library.held()
    assert held.ended is None
    still = until(lambda: shown(recordings, held), "a picture of what is being written")
    assert still.width == 640


def after(library, recording, at):
    """The moment of the next picture, or None at the end."""
    try:
        return library.picture(recording, at, step=1).at
    except DeviceError:
        return None


def shown(recordings, held):
    (now,) = recordings.library.held()
    try:
        return recordings.library.picture(held.recording, now.newest)
    except DeviceError:
        return None


def test_what_is_hidden_is_in_no_pixel(recordings):
    summary = recorded(recordings, 1.0)
    at = summary.started + timedelta(seconds=1)
    whole = pixels(recordings.library.picture(summary.recording, at))
    part = pixels(recordings.library.picture(summary.recording, at, hidden=((0.25, 0.0, 0.5, 1.0),)))
    middle = part[8:-8, 176:464]
    assert middle.std() < 3
    assert whole[8:-8, 176:464].std() > 10
    assert np.abs(whole[:, :140].astype(int) - part[:, :140]).mean() < 3


def test_a_clip_is_cut_without_encoding_and_described(recordings, tmp_path):
    summary = recorded(recordings)
    began = summary.started + timedelta(seconds=1)
    clip = recordings.library.clip(
        summary.recording, began, began + timedelta(seconds=1.5), tmp_path / "out" / "clip.mkv"
    )
    content = Path(clip.file).read_bytes()
    assert clip.sha256 == hashlib.sha256(content).hexdigest()
    told = json.loads(Path(clip.file).with_suffix(".json").read_text("utf-8"))
    assert (told["recording"], told["journal_root"]) == (summary.recording, summary.root)
    assert clip.began <= began
    assert timedelta(seconds=1.2) < clip.ended - clip.began < timedelta(seconds=3)
    with av.open(clip.file) as container:
        times = [frame.time for frame in container.decode(video=0)]
    assert times == sorted(times)
    assert len(times) > 12
    with pytest.raises(DeviceError) as caught:
        recordings.library.clip(
            summary.recording,
            summary.ended + timedelta(hours=1),
            summary.ended + timedelta(hours=2),
            tmp_path / "none.mkv",
        )
    assert caught.value.code == "recorder.no-picture"
    assert not (tmp_path / "none.mkv").exists()


def test_a_gap_is_told_and_the_picture_before_it_stays_the_last(recordings):
    recordings.start(ROOM, "cam-1", str(FILM))
    until(lambda: recordings.state(ROOM).verified is Verified.YES, "the recording")
    kill(recordings.pid(ROOM), signal.SIGKILL)
    until(lambda: recordings.state(ROOM).gaps and not recordings.state(ROOM).reason, "the recorder to go on")
    until(lambda: recordings.state(ROOM).verified is Verified.YES, "the recording again")
    summary = recordings.stop(ROOM)
    (held,) = recordings.library.held()
    assert held.gaps == summary.gaps
    gap = held.gaps[0]
    assert gap.ended is not None
    last = recordings.library.picture(summary.recording, gap.began + (gap.ended - gap.began) / 2)
    assert last.at <= gap.ended
    assert (
        recordings.library.picture(summary.recording, gap.ended + timedelta(milliseconds=200)).at > gap.began
    )


def test_nothing_outside_the_folder_is_read_and_an_altered_journal_is_named(recordings):
    summary = recorded(recordings, 0.5)
    for name in ("", "../recordings", ".", "absent"):
        with pytest.raises(DeviceError) as caught:
            recordings.library.picture(name, summary.started)
        assert caught.value.code == "recorder.no-such"
    assert recordings.library.free_mb() > 0
    journal = Path(recordings.library._folder) / summary.recording / "journal.jsonl"
    journal.write_bytes(journal.read_bytes().replace(b"cam-1", b"cam-9") + b"{}\n")
    (held,) = recordings.library.held()
    assert held.altered
