import os
import signal
import subprocess
import threading
from pathlib import Path

import av
import numpy as np
import pytest

from devices.cameras.feed import CameraFeed
from devices.cameras.source import FileSource, _without_login, open_source
from workstation.clock import BootClock
from workstation.errors import DeviceError, LineLost, NoReply
from workstation.readings import Level

SYSTEM_PYTHON = "/usr/bin/python3"
SERVER = Path(__file__).with_name("rtsp_server.py")


@pytest.fixture
def media(tmp_path):
    """Half a second of picture: 5 frames at 10 a second, each a shade brighter, its left half brighter than its right."""
    path = tmp_path / "cam.mp4"
    with av.open(str(path), "w") as out:
        stream = out.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 160, 90, "yuv420p"
        for index in range(5):
            pixels = np.full((90, 160, 3), 40 * index, np.uint8)
            pixels[:, :80] += 80
            out.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="bgr24")))
        out.mux(stream.encode())
    return path


class Running:
    """A feed with its thread."""

    def __init__(self, url, **options):
        self.told = []
        self.feed = CameraFeed("cam-1", url, BootClock(), self.told.append, **options)
        self.stop = threading.Event()
        self.thread = threading.Thread(target=self.feed.watch, args=(self.stop,), name="feed")
        self.thread.start()

    def end(self):
        self.stop.set()
        self.thread.join(10)
        assert not self.thread.is_alive()


@pytest.fixture
def run():
    feeds = []

    def start(url, **options):
        feeds.append(Running(url, **options))
        return feeds[-1]

    yield start
    for running in feeds:
        running.end()


@pytest.fixture
def server():
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


def test_a_file_is_played_over_and_over(run, media, until):
    running = run(str(media))
    until(lambda: running.feed.health().level is Level.OK)
    until(lambda: running.feed.seen() > 11)
    still = running.feed.still()
    assert (still.width, still.height, still.jpeg[:2]) == (160, 90, b"\xff\xd8")
    assert 2 < running.feed.fps() < 40
    assert running.feed.age_s() < 2
    small = running.feed.still(max_width=80)
    assert (small.width, small.height) == (80, 44)
    assert [told.level for told in running.told] == [Level.OK]


def test_a_camera_that_is_absent_is_lost_until_it_is_there(run, media, tmp_path, until):
    later = tmp_path / "later.mp4"
    running = run(str(later))
    until(lambda: running.feed.health().level is Level.LOST)
    with pytest.raises(NoReply):
        running.feed.still()
    os.rename(media, later)
    until(lambda: running.feed.health().level is Level.OK)


@pytest.mark.parametrize("content", [b"", b"not a film", b"\x00\x00\x00\x18ftypmp42" + bytes(500)])
def test_a_file_that_is_no_film_is_refused(tmp_path, content):
    path = tmp_path / "bad.mp4"
    path.write_bytes(content)
    with pytest.raises(LineLost):
        open_source(str(path), threading.Event())


@pytest.mark.parametrize("url", ["rtsp://127.0.0.1:1/cam", "usb:97", "/dev/video97"])
def test_a_source_that_is_not_there_is_refused(url, capfd):
    with pytest.raises(LineLost):
        open_source(url, threading.Event())


def test_a_source_of_the_wrong_kind_is_not_opened(media):
    def refuse(kind):
        raise DeviceError("device.line.simulated", line=str(kind))

    with pytest.raises(DeviceError):
        open_source(str(media), threading.Event(), refuse)


def test_a_file_stops_in_the_middle_of_a_wait(media):
    stop = threading.Event()
    source = FileSource(media, stop)
    pictures = source.pictures()
    next(pictures)
    stop.set()
    assert len(list(pictures)) <= 5
    source.close()


def test_a_password_in_an_address_is_in_no_error():
    assert _without_login("rtsp://user:p@ss@192.0.2.1/cam") == "rtsp://192.0.2.1/cam"
    assert _without_login("plain words") == "plain words"


def test_a_stream_is_shown(run, server, until):
    running = run(f"rtsp://127.0.0.1:{server()[1]}/cam")
    until(lambda: running.feed.health().level is Level.OK)
    assert running.feed.still().width == 320


@pytest.mark.faults
def test_a_stream_that_is_killed_comes_back(run, server, until):
    process, port = server()
    running = run(f"rtsp://127.0.0.1:{port}/cam")
    until(lambda: running.feed.health().level is Level.OK)
    assert running.feed.still().width == 320
    process.kill()
    process.wait(10)
    until(lambda: running.feed.health().level is Level.LOST)
    server(port)
    until(lambda: running.feed.health().level is Level.OK)


def refused(feed):
    try:
        feed.still()
    except NoReply:
        return True
    return False


@pytest.mark.faults
def test_a_stream_that_stalls_is_lost_before_it_notices(run, server, until):
    process, port = server()
    running = run(f"rtsp://127.0.0.1:{port}/cam")
    until(lambda: running.feed.health().level is Level.OK)
    process.send_signal(signal.SIGSTOP)
    # Pictures that were under way when the server stopped may still come for a moment.
    until(lambda: running.feed.health().level is Level.LOST and refused(running.feed))
    process.kill()


def test_one_picture_is_given_to_several_threads_at_once(media):
    stop = threading.Event()
    picture = next(open_source(str(media), stop).pictures())
    found = []

    def ask(width):
        for _ in range(150):
            found.append(picture.bgr(width, width // 2).shape)

    threads = [threading.Thread(target=ask, args=(width,), daemon=True) for width in (64, 96, 128, 160)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(found) == 600
