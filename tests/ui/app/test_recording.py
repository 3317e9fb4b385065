"""A session is recorded in practice only, when asked for, and the window says so all the while."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from PySide6.QtWidgets import QApplication

from tests.benchmark.operator_time.log import Key, read_log
from tests.ui.app.conftest import Window
from ui.cli import main
from ui.demo.hand import Hand


def band(window: Window) -> str:
    return window.work.shell.band.accessibleName()


def test_nothing_is_recorded_unless_asked_for(window: Window) -> None:
    window.sign_in()
    assert window.work.recording.recorder is None
    assert "记录" not in band(window)


def test_while_it_records_the_band_says_so_in_both_languages(
    window: Window, tmp_path: Path, qapp: QApplication
) -> None:
    window.until(lambda: window.work.sign_in.welcome)
    window.work.record_session(tmp_path / "acts.jsonl")
    window.work.sign_in.greeted.emit(window.work.sign_in.welcome)
    assert window.work.recording.recorder is not None
    assert "正在记录本窗口的操作" in band(window)
    window.sign_in()
    assert "acts.jsonl" in band(window)
    window.work.appearance.set(msgspec.structs.replace(window.work.appearance.get(), language="en"))
    assert "being recorded" in band(window)
    Hand(qapp).press("F9")
    assert any(isinstance(one, Key) and one.key == "F9" for one in read_log(tmp_path / "acts.jsonl"))


def test_a_live_station_is_never_recorded(window: Window, tmp_path: Path) -> None:
    window.until(lambda: window.work.sign_in.welcome)
    window.work.record_session(tmp_path / "acts.jsonl")
    live = msgspec.structs.replace(window.work.sign_in.welcome, mode="live")
    window.work.sign_in.greeted.emit(live)
    assert window.work.recording.recorder is None
    assert "演练数据" in window.work.shell.strip.message.words()
    assert not (tmp_path / "acts.jsonl").exists()


def test_the_command_refuses_to_record_a_live_centre(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "C.UTF-8")
    asked = ["run", "--live", "--home", str(tmp_path), "--record-session", str(tmp_path / "acts.jsonl")]
    assert main(asked) == 1
    assert "practice data only" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
