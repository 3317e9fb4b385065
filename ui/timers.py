"""Timers of the station in the words of the moment, counted down to now: for the board and for the wall."""

from __future__ import annotations

from datetime import datetime, timedelta

from ui.context import Words, span
from ui.theme import Level
from ui.widgets.timer import TimerData
from workstation.services.board import Timer

_LEVELS = {"red": Level.RED, "yellow": Level.YELLOW, "blue": Level.BLUE}


def level_of(name: str) -> Level:
    """The level of a word; empty is none."""
    return _LEVELS.get(name, Level.NONE)


def timer_data(w: Words, timer: Timer, now: datetime) -> TimerData:
    """A timer counted to `now`. Paused and stopped ones say so; unknown stays unknown."""
    short = f"board.{timer.code}"
    label = w(short, tier=timer.text) if short in w.catalogue else w(timer.code)
    level = level_of(timer.level)
    match timer.state:
        case "unknown":
            return TimerData(label, level=Level.UNKNOWN)
        case "paused":
            return TimerData(label, level=level, note=w("board.timer.paused"))
        case "running" | "expired" if timer.expires_at is not None:
            left = timer.expires_at - now
            return TimerData(label, *_value(w, left), level=_late(level, left), used=_used(timer, now))
        case _:
            return TimerData(label, note=_note(w, timer))


def _note(w: Words, timer: Timer) -> str:
    if timer.code == "timer.property":
        return w("board.timer.cell", cell=timer.text)
    return w("board.timer.free" if timer.text == "timer.free" else "board.timer.none")


def _value(w: Words, left: timedelta) -> tuple[str, str, str]:
    """Value, word before, word after: 剩 12 分, 超 3 分; 12 min, +3 min."""
    over = left < timedelta(0)
    text = span(left)
    minutes = ":" not in text
    before = w("board.timer.over" if over else "board.timer.left")
    if w.language == "zh":
        return text, before, w("board.timer.minutes") if minutes else ""
    value = f"{before}{text}"
    return (f"{value} {w('board.timer.minutes')}" if minutes else value), "", ""


def _late(level: Level, left: timedelta) -> Level:
    """A timer that ran out since the board was made is at least yellow: the window does not wait to be told."""
    if left < timedelta(0) and level in (Level.NONE, Level.BLUE):
        return Level.YELLOW
    return level


def _used(timer: Timer, now: datetime) -> float | None:
    if timer.started_at is None or timer.expires_at is None or timer.expires_at <= timer.started_at:
        return None
    return min(1.0, max(0.0, (now - timer.started_at) / (timer.expires_at - timer.started_at)))


def short_span(w: Words, lasting: timedelta) -> str:
    """`12 分`, `2:10`."""
    text = span(max(lasting, timedelta(0)))
    return text if ":" in text else w("board.span.minutes", span=text)


def age(w: Words, since: timedelta) -> str:
    """`刚刚`, `5 分前`, `2:10 前`."""
    if since < timedelta(minutes=1):
        return w("board.just-now")
    text = span(since)
    return w("board.ago.hours" if ":" in text else "board.ago.minutes", span=text)
