"""The table with keyed rows: differences instead of resets, literal text, copying."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.theme import Level
from ui.widgets.keyed import Badge, Cell, KeyedModel, KeyedTable, Row
from ui.widgets.look import Look

KEYS = st.lists(st.integers(0, 12).map(str), unique=True, max_size=12)


def rows(keys: list[str], words: str = "") -> list[Row]:
    return [Row(key, (Cell(key), Cell(words or key))) for key in keys]


@given(before=KEYS, after=KEYS, words=st.sampled_from(["", "other"]))
def test_any_list_becomes_any_other_without_a_reset(
    qapp: QApplication, before: list[str], after: list[str], words: str
) -> None:
    model = KeyedModel(2)
    model.show(rows(before))
    resets: list[int] = []
    model.modelReset.connect(lambda: resets.append(1))
    mirror = list(before)
    model.rowsInserted.connect(
        lambda _, first, last: mirror.__setitem__(slice(first, first), _keys(model, first, last))
    )
    model.rowsRemoved.connect(lambda _, first, last: mirror.__delitem__(slice(first, last + 1)))
    model.rowsMoved.connect(lambda _, start, __, ___, to: mirror.insert(to, mirror.pop(start)))
    model.show(rows(after, words))
    assert [row.key for row in model.rows()] == after
    assert mirror == after
    assert [row.cells[1].words for row in model.rows()] == [words or key for key in after]
    assert resets == []


def _keys(model: KeyedModel, first: int, last: int) -> list[str]:
    return [model.key(row) for row in range(first, last + 1)]


def test_the_row_in_hand_stays_in_hand(look: Look, qtbot: QtBot) -> None:
    table = KeyedTable(look, 2, 1)
    qtbot.addWidget(table)
    table.rows.show(rows(["1", "2", "3"]))
    assert table.choose("2")
    table.rows.show(rows(["0", "3", "2", "9"]))
    assert table.current_key() == "2"
    assert not table.choose("absent")


def test_rows_are_copied_as_they_read_and_never_as_markup(look: Look, qtbot: QtBot) -> None:
    table = KeyedTable(look, 2, 1)
    qtbot.addWidget(table)
    cells = (Cell("<b>甲</b>\n乙"), Cell("x", badges=(Badge("补录", "late"),)))
    table.rows.show([Row("1", cells)])
    table.choose("1")
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "<b>甲</b> 乙\tx 补录"


def test_letters_are_left_to_the_screen_and_enter_acts(look: Look, qtbot: QtBot) -> None:
    table = KeyedTable(look, 2, 1)
    qtbot.addWidget(table)
    table.rows.show([Row("head", (Cell("组"), Cell()), head=True), *rows(["1", "2"])])
    acted: list[str] = []
    table.acted.connect(acted.append)
    table.choose("1")
    QTest.keyClicks(table, "2")
    assert table.current_key() == "1"
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert acted == ["2"]
    table.rows.show(rows(["2"]))
    assert table.columnSpan(0, 0) == 1


def test_every_column_but_the_free_text_is_shown_whole(look: Look, qtbot: QtBot) -> None:
    table = KeyedTable(look, 3, 1, caps={2: 90})
    qtbot.addWidget(table)
    table.resize(500, 200)
    table.rows.set_heads(["级别", "内容", "字节"])
    long = "很长的内容" * 40
    table.rows.show([Row("1", (Cell("红", level=Level.RED), Cell(long), Cell("80 01 00 33 B2", hex=True)))])
    table.show()
    table.fit()
    widths = [table.columnWidth(column) for column in range(3)]
    assert widths[2] == 90
    assert sum(widths) <= table.viewport().width() + 1
