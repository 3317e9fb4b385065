"""The forms that declare rooms, banks, devices and staff: what they ask, and the command that comes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from workstation.custody import commands as c
from workstation.custody.values import RoomUse
from workstation.errors import AppError
from workstation.roles import Rank, Role, Sex
from workstation.services.lockers import BankView
from workstation.station import messages as m

Values = Mapping[str, str]
"""Field → text; several choices are parted by a space."""


class Sort(StrEnum):
    """How a field is filled in."""

    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"
    MANY = "many"
    LINES = "lines"
    SECRET = "secret"


@dataclass(frozen=True)
class Ask:
    """One field. `options`: (value, catalogue code); `fixed`: what names the thing and is not changed later."""

    name: str
    sort: Sort = Sort.TEXT
    options: tuple[tuple[str, str], ...] = ()
    needed: bool = True
    fixed: bool = False
    start: str = ""


@dataclass(frozen=True)
class Declaration:
    """One form: the action that it asks for, its fields, and what is sent made of them."""

    action: str
    fields: tuple[Ask, ...]
    make: Callable[[Values], c.CentreCommand | m.SetSecret]


YES_NO = (("yes", "entries.yes"), ("no", "entries.no"))


def _code(rank: Rank) -> str:
    return f"rank.{rank.name.lower().replace('_', '-')}"


def _number(values: Values, name: str) -> int:
    text = values[name].strip()
    if not (text.isascii() and text.isdigit()):
        raise AppError("setting.number", field=name)
    return int(text)


def _room(values: Values) -> c.CentreCommand:
    return c.DeclareRoom(
        room=values["room"].strip(),
        name_zh=values["name_zh"].strip(),
        name_en=values["name_en"].strip(),
        use=RoomUse(values["use"]),
        capacity=_number(values, "capacity"),
        camera=values["camera"].strip(),
        in_service=values["in_service"] == "yes",
    )


def _bank(values: Values) -> c.CentreCommand:
    doors = _number(values, "doors")
    broken = values["out_of_service"].replace("、", " ").replace("，", " ").replace(",", " ").split()
    if any(not one.isdigit() or not 0 < int(one) <= doors for one in broken):
        raise AppError("setting.number", field="out_of_service")
    return c.DeclareBank(
        bank=values["bank"].strip(),
        name_zh=values["name_zh"].strip(),
        name_en=values["name_en"].strip(),
        device=values["device"].strip(),
        reader=values["reader"].strip(),
        scale=values["scale"].strip(),
        doors=doors,
        out_of_service=tuple(sorted({int(one) for one in broken})),
    )


def _device(values: Values) -> c.CentreCommand:
    parameters: dict[str, str] = {}
    for line in values["parameters"].splitlines():
        name, equals, value = line.partition("=")
        if line.strip() and (not equals or not name.strip()):
            raise AppError("setting.parameter", line=line.strip()[:60])
        if line.strip():
            parameters[name.strip()] = value.strip()
    return c.DeclareDevice(
        device=values["device"].strip(),
        type=values["type"],
        place=values["place"].strip(),
        parameters=parameters,
    )


def _staff(values: Values) -> c.CentreCommand:
    return c.EnrolStaff(
        staff=values["staff"].strip(),
        name=values["name"].strip(),
        roles=tuple(Role(one) for one in values["roles"].split()),
        rank=Rank(int(values["rank"])),
        unit=values["unit"].strip(),
        sex=Sex(values["sex"]),
        number=values["number"].strip(),
        active=values["active"] == "yes",
    )


def _card(values: Values) -> c.CentreCommand:
    return c.BindCard(staff=values["staff"].strip(), card=values["card"].strip())


def _secret(values: Values) -> m.SetSecret:
    if values["secret"] != values["again"]:
        raise AppError("setting.secrets-differ")
    return m.SetSecret(staff=values["staff"].strip(), secret=values["secret"])


DEVICE_TYPES = ("lock-8a", "tag-bb7e", "scale-sics", "idcard-sam", "scanner-line", "camera")

DECLARATIONS: Mapping[str, Declaration] = {
    "room": Declaration(
        "declare-room",
        (
            Ask("room", fixed=True),
            Ask("name_zh"),
            Ask("name_en"),
            Ask("use", Sort.CHOICE, tuple((use.value, f"room-use.{use.value}") for use in RoomUse)),
            Ask("capacity", Sort.NUMBER),
            Ask("camera", needed=False),
            Ask("in_service", Sort.CHOICE, YES_NO),
        ),
        _room,
    ),
    "bank": Declaration(
        "declare-bank",
        (
            Ask("bank", fixed=True),
            Ask("name_zh"),
            Ask("name_en"),
            Ask("device"),
            Ask("reader", needed=False),
            Ask("scale", needed=False),
            Ask("doors", Sort.NUMBER),
            Ask("out_of_service", needed=False),
        ),
        _bank,
    ),
    "device": Declaration(
        "declare-device",
        (
            Ask("device", fixed=True),
            Ask("type", Sort.CHOICE, tuple((kind, f"bench.type.{kind}") for kind in DEVICE_TYPES)),
            Ask("place", needed=False),
            Ask("parameters", Sort.LINES, needed=False),
        ),
        _device,
    ),
    "staff": Declaration(
        "enrol-staff",
        (
            Ask("staff", fixed=True),
            Ask("name"),
            Ask("number"),
            Ask("roles", Sort.MANY, tuple((role.value, f"role.{role.value}") for role in Role)),
            Ask("rank", Sort.CHOICE, tuple((str(int(rank)), _code(rank)) for rank in Rank)),
            Ask("unit", needed=False),
            Ask("sex", Sort.CHOICE, tuple((sex.value, f"sex.{sex.value}") for sex in Sex)),
            Ask("active", Sort.CHOICE, YES_NO),
        ),
        _staff,
    ),
    "secret": Declaration(
        "enrol-staff",
        (Ask("staff", fixed=True), Ask("secret", Sort.SECRET), Ask("again", Sort.SECRET)),
        _secret,
    ),
    "card": Declaration("bind-card", (Ask("staff", fixed=True), Ask("card")), _card),
}


def command_of(name: str, values: Values) -> c.CentreCommand | m.SetSecret:
    """What is sent for a filled-in form. Raises AppError that names the field which is missing or does not fit."""
    form = DECLARATIONS[name]
    for ask in form.fields:
        if ask.needed and not values.get(ask.name, "").strip():
            raise AppError("setting.missing", field=ask.name)
    return form.make(values)


def of_room(room: m.RoomRow) -> dict[str, str]:
    """A room as its form shows it."""
    return {
        "room": room.id,
        "name_zh": room.name_zh,
        "name_en": room.name_en,
        "use": room.use,
        "capacity": str(room.capacity),
        "camera": room.camera,
        "in_service": "yes" if room.in_service else "no",
    }


def of_bank(bank: BankView) -> dict[str, str]:
    """A bank as its form shows it."""
    return {
        "bank": bank.bank,
        "name_zh": bank.name_zh,
        "name_en": bank.name_en,
        "device": bank.device,
        "reader": bank.reader,
        "scale": bank.scale,
        "doors": str(len(bank.cells)),
        "out_of_service": " ".join(str(cell.number) for cell in bank.cells if cell.use == "out-of-service"),
    }


def of_device(device: m.DeviceRow, parameters: Mapping[str, str]) -> dict[str, str]:
    """A device as its form shows it, a parameter a line."""
    lines = "\n".join(f"{name}={value}" for name, value in sorted(parameters.items()))
    return {"device": device.id, "type": device.type, "place": device.place, "parameters": lines}


def of_staff(row: m.StaffRow) -> dict[str, str]:
    """A colleague as their form shows them."""
    return {
        "staff": row.id,
        "name": row.name,
        "number": row.number,
        "roles": " ".join(row.roles),
        "rank": str(int(row.rank)),
        "unit": row.unit,
        "sex": row.sex.value,
        "active": "yes" if row.active else "no",
    }
