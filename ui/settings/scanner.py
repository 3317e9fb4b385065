"""The scanner of this desk: the marks that it sends first, tried with any code at hand.

A scanner types. What it types fast and ends with Enter is taken as a scan anyway; a prefix makes that certain.
"""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ui.context import Context
from ui.prefs import LONGEST_PREFIX, MARKS
from ui.scan_trial import Trial, trial_of
from ui.settings.presenter import SettingsPresenter
from ui.widgets.buttons import ActionButton
from ui.widgets.forms import Form
from ui.widgets.frame import Panel
from ui.widgets.labels import PlainLabel
from ui.widgets.look import Look


class ScannerPage(Panel):
    """The prefix in use, a field to change it, and what the last trial scan was. `changed` after a change."""

    changed = Signal()

    def __init__(self, context: Context, look: Look, presenter: SettingsPresenter) -> None:
        super().__init__(look, "scan")
        self._context, self._presenter = context, presenter
        self._trial: Trial | None = None
        self.intro = PlainLabel(role="secondary", wrap=True)
        form = Form(look, self)
        self.field = QLineEdit(self)
        self.field.setObjectName("settings.scan-prefix")
        self.field.setMaxLength(LONGEST_PREFIX)
        self.field.setFixedWidth(look.theme.px(120))
        self.keep = ActionButton(look, "", icon="on-disk", key="F12", role="primary", parent=self)
        self.keep.setObjectName("settings.scan-prefix.keep")
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.field)
        row.addWidget(self.keep)
        row.addStretch(1)
        self.row = form.add("", holder)
        self.told = PlainLabel(role="bold", wrap=True)
        self.advice = PlainLabel(role="secondary", wrap=True)
        self.use = ActionButton(look, "", icon="check", parent=self)
        self.use.setObjectName("settings.scan-prefix.use")
        line = QHBoxLayout()
        line.addWidget(self.use)
        line.addStretch(1)
        for widget in (self.intro, form, self.told, self.advice):
            self.body.addWidget(widget)
        self.body.addLayout(line)
        self.body.addStretch(1)
        self.keep.acted.connect(lambda: self._keep(self.field.text()))
        self.use.acted.connect(lambda: self._keep(self._trial.prefix if self._trial else ""))
        self.retranslate()

    def scanned(self, text: str) -> bool:
        """A scan while this page is shown."""
        self._trial = trial_of(text, self._presenter.prefs.get().scan_prefix)
        self.refresh()
        return True

    def _keep(self, prefix: str) -> None:
        w = self._context.words
        if not set(prefix) <= MARKS:
            self.advice.setText(w("setting.scan.marks", marks=" ".join(sorted(MARKS))))
            return
        self._presenter.put_on(msgspec.structs.replace(self._presenter.prefs.get(), scan_prefix=prefix))
        self._trial = None
        self.refresh()
        self.changed.emit()

    def refresh(self) -> None:
        """Show what is in use and what the last trial was."""
        w, now, trial = self._context.words, self._presenter.prefs.get().scan_prefix, self._trial
        self.field.setText(now)
        offered = trial is not None and trial.prefix != now
        self.use.setVisible(offered)
        if trial is None:
            self.told.setText(w("setting.scan.in-use", prefix=now) if now else w("setting.scan.none"))
            self.advice.setText(w("setting.scan.try"))
            return
        self.use.set_words(w("setting.scan.use", prefix=trial.prefix))
        kind = w(f"setting.scan.kind.{trial.kind}")
        self.told.setText(w("setting.scan.got", kind=kind, text=trial.text))
        if offered:
            self.advice.setText(w("setting.scan.found", prefix=trial.prefix))
        else:
            self.advice.setText(w("setting.scan.good") if now else w("setting.scan.bare"))

    def retranslate(self) -> None:
        """Say everything in the present language."""
        w = self._context.words
        self.set_title(w("setting.scanner"))
        self.intro.setText(w("setting.scan.intro"))
        self.row.label.setText(w("setting.scan.prefix"))
        self.field.setAccessibleName(w("setting.scan.prefix"))
        self.keep.set_words(w("setting.scan.keep"))
        self.refresh()
