"""Beside the lanes: the entry in hand, or the form that was asked for, which is sent from here."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.context import Context
from ui.entries import reasons
from ui.timeline.detail import Detail
from ui.timeline.forms import CorrectionForm, ExportForm, NoteForm, SideForm
from ui.timeline.presenter import TimelinePresenter
from ui.widgets.look import Look
from workstation.errors import AppError
from workstation.services.timeline import TimelineRow


class Side(QStackedWidget):
    """`closed`: a form was sent or given up, and the entry is shown again."""

    closed = Signal()

    def __init__(
        self, context: Context, presenter: TimelinePresenter, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._presenter = context, presenter
        self.detail = Detail(context, look, presenter.sayer, self)
        self.note = NoteForm(context, look, self)
        self.correction = CorrectionForm(context, look, presenter.sayer, self)
        self.export = ExportForm(context, look, self)
        self.addWidget(self.detail)
        for form in (self.note, self.correction, self.export):
            self.addWidget(form)
            form.cancelled.connect(self.close_form)
        self.note.sent.connect(self._send_note)
        self.correction.sent.connect(self._send_correction)
        self.export.sent.connect(self._send_export)

    def hasHeightForWidth(self) -> bool:
        """It is as high as what stands beside it: what a page has no room for scrolls."""
        return False

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def dirty(self) -> bool:
        """Whether a form holds something that was not sent."""
        page = self.currentWidget()
        return isinstance(page, SideForm) and page.dirty()

    def begin_note(self, at: datetime | None = None) -> None:
        """Ask for a note; `at`: the moment that it marks."""
        if self._presenter.stay:
            self.setCurrentWidget(self.note)
            self.note.begin(at)

    def begin_correction(self, row: TimelineRow | None) -> None:
        """Ask what an entry should have said."""
        if row is not None and self.correction.begin(row):
            self.setCurrentWidget(self.correction)

    def begin_export(self) -> None:
        """Ask where the record is to be exported to, and for whom."""
        self.setCurrentWidget(self.export)
        self.export.begin()

    def close_form(self) -> None:
        """Show the entry again."""
        self.setCurrentWidget(self.detail)
        self.closed.emit()

    def retranslate(self) -> None:
        """Say everything in the present language."""
        for form in (self.note, self.correction, self.export):
            form.retranslate()

    def _send_note(self) -> None:
        try:
            self._presenter.note(
                self.note.text.toPlainText(),
                self.close_form,
                lambda refused: self.note.say_trouble(reasons(self._context, refused)),
                at=self.note.at,
            )
        except AppError as error:
            self.note.say_error(error)

    def _send_correction(self) -> None:
        form = self.correction
        if form.row is None:
            return
        try:
            self._presenter.correct(
                form.row,
                form.edited(),
                form.at.text(),
                form.reason.toPlainText(),
                self.close_form,
                lambda refused: form.say_trouble(reasons(self._context, refused)),
            )
        except AppError as error:
            form.say_error(error)

    def _send_export(self) -> None:
        form = self.export
        try:
            self._presenter.export(
                form.value("folder"), form.value("purpose"), form.value("second"), form.value("secret"),
                self.close_form,
            )  # fmt: skip
        except AppError as error:
            form.say_error(error)
        form.fields["secret"].clear()
