"""Pictures of every screen, in both looks and both sizes, taken from the real window on the practice centre."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

from ui import prefs
from ui.cli import catalogue
from ui.demo.hand import Hand
from ui.demo.picture import papers_as_pictures, picture_of, save_picture
from ui.demo.processes import practice_centre
from ui.demo.shift import application
from ui.demo.stay import LEADER, Things, WholeStay
from ui.screens import SCREENS
from ui.workplace import Workplace
from workstation.catalogue import LANGUAGES
from workstation.clock import BootClock
from workstation.services.practice import stay_id
from workstation.settings import load

SIZES = ((1920, 1080), (1366, 768))
THEMES = ("light", "dark")
WAITING, HELD, TALKING, LEAVING = (stay_id(number) for number in range(1, 5))
FIRST_MS = 1300  # until a screen that was just opened has asked for all it shows
LOOK_MS = 450  # until pictures of cameras and answers of the station are drawn


def take_pictures(out: Path, resources: Path) -> int:
    """Draw every screen into `out` as `<screen>-<theme>-<width>x<height>.png`; 0 when all were drawn."""
    with tempfile.TemporaryDirectory(prefix="onestop-pictures-") as folder:
        home = Path(folder) / "home"
        home.mkdir()
        with practice_centre(home) as world, application() as app:
            work = Workplace(app, home, load(home), catalogue(), BootClock(), resources=resources)
            try:
                work.shell.resize(*SIZES[0])
                work.start()
                work.shell.show()
                work.shell.activateWindow()
                hand = Hand(app)
                stay = WholeStay(hand, work, world, home / "prints", Things())
                Pictures(out, work, hand, stay).take()
                papers_as_pictures(home / "prints", out)
            finally:
                work.close()
    return 0


class Pictures:
    """Brings the window to one state after another and draws each in every look."""

    def __init__(self, out: Path, work: Workplace, hand: Hand, stay: WholeStay) -> None:
        self._out, self._work, self._hand, self._stay = out, work, hand, stay

    def take(self) -> None:
        """Every state in turn."""
        work, hand = self._work, self._hand
        hand.wait(lambda: work.sign_in is not None and work.sign_in.welcome, "the sign-in")
        self._each("sign-in")
        self._stay.sign_in(LEADER)
        for entry in SCREENS:
            if entry.name in work.shell.rail.items and entry.name not in ("steps", "timeline"):
                hand.press(entry.key)
                self._each(entry.name)
        for name, screen, stay, task in (
            ("timeline", "timeline", LEAVING, ""),
            ("steps-admission", "steps", WAITING, "rights"),
            ("steps-health", "steps", WAITING, "health"),
            ("steps-property", "steps", HELD, "property-list"),
            ("steps-handling", "steps", HELD, "checks"),
            ("steps-interview", "steps", HELD, "interview"),
            ("steps-talking", "steps", TALKING, "interview"),
            ("steps-departure", "steps", LEAVING, "reidentify"),
            ("steps-recount", "steps", LEAVING, "recount"),
        ):
            work.go(screen, stay, task)
            self._each(name)
        self._refusal()
        self._two_persons()
        self._each("search", "Ctrl+K", "find.text")
        self._papers()
        self._wall()
        hand.press("Ctrl+L")
        hand.see("lock.secret")
        self._each("lock")

    def _refusal(self) -> None:
        forms = self._stay.forms
        self._work.go("steps", WAITING, "room")
        self._hand.wait(lambda: forms.at()[0] == "room", "the holding room")
        forms.take("room", "place-in-room")
        forms.fill(room="holding-1")
        self._each("refusal")

    def _two_persons(self) -> None:
        forms, hand = self._stay.forms, self._hand
        self._work.go("steps", LEAVING, "bag-out")
        hand.wait(lambda: forms.at()[0] == "bag-out", "the bag in the locker")
        forms.take("bag-out", "open-cell-return")
        hand.wait(lambda: forms.value("bag") and forms.value("custodian"), "the bag in the locker")
        hand.idle(LOOK_MS)
        self._each("two-persons", "F12", "approval.number")

    def _papers(self) -> None:
        """Print what there is of two stays, and draw the preview of a custody record."""
        for stay, task in ((HELD, "property-list"), (LEAVING, "search"), (LEAVING, "rights")):
            self._work.go("steps", stay, task)
            self._hand.wait(partial(self._at, task), task)
            self._stay.print(task)
        self._work.go("timeline", LEAVING)
        self._hand.idle(FIRST_MS)
        self._stay.print_here("custody-record")
        self._each("preview", "Ctrl+P", "preview.save")

    def _at(self, task: str) -> bool:
        return self._stay.forms.at()[0] == task

    def _wall(self) -> None:
        """The wall, which has one theme and hides everything else."""
        work, hand = self._work, self._hand
        for language in LANGUAGES:
            for size in SIZES:
                work.appearance.set(prefs.Prefs(language=language))
                hand.press("F1")
                hand.press("F11")
                wall = hand.see("wall").window()
                wall.resize(*size)
                hand.idle(FIRST_MS)
                save_picture(wall.grab().toImage(), self._path("wall", language, "dark", size))
                hand.press("Escape")
                hand.wait(lambda: hand.find("wall") is None, "it to close")
        work.appearance.set(prefs.Prefs())

    def _path(self, name: str, language: str, theme: str, size: tuple[int, int]) -> Path:
        more = "" if language == "zh" else f"-{language}"
        return self._out / f"{name}-{theme}-{size[0]}x{size[1]}{more}.png"

    def _each(self, name: str, key: str = "", opened: str = "") -> None:
        """The state as it is, in every language, size and theme.

        `key` opens a part over the screen, in each look anew; `opened`: the widget in it that has the keyboard then.
        """
        looks = [(language, theme, size) for language in LANGUAGES for size in SIZES for theme in THEMES]
        self._hand.idle(FIRST_MS)
        for language, theme, size in looks:
            self._work.appearance.set(prefs.Prefs(theme=theme, language=language))
            self._work.shell.resize(*size)
            if key:
                self._hand.press(key)
                self._hand.see(opened)
            self._hand.wait(self._hand.has_all, name)
            self._hand.idle(LOOK_MS)
            self._hand.wait(self._hand.has_all, name)
            save_picture(picture_of(self._work.shell), self._path(name, language, theme, size))
            if key:
                self._hand.press("Escape")
                self._hand.wait(lambda: self._hand.find(opened) is None, "it to close")
        self._work.appearance.set(prefs.Prefs())
        self._work.shell.resize(*SIZES[0])
        self._hand.idle(50)
