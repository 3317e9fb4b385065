"""The recorder: a process that writes one camera's packets to disk as they come, and a journal of what it wrote.

Run as `python -m devices.cameras.recorder`; the first line of its standard input is an `Order`. Nothing is decoded or
encoded. Segments are Matroska written front to back, never gone back in, so a byte that is hashed stays as it is and
a file that is cut anywhere plays up to there. Each line of the journal is told on standard output too. The process
ends on SIGTERM, and some seconds after its standard input ends, which is how it learns that its parent has died.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import queue
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any

import msgspec

from devices.cameras.journal import (
    Closed,
    Fragment,
    Gap,
    GapEnded,
    Journal,
    Segment,
    sync_folder,
    write_all,
)
from devices.cameras.packets import Arrived, Lost, Opened, follow
from devices.cameras.proof import adopt
from workstation.clock import to_ms
from workstation.errors import DeviceError

LOOK_S = 0.1
FAILED = 3


class Pace(msgspec.Struct, frozen=True, kw_only=True):
    """Seconds. `segment`: a segment is cut at the first keyframe after so long; `fragment`: between two lines of
    hashed bytes; `cluster`: longest time that packets wait in memory; `gap`: no packet for so long is a gap;
    `fresh`: age up to which the newest packet on disk proves that the recording runs; `end`: patience with a
    recorder that is to end; `orphan`: how long a recorder goes on without its station.
    """

    segment: float = 60.0
    fragment: float = 0.75
    cluster: float = 0.5
    gap: float = 2.0
    fresh: float = 2.5
    end: float = 2.0
    orphan: float = 10.0


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What to record and where; the journal in `folder` begins already.

    `at_ms`: the station's time at `boot_ms` of CLOCK_BOOTTIME, both in milliseconds.
    """

    folder: str
    url: str
    at_ms: int
    boot_ms: int
    pace: Pace


class Failed(msgspec.Struct, frozen=True, kw_only=True):
    """Told on standard output instead of a line when the recorder cannot go on: the code and values of an error."""

    failed: str
    values: dict[str, str | int]


def boot_ms() -> int:
    """Milliseconds on CLOCK_BOOTTIME, the same in all processes of a machine."""
    return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000


