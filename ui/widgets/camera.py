"""A camera tile: the last frame, and whether it is live. A frame that is not live always says so."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QBrush,
    QColor,
    QImage,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Level, Type
from ui.tokens import DARK
from ui.widgets import paint
from ui.widgets.labels import chip_width, paint_level_chip
from ui.widgets.look import Look
from ui.widgets.painted import Painted
from ui.widgets.shapes import Shape, paint_shape


class Picture(StrEnum):
    """What the picture is worth."""

    LIVE = "live"
    FROZEN = "frozen"
    LOST = "lost"
    COVERED = "covered"
    MASKED = "masked"
    RECORDED = "recorded"


PLAIN = frozenset({Picture.LIVE, Picture.RECORDED})
"""Pictures that are shown as they are; every other one is veiled."""


@dataclass(frozen=True)
class TileData:
    """What stands on a tile. `masks` are parts of the picture that are not shown, as fractions x, y, w, h."""

    place: str
    who: str = ""
    state: Picture = Picture.LOST
    state_word: str = ""
    state_icon: str = ""
    recording: bool = False
    level: Level = Level.NONE
    level_word: str = ""
    time: str = ""
    health: str = ""
    message: str = ""
    detail: str = ""
    masks: tuple[tuple[float, float, float, float], ...] = ()
    mask_word: str = ""


class CameraTile(Painted):
    """One camera; dark in both themes. It starts as lost: no picture is live before one has come."""

    def __init__(self, look: Look, data: TileData, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._frame: QImage | None = None
        self.data = data
        self.setProperty("ground", "frame")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.set(data)

    def set(self, data: TileData) -> None:
        """Show another state."""
        before, self.data = self.accessibleName(), data
        words = (
            data.place,
            data.who,
            data.level_word,
            data.state_word,
            data.message,
            data.detail,
            data.health,
            data.mask_word if data.masks else "",
        )
        name = paint.literal(" ".join(filter(None, words)))
        if name != before:
            self.setAccessibleName(name)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
        self.update()

    def show_frame(self, frame: QImage | None) -> None:
        """Show a picture, or none."""
        self._frame = frame
        self.update()

    def sizeHint(self) -> QSize:
        px = self.look.theme.px
        return QSize(px(384), px(216))

    def minimumSizeHint(self) -> QSize:
        theme = self.look.theme
        return QSize(theme.px(200), 2 * theme.line(Type.BODY) + theme.px(60))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, data, px = self.look.theme, self.data, self.look.theme.px
        painter = QPainter(self)
        box = QRectF(self.rect())
        painter.fillRect(box, QColor(theme.tokens.camera))
        bar = theme.line(Type.BODY) + px(4)
        heads = self._heads()
        picture = box.adjusted(0, bar * heads, 0, -bar)
        if data.state is Picture.LOST or self._frame is None:
            tile = self.look.tiles.diagonal(
                theme.tokens.camera, theme.tokens.camerahatch, 26, paint.device_ratio(painter)
            )
            painter.fillRect(picture, QBrush(tile))
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self._place(box, picture), self._frame)
            if data.state not in PLAIN:
                painter.fillRect(picture, self._veil(190))
            for mask in data.masks:
                self._mask(painter, QRectF(self._place(box, picture)), mask)
        self._bars(painter, box, bar, heads)
        if data.message:
            self._message(painter, picture)
        if data.level in (Level.RED, Level.YELLOW):
            colour = theme.level(data.level, frame=True).fill
            paint.frame(painter, box, colour, width=px(4), radius=0)
        painter.end()

    def _place(self, box: QRectF, picture: QRectF) -> QRect:
        """Where the frame goes: a recorded one between the bars, so that nothing of it is covered."""
        assert self._frame is not None
        return _whole(picture if self.data.state is Picture.RECORDED else box, self._frame)

    def _veil(self, strength: int) -> QColor:
        """The ground of the camera as a veil over a picture; `strength` of 255."""
        colour = QColor(self.look.theme.tokens.camera)
        colour.setAlpha(strength)
        return colour

    def _heads(self) -> int:
        """Lines over the picture: the state has one of its own where it would cover the place."""
        theme, data = self.look.theme, self.data
        words = [paint.width_of(theme, Type.BODY_BOLD, one) for one in (data.place, data.state_word)]
        shape = theme.px(34) if data.level is not Level.NONE else 0
        return 1 if sum(words) + shape + theme.px(24) <= self.width() else 2

    def _bars(self, painter: QPainter, box: QRectF, bar: int, heads: int) -> None:
        theme, data, px = self.look.theme, self.data, self.look.theme.px
        ink, veil = theme.tokens.cameratext, self._veil(209)
        bottom = QRectF(0, box.height() - bar, box.width(), bar)
        painter.fillRect(QRectF(0, 0, box.width(), bar * heads), veil)
        painter.fillRect(bottom, veil)
        inner = QRectF(px(8), bar * (heads - 1), box.width() - 2 * px(8), bar)
        right = inner.right()
        place = paint.width_of(theme, Type.BODY_BOLD, data.place) + px(8) if heads == 1 else 0
        if data.state_word:
            width = paint.width_of(theme, Type.BODY_BOLD, data.state_word)
            area = QRectF(right - width, inner.top(), width, bar)
            paint.text(painter, area, data.state_word, theme.font(Type.BODY_BOLD), ink)
            shape = px(34) if data.level is not Level.NONE else 0
            # the place is never covered: where there is no room, the word stands without its icon
            side = px(18) if area.left() - px(24) - shape >= inner.left() + place else 0
            mark = QRectF(area.left() - side - px(6), area.center().y() - side / 2, side, side)
            if not side:
                pass
            elif data.recording and data.state is Picture.LIVE:
                paint_shape(painter, Shape.RECORDING, mark, theme, DARK.rec)
            elif data.state_icon:
                self.look.icons.paint(painter, data.state_icon, mark, ink)
            else:
                paint_shape(painter, Shape.UNKNOWN, mark, theme, ink)
            right = mark.left() - px(8)
        if data.level is not Level.NONE and data.level_word:
            left = inner.left() + place
            # where the place would be covered, the shape stands for the word: the frame has the colour
            word = data.level_word if right - chip_width(theme, data.level_word) >= left else ""
            width = chip_width(theme, word) - (0 if word else px(6))
            chip = QRectF(right - width, inner.top(), width, bar)
            paint_level_chip(painter, chip, data.level, word, self.look, frame=True)
            right -= width + px(8)
        area = QRectF(inner.left(), 0, (right if heads == 1 else inner.right()) - inner.left(), bar)
        taken = paint.text(painter, area, data.place, theme.font(Type.BODY_BOLD), ink)
        who = area.adjusted(taken + px(8), 0, 0, 0)
        if paint.width_of(theme, Type.BODY, data.who) <= who.width():  # a name is shown whole or not
            paint.text(painter, who, data.who, theme.font(Type.BODY), ink)
        inner = bottom.adjusted(px(8), 0, -px(8), 0)
        bold = theme.font(Type.BODY_BOLD)
        taken = paint.text(painter, inner, data.time, bold, ink)
        if paint.width_of(theme, Type.BODY_BOLD, data.health) + taken + px(12) <= inner.width():
            paint.text(painter, inner, data.health, bold, ink, align=Qt.AlignmentFlag.AlignRight)

    def _message(self, painter: QPainter, picture: QRectF) -> None:
        theme, data, px = self.look.theme, self.data, self.look.theme.px
        ink, centre = theme.tokens.cameratext, Qt.AlignmentFlag.AlignHCenter
        role = Type.NAME
        beside = px(96) if data.state is Picture.LOST else px(48)
        if paint.width_of(theme, role, data.message) + beside > picture.width():
            role = Type.BODY_BOLD
        line = theme.line(role)
        first = QRectF(picture.left(), picture.center().y() - line, picture.width(), line)
        width = paint.width_of(theme, role, data.message)
        if data.state is Picture.LOST:
            side = px(22)
            mark = QRectF(
                first.center().x() - width / 2 - side - px(4), first.center().y() - side / 2, side, side
            )
            if mark.left() >= picture.left() + px(4):
                paint_shape(painter, Shape.UNKNOWN, mark, theme, ink)
                first.translate(px(8), 0)
        paint.text(painter, first, data.message, theme.font(role), ink, align=centre)
        second = QRectF(
            picture.left() + px(8), first.bottom(), picture.width() - px(16), theme.line(Type.BODY)
        )
        paint.text(painter, second, data.detail, theme.font(Type.BODY), ink, align=centre, elide=True)

    def _mask(self, painter: QPainter, picture: QRectF, mask: tuple[float, float, float, float]) -> None:
        theme, px = self.look.theme, self.look.theme.px
        x, y, w, h = mask
        area = QRectF(
            picture.left() + x * picture.width(), picture.top() + y * picture.height(),
            w * picture.width(), h * picture.height(),
        )  # fmt: skip
        ratio = paint.device_ratio(painter)
        under, over = theme.tokens.frameline, DARK.edge
        painter.fillRect(area, QBrush(self.look.tiles.diagonal(under, over, 26, ratio)))
        painter.setPen(QPen(QColor(over), 1))
        painter.drawRect(area)
        if self.data.mask_word:
            words = QRectF(area.left(), area.center().y() - px(14), area.width(), px(28))
            painter.fillRect(words, QColor(theme.tokens.camera))
            centre = Qt.AlignmentFlag.AlignHCenter
            paint.text(
                painter, words, self.data.mask_word, theme.font(Type.BODY), theme.tokens.cameratext,
                align=centre, elide=True,
            )  # fmt: skip


def _whole(box: QRectF, frame: QImage) -> QRect:
    """Where a frame goes so that all of it is seen: nothing of a picture is cut."""
    size = frame.size().scaled(box.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
    left = box.left() + (box.width() - size.width()) / 2
    top = box.top() + (box.height() - size.height()) / 2
    return QRect(round(left), round(top), size.width(), size.height())
