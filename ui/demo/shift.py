"""The demonstration shift: one whole ordinary stay at the real window, unattended, with what it leaves in a folder.

Simulator and station are processes of their own, as in earnest; the window is in this one, without a display. All
that is done is done by keys, clicks and scans; their numbers are printed.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from devices.practice import PracticeWorld
from ui import prefs
from ui.cli import catalogue
from ui.context import Words
from ui.demo.hand import Counts, Hand
from ui.demo.picture import papers_as_pictures, picture_of, save_picture
from ui.demo.processes import practice_centre
from ui.demo.stay import CUSTODIAN, GUARD, INTAKE, LEADER, LEGAL, OFFICER, WholeStay
from ui.demo.summary import Part, Result, count_kinds, write_summary
from ui.screens import SCREENS
from ui.workplace import Workplace
from workstation.clock import BootClock
from workstation.errors import AppError
from workstation.services.practice import PRACTICE_SECRET
from workstation.settings import load
from workstation.storage.export import HEADERS, SECTIONS

SIZE = (1920, 1080)
VERIFY_S = 120


def run_shift(out: Path, resources: Path, language: str) -> int:
    """Play the shift; pictures, papers, log and summary are left in `out`. 0 when every part went well."""
    out.mkdir(parents=True, exist_ok=True)
    for name in ("pictures", "papers", "log"):
        shutil.rmtree(out / name, ignore_errors=True)
    for name in ("failure.png", "failure.txt"):
        (out / name).unlink(missing_ok=True)
    words = Words(catalogue(), language)
    print(words("demo.begin", folder=out), flush=True)
    with tempfile.TemporaryDirectory(prefix="onestop-demo-") as folder:
        home = Path(folder) / "home"
        home.mkdir()
        prefs.save(home, prefs.Prefs(language=language))
        shift = Shift(out, home, words)
        try:
            with practice_centre(home) as world, shift.window(resources):
                shift.play(world)
            shift.verify()
        except Exception as error:
            (out / "failure.txt").write_text("".join(traceback.format_exception(error)), "utf-8")
            print(shift.failed(error), file=sys.stderr, flush=True)
            return 1
        shift.write()
    return 0


@contextmanager
def application() -> Iterator[QApplication]:
    """The application of this process, made when there is none."""
    existing = QApplication.instance()
    made = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    made.setApplicationName("onestop")
    made.setStyle("Fusion")
    yield made
    made.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


class Shift:
    """One shift in the data folder `home`, telling in `words`, leaving its files in `out`."""

    def __init__(self, out: Path, home: Path, words: Words) -> None:
        self._out, self._home, self._words = out, home, words
        self.result = Result()
        self._part = "sign-in"
        self._pictures = 0
        self._errors: list[str] = []
        self._work: Workplace | None = None
        self._hand: Hand | None = None
        self._stay = ""

    @contextmanager
    def window(self, resources: Path) -> Iterator[None]:
        """The real window on this data folder, closed at the end; the last picture is kept when something fails."""
        hook = sys.excepthook
        sys.excepthook = self._program_error
        try:
            with application() as app:
                work = Workplace(
                    app, self._home, load(self._home), catalogue(), BootClock(), resources=resources
                )
                self._work, self._hand = work, Hand(app)
                try:
                    work.shell.resize(*SIZE)
                    work.start()
                    work.shell.show()
                    work.shell.activateWindow()
                    yield
                except BaseException:
                    save_picture(picture_of(work.shell), self._out / "failure.png")
                    raise
                finally:
                    work.close()
        finally:
            sys.excepthook = hook

    def _program_error(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """An error that came out of a slot: the shift goes on to its next part and stops there."""
        self._errors.append(f"{kind.__name__}: {error}")
        traceback.print_exception(kind, error, trace)

    def _open(self) -> tuple[Workplace, Hand]:
        """The window and the hand at it, while it is open."""
        if self._work is None or self._hand is None:
            raise AppError("demo.no-focus")
        return self._work, self._hand

    # ------------------------------------------------------------ the parts

    def play(self, world: PracticeWorld) -> None:
        """Every part of the shift in its order."""
        work, hand = self._open()
        stay = WholeStay(hand, work, world, self._home / "prints", shown=self._shot)
        hand.wait(lambda: work.sign_in is not None and work.sign_in.welcome, "the sign-in")
        self._shot("sign-in")
        self._as(stay, INTAKE)
        self._shot("board")
        self._do("arrive", INTAKE, stay.arrive)
        self._stay = stay.stay
        for code, act in (
            ("establish", stay.establish),
            ("inform", stay.inform),
            ("search", stay.search),
            ("items", stay.list_items),
            ("store", stay.store),
        ):
            self._do(code, INTAKE, act)
        self._as(stay, GUARD)
        self._do("hold", GUARD, stay.hold)
        self._as(stay, OFFICER)
        self._do("interview", OFFICER, stay.preflight, stay.interview)
        self._do("outcome", OFFICER, stay.propose)
        self._as(stay, LEADER)
        self._do("approve", LEADER, stay.approve)
        self._as(stay, CUSTODIAN)
        self._do("take-out", CUSTODIAN, stay.take_out)
        self._do("recount", CUSTODIAN, stay.recount)
        self._do("give-back", CUSTODIAN, stay.give_back, stay.receipt)
        self._as(stay, INTAKE)
        self._do("identity", INTAKE, stay.reidentify, stay.compare)
        self._do("papers", INTAKE, lambda: self._print(stay))
        self._do("depart", INTAKE, stay.depart)
        self._as(stay, LEGAL)
        self._do("look", LEGAL, self._look_about)
        self._do("export", LEGAL, self._export)

    def _as(self, stay: WholeStay, number: str) -> None:
        """Somebody else signs in and takes the person in hand."""

        def act() -> None:
            stay.sign_in(number)
            if self._stay:
                stay.open_stay()

        self._do("sign-in", number, act)

    def _do(self, code: str, who: str, *acts: Callable[[], None]) -> None:
        assert self._hand is not None
        self._part = code
        before, begun = vars(self._hand.counts).copy(), time.monotonic()
        for act in acts:
            act()
        counts = Counts(**{name: value - before[name] for name, value in vars(self._hand.counts).items()})
        part = Part(code, who, time.monotonic() - begun, counts)
        self.result.parts.append(part)
        print(
            self._words(
                "demo.part",
                name=self._words(f"demo.part.{code}"),
                seconds=f"{part.seconds:.1f}",
                keys=counts.keys,
                clicks=counts.clicks,
                scans=counts.scans,
            ),
            flush=True,
        )
        if self._errors:
            raise AppError("demo.program-error", what=self._errors[0])

    def _print(self, stay: WholeStay) -> None:
        stay.print("depart", "depart")
        stay.print("receipt")
        stay.print("search")
        target = self._out / "papers"
        shutil.copytree(self._home / "prints", target)
        papers_as_pictures(target, self._out / "pictures")

    def _look_about(self) -> None:
        """Every screen by its function key, in light and in dark; those of one stay with the stay that was worked."""
        work, hand = self._open()
        stay = self._stay
        appearance = work.appearance
        for theme in ("light", "dark"):
            appearance.set(prefs.Prefs(theme=theme, language=self._words.language))
            for key, name in screens_of(work):
                if stay and name in ("steps", "timeline"):
                    work.go(name, stay)
                else:
                    hand.press(key)
                hand.wait(partial(_shows, work, hand, name), name)
                hand.idle(400)
                self._shot(name if theme == "light" else f"{name}-dark")
        appearance.set(prefs.Prefs(language=self._words.language))

    def _export(self) -> None:
        """The whole record, by the legal officer and the duty leader."""
        work, hand = self._open()
        log = self._out / "log"
        hand.press("F3")
        hand.wait(lambda: work.shell.current() == "timeline", "timeline")
        hand.act("timeline.export-button")
        for field, text in (
            ("folder", str(log)),
            ("purpose", "演示核验"),
            ("second", LEADER),
            ("secret", PRACTICE_SECRET),
        ):
            hand.go(f"timeline.export.{field}")
            hand.type(text)
        self._shot("export")
        hand.press("F12")
        hand.wait(lambda: (log / "head.json").exists(), "the exported record")
        hand.idle(300)

    # ------------------------------------------------------------ what is left

    def _shot(self, name: str) -> None:
        work, hand = self._open()
        hand.idle(60)
        self._pictures += 1
        picture = picture_of(work.shell)
        save_picture(picture, self._out / "pictures" / f"{self._pictures:02d}-{name}.png")

    def verify(self) -> None:
        """`onestop verify` on the store, on the export, and on copies of which one byte was changed."""
        self._part = "verify"
        log = self._out / "log"
        for name, arguments in (("store", ["--home", str(self._home)]), ("log", [str(log)])):
            done = _verify(*arguments)
            said = done.stdout.splitlines() or done.stderr.splitlines() or [""]
            self.result.verified[name] = (
                done.returncode == 0,
                said[0 if self._words.language == "zh" else -1],
            )
        self.result.kinds, self.result.stay_kinds = count_kinds(log, self._stay)
        for file in (HEADERS, SECTIONS):
            self._flip(log, file, seq=sum(self.result.kinds.values()) - 7)
        bad = [said for sound, said in self.result.verified.values() if not sound]
        if bad:
            raise AppError("demo.odd", what=bad[0])
        if self.result.overridden:
            raise AppError("demo.odd", what=f"gates overridden: {self.result.overridden}")

    def _flip(self, log: Path, file: str, *, seq: int) -> None:
        """Change one byte of an entry in a copy: the verification must name that entry."""
        copy = self._home.parent / f"flipped-{file}"
        shutil.copytree(log, copy)
        lines = (copy / file).read_bytes().split(b"\n")
        line = bytearray(lines[seq - 1])
        line[len(line) // 2] ^= 1
        lines[seq - 1] = bytes(line)
        (copy / file).write_bytes(b"\n".join(lines))
        done = _verify(str(copy))
        found = done.returncode != 0 and f"#{seq} " in done.stderr
        said = (done.stderr.splitlines() or [""])[0]
        self.result.verified[self._words("demo.flipped", file=file, seq=seq)] = (found, said)

    def write(self) -> None:
        """The summary."""
        seconds, counts = self.result.total()
        print(
            self._words(
                "demo.total",
                seconds=round(seconds),
                keys=counts.keys,
                clicks=counts.clicks,
                scans=counts.scans,
            )
        )
        for name, (sound, said) in self.result.verified.items():
            print(f"{'✓' if sound else '✗'} {name}: {said}")
        path = self._out / "summary.md"
        files = sorted(one for one in self._out.rglob("*") if one.is_file() and one != path)
        write_summary(path, self.result, self._words, files)
        print(self._words("demo.done", file=path), flush=True)

    def failed(self, error: Exception) -> str:
        """Why and where the shift stopped."""
        why = (
            self._words(error.code, **error.values)
            if isinstance(error, AppError)
            else "".join(traceback.format_exception(error))
        )
        part = self._words(f"demo.part.{self._part}")
        return self._words("demo.failed", part=part, why=why, file=self._out / "failure.png")


def _verify(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ui", "verify", *arguments],
        capture_output=True,
        text=True,
        timeout=VERIFY_S,
        check=False,
    )


def _shows(work: Workplace, hand: Hand, name: str) -> bool:
    return work.shell.current() == name and hand.has_all()


def screens_of(work: Workplace) -> list[tuple[str, str]]:
    """Function key and name of every screen that whoever is signed in may open."""
    return [(entry.key, entry.name) for entry in SCREENS if entry.name in work.shell.rail.items]
