"""Recording from a real RTSP server that hangs, is killed and comes back."""

import contextlib
import signal
import subprocess
from pathlib import Path

import av
import pytest

from devices.cameras.proof import verify_recording
from devices.cameras.recorder import Pace
from devices.cameras.recordings import Recordings
from workstation.clock import BootClock
from workstation.readings import Verified

QUICK = Pace(fragment=0.1, cluster=0.1, gap=0.8, fresh=1.0)
SYSTEM_PYTHON = "/usr/bin/python3"
SERVER = Path(__file__).with_name("rtsp_server.py")


@pytest.fixture
def rtsp_server():
    """Start a server on a port of its choice, or on the one that was lost; ended afterwards."""
    started = []

    def start(port="0"):
        process = subprocess.Popen(
            [SYSTEM_PYTHON, str(SERVER), port], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        started.append(process)
        return process, process.stdout.readline().strip()

    yield start
    for process in started:
        process.kill()
        process.wait(10)
        process.stdout.close()


def frames(folder):
    """How many pictures each segment gives; a packet that the server was killed in gives none."""
    found = []
    for path in sorted(folder.glob("*.mkv")):
        count = 0
        with av.open(str(path)) as container:
            for packet in container.demux(video=0):
                with contextlib.suppress(av.error.InvalidDataError):
                    count += len(packet.decode())
        found.append(count)
    return found


@pytest.mark.faults
def test_a_stream_that_hangs_is_killed_and_comes_back(rtsp_server, tmp_path, until):
    process, port = rtsp_server()
    recordings = Recordings(tmp_path, BootClock(), lambda state: None, pace=QUICK)
    recordings.start("room-1", "cam-1", f"rtsp://127.0.0.1:{port}/cam")

    def verified(wanted):
        until(lambda: recordings.state("room-1").verified is wanted)

    try:
        verified(Verified.YES)
        process.send_signal(signal.SIGSTOP)
        verified(Verified.NO)
        process.send_signal(signal.SIGCONT)
        verified(Verified.YES)
        process.kill()
        process.wait(10)
        verified(Verified.NO)
        rtsp_server(port)
        verified(Verified.YES)
        known = recordings.state("room-1")
    finally:
        recordings.close()
    summary = recordings.stop("room-1")
    folder = tmp_path / summary.recording
    assert "recorder.gap.lost" in [gap.reason for gap in summary.gaps]
    assert all(gap.began < gap.ended for gap in summary.gaps)
    assert known.missing == summary.gaps[: known.gaps], "each gap is told while it records"
    assert known.gaps
    assert summary.segments >= 2
    assert all(count > 1 for count in frames(folder))
    assert verify_recording(folder, summary.root) == []
