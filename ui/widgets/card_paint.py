"""The person card, painted row by row, each row given the room that its font needs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from ui.theme import Level, Theme, Type
from ui.widgets import paint
from ui.widgets.cards import CardData
from ui.widgets.dots import dots_width, paint_dots
from ui.widgets.labels import cap_height, cap_width, chip_width, paint_cap, paint_level_chip
from ui.widgets.look import Look
from ui.widgets.timer import TimerData, paint_timer, timer_height, timer_width


def paint_card(
    painter: QPainter,
    rect: QRectF,
    card: CardData,
    look: Look,
    *,
    compact: bool = False,
    focused: bool = False,
) -> None:
    """Draw a whole card into `rect`, full or compact."""
    theme, t = look.theme, look.theme.tokens
    radius, bar = theme.px(3), theme.px(8)
    colours = theme.level(card.level)
    hollow = card.unacknowledged and look.hollow(card.level)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    match card.level:
        case Level.RED:
            border, width = t.red, 3.0
        case Level.YELLOW:
            border, width = t.yellowedge, 2.0
        case Level.NONE | Level.BLUE | Level.UNKNOWN:
            border, width = t.line, 1.0
    paint.frame(painter, rect, border, width=width, radius=radius, ground=t.surface)
    edge = QRectF(rect.left() + width, rect.top() + width, bar, rect.height() - 2 * width)
    unknown = card.level is Level.UNKNOWN or bool(card.unknown)
    if card.level in (Level.RED, Level.YELLOW, Level.BLUE):
        painter.fillRect(edge, QColor(t.surface if hollow else colours.fill))
        if card.level is Level.YELLOW:
            painter.fillRect(QRectF(edge.right(), edge.top(), 2, edge.height()), QColor(t.yellowedge))
    elif unknown:
        paint.strong_hatch(painter, edge, theme, look.tiles)
    else:
        painter.fillRect(edge, QColor(t.line))
    _Rows(painter, rect, card, look, compact=compact, hollow=hollow, focused=focused).draw()
    if focused:
        ring = rect.adjusted(-0.5, -0.5, 0.5, 0.5)
        paint.frame(painter, ring.adjusted(-4, -4, 4, 4), t.focus, width=3, radius=radius + 3)


class _Rows:
    """The rows of one card, from the top, each given the room its font needs."""

    def __init__(
        self,
        painter: QPainter,
        rect: QRectF,
        card: CardData,
        look: Look,
        *,
        compact: bool,
        hollow: bool,
        focused: bool,
    ) -> None:
        self.painter, self.card, self.look, self.theme = painter, card, look, look.theme
        self.compact, self.hollow, self.focused = compact, hollow, focused
        px = self.theme.px
        self.left = rect.left() + px(18)
        self.right = rect.right() - px(10)
        self.top = rect.top() + px(6 if compact else 8)
        self.bottom = rect.bottom() - px(7 if compact else 8)
        self.indent = self.left if compact else self.left + px(62)

    def draw(self) -> None:
        theme, px = self.theme, self.theme.px
        if not self.compact:
            self._photo(QRectF(self.left, self.top + px(2), px(52), px(60)))
        name = theme.line(Type.NAME)
        flags_first = self._name(QRectF(self.indent, self.top, self.right - self.indent, name))
        y = self.top + name + (px(6) if self.compact else px(2))
        room = theme.box(28, Type.STRONG)
        below = self._room(QRectF(self.indent, y, self.right - self.indent, room), flags_first)
        action = theme.box(36, Type.STRONG)
        timers = timer_height(theme)
        if self.compact:
            y += room + px(6)
        else:
            y += room + px(5)
            self._steps(QRectF(self.left, y, self.right - self.left, px(24)), with_flags=below)
            y += px(24) + px(6)
        self._timers(QRectF(self.left, y, self.right - self.left, timers))
        self._action(QRectF(self.left, self.bottom - action, self.right - self.left, action))

    def _photo(self, box: QRectF) -> None:
        t, painter = self.theme.tokens, self.painter
        painter.save()
        paint.frame(painter, box, t.line, radius=self.theme.px(3), ground=t.sunken)
        painter.setClipPath(paint.rounded(box.adjusted(1, 1, -1, -1), self.theme.px(3)))
        if self.card.photo is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(box, self.card.photo, QRectF(self.card.photo.rect()))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(t.edge))
            w, h = box.width(), box.height()
            painter.drawEllipse(QRectF(box.left() + w * 0.29, box.top() + h * 0.16, w * 0.42, h * 0.42))
            painter.drawRoundedRect(
                QRectF(box.left() + w * 0.14, box.top() + h * 0.66, w * 0.72, h * 0.6), w * 0.22, w * 0.22
            )
        painter.restore()

    def _name(self, box: QRectF) -> bool:
        """The name row; returns whether the level chip must stand in the room row instead."""
        theme, t, card, px = self.theme, self.theme.tokens, self.card, self.theme.px
        number = paint.width_of(theme, Type.TITLE, card.number)
        right_align = Qt.AlignmentFlag.AlignRight
        paint.text(self.painter, box, card.number, theme.font(Type.TITLE), t.ink, align=right_align)
        chip = self._chip_width()
        name = paint.width_of(theme, Type.NAME, card.name)
        sex = paint.width_of(theme, Type.BODY, card.sex_age) + px(6) if card.sex_age else 0
        room = box.width() - number - px(8)
        instead = bool(card.disagree or card.unknown)
        below = bool(chip) and name + chip + px(6) > room and not instead
        if chip and not below:
            chip = min(chip, max(px(32), int(room - name - px(6))))
            height = theme.box(26)
            right = box.right() - number - px(8)
            self._chip(QRectF(right - chip, box.center().y() - height / 2, chip, height))
            room -= chip + px(6)
        if name <= room:
            paint.text(self.painter, box, card.name, theme.font(Type.NAME), t.ink)
            if sex and name + sex <= room:
                paint.text(
                    self.painter, box.adjusted(name + px(6), px(2), 0, px(2)), card.sex_age,
                    theme.font(Type.BODY), t.ink2,
                )  # fmt: skip
        else:
            self._two_lines(QRectF(box.left(), box.top() - px(4), room, box.height() + px(8)))
        return below

    def _two_lines(self, box: QRectF) -> None:
        """A name longer than the card: two lines, at a break between words when there is one."""
        theme, name = self.theme, paint.literal(self.card.name)
        metrics = theme.metrics(Type.BODY_BOLD)
        cut = len(name)
        while cut > 1 and metrics.horizontalAdvance(name[:cut]) > box.width():
            cut -= 1
        at = max((name.rfind(mark, 0, cut) + 1 for mark in "· -"), default=0) or cut
        half = box.height() / 2
        font, colour = theme.font(Type.BODY_BOLD), theme.tokens.ink
        paint.text(self.painter, QRectF(box.left(), box.top(), box.width(), half), name[:at], font, colour)
        second = QRectF(box.left(), box.top() + half, box.width(), half)
        paint.text(self.painter, second, name[at:], font, colour, elide=True)

    def _chip_width(self) -> int:
        if self.card.level not in (Level.RED, Level.YELLOW) or not self.card.level_word:
            return 0
        return chip_width(self.theme, self.card.level_word)

    def _chip(self, box: QRectF) -> None:
        card = self.card
        words = card.level_word if box.width() >= self._chip_width() else ""
        paint_level_chip(self.painter, box, card.level, words, self.look, hollow=self.hollow)

    def _room(self, box: QRectF, with_chip: bool) -> bool:
        """Where the person is, and flags as they fit; returns whether the flags must stand beside the steps."""
        theme, t, card, px = self.theme, self.theme.tokens, self.card, self.theme.px
        height, side = theme.box(26), px(18)
        middle = box.center().y()
        if card.disagree or card.unknown:
            level = Level.YELLOW if card.disagree else Level.UNKNOWN
            words = card.disagree or card.unknown
            if card.disagree and chip_width(theme, words) > box.width():
                words = card.disagree_short or words
            taken = float(chip_width(theme, words))
            paint_level_chip(
                self.painter, QRectF(box.left(), middle - height / 2, taken, height), level, words, self.look
            )
        else:
            mark = QRectF(box.left(), middle - side / 2, side, side)
            self.look.icons.paint(self.painter, "room", mark, t.ink)
            area = box.adjusted(side + px(4), 0, 0, 0)
            role = self._room_type(area.width(), with_chip)
            taken = (
                side + px(4) + paint.text(self.painter, area, card.room, theme.font(role), t.ink, elide=True)
            )
        right = box.right()
        if with_chip:
            chip = self._chip_width()
            self._chip(QRectF(right - chip, middle - height / 2, chip, height))
            right -= chip + px(6)
        start = QRectF(box.left() + taken + px(4 if self.compact else 8), middle - height / 2, 0, height)
        if not self.compact and card.flags and self._fitting(right - start.left())[0] == 0:
            return True
        self._flags(start, right)
        return False

    def _room_type(self, width: float, with_chip: bool) -> Type:
        """The type of the room's name: smaller before it is cut, or where that lets more flags stand beside it."""
        theme, flags = self.theme, self.card.flags
        large, small = (paint.width_of(theme, role, self.card.room) for role in (Type.STRONG, Type.BODY_BOLD))
        if large > width:
            return Type.BODY_BOLD
        if not self.compact or not flags:
            return Type.STRONG
        width -= theme.px(4) + (self._chip_width() + theme.px(6) if with_chip else 0)
        told = [len(self._fitting(width - name)[1]) for name in (large, small)]
        shown = [self._fitting(width - name)[0] for name in (large, small)]
        return Type.BODY_BOLD if (shown[1], told[1]) > (shown[0], told[0]) else Type.STRONG

    def _fitting(self, room: float) -> tuple[int, list[int]]:
        """How many flags, at most two, fit whole into a width, and the widths of their chips and of `+n`."""
        theme, px = self.theme, self.theme.px
        for count in (2, 1, 0):
            shown = self.card.flags[:count]
            more = len(self.card.flags) - len(shown)
            widths = [
                chip_width(theme, flag.words, bold=flag.level is not Level.NONE) - px(2) for flag in shown
            ]
            if more:
                widths.append(chip_width(theme, f"+{more}", icon=False, bold=False))
            if sum(widths) + px(6) * (len(widths) - 1) <= room:
                return len(shown), widths
        return 0, []

    def _flags(self, start: QRectF, right: float) -> None:
        """At most two flags from the right, and how many more there are; none is cut."""
        theme, t, px = self.theme, self.theme.tokens, self.theme.px
        count, widths = self._fitting(right - start.left())
        shown, more = self.card.flags[:count], len(self.card.flags) - count
        x = right - sum(widths) - px(6) * (len(widths) - 1) if widths else right
        for place, width in enumerate(widths):
            box = QRectF(x, start.top(), width, start.height())
            x += width + px(6)
            if place >= len(shown):
                paint.frame(self.painter, box, t.line, radius=px(3), ground=t.surface2)
                centre = Qt.AlignmentFlag.AlignHCenter
                paint.text(self.painter, box, f"+{more}", theme.font(Type.BODY), t.ink, align=centre)
                continue
            flag = shown[place]
            if flag.level is not Level.NONE:
                paint_level_chip(self.painter, box, flag.level, flag.words, self.look)
                continue
            paint.frame(self.painter, box, t.line, radius=px(3), ground=t.surface2)
            side = px(18)
            mark = QRectF(box.left() + px(6), box.center().y() - side / 2, side, side)
            self.look.icons.paint(self.painter, flag.icon, mark, t.ink)
            paint.text(self.painter, box.adjusted(px(28), 0, 0, 0), flag.words, theme.font(Type.BODY), t.ink)

    def _steps(self, box: QRectF, *, with_flags: bool) -> None:
        """The steps, and beside them the last entry, or the flags that found no room above."""
        theme, px = self.theme, self.theme.px
        paint_dots(self.painter, box, self.card.dots, theme)
        area = box.adjusted(dots_width(self.card.dots, theme) + px(8), 0, 0, 0)
        if with_flags:
            self._flags(
                QRectF(area.left(), area.center().y() - theme.box(26) / 2, 0, theme.box(26)), box.right()
            )
            return
        whole = paint.width_of(theme, Type.BODY, self.card.last) <= area.width()
        paint.text(
            self.painter,
            area,
            self.card.last if whole else self.card.last_short,
            theme.font(Type.BODY),
            theme.tokens.ink2,
            align=Qt.AlignmentFlag.AlignRight,
            elide=True,
        )

    def _timers(self, box: QRectF) -> None:
        """As many timers as fit whole: two when compact, else three."""
        theme, gap = self.theme, self.theme.px(6)
        timers = self.card.timers[: 2 if self.compact else 3]
        while len(timers) > 1:
            each = (box.width() - gap * (len(timers) - 1)) / len(timers)
            if sum(max(each * 0.6, timer_width(timer, theme)) for timer in timers) <= box.width():
                break
            timers = timers[:-1]
        if not timers:
            return
        for area, timer in zip(_shares(box, timers, theme, gap), timers, strict=True):
            hollow = timer.unacknowledged and self.look.hollow(timer.level)
            paint_timer(self.painter, area, timer, self.look, hollow=hollow)

    def _action(self, box: QRectF) -> None:
        theme, t, card, px = self.theme, self.theme.tokens, self.card, self.theme.px
        if self.compact and card.dots:
            width = dots_width(card.dots, theme, compact=True)
            paint_dots(
                self.painter,
                QRectF(box.left(), box.top(), width, box.height()),
                card.dots,
                theme,
                compact=True,
            )
            box = box.adjusted(width + px(4), 0, 0, 0)
        if not card.action:
            return
        colour = t.onfill if card.mine else t.ink
        ground = t.fill if card.mine else t.surface
        paint.frame(self.painter, box, t.fill if card.mine else t.edge, radius=px(4), ground=ground)
        x, right = px(10), box.right() - px(10)
        if card.action_icon and not self.compact:
            side = px(20)
            mark = QRectF(box.left() + px(10), box.center().y() - side / 2, side, side)
            self.look.icons.paint(self.painter, card.action_icon, mark, colour)
            x += px(28)
        role = Type.BODY_BOLD if self.compact else Type.STRONG
        area = box.adjusted(x, 0, -px(10), 0)
        x += paint.text(self.painter, area, card.action, theme.font(role), colour) + px(8)
        if self.focused and card.action_key:
            width, height = cap_width(theme, card.action_key), cap_height(theme)
            if box.left() + x + width <= right:
                cap = QRectF(right - width, box.center().y() - height / 2, width, height)
                paint_cap(self.painter, cap, card.action_key, theme, colour)
                right -= width + px(8)
        rest = QRectF(box.left() + x, box.top(), max(0.0, right - box.left() - x), box.height())
        for owner in (card.owner, card.owner_short):
            if paint.width_of(theme, Type.BODY, owner) <= rest.width():
                align = Qt.AlignmentFlag.AlignRight
                paint.text(self.painter, rest, owner, theme.font(Type.BODY), colour, align=align)
                break


def _shares(box: QRectF, timers: Sequence[TimerData], theme: Theme, gap: float) -> list[QRectF]:
    """Divide a row among its timers: equal parts, except where one needs more."""
    total = box.width() - gap * (len(timers) - 1)
    needs = [float(timer_width(timer, theme)) for timer in timers]
    each = total / len(timers)
    short = sum(max(0.0, need - each) for need in needs)
    spare = sum(max(0.0, each - need) for need in needs)
    widths = [
        need if need > each else each - (short * (each - need) / spare if spare else 0.0) for need in needs
    ]
    areas, x = [], box.left()
    for width in widths:
        areas.append(QRectF(x, box.top(), width, box.height()))
        x += width + gap
    return areas
