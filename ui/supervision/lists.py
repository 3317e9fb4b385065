"""The tables of supervision: what their columns hold."""

from __future__ import annotations

from datetime import datetime, timedelta

from ui.context import Context, span
from ui.entries import kind_name
from ui.places import is_unplaced, place_of
from ui.supervision.presenter import Finding, Mark, SupervisionPresenter, Tab
from ui.theme import Level
from ui.widgets.keyed import Badge, Cell, Row
from workstation.services.board import Card, Timer

COLUMNS = {
    Tab.PATROL: ("level", "person", "room", "check", "legal", "open", "last"),
    Tab.SAMPLE: ("number", "recorded", "person", "what", "actor", "marks"),
    Tab.CORRECTIONS: ("number", "recorded", "person", "what", "actor", "before"),
    Tab.NEGATIVE: ("number", "recorded", "happened", "person", "marks", "what", "actor"),
}
STRETCH = {Tab.PATROL: "last", Tab.SAMPLE: "what", Tab.CORRECTIONS: "what", Tab.NEGATIVE: "what"}
LEVELS = {"red": Level.RED, "yellow": Level.YELLOW, "blue": Level.BLUE}
KINDS = {Mark.BREACH: "red", Mark.OVERRIDE: "late", Mark.OWED: "red", Mark.LATE: "late"}


class Lists:
    """Makes rows in the language of the moment."""

    def __init__(self, context: Context, presenter: SupervisionPresenter) -> None:
        self._context, self._presenter = context, presenter

    def rows(self, tab: Tab) -> list[Row]:
        """The rows of a part; the bulletin has none."""
        presenter = self._presenter
        match tab:
            case Tab.PATROL:
                now = self._context.clock.now()
                return [self._person(card, now) for card in presenter.persons()]
            case Tab.SAMPLE:
                return [self._entry(one, tab) for one in presenter.drawn()]
            case Tab.CORRECTIONS:
                return [self._entry(one, tab) for one in presenter.corrections()]
            case Tab.NEGATIVE:
                return [self._entry(one, tab) for one in presenter.negative()]
            case Tab.BULLETIN:
                return []

    def _person(self, card: Card, now: datetime) -> Row:
        w = self._context.words
        level = LEVELS.get(card.level, Level.NONE)
        word = w(f"warnings.{card.level}") if card.level in LEVELS else w("supervision.calm")
        timers = {timer.code: timer for timer in card.timers}
        last = kind_name(w, card.last_kind) if card.last_kind else ""
        age = self._span(now - card.last_at) if card.last_at else ""
        return Row(
            card.stay,
            (
                Cell(word, level=level, quiet=level is Level.NONE),
                Cell(f"{card.number} {card.name}".strip(), bold=True),
                Cell(w("supervision.no-room") if is_unplaced(card) else place_of(card, self._context)),
                Cell(self._left(timers.get("clock.CHECK"), now), bold=True),
                Cell(self._left(card.timers[0] if card.timers else None, now)),
                Cell(str(len(card.warnings))),
                Cell(w("supervision.last", what=last, age=age) if last else "—"),
            ),
        )

    def _left(self, timer: Timer | None, now: datetime) -> str:
        w = self._context.words
        if timer is None or timer.state == "none":
            return "—"
        if timer.expires_at is None:
            return w("supervision.unknown")
        left = timer.expires_at - now
        return w("warnings.over" if left < timedelta(0) else "warnings.left", span=self._span(left))

    def _span(self, time: timedelta) -> str:
        text = span(time)
        return text if ":" in text else self._context.words("entries.minutes", minutes=text)

    def _entry(self, found: Finding, tab: Tab) -> Row:
        w, local, sayer = self._context.words, self._context.local, self._presenter.sayer
        entry, row = found.entry, found.entry.row
        who = f"{entry.number} {entry.name}".strip()
        if entry.left:
            who = w("supervision.person-left", person=who)
        old = entry.corrected
        cells = {
            "number": Cell(f"#{row.seq}", quiet=True),
            "recorded": Cell(local(row.recorded_at, "%m-%d %H:%M:%S"), bold=True),
            "happened": Cell(local(row.happened_at, "%H:%M:%S")),
            "person": Cell(who, bold=True),
            "marks": Cell(
                badges=tuple(
                    Badge(w(f"supervision.mark.{mark}"), KINDS.get(mark, "")) for mark in found.marks
                )
            ),
            "what": Cell(sayer.content(row, old)),
            "actor": Cell(sayer.source(row)[1]),
            "before": Cell(f"#{old.seq} {local(old.recorded_at, '%m-%d %H:%M')}" if old else "—", quiet=True),
        }
        return Row(found.key, tuple(cells[column] for column in COLUMNS[tab]))
