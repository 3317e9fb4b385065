"""The pages of the settings that hold no list: appearance, and what runs here."""

from __future__ import annotations

import platform

import msgspec
from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from ui.context import Context
from ui.settings.presenter import SettingsPresenter
from ui.widgets.buttons import Segments
from ui.widgets.forms import Form, at_left
from ui.widgets.frame import Facts, Panel
from ui.widgets.labels import PlainLabel
from ui.widgets.look import Look
from workstation.catalogue import LANGUAGES

SCALES = (100, 125, 150, 175, 200)
ABOUT = ("centre", "mode", "workstation", "pack", "record", "zone", "python", "qt", "licence")


class AppearancePage(Panel):
    """Theme, language, scale, motion; each takes effect at once."""

    def __init__(self, context: Context, look: Look, presenter: SettingsPresenter) -> None:
        super().__init__(look, "sun")
        self._context, self._presenter = context, presenter
        form = Form(look, self)
        self.theme = Segments(look, "", [(key, key) for key in ("light", "dark")], self)
        self.language = Segments(look, "", [(key, key) for key in LANGUAGES], self)
        self.scale = Segments(look, "", [(str(one), f"{one} %") for one in SCALES], self)
        self.motion = QCheckBox(self)
        self.motion.setObjectName("settings.reduced-motion")
        for name, one in (("theme", self.theme), ("language", self.language), ("scale", self.scale)):
            for key, button in one.buttons.items():
                button.setObjectName(f"settings.{name}.{key}")
        self.rows = {
            "theme": form.add("", at_left(self.theme)),
            "language": form.add("", at_left(self.language)),
            "scale": form.add("", at_left(self.scale)),
            "motion": form.add("", self.motion),
        }
        self.note = PlainLabel(role="secondary", wrap=True)
        self.body.addWidget(form)
        self.body.addWidget(self.note)
        self.body.addStretch(1)
        self.theme.chosen.connect(lambda key: self._change(theme=key))
        self.language.chosen.connect(lambda key: self._change(language=key))
        self.scale.chosen.connect(lambda key: self._change(scale=int(key)))
        self.motion.clicked.connect(lambda on: self._change(reduced_motion=on))
        self.retranslate()

    def _change(self, **changes: object) -> None:
        self._presenter.put_on(msgspec.structs.replace(self._presenter.prefs.get(), **changes))
        self.refresh()

    def refresh(self) -> None:
        """Show what is in use."""
        now = self._presenter.prefs.get()
        self.theme.choose(now.theme)
        self.language.choose(now.language)
        self.scale.choose(str(now.scale))
        self.motion.setChecked(now.reduced_motion)

    def retranslate(self) -> None:
        """Say everything in the present language."""
        w = self._context.words
        self.set_title(w("setting.appearance"))
        for name, row in self.rows.items():
            row.label.setText(w(f"setting.{name}"))
        for key, button in self.theme.buttons.items():
            button.set_words(w(f"setting.theme.{key}"))
        for key, button in self.language.buttons.items():
            button.set_words(w(f"setting.language.{key}"))
        for name, one in (("theme", self.theme), ("language", self.language), ("scale", self.scale)):
            one.setAccessibleName(w(f"setting.{name}"))
        self.motion.setText(w("setting.motion.on"))
        self.motion.setAccessibleName(w("setting.motion"))
        self.note.setText(w("setting.appearance.note"))
        self.refresh()


class AboutPage(Panel):
    """What runs here, to be read out to a technician."""

    def __init__(self, context: Context, look: Look, presenter: SettingsPresenter) -> None:
        super().__init__(look, "info")
        self._context, self._look, self._presenter = context, look, presenter
        self._column = QVBoxLayout()
        self.body.addLayout(self._column)
        self.body.addStretch(1)
        self._form: QWidget | None = None
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the present language."""
        w, centre = self._context.words, self._presenter.centre
        self.set_title(w("setting.about"))
        values = {
            "centre": w.pick(centre.name_zh, centre.name_en),
            "mode": w(f"setting.mode.{centre.mode}"),
            "workstation": centre.workstation,
            "pack": centre.pack,
            "record": w("setting.about.entries", count=centre.position),
            "zone": centre.time_zone,
            "python": platform.python_version(),
            "qt": qVersion(),
            "licence": w("setting.about.licences"),
        }
        if self._form is not None:
            self._column.removeWidget(self._form)
            self._form.hide()
            self._form.deleteLater()
        form = Facts(self._look, self)
        for name in ABOUT:
            form.add(w(f"setting.about.{name}"), values[name])
        self._column.addWidget(form)
        self._form = form
