"""From the facts of a stay to what the widgets of the step screens draw."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from ui.context import Context, span
from ui.entries import SOURCE_ICONS, Sayer, bare
from ui.steps.fields import Facts
from ui.steps.forms.registry import GROUPS, HAPPENED, task_name
from ui.theme import Level
from ui.widgets.clock_panel import ClockData
from ui.widgets.shapes import Shape
from ui.widgets.step_bar import StepData
from ui.widgets.tasks import Section
from ui.widgets.tasks import Task as TaskRow
from workstation.custody.circumstances import ClockRun, ClockState
from workstation.custody.presence import ENDED
from workstation.custody.tasks import Task, TaskState
from workstation.custody.values import Activity, How, Step
from workstation.services.stays import StayFacts
from workstation.services.timeline import TimelineRow
from workstation.station import messages as m

SHAPES = {
    TaskState.NONE: Shape.NOT_STARTED,
    TaskState.PARTIAL: Shape.INCOMPLETE,
    TaskState.DONE: Shape.DONE,
    TaskState.NOT_APPLICABLE: Shape.NOT_APPLICABLE,
}
STEPS = {
    Step.ADMISSION: ("1 入区", "1 Admission"),
    Step.HANDLING: ("2 办案", "2 Handling"),
    Step.DEPARTURE: ("3 离区", "3 Departure"),
}
ACTIVITIES = {
    Activity.INTAKE: ("登记", "Intake"),
    Activity.SEARCH: ("检查", "Search"),
    Activity.HOLDING: ("候问", "Holding"),
    Activity.INTERVIEW: ("讯（询）问", "Interview"),
    Activity.RELEASE: ("离区", "Release"),
}
STATE_WORDS = {
    TaskState.NONE: ("未开始", "not started"),
    TaskState.PARTIAL: ("未完成", "incomplete"),
    TaskState.DONE: ("已完成", "done"),
    TaskState.NOT_APPLICABLE: ("不适用", "not applicable"),
}
_OPEN = (TaskState.NONE, TaskState.PARTIAL)
SOON = timedelta(minutes=15)


def steps(tasks: tuple[Task, ...], chosen: Step, context: Context) -> list[StepData]:
    """The three cells: done of all, and how many are missing."""
    pick, cells = context.words.pick, []
    for step, name in STEPS.items():
        rows = [one for one in tasks if one.step is step and one.state is not TaskState.NOT_APPLICABLE]
        done = sum(one.state is TaskState.DONE for one in rows)
        missing = len(rows) - done
        progress = f"{done} / {len(rows)}" if rows else pick("不适用", "n/a") if tasks else ""
        if missing and step is chosen:
            progress += pick(f" · 差 {missing}", f" · {missing} left")
        state = Shape.DONE if rows and not missing else Shape.INCOMPLETE if done else Shape.NOT_STARTED
        if step is chosen:
            state = Shape.CURRENT
        word = pick("当前", "current") if step is chosen else ""
        cells.append(StepData(step.value, pick(*name), state, progress, word))
    return cells


EXTRA = {
    Step.ADMISSION: ("supporter",),
    Step.HANDLING: ("medical", "return", "approvals"),
    Step.DEPARTURE: ("duties", "archive"),
}
"""Groups beside the tasks: done when there is a need."""


def extra_rows(step: Step, stay: StayFacts, context: Context) -> list[Section | TaskRow]:
    """What else can be done in this step."""
    pick, names = context.words.pick, list(EXTRA[step]) if stay.is_suspect else []
    if not stay.remarks.open_duties and "duties" in names:
        names.remove("duties")
    if stay.presence.status not in ENDED and "archive" in names:
        names.remove("archive")
    word = pick("需要时办", "if needed")
    rows: list[Section | TaskRow] = [Section(pick("其他", "Other"))] if names or not stay.is_suspect else []
    rows += [
        TaskRow(name, pick(*GROUPS[name].title), Shape.NOT_APPLICABLE, word, word)
        for name in (*names, HAPPENED)
    ]
    return rows if names or not stay.is_suspect else rows[:-1]


def task_rows(
    tasks: tuple[Task, ...], context: Context, now: datetime, facts: Facts
) -> list[Section | TaskRow]:
    """The list of one step: a heading for each activity, then its tasks."""
    pick = context.words.pick
    rows: list[Section | TaskRow] = []
    for activity, name in ACTIVITIES.items():
        found = [one for one in tasks if one.activity is activity]
        if not found:
            continue
        counted = [one for one in found if one.state is not TaskState.NOT_APPLICABLE]
        done = sum(one.state is TaskState.DONE for one in counted)
        step = pick(*STEPS[found[0].step]).partition(" ")[2]
        whole = pick(*name) if pick(*name) == step else f"{step} · {pick(*name)}"
        rows.append(Section(whole, f"{done} / {len(counted)}"))
        rows += [_task(one, context, now, facts) for one in found]
    return rows


def _task(task: Task, context: Context, now: datetime, facts: Facts) -> TaskRow:
    pick, name = context.words.pick, task_name(task.code)
    due, level = "", Level.NONE
    if task.due_at is not None and task.state in _OPEN:
        due, level = due_words(task.due_at, now, context)
    elif task.state is TaskState.DONE:
        due = done_words(name, facts, context)
    elif task.state is TaskState.NOT_APPLICABLE:
        due = pick("不适用", "n/a")
    elif task.optional and task.state in _OPEN:
        due = pick("需要时办", "if needed")
    title = pick(*GROUPS[name].title) if name in GROUPS else context.words(task.code)
    return TaskRow(
        name,
        title,
        SHAPES[task.state],
        pick(*STATE_WORDS[task.state]),
        context.words(f"role.{task.owner.value}"),
        due,
        "",
        level,
    )


def done_words(task: str, facts: Facts, context: Context) -> str:
    """How and when a task was done, as its own record tells it; empty where that tells no one time."""
    forms = GROUPS[task].forms if task in GROUPS else ()
    tables = (one.table(facts) for one in forms if one.done(facts))
    origins = (one for table in tables if table is not None for one in reversed(table.origins) if one)
    found = next(origins, None)
    return f"{context.words(f'steps.how.{found.how}')} {found.at}" if found is not None else ""


def due_words(due: datetime, now: datetime, context: Context) -> tuple[str, Level]:
    """How long is left, and how near that is."""
    pick, left = context.words.pick, due - now
    if left < timedelta(0):
        return pick(f"超 {_span(-left, context)}", f"{_span(-left, context)} over"), Level.YELLOW
    level = Level.BLUE if left <= SOON else Level.NONE
    return pick(f"剩 {_span(left, context)}", f"{_span(left, context)} left"), level


def _span(left: timedelta, context: Context) -> str:
    words = span(left)
    return words if ":" in words else context.words.pick(f"{words} 分", f"{words} min")


def _tier(tier: str, context: Context) -> str:
    return context.words.pick(f"{tier} 小时档", f"{tier} h tier") if tier.isdigit() else tier


_LEVELS = {"none": Level.NONE, "blue": Level.BLUE, "yellow": Level.YELLOW, "red": Level.RED}


def clock(
    state: ClockState, now: datetime, context: Context, *, whole: bool = False, low: bool = False
) -> ClockData:
    """One clock with its why; `whole` gives every row of the computation, `low` only from when to when."""
    pick, words = context.words.pick, context.words
    level = _LEVELS[state.level.value]
    name = words(state.title)
    if state.state is ClockRun.UNKNOWN or (state.expires_at is None and state.state is ClockRun.RUNNING):
        level, value = Level.UNKNOWN, pick("未知", "Unknown")
    elif state.state is ClockRun.STOPPED:
        value = pick("已停", "Stopped")
    elif state.state is ClockRun.PAUSED:
        value = pick("暂停", "Paused")
    else:
        value, _ = due_words(state.expires_at or now, now, context)
    start = context.local(state.started_at)
    end = context.local(state.expires_at, "%m-%d %H:%M") if state.expires_at else "?"
    why = [
        pick(f"{start} 起 → {end} 止", f"{start} → {end}"),
        " · ".join(part for part in (state.basis, _tier(state.tier, context)) if part),
    ]
    if low and not whole:
        del why[1:]
    if state.breached or state.earlier:
        why.append(pick("已超时，更正不能改变", "Broken; a correction does not mend it"))
    if whole:
        why += [words(one.code, **one.values) for one in state.explanation]
    used = None
    if state.limit_ms and state.state is not ClockRun.STOPPED:
        ran = state.used_ms
        if state.state is ClockRun.RUNNING and state.expires_at is not None:
            ran = state.limit_ms - int((state.expires_at - now) / timedelta(milliseconds=1))
        used = max(0.0, min(1.0, ran / state.limit_ms))
    return ClockData(name, value, tuple(part for part in why if part), used, level)


def clocks_shown(states: tuple[ClockState, ...]) -> list[ClockState]:
    """The clocks that still say something, liberty first, then the nearest end."""
    live = [one for one in states if one.state is not ClockRun.STOPPED]
    far = datetime.max.replace(tzinfo=live[0].started_at.tzinfo) if live else datetime.max
    return sorted(live, key=lambda one: (not one.liberty, one.expires_at or far))


GIVES_AWAY = frozenset(
    {"item-listed", "cash-counted", "bag-filled", "bag-weighed", "item-seized", "item-settled"}
)
"""Kinds of entries that tell what is in a bag."""


def entry(
    row: TimelineRow, sayer: Sayer, context: Context, *, blind: bool = False
) -> tuple[str, str, str, str]:
    """Time, sentence, icon and word of the source of one entry; `blind`: a count is awaited, and what would tell its result is hidden."""
    hidden = blind and bare(row.kind) in GIVES_AWAY
    said = context.words("steps.hidden") if hidden else sayer.title(row)
    icon, word = _source(row, context)
    return context.local(row.happened_at), said, icon, word


def _source(row: TimelineRow, context: Context) -> tuple[str, str]:
    """Icon and word of where an entry comes from; told late stands before the rest."""
    if row.late:
        return "late", context.words("steps.how.by-hand")
    unsaid = {"device": How.DEVICE, "system": How.AUTO}.get(row.actor_kind, How.TYPED)
    how = How(row.how) if row.how else unsaid
    return SOURCE_ICONS[how], context.words(f"steps.how.{how}")


@dataclass(frozen=True)
class Who:
    """The person in hand, for the head of the screen; empty words where nothing is known."""

    name: str
    number: str = ""
    about: str = ""
    room: str = ""
    case: str = ""


def who(stay: StayFacts, context: Context) -> Who:
    """Name, number, sex and age, room; and the line of the case."""
    pick, words = context.words.pick, context.words
    identity = stay.person.identity
    about = [words(f"paper.sex.{identity.sex.value}")] if identity else []
    if stay.person.birth:
        today = context.clock.now().astimezone(context.zone).date()
        born = stay.person.birth
        age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
        about.append(pick(f"{age} 岁", f"age {age}"))
    line = []
    if case := stay.ground.case:
        line.append(f"{case.case_number} {case.cause}".strip())
    if stay.ground.measure:
        line.append(words(f"measure.{stay.ground.measure.measure.value}"))
    elif stay.presence.capacity:
        line.append(words(f"capacity.{stay.presence.capacity.value}"))
    if identity and (number := identity.id_number):
        line.append(f"{number[:6]}******{number[-4:]}" if len(number) > 10 else number)
    return Who(
        identity.name if identity and identity.name else pick("身份未核验", "Not identified"),
        stay.number,
        " ".join(about),
        context.room_name(stay.presence.room) if stay.presence.room else pick("未在室内", "in no room"),
        " · ".join(line),
    )


def photo_of(reply: m.StayReply | None) -> str:
    """The media of the photograph, or an empty string."""
    photo = reply.facts.person.photo if reply else None
    return photo.photo if photo else ""
