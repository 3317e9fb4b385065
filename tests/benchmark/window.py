"""P5: from exec to the first painted window, and from sign-in to the first painted board, against a bare window.

    python -m tests.benchmark.window [ROUNDS]

The bare window is PySide6 with one label and one query of a plain SQLite file; ours is the real command
`onestop run`. Both are started in turn as fresh processes on the offscreen platform, from compiled modules
(COMPILED=0: as they come); station and simulator of the practice store run beside. The first window is the front,
which names the program while the rest is imported; how long it takes until the sign-in is ready is told as well.
Hashing of the secret is made cheap: the second figure begins with Enter at the sign-in.
"""

from __future__ import annotations

import contextlib
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.station_kit import CHEAP, RESOURCES, ROOT, simulator
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
from PySide6.QtCore import QTimer
from ui import front
painting, begun = front.Front.paintEvent, []
def painted(self, event):
    painting(self, event)
    if not begun:
        begun.append(QTimer.singleShot(0, watch))
front.Front.paintEvent = painted
def watch():
    print("painted", flush=True)
    from PySide6.QtCore import QEvent, QObject, Qt, QTimer
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication
    application = QApplication.instance()
    class Watch(QObject):
        ready = signed = False
        def eventFilter(self, watched, event):
            if event.type() == QEvent.Type.Paint:
                if not self.ready and watched.objectName() == "login.number":
                    self.ready = True
                    QTimer.singleShot(0, lambda: print("ready", flush=True))
                    QTimer.singleShot(1000, sign_in)
                if not self.signed and watched.objectName().startswith("board"):
                    self.signed = True
                    QTimer.singleShot(0, lambda: (print("board", flush=True), QTimer.singleShot(200, application.quit)))
            return False
    def field(name):
        return next(one for one in application.allWidgets() if one.objectName() == name and one.isVisible())
    def sign_in():
        number, secret = field("login.number"), field("login.secret")
        number.setText("1001")
        secret.setText("practice-1")
        secret.setFocus()
        print("signing", flush=True)
        QTest.keyClick(secret, Qt.Key.Key_Return)
    application.installEventFilter(Watch(application))
    QTimer.singleShot(20000, application.quit)
from ui.cli import main
sys.exit(main(["run", "--practice", "--home", sys.argv[1]]))
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
    stack = contextlib.ExitStack()
    stack.enter_context(simulator(home))
    station = build_station(home, "practice", RESOURCES, cost=CHEAP, rack=False)
    station.start()
    stack.callback(station.stop)
    print(f"{platform.machine()} · {os.cpu_count()} cores · Python {platform.python_version()}")
    print("round  bare ms  first window ms  ratio  sign-in ready ms  ratio  sign-in → board ms  ratio")
    first, ready, board = [], [], []
    try:
        marks(BARE, env, str(home / "bare.sqlite"))
        marks(OURS, env, str(home), str(RESOURCES))
        for number in range(1, rounds + 1):
            bare = marks(BARE, env, str(home / "bare.sqlite"))["painted"]
            ours = marks(OURS, env, str(home), str(RESOURCES))
            first.append(ours["painted"] / bare)
            ready.append(ours["ready"] / bare)
            took = ours["board"] - ours["signing"]
            board.append(took / bare)
            print(
                f"{number:5d}  {bare * 1e3:7.0f}  {ours['painted'] * 1e3:15.0f}  {first[-1]:5.2f}"
                f"  {ours['ready'] * 1e3:16.0f}  {ready[-1]:5.2f}"
                f"  {took * 1e3:18.0f}  {board[-1]:5.2f}"
            )
    finally:
        stack.close()
    print(
        f"median: first window {statistics.median(first):.2f} × bare (aim 1.25, at most 2), "
        f"sign-in ready {statistics.median(ready):.2f} × bare, "
        f"board {statistics.median(board):.2f} × bare more (aim 1.0)"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
