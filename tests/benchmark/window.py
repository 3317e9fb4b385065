"""P5: from exec to the first painted window, and from sign-in to the first painted board, against a bare window.

    python -m tests.benchmark.window [ROUNDS]

The bare window is PySide6 with one label and one query of a plain SQLite file. Both are started in turn as fresh
processes on the offscreen platform; a station with the practice store runs beside. Both find their modules compiled,
as an installed program does: a first start of each, not counted, compiles them into a folder of their own, whatever
the environment says of bytecode. `COMPILED=0` measures the start that compiles everything anew instead. Hashing of the secret is not in
the second figure: the clock starts when the station has answered.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.station_kit import CHEAP, RESOURCES, ROOT
from ui.compose import build_station

BARE = """
import sqlite3, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, lambda: (print("painted", flush=True), QApplication.quit()))
application = QApplication(sys.argv)
connection = sqlite3.connect(sys.argv[1])
window = Window()
window.setCentralWidget(QLabel(str(connection.execute("SELECT count(*) FROM sqlite_master").fetchone())))
window.showMaximized()
application.exec()
"""

OURS = """
import sys
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
sys.setswitchinterval(0.0005)
from ui.workplace import Workplace
from workstation.catalogue import Catalogue
from workstation.clock import BootClock
from workstation.settings import load
home, resources = Path(sys.argv[1]), Path(sys.argv[2])
application = QApplication(sys.argv[:1])
application.setStyle("Fusion")
words = Catalogue.load(resources / "i18n" / "catalogue")
place = Workplace(application, home, load(home), words, BootClock())
class Watch(QObject):
    told = signed = False
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            if not self.told:
                self.told = True
                QTimer.singleShot(0, lambda: print("painted", flush=True))
            if not self.signed and place.context is not None and watched.objectName().startswith("board"):
                self.signed = True
                QTimer.singleShot(0, lambda: (print("board", flush=True), QTimer.singleShot(200, application.quit)))
        return False
watch = Watch()
application.installEventFilter(watch)
place.start()
place.shell.showMaximized()
def sign_in():
    if place.sign_in is None:
        QTimer.singleShot(10, sign_in)
        return
    print("signing", flush=True)
    place.sign_in.sign_in("1001", "practice-1")
QTimer.singleShot(300, sign_in)
QTimer.singleShot(15000, application.quit)
application.exec()
place.close()
"""


def environment(cache: Path) -> dict[str, str]:
    """What both processes are started with; `cache`: the folder of the compiled modules."""
    given = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    if os.environ.get("COMPILED") != "0":
        given.pop("PYTHONDONTWRITEBYTECODE", None)
        given["PYTHONPYCACHEPREFIX"] = str(cache)
    return given


def marks(script: str, env: dict[str, str], *arguments: str) -> dict[str, float]:
    """Run a script in a fresh process; the words it printed with the seconds since exec."""
    started = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        stdout=subprocess.PIPE,
        text=True,
        env=env,
    )
    assert child.stdout is not None
    seen = {line.strip(): time.perf_counter() - started for line in child.stdout}
    child.wait(timeout=30)
    return seen


def main(arguments: list[str]) -> int:
    """Run the rounds and print the table."""
    rounds = int(arguments[0]) if arguments else 5
    home = Path(tempfile.mkdtemp())
    env = environment(home / "compiled")
    station = build_station(home, "practice", RESOURCES, cost=CHEAP, rack=False)
    station.start()
    print(f"{platform.machine()} · {os.cpu_count()} cores · Python {platform.python_version()}")
    print("round  bare ms  first window ms  ratio  sign-in → board ms  ratio")
    first, board = [], []
    try:
        marks(BARE, env, str(home / "bare.sqlite"))
        marks(OURS, env, str(home), str(RESOURCES))
        for number in range(1, rounds + 1):
            bare = marks(BARE, env, str(home / "bare.sqlite"))["painted"]
            ours = marks(OURS, env, str(home), str(RESOURCES))
            first.append(ours["painted"] / bare)
            took = ours["board"] - ours["signing"]
            board.append(took / bare)
            print(
                f"{number:5d}  {bare * 1e3:7.0f}  {ours['painted'] * 1e3:15.0f}  {first[-1]:5.2f}"
                f"  {took * 1e3:18.0f}  {board[-1]:5.2f}"
            )
    finally:
        station.stop()
    print(
        f"median: first window {statistics.median(first):.2f} × bare (aim 1.25, at most 2), "
        f"board {statistics.median(board):.2f} × bare more (aim 1.0)"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
