"""How a recording is doing, in words, shapes and levels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ui.context import Context
from ui.theme import Level
from ui.widgets.shapes import Shape
from workstation.readings import RecordingGap, RecordingState, Verified


@dataclass(frozen=True)
class RecordingSaid:
    """The first thing read on the screen: shape, word and detail; `level` where something is wrong."""

    shape: Shape
    word: str
    detail: str
    level: Level = Level.NONE
    runs: bool = False


def recording_said(
    state: RecordingState | None, context: Context, *, asked: bool, demanded: bool
) -> RecordingSaid:
    """`asked`: the station has answered; `demanded`: the law wants this interview recorded as a whole."""
    pick = context.words.pick
    wrong = Level.RED if demanded else Level.YELLOW
    if not asked:
        detail = pick("还没有得到录制状态", "Nothing is known of it yet")
        return RecordingSaid(Shape.UNKNOWN, pick("录制未知", "Recording unknown"), detail, Level.UNKNOWN)
    if state is None:
        detail = pick("本室没有录制设备在工作", "Nothing records this room")
        return RecordingSaid(Shape.OUT_OF_SERVICE, pick("没有录制", "Not recorded"), detail, wrong)
    since = context.local(state.since, "%H:%M:%S")
    detail = pick(f"{since} 起", f"since {since}")
    if state.gaps:
        detail += pick(f" · 有 {state.gaps} 处缺口", f", {state.gaps} gap(s)")
    if not state.running:
        return RecordingSaid(Shape.OUT_OF_SERVICE, pick("录制已停", "Recording stopped"), detail, wrong)
    if state.verified is Verified.YES:
        return RecordingSaid(Shape.RECORDING, pick("录制中", "Recording"), detail, runs=True)
    if state.verified is Verified.UNKNOWN:
        return RecordingSaid(Shape.UNKNOWN, pick("录制未知", "Recording unknown"), detail, Level.UNKNOWN)
    reason = context.words(state.reason) if state.reason else detail
    return RecordingSaid(Shape.FAULT, pick("录制中断", "Recording interrupted"), reason, wrong)


def gaps_said(gaps: Sequence[RecordingGap], now: datetime, context: Context) -> tuple[str, str]:
    """How much is missing, and when; empty words when nothing is."""
    if not gaps:
        return "", ""
    pick = context.words.pick
    missing = sum(((one.ended or now) - one.began).total_seconds() for one in gaps)
    seconds = max(1, round(missing))
    spans = []
    for one in gaps:
        end = context.local(one.ended, "%H:%M:%S") if one.ended else pick("至今", "still")
        spans.append(f"{context.local(one.began, '%H:%M:%S')}–{end}")
    return pick(f"缺 {seconds} 秒", f"{seconds} s missing"), pick("，", ", ").join(spans[-3:])
