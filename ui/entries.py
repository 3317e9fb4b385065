"""Entries of the record in words: the sentence of a kind, its values by name, its flags and its source."""

from __future__ import annotations

import types
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import msgspec

from ui.context import Context, Words, span
from workstation.custody.recorded import KINDS
from workstation.custody.values import Answer, How, IdentityCheck, SheetLine, Signature
from workstation.roles import Rank
from workstation.services.timeline import TimelineRow
from workstation.station import messages as m

Names = Mapping[str, str]
"""Staff id → name."""

STAFF_FIELDS = frozenset(
    {
        "actor", "approver", "brought_by", "counters", "custodian", "escorts", "from_staff", "guard",
        "noted_by", "officers", "second", "staff", "to_staff", "watcher",
    }
)  # fmt: skip
ROOM_FIELDS = frozenset({"room", "place"})
CODED = {"code": "question", "id_kind": "id-kind", "response": "response"}
"""Field → the family of catalogue codes that its values belong to."""
SHORT = frozenset(
    {
        "address", "approver_rank", "confirmed_other", "digest", "duty", "entry", "ethnic", "hash", "id_kind",
        "id_number", "intent", "interview", "item", "items", "media", "name_en", "nationality", "noted_by",
        "phone", "photo", "read_back", "root", "source", "stroke", "warning",
    }
)  # fmt: skip
"""Values that say nothing in a sentence; the detail shows them."""

LABELLED = frozenset({"basis", "ground", "list_number", "number", "paper", "seal", "tag"})
_BARE = (Answer, IdentityCheck)

SOURCE_ICONS = {
    How.DEVICE: "tag", How.CARD: "card", How.DOCUMENT: "document", How.SELF_STATED: "self", How.TYPED: "keyed",
    How.SCANNED: "barcode", How.BY_HAND: "two-persons", How.AUTO: "clock",
}  # fmt: skip


def bare(kind: str) -> str:
    """`bag-stored/1` → `bag-stored`."""
    return kind.partition("/")[0]


def kind_name(w: Words, kind: str) -> str:
    """What kind of entry it was, without its values.

    It is the beginning of its sentence, unless that begins with a value or says too little without one.
    """
    name = bare(kind)
    short, sentence = f"entries.kind.{name}", f"event.{name}"
    if short in w.catalogue:
        return w(short)
    said = w(sentence).partition("{")[0].rstrip(" ：:（(，,") if sentence in w.catalogue else ""
    return said or w("board.last")


def code_of(member: type[StrEnum], value: str) -> str:
    """The catalogue code of a word of the closed lists."""
    name = "".join(f"-{char.lower()}" if char.isupper() else char for char in member.__name__).lstrip("-")
    return f"{name}.{value}"


@cache
def field_types(kind: str) -> Mapping[str, Any]:
    """Field name → type of a kind, annotations and None apart; empty for an unknown kind."""
    return _hints(KINDS.get(kind))


@cache
def _hints(cls: Any) -> Mapping[str, Any]:
    if not (isinstance(cls, type) and issubclass(cls, msgspec.Struct)):
        return {}
    hints = get_type_hints(cls, include_extras=True)
    return {name: _plain(hints[name]) for name in cls.__struct_fields__}


def _plain(hint: Any) -> Any:
    if get_origin(hint) is Annotated:
        return _plain(get_args(hint)[0])
    if get_origin(hint) in (Union, types.UnionType):
        known = [one for one in get_args(hint) if one is not type(None)]
        return _plain(known[0]) if len(known) == 1 else hint
    return hint


