"""The lists of the settings as rows: rooms, banks, cameras, devices, staff."""

from __future__ import annotations

from ui.context import Context
from ui.settings.presenter import SettingsPresenter
from ui.widgets.keyed import Cell, Row
from ui.widgets.shapes import Shape
from workstation.readings import Health, Level
from workstation.services.lockers import BankView
from workstation.station import messages as m

LISTS = {
    "room": ("id", "name", "use", "capacity", "camera", "service"),
    "bank": ("id", "name", "doors", "device", "reader", "scale"),
    "camera": ("id", "rooms", "place", "line", "health", "since", "tried"),
    "device": ("id", "type", "place", "line", "health", "since", "tried"),
    "staff": ("number", "name", "roles", "rank", "unit", "card", "service"),
}
STRETCH = {"room": "name", "bank": "name", "camera": "tried", "device": "tried", "staff": "roles"}
NARROW = frozenset({"line", "since", "unit", "reader", "scale"})
"""Columns that a list leaves out while a form stands beside it in a narrow window."""
_LINE = 22
_HEALTH = {Level.OK: Shape.GOOD, Level.LOST: Shape.FAULT}


class Rows:
    """Makes rows in the language of the moment."""

    def __init__(self, context: Context, presenter: SettingsPresenter) -> None:
        self._context, self._presenter = context, presenter

    def of(self, name: str) -> list[Row]:
        """The rows of a list."""
        presenter = self._presenter
        match name:
            case "room":
                return [self._room(row) for row in presenter.centre.rooms]
            case "bank":
                return [self._bank(bank) for bank in presenter.banks]
            case "camera":
                return [self._camera(one) for one in presenter.devices if one.type == "camera"]
            case "device":
                return [self._device(one) for one in presenter.devices]
            case _:
                return [self._colleague(row) for row in presenter.staff]

    def _room(self, room: m.RoomRow) -> Row:
        w = self._context.words
        return Row(
            room.id,
            (
                Cell(room.id, bold=True),
                Cell(w.pick(room.name_zh, room.name_en)),
                Cell(w(f"room-use.{room.use}")),
                Cell(str(room.capacity)),
                Cell(room.camera or "—"),
                self._service(room.in_service),
            ),
        )

    def _bank(self, bank: BankView) -> Row:
        w = self._context.words
        return Row(
            bank.bank,
            (
                Cell(bank.bank, bold=True),
                Cell(w.pick(bank.name_zh, bank.name_en)),
                Cell(str(len(bank.cells))),
                Cell(bank.device),
                Cell(bank.reader or "—"),
                Cell(bank.scale or "—"),
            ),
        )

    def _camera(self, one: m.DeviceRow) -> Row:
        w = self._context.words
        rooms = [
            w.pick(room.name_zh, room.name_en)
            for room in self._presenter.centre.rooms
            if room.camera == one.id
        ]
        return Row(
            one.id,
            (
                Cell(one.id, bold=True),
                Cell(w("entries.comma").join(rooms) or w("setting.no-room")),
                Cell(one.place or "—"),
                Cell(_tail(one.line) or w("bench.no-line")),
                self._health(one.health),
                self._since(one.health),
                self.tried(one.id),
            ),
        )

    def _device(self, one: m.DeviceRow) -> Row:
        w = self._context.words
        return Row(
            one.id,
            (
                Cell(one.id, bold=True),
                Cell(w(f"bench.type.{one.type}")),
                Cell(one.place or "—"),
                Cell(_tail(one.line) or w("bench.no-line")),
                self._health(one.health),
                self._since(one.health),
                self.tried(one.id),
            ),
        )

    def tried(self, device: str) -> Cell:
        """What a device answered when it was last tried here."""
        w, presenter = self._context.words, self._presenter
        if device in presenter.trying:
            return Cell(w("setting.trying"), quiet=True)
        reply = presenter.tried.get(device)
        if reply is None:
            return Cell(w("setting.not-tried"), quiet=True)
        words = w("setting.tried", answer=w(reply.code, **reply.values), ms=reply.took_ms)
        return Cell(words, shape=Shape.GOOD if reply.answered else Shape.FAULT)

    def _health(self, health: Health) -> Cell:
        w = self._context.words
        word = w(f"level.{health.level}")
        said = f"{word}{w('entries.colon')}{w(health.reason)}" if health.reason in w.catalogue else word
        return Cell(said, shape=_HEALTH.get(health.level, Shape.UNKNOWN))

    def _since(self, health: Health) -> Cell:
        return Cell(self._context.local(health.since, "%m-%d %H:%M"), quiet=True)

    def _colleague(self, row: m.StaffRow) -> Row:
        w = self._context.words
        rank = f"rank.{row.rank.name.lower().replace('_', '-')}"
        return Row(
            row.id,
            (
                Cell(row.number, bold=True),
                Cell(row.name, bold=True),
                Cell(w("entries.comma").join(w(f"role.{role}") for role in row.roles)),
                Cell(w(rank)),
                Cell(row.unit),
                Cell(row.card or ("—" if self._presenter.may("card") else w("setting.hidden")), quiet=True),
                self._service(row.active),
            ),
        )

    def _service(self, on: bool) -> Cell:
        w = self._context.words
        return (
            Cell(w("setting.on"), shape=Shape.GOOD)
            if on
            else Cell(w("setting.off"), shape=Shape.OUT_OF_SERVICE)
        )


def _tail(line: str) -> str:
    """A line by its end, which tells lines apart."""
    return line if len(line) <= _LINE else f"…{line[-_LINE:]}"
