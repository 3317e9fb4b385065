"""The fixtures that every test gets, on tests that break them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QRawFont

CONFTEST = (Path(__file__).parent / "conftest.py").read_text("utf-8").replace('["pytester"]', "[]")


def outcome(pytester: pytest.Pytester, body: str) -> pytest.RunResult:
    """Run tests under the project's conftest in a process of their own."""
    pytester.makeconftest(CONFTEST)
    pytester.makepyfile(body)
    return pytester.runpytest_subprocess("-p", "no:randomly", "-p", "no:cacheprovider", "--no-qt-log")


def test_logs_and_qt_messages_that_nobody_expected_fail(pytester: pytest.Pytester) -> None:
    result = outcome(
        pytester,
        """
        import logging, threading
        from PySide6.QtCore import qWarning

        def test_quiet(): logging.getLogger("a").info("fine")
        def test_warns(): logging.getLogger("a").warning("odd thing")
        def test_qt(): qWarning("painter not active")
        def test_expected(expected_logs):
            expected_logs("a WARNING odd", "Qt .*not active")
            logging.getLogger("a").warning("odd thing")
            qWarning("painter not active")
        def test_silent(expected_logs): expected_logs("never")
        """,
    )
    result.assert_outcomes(passed=5, errors=3)
    result.stdout.fnmatch_lines_random(
        [
            "unexpected: a WARNING odd thing",
            "unexpected: Qt QtWarningMsg painter not active",
            "not heard: never",
        ]
    )


def test_threads_and_children_left_behind_fail(pytester: pytest.Pytester) -> None:
    result = outcome(
        pytester,
        """
        import subprocess, sys, threading
        import conftest
        conftest.LEAVE_WITHIN = 0.2
        kept, stop = [], threading.Event()

        def test_thread(): threading.Thread(target=stop.wait, name="forgotten", daemon=True).start()
        def test_child():
            stop.set()
            kept.append(subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE))
        def test_tidy():
            kept[0].communicate()
            thread = threading.Thread(target=lambda: None)
            thread.start()
            thread.join()
        """,
    )
    result.assert_outcomes(passed=3, errors=2)
    result.stdout.fnmatch_lines_random(["*thread forgotten*", "*process * input()*"])


def test_the_shipped_fonts_draw_chinese(qapp: object) -> None:
    for weight in (QFont.Weight.Normal, QFont.Weight.Bold):
        font = QRawFont.fromFont(QFont("Noto Sans SC", 12, weight))
        assert font.familyName() == "Noto Sans SC"
        assert [
            letter for letter in "办案中心龥，（）：演练·①→≥▲◆●℃" if not font.supportsCharacter(ord(letter))
        ] == []
    rare = QRawFont.fromFont(QFont("Noto Sans SC Rare", 12))
    assert _missing(rare, "𠮷䶮㭎") == ""


def _missing(font: QRawFont, letters: str) -> str:
    return "".join(letter for letter in letters if not font.supportsCharacter(ord(letter)))
