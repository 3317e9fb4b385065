"""The first start of a live centre: its name and its first administrator, with no default password anywhere."""

from __future__ import annotations

import secrets

from workstation.custody import commands as c
from workstation.errors import AppError
from workstation.ids import command_id
from workstation.ledger.entry import ActorKind
from workstation.roles import Actor, Rank, Role, Sex
from workstation.services.desk import Desk, SavedAs
from workstation.services.people import People


def first_administrator(
    desk: Desk,
    people: People,
    mode: str,
    *,
    name: str,
    number: str,
    secret: str,
    centre_zh: str,
    centre_en: str,
) -> None:
    """Name the centre and enrol its first administrator; raises AppError when it has staff already."""
    if mode != "live" or desk.house().centre.staff:
        raise AppError("accounts.already-set-up")
    if not name.strip() or not number.strip() or not centre_zh.strip():
        raise AppError("desk.malformed")
    staff = f"S-{secrets.token_hex(4)}"
    installer = Actor(
        id="installer", name="installer", roles=frozenset(), rank=Rank.AUXILIARY, unit="", sex=Sex.UNKNOWN
    )
    people.set_secret(staff, secret)  # refuses a short one before anything is recorded
    for command in (
        c.NameCentre(name_zh=centre_zh, name_en=centre_en, time_zone="Asia/Shanghai", pack="cn"),
        c.EnrolStaff(
            staff=staff,
            name=name,
            roles=(Role.ADMINISTRATOR,),
            rank=Rank.OFFICER,
            unit=centre_zh,
            sex=Sex.UNKNOWN,
            number=number,
        ),
    ):
        envelope = c.Envelope(id=command_id(), position=0, report=False, command=command)
        answer = desk.submit(envelope, installer, actor_kind=ActorKind.SYSTEM)
        if not isinstance(answer, SavedAs):
            raise AppError("desk.malformed")
