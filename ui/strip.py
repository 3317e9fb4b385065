"""What the top strip shows and where it comes from: clock, save lamp, devices, warnings, who is signed in."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer, Signal

from ui.context import Words
from ui.link import Link
from ui.theme import Level
from ui.widgets.lamp import SaveState
from ui.widgets.top import TopStrip
from workstation.clock import Clock, Trust
from workstation.errors import AppError
from workstation.readings import Level as HealthLevel
from workstation.services.board import Board
from workstation.services.board_wall import Wall
from workstation.station import messages as m

DEVICES_EVERY_MS = 10_000
LAG = "station.lag"


class StripFeed(QObject):
    """Feeds one top strip. Device counts are asked for while a session may read them.

    `alarmed(int, int)`: how many red and yellow things nobody has taken up; saving that fails is one of the red.
    """

    alarmed = Signal(int, int)

    def __init__(
        self, top: TopStrip, link: Link, words: Words, clock: Clock, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._top, self._link, self._words, self._clock = top, link, words, clock
        self._zone = ZoneInfo("UTC")
        self._lamp: m.Lamp | None = None
        self._offline = False
        self._fresh = (0, 0)
        self._verified = True
        self._asking = False
        self._centre = ("", "", "")
        self._user: m.Signed | None = None
        self._duty = ""
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self.tick)
        self._second.start()
        self._devices = QTimer(self)
        self._devices.setInterval(DEVICES_EVERY_MS)
        self._devices.timeout.connect(self.ask_devices)

    def stop(self) -> None:
        """Feed no more."""
        self._second.stop()
        self._devices.stop()

    def centre(self, zh: str, en: str, zone: str, post: str = "", *, verified: bool = True) -> None:
        """The centre, its time zone, the post of this workstation, and whether the station relies on its time."""
        self._centre = (zh, en, post)
        self._verified = verified
        self._zone = ZoneInfo(zone or "UTC")
        self._top.set_centre(self._words.pick(zh, en), post)
        self.tick()

    def user(self, signed: m.Signed | None, *, locked: bool = False) -> None:
        """Who is at the screen."""
        self._user = signed
        self._duty = self._words("app.locked") if locked else ""
        for part in (self._top.lamp, self._top.device_counts, *self._top.levels.values()):
            part.setVisible(signed is not None)
        self._alarm()
        if signed is None:
            self._top.set_user("")
            self._devices.stop()
            return
        duty = self._duty or (self._words(f"role.{signed.roles[0]}") if signed.roles else "")
        self._top.set_user(signed.name, duty)
        if "read-devices" in signed.reads:
            self._devices.start()
            self.ask_devices()

    def retranslate(self) -> None:
        """Say everything in the present language."""
        zh, en, post = self._centre
        self._top.set_centre(self._words.pick(zh, en), post)
        if self._user is not None:
            self.user(self._user, locked=bool(self._duty))
        self._show_lamp()

    def now(self) -> str:
        """The local time of this moment, for what happens at this desk."""
        return f"{self._clock.now().astimezone(self._zone):%H:%M:%S}"

    def tick(self) -> None:
        """The time of this moment; unverified when either the station's or this window's clock is."""
        now = self._clock.now().astimezone(self._zone)
        trusted = self._verified and self._clock.trust() is Trust.VERIFIED
        self._top.set_clock(f"{now:%Y-%m-%d}", f"{now:%H:%M:%S}", trusted=trusted)

    def notice(self, notice: m.Notice) -> None:
        """The lamp, the clock and the devices, as far as the notice tells."""
        if "clock" in notice.topics and self._user is not None:
            self._link.ask(m.GetCentre(), self._clock_told, lambda _: None)
        if notice.lamp is not None:
            self._lamp = notice.lamp
            self._show_lamp()
        if "devices" in notice.topics:
            self.ask_devices()

    def board(self, board: Board) -> None:
        """Open warnings by level; never fewer than the persons who stand at that level."""
        levels = [card.level for card in board.cards]
        self._warned(
            max(board.red, levels.count("red")),
            max(board.yellow, levels.count("yellow")),
            max(board.blue, levels.count("blue")),
            (board.fresh_red, board.fresh_yellow),
        )

    def wall(self, wall: Wall) -> None:
        """The same from the wall, which is open while the session is locked."""
        self._warned(wall.red, wall.yellow, wall.blue, (wall.fresh_red, wall.fresh_yellow))

    def _warned(self, red: int, yellow: int, blue: int, fresh: tuple[int, int]) -> None:
        self._top.set_warnings(
            {Level.RED: red, Level.YELLOW: yellow, Level.BLUE: blue},
            {Level.RED: fresh[0], Level.YELLOW: fresh[1]},
        )
        self._fresh = fresh
        self._alarm()

    def _alarm(self) -> None:
        red, yellow = self._fresh
        lamp = self._lamp
        unsaved = lamp is not None and lamp.state == SaveState.FAULT and lamp.cause != LAG
        if self._user is not None:
            self.alarmed.emit(red + int(self._offline or unsaved), yellow)
        else:
            self.alarmed.emit(0, 0)

    def offline(self, offline: bool) -> None:
        """Whether the station is gone: then nothing may be called saved."""
        self._offline = offline
        self._show_lamp()

    def ask_devices(self) -> None:
        """Ask how the devices are; one question at a time."""
        if not self._asking and self._user is not None and "read-devices" in self._user.reads:
            self._asking = True
            self._link.ask(m.GetDevices(), self._counted, self._uncounted)

    def _clock_told(self, reply: m.CentreReply) -> None:
        self._verified = reply.time_verified
        self.tick()

    def _counted(self, reply: m.DevicesReply) -> None:
        self._asking = False
        levels = [row.health.level for row in reply.devices]
        good = levels.count(HealthLevel.OK)
        unknown = levels.count(HealthLevel.UNKNOWN)
        self._top.set_devices(good, unknown, len(levels) - good - unknown)

    def _uncounted(self, error: AppError) -> None:
        self._asking = False  # told elsewhere: the strip keeps what it showed and asks again

    def _show_lamp(self) -> None:
        w, lamp = self._words, self._lamp
        if self._offline:
            self._top.lamp.set(SaveState.FAULT, w("app.offline.lamp"))
        elif lamp is not None:
            detail = ""
            if lamp.state == "saved" and lamp.at is not None:
                detail = f"{lamp.at.astimezone(self._zone):%H:%M:%S}"
            elif lamp.cause == LAG:
                detail = w("app.lag", seconds=lamp.lag_ms // 1000)
            elif lamp.cause:
                detail = w(lamp.cause) if lamp.cause in w.catalogue else lamp.cause
            self._top.lamp.set(SaveState(lamp.state), detail)
        self._alarm()
