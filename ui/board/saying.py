"""What stands beside the cards, in words: rows of the trays, boxes of the rooms, lines of the notes."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from ui.board.notes import NoteRow
from ui.board.presenter import BoardPresenter, Tray
from ui.board.rooms import RoomBox
from ui.board.trays import TrayRow
from ui.context import Context
from ui.theme import Level
from ui.timers import short_span
from workstation.services.board import Board, Card
from workstation.services.board_side import NoteView, RoomView

SOON = timedelta(minutes=30)  # before somebody outside is due back
_USES = ("holding", "interview", "search", "capture", "medical")


def tray_rows(tray: Tray, presenter: BoardPresenter, context: Context, now: datetime) -> list[TrayRow]:
    """The rows of one tray."""
    match tray:
        case Tray.ARRIVING:
            return [_arrival(one, context, now) for one in presenter.arrivals()]
        case Tray.WAITING:
            return [_waiting(card, context, now) for card in presenter.tray(tray)]
        case Tray.OUT:
            return [_out(card, context, now) for card in presenter.tray(tray)]
        case Tray.OTHERS:
            return [_other(card, context) for card in presenter.tray(tray)]
        case Tray.TRANSIT:
            w = context.words
            return [
                TrayRow(
                    one.stay,
                    f"{one.name} {one.number} → {one.destination}".strip(),
                    context.local(one.at),
                    _joined(w("board.escorts", count=one.escorts), w("board.transit.unknown")),
                    opens=False,
                )
                for one in presenter.leaving()
            ]


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _who(card: Card, context: Context) -> str:
    return f"{card.name or context.words('board.no-name')} {card.number}"


def _arrival(one: NoteView, context: Context, now: datetime) -> TrayRow:
    w, at = context.words, one.expected_at or one.at
    past = now - at
    late = past >= timedelta(minutes=1)
    when = (
        w("board.arrival.late", span=short_span(w, past))
        if late
        else w("board.arrival.about", time=context.local(at))
    )
    told = w("board.arrival.by", name=one.by, time=context.local(one.at))
    return TrayRow(one.key, one.text, "", _joined(when, told), drops=True)


def _waiting(card: Card, context: Context, now: datetime) -> TrayRow:
    w, waiting = context.words, card.waiting
    assert waiting is not None, "only who waits is in this tray"
    since = w("board.waiting.since", span=short_span(w, now - waiting.since)) if waiting.since else ""
    if waiting.room:
        at = w("board.waiting.at", time=context.local(waiting.from_at)) if waiting.from_at else ""
        what = _joined(w("board.waiting.room", room=context.room_name(waiting.room)), at)
    else:
        what = _joined(w("board.waiting.holding"), w(f"action.{card.action}") if card.action else "")
    return TrayRow(card.stay, _who(card, context), since, what)


def _out(card: Card, context: Context, now: datetime) -> TrayRow:
    w = context.words
    level = Level.NONE
    if card.status == "escaped":
        return TrayRow(card.stay, _who(card, context), w("board.status.escaped"), "", Level.RED)
    if card.due_back is None:
        when = w("board.out.no-due")
    elif card.due_back < now:
        when, level = w("board.out.late", span=short_span(w, now - card.due_back)), Level.YELLOW
    elif card.due_back - now <= SOON:
        when, level = w("board.out.left", span=short_span(w, card.due_back - now)), Level.BLUE
    else:
        when = w("board.out.due", time=context.local(card.due_back))
    more = _joined(card.whereto, w("board.escorts", count=card.escorts) if card.escorts else "")
    return TrayRow(card.stay, _who(card, context), when, more, level)


def _other(card: Card, context: Context) -> TrayRow:
    w = context.words
    since = context.local(card.since) if card.since else ""
    words = _joined(w(f"board.capacity.{card.capacity}"), w(f"action.{card.action}") if card.action else "")
    return TrayRow(card.stay, _who(card, context), since, words)


def note_rows(presenter: BoardPresenter, context: Context, now: datetime) -> list[NoteRow]:
    """The notes, newest first; those of the desk may be taken away, those of a record may not."""
    return [
        NoteRow(
            key=one.key,
            text=f"{one.number} {one.text}".strip(),
            told=f"{one.by} {context.local(one.at, '%H:%M' if now - one.at < timedelta(hours=12) else '%m-%d %H:%M')}",
            stay=one.stay,
            drops=one.kind == "note",
        )
        for one in presenter.notes()
    ]


def room_boxes(board: Board, context: Context) -> list[RoomBox]:
    """Every room as a box."""
    return [_box(room, context) for room in board.rooms]


def _box(room: RoomView, context: Context) -> RoomBox:
    w = context.words
    unknown = room.camera in ("unknown", "lost") or room.recording == "unknown"
    words = w("board.comma").join(room.people)
    level, why = Level.NONE, ""
    if room.disputed:
        level, why = Level.YELLOW, w("board.room.disputed")
        words = words or w("board.comma").join(room.disputed)
    elif room.capacity and len(room.people) > room.capacity:
        level, why = Level.YELLOW, w("board.room.over", count=len(room.people), most=room.capacity)
    elif room.recording == "no":
        level, why = Level.RED if room.demanded else Level.YELLOW, w("board.room.recording.no")
    elif unknown and room.in_service:
        level = Level.UNKNOWN
        why = w(f"board.room.camera.{room.camera}" if room.camera != "ok" else "board.room.recording.unknown")
    if not room.in_service:
        words = w("board.room.closed")
    return RoomBox(
        w.pick(room.name_zh, room.name_en),
        words or (why if level is Level.UNKNOWN else w("board.room.empty")),
        empty=not room.people,
        closed=not room.in_service,
        recording=room.recording == "yes",
        talking=room.interview,
        level=level,
        why=why,
    )


def rooms_count(board: Board, context: Context) -> str:
    """`候问 2/4 · 讯问 1/3`: rooms in use of those in service."""
    w = context.words
    full: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for room in board.rooms:
        if room.in_service:
            every[room.use] += 1
            full[room.use] += bool(room.people)
    return _joined(
        *(
            w("board.rooms.part", use=w(f"board.use.{use}"), full=full[use], all=every[use])
            for use in _USES
            if every[use]
        )
    )
