"""Tab goes through a form as its fields stand, whatever was offered or shown later."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.steps.conftest import Bench

pytestmark = pytest.mark.timeout(60)


def stops(bench: Bench, first: str, count: int) -> list[str]:
    """Fields through which Tab goes from one on, each once."""
    widget = bench.find(first)
    widget.setFocus()
    names: list[str] = []
    for _ in range(60):
        here: QWidget | None = QApplication.focusWidget()
        assert here is not None
        _, *inside = here.objectName().split(".")[2:]
        if not inside:
            break  # beyond the form
        if not names or names[-1] != inside[0]:
            names.append(inside[0])
        if len(names) == count:
            break
        here.focusNextChild()
    return names


def test_choices_and_lines_take_turns_as_they_stand(bench: Bench) -> None:
    bench.show("A-03", "care")
    bench.fill(care="meal")
    bench.until(lambda: bench.presenter.values.get("care") == "meal")
    order = stops(bench, "steps.care.offer-care.care.meal", 6)
    assert order == ["care", "outcome", "line_kind", "water", "detail", "sign_meal-record"]
