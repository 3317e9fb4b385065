"""Which editor a field gets."""

from __future__ import annotations

from collections.abc import Callable

from ui.context import Context
from ui.steps.colleagues import StaffEditor
from ui.steps.editors import (
    ChoiceEditor,
    DateEditor,
    Editor,
    LongEditor,
    MomentEditor,
    MoneyEditor,
    NumberEditor,
    TextEditor,
)
from ui.steps.fields import Field, Kind, Option
from ui.steps.phrasing import PhraseEditor
from ui.widgets.look import Look


def single_editor(
    field: Field, name: str, context: Context, look: Look, say: Callable[[Option], str]
) -> Editor:
    """The editor of a field that is one plain value."""
    hint = context.words.pick(*field.hint)
    match field.kind:
        case Kind.LONG:
            return LongEditor(look, name, hint)
        case Kind.NUMBER:
            return NumberEditor(name, hint)
        case Kind.MONEY:
            return MoneyEditor(name, hint)
        case Kind.DATE:
            return DateEditor(name, hint or "YYYY-MM-DD")
        case Kind.MOMENT:
            return MomentEditor(context, look, name, hint)
        case Kind.CHOICE:
            return ChoiceEditor(look, name, say)
        case Kind.MANY:
            return ChoiceEditor(look, name, say, many=True)
        case Kind.STAFF:
            return StaffEditor(context, name, hint)
        case Kind.PEOPLE:
            return StaffEditor(context, name, hint, many=True)
        case _ if field.phrases:
            return PhraseEditor(context, name, field.phrases, hint)
        case _:
            return TextEditor(name, hint)
