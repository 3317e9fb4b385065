"""The first start of a live centre, from the empty store to an administrator at the screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.station_kit import CHEAP, NOW, RESOURCES, StationKit
from ui.compose import build_station
from ui.workplace import Workplace
from workstation.catalogue import Catalogue
from workstation.clock import SteppedClock
from workstation.settings import Settings

FILLED = {
    "centre_zh": "测试办案中心",
    "centre_en": "Test Centre",
    "name": "测试管理",
    "number": "9001",
    "secret": "long-enough-secret",
    "again": "long-enough-secret",
}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    build_station(
        tmp_path / "live", "live", RESOURCES, clock=SteppedClock(NOW), cost=CHEAP, rack=False
    ).stop()
    return tmp_path / "live"


@pytest.fixture
def work(qapp: QApplication, qtbot: QtBot, home: Path) -> Iterator[Workplace]:
    kit = StationKit(home)
    catalogue = Catalogue.load(RESOURCES / "i18n" / "catalogue")
    made = Workplace(qapp, home, Settings(home=home, workstation="desk-1"), catalogue, kit.clock)
    made.start()
    made.shell.show()
    made.shell.activateWindow()
    qtbot.waitUntil(lambda: made.sign_in.welcome is not None)
    yield made
    made.close()
    made.texts.switch("zh")
    kit.stop()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_the_first_administrator_sets_the_centre_up(work: Workplace, qtbot: QtBot) -> None:
    form = work.cover._setup
    assert form.isVisible()
    assert not work.cover._entry.isVisible()
    for name, text in FILLED.items():
        form.fields[name].setText(text)
    form.make.click()
    qtbot.waitUntil(lambda: work.cover is None)
    assert "read-board" not in work.link.session.reads
    assert work.shell.current() == "bench"
    assert "测试办案中心" in work.shell.top.centre.accessibleName()
    assert not work.shell.band.isVisible()
    work.go("board")
    assert "不使用这个界面" in work.shell.strip.message.words()


def test_what_is_missing_or_differs_is_said_and_stays_typed(work: Workplace, qtbot: QtBot) -> None:
    form = work.cover._setup
    for name, text in FILLED.items():
        form.fields[name].setText(text)
    form.fields["number"].clear()
    form.make.click()
    assert "编号" in form._trouble.text()
    qtbot.waitUntil(form.fields["number"].hasFocus)
    form.fields["number"].setText("9001")
    form.fields["again"].setText("another-secret")
    form.make.click()
    assert "不一样" in form._trouble.text()
    assert form.fields["name"].text() == "测试管理"


def test_a_short_secret_is_refused_by_the_station(work: Workplace, qtbot: QtBot) -> None:
    form = work.cover._setup
    for name, text in {**FILLED, "secret": "short", "again": "short"}.items():
        form.fields[name].setText(text)
    form.make.click()
    qtbot.waitUntil(lambda: "太短" in form._trouble.text())
    assert work.context is None


def test_enter_goes_from_field_to_field(work: Workplace, qtbot: QtBot) -> None:
    form = work.cover._setup
    qtbot.waitUntil(form.fields["centre_zh"].hasFocus)
    qtbot.keyClick(form.fields["centre_zh"], Qt.Key.Key_Return)
    assert form.fields["centre_en"].hasFocus()
