"""Taking a window away whose screens may still wait for answers."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from ui.link import LANES, Link
from workstation.station import messages as m


def retire(window: QWidget, link: Link) -> None:
    """Stop its timers, and delete it once every lane has delivered what was asked before."""
    window.hide()
    for timer in window.findChildren(QTimer):
        timer.stop()
    waiting = set(LANES)

    def drained(lane: str, _: object) -> None:
        waiting.discard(lane)
        if not waiting:
            window.deleteLater()

    for lane in LANES:
        link.ask(m.Hello(protocol=m.PROTOCOL), partial(drained, lane), partial(drained, lane), lane=lane)
