"""One window: puts link, shell, sign-in, screens and scans together, and keeps them together.

Nothing waits here: every question to the station is answered later, on the GUI thread. When the station goes, the
window says so, has it started again, and goes on where the work was.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from ui.ahead import Ahead
from ui.appearance import Appearance
from ui.arrivals import Arrivals
from ui.context import Context, Words
from ui.idle import IdleWatch
from ui.keeper import StationKeeper
from ui.link import Link
from ui.login.approval import Approving
from ui.login.lock import LockScreen
from ui.login.presenter import SignInPresenter
from ui.login.two_persons import TwoPersons
from ui.login.view import SignInScreen
from ui.messages import Messages
from ui.palette.offers import offers_of
from ui.palette.presenter import Recent
from ui.retiring import retire
from ui.scan import ScanKind, ScanRouter
from ui.screens import SCREENS, Entry, Furnishing, Screen, ShowsStay, Undoes
from ui.sounds.alarm import Sound
from ui.sounds.sounds import Plays, Sounds
from ui.sounds.voice import Voice
from ui.speaking import Line, sentence
from ui.strip import StripFeed
from ui.texts import Texts
from ui.theme import Level, Theme, load_fonts
from ui.widgets.look import Look
from ui.widgets.strips import ScanOutcome
from ui.window import Shell
from workstation.catalogue import Catalogue
from workstation.clock import Clock
from workstation.errors import AppError, LinkError
from workstation.services.board import Card
from workstation.settings import Settings
from workstation.station import messages as m
from workstation.station.hub import merged

if TYPE_CHECKING:  # imported after the first window is painted, see ui.ahead
    from devices.practice import PracticeWorld
    from ui.board.view import BoardScreen
    from ui.recorder.recorder import SessionRecorder
    from ui.scanning import Scanning
    from ui.steps.presenter import StepsPresenter

RESOURCES = Path(__file__).resolve().parent.parent / "resources"


class Workplace(QObject):
    """One window and everything behind it. `station_command` starts the station; it may block and raise AppError."""

    def __init__(
        self,
        application: QApplication,
        home: Path,
        settings: Settings,
        catalogue: Catalogue,
        clock: Clock,
        *,
        resources: Path = RESOURCES,
        station_command: Callable[[], None] | None = None,
        voice: Plays | None = None,
    ) -> None:
        super().__init__()
        self._application, self._home, self._clock = application, home, clock
        self.words = Words(catalogue, settings.language)
        families = load_fonts(resources / "fonts")
        self.look = Look(Theme(families=families), resources / "icons", self)
        self.texts = Texts(resources / "i18n", application, self)
        self.appearance = Appearance(application, home, self.look, self.texts, self.words, families)
        self.messages = Messages(catalogue, self.texts, self)
        self.line = Line(self.messages)
        self.link = Link(home, self)
        self.keeper = StationKeeper(self.link, station_command, self)
        self.arrivals = Arrivals()
        self.sounds = Sounds(voice or Voice(resources / "sounds", self), clock, self)
        self._recent = Recent()
        self._alarms = 0
        self.scans = ScanRouter(application, parent=self)
        self._missed: m.Notice | None = None
        self.context: Context | None = None
        self._worker: m.Signed | None = None
        self.scanning: Scanning | None = None
        self.cover: SignInScreen | LockScreen | None = None
        self.sign_in: SignInPresenter | None = None
        self._record_to: Path | None = None
        self.recorder: SessionRecorder | None = None
        trouble = self.appearance.start()
        self._build()
        self.appearance.changed.connect(self._retranslate)
        self.messages.told.connect(self._tell)
        self.sounds.silence.connect(lambda red, left: self.shell.top.set_silence(red, left))
        self.link.noticed.connect(self._notice)
        self.link.failed.connect(self._unexpected)
        self.keeper.gone.connect(self._gone)
        self.keeper.back.connect(self._back)
        self.keeper.forgotten.connect(self._restarted)
        self.keeper.failed.connect(self.line.error)
        self.scans.scanned.connect(self._scanned)
        self.scans.dropped.connect(lambda count: self.line.error(AppError("ui.scan.too-long", count=count)))
        self.ahead = Ahead(self)
        self._painted = False
        self.idle = IdleWatch(application, clock, self)
        self.idle.idle.connect(self.lock)
        if trouble is not None:
            self.line.error(trouble)

    # ------------------------------------------------------------ the window

    def start(self) -> None:
        """Ask who is there, and show the sign-in."""
        self._ask_sign_in()

    def record_session(self, path: Path) -> None:
        """Write every act at this window to a file from now on, in practice data; a live station refuses it."""
        self._record_to = path

    def close(self) -> None:
        """End every lane and thread of the window; the station goes on."""
        if self.recorder is not None:
            self.recorder.close()
        self.ahead.stop()
        self.scans.close()
        self.sounds.close()
        self.idle.stop()
        self.strip.stop()
        if self.sign_in is not None:
            self.sign_in.stop()
        self.link.close()
        self.keeper.close()
        self.shell.removeEventFilter(self)
        self.shell.close()
        self.shell.deleteLater()

    def _build(self) -> None:
        """A fresh shell: of the one before nothing is kept."""
        self.shell = shell = Shell(self.look)
        shell.setObjectName("shell")
        self.strip = StripFeed(shell.top, self.link, self.words, self._clock, shell)
        self.dialog = TwoPersons(self.words, self.look, shell)
        self.approving = Approving(self.link, self.words, self.line, self.dialog, self._describe, shell)
        self.approving.retry_offered.connect(self._offer_retry)
        shell.lock_asked.connect(self.lock)
        shell.message_acted.connect(self.approving.retry)
        shell.next_asked.connect(self._go_on)
        shell.search_asked.connect(self._search)
        shell.undo_asked.connect(self._undo)
        shell.mute_asked.connect(self.sounds.mute)
        shell.strip.told.connect(lambda outcome: self.sounds.play(Sound(outcome)))
        self.strip.alarmed.connect(self._alarmed)
        shell.top.devices.connect(lambda: self.go("bench"))
        shell.top.warnings.connect(lambda: self.go("warnings"))
        shell.installEventFilter(self)

    def _renew(self) -> None:
        """Put a fresh shell in the place of the present one."""
        before = self.shell
        self.strip.stop()
        before.removeEventFilter(self)
        self.context, self.scanning, self._worker, self.cover = None, None, None, None
        self.arrivals.forget()
        self._recent = Recent()
        self._build()
        self.shell.setGeometry(before.geometry())
        if before.isVisible():
            self.shell.setWindowState(before.windowState())
            self.shell.show()
        retire(before, self.link)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self._painted:
            self._painted = True
            self.ahead.start()
        if event.type() == QEvent.Type.Close and watched is self.shell and self._unsaved():
            self.line.error(AppError("app.unsaved"))
            event.ignore()
            return True
        return False

    def _entries(self) -> list[Entry]:
        reads = self._worker.reads if self._worker else ()
        return [entry for entry in SCREENS if not entry.needs or entry.needs in reads]

    def _screens(self) -> list[Screen]:
        """The screens that have been opened."""
        if self.context is None:
            return []
        built: list[object] = [self.shell.screen_widget(entry.name) for entry in self._entries()]
        return [widget for widget in built if isinstance(widget, Screen)]

    def _unsaved(self) -> bool:
        return any(screen.leave() for screen in self._screens())

    def _retranslate(self) -> None:
        self.strip.retranslate()
        if self.shell.band.isVisibleTo(self.shell):
            self._show_mode("practice")
        for screen in self._screens():
            screen.retranslate()
        if self.cover is not None:
            self.cover.retranslate()

    def _other_language(self) -> None:
        self._look_otherwise(language="en" if self.appearance.get().language == "zh" else "zh")

    def _other_theme(self) -> None:
        self._look_otherwise(theme="light" if self.appearance.get().theme == "dark" else "dark")

    def _look_otherwise(self, **wanted: str) -> None:
        try:
            self.appearance.set(msgspec.structs.replace(self.appearance.get(), **wanted))
        except AppError as error:
            self.line.error(error)

    # ------------------------------------------------------------ who is at the screen

    def _ask_sign_in(self) -> None:
        if self.sign_in is not None:
            self.sign_in.stop()
        self.sign_in = presenter = SignInPresenter(self.link, self)
        presenter.greeted.connect(self._greeted)
        presenter.waiting.connect(self.keeper.absent)
        screen = SignInScreen(self.words, self.look, presenter)
        screen.signed.connect(self._signed)
        screen.language_asked.connect(self._other_language)
        self._put_cover(screen)
        self.shell.rail.hide()
        self.strip.user(None)
        presenter.greet()

    def _put_cover(self, cover: SignInScreen | LockScreen) -> None:
        if self.dialog.isVisible():
            self.dialog.reject()
        self.shell.unlock()
        self.cover = cover
        self.shell.lock(cover)

    def _greeted(self, welcome: m.Welcome) -> None:
        self.strip.centre(welcome.centre_zh, welcome.centre_en, welcome.time_zone)
        self._start_recording(welcome.mode)
        self._show_mode(welcome.mode)

    def _start_recording(self, mode: str) -> None:
        if self._record_to is None or self.recorder is not None:
            return
        from ui.recorder.datums import datum_of  # not for the first window, see ui.ahead
        from ui.recorder.recorder import SessionRecorder

        try:
            if mode != "practice":
                raise AppError("session.practice-only")
            self.recorder = SessionRecorder(
                self._application, self.scans, self._record_to, self._filling, datum_of, self
            )
        except AppError as error:
            self._record_to = None
            self.line.error(error)

    def _filling(self) -> StepsPresenter | None:
        """What is filled in on the step screen, once it has been opened."""
        if self.context is None or "steps" not in {entry.name for entry in self._entries()}:
            return None
        from ui.steps.view import StepsScreen  # not for the first window, see ui.ahead

        widget = self.shell.screen_widget("steps")
        return widget.presenter if isinstance(widget, StepsScreen) else None

    def _show_mode(self, mode: str) -> None:
        """The band over a practice store; a session that is recorded says so there as well."""
        said = [self.words("app.practice")] if mode == "practice" else []
        if self.recorder is not None and self._record_to is not None:
            said.insert(0, self.words("session.recorded", file=self._record_to.name))
        self.shell.set_simulated(" · ".join(said))

    def _signed(self, signed: m.Signed) -> None:
        if self._worker is not None and self._worker.staff != signed.staff:
            self._renew()  # someone else: nothing of the work before is shown to them
            self.shell.rail.hide()
        self._worker = signed
        self.link.attach(signed)
        self.link.ask(m.GetCentre(), self._enter, self.line.error)

    def _enter(self, centre: m.CentreReply) -> None:
        worker = self._worker
        assert worker is not None, "a centre is asked for by somebody signed in"
        if self.sign_in is not None:
            self.sign_in.stop()
        self.strip.centre(
            centre.name_zh,
            centre.name_en,
            centre.time_zone,
            centre.workstation,
            verified=centre.time_verified,
        )
        self._show_mode(centre.mode)
        if self.recorder is not None:
            self.recorder.answered()
        fresh = self.context is None
        if fresh:
            self._furnish(centre)
        self.cover = None
        self.shell.unlock()
        self.shell.rail.show()
        self.strip.user(worker)
        if fresh:
            entries = self._entries()
            if entries:
                self.shell.open(entries[0].name)
        else:
            self._catch_up()

    def _furnish(self, centre: m.CentreReply) -> None:
        """Context and screens of who has signed in."""
        self.context = context = Context(
            link=self.link,
            words=self.words,
            clock=self._clock,
            speaker=self.line,
            submit=self.approving,
            go=self.go,
            centre=centre,
        )
        self.link.position = max(self.link.position, centre.position)
        given = Furnishing(
            context, self.look, self.appearance, self.arrivals, self._home / "prints", self._world(centre)
        )
        for entry in self._entries():
            self.shell.add_screen(
                entry.name,
                entry.key,
                partial(self.words, f"app.screen.{entry.name}"),
                entry.icon,
                partial(self._made, entry, given),
            )
        from ui.scanning import Scanning  # not for the first window, see ui.ahead

        self.scanning = Scanning(
            context,
            self.shell.strip,
            self.arrivals,
            self._in_hand,
            self._card_of,
            self.shell,
        )
        self.scanning.other_person.connect(self.sign_out)

    def _world(self, centre: m.CentreReply) -> PracticeWorld | None:
        """The simulated world behind a practice centre; a live one has none."""
        from devices.practice import PracticeWorld  # not for the first window, see ui.ahead

        return PracticeWorld(self._home / "sim") if centre.mode == "practice" else None

    def _made(self, entry: Entry, given: Furnishing) -> QWidget:
        widget = entry.make(given)
        from ui.board.view import BoardScreen  # not for the first window, see ui.ahead

        if isinstance(widget, BoardScreen):
            widget.presenter.changed.connect(self._count_warnings)
        return widget

    def _count_warnings(self) -> None:
        board = self._board()
        if board is not None and board.presenter.board is not None:
            self.strip.board(board.presenter.board)

    def sign_out(self) -> None:
        """End the session and ask for the next one; drafts are kept at the station."""
        if self._worker is not None:
            self.link.ask(m.SignOut(), lambda _: None, lambda _: None)
            self.link.detach()
        self._renew()
        self._ask_sign_in()

    def lock(self) -> None:
        """Cover the work; it goes on as it was after the secret."""
        if self.context is None or self._worker is None or self.shell.is_locked():
            return
        self.arrivals.forget()
        self.link.ask(m.LockSession(), lambda _: None, lambda _: None)
        cover = LockScreen(self.words, self.look, self._worker.name)
        cover.unlock.connect(self._unlock)
        cover.other.connect(self.sign_out)
        cover.ticked.connect(self._show_masked)
        self._put_cover(cover)
        self._show_masked()
        self.strip.user(self._worker, locked=True)

    def _show_masked(self) -> None:
        board = self._board()
        if isinstance(self.cover, LockScreen) and board is not None:
            self.cover.show_cards(board.masked())

    def _unlock(self, secret: str) -> None:
        self.link.ask(m.UnlockSession(secret=secret), lambda _: self._unlocked(), self._still_locked)

    def _unlocked(self) -> None:
        if isinstance(self.cover, LockScreen):
            self.cover = None
            self.shell.unlock()
            self.strip.user(self._worker)
            self._catch_up()

    def _still_locked(self, error: AppError) -> None:
        if error.code == "accounts.not-signed-in":
            self._restarted()
        elif isinstance(self.cover, LockScreen):
            self.cover.fail(error)

    # ------------------------------------------------------------ going about

    def go(self, screen: str, stay: str = "", task: str = "") -> None:
        """Show a screen, with a stay and one of its tasks."""
        if self.context is None or self.shell.is_locked():
            return
        if screen not in {entry.name for entry in self._entries()}:
            self.line.error(AppError("app.no-screen"))
            return
        self.shell.open(screen)
        widget: object = self.shell.screen_widget(screen)
        if stay and isinstance(widget, ShowsStay):
            widget.show_stay(stay, task)
        card = self.arrivals.take() if stay == "new" else None
        if card is not None and isinstance(widget, Screen):
            widget.notice(m.Notice(size=self.link.position, card=card))

    def _in_hand(self) -> tuple[str, object]:
        """Name and widget of the screen shown."""
        name = self.shell.current()
        return name, self.shell.screen_widget(name) if name else None

    def _board(self) -> BoardScreen | None:
        if self.context is None or "read-board" not in (self._worker.reads if self._worker else ()):
            return None
        from ui.board.view import BoardScreen  # not for the first window, see ui.ahead

        widget = self.shell.screen_widget("board")
        return widget if isinstance(widget, BoardScreen) else None

    def _card_of(self, stay: str) -> Card | None:
        board = self._board()
        return board.presenter.card(stay) if board else None

    def _describe(self, stay: str) -> str:
        card = self._card_of(stay)
        return f"{card.name} {card.number}".strip() if card else stay[:8]

    def _search(self) -> None:
        if self.context is None or self.scanning is None:
            return
        from ui.palette.opening import open_palette  # not for the first window, see ui.ahead

        screens = [(entry.name, entry.key, entry.icon) for entry in self._entries()]
        acts: dict[str, Callable[[], object]] = {
            "lock": self.lock,
            "mute": self.sounds.mute,
            "theme": self._other_theme,
            "language": self._other_language,
            "sign-out": self.sign_out,
        }
        if self._worker is not None and "begin-stay" in self._worker.requests:
            acts["arrive"] = partial(self.go, "steps", "new", "identity")
        offers = offers_of(self.words, screens, self.go, acts)
        open_palette(self.shell, self.context, self.look, offers, self._recent, self.scanning.open)

    def _undo(self) -> None:
        _, widget = self._in_hand()
        if self.scanning is not None and not self.scanning.undo() and isinstance(widget, Undoes):
            widget.undo()

    def _alarmed(self, red: int, yellow: int) -> None:
        self.look.alarm(bool(red or yellow), fresh=red + yellow > self._alarms)
        self._alarms = red + yellow
        self.sounds.warn(red, yellow)

    def _go_on(self) -> None:
        if self.scanning is not None and not self.shell.is_locked():
            self.scanning.go_on()

    # ------------------------------------------------------------ what comes in

    def _notice(self, notice: m.Notice) -> None:
        self.strip.notice(notice)
        if self.context is None or self.shell.is_locked():
            self._missed = merged(self._missed, notice) if self._missed else notice
            return
        self._pass_on(notice)

    def _pass_on(self, notice: m.Notice) -> None:
        for screen in self._screens():
            screen.notice(notice)
        if self.scanning is not None:
            self.scanning.notice(notice)

    def _catch_up(self) -> None:
        """What was missed while covered or cut off: changes are asked for, readings are past."""
        missed, self._missed = self._missed, None
        topics = tuple({*(missed.topics if missed else ()), "centre", "devices", "lockers"})
        stays = missed.stays if missed else ()
        self._pass_on(m.Notice(size=self.link.position, stays=stays, topics=topics))

    def _scanned(self, kind: ScanKind, text: str) -> None:
        if self.dialog.isVisible():
            if kind is ScanKind.STAFF:
                self.dialog.card(text)
        elif self.cover is not None:
            if kind is ScanKind.STAFF:
                self.cover.card(text)
            else:
                now = self._clock.now()
                time = self.context.local(now, "%H:%M:%S") if self.context else ""
                self.shell.strip.show_scan(time, ScanOutcome.BAD, self.words("scan.before"))
        elif self.scanning is not None:
            self.scanning.scanned(kind, text)

    def _tell(self, level: Level, words: str, action: str) -> None:
        self.shell.strip.message.show_message(level, words, action)

    def _offer_retry(self, offered: bool) -> None:
        if offered:
            self.messages.tell("link.lost", {}, Level.RED, "app.retry")

    def _unexpected(self, error: AppError) -> None:
        """An error that nobody took: told, unless it only says what the cover or the strip shows already."""
        if error.code != "accounts.locked" and not (self.keeper.offline and isinstance(error, LinkError)):
            self.line.error(error)

    def _gone(self) -> None:
        self.strip.offline(True)
        self.shell.trouble.say(sentence(self.words, LinkError("app.offline")))
        self.line.error(LinkError("app.offline"))

    def _back(self) -> None:
        self.strip.offline(False)
        self.shell.trouble.say("")
        self.line.info("app.online")
        if not self.shell.is_locked():
            self._catch_up()

    def _restarted(self) -> None:
        """The station was restarted and knows no session: sign in again, and go on where the work is."""
        self.strip.offline(False)
        self.shell.trouble.say("")
        self._ask_sign_in()
        self.line.error(AppError("lock.restarted"))
