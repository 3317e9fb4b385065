"""What nobody asked for: reports that can be told from every state of a stay, and free notes."""

from __future__ import annotations

from ui.steps.asking import choice, long, people
from ui.steps.fields import Form, Group
from ui.steps.forms.care import ILLNESS
from ui.steps.forms.holding import ESCAPE_RETURN
from ui.steps.forms.release import EMERGENCY, EXPIRY
from workstation.custody import commands as c
from workstation.custody.presence import Status
from workstation.custody.values import Incident

NOTE = Form(
    "add-note",
    ("附说明", "Note"),
    ("记下", "Add the note"),
    "document",
    (long("text", "内容", "Text"),),
    lambda filled: (c.AddNote(stay=filled.stay, text=filled.text("text")),),
    report=True,
    again=True,
)
INCIDENT = Form(
    "report-incident",
    ("突发情况", "Incident"),
    ("立即记录", "Record now"),
    "warnings",
    (choice("incident", "情况", "What", Incident), long("what", "经过", "How")),
    lambda filled: (
        c.ReportIncident(
            stay=filled.stay, incident=filled.choice("incident", Incident), what=filled.text("what")
        ),
    ),
    report=True,
)
FORCE = Form(
    "report-force",
    ("使用武力", "Use of force"),
    ("记录", "Record"),
    "warnings",
    (people("officers", "民警", "Officers"), long("what", "经过", "What")),
    lambda filled: (
        c.ReportForce(stay=filled.stay, officers=filled.people("officers"), what=filled.text("what")),
    ),
    report=True,
)
COMPLAINT = Form(
    "record-complaint",
    ("投诉", "Complaint"),
    ("记录投诉", "Record"),
    "self",
    (long("about", "投诉内容", "About"),),
    lambda filled: (c.RecordComplaint(stay=filled.stay, about=filled.text("about")),),
    report=True,
)
ESCAPE = Form(
    "report-escape",
    ("脱逃", "Escape"),
    ("立即记录", "Record now"),
    "warnings",
    (long("how", "经过", "How"),),
    lambda filled: (c.ReportEscape(stay=filled.stay, how=filled.text("how")),),
    fits=lambda facts: facts.stay.presence.status is not Status.ESCAPED,
    report=True,
    danger=True,
)
DEATH = Form(
    "report-death",
    ("死亡", "Death"),
    ("记录死亡", "Record"),
    "warnings",
    (long("circumstances", "情况", "Circumstances"),),
    lambda filled: (c.ReportDeath(stay=filled.stay, circumstances=filled.text("circumstances")),),
    report=True,
    danger=True,
)
GROUPS = (
    Group(
        "happened",
        ("记实：已经发生的事", "It happened"),
        (NOTE, INCIDENT, ILLNESS, FORCE, COMPLAINT, EMERGENCY, EXPIRY, ESCAPE, ESCAPE_RETURN, DEATH),
    ),
)
