"""The camera screen: a bar, and below it the live wall or the player of recordings."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui.cameras.asking import Answer
from ui.cameras.player_view import PlayerPage
from ui.cameras.presenter import LAYOUTS, CamerasPresenter
from ui.cameras.standing import Loud, Taped
from ui.cameras.wall import LIST_LEAST, LIST_NARROW, LIST_WIDTH, Wall
from ui.context import Context
from ui.widgets.buttons import ActionButton, Segments
from ui.widgets.flow import Flow
from ui.widgets.frame import FittedPages
from ui.widgets.labels import PlainLabel
from ui.widgets.look import Look
from ui.widgets.states import State
from workstation.station import messages as m

MODES = ("live", "by-stay", "by-time")
NARROW_BELOW, LEAST_BELOW = 1400, 1150


class CamerasScreen(QWidget):
    """Cameras live, and what was recorded. `exports`: the folder that is proposed for clips.

    On the wall arrows go from tile to tile, digits enlarge, T shows the table, U unmasks, P patrols, F11 fills the
    screen.
    """

    def __init__(
        self, context: Context, look: Look, parent: QWidget | None = None, *, exports: Path | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("cameras")
        self._context, self._look = context, look
        self.presenter = CamerasPresenter(context, self)
        # From the outside in: what moves into another parent is styled anew with all that it holds.
        self.stack = QStackedWidget()
        self.pages = FittedPages(look, self.stack, "cameras", self)
        self.wall = Wall(context, look, self.presenter, self.stack)
        folder = exports or Path.home() / "onestop-exports"
        self._folder = str(folder)
        self._player: PlayerPage | None = None
        self._staff: tuple[m.StaffRow, ...] = ()
        self._as_table = False
        self._lay_out()
        self.presenter.arranged.connect(self._show_bar)
        self.presenter.placed.connect(self._show_bar)
        self.wall.held.connect(lambda _: self._show_bar())
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._second_passed)
        self._arrival = QTimer(self)  # after the window has put the keyboard somewhere
        self._arrival.setSingleShot(True)
        self._arrival.timeout.connect(self.wall.take_up)
        self.retranslate()

    @property
    def playing(self) -> PlayerPage:
        """The player, built when it is first asked for: the wall is there sooner."""
        if self._player is None:
            self._player = PlayerPage(self._context, self._look, self.presenter, self._folder, self.stack)
            self.stack.addWidget(self._player)
            self._player.ask.staff = self._staff
            self._player.retranslate()
            self._fit_player()
        return self._player

    # ------------------------------------------------------------ asked by the window

    def show_stay(self, stay: str, task: str = "") -> None:
        """`task`: the camera to show alone; without one the recordings of the stay are played."""
        if task:
            self.choose_mode("live")
            if self.presenter.layout != 1 or self.presenter.shown() != (task,):
                self.wall.enlarge(task)
        elif stay:
            self.choose_mode("by-stay", stay)

    def notice(self, notice: m.Notice) -> None:
        """Something changed at the station."""
        self.presenter.notice(notice)
        if self.modes.choice() != "live" and "recording" in notice.topics and self.isVisible():
            self.playing.player.refresh()

    def leave(self) -> bool:
        """Whether a purpose was begun and not sent."""
        return self.wall.ask.begun() or (self._player is not None and self._player.ask.begun())

    def retranslate(self) -> None:
        """Say everything in the present language."""
        w = self._context.words
        for layout in LAYOUTS:
            self.layouts.buttons[str(layout)].set_words(str(layout))
            self.layouts.buttons[str(layout)].setAccessibleName(w("cameras.layout", count=layout))
        self.layouts.setAccessibleName(w("cameras.layouts"))
        for mode in MODES:
            self.modes.buttons[mode].set_words(w(f"cameras.{mode}"))
        self.modes.setAccessibleName(w("cameras.modes"))
        for name, button in self.buttons.items():
            button.set_words(w(f"cameras.{name}"))
        self.wall.retranslate()
        if self._player is not None:
            self._player.retranslate()
        self._arrange()

    # ------------------------------------------------------------ building

    def _lay_out(self) -> None:
        look, px = self._look, self._look.theme.px
        self.bar = QWidget(self)
        self.layouts = Segments(look, "", [(str(layout), str(layout)) for layout in LAYOUTS], self.bar)
        for layout, button in self.layouts.buttons.items():
            button.setObjectName(f"cameras.layout.{layout}")
        self.modes = Segments(look, "", [(mode, mode) for mode in MODES], self.bar)
        for mode, button in self.modes.buttons.items():
            button.setObjectName(f"cameras.mode.{mode}")
        self.modes.choose("live")
        self.told = PlainLabel(role="secondary")
        self.told.setMinimumHeight(look.theme.box(40))
        self.buttons: dict[str, ActionButton] = {}
        bar = Flow(self.bar, gap=px(8))
        for widget in (self.layouts, self.modes, self.told):
            bar.addWidget(widget)
        for name, icon, key in (
            ("previous", "chevron-left", "PgUp"),
            ("next", "chevron-right", "PgDown"),
            ("patrol", "refresh-cw", "P"),
            ("table", "table", "T"),
            ("mark", "mark", "M"),
            ("unmask", "hidden", "U"),
            ("full", "maximize", "F11"),
        ):
            button = ActionButton(look, "", icon=icon, key=key, parent=self.bar)
            button.setObjectName(f"cameras.{name}")
            self.buttons[name] = button
            bar.addWidget(button)
        self.buttons["patrol"].setCheckable(True)
        self.stack.addWidget(self.wall)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(px(12), px(8), px(12), px(10))
        self.column.setSpacing(px(4))
        self.column.addWidget(self.bar)
        self.column.addWidget(self.pages, 1)
        self.layouts.chosen.connect(lambda key: self.presenter.arrange(int(key)))
        self.modes.chosen.connect(self.choose_mode)
        for name, act in (
            ("previous", lambda: self.presenter.turn(-1)),
            ("next", lambda: self.presenter.turn(1)),
            ("patrol", self._patrol),
            ("table", self._swap),
            ("mark", self._mark),
            ("unmask", self._unmask),
            ("full", self._fill),
        ):
            self.buttons[name].acted.connect(act)

    # ------------------------------------------------------------ showing

    def _arrange(self) -> None:
        presenter, w = self.presenter, self._context.words
        session = self._context.link.session
        if session is not None and "read-cameras" not in session.reads:
            self.bar.hide()
            self.pages.say(State.NO_PERMISSION, w("cameras.no-permission"))
            return
        if not presenter.seen:
            self.bar.hide()
            self.pages.say(State.EMPTY, w("cameras.none.detail"), title=w("cameras.none"))
            return
        self.bar.show()
        self.pages.show_content()
        self.wall.arrange()
        self._show_bar()

    def _show_bar(self) -> None:
        presenter, w = self.presenter, self._context.words
        live = self.modes.choice() == "live"
        self.layouts.choose(str(presenter.layout))
        self.layouts.setVisible(live)
        paged = live and presenter.pages() > 1
        for name in ("previous", "next", "patrol"):
            self.buttons[name].setVisible(paged)
        self.buttons["patrol"].setChecked(presenter.patrol.isActive())
        self.buttons["table"].setVisible(live)
        self.buttons["mark"].setVisible(live)
        self.buttons["table"].set_words(w("cameras.tiles" if self._as_table else "cameras.table"))
        hand = self.wall.hand()
        against = presenter.against_unmasking(hand) if live and hand else ""
        self.buttons["unmask"].set_refused([w(against)] if against else [])
        alone = live and not (hand and presenter.stay_in(hand))
        self.buttons["mark"].set_refused([w("cameras.mark.nobody")] if alone else [])
        self.told.setText(self._counts() if live else "")
        self.told.setVisible(live)

    def _counts(self) -> str:
        presenter, w = self.presenter, self._context.words
        standings = [presenter.standing(camera) for camera in presenter.cameras()]
        taped = sum(1 for one in standings if one.taped is Taped.RUNS)
        wrong = sum(1 for one in standings if one.loud in (Loud.RED, Loud.YELLOW))
        told = w("cameras.counts", count=len(standings), taped=taped, wrong=wrong)
        known = presenter.recordings
        if self._look.theme.logical(self.width()) < NARROW_BELOW:
            return told
        if known is None or not known.recorder:
            return f"{told} · {w('cameras.no-recorder')}" if known is not None else told
        return f"{told} · {w('cameras.free', gib=f'{known.free_mb / 1024:.1f}')}"

    def _second_passed(self) -> None:
        if self.modes.choice() == "live":
            self.wall.show_tiles()
            self._show_bar()

    # ------------------------------------------------------------ acting

    def choose_mode(self, mode: str, stay: str = "") -> None:
        """Show the wall, the recordings of one person, or all recordings."""
        self.modes.choose(mode)
        self.stack.setCurrentWidget(self.wall if mode == "live" else self.playing)
        if mode == "live":
            self._halt()
            if self.isVisible():
                self.presenter.wake()
        else:
            self.presenter.rest()
            self._list_staff()
            self.playing.begin(by_stay=mode == "by-stay", stay=stay)
        self._show_bar()

    def _list_staff(self) -> None:
        self._context.link.ask(m.GetStaff(), self._staff_came, lambda _: None)

    def _staff_came(self, reply: m.StaffReply) -> None:
        self._staff = tuple(row for row in reply.staff if row.active)
        self.wall.ask.staff = self._staff
        if self._player is not None:
            self._player.ask.staff = self._staff

    def _patrol(self) -> None:
        patrol = self.presenter.patrol
        if patrol.isActive():
            patrol.stop()
        else:
            patrol.start()
        self.buttons["patrol"].setChecked(patrol.isActive())

    def _swap(self) -> None:
        self._as_table = not self._as_table
        self.wall.swap(table=self._as_table)
        self._show_bar()

    def _unmask(self) -> None:
        if self.modes.choice() != "live":
            self.playing.unmask()
            return
        camera, presenter = self.wall.hand(), self.presenter

        def act(answer: Answer, saved: Callable[[], None], refused: Callable[[m.Refused], None]) -> None:
            presenter.unmask(camera, answer.purpose, answer.second, saved, refused)

        self.wall.begin("unmask", ("purpose", "text", "second"), act)

    def _mark(self) -> None:
        camera, presenter = self.wall.hand(), self.presenter

        def act(answer: Answer, saved: Callable[[], None], refused: Callable[[m.Refused], None]) -> None:
            presenter.mark(camera, answer.text, saved, refused)

        self.wall.begin("mark", ("text",), act)

    def _fill(self) -> None:
        """Fill the screen with the wall, or give the room back."""
        window = self.window()
        full = window.isFullScreen()
        if full:
            window.showNormal()
        else:
            window.showFullScreen()
        self.wall.side.setVisible(full)
        self.told.setVisible(full)

    # ------------------------------------------------------------ keys and size

    def keyPressEvent(self, event: QKeyEvent) -> None:
        live = self.modes.choice() == "live"
        if live and event.text().isdigit() and event.text().isascii():
            self.wall.digit(event.text())
        elif event.key() == Qt.Key.Key_Escape and self.window().isFullScreen():
            self._fill()
        elif not (live and event.key() == Qt.Key.Key_Escape and self.wall.back()):
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._list_staff()
        if self.modes.choice() == "live":
            self.presenter.wake()
            self._arrival.start()
        self._second.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.presenter.rest()
        self._halt()
        self._second.stop()

    def _halt(self) -> None:
        if self._player is not None:
            self._player.player.halt()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        theme = self._look.theme
        width = theme.logical(self.width())
        narrow = width < NARROW_BELOW
        side = LIST_LEAST if width < LEAST_BELOW else LIST_NARROW if narrow else LIST_WIDTH
        self.wall.side.setFixedWidth(theme.px(side))
        self.wall.note.setVisible(width >= LEAST_BELOW)
        self._fit_player()
        self.wall.fit()
        self._show_bar()

    def _fit_player(self) -> None:
        theme = self._look.theme
        narrow = theme.logical(self.width()) < NARROW_BELOW
        if self._player is not None:
            self._player.side.setFixedWidth(theme.px(300 if narrow else 420))
