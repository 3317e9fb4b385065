"""Where a camera's pictures come from: RTSP and media files through PyAV, USB through OpenCV.

A source gives decoded pictures until it ends or fails; whoever reads it closes and reopens it. A server that
is killed ends a stream without an error, one that hangs fails after about twice the time limit, and an OpenCV
capture that failed once never recovers, so all three are treated alike: as a drop.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

from devices.transport import LineKind, classify
from workstation.errors import LineLost

OPEN_S, READ_S = 3.0, 2.0


class Picture(Protocol):
    """One decoded picture; the pixels are made only when asked for."""

    @property
    def width(self) -> int: ...

    @property
    def height(self) -> int: ...

    def bgr(self, width: int, height: int) -> Any:
        """Pixels as an array (height, width, 3) of uint8 in the order blue, green, red."""
        ...


class Source(Protocol):
    """An open stream of pictures."""

    def pictures(self) -> Iterator[Picture]:
        """Pictures in real time; ends when the stream ends, LineLost when it fails."""
        ...

    def close(self) -> None: ...


class _AvPicture:
    def __init__(self, frame: Any) -> None:
        self._frame = frame
        self._one = (
            threading.Lock()
        )  # a frame keeps one scaler: two threads in it wait for each other for ever
        self.width: int = frame.width
        self.height: int = frame.height

    def bgr(self, width: int, height: int) -> Any:
        with self._one:
            return self._frame.reformat(width=width, height=height, format="bgr24").to_ndarray()


class _CvPicture:
    def __init__(self, pixels: Any) -> None:
        self._pixels = pixels
        self.height: int = pixels.shape[0]
        self.width: int = pixels.shape[1]

    def bgr(self, width: int, height: int) -> Any:
        import cv2

        if (width, height) == (self.width, self.height):
            return self._pixels
        return cv2.resize(self._pixels, (width, height), interpolation=cv2.INTER_AREA)


class StreamSource:
    """RTSP over TCP, live."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._container = _open_av(url, {"rtsp_transport": "tcp"})

    def pictures(self) -> Iterator[Picture]:
        import av

        try:
            for frame in self._container.decode(video=0):
                yield _AvPicture(frame)
        except av.FFmpegError as error:
            raise LineLost("device.camera.broken", reason=str(error)[:120]) from error

    def close(self) -> None:
        self._container.close()


class FileSource:
    """A media file played over and over at its own pace."""

    def __init__(self, path: Path, stop: threading.Event) -> None:
        self._path = path
        self._stop = stop
        self._container = _open_av(str(path), {})

    def pictures(self) -> Iterator[Picture]:
        import av

        start = time.monotonic()
        try:
            while True:
                end = 0.0
                for frame in self._container.decode(video=0):
                    at = float(frame.time or 0.0)
                    step = 1.0 / float(self._container.streams.video[0].average_rate or 25)
                    end = at + step
                    late = time.monotonic() - (start + at)
                    if late < 0 and self._stop.wait(-late):
                        return
                    if late < 1.0:
                        yield _AvPicture(frame)
                if end <= 0.0:
                    return
                start += end
                self._container.seek(0)
        except av.FFmpegError as error:
            raise LineLost("device.camera.broken", reason=str(error)[:120]) from error

    def close(self) -> None:
        self._container.close()


class UsbSource:
    """A USB camera by index (`usb:0`) or device path, through V4L2."""

    def __init__(self, device: str) -> None:
        import cv2

        target: int | str = int(device) if device.isdecimal() else device
        self._capture = cv2.VideoCapture(target, cv2.CAP_V4L2)
        if not self._capture.isOpened():
            self._capture.release()
            raise LineLost("device.camera.refused", reason=device)

    def pictures(self) -> Iterator[Picture]:
        while True:
            good, pixels = self._capture.read()
            # Some drivers give "good" with nothing in it when the cable is out.
            if not good or pixels is None or pixels.size == 0:
                raise LineLost("device.camera.broken", reason="no picture")
            yield _CvPicture(pixels)

    def close(self) -> None:
        self._capture.release()


def open_source(url: str, stop: threading.Event, admit: Callable[[LineKind], None] | None = None) -> Source:
    """Open `rtsp://…`, `usb:<index or path>`, `/dev/video…`, or a media file (`file://` or a path).

    `admit` raises to refuse the kind of address; `stop` ends the waiting of a file that is played in real
    time. Raises LineLost when the source is absent or refuses.
    """
    kind = classify(url, ask_names=True)
    if admit is not None:
        admit(kind)
    if url.startswith(("rtsp://", "rtsps://")):
        return StreamSource(url)
    if url.startswith("usb:"):
        return UsbSource(url.removeprefix("usb:"))
    path = url.removeprefix("file://")
    if kind is LineKind.REAL and path.startswith("/dev/"):
        return UsbSource(path)
    if not os.path.isfile(path):
        raise LineLost("device.camera.absent", reason=Path(path).name)
    return FileSource(Path(path), stop)


def _open_av(url: str, options: dict[str, str]) -> Any:
    import av

    try:
        container = av.open(url, options=options, timeout=(OPEN_S, READ_S))
    except (av.FFmpegError, OSError, ValueError) as error:
        raise LineLost("device.camera.refused", reason=_without_login(str(error))[:120]) from error
    if not container.streams.video:
        container.close()
        raise LineLost("device.camera.no-video", reason=_without_login(url))
    container.streams.video[0].codec_context.thread_count = 1
    return container


def _without_login(text: str) -> str:
    """Addresses of cameras carry passwords; those never get into an error."""
    head, found, tail = text.partition("://")
    if not found or "@" not in tail:
        return text
    return f"{head}://{tail.rpartition('@')[2]}"
