"""The recordings that lie in a folder: which there are, one picture of them, and a clip cut out without encoding."""

from __future__ import annotations

import hashlib
import json
import shutil
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from devices.cameras import journal
from devices.cameras.hiding import hide, jpeg_of, size_within
from devices.cameras.journal import Story
from workstation.clock import from_ms, to_ms
from workstation.errors import DeviceError
from workstation.readings import Clip, RecordingHeld, Still, Zone


class Library:
    """Reads recordings below `folder`, finished or still being written. Safe from any thread: it keeps no file open."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, tuple[int, Story]] = {}

    def held(self) -> list[RecordingHeld]:
        """Every recording whose journal can be read, oldest first. One that was altered is named without its parts."""
        found: list[RecordingHeld] = []
        for path in sorted(self._folder.glob(f"*/{journal.FILE}")):
            try:
                story = self._story(path.parent.name)
            except DeviceError:
                found.append(_altered(path.parent.name))
                continue
            if story.started is not None:
                found.append(_held(story))
        return found

    def free_mb(self) -> int:
        """Room left on the disk of the recordings, in MiB; 0 when that cannot be told."""
        folder = self._folder
        try:
            while not folder.exists():
                folder = folder.parent
            return shutil.disk_usage(folder).free >> 20
        except OSError:
            return 0

    def picture(
        self,
        recording: str,
        at: datetime,
        *,
        step: int = 0,
        max_width: int = 1280,
        hidden: Sequence[Zone] = (),
    ) -> Still:
        """The picture shown at an instant; `step` 1 or -1: the next after it, the one before it.

        `hidden`: parts that are left out of it. `at` of the answer is the picture's own moment. Raises DeviceError
        `recorder.no-picture` when there is none there.
        """
        story = self._story(recording)
        found = self._find(recording, story, to_ms(at), step)
        if found is None or story.started is None:
            raise DeviceError("recorder.no-picture")
        at_ms, frame = found
        width, height = size_within(frame.width, frame.height, max_width)
        pixels = frame.reformat(width=width, height=height, format="bgr24").to_ndarray()
        return Still(
            device=story.started.camera,
            jpeg=jpeg_of(hide(pixels, hidden), story.started.camera),
            at=from_ms(at_ms),
            width=width,
            height=height,
        )

    def clip(self, recording: str, began: datetime, ended: datetime, out: Path) -> Clip:
        """Copy the packets of a span into `out` (Matroska), from the keyframe before it on; nothing is encoded anew.

        A description with the hash of the clip and the root of the recording's journal is put beside it. Raises
        DeviceError when nothing lies in the span, or when the disk refuses.
        """
        story = self._story(recording)
        first, last = to_ms(began), to_ms(ended)
        pieces = [name for name in _files(story) if story.began[name] <= last]
        start = max(0, bisect_right([story.began[name] for name in pieces], first) - 1)
        try:
            out.parent.mkdir(parents=True, exist_ok=True)
            span = self._copy(recording, story, pieces[start:], first, last, out)
            if span is None:
                out.unlink(missing_ok=True)
                raise DeviceError("recorder.no-picture")
            content = out.read_bytes()
            clip = Clip(
                file=str(out),
                bytes=len(content),
                sha256=hashlib.sha256(content).hexdigest(),
                began=from_ms(span[0]),
                ended=from_ms(span[1]),
            )
            _describe(story, clip)
        except OSError as error:
            raise DeviceError("recorder.disk", reason=error.strerror or "") from error
        return clip

    # ------------------------------------------------------------ inside

    def _story(self, recording: str) -> Story:
        """What the journal says; read again only when it has grown. Raises DeviceError."""
        if not recording or "/" in recording or recording.startswith("."):
            raise DeviceError("recorder.no-such")
        path = self._folder / recording / journal.FILE
        try:
            size = path.stat().st_size
        except OSError as error:
            raise DeviceError("recorder.no-such") from error
        known = self._known.get(recording)
        if known is None or known[0] != size:
            known = self._known[recording] = (size, journal.read(path.parent))
        return known[1]

    def _find(self, recording: str, story: Story, at: int, step: int) -> tuple[int, Any] | None:
        """The picture wanted with its time, in the part where it lies or in the one beside it."""
        files = _files(story)
        place = bisect_right([story.began[name] for name in files], at) - 1
        if step > 0:
            return next(self._after(recording, story, files[max(0, place) :], at), None)
        for name in reversed(files[: place + 1]):
            found = None
            for at_ms, frame in self._frames(recording, story, name, at):
                if at_ms > at or (step < 0 and at_ms >= at):
                    break
                found = (at_ms, frame)
            if found is not None:
                return found
        return None

    def _after(
        self, recording: str, story: Story, files: Sequence[str], at: int
    ) -> Iterator[tuple[int, Any]]:
        for name in files:
            for at_ms, frame in self._frames(recording, story, name, at):
                if at_ms > at:
                    yield at_ms, frame

    def _frames(self, recording: str, story: Story, name: str, at: int) -> Iterator[tuple[int, Any]]:
        """Decoded pictures of a part with their times, from the keyframe before `at` on."""
        import av

        began = story.began[name]
        try:
            with av.open(str(self._folder / recording / name)) as container:
                stream = container.streams.video[0]
                base = stream.time_base
                if base is None:
                    return
                if at > began:
                    # one picture earlier, so that the picture before this one is decoded as well
                    container.seek(max(0, int((at - began - 100) / 1000 / base)), stream=stream)
                for frame in container.decode(stream):
                    if frame.pts is not None:
                        yield began + round(float(frame.pts * base) * 1000), frame
        except (av.FFmpegError, OSError, IndexError):
            return  # a part that is missing, or that has just been begun, has no pictures

    def _copy(
        self, recording: str, story: Story, files: Sequence[str], first: int, last: int, out: Path
    ) -> tuple[int, int] | None:
        """Write the packets; the times of the first and last picture written, or None when there was none."""
        import av

        span: tuple[int, int] | None = None
        with av.open(str(out), "w", format="matroska") as target:
            stream: Any = None
            for name in files:
                began = story.began[name]
                try:
                    source = av.open(str(self._folder / recording / name))
                except (av.FFmpegError, OSError):
                    continue
                with source:
                    video = source.streams.video[0]
                    if video.time_base is None:
                        continue
                    if stream is None:
                        stream = target.add_stream_from_template(video)
                    if first > began:
                        source.seek(int((first - began) / 1000 / video.time_base), stream=video)
                    for packet in source.demux(video):
                        if packet.dts is None or packet.pts is None:
                            continue
                        at = began + round(float(packet.pts * video.time_base) * 1000)
                        if at > last:
                            break
                        span = (span[0], max(span[1], at)) if span else (at, at)
                        shift = round((began - span[0]) / 1000 / video.time_base)
                        packet.dts, packet.pts = max(0, packet.dts + shift), max(0, packet.pts + shift)
                        packet.stream = stream
                        target.mux(packet)
        return span if span is not None and span[1] >= first else None


def _files(story: Story) -> list[str]:
    return sorted(story.began, key=lambda name: story.began[name])


def _held(story: Story) -> RecordingHeld:
    assert story.started is not None
    ended = from_ms(story.stopped.ended) if story.stopped is not None else None
    return RecordingHeld(
        recording=story.started.recording,
        room=story.started.room,
        camera=story.started.camera,
        began=from_ms(story.started.t),
        ended=ended,
        newest=from_ms(story.stopped.ended if story.stopped is not None else story.newest_t),
        gaps=tuple(story.gaps),
        bytes=story.length,
    )


def _altered(recording: str) -> RecordingHeld:
    nothing = from_ms(0)
    return RecordingHeld(
        recording=recording, room="", camera="", began=nothing, ended=nothing, newest=nothing, altered=True
    )


def _describe(story: Story, clip: Clip) -> None:
    assert story.started is not None
    told = {
        "recording": story.started.recording,
        "room": story.started.room,
        "camera": story.started.camera,
        "began": clip.began.isoformat(),
        "ended": clip.ended.isoformat(),
        "sha256": clip.sha256,
        "bytes": clip.bytes,
        "gaps": [
            {"began": gap.began.isoformat(), "ended": gap.ended.isoformat() if gap.ended else None}
            for gap in story.gaps
        ],
        "journal_lines": story.lines,
        "journal_root": story.tree.root().hex(),
    }
    Path(clip.file).with_suffix(".json").write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")
