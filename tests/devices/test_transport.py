import os
import socket
import threading
import time

import pytest

from devices.transport import Line, LineKind, classify, resolve
from workstation.errors import DeviceError, LineLost


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("socket://127.0.0.1:9", LineKind.LOOPBACK),
        ("socket://127.8.8.8:9", LineKind.LOOPBACK),
        ("socket://localhost:9", LineKind.LOOPBACK),
        ("socket://LOCALHOST.:9", LineKind.LOOPBACK),
        ("socket://[::1]:9", LineKind.LOOPBACK),
        ("socket://[::ffff:127.0.0.1]:9", LineKind.LOOPBACK),
        ("socket://0.0.0.0:9", LineKind.LOOPBACK),
        ("socket://127.1:9", LineKind.LOOPBACK),
        ("socket://0x7f000001:9", LineKind.LOOPBACK),
        ("rtsp:///cam", LineKind.LOOPBACK),
        ("socket://[bad:9", LineKind.ABSENT),
        ("/dev/tty\0", LineKind.ABSENT),
        ("", LineKind.REAL),
        ("rtsp://user:word@127.0.0.1:554/cam", LineKind.LOOPBACK),
        ("socket://192.0.2.7:9", LineKind.REAL),
        ("rtsp://192.0.2.7/cam", LineKind.REAL),
        ("rfc2217://192.0.2.7:9", LineKind.REAL),
        ("loop://", LineKind.LOOPBACK),
        ("file:///tmp/cam.mp4", LineKind.FILE),
        ("usb:0", LineKind.REAL),
        ("/dev/ttyUSB-that-is-not-there", LineKind.ABSENT),
        ("/dev/null", LineKind.REAL),
        (__file__, LineKind.FILE),
    ],
)
def test_what_stands_behind_an_address(url, kind):
    assert classify(url) is kind


def test_a_pty_is_known_through_links(make_rig, tmp_path):
    rig = make_rig("scale")
    (tmp_path / "ttyUSB0").symlink_to(rig.wire.where)
    assert classify(str(tmp_path / "ttyUSB0")) is LineKind.PTY
    assert LineKind.PTY.simulated
    assert not LineKind.ABSENT.simulated


def test_a_wire_file_stands_for_the_address_in_it(make_rig, tmp_path):
    rig = make_rig("scale", "tcp")
    assert resolve(str(rig.wire.where)).startswith("socket://127.0.0.1:")
    assert classify(str(rig.wire.where)) is LineKind.LOOPBACK
    (tmp_path / "other").write_text("socket://192.0.2.7:7", "ascii")
    assert classify(str(tmp_path / "other")) is LineKind.REAL


def test_a_name_of_this_machine_is_found_out_when_opened():
    assert classify("socket://localhost.localdomain:9") is LineKind.REAL
    name = socket.gethostname()
    here = classify(f"socket://{name}:9", ask_names=True)
    assert here is (LineKind.LOOPBACK if resolves(name) else LineKind.REAL)


def resolves(name):
    try:
        return bool(socket.getaddrinfo(name, None))
    except OSError:
        return False


def test_an_address_of_this_machine_is_loopback():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return  # no network: this machine has no other address
        own = probe.getsockname()[0]
    assert classify(f"rtsp://{own}/cam") is LineKind.LOOPBACK


def test_a_folder_for_lock_files_that_cannot_be_written_is_told(make_rig, tmp_path):
    rig = make_rig("scale")
    (tmp_path / "file").write_text("x", "ascii")
    line = Line(str(rig.wire.where), baud=9600, runtime=tmp_path / "file")
    with pytest.raises(LineLost):
        line.open()
    line.dispose()


def test_what_is_refused_is_not_opened(make_rig):
    rig = make_rig("scale")

    def refuse(kind):
        raise DeviceError("device.line.simulated", line=str(kind))

    line = Line(str(rig.wire.where), baud=9600, runtime=rig.folder, admit=refuse)
    with pytest.raises(DeviceError):
        line.open()
    assert not line.is_open
    line.dispose()


def test_a_peer_on_this_machine_is_not_real_whatever_its_name(tmp_path, make_rig):
    rig = make_rig("scale", "tcp")
    kinds = []
    with Line(resolve(str(rig.wire.where)), baud=9600, runtime=tmp_path, admit=kinds.append) as line:
        assert line.is_open
    assert kinds == [LineKind.LOOPBACK] * 2  # judged before and after it is open


@pytest.mark.parametrize("url", ["/nowhere/at/all", "socket://127.0.0.1:1", "nonsense://x", "/dev/null"])
def test_what_cannot_be_opened_is_line_lost(tmp_path, url):
    line = Line(url, baud=9600, runtime=tmp_path)
    with pytest.raises(LineLost):
        line.open()
    line.dispose()


def test_a_refused_line_can_be_owned_by_another(tmp_path):
    server = socket.create_server(("127.0.0.1", 0))
    url = f"socket://127.0.0.1:{server.getsockname()[1]}"
    port = server.getsockname()[1]
    server.close()
    first, second = (Line(url, baud=9600, runtime=tmp_path) for _ in range(2))
    with pytest.raises(LineLost):
        first.open()
    with socket.create_server(("127.0.0.1", port)):
        second.open()
        second.dispose()
    first.dispose()


def test_a_wait_is_ended_from_another_thread(make_rig):
    rig = make_rig("scale")
    line = rig.line()
    line.open()
    got = []
    reader = threading.Thread(target=lambda: got.append(line.read(30)))
    reader.start()
    line.interrupt()
    reader.join(10)
    assert got == [b""]


def test_a_closed_line_refuses_and_keeps_no_descriptor(make_rig):
    rig = make_rig("scale", "tcp")
    before = len(os.listdir("/proc/self/fd"))
    line = Line(str(rig.wire.where), baud=9600, runtime=rig.folder)
    line.open()
    line.dispose()
    for act in (line.open, lambda: line.write(b"x"), lambda: line.read(0)):
        with pytest.raises(LineLost):
            act()
    deadline = time.monotonic() + 10
    while len(os.listdir("/proc/self/fd")) > before and time.monotonic() < deadline:
        threading.Event().wait(0.01)  # the simulator's end is closed by its own thread
    assert len(os.listdir("/proc/self/fd")) <= before
