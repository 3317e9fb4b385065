"""The top strip: centre, time, save lamp, devices, warnings, who is signed in. Dark in both themes."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from ui.theme import Level, Theme, Type
from ui.tokens import DARK
from ui.widgets import paint
from ui.widgets.lamp import SaveLamp
from ui.widgets.look import Look
from ui.widgets.painted import Painted
from ui.widgets.shapes import LEVEL_SHAPES, Shape, paint_shape

# what is left out first when the strip is too narrow
FULL, NO_DETAIL, NO_WORDS, LEAST = 3, 2, 1, 0


class Part(QAbstractButton):
    """One pressable part of the strip: pieces of text, shapes and icons in a row.

    A piece is (words, type role, token) or (shape or icon name, size, token).
    """

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.setProperty("ground", "frame")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._pieces: list[tuple[str | Shape, Type | int, str]] = []
        look.changed.connect(self.updateGeometry)

    def set_pieces(self, pieces: list[tuple[str | Shape, Type | int, str]], name: str) -> None:
        """Show these pieces, spoken as `name`."""
        self._pieces = pieces
        self.setAccessibleName(paint.literal(name))
        self.updateGeometry()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def _width(self, piece: tuple[str | Shape, Type | int, str], theme: Theme) -> int:
        words, kind, _ = piece
        if isinstance(kind, Type):
            return paint.width_of(theme, kind, words)
        return theme.px(kind)

    def sizeHint(self) -> QSize:
        theme = self.look.theme
        gaps = theme.px(6) * max(0, len(self._pieces) - 1)
        inner = sum(self._width(piece, theme) for piece in self._pieces) + gaps
        return QSize(inner + theme.px(24) if inner else 0, theme.box(40))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self.look.theme
        painter = QPainter(self)
        box, x = QRectF(self.rect()), float(theme.px(12))
        for piece in self._pieces:
            words, kind, token = piece
            colour = str(getattr(theme.tokens, token))
            width = self._width(piece, theme)
            if isinstance(kind, Type):
                paint.text(painter, box.adjusted(x, 0, 0, 0), words, theme.font(kind), colour)
            else:
                area = QRectF(x, (box.height() - width) / 2, width, width)
                if isinstance(words, Shape):
                    paint_shape(painter, words, area, theme, colour)
                else:
                    self.look.icons.paint(painter, words, area, colour)
            x += width + theme.px(6)
        painter.end()


class LevelCount(QAbstractButton):
    """How many warnings of one level stand. Zero is outline only; with any unacknowledged one it is drawn so."""

    def __init__(self, look: Look, level: Level, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look, self.level = look, level
        self.count = 0
        self.waiting = 0
        self._words = True
        self.setProperty("ground", "frame")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)
        look.swapped.connect(self.update)

    def set(self, count: int, unacknowledged: int = 0) -> None:
        """Show the number of warnings, and how many of them nobody has acknowledged."""
        self.count, self.waiting = count, unacknowledged
        name = f"{self._word()} {count}"
        if unacknowledged:
            name += " " + self.tr("未确认 {}").format(unacknowledged)
        self.setAccessibleName(name)
        self.updateGeometry()
        self.update()

    def set_words(self, shown: bool) -> None:
        """With the word of the level or with shape and number only."""
        self._words = shown
        self.updateGeometry()

    def _word(self) -> str:
        match self.level:
            case Level.RED:
                return self.tr("红")
            case Level.YELLOW:
                return self.tr("黄")
            case _:
                return self.tr("蓝")

    def _text(self) -> str:
        words = f"{self._word()}{self.count}" if self._words else str(self.count)
        fresh = self.waiting and self.look.theme.reduced_motion
        return words + " " + self.tr("新") if fresh else words

    def sizeHint(self) -> QSize:
        theme = self.look.theme
        return QSize(
            paint.width_of(theme, Type.TITLE, self._text()) + theme.px(44), theme.box(36, Type.TITLE)
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self.look.theme
        painter = QPainter(self)
        box, radius = QRectF(self.rect()), theme.px(3)
        colours = theme.level(self.level, frame=True)
        ink = colours.on
        if self.count:
            paint.frame(painter, box, colours.edge, radius=radius, ground=colours.fill)
        else:
            ink = DARK.ink2
            paint.frame(painter, box, DARK.edge, radius=radius)
        side = theme.px(18)
        hollow = bool(self.waiting) and self.look.hollow(self.level)
        mark = QRectF(theme.px(10), (box.height() - side) / 2, side, side)
        paint_shape(painter, LEVEL_SHAPES[self.level], mark, theme, ink, hollow=hollow)
        words = box.adjusted(theme.px(34), 0, 0, 0)
        paint.text(painter, words, self._text(), theme.font(Type.TITLE), ink)
        painter.end()


class TopStrip(Painted):
    """One strip of six parts; the narrower the window, the less detail, never a cut word.

    Signals: `devices` and `warnings` ask for those screens, `lock` locks the session, `muted` asks for silence.
    """

    devices = Signal()
    warnings = Signal()
    lock = Signal()
    muted = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._centre = ("", "")
        self._clock = ("", "", "", True)
        self._devices = (0, 0, 0)
        self._user = ("", "")
        self._silence = 0
        self._detail = FULL
        self.centre = Part(look, self)
        self.clock = Part(look, self)
        self.lamp = SaveLamp(look, self)
        self.device_counts = Part(look, self)
        self.levels = {
            level: LevelCount(look, level, self) for level in (Level.RED, Level.YELLOW, Level.BLUE)
        }
        self.mute = Part(look, self)
        self.mute.hide()
        self.user = Part(look, self)
        self.centre.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.clock.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for part in (self.centre, self.clock, self.lamp, self.device_counts):
            row.addWidget(part)
        row.addSpacing(look.theme.px(12))
        for chip in self.levels.values():
            row.addWidget(chip)
            row.addSpacing(look.theme.px(6))
            chip.clicked.connect(self.warnings)
        row.addWidget(self.mute)
        row.addStretch(1)
        row.addWidget(self.user)
        self.device_counts.clicked.connect(self.devices)
        self.user.clicked.connect(self.lock)
        self.mute.clicked.connect(self.muted)
        for chip in self.levels.values():
            chip.set(0)
        self._tell()

    def set_centre(self, name: str, post: str = "") -> None:
        """The centre's name and the post of this workstation."""
        self._centre = (name, post)
        self._fit()

    def set_clock(self, date: str, time: str, margin: str = "", *, trusted: bool = True) -> None:
        """The present time in words, and how exact it is; untrusted time says so beside it."""
        widths = (len(self._clock[0]), len(self._clock[1]), len(self._clock[2]), self._clock[3])
        self._clock = (date, time, margin, trusted)
        if widths == (len(date), len(time), len(margin), trusted):
            self._tell()
        else:
            self._fit()

    def set_devices(self, good: int, unknown: int, bad: int) -> None:
        """How many devices are well, unknown and at fault."""
        self._devices = (good, unknown, bad)
        self._fit()

    def set_warnings(self, counts: dict[Level, int], unacknowledged: dict[Level, int] | None = None) -> None:
        """How many warnings of each level stand."""
        waiting = unacknowledged or {}
        for level, chip in self.levels.items():
            chip.set(counts.get(level, 0), waiting.get(level, 0))
        self._fit()

    def set_silence(self, red: bool, left: int) -> None:
        """Whether red sounds for now, and for how many seconds it is silenced: the part stands only while red does."""
        if red != self.mute.isVisibleTo(self) or left != self._silence:
            self._silence = left
            self.mute.setVisible(red)
            self._fit()

    def set_user(self, name: str, duty: str = "") -> None:
        """Who is signed in and as what; an empty name when nobody is."""
        self._user = (name, duty)
        self._fit()

    def retranslate(self) -> None:
        for chip in self.levels.values():
            chip.set(chip.count, chip.waiting)
        self._fit()
        super().retranslate()

    def restyle(self) -> None:
        super().restyle()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _needed(self) -> int:
        parts = [self.centre, self.clock, self.lamp, self.device_counts, self.user, *self.levels.values()]
        parts += [self.mute] if self.mute.isVisibleTo(self) else []
        return sum(part.sizeHint().width() for part in parts) + self.look.theme.px(12 + 6 * 3 + 12)

    def _fit(self) -> None:
        for detail in (FULL, NO_DETAIL, NO_WORDS, LEAST):
            self._detail = detail
            self._tell()
            if self._needed() <= self.width():
                break

    def _tell(self) -> None:
        detail = self._detail
        name, post = self._centre
        pieces: list[tuple[str | Shape, Type | int, str]] = []
        if detail > LEAST:
            pieces.append((name, Type.TITLE, "frametext"))
        if post and detail == FULL:
            pieces.append((post, Type.BODY, "frametext2"))
        self.centre.set_pieces(pieces, f"{name} {post}".strip())
        date, time, margin, trusted = self._clock
        now = f"{date} {time}".strip() if detail == FULL else time
        pieces = [(now, Type.TITLE, "frametext")]
        if margin and detail > LEAST:
            pieces.append((margin, Type.BODY, "frametext2"))
        doubt = self.tr("时间未核实")
        if not trusted:
            pieces += [(Shape.UNKNOWN, 18, "frametext"), (doubt, Type.BODY_BOLD, "frametext")]
        self.clock.set_pieces(pieces, " ".join(filter(None, (date, time, margin, "" if trusted else doubt))))
        self.lamp.set_short(detail < FULL)
        good, unknown, bad = self._devices
        words = self.tr("设备")
        pieces = [("bench", 20, "frametext")]
        if detail >= NO_DETAIL:
            pieces.append((words, Type.BODY, "frametext2"))
        for shape, count in ((Shape.GOOD, good), (Shape.UNKNOWN, unknown), (Shape.FAULT, bad)):
            pieces += [(shape, 16, "frametext"), (str(count), Type.BODY_BOLD, "frametext")]
        spoken = self.tr("设备：正常 {}，未知 {}，故障 {}").format(good, unknown, bad)
        self.device_counts.set_pieces(pieces, spoken)
        for chip in self.levels.values():
            chip.set_words(detail >= NO_DETAIL)
        self._tell_silence()
        user, duty = self._user
        pieces = [("user", 20, "frametext")] if detail > LEAST and user else []
        if user:
            shown = f"{user} · {duty}" if duty and detail > LEAST else user
            pieces.append((shown, Type.BODY_BOLD, "frametext"))
        else:
            product = self.tr("Onestop 一站式执法办案管理中心工作站")
            pieces.append((product if detail == FULL else self.tr("未登录"), Type.BODY_BOLD, "frametext"))
            self.user.set_pieces(pieces, self.tr("未登录"))
            return
        pieces.append(("lock", 20, "frametext"))
        if detail == FULL:
            pieces.append(("Ctrl+L", Type.BODY, "frametext2"))
        self.user.set_pieces(pieces, self.tr("{} {}，锁定 Ctrl+L").format(user, duty))

    def _tell_silence(self) -> None:
        left = f"{self._silence // 60}:{self._silence % 60:02d}"
        said = self.tr("静音 {}").format(left) if self._silence else self.tr("静音")
        pieces: list[tuple[str | Shape, Type | int, str]] = [
            ("bell-off" if self._silence else "bell", 20, "frametext")
        ]
        shown = left if self._silence and self._detail < NO_DETAIL else said
        if self._silence or self._detail > LEAST:
            pieces.append((shown, Type.BODY_BOLD, "frametext"))
        if self._detail == FULL:
            pieces.append(("Ctrl+Shift+M", Type.BODY, "frametext2"))
        self.mute.set_pieces(pieces, f"{said} Ctrl+Shift+M")

    def sizeHint(self) -> QSize:
        return QSize(0, self.look.theme.box(56, Type.TITLE))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self.look.theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("frame"))
        painter.setPen(QPen(theme.colour("frameline"), 1))
        for part in (self.centre, self.clock, self.lamp, self.device_counts):
            if part.isVisibleTo(self):
                right = part.geometry().right()
                painter.drawLine(right, 0, right, self.height())
        left = self.user.geometry().left()
        painter.drawLine(left, 0, left, self.height())
        painter.end()
