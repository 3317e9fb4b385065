"""The journal of a recording: what was written when, with the hash of every byte and of every line.

`journal.jsonl` lies beside the segments. A line is `{"sha256":"…","line":{…}}`: the hash is of the inner object's
bytes, and those bytes are the leaf of an RFC 6962 tree whose root over all lines before stands in each line. A line
is synced to the disk after the media bytes it speaks of, and before anybody is told.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from workstation.clock import from_ms, to_ms
from workstation.errors import DeviceError
from workstation.ledger.merkle import CompactRange, leaf_hash
from workstation.readings import RecordingGap, RecordingSummary

FILE = "journal.jsonl"
_HEAD, _MIDDLE, _TAIL = b'{"sha256":"', b'","line":', b"}\n"
# What a forged line may not make of us: instants that no date has, files outside the folder.
_Ms = Annotated[int, Meta(ge=0, le=253_402_300_799_999)]
_Count = Annotated[int, Meta(ge=0)]
_File = Annotated[str, Meta(pattern=r"^[0-9]{3,9}\.mkv$")]
_BODY = len(_HEAD) + 64 + len(_MIDDLE)


class _Entry(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag=str.lower):
    """`n`: number of the line from 0; `t`: ms since 1970; `root`: over the lines before. Filled in by `write`."""

    n: _Count = 0
    t: _Ms = 0
    root: str = ""


class Started(_Entry, frozen=True, kw_only=True):
    """The recording begins."""

    recording: str
    room: str
    camera: str


class Resumed(_Entry, frozen=True, kw_only=True):
    """A recorder took up what another left; `torn`: bytes of an unfinished line that were cut off."""

    torn: _Count


class Segment(_Entry, frozen=True, kw_only=True):
    """A file begins. `streams`: codec and size or rate of each stream in it."""

    file: _File
    streams: tuple[str, ...]


class Fragment(_Entry, frozen=True, kw_only=True):
    """`bytes` bytes of `file` from offset `start` on.

    `packet_t`: arrival of the newest packet in them, ms since 1970; `packet_boot_ms`: the same on CLOCK_BOOTTIME.
    Both are 0 where only a file's head was written, or what a killed recorder left.
    """

    file: _File
    start: _Count
    bytes: _Count
    sha256: str
    packet_t: _Ms = 0
    packet_boot_ms: _Count = 0


class Closed(_Entry, frozen=True, kw_only=True):
    """A file is complete: its length and hash."""

    file: _File
    bytes: _Count
    sha256: str


class Gap(_Entry, frozen=True, kw_only=True):
    """No picture since `began` (ms since 1970). `reason`: `stalled`, `lost`, `killed`; `detail`: what was said."""

    began: _Ms
    reason: str
    detail: str = ""


class GapEnded(_Entry, frozen=True, kw_only=True):
    """The picture is back, or the recording ends without it."""

    began: _Ms
    ended: _Ms


class Stopped(_Entry, frozen=True, kw_only=True):
    """The recording ended at `ended` (ms since 1970). `reason`: `asked`, `orphaned`, or `recovered` when its
    recorder could not say so itself."""

    reason: str
    ended: _Ms


Entry = Started | Resumed | Segment | Fragment | Closed | Gap | GapEnded | Stopped
_DECODER: msgspec.json.Decoder[Entry] = msgspec.json.Decoder(Entry)


def decode(line: bytes) -> Entry:
    """Read one line (with or without its end); ValueError when it is not one, or not as it was written."""
    line = line.removesuffix(b"\n")
    body = line[_BODY:-1]
    if not line.startswith(_HEAD) or line[_BODY - len(_MIDDLE) : _BODY] != _MIDDLE or line[-1:] != b"}":
        raise ValueError("not a line of a journal")
    if hashlib.sha256(body).hexdigest().encode() != line[len(_HEAD) : len(_HEAD) + 64]:
        raise ValueError("the line is not the one its hash was made of")
    try:
        return _DECODER.decode(body)
    except msgspec.DecodeError as error:
        raise ValueError("the line says nothing that a journal says") from error


class Story:
    """What the lines of a journal say so far. `take` them in order."""

    def __init__(self) -> None:
        self.lines = 0
        self.tree = CompactRange()
        self.started: Started | None = None
        self.stopped: Stopped | None = None
        self.gaps: list[RecordingGap] = []
        self.lengths: dict[str, int] = {}
        self.began: dict[str, int] = {}  # file → when its first packet came, ms since 1970
        self.fragments: list[Fragment] = []
        self.closed: dict[str, Closed] = {}
        self.packet_t = 0
        self.packet_boot_ms = 0
        self.newest_t = 0

    @property
    def length(self) -> int:
        """Bytes that the journal vouches for."""
        return sum(self.lengths.values())

    @property
    def gap_open(self) -> bool:
        """Whether the newest gap lasts."""
        return bool(self.gaps) and self.gaps[-1].ended is None

    def take(self, entry: Entry, line: bytes) -> None:
        """Add a line and its bytes. Raises ValueError when it is not the next one of this journal."""
        if entry.n != self.lines or entry.root != self.tree.root().hex():
            raise ValueError("the line does not follow the one before")
        body = line.removesuffix(b"\n")[_BODY:-1]
        self.tree = self.tree.append(leaf_hash(body))
        self.lines += 1
        self.note(entry)

    def note(self, entry: Entry) -> None:
        """Add what a line says without judging its place."""
        self.newest_t = max(self.newest_t, entry.t)
        match entry:
            case Started():
                self.started = entry
            case Segment():
                self.lengths.setdefault(entry.file, 0)
                self.began.setdefault(entry.file, entry.t)
            case Fragment():
                self.fragments.append(entry)
                self.lengths[entry.file] = entry.start + entry.bytes
                if entry.packet_t:
                    self.packet_t, self.packet_boot_ms = entry.packet_t, entry.packet_boot_ms
            case Closed():
                self.closed[entry.file] = entry
            case Gap():
                self.gaps.append(
                    RecordingGap(
                        began=from_ms(entry.began), ended=None, reason=f"recorder.gap.{entry.reason}"
                    )
                )
            case GapEnded() if self.gaps:
                self.gaps[-1] = msgspec.structs.replace(self.gaps[-1], ended=from_ms(entry.ended))
            case Stopped():
                self.stopped = entry
            case _:
                pass

    def summary(self) -> RecordingSummary:
        """The recording as a whole; DeviceError when the journal has no beginning or no end."""
        if self.started is None or self.stopped is None:
            raise DeviceError("recorder.journal.unfinished")
        return RecordingSummary(
            recording=self.started.recording,
            room=self.started.room,
            camera=self.started.camera,
            started=from_ms(self.started.t),
            ended=from_ms(self.stopped.ended),
            segments=len(self.lengths),
            bytes=self.length,
            gaps=tuple(self.gaps),
            lines=self.lines,
            root=self.tree.root().hex(),
            recovered=self.stopped.reason == "recovered",
        )


def read(folder: Path) -> Story:
    """What the journal in `folder` says, up to an unfinished last line.

    Raises DeviceError when it cannot be read or a line was altered: nothing is added to such a journal.
    """
    return _read(folder)[0]


def _read(folder: Path) -> tuple[Story, int]:
    story, length = Story(), 0
    try:
        with (folder / FILE).open("rb") as file:
            for line in file:
                if not line.endswith(b"\n"):
                    break
                story.take(decode(line), line)
                length += len(line)
    except OSError as error:
        raise DeviceError("recorder.journal.unreadable", reason=error.strerror or "") from error
    except ValueError as error:
        raise DeviceError("recorder.journal.altered", line=story.lines + 1) from error
    return story, length


class Journal:
    """The journal of one recording, open for writing by one process at a time.

    `now_ms`: the present in ms since 1970; a line's time is never before the one above it. `told` gets each line
    once it is on the disk. Raises DeviceError when another process writes it, or when what is there was altered.
    """

    def __init__(self, folder: Path, now_ms: Callable[[], int], told: Callable[[bytes], None]) -> None:
        self._now_ms, self._told = now_ms, told
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._fd = os.open(folder / FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise DeviceError("recorder.disk", reason=error.strerror or "") from error
        try:
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self.story, length = _read(folder)
            self.torn = os.fstat(self._fd).st_size - length
            os.ftruncate(self._fd, length)
            os.lseek(self._fd, length, os.SEEK_SET)
            sync_folder(folder)
        except BlockingIOError as error:
            os.close(self._fd)
            raise DeviceError("recorder.journal.busy") from error
        except OSError as error:
            os.close(self._fd)
            raise DeviceError("recorder.disk", reason=error.strerror or "") from error
        except DeviceError:
            os.close(self._fd)
            raise

    def write(self, entry: Entry) -> None:
        """Number, date and chain the entry, write it and sync it. Raises OSError when the disk refuses."""
        entry = msgspec.structs.replace(
            entry,
            n=self.story.lines,
            t=max(self._now_ms(), self.story.newest_t),
            root=self.story.tree.root().hex(),
        )
        body = msgspec.json.encode(entry)
        line = _HEAD + hashlib.sha256(body).hexdigest().encode() + _MIDDLE + body + _TAIL
        write_all(self._fd, line)
        os.fsync(self._fd)
        self.story.take(entry, line)
        self._told(line)

    def end(self, reason: str, ended: int) -> None:
        """Write the last lines: the end of a gap that lasts, and of the recording."""
        if self.story.gap_open:
            self.write(GapEnded(began=to_ms(self.story.gaps[-1].began), ended=ended))
        self.write(Stopped(reason=reason, ended=ended))

    def close(self) -> None:
        """Give the journal free for another process."""
        os.close(self._fd)


def write_all(fd: int, content: bytes) -> None:
    """Write to a file to the last byte; OSError when the disk refuses."""
    view = memoryview(content)
    while view:
        view = view[os.write(fd, view) :]


def sync_folder(folder: Path) -> None:
    """Make the names in a folder lasting; OSError when the disk refuses."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
