"""While the program puts many widgets together itself, no filter of the application is asked about each event.

Nothing can be typed meanwhile, and to ask Python about thousands of events takes as long as all the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from weakref import ref

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

_filters: list[ref[QObject]] = []
_aside = False


def install(application: QApplication, one: QObject) -> None:
    """Let `one` filter the events of the application, before all that filter already."""
    _filters.append(ref(one))
    application.installEventFilter(one)


def remove(application: QApplication, one: QObject) -> None:
    """Let `one` filter no more."""
    _filters[:] = [kept for kept in _filters if kept() is not one]
    application.removeEventFilter(one)


def _standing() -> list[QObject]:
    """The filters that are still there, in the order in which they were installed."""
    return [one for kept in _filters if (one := kept()) is not None and isValid(one)]


@contextmanager
def quiet() -> Iterator[None]:
    """The filters stand aside; one such stretch may lie in another."""
    global _aside
    application = QApplication.instance()
    if _aside or application is None:
        yield
        return
    _aside = True
    for one in _standing():
        application.removeEventFilter(one)
    try:
        yield
    finally:
        _aside = False
        for one in _standing():
            application.installEventFilter(one)
