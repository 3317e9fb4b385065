"""Messages come from the catalogue in the language of the screen; a bug tells what is safe and keeps no names."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from tests.ui.conftest import RESOURCES
from ui.messages import CrashHandler, Messages, report_of
from ui.texts import Texts
from ui.theme import Level
from workstation.catalogue import Catalogue
from workstation.errors import AppError, DeviceError

SECRET = "测试甲 990000199001010013"


@pytest.fixture
def texts(qapp: QApplication) -> Iterator[Texts]:
    texts = Texts(RESOURCES / "i18n", qapp)
    yield texts
    texts.switch("zh")


@pytest.fixture
def messages(texts: Texts) -> Messages:
    return Messages(Catalogue.load(RESOURCES / "i18n/catalogue"), texts)


@pytest.fixture
def told(messages: Messages) -> list[tuple[Level, str, str]]:
    seen: list[tuple[Level, str, str]] = []
    messages.told.connect(lambda level, words, action: seen.append((level, words, action)))
    return seen


@pytest.fixture
def crash(messages: Messages, tmp_path: Path) -> Iterator[CrashHandler]:
    handler = CrashHandler(
        messages,
        tmp_path / "reports",
        lambda: datetime(2026, 11, 24, 6, 3, tzinfo=UTC),
        lambda: "ui.safe.saved",
    )
    handler.install()
    yield handler
    handler.remove()


def test_an_error_is_told_with_its_advice(messages: Messages, told: list[tuple[Level, str, str]]) -> None:
    messages.show(AppError("ui.scan.unknown", text="<b>x</b>"))
    assert told == [(Level.YELLOW, "不认识扫描到的内容：<b>x</b>。请对准条码或标签重扫。", "")]


def test_after_a_change_of_language_the_message_is_told_again(
    messages: Messages, texts: Texts, told: list[tuple[Level, str, str]]
) -> None:
    messages.tell("ui.scan.unknown", {"text": "Q"})
    texts.switch("en")
    assert told[-1][1] == "This scan is not known: Q. Hold the code or tag straight and scan again."
    messages.clear()
    count = len(told)
    texts.switch("zh")
    assert len(told) == count


def test_an_expected_error_in_a_slot_is_told_and_no_bug(
    crash: CrashHandler, told: list[tuple[Level, str, str]], qtbot: QtBot, tmp_path: Path
) -> None:
    def slot() -> None:
        raise DeviceError("ui.scan.unknown", text="E2")

    QTimer.singleShot(0, slot)
    qtbot.waitUntil(lambda: bool(told), timeout=5000)
    assert "E2" in told[0][1]
    assert not (tmp_path / "reports").exists()


def test_a_bug_tells_what_is_safe_and_keeps_a_report_without_names(
    crash: CrashHandler,
    told: list[tuple[Level, str, str]],
    qtbot: QtBot,
    tmp_path: Path,
    expected_logs: Callable[..., None],
) -> None:
    expected_logs("ui.messages ERROR bug: builtins.KeyError")

    def slot() -> None:
        name = SECRET
        raise KeyError(name)

    QTimer.singleShot(0, slot)
    qtbot.waitUntil(lambda: bool(told), timeout=5000)
    level, words, _ = told[0]
    assert level is Level.RED
    assert "已落盘的记录不受影响" in words
    (report,) = (tmp_path / "reports").glob("*.txt")
    kept = report.read_text("utf-8")
    assert "builtins.KeyError" in kept
    assert "test_messages.py" in kept
    assert SECRET not in kept
    assert report.name in words


def test_a_bug_in_a_thread_comes_the_same_way(
    crash: CrashHandler,
    told: list[tuple[Level, str, str]],
    qtbot: QtBot,
    tmp_path: Path,
    expected_logs: Callable[..., None],
) -> None:
    expected_logs("bug: builtins.ZeroDivisionError")
    thread = threading.Thread(target=lambda: 1 // 0, name="lane test")
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(told), timeout=5000)
    (report,) = (tmp_path / "reports").glob("*.txt")
    assert "thread: lane test" in report.read_text("utf-8")


def test_a_report_that_cannot_be_written_is_said(
    messages: Messages,
    told: list[tuple[Level, str, str]],
    qtbot: QtBot,
    tmp_path: Path,
    expected_logs: Callable[..., None],
) -> None:
    expected_logs("report not written")
    (tmp_path / "file").write_text("in the way")
    handler = CrashHandler(messages, tmp_path / "file", lambda: datetime.now(UTC), lambda: "ui.safe.draft")
    handler.handle(RuntimeError, RuntimeError(SECRET), None)
    qtbot.waitUntil(lambda: bool(told), timeout=5000)
    assert "错误报告未能保存" in told[0][1]
    assert "草稿" in told[0][1]


def test_hooks_are_given_back(crash: CrashHandler) -> None:
    assert sys.excepthook == crash.handle
    crash.remove()
    assert sys.excepthook != crash.handle
    with capture_exceptions() as caught:
        assert caught == []


def test_a_report_names_places_only() -> None:
    try:
        raise RuntimeError(SECRET)
    except RuntimeError as error:
        text = report_of(type(error), error.__traceback__, datetime(2026, 11, 24, tzinfo=UTC), "main")
    assert SECRET not in text
    assert "test_messages.py" in text