class Tape:
    """A segment file, written front to back. It has no `seek`, so the muxer cannot go back in it."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self.bytes = self.fresh_from = 0
        self._whole, self._fresh = hashlib.sha256(), hashlib.sha256()
        self._fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        sync_folder(path.parent)

    def write(self, content: bytes) -> int:
        """Append; called by the muxer."""
        write_all(self._fd, content)
        self._whole.update(content)
        self._fresh.update(content)
        self.bytes += len(content)
        return len(content)

    def cut(self) -> tuple[int, int, str]:
        """Sync; the offset, number and hash of the bytes since the last cut."""
        os.fsync(self._fd)
        start, self.fresh_from = self.fresh_from, self.bytes
        fresh, self._fresh = self._fresh.hexdigest(), hashlib.sha256()
        return start, self.bytes - start, fresh

    def close(self) -> str:
        """Give the file up; its hash."""
        os.close(self._fd)
        return self._whole.hexdigest()


class _Open:
    """The segment being written: its tape, muxer and streams, and where its time starts."""

    def __init__(self, tape: Tape, out: Any, streams: dict[int, Any]) -> None:
        self.tape, self.out, self.streams = tape, out, streams
        self.base: Any = None
        self.last: dict[int, int] = {}
        self._began = time.monotonic()

    def old(self, seconds: float) -> bool:
        """Whether it has been written to for so long."""
        return time.monotonic() - self._began >= seconds


class Recorder:
    """Writes what a reader thread brings. All methods run in one thread; `stop` may be called from a signal."""

    def __init__(self, order: Order, journal: Journal) -> None:
        self._order, self._pace, self._journal = order, order.pace, journal
        self._folder = Path(order.folder)
        self._input: Opened | None = None
        self._segment: _Open | None = None
        self._number = len(journal.story.lengths)
        self._packet_boot = 0  # the newest packet given to the muxer
        self._safe_boot = 0  # the newest packet that certainly lies in the file
        self._told_boot = 0
        self._cut_at = time.monotonic()
        self._refusal = ""  # what the camera said last, while it is not open
        self._stopping = False

    def stop(self) -> None:
        """Make `run` end soon."""
        self._stopping = True

    def run(self, arriving: queue.Queue[Opened | Arrived | Lost], orphaned: threading.Event) -> str:
        """Record until stopped or orphaned; the reason for the end. Raises OSError when the disk refuses."""
        self._begin()
        waiting_since = boot_ms()
        alone_since: float | None = None
        reason = "asked"
        while not self._stopping:
            with contextlib.suppress(queue.Empty):
                self._take(arriving.get(timeout=LOOK_S))
            since = max(self._packet_boot, waiting_since)
            if not self._journal.story.gap_open and boot_ms() - since > self._pace.gap * 1000:
                self._gap(since, "lost" if self._refusal else "stalled", self._refusal)
            if time.monotonic() - self._cut_at >= self._pace.fragment:
                self._cut()
            if orphaned.is_set():
                alone_since = alone_since or time.monotonic()
                if time.monotonic() - alone_since >= self._pace.orphan:
                    reason = "orphaned"
                    break
        while not arriving.empty():
            self._take(arriving.get())
        return reason

    def finish(self, reason: str) -> None:
        """Close the segment and the journal."""
        self._close_segment()
        self._journal.end(reason, self._time(boot_ms()))

    def _begin(self) -> None:
        story = self._journal.story
        if story.started is None:
            raise DeviceError("recorder.journal.unfinished")
        if story.lines == 1:
            return
        adopt(self._folder, self._journal)
        if not story.gap_open:
            self._journal.write(Gap(began=story.packet_t or story.started.t, reason="killed"))

    def _time(self, boot: int) -> int:
        return self._order.at_ms + boot - self._order.boot_ms

    def _gap(self, since_boot: int, reason: str, detail: str = "") -> None:
        self._cut()
        self._journal.write(Gap(began=self._time(since_boot), reason=reason, detail=detail))

    def _take(self, item: Opened | Arrived | Lost) -> None:
        match item:
            case Opened():
                self._input, self._refusal = item, ""
            case Lost():
                self._refusal = item.reason
                self._close_segment()
                if self._input is not None:
                    self._input.close()
                    self._input = None
                if self._packet_boot and not self._journal.story.gap_open:
                    self._gap(self._packet_boot, "lost", item.reason)
            case Arrived():
                self._write(item)

    def _write(self, arrived: Arrived) -> None:
        packet = arrived.packet
        key = packet.is_keyframe and packet.stream.type == "video"
        if key and self._segment is not None and self._segment.old(self._pace.segment):
            self._close_segment()
        if self._segment is None:
            if not key:
                return
            self._open_segment()
        assert self._segment is not None
        index, tape = packet.stream.index, self._segment.tape
        if index not in self._segment.streams:
            return
        _rebase(packet, self._segment)
        packet.stream = self._segment.streams[index]
        before, safe = tape.bytes, self._packet_boot
        self._segment.out.mux(packet)
        if tape.bytes > before:
            self._safe_boot = safe
        self._packet_boot = arrived.boot_ms
        story = self._journal.story
        if story.gap_open:
            began = to_ms(story.gaps[-1].began)
            self._journal.write(GapEnded(began=began, ended=self._time(arrived.boot_ms)))

    def _open_segment(self) -> None:
        import av

        assert self._input is not None
        self._number += 1
        name = f"{self._number:03d}.mkv"
        told = tuple(_described(stream) for stream in self._input.streams)
        self._journal.write(Segment(file=name, streams=told))
        tape = Tape(self._folder / name)
        out = av.open(tape, "w", format="matroska", container_options=_muxer(self._pace.cluster))
        streams = {one.index: out.add_stream_from_template(one) for one in self._input.streams}
        self._segment = _Open(tape, out, streams)

    def _cut(self) -> None:
        """Sync the new bytes and write their line."""
        self._cut_at = time.monotonic()
        if self._segment is None or self._segment.tape.bytes == self._segment.tape.fresh_from:
            return
        start, count, sha256 = self._segment.tape.cut()
        fresh = self._safe_boot > self._told_boot
        self._told_boot = max(self._told_boot, self._safe_boot)
        self._journal.write(
            Fragment(
                file=self._segment.tape.name,
                start=start,
                bytes=count,
                sha256=sha256,
                packet_t=self._time(self._safe_boot) if fresh else 0,
                packet_boot_ms=self._safe_boot if fresh else 0,
            )
        )

    def _close_segment(self) -> None:
        if self._segment is None:
            return
        self._segment.out.close()
        self._safe_boot = self._packet_boot
        self._cut()
        tape, self._segment = self._segment.tape, None
        self._journal.write(Closed(file=tape.name, bytes=tape.bytes, sha256=tape.close()))


def _muxer(cluster_s: float) -> dict[str, str]:
    """Options that keep little in memory: FFmpeg's names, in milliseconds and microseconds."""
    return {
        "flush_packets": "1",
        "cluster_time_limit": str(round(cluster_s * 1e3)),
        "max_interleave_delta": str(round(cluster_s * 1e6)),
    }


