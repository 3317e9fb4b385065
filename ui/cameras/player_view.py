"""The player: stretches at the right, the picture with its track and keys at the left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from ui.cameras.asking import Act, Answer, AskPanel
from ui.cameras.player import JUMP, NO_PICTURE, SPEEDS, Marker, Player, Stretch
from ui.cameras.presenter import CamerasPresenter
from ui.cameras.tiles import lasting
from ui.cameras.tracks import track_of
from ui.context import Context
from ui.widgets.buttons import ActionButton, Segments
from ui.widgets.camera import CameraTile, Picture, TileData
from ui.widgets.flow import Flow
from ui.widgets.frame import Choice, Panel
from ui.widgets.keyed import Badge, Cell, KeyedTable, Row
from ui.widgets.labels import PlainLabel, tooltip
from ui.widgets.look import Look
from ui.widgets.shapes import Shape
from ui.widgets.track import Track, TrackData
from workstation.errors import AppError
from workstation.station import messages as m

COLUMNS = ("began", "place", "told")


class PlayerPage(QWidget):
    """Plays recordings of one person over the cameras, or every recording by its time.

    Space plays, ← → go ten seconds, , and . one picture, Home and End to the stretch before and after, M marks,
    [ and ] bound the clip.
    """

    def __init__(
        self,
        context: Context,
        look: Look,
        wall: CamerasPresenter,
        folder: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._look, self._wall, self._folder = context, look, wall, folder
        self.player = Player(context, self)
        self.by_stay = True
        self._lay_out()
        player = self.player
        player.listed.connect(self.show_list)
        player.moved.connect(self.show_position)
        player.pictured.connect(self.show_picture)
        player.troubled.connect(context.speaker.error)

    # ------------------------------------------------------------ building

    def _lay_out(self) -> None:
        look, px = self._look, self._look.theme.px
        self.tile = CameraTile(look, TileData(place=""), self)
        self.tile.setObjectName("cameras.player")
        self.track = Track(look, self)
        self.track.setObjectName("cameras.track")
        bar = QWidget(self)
        keys = Flow(bar, gap=px(6))
        self.keys: dict[str, ActionButton] = {}
        for name, icon, key in (
            ("before", "step-back", ","),
            ("play", "play", "Space"),
            ("after", "step-forward", "."),
            ("mark", "mark", "M"),
            ("from", "cut", "["),
            ("to", "cut", "]"),
            ("export", "export", "E"),
        ):
            button = ActionButton(look, "", icon=icon, key=key, parent=bar)
            button.setObjectName(f"cameras.key.{name}")
            self.keys[name] = button
            keys.addWidget(button)
        self.speeds = Segments(look, "", [(str(one), f"×{one:g}") for one in SPEEDS], self)
        for speed, button in self.speeds.buttons.items():
            button.setObjectName(f"cameras.speed.{speed}")
        self.speeds.choose("1.0")
        left = QVBoxLayout()
        left.setSpacing(px(4))
        left.addWidget(self.tile, 1)
        left.addWidget(self.track)
        second = QHBoxLayout()
        self.position = PlainLabel(role="value")
        self.clip = PlainLabel(role="secondary", elide=True)
        second.addWidget(self.position)
        second.addWidget(self.clip, 1)
        second.addWidget(self.speeds)
        left.addLayout(second)
        left.addWidget(bar)
        self.side = QStackedWidget(self)
        self.side.addWidget(self._listing())
        self.ask = AskPanel("cameras.player.ask", self._context, look, self.side)
        self.side.addWidget(self.ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(5), px(5), 0, 0)
        row.setSpacing(px(10))
        row.addLayout(left, 1)
        row.addWidget(self.side)
        self._bind()

    def _listing(self) -> Panel:
        look, px = self._look, self._look.theme.px
        self.list = Panel(look, "history", parent=self.side)
        self.who = Choice("cameras.who", self.list)
        self.moment = QLineEdit(self.list)
        self.moment.setObjectName("cameras.moment")
        self.stretches = KeyedTable(look, len(COLUMNS), 1, self.list, dense=True)
        self.stretches.setObjectName("cameras.stretches")
        self.none = PlainLabel(role="secondary", wrap=True)
        self.markers = KeyedTable(look, 2, 1, self.list, dense=True)
        self.markers.setObjectName("cameras.markers")
        self.markers.horizontalHeader().hide()
        self.open = ActionButton(look, "", icon="look", key="F12", role="primary", parent=self.list)
        self.open.setObjectName("cameras.open")
        self.list.body.setContentsMargins(px(8), px(8), px(8), px(8))
        self.list.body.addWidget(self.who)
        self.list.body.addWidget(self.moment)
        self.list.body.addWidget(self.none)
        self.list.body.addWidget(self.stretches, 2)
        self.list.body.addWidget(self.markers, 1)
        self.list.body.addWidget(self.open)
        return self.list

    def _bind(self) -> None:
        player = self.player
        self.track.sought.connect(self._sought)
        self.speeds.chosen.connect(self._speed)
        self.who.currentIndexChanged.connect(lambda _: player.follow(self.who.key()))
        self.moment.returnPressed.connect(self._to_moment)
        self.stretches.acted.connect(self._to_stretch)
        self.stretches.chosen.connect(self._to_stretch)
        self.markers.acted.connect(self._to_marker)
        self.open.acted.connect(self._open)
        self.ask.ended.connect(self._asked)
        for name, act in (
            ("before", lambda: player.step(-1)),
            ("play", player.play),
            ("after", lambda: player.step(1)),
            ("mark", self._mark),
            ("from", lambda: player.bound(end=False)),
            ("to", lambda: player.bound(end=True)),
            ("export", self._export),
        ):
            self.keys[name].acted.connect(act)

    def retranslate(self) -> None:
        """Say everything in the present language."""
        w = self._context.words
        for name, button in self.keys.items():
            words = w(f"cameras.key.{name}")
            button.set_words("" if name in ("before", "after") else words)
            button.setAccessibleName(words)
            button.setToolTip(tooltip(words))
        self.speeds.setAccessibleName(w("cameras.speed"))
        self.who.setAccessibleName(w("cameras.who"))
        self.moment.setAccessibleName(w("cameras.moment"))
        self.moment.setPlaceholderText(w("cameras.moment.hint"))
        self.list.set_title(w("cameras.by-stay" if self.by_stay else "cameras.by-time"))
        self.stretches.setAccessibleName(w("cameras.stretches"))
        self.stretches.rows.set_heads([w(f"cameras.stretch.{one}") for one in COLUMNS])
        self.markers.setAccessibleName(w("cameras.markers"))
        self.markers.rows.set_heads(["", ""])
        self.open.set_words(w("cameras.open"))
        self.ask.retranslate()
        self.show_list()

    def minimumSizeHint(self) -> QSize:
        px = self._look.theme.px
        return QSize(self.side.minimumWidth() + px(240), px(240))

    def begin(self, *, by_stay: bool, stay: str = "") -> None:
        """Show the recordings of one person, or all of them."""
        self.by_stay = by_stay
        self.who.setVisible(by_stay)
        self.moment.setVisible(not by_stay)
        if not by_stay:
            self.player.follow("")
        elif stay:
            self.player.follow(stay)
        else:
            self.player.follow(self.who.key())
        self.player.refresh()
        self.retranslate()

    # ------------------------------------------------------------ showing

    def show_list(self) -> None:
        """The stretches and markers as they are now."""
        w, player = self._context.words, self.player
        self.who.blockSignals(True)
        self.who.offer(player.stays(), none=w("cameras.who.none"))
        self.who.choose(player.stay)
        self.who.blockSignals(False)
        listed = player.stretches if not self.by_stay or player.stay else ()
        self.stretches.rows.show([self._line(one) for one in reversed(listed)])
        self.stretches.setVisible(bool(listed))
        self.none.setText(self._why_none())
        self.none.setVisible(not listed)
        self.markers.rows.show([self._marker(n, one) for n, one in enumerate(self._markers())])
        self.markers.setVisible(bool(self._markers()))
        self.show_position()
        self.show_picture()

    def _why_none(self) -> str:
        player, w = self.player, self._context.words
        if player.recorder is None:
            return w("cameras.wait")
        if not player.recorder:
            return w("cameras.none.recorder")
        if not player.rows:
            return w("cameras.none.recorded")
        return w("cameras.none.chosen" if self.by_stay and not player.stay else "cameras.none.stay")

    def _markers(self) -> list[Marker]:
        span = self.player.span()
        return [one for one in self.player.markers if span is not None and span[0] <= one.at <= span[1]]

    def _marker(self, number: int, one: Marker) -> Row:
        time = self._context.local(one.at, "%H:%M:%S")
        return Row(f"{number} {one.at.isoformat()}", (Cell(time, shape=Shape.DOWN), Cell(one.text)))

    def _line(self, one: Stretch) -> Row:
        w, held = self._context.words, one.row.held
        badges = (Badge(w("cameras.gaps", count=len(held.gaps)), "late"),) if held.gaps else ()
        span = lasting(one.until - one.began)
        state = Shape.LOCK if not one.row.open else Shape.RECORDING if held.ended is None else Shape.GOOD
        today = self._context.local(self._context.clock.now(), "%m-%d")
        form = "%H:%M:%S" if self._context.local(one.began, "%m-%d") == today else "%m-%d %H:%M"
        return Row(
            f"{one.recording} {one.began.isoformat()}",
            (
                Cell(self._context.local(one.began, form), shape=state),
                Cell(f"{self._place(one)} {one.row.name}".strip(), bold=True),
                Cell(span, quiet=True, badges=badges),
            ),
        )

    def _place(self, one: Stretch) -> str:
        return self._context.room_name(one.row.held.room)

    def show_position(self) -> None:
        """The track, the time, and what may be done."""
        w, player = self._context.words, self.player
        at, span = player.at, player.span()
        known = at is not None and span is not None
        self.position.setText(self._context.local(at, "%m-%d %H:%M:%S") if at and known else "—")
        self.keys["play"].set_words(w("cameras.key.pause" if player.playing else "cameras.key.play"))
        bounds = [self._context.local(one, "%H:%M:%S") if one else "—" for one in (player.start, player.end)]
        self.clip.setText(w("cameras.clip.bounds", start=bounds[0], end=bounds[1]) if known else "")
        here = player.here()
        shut = [] if here is not None and here.row.open else [w("cameras.shut")]
        for name, button in self.keys.items():
            button.set_refused(shut if name != "mark" else [] if here is not None else [w("cameras.shut")])
        allowed = here is not None and bool(here.row.stay)
        self.open.setVisible(here is None or not here.row.open)
        self.open.set_refused([] if allowed else [w("cameras.access.no-stay")])
        followed = not self.by_stay or bool(player.stay)
        self.track.set(track_of(self._context, player, self._markers()) if followed else TrackData())

    def show_picture(self) -> None:
        """The picture of the position, or why there is none."""
        w, player = self._context.words, self.player
        here = player.here()
        shown = player.image is not None and not player.in_gap()
        message = detail = ""
        if here is None:
            message = w("cameras.no-recording") if player.stretches else ""
        elif not here.row.open:
            message, detail = w("cameras.shut"), w("cameras.shut.detail")
        elif player.in_gap():
            message = w("cameras.gap")
        elif player.error is not None and player.error.code == NO_PICTURE:
            message = w(NO_PICTURE)
        moment = self._context.local(player.taken, "%m-%d %H:%M:%S.%f")[:-5] if player.taken else ""
        self.tile.show_frame(player.image)
        self.tile.set(
            TileData(
                place=self._place(here) if here is not None else w("cameras.player"),
                who=f"{here.row.name} {here.row.stay_number}".strip() if here is not None else "",
                state=Picture.RECORDED if shown else Picture.FROZEN if player.image else Picture.LOST,
                state_word=w("cameras.recorded"),
                state_icon="history",
                time=moment if shown else "",
                health=w("cameras.speed.now", speed=f"{player.speed:g}") if player.playing else "",
                message=message or ("" if shown else w("cameras.choose")),
                detail=detail,
                masks=player.hidden if shown else (),
                mask_word=w("cameras.masked") if shown and player.hidden else "",
            )
        )

    # ------------------------------------------------------------ acting

    def _sought(self, part: float) -> None:
        span = self.player.span()
        if span is not None:
            self.player.seek(span[0] + (span[1] - span[0]) * part)

    def _speed(self, key: str) -> None:
        self.player.speed = float(key)
        self.show_picture()

    def _to_stretch(self, key: str) -> None:
        began = datetime.fromisoformat(key.partition(" ")[2])
        here = self.player.here()
        if here is None or here.began != began:
            self.player.seek(began)

    def _to_moment(self) -> None:
        """Go to the time that was typed, on the day of the position."""
        try:
            wanted = time.fromisoformat(self.moment.text().strip())
        except ValueError:
            self._context.speaker.error(AppError("cameras.moment.bad"))
            return
        day = (self.player.at or self._context.clock.now()).astimezone(self._context.zone).date()
        self.player.seek(datetime.combine(day, wanted, self._context.zone))

    def _to_marker(self, key: str) -> None:
        self.player.seek(datetime.fromisoformat(key.partition(" ")[2]))

    def _asked(self) -> None:
        self.side.setCurrentIndex(0)
        self.track.setFocus()

    def _begin(self, kind: str, fields: tuple[str, ...], act: Act) -> None:
        self.side.setCurrentWidget(self.ask)
        self.ask.begin(kind, fields, act, folder=self._folder)

    def _open(self) -> None:
        player = self.player
        self._begin(
            "open",
            ("purpose", "text"),
            lambda answer, saved, refused: player.open(answer.purpose, saved, refused),
        )

    def unmask(self) -> None:
        """Two persons look at what is hidden in the recording."""
        if not self.player.hidden:
            self._context.speaker.info("cameras.unmask.nothing")
            return
        player = self.player
        self._begin(
            "unmask",
            ("purpose", "text", "second"),
            lambda answer, saved, refused: player.unmask(answer.purpose, answer.second, saved, refused),
        )

    def _mark(self) -> None:
        player = self.player
        player.halt()
        self._begin(
            "mark", ("text",), lambda answer, saved, refused: player.mark(answer.text, saved, refused)
        )

    def _export(self) -> None:
        self.player.halt()
        self._begin("export", ("purpose", "text", "second", "folder"), self._cut)

    def _cut(self, answer: Answer, _: Callable[[], None], refused: Callable[[m.Refused], None]) -> None:
        def done(reply: m.ClipReply) -> None:
            self.ask.end()
            self._context.speaker.info("cameras.exported", file=reply.clip.file, sha=reply.clip.sha256[:12])

        self.player.export(answer.purpose, answer.second, answer.folder, done, refused, self.ask.fail)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Left:
                self.player.jump(-JUMP)
            case Qt.Key.Key_Right:
                self.player.jump(JUMP)
            case Qt.Key.Key_Home:
                self.player.next_stretch(-1)
            case Qt.Key.Key_End:
                self.player.next_stretch(1)
            case _:
                super().keyPressEvent(event)
