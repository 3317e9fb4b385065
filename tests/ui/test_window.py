"""The shell: screens are built when opened, keys go round it, the lock keeps what it covers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import FAMILIES, RESOURCES, MakeLook
from ui.texts import Texts
from ui.theme import Theme
from ui.tokens import DARK, LIGHT
from ui.widgets.look import Look
from ui.window import Shell

SCREENS = [
    ("board", "F1", "看板"), ("steps", "F2", "办理"), ("timeline", "F3", "时间轴"), ("lockers", "F4", "财物柜"),
    ("cameras", "F5", "视频"), ("warnings", "F6", "预警"), ("supervision", "F7", "督查"), ("bench", "F8", "设备台"),
    ("settings", "F9", "设置"),
]  # fmt: skip


def page(name: str) -> QWidget:
    widget = QWidget()
    column = QVBoxLayout(widget)
    field = QLineEdit()
    field.setAccessibleName(name)
    column.addWidget(field)
    column.addWidget(QPushButton(name))
    return widget


def shell_of(look: Look, qtbot: QtBot, width: int = 1366, height: int = 768) -> tuple[Shell, list[str]]:
    shell = Shell(look)
    built: list[str] = []

    def factory(name: str) -> Callable[[QWidget], QWidget]:
        def build(_: QWidget) -> QWidget:
            built.append(name)
            return page(name)

        return build

    for name, key, title in SCREENS:
        shell.add_screen(name, key, lambda words=title: words, name, factory(name))
    qtbot.addWidget(shell)
    shell.resize(width, height)
    shell.show()
    qtbot.waitUntil(shell.isActiveWindow, timeout=5000)
    return shell, built


def test_a_screen_is_built_when_first_opened_and_kept(look: Look, qtbot: QtBot) -> None:
    shell, built = shell_of(look, qtbot)
    assert built == []
    opened: list[str] = []
    shell.opened.connect(opened.append)
    qtbot.keyClick(shell, Qt.Key.Key_F1)
    qtbot.keyClick(shell, Qt.Key.Key_F4)
    qtbot.keyClick(shell, Qt.Key.Key_F1)
    assert built == ["board", "lockers"]
    assert opened == ["board", "lockers", "board"]
    assert shell.current() == "board"
    assert shell.rail.items["board"].isChecked()
    assert "看板" in shell.windowTitle()


def test_the_same_name_twice_is_a_mistake(look: Look, qtbot: QtBot) -> None:
    shell, _ = shell_of(look, qtbot)
    with pytest.raises(ValueError, match="already there"):
        shell.add_screen("board", "F1", lambda: "x", "board", QWidget)


def test_opening_puts_the_keyboard_into_the_screen(look: Look, qtbot: QtBot) -> None:
    shell, _ = shell_of(look, qtbot)
    shell.open("steps")
    focus = QApplication.focusWidget()
    assert isinstance(focus, QLineEdit)
    assert focus.accessibleName() == "steps"


def test_ctrl_tab_goes_through_the_regions_and_back_to_where_one_was(look: Look, qtbot: QtBot) -> None:
    shell, _ = shell_of(look, qtbot)
    shell.open("board")
    button = shell.screen_widget("board").findChild(QPushButton)
    button.setFocus()
    inside: list[int] = []
    for _ in range(3):
        qtbot.keyClick(shell, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
        focus = QApplication.focusWidget()
        assert focus is not None
        inside.append(next(n for n, region in enumerate(shell.regions()) if region.isAncestorOf(focus)))
    assert inside == [2, 3, 0]  # the strip below has nothing to press yet
    assert QApplication.focusWidget() is button
    qtbot.keyClick(
        shell, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert shell.top.isAncestorOf(QApplication.focusWidget())


def test_the_lock_covers_and_gives_back(look: Look, qtbot: QtBot) -> None:
    shell, built = shell_of(look, qtbot)
    shell.open("steps")
    field = shell.screen_widget("steps").findChild(QLineEdit)
    field.setText("未完的草稿")
    asked: list[str] = []
    shell.lock_asked.connect(lambda: asked.append("lock"))
    shell.search_asked.connect(lambda: asked.append("search"))
    qtbot.keyClick(shell, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(shell, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert asked == ["search", "lock"]
    shell.lock(page("cover"))
    assert shell.is_locked()
    for key in (Qt.Key.Key_F1, Qt.Key.Key_F4):
        qtbot.keyClick(shell, key)
    qtbot.keyClick(shell, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert built == ["steps"]
    assert asked == ["search", "lock"]
    assert not field.isVisible()
    assert shell.current() == ""
    shell.unlock()
    assert shell.current() == "steps"
    assert field.isVisible()
    assert field.text() == "未完的草稿"


@pytest.mark.parametrize(
    ("scale", "width", "height"),
    [
        (1.0, 1366, 768), (1.25, 1366, 768), (1.0, 1920, 1080), (1.25, 1920, 1080), (1.5, 1920, 1080),
        (2.0, 1920, 1080), (2.0, 3840, 2160),
    ],
)  # fmt: skip
def test_the_shell_fits_every_screen(
    make_look: MakeLook, qtbot: QtBot, scale: float, width: int, height: int
) -> None:
    look = make_look(scale=scale)
    shell, _ = shell_of(look, qtbot, width, height)
    shell.set_simulated("练习库 · 模拟设备 6 台 · 记录不具法律效力")
    shell.open("board")
    assert shell.minimumSizeHint().width() <= width
    assert shell.minimumSizeHint().height() <= height
    assert (shell.width(), shell.height()) == (width, height)
    assert shell.rail.least_height() <= shell.rail.height()
    low = height / scale < 900
    assert (shell.rail.items["board"].height() < look.theme.px(60)) is low
    assert shell.is_compact() is (width / scale < 1700)
    assert shell.strip.geometry().bottom() < height


def test_titles_are_asked_again_after_a_change_of_language(
    look: Look, qtbot: QtBot, qapp: QApplication, name_of: Callable[[QWidget], str]
) -> None:
    shell, _ = shell_of(look, qtbot)
    texts = Texts(RESOURCES / "i18n", qapp)
    titles = {"zh": "新界面", "en": "New screen"}
    shell.add_screen("new", "F10", lambda: titles[texts.language], "board", QWidget)
    assert name_of(shell.rail.items["new"]) == "F10 新界面"
    texts.switch("en")
    qtbot.waitUntil(lambda: name_of(shell.rail.search) == "Ctrl K Find", timeout=5000)
    shell.look.switch(Theme(scale=1.25, families=FAMILIES), qapp)
    texts.language = "en"
    QApplication.sendEvent(shell, QEvent(QEvent.Type.LanguageChange))
    assert name_of(shell.rail.items["new"]) == "F10 New screen"
    texts.switch("zh")
    qtbot.waitUntil(lambda: name_of(shell.rail.search) == "Ctrl K 查找", timeout=5000)


def test_a_screen_larger_than_the_desk_scrolls(look: Look, qtbot: QtBot) -> None:
    shell, _ = shell_of(look, qtbot)
    large = QWidget()
    large.setMinimumSize(3000, 2000)
    shell.add_screen("large", "F10", lambda: "大", "board", lambda _: large)
    shell.open("large")
    assert (shell.width(), shell.height()) == (1366, 768)
    assert shell.current() == "large"
    assert large.size().height() == 2000
    assert shell.strip.geometry().bottom() < 768


def test_it_tells_when_it_becomes_narrow(look: Look, qtbot: QtBot) -> None:
    shell, _ = shell_of(look, qtbot, 1920, 1080)
    told: list[bool] = []
    shell.compacted.connect(told.append)
    shell.resize(1366, 768)
    qtbot.waitUntil(lambda: told == [True], timeout=5000)


def test_the_focus_ring_follows_the_keyboard(
    look: Look, qtbot: QtBot, colours_of: Callable[[QWidget], dict[str, int]]
) -> None:
    shell, _ = shell_of(look, qtbot)
    shell.open("board")
    field = shell.screen_widget("board").findChild(QLineEdit)
    assert shell.ring.target() is field
    assert shell.ring.isVisible()
    assert shell.ring.geometry().contains(field.mapTo(shell, field.rect().topLeft()))
    assert colours_of(shell)[LIGHT.focus] > 300
    shell.top.user.setFocus()
    assert shell.ring.target() is shell.top.user
    assert colours_of(shell)[DARK.focus] > 100
    assert LIGHT.focus not in colours_of(shell)


def test_the_band_takes_the_first_row_only_when_something_is_simulated(look: Look, qtbot: QtBot) -> None:
    shell, _ = shell_of(look, qtbot)
    assert shell.band.isHidden()
    shell.set_simulated("练习库")
    assert shell.band.isVisible()
    assert shell.band.y() == 0
    qtbot.waitUntil(lambda: shell.band.width() == shell.width(), timeout=5000)
    shell.set_simulated("")
    assert shell.band.isHidden()
