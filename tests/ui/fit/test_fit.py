"""Every screen of this room fits the smallest window of the specification, in both languages, with real content."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.screen_kit import Shop, Shops
from ui.bench.view import BenchScreen
from ui.cameras.view import CamerasScreen
from ui.lockers.view import LockersScreen
from ui.prefs import Prefs
from ui.settings.view import SettingsScreen
from ui.supervision.view import SupervisionScreen
from ui.timeline.view import TimelineScreen
from ui.warnings.view import WarningsScreen
from ui.widgets.keyed import KeyedTable

WIDTH, HEIGHT = 1092 - 92, 614 - 32 - 56 - 60
"""The smallest logical window without rail, band and strips."""


class Book:
    def get(self) -> Prefs:
        return Prefs()

    def set(self, wanted: Prefs) -> None:
        raise AssertionError("nothing is changed here")


MAKERS: dict[str, Callable[[Shop, Path], QWidget]] = {
    "timeline": lambda shop, home: TimelineScreen(shop.context, shop.look, prints=home),
    "lockers": lambda shop, _: LockersScreen(shop.context, shop.look),
    "cameras": lambda shop, _: CamerasScreen(shop.context, shop.look),
    "bench": lambda shop, home: BenchScreen(shop.context, shop.look, shop.world, home),
    "warnings": lambda shop, _: WarningsScreen(shop.context, shop.look),
    "supervision": lambda shop, _: SupervisionScreen(shop.context, shop.look),
    "settings": lambda shop, _: SettingsScreen(shop.context, shop.look, Book()),
}


def loaded(screen: Any) -> bool:
    match screen:
        case TimelineScreen():
            return screen.table.rows.rowCount() > 0 and screen.presenter.facts is not None
        case LockersScreen():
            return bool(screen.presenter.banks)
        case BenchScreen():
            return screen.presenter.known and screen.trace.table.rows.rowCount() > 0
        case WarningsScreen() | SupervisionScreen():
            return screen.presenter.whole
        case SettingsScreen():
            return bool(screen.presenter.staff)
        case _:
            return True


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", MAKERS)
def test_the_screen_fits_the_smallest_window(
    shops: Shops, tmp_path: Path, qapp: QApplication, name: str, language: str
) -> None:
    shop = shops("1007", language=language, devices=name == "bench")
    screen: Any = shop.show(MAKERS[name](shop, tmp_path), WIDTH, HEIGHT)
    if name == "timeline":
        screen.show_stay(shop.stay().stay)
    shop.until(lambda: loaded(screen))
    qapp.processEvents()
    least = screen.minimumSizeHint()
    assert (least.width(), least.height()) <= (WIDTH, HEIGHT)
    assert least.height() <= HEIGHT
    assert (screen.width(), screen.height()) == (WIDTH, HEIGHT)
    for table in screen.findChildren(KeyedTable):
        if table.isVisibleTo(screen):
            table.fit()
            assert table.horizontalScrollBar().maximum() == 0, table.objectName()
    screen.retranslate()
    for widget in screen.findChildren(QWidget):
        assert "⟨" not in widget.accessibleName(), widget.accessibleName()
    names = [
        widget.objectName()
        for widget in screen.findChildren(QWidget)
        if widget.objectName().startswith(f"{name}.") and widget.isVisibleTo(screen)
    ]
    assert names
    assert sorted(set(names)) == sorted(names)
