"""A camera's packets as they come, undecoded: RTSP, USB, or a media file played over and over at its own pace."""

from __future__ import annotations

import queue
import time
from collections.abc import Iterator
from typing import Any

from devices.cameras.source import OPEN_S, READ_S

_PAUSES_S = (0.3, 0.5, 1.0, 2.0)
# FFmpeg would look at some twenty pictures to learn their rate before it gives out the first; nothing here needs it.
_RTSP = {"rtsp_transport": "tcp", "fpsprobesize": "1"}
_USB = {"input_format": "mjpeg"}


class Opened:
    """The camera answered. `streams`: its picture, and its sound where it has any."""

    def __init__(self, container: Any) -> None:
        self._container = container
        self.streams = [*container.streams.video[:1], *container.streams.audio[:1]]

    def demux(self) -> Iterator[Any]:
        """The packets of the streams."""
        packets: Iterator[Any] = self._container.demux(self.streams)
        return packets

    def rewind(self) -> None:
        """Go to the beginning of a file."""
        self._container.seek(0)

    def close(self) -> None:
        """Give the camera up; only by whoever took the last packet, after `Lost`."""
        self._container.close()


class Arrived:
    """One packet with a decoding time, and when it came in milliseconds on CLOCK_BOOTTIME."""

    def __init__(self, packet: Any) -> None:
        self.packet = packet
        self.boot_ms = time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000


class Lost:
    """The camera is gone or was not there. `reason`: in the library's words, never with the address."""

    def __init__(self, reason: str) -> None:
        self.reason = reason[:120]


def follow(url: str, arriving: queue.Queue[Opened | Arrived | Lost]) -> None:
    """Put what comes from `url` into the queue for ever, opening it again when it is lost.

    `url`: as `open_source` takes it. Waits while the queue is full.
    """
    import av

    failures = 0
    while True:
        try:
            opened = Opened(_open(url))
            arriving.put(opened)
            for packet in _packets(opened, looped=_is_file(url)):
                arriving.put(Arrived(packet))
                failures = 0
            arriving.put(Lost("end"))
        except (av.FFmpegError, OSError, ValueError) as error:
            arriving.put(Lost(getattr(error, "strerror", None) or type(error).__name__))
        time.sleep(_PAUSES_S[min(failures, len(_PAUSES_S) - 1)])
        failures += 1


def _is_file(url: str) -> bool:
    return not url.startswith(("rtsp://", "rtsps://", "usb:", "/dev/video", "/dev/v4l/"))


def _open(url: str) -> Any:
    import av

    timeout = (OPEN_S, READ_S)
    if url.startswith(("rtsp://", "rtsps://")):
        container = av.open(url, options=_RTSP, timeout=timeout)
    elif _is_file(url):
        container = av.open(url.removeprefix("file://"))
    else:
        device = url.removeprefix("usb:")
        path = f"/dev/video{device}" if device.isdecimal() else device
        container = av.open(path, format="v4l2", options=_USB, timeout=timeout)
    if not container.streams.video:
        container.close()
        raise ValueError("no video")
    return container


def _packets(opened: Opened, *, looped: bool) -> Iterator[Any]:
    """Packets with a decoding time; those of a file in real time, its end followed by its beginning."""
    start, shift = time.monotonic(), 0.0
    while True:
        end = 0.0
        for packet in opened.demux():
            if packet.dts is None:
                if packet.pts is None:
                    continue
                packet.dts = packet.pts
            if looped:
                base = packet.time_base
                end = max(end, float((packet.dts + (packet.duration or 0)) * base))
                packet.dts += round(shift / base)
                if packet.pts is not None:
                    packet.pts += round(shift / base)
                wait = start + float(packet.dts * base) - time.monotonic()
                if wait > 0:
                    time.sleep(wait)
            yield packet
        if not looped or end <= 0.0:
            return
        shift += end
        opened.rewind()
