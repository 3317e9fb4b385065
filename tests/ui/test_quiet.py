"""Filters stand aside while the program builds, and are there again afterwards."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from ui.quiet import install, quiet, remove


class Counter(QObject):
    """Counts the events of a kind of its own."""

    KIND = QEvent.Type(QEvent.registerEventType())

    def __init__(self) -> None:
        super().__init__()
        self.seen = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        self.seen += event.type() == self.KIND
        return False


@pytest.fixture
def counter(qapp: QApplication) -> Iterator[Counter]:
    """A filter of the application."""
    counter = Counter()
    install(qapp, counter)
    yield counter
    remove(qapp, counter)


def tell(application: QApplication) -> None:
    application.sendEvent(application, QEvent(Counter.KIND))


def test_nothing_is_asked_meanwhile(qapp: QApplication, counter: Counter) -> None:
    tell(qapp)
    with quiet():
        tell(qapp)
    assert counter.seen == 1
    tell(qapp)
    assert counter.seen == 2


def test_the_end_of_the_inner_stretch_is_not_the_end(qapp: QApplication, counter: Counter) -> None:
    with quiet():
        with quiet():
            tell(qapp)
        tell(qapp)
    assert counter.seen == 0


def test_after_trouble_they_are_there_again(qapp: QApplication, counter: Counter) -> None:
    with pytest.raises(ValueError, match="trouble"), quiet():
        raise ValueError("trouble")
    tell(qapp)
    assert counter.seen == 1


def test_what_was_removed_meanwhile_stays_away(qapp: QApplication) -> None:
    counter = Counter()
    install(qapp, counter)
    with quiet():
        remove(qapp, counter)
    tell(qapp)
    assert counter.seen == 0
