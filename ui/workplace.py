"""One window: puts link, shell, sign-in, screens and scans together, and keeps them together.

Nothing waits here: every question to the station is answered later, on the GUI thread. When the station goes, the
window says so, has it started again, and goes on where the work was.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from ui.ahead import Ahead
from ui.appearance import Appearance
from ui.arrivals import Arrivals
from ui.context import Context, Words
from ui.fonts import load_fonts
from ui.idle import IdleWatch
from ui.incoming import Incoming
from ui.keeper import StationKeeper
from ui.link import Link
from ui.login.approval import Approving
from ui.login.lock import LockScreen
from ui.login.presenter import SignInPresenter
from ui.login.two_persons import TwoPersons
from ui.login.view import SignInScreen
from ui.messages import Messages
from ui.quiet import quiet
from ui.recorder.starting import Recording
from ui.retiring import retire
from ui.scan import ScanRouter
from ui.screens import Furnishing
from ui.sounds.alarm import Sound
from ui.sounds.sounds import Plays, Sounds
from ui.sounds.voice import Voice
from ui.speaking import Line, sentence
from ui.strip import StripFeed
from ui.texts import Texts
from ui.theme import Level, Theme
from ui.widgets.look import Look
from ui.window import Shell
from workstation.catalogue import Catalogue
from workstation.clock import Clock
from workstation.errors import AppError, LinkError
from workstation.settings import Settings
from workstation.station import messages as m

if TYPE_CHECKING:  # imported at the sign-in: the first window does without
    from devices.practice import PracticeWorld
    from ui.rooms import Rooms
    from ui.scanning import Scanning


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
        self._home, self._clock = home, clock
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
        self._alarms = 0
        self._trouble = self.appearance.start()
        self.scans = ScanRouter(application, prefix=self.appearance.get().scan_prefix, parent=self)
        self.appearance.changed.connect(lambda: self.scans.expect(self.appearance.get().scan_prefix))
        self.incoming = Incoming(self)
        self.rooms: Rooms | None = None
        self._worker: m.Signed | None = None
        self.cover: SignInScreen | LockScreen | None = None
        self.sign_in: SignInPresenter | None = None
        self.recording = Recording(
            application, self.scans, lambda: self.rooms.filling() if self.rooms else None, self
        )
        self.idle = IdleWatch(clock, self)
        self.scans.touched.connect(self.idle.touch)
        self._build()
        self.appearance.changed.connect(self._retranslate)
        self.messages.told.connect(self._tell)
        self.sounds.silence.connect(lambda red, left: self.shell.top.set_silence(red, left))
        self.link.noticed.connect(self.incoming.notice)
        self.link.failed.connect(self._unexpected)
        self.keeper.gone.connect(self._gone)
        self.keeper.back.connect(self._back)
        self.keeper.forgotten.connect(self._restarted)
        self.keeper.failed.connect(self.line.error)
        self.scans.scanned.connect(self.incoming.scanned)
        self.scans.dropped.connect(lambda count: self.line.error(AppError("ui.scan.too-long", count=count)))
        self.ahead = Ahead(self)
        self._painted = False
        self.idle.idle.connect(self.lock)

    # ------------------------------------------------------------ the window

    def start(self) -> None:
        """Ask who is there, and show the sign-in."""
        self._ask_sign_in()
        if self._trouble is not None:
            self.line.error(self._trouble)

    def record_session(self, path: Path) -> None:
        """Write every act at this window to a file from now on, in practice data; a live station refuses it."""
        self.recording.ask(path)

    def close(self) -> None:
        """End every lane and thread of the window; the station goes on."""
        self._worker = None
        self.recording.close()
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
        shell.undo_asked.connect(self._undo)
        shell.search_asked.connect(self._search)
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
        self.rooms, self._worker, self.cover = None, None, None
        self.arrivals.forget()
        with quiet():
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
        if (
            event.type() == QEvent.Type.Close
            and watched is self.shell
            and self.rooms
            and self.rooms.unsaved()
        ):
            self.line.error(AppError("app.unsaved"))
            event.ignore()
            return True
        return False

    def _retranslate(self) -> None:
        self.strip.retranslate()
        if self.shell.band.isVisibleTo(self.shell):
            self._show_mode("practice")
        if self.rooms is not None:
            self.rooms.retranslate()
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
        with quiet():
            screen = SignInScreen(self.words, self.look, presenter, self.shell.stack)
        screen.signed.connect(self._signed)
        screen.language_asked.connect(self._other_language)
        self._put_cover(screen)
        self.shell.rail.hide()
        self.strip.user(None)
        self.line.info("login.policy")
        self.link.listen()
        presenter.greet()

    def _put_cover(self, cover: SignInScreen | LockScreen) -> None:
        if self.dialog.isVisible():
            self.dialog.reject()
        self.shell.unlock()
        self.cover = cover
        self.messages.clear()
        self.shell.lock(cover)

    def _greeted(self, welcome: m.Welcome) -> None:
        self.strip.centre(welcome.centre_zh, welcome.centre_en, welcome.time_zone)
        try:
            self.recording.start(welcome.mode)
        except AppError as error:
            self.line.error(error)
        self._show_mode(welcome.mode)

    def _show_mode(self, mode: str) -> None:
        """The band over a practice store; a session that is recorded says so there as well."""
        said = [self.words("app.practice")] if mode == "practice" else []
        if self.recording.file():
            said.insert(0, self.words("session.recorded", file=self.recording.file()))
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
        self.recording.answered()
        fresh = self.rooms is None
        if fresh:
            with quiet():
                self._furnish(worker, centre)
        QTimer.singleShot(0, lambda: self._arrive(worker, fresh=fresh))

    def _arrive(self, worker: m.Signed, *, fresh: bool) -> None:
        """Take the cover away, unless another has signed in or out since."""
        rooms = self.rooms
        if rooms is None or self._worker is not worker:
            return
        self.cover = None
        self.messages.clear()
        self.shell.unlock()
        self.shell.rail.show()
        self.strip.user(worker)
        if fresh:
            rooms.open_first()
        else:
            self.incoming.catch_up()

    def _furnish(self, worker: m.Signed, centre: m.CentreReply) -> None:
        """The screens of who has signed in."""
        from ui.rooms import Rooms  # not for the first window

        context = Context(
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
        self.rooms = rooms = Rooms(self.shell, worker, given)
        rooms.counted.connect(self.strip.board)
        rooms.other_person.connect(self.sign_out)

    def _world(self, centre: m.CentreReply) -> PracticeWorld | None:
        """The simulated world behind a practice centre; a live one has none."""
        from devices.practice import PracticeWorld  # not for the first window

        return PracticeWorld(self._home / "sim") if centre.mode == "practice" else None

    def sign_out(self) -> None:
        """End the session and ask for the next one; drafts are kept at the station."""
        if self._worker is not None:
            self.link.ask(m.SignOut(), lambda _: None, lambda _: None)
            self.link.detach()
        self._renew()
        self._ask_sign_in()

    def lock(self) -> None:
        """Cover the work; it goes on as it was after the secret."""
        if self.rooms is None or self._worker is None or self.shell.is_locked():
            return
        self.arrivals.forget()
        self.link.ask(m.LockSession(), lambda _: None, lambda _: None)
        cover = LockScreen(self.words, self.look, self._worker.name, self.shell.stack)
        cover.unlock.connect(self._unlock)
        cover.carded.connect(self._whose_card)
        cover.other.connect(self.sign_out)
        cover.ticked.connect(self._show_masked)
        self._put_cover(cover)
        self._show_masked()
        self.strip.user(self._worker, locked=True)

    def _show_masked(self) -> None:
        board = self.rooms.board() if self.rooms else None
        if isinstance(self.cover, LockScreen) and board is not None:
            self.cover.show_cards(board.masked())

    def _whose_card(self, card: str) -> None:
        cover, worker = self.cover, self._worker
        if isinstance(cover, LockScreen) and worker is not None:

            def known(holder: m.CardHolder) -> None:
                if self.cover is cover:
                    cover.known(holder.name, own=holder.staff == worker.staff)

            def stranger(error: AppError) -> None:
                if self.cover is cover:
                    cover.stranger(error)

            self.link.ask(m.WhoseCard(card=card), known, stranger)

    def _unlock(self, secret: str, card: str) -> None:
        ask = m.UnlockSession(secret=secret, card=card)
        self.link.ask(ask, lambda _: self._unlocked(), self._still_locked)

    def _unlocked(self) -> None:
        if isinstance(self.cover, LockScreen):
            self.cover = None
            self.shell.unlock()
            self.strip.user(self._worker)
            self.incoming.catch_up()

    def _still_locked(self, error: AppError) -> None:
        if error.code == "accounts.not-signed-in":
            self._restarted()
        elif isinstance(self.cover, LockScreen):
            self.cover.fail(error)

    # ------------------------------------------------------------ going about

    def go(self, screen: str, stay: str = "", task: str = "") -> None:
        """Show a screen, with a stay and one of its tasks."""
        if self.rooms is not None:
            self.rooms.go(screen, stay, task)

    @property
    def context(self) -> Context | None:
        """What the screens of who is signed in were given."""
        return self.rooms.context if self.rooms else None

    @property
    def scanning(self) -> Scanning | None:
        """What becomes of scans while somebody is at work."""
        return self.rooms.scanning if self.rooms else None

    def _describe(self, stay: str) -> str:
        return self.rooms.describe(stay) if self.rooms else stay[:8]

    def _search(self) -> None:
        if self.rooms is not None:
            self.rooms.search(
                {
                    "lock": self.lock,
                    "mute": self.sounds.mute,
                    "theme": self._other_theme,
                    "language": self._other_language,
                    "sign-out": self.sign_out,
                }
            )

    def _go_on(self) -> None:
        if self.rooms is not None:
            self.rooms.go_on()

    def _undo(self) -> None:
        if self.rooms is not None:
            self.rooms.undo()

    def _alarmed(self, red: int, yellow: int) -> None:
        self.look.alarm(bool(red or yellow), fresh=red + yellow > self._alarms)
        self._alarms = red + yellow
        self.sounds.warn(red, yellow)

    # ------------------------------------------------------------ what is told

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
            self.incoming.catch_up()

    def _restarted(self) -> None:
        """The station was restarted and knows no session: sign in again, and go on where the work is."""
        self.strip.offline(False)
        self.shell.trouble.say("")
        self._ask_sign_in()
        self.line.error(AppError("lock.restarted"))