class Sayer:
    """Says entries in the language of the moment. `names` may be filled later."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._names: Names = {}
        self._said: dict[tuple[str, str, str], str] = {}

    @property
    def names(self) -> Names:
        """Staff id → name."""
        return self._names

    @names.setter
    def names(self, names: Names) -> None:
        if names != self._names:
            self._names = names
            self._said.clear()

    def person(self, staff: str) -> str:
        """A colleague's name; an unknown id stays an id."""
        return self.names.get(staff, staff)

    def title(self, row: TimelineRow) -> str:
        """What kind of thing was recorded."""
        w = self._context.words
        code = f"event.{bare(row.kind)}"
        if code not in w.catalogue:
            return w("entries.unknown-kind", kind=row.kind)
        bare_numbers = {name: str(value) for name, value in decoded(row.body).items() if type(value) is int}
        return w(code, **(dict(self.values(row)) | bare_numbers))

    def content(self, row: TimelineRow, corrected: TimelineRow | None = None) -> str:
        """The whole sentence: the kind, then its telling values; of a correction, what it changed."""
        key = (row.entry, corrected.entry if corrected else "", self._context.words.language)
        if key not in self._said:
            self._said[key] = self._content(row, corrected)
        return self._said[key]

    def _content(self, row: TimelineRow, corrected: TimelineRow | None) -> str:
        w = self._context.words
        if corrected is not None and row.body and corrected.body:
            return self._changes(row, corrected)
        if row.erased:
            return f"{self.title(row)} {w('entries.erased')}"
        template = w(f"event.{bare(row.kind)}")
        hints = field_types(row.kind)
        told = [
            f"{self.label(name)} {words}"
            if name in LABELLED or hints.get(name) in (bool, int, *_BARE)
            else words
            for name, words in self.values(row)
            if words and name not in SHORT and f"{{{name}}}" not in template
        ]
        return self.title(row) + (f"{w('entries.colon')}{' · '.join(told)}" if told else "")

    def _changes(self, row: TimelineRow, corrected: TimelineRow) -> str:
        w, hints = self._context.words, field_types(corrected.kind)
        before, body = decoded(corrected.body), decoded(row.body)
        try:
            after = decoded(str(body.get("replacement", "")))
        except msgspec.DecodeError:
            after = {}
        told = [
            f"{self.label(name)} {self.say(name, hints.get(name), before.get(name)) or '—'} → "
            f"{self.say(name, hints.get(name), after[name]) or '—'}"
            for name in hints
            if name in after and after[name] != before.get(name)
        ]
        if corrected.happened_at != (at := _instant(body.get("happened_at"))) and at is not None:
            told.append(f"{self.label('happened_at')} → {self._context.local(at, '%m-%d %H:%M:%S')}")
        told.append(str(body.get("reason", "")))
        said = w("entries.corrects", seq=corrected.seq, kind=self.title(corrected))
        return f"{said}{w('entries.colon')}{' · '.join(filter(None, told))}"

    def label(self, field: str) -> str:
        """The name of a field."""
        w = self._context.words
        code = f"field.{field.replace('_', '-')}"
        return w(code) if code in w.catalogue else field.replace("_", " ")

    def values(self, row: TimelineRow) -> list[tuple[str, str]]:
        """Every value of an entry in words, as (field, words) in the order of the event."""
        body, hints = decoded(row.body), field_types(row.kind)
        if row.kind == "entry-corrected/1" and "replacement" in body:
            body["replacement"] = self._replacement(str(body["replacement"]))
        named = body or dict(row.values)
        order = [name for name in hints if name in named] + [name for name in named if name not in hints]
        return [(name, self.say(name, hints.get(name), named[name])) for name in order if name != "kind"]

    def _replacement(self, text: str) -> str:
        try:
            values = decoded(text)
        except msgspec.DecodeError:
            return text
        hints = field_types(str(values.get("kind", "")))
        told = [self.say(name, hints.get(name), value) for name, value in values.items() if name != "kind"]
        return " · ".join(words for words in told if words)

    def say(self, field: str, hint: Any, value: Any) -> str:
        """One value in words: members of closed lists, rooms, colleagues, times, weights and amounts."""
        w = self._context.words
        if value is None or value == "" or value == []:
            return ""
        if isinstance(value, list):
            inner = get_args(hint)[0] if get_args(hint) else None
            return w("entries.comma").join(
                filter(None, (self.say(field, _plain(inner), one) for one in value))
            )
        if isinstance(value, dict) and hint is SheetLine:
            return self._line(value)
        if isinstance(value, dict):
            signs = hint is Signature
            hints = _hints(hint)
            if signs:
                value = {**value, "by": self.person(str(value.get("by", ""))), "part": self._part(value)}
            order = [name for name in hints if name in value] or list(value)
            told = [self.say(name, hints.get(name), value[name]) for name in order if name not in SHORT]
            return " ".join(filter(None, told))
        if isinstance(value, bool):
            return w("entries.yes" if value else "entries.no")
        text = str(value)
        if field in ROOM_FIELDS:
            return self._context.room_name(text)
        if field in STAFF_FIELDS:
            return self.person(text)
        if field == "owner":
            return w(f"role.{text}") if f"role.{text}" in w.catalogue else self.person(text)
        if field in CODED:
            code = f"{CODED[field]}.{text}"
            return w(code) if code in w.catalogue else text
        return self._by_type(field, hint, text)

    def _line(self, line: dict[str, Any]) -> str:
        """A line of an official form: its name, and its word or what was written."""
        w, code, value = self._context.words, str(line.get("code", "")), str(line.get("value", ""))
        word = f"line.{code}.{value}"
        return f"{w(f'line.{code}')} {w(word) if word in w.catalogue else value}"

    def _part(self, signature: dict[str, Any]) -> str:
        w, code = self._context.words, f"entries.part.{signature.get('part', '')}"
        return w(code) if code in w.catalogue else str(signature.get("part", ""))

    def _by_type(self, field: str, hint: Any, text: str) -> str:
        w = self._context.words
        code = ""
        if isinstance(hint, type) and issubclass(hint, StrEnum):
            code = code_of(hint, text)
        elif hint is Rank and text.isdigit():
            code = f"rank.{Rank(int(text)).name.lower().replace('_', '-')}"
        if code:
            return w(code) if code in w.catalogue else text
        if hint is datetime:
            return self.moment(text)
        if field == "grams":
            return f"{text} g"
        if field == "fen" and text.lstrip("-").isdigit():
            return w("entries.yuan", amount=f"{int(text) / 100:.2f}")
        return text

    def moment(self, value: str) -> str:
        """A time of the record as local time; what is no time stays as it is."""
        try:
            instant = datetime.fromisoformat(value)
        except ValueError:
            return value
        return self._context.local(instant, "%m-%d %H:%M") if instant.tzinfo else value

    def late(self, row: TimelineRow) -> timedelta:
        """How much later than it happened an entry was recorded."""
        return row.recorded_at - row.happened_at

    def flags(self, row: TimelineRow) -> tuple[tuple[str, str], ...]:
        """What must be known of an entry, as (words, kind of badge)."""
        w = self._context.words
        found: list[tuple[str, str]] = []
        if row.breach:
            found.append((w("entries.breach"), "red"))
        if row.late:
            found.append((w("entries.late", span=self._span(self.late(row))), "late"))
        if row.by_hand:
            found.append((w("entries.by-hand"), ""))
        if row.corrects:
            found.append((w("entries.correction"), ""))
        if row.corrected_by:
            found.append((w("entries.corrected"), "late"))
        if row.simulated:
            found.append((w("entries.simulated"), "sim"))
        return tuple(found)

    def _span(self, late: timedelta) -> str:
        text = span(late)
        return text if ":" in text else self._context.words("entries.minutes", minutes=text)

    def source(self, row: TimelineRow) -> tuple[str, str]:
        """Icon and words of who or what recorded an entry."""
        w = self._context.words
        who = self.person(row.actor) if row.actor else w("entries.program")
        if row.actor_kind == "device":
            return "tag", row.actor
        if row.actor_kind in ("system", "paper"):
            who = w(f"entries.{row.actor_kind}")
        if row.how:
            code = f"how.{row.how}"
            said = w(code) if code in w.catalogue else row.how
            return SOURCE_ICONS.get(How(row.how), "keyed") if row.how in set(
                How
            ) else "keyed", f"{said} {who}"
        return "user", who

    def offset(self, row: TimelineRow) -> str:
        """The device's clock against ours, or a dash."""
        if row.device_at is None:
            return "—"
        return f"{row.device_offset_ms / 1000:+.1f} s ± {row.device_uncertainty_ms / 1000:.1f}"


def _instant(value: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(str(value))
    except ValueError:
        return None


def reasons(context: Context, refused: m.Refused) -> str:
    """Every objection of a refusal as one text, the hard ones first."""
    ordered = sorted(refused.objections, key=lambda one: str(one.kind) != "hard")
    return "\n".join(context.words(one.message, **one.values) for one in ordered)


def decoded(body: str) -> dict[str, Any]:
    """The plain values of an entry's body; empty when it has none."""
    if not body:
        return {}
    found = msgspec.json.decode(body.encode())
    return dict(found) if isinstance(found, dict) else {}