def _rebase(packet: Any, segment: _Open) -> None:
    """Let the segment's time start at zero and its decoding times rise strictly, as the muxer demands."""
    if segment.base is None:
        segment.base = packet.dts * packet.time_base
    shift = round(segment.base / packet.time_base)
    last = segment.last.get(packet.stream.index)
    pts = packet.dts if packet.pts is None else packet.pts
    dts = packet.dts - shift
    if last is not None and dts <= last:
        dts = last + 1
    segment.last[packet.stream.index] = dts
    packet.dts, packet.pts = dts, max(pts - shift, dts)


def _described(stream: Any) -> str:
    context = stream.codec_context
    size = f"{context.width}x{context.height}" if stream.type == "video" else f"{context.sample_rate} Hz"
    return f"{context.name} {size}"


def _tell(line: bytes) -> None:
    """Tell the parent without ever waiting for it: it reads the journal itself when it missed a line."""
    with contextlib.suppress(BlockingIOError, BrokenPipeError):
        os.write(sys.stdout.fileno(), line)


def _watch_parent(orphaned: threading.Event) -> None:
    while os.read(0, 4096):
        pass
    orphaned.set()


def main() -> int:
    """Record as the order on standard input says; the exit status is 0, or `FAILED` after saying why."""
    import av

    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # Ctrl-C reaches the whole group; the parent says when to stop
    os.set_blocking(sys.stdout.fileno(), False)
    order = msgspec.json.decode(_first_line(), type=Order)
    orphaned = threading.Event()
    try:
        journal = Journal(Path(order.folder), lambda: order.at_ms + boot_ms() - order.boot_ms, _tell)
        recorder = Recorder(order, journal)
        signal.signal(signal.SIGTERM, lambda *_: recorder.stop())
        arriving: queue.Queue[Opened | Arrived | Lost] = queue.Queue(maxsize=1024)
        threading.Thread(target=_watch_parent, args=(orphaned,), daemon=True).start()
        threading.Thread(target=follow, args=(order.url, arriving), daemon=True).start()
        recorder.finish(recorder.run(arriving, orphaned))
    except (av.FFmpegError, ValueError) as error:
        return _fail(DeviceError("recorder.refused", reason=type(error).__name__))
    except OSError as error:
        return _fail(DeviceError("recorder.disk", reason=error.strerror or ""))
    except DeviceError as error:
        return _fail(error)
    return 0


def _first_line() -> bytes:
    line = b""
    while not line.endswith(b"\n") and (byte := os.read(0, 1)):
        line += byte
    return line


def _fail(error: DeviceError) -> int:
    _tell(msgspec.json.encode(Failed(failed=error.code, values=error.values)) + b"\n")
    return FAILED


if __name__ == "__main__":
    status = main()
    # A reader may be deep in a camera that says nothing: it is not waited for.
    os._exit(status)
