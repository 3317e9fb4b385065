"""The first questions ever: to practise or to work in earnest, and how this desk is: language, size, scanner.

A store is one or the other for ever, so no mode is chosen in advance and Enter on an empty choice does nothing.
Language and size take effect at once; all but the mode can be changed later in the settings.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec
from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from ui.context import Words
from ui.fonts import load_fonts
from ui.prefs import Prefs
from ui.scan import ScanRouter
from ui.scan_trial import Trial, trial_of
from ui.theme import Theme
from ui.widgets.buttons import ActionButton, Segments
from ui.widgets.forms import Form, at_left
from ui.widgets.frame import Panel, Scroll
from ui.widgets.labels import PlainLabel
from ui.widgets.look import Look
from workstation.catalogue import LANGUAGES

MODES = ("practice", "live")
SCALES = (100, 125, 150)
STANDING = 125
"""What desks at which people stand run at, in percent."""
_ICONS = {"practice": "scenario", "live": "approve"}


@dataclass(frozen=True)
class Answer:
    """What was chosen: the mode, and how this desk is."""

    mode: str
    prefs: Prefs


class ModeQuestion(QWidget):
    """How this desk is, and two panels, one a mode. `chosen` is empty while no mode was chosen."""

    def __init__(self, words: Words, look: Look, application: QApplication) -> None:
        super().__init__()
        self.setObjectName("first-run")
        self._words, self._look, self._application = words, look, application
        self.chosen = ""
        self._trial: Trial | None = None
        self.prefs = Prefs(language=words.language, scale=STANDING)
        self._loop = QEventLoop()
        px = look.theme.px
        self.title = PlainLabel(role="hero", wrap=True)
        self.hint = PlainLabel(role="secondary", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(px(16))
        self.panels: dict[str, Panel] = {}
        self.means: dict[str, PlainLabel] = {}
        self.buttons: dict[str, ActionButton] = {}
        for key, mode in enumerate(MODES, start=1):
            row.addWidget(self._mode(mode, str(key)), 1)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(px(32), px(24), px(32), px(24))
        column.setSpacing(px(12))
        for widget in (self.title, self._desk()):
            column.addWidget(widget)
        column.addWidget(self.hint)
        column.addLayout(row)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Scroll(holder, self))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.resize(px(980), px(540))
        self.retranslate()

    def _mode(self, mode: str, key: str) -> Panel:
        panel = Panel(self._look, _ICONS[mode], parent=self)
        self.means[mode] = PlainLabel(wrap=True)
        button = ActionButton(self._look, "", icon=_ICONS[mode], key=key, bind=False, parent=panel)
        button.setObjectName(f"first-run.{mode}")
        button.acted.connect(lambda: self._choose(mode))
        panel.body.addWidget(self.means[mode])
        panel.body.addStretch(1)
        panel.body.addWidget(button)
        self.panels[mode], self.buttons[mode] = panel, button
        return panel

    def _desk(self) -> Panel:
        """Language, size and scanner of this desk."""
        look = self._look
        self.desk = Panel(look, "settings", parent=self)
        form = Form(look, self)
        self.language = Segments(look, "", [(one, one) for one in LANGUAGES], self)
        self.scale = Segments(look, "", [(str(one), f"{one} %") for one in SCALES], self)
        self.scanner = PlainLabel(wrap=True)
        self.rows = {
            "language": form.add("", at_left(self.language)),
            "scale": form.add("", at_left(self.scale)),
            "scanner": form.add("", self.scanner),
        }
        self.desk.body.addWidget(form)
        for name, one in (("language", self.language), ("scale", self.scale)):
            for key, button in one.buttons.items():
                button.setObjectName(f"first-run.{name}.{key}")
        self.language.choose(self.prefs.language)
        self.scale.choose(str(self.prefs.scale))
        self.language.chosen.connect(lambda key: self._change(language=key))
        self.scale.chosen.connect(lambda key: self._change(scale=int(key)))
        return self.desk

    def ask(self) -> str:
        """Show the questions and wait; the mode, or an empty string when the window was closed."""
        scans = ScanRouter(self._application, parent=self)  # or a digit in a code would choose a mode
        scans.scanned.connect(lambda _, text: self.scanned(text))
        self.show()
        self.setFocus()
        self._loop.exec()
        self.hide()
        scans.close()
        return self.chosen

    def retranslate(self) -> None:
        """Say everything in the language chosen."""
        w = self._words
        self.setWindowTitle(w("first-run.title"))
        self.title.setText(w("first-run.title"))
        self.hint.setText(w("first-run.hint"))
        self.desk.set_title(w("first-run.desk"), w("first-run.later"))
        for name, row in self.rows.items():
            row.label.setText(w(f"first-run.{name}"))
        for language, button in self.language.buttons.items():
            button.set_words(w(f"setting.language.{language}"))
        for scale, button in self.scale.buttons.items():
            standing = w("first-run.standing") if int(scale) == STANDING else ""
            button.set_words(f"{scale} % {standing}".strip())
        for name, one in (("language", self.language), ("scale", self.scale)):
            one.setAccessibleName(w(f"first-run.{name}"))
        self._say_scan()
        for mode in MODES:
            self.panels[mode].set_title(w(f"first-run.{mode}"))
            self.means[mode].setText(w(f"first-run.{mode}.means"))
            self.buttons[mode].set_words(w(f"first-run.{mode}.do"))

    def _change(self, **changes: object) -> None:
        """Put a choice on at once."""
        self.prefs = msgspec.structs.replace(self.prefs, **changes)
        self._words.language = self.prefs.language
        theme = Theme(scale=self.prefs.scale / 100, families=self._look.theme.families)
        self._look.switch(theme, self._application)
        self.retranslate()

    def scanned(self, text: str) -> None:
        """A code was scanned for trying: keep its prefix and say what it was."""
        self._trial = trial_of(text)
        self.prefs = msgspec.structs.replace(self.prefs, scan_prefix=self._trial.prefix)
        self._say_scan()

    def _say_scan(self) -> None:
        w, trial = self._words, self._trial
        if trial is None:
            self.scanner.setText(w("first-run.scan"))
            return
        kind = w(f"setting.scan.kind.{trial.kind}")
        got = w("setting.scan.got", kind=kind, text=trial.text)
        how = w("first-run.prefix", prefix=trial.prefix) if trial.prefix else w("first-run.no-prefix")
        self.scanner.setText(f"{got}\n{how}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = event.text()
        if number in ("1", "2"):
            self._choose(MODES[int(number) - 1])
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._loop.quit()
        super().closeEvent(event)

    def _choose(self, mode: str) -> None:
        self.chosen = mode
        self._loop.quit()


def ask_mode(application: QApplication, words: Words, resources: Path) -> Answer | None:
    """Ask at a window of its own; None when it was closed without choosing a mode."""
    families = load_fonts(resources / "fonts")
    look = Look(Theme(scale=STANDING / 100, families=families), resources / "icons")
    look.apply(application)
    question = ModeQuestion(words, look, application)
    mode = question.ask()
    question.deleteLater()
    return Answer(mode, question.prefs) if mode else None
