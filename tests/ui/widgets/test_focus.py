"""The ring around what has the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QLineEdit, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.focus import REACH, FocusRing
from ui.widgets.look import Look


def scrolled(look: Look, qtbot: QtBot) -> tuple[FocusRing, QScrollArea, list[QLineEdit]]:
    window = QWidget()
    qtbot.addWidget(window)
    area = QScrollArea(window)
    area.setGeometry(20, 30, 300, 120)
    area.setWidgetResizable(True)
    content = QWidget()
    column = QVBoxLayout(content)
    fields = [QLineEdit(content) for _ in range(8)]
    for field in fields:
        field.setMinimumHeight(40)
        column.addWidget(field)
    area.setWidget(content)
    ring = FocusRing(look, window)
    window.resize(400, 300)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return ring, area, fields


def test_the_ring_goes_around_its_target(look: Look, qtbot: QtBot) -> None:
    ring, _, fields = scrolled(look, qtbot)
    fields[0].setFocus()
    assert ring.isVisible()
    place = QRect(fields[0].mapTo(ring.window(), QPoint(0, 0)), fields[0].size())
    assert ring.geometry() == place.adjusted(-REACH, -REACH, REACH, REACH)


def test_the_ring_leaves_the_view_with_its_target(look: Look, qtbot: QtBot) -> None:
    ring, area, fields = scrolled(look, qtbot)
    fields[0].setFocus()
    view = QRect(area.viewport().mapTo(ring.window(), QPoint(0, 0)), area.viewport().size())
    reach = view.adjusted(-REACH, -REACH, REACH, REACH)
    area.verticalScrollBar().setValue(30)
    assert ring.isVisible()
    assert reach.contains(ring.geometry())
    assert ring.height() < fields[0].height()
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    assert not ring.isVisible()
    area.verticalScrollBar().setValue(0)
    assert ring.isVisible()
