"""A screen reader acts by what the accessible tree offers; a control does what it would do for anybody else."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.steps.editors import Line
from ui.widgets.buttons import ActionButton, Segments
from ui.widgets.look import Look
from ui.widgets.samples import tasks
from ui.widgets.tasks import TaskList

TOGGLE = QAccessibleActionInterface.toggleAction()


def face_of(widget: QWidget) -> QAccessibleInterface:
    face = QAccessible.queryAccessibleInterface(widget)
    assert face is not None
    return face


def test_a_toggled_button_was_pressed(look: Look, qtbot: QtBot) -> None:
    button = ActionButton(look, "是")
    qtbot.addWidget(button)
    button.setCheckable(True)
    came: list[bool] = []
    button.clicked.connect(lambda: came.append(button.isChecked()))
    face_of(button).actionInterface().doAction(TOGGLE)
    assert came == [True]
    button.setChecked(False)
    assert came == [True], "the program's own doing is no press"
    button.click()
    assert came == [True, True], "a press is told once"


def test_a_segment_is_chosen(look: Look, qtbot: QtBot) -> None:
    segments = Segments(look, "语言", [("zh", "中文"), ("en", "English")])
    qtbot.addWidget(segments)
    segments.choose("zh")
    came: list[str] = []
    segments.chosen.connect(came.append)
    face_of(segments.buttons["en"]).actionInterface().doAction(TOGGLE)
    assert (came, segments.choice()) == (["en"], "en")


def test_text_that_is_put_into_a_line_was_written(qtbot: QtBot) -> None:
    line = Line()
    qtbot.addWidget(line)
    came: list[str] = []
    line.textEdited.connect(came.append)
    line.setText("殴打")
    assert came == [], "the program's own doing is no writing"
    editable = face_of(line).editableTextInterface()
    editable.replaceText(0, 2, "盗窃")
    assert came[-1] == line.text() == "盗窃"
    came.clear()
    qtbot.keyClicks(line, "ab")
    assert came == ["盗窃a", "盗窃ab"]


def test_a_selected_task_is_in_hand(look: Look, qtbot: QtBot) -> None:
    listed = TaskList(look, "任务")
    qtbot.addWidget(listed)
    listed.tasks.show(tasks())
    listed.show()
    face = face_of(listed)
    rows = [face.child(place) for place in range(face.childCount())]
    row = [one for one in rows if one is not None and one.state().selectable][-1]
    before = listed.current()
    row.actionInterface().doAction(TOGGLE)
    assert listed.current() not in ("", before)
