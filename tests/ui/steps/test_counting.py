"""The blind count: several things in one line, and the keyboard goes on behind them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.ui.steps.conftest import Bench
from ui.steps.counting import several


@pytest.mark.parametrize(
    ("typed", "counts"),
    [
        ("sj1 qb1 ys2", [("手机", 1), ("钱包", 1), ("钥匙", 2)]),
        ("手机1 sfz3", [("手机", 1), ("身份证", 3)]),
        ("sj1", []),
        ("sj qb", []),
        ("sj1 qq1", []),
        ("sj1 qb", []),
        ("", []),
    ],
)
def test_counts_in_one_line(typed: str, counts: list[tuple[str, int]]) -> None:
    assert several(typed) == counts


def test_counts_of_one_line_take_a_line_each_and_the_keyboard_goes_on_to_the_cash(bench: Bench) -> None:
    bench.show("A-01", "recount")
    bench.screen.activateWindow()
    name = "steps.recount.count-property-blind"
    line = bench.find(f"{name}.lines.0.name")
    line.setFocus()
    QTest.keyClicks(line, "sj1 ys2")
    QTest.keyClick(line, Qt.Key.Key_Return)
    bench.until(lambda: (focus := QApplication.focusWidget()) and focus.objectName() == f"{name}.fen")
    told = [(row["name"], row["quantity"]) for row in bench.presenter.values["lines"]]
    assert told == [("手机", 1), ("钥匙", 2)]
    assert bench.outcomes == []
