"""What every test gets: unexpected log lines, Qt messages, threads and child processes fail it."""

from __future__ import annotations

import logging
import os
import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from PySide6.QtCore import QtMsgType
    from PySide6.QtWidgets import QApplication

pytest_plugins = ["pytester"]

ROOT = Path(__file__).parents[1]
SHARED_MEMORY = Path("/dev/shm")
# How long a test's threads and children may take to end after it: a deadline for a leak, not a pace.
LEAVE_WITHIN = 5.0
# Kept by the libraries themselves for the life of the process.
LASTING_THREADS = re.compile(r"^(Dummy-|pytest_timeout|QThread)")
LASTING_CHILDREN = re.compile(r"multiprocessing\.(resource_tracker|forkserver)|execnet")
# Said by Qt about the machine, not about us: no window system, no sound server, no video acceleration.
THE_MACHINE = re.compile(
    r"^Qt \w+ (This plugin does not support ((raise|propagateSizeHints)\(\)|grabbing the keyboard)"
    r"|Couldn't (load|resolve) (pipewire|va)|PulseAudioService: pa_context_connect)"
)

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if SHARED_MEMORY.is_dir() and shutil.disk_usage(SHARED_MEMORY).free > 1 << 30:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(SHARED_MEMORY))

settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


class Heard(logging.Handler):
    """Log lines from WARNING up and Qt messages from warning up, as `LOGGER LEVEL text`."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []
        self.expected: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.name} {record.levelname} {record.getMessage()}")

    def qt(self, kind: QtMsgType, context: object, text: str) -> None:
        """A Qt message handler."""
        line = f"Qt {kind.name} {text}"
        told = kind.name in ("QtWarningMsg", "QtCriticalMsg", "QtFatalMsg")
        if told and not THE_MACHINE.search(line):
            self.lines.append(line)

    def faults(self) -> list[str]:
        """What was heard and not expected, then what was expected and not heard."""
        odd = [line for line in self.lines if not any(re.search(part, line) for part in self.expected)]
        silent = [part for part in self.expected if not any(re.search(part, line) for line in self.lines)]
        return [f"unexpected: {line}" for line in odd] + [f"not heard: {part}" for part in silent]


@pytest.fixture(autouse=True)
def _leaves_nothing() -> Iterator[None]:
    """Fail a test after which a thread or a child process of its own is still there."""
    threads, children = set(threading.enumerate()), _children()
    yield
    until = time.monotonic() + LEAVE_WITHIN
    while left := _left(threads, children):
        if time.monotonic() > until:
            pytest.fail("still running after the test: " + ", ".join(left), pytrace=False)
        threading.Event().wait(0.01)


@pytest.fixture(autouse=True)
def _heard(_leaves_nothing: None) -> Iterator[Heard]:
    """Fail a test that logs a warning or lets Qt complain, unless it said so by `expected_logs`."""
    from PySide6.QtCore import qInstallMessageHandler

    heard = Heard()
    logging.getLogger().addHandler(heard)
    before = qInstallMessageHandler(heard.qt)
    yield heard
    qInstallMessageHandler(before)
    logging.getLogger().removeHandler(heard)
    if faults := heard.faults():
        pytest.fail("log and Qt messages\n" + "\n".join(faults), pytrace=False)


@pytest.fixture
def expected_logs(_heard: Heard) -> Callable[..., None]:
    """Call with patterns, searched in `LOGGER LEVEL text`: each must be heard and does not fail the test."""

    def expect(*patterns: str) -> None:
        _heard.expected += patterns

    return expect


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """The application, with the fonts that the program ships and no other to rely on."""
    from PySide6.QtGui import QFontDatabase

    for font in sorted((ROOT / "resources/fonts").glob("*.[ot]tf")):
        assert QFontDatabase.addApplicationFont(str(font)) >= 0, font
    return qapp


def _left(threads: set[threading.Thread], children: set[int]) -> list[str]:
    new = [thread.name for thread in threading.enumerate() if thread not in threads]
    started = {pid: _command(pid) for pid in _children() - children}
    return [f"thread {name}" for name in new if not LASTING_THREADS.search(name)] + [
        f"process {pid} {command}" for pid, command in started.items() if not LASTING_CHILDREN.search(command)
    ]


def _children() -> set[int]:
    """Our direct children that have not ended (proc(5): state and parent follow the name in brackets)."""
    own = str(os.getpid())
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = stat.read_text("utf-8", "replace").rpartition(")")[2].split()[:2]
        except OSError:  # ended while we looked
            continue
        if parent == own and state != "Z":
            found.add(int(stat.parent.name))
    return found


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text("utf-8", "replace").replace("\0", " ")
    except OSError:
        return ""
