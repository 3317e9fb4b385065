"""Proving a recording from its own folder: every byte against the journal, and closing what was left open."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from devices.cameras.journal import FILE, Closed, Fragment, Journal, Resumed, Story, decode
from workstation.errors import DeviceError
from workstation.readings import RecordingSummary

_BLOCK = 1 << 20


class RecordingFault(msgspec.Struct, frozen=True, kw_only=True):
    """What does not agree: catalogue `code`, the `file`, and where in it.

    `start`, `end`: bytes [start, end) of a segment, or the number of a line (from 1) in both for the journal.
    """

    code: str
    file: str
    start: int = 0
    end: int = 0


def verify_recording(folder: Path, root: str = "") -> list[RecordingFault]:
    """Recompute all hashes of a recording; the empty list when all agrees.

    `root`: the root over the whole journal as the record keeps it (hex); without it a journal that was written
    anew from end to end, with its segments, cannot be told from the first one.
    """
    story, faults = _journal(folder)
    if not faults:
        if story.stopped is None:
            faults.append(RecordingFault(code="recorder.fault.unfinished", file=FILE))
        if root and story.tree.root().hex() != root:
            faults.append(RecordingFault(code="recorder.fault.root", file=FILE))
    for name in story.lengths:
        faults += _segment(folder, name, story)
    known = {FILE, *story.lengths}
    found = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    faults += [
        RecordingFault(code="recorder.fault.foreign", file=name) for name in found if name not in known
    ]
    return faults


def _journal(folder: Path) -> tuple[Story, list[RecordingFault]]:
    """The lines as far as they can be read, and each line that is not as it was written.

    Past a fault the order of lines is not judged any more, only each line by its own hash.
    """
    story = Story()
    faults: list[RecordingFault] = []
    try:
        *lines, rest = (folder / FILE).read_bytes().split(b"\n")
    except OSError:
        return story, [RecordingFault(code="recorder.fault.absent", file=FILE)]
    for number, line in enumerate(lines, start=1):
        try:
            entry = decode(line)
            if faults:
                story.note(entry)
            else:
                story.take(entry, line)
        except ValueError:
            faults.append(_line("recorder.fault.line", number))
    if rest:
        faults.append(_line("recorder.fault.torn", len(lines) + 1))
    return story, faults


def _line(code: str, number: int) -> RecordingFault:
    return RecordingFault(code=code, file=FILE, start=number, end=number)


def _segment(folder: Path, name: str, story: Story) -> Iterator[RecordingFault]:
    """Faults of one segment: altered fragments, missing bytes, bytes nobody vouches for, an altered whole."""
    fragments = [one for one in story.fragments if one.file == name]
    at, good, whole = 0, True, hashlib.sha256()
    try:
        with (folder / name).open("rb") as file:
            for fragment in fragments:
                content = file.read(fragment.bytes)
                whole.update(content)
                if fragment.start != at:
                    yield RecordingFault(code="recorder.fault.jump", file=name, start=at, end=fragment.start)
                    good = False
                at = fragment.start + fragment.bytes
                if len(content) < fragment.bytes:
                    end = fragment.start + fragment.bytes
                    yield RecordingFault(
                        code="recorder.fault.short", file=name, start=fragment.start + len(content), end=end
                    )
                    return
                if hashlib.sha256(content).hexdigest() != fragment.sha256:
                    yield RecordingFault(
                        code="recorder.fault.altered", file=name, start=fragment.start, end=at
                    )
                    good = False
            if tail := len(file.read()):
                yield RecordingFault(code="recorder.fault.tail", file=name, start=at, end=at + tail)
    except OSError:
        if fragments:  # a recorder may be killed between naming a segment and making its file
            yield RecordingFault(code="recorder.fault.missing", file=name, end=story.lengths[name])
        return
    closed = story.closed.get(name)
    if good and closed is not None and (closed.bytes, closed.sha256) != (at, whole.hexdigest()):
        yield RecordingFault(code="recorder.fault.whole", file=name, end=closed.bytes)


def adopt(folder: Path, journal: Journal) -> None:
    """Take up what a recorder left that was killed: cut line, bytes without a line, segments not closed.

    Bytes that the journal does not know yet get a fragment without a packet's time. A segment that is shorter
    than the journal says stays open, for `verify_recording` to name. Raises OSError when the disk refuses.
    """
    journal.write(Resumed(torn=journal.torn))
    story = journal.story
    for name, known in list(story.lengths.items()):
        if name in story.closed or not (folder / name).is_file():
            continue
        whole, length = _hash(folder / name, 0)
        if length < known:
            continue
        if length > known:
            rest, count = _hash(folder / name, known)
            journal.write(Fragment(file=name, start=known, bytes=count, sha256=rest))
        journal.write(Closed(file=name, bytes=length, sha256=whole))


def _hash(path: Path, start: int) -> tuple[str, int]:
    """SHA-256 (hex) and number of the bytes from `start` on."""
    digest, count = hashlib.sha256(), 0
    with path.open("rb") as file:
        file.seek(start)
        while block := file.read(_BLOCK):
            digest.update(block)
            count += len(block)
    return digest.hexdigest(), count


def close_left(folder: Path, now_ms: Callable[[], int]) -> RecordingSummary:
    """Close what a recorder left open; a recording that is closed already is left as it is.

    The recording then ended with the last line that its own recorder wrote. Raises DeviceError when that
    recorder still runs (`recorder.journal.busy`), when the journal was altered, or when the disk refuses.
    """
    journal = Journal(folder, now_ms, lambda line: None)
    try:
        story = journal.story
        if story.started is None:
            raise DeviceError("recorder.journal.unfinished")
        if story.stopped is None:
            ended = story.newest_t
            adopt(folder, journal)
            journal.end("recovered", ended)
        return story.summary()
    except OSError as error:
        raise DeviceError("recorder.disk", reason=error.strerror or "") from error
    finally:
        journal.close()
