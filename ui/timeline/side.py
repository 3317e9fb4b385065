"""Beside the lanes: the entry in hand, or the form that was asked for, which is sent from here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import TypeVar

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

F = TypeVar("F", NoteForm, CorrectionForm, ExportForm)


class Side(QStackedWidget):
    """`closed`: a form was sent or given up, and the entry is shown again."""

    closed = Signal()

    def __init__(
        self, context: Context, presenter: TimelinePresenter, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._presenter = context, presenter
        self.detail = Detail(context, look, presenter.sayer, self)
        self._look = look
        self._forms: list[NoteForm | CorrectionForm | ExportForm] = []
        self.addWidget(self.detail)

    @cached_property
    def note(self) -> NoteForm:
        """The form of a note; as all the forms, made when it is first asked for."""
        return self._made(NoteForm(self._context, self._look, self), self._send_note)

    @cached_property
    def correction(self) -> CorrectionForm:
        """The form of a correction."""
        form = CorrectionForm(self._context, self._look, self._presenter.sayer, self)
        return self._made(form, self._send_correction)

    @cached_property
    def export(self) -> ExportForm:
        """The form of an export."""
        return self._made(ExportForm(self._context, self._look, self), self._send_export)

    def _made(self, form: F, send: Callable[[], None]) -> F:
        self.addWidget(form)
        self._forms.append(form)
        form.cancelled.connect(self.close_form)
        form.sent.connect(send)
        form.retranslate()
        return form

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
        for form in self._forms:
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
