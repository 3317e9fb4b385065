"""The centre of the ordinary stay: the practice centre's rooms and devices with a capture room and staff of its own.

The store holds the layout, the staff and nobody else; who comes in lives in the simulated world, as a card.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from tests.station_kit import CHEAP, NOW, RESOURCES
from workstation.accounts.credentials import Secrets
from workstation.catalogue import Catalogue
from workstation.clock import SteppedClock
from workstation.custody import commands as c
from workstation.ids import command_id
from workstation.law.pack import Pack
from workstation.ledger.entry import ActorKind
from workstation.roles import Actor, Rank, Role, Sex
from workstation.services import practice
from workstation.services.desk import Desk, SavedAs
from workstation.storage.store import Store

CENTRE, BUREAU, UNIT = "示例市公安局办案中心", "示例市公安局", "示例市公安局测试派出所"
SECRET = practice.PRACTICE_SECRET
OFFICER, SECOND, CUSTODIAN, LEADER, LEGAL, GUARD, PHYSICIAN = (
    "9001",
    "9002",
    "9003",
    "9004",
    "9005",
    "9006",
    "9007",
)
_CASE = (Role.CASE_OFFICER, Role.INTAKE, Role.SEARCH_OFFICER, Role.INTERVIEWER, Role.ESCORT)
STAFF = (
    (OFFICER, "测试乙", Rank.OFFICER, _CASE),
    (SECOND, "测试丙", Rank.OFFICER, _CASE),
    (CUSTODIAN, "测试丁", Rank.AUXILIARY, (Role.CUSTODIAN,)),
    (LEADER, "测试戊", Rank.UNIT_HEAD, (Role.DUTY_LEADER,)),
    (LEGAL, "测试己", Rank.UNIT_HEAD, (Role.LEGAL_OFFICER,)),
    (GUARD, "测试庚", Rank.OFFICER, (Role.GUARD,)),
    (PHYSICIAN, "测试辛", Rank.AUXILIARY, (Role.PHYSICIAN,)),
)
_ROOM = """[[room]]
id = "capture"
name_zh = "信息采集室"
name_en = "Capture room"
kind = "capture"
capacity = 1
camera = ""

"""
_SYSTEM = Actor(id="setup", name="setup", roles=frozenset(), rank=Rank.AUXILIARY, unit="", sex=Sex.UNKNOWN)


def card_of(number: str) -> str:
    """What the card of a colleague carries."""
    return f"STAFF-{number}"


def write_scenario(folder: Path) -> Path:
    """The scenario of the simulated world, below `folder` as it lies in the resources; returns the file."""
    text = (RESOURCES / "scenarios" / "practice-centre.toml").read_text("utf-8")
    for before, after in (
        ('name_zh = "演练执法办案管理中心"', f'name_zh = "{CENTRE}"'),
        ("[[bank]]", f"{_ROOM}[[bank]]"),
        ('address = "测试省测试市测试区测试路1号"', 'address = "示例省示例市测试区测试路1号"'),
    ):
        assert before in text, before
        text = text.replace(before, after, 1)
    (folder / "scenarios").mkdir(parents=True)
    for name in ("media", "scenarios/plays"):
        (folder / name).symlink_to(RESOURCES / name)
    file = folder / "scenarios" / "ordinary-stay.toml"
    file.write_text(text, "utf-8")
    return file


def make_centre(home: Path, scenario: Path) -> None:
    """A practice store in `home` that knows layout and staff, and no person."""
    clock = SteppedClock(NOW)
    words = Catalogue.load(RESOURCES / "i18n" / "catalogue")
    store = Store.create(
        home / "store",
        clock,
        centre="ordinary",
        mode="practice",
        workstation="desk-1",
        catalogue_hash=words.hash,
    )
    try:
        desk = Desk(
            store.record, Pack.load(RESOURCES / "law" / "cn"), clock, workstation="desk-1", practice=True
        )
        content: dict[str, Any] = tomllib.loads(scenario.read_text("utf-8"))
        content["centre"]["bureau"] = BUREAU
        for command in (*practice.centre_commands(content), *_enrolments()):
            envelope = c.Envelope(id=command_id(), position=0, report=False, command=command)
            answer = desk.submit(envelope, _SYSTEM, actor_kind=ActorKind.SYSTEM)
            assert isinstance(answer, SavedAs), (command, answer)
        hashed = Secrets(CHEAP).hash(SECRET)
        for number, *_ in STAFF:
            store.staff_secrets.put(staff_of(number), hashed, 0)
    finally:
        store.close()


def staff_of(number: str) -> str:
    """The staff id behind a number."""
    return f"P{number}"


def _enrolments() -> list[c.CentreCommand]:
    found: list[c.CentreCommand] = []
    for number, name, rank, roles in STAFF:
        found.append(
            c.EnrolStaff(
                staff=staff_of(number),
                name=name,
                roles=roles,
                rank=rank,
                unit=UNIT if roles is _CASE else CENTRE,
                sex=Sex.MALE,
                number=number,
            )
        )
        found.append(c.BindCard(staff=staff_of(number), card=card_of(number)))
    return found
