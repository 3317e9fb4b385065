"""What a station does when something around it is wrong: the clock, the disk, or what is brought into a live centre."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.desk_kit import DeskKit, make_desk_template, words
from tests.station_kit import CHEAP, NOW, RESOURCES, StationKit, copy_of, until
from ui.compose import build_station
from workstation.clock import BootClock, SteppedClock, from_ms
from workstation.custody import commands as c
from workstation.custody.values import ArrivalMode, Capacity, How, Source, UnitKind
from workstation.errors import AppError
from workstation.ids import command_id
from workstation.readings import Door
from workstation.roles import Rank, Role, Sex
from workstation.services.practice import PRACTICE_SECRET, stay_id
from workstation.station import messages as m
from workstation.station.client import Lane
from workstation.station.lines import Unsaved
from workstation.storage.database import driver
from workstation.storage.store import Store

SECRET = "a long enough secret"


class Wall:
    """The wall clock of a workstation, which a hand or an empty battery can set."""

    def __init__(self) -> None:
        self.off = timedelta(0)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.off


@pytest.fixture
def wall() -> Wall:
    return Wall()


def started(home: Path, wall: Wall) -> tuple[Lane, object]:
    """A station on a clock that looks at `wall`, and a lane of somebody at work."""
    station = build_station(home, None, RESOURCES, clock=BootClock(wall=wall), cost=CHEAP, rack=False)
    station.start()
    lane = Lane(home)
    lane.ask(m.SignIn(number="1001", secret=PRACTICE_SECRET))
    return lane, station


def note(lane: Lane) -> datetime:
    """Record something and give the moment at which the record says it was recorded."""
    envelope = c.Envelope(
        id=command_id(), position=0, report=True, command=c.AddNote(stay=stay_id(1), text="记")
    )
    saved = lane.submit(envelope)
    assert isinstance(saved, m.Saved)
    return lane.ask(m.GetTimeline(stay=stay_id(1))).page.rows[-1].recorded_at


# ------------------------------------------------------------ the clock


def test_a_wall_clock_behind_the_record_is_told_and_the_record_never_goes_back(
    tmp_path: Path, wall: Wall
) -> None:
    home = tmp_path / "h"
    ahead = datetime.now(UTC) + timedelta(hours=6)
    build_station(home, "practice", RESOURCES, clock=SteppedClock(ahead), cost=CHEAP, rack=False).stop()
    lane, station = started(home, wall)
    try:
        newest = from_ms(station.store.record.head().newest_recorded_ms)
        assert newest > datetime.now(UTC), "the wall clock stands before the newest entry"
        assert lane.ask(m.GetCentre()).time_verified is False
        first, second = note(lane), note(lane)
        assert newest <= first <= second
    finally:
        lane.close()
        station.stop()


def test_a_wall_clock_that_is_set_at_work_is_told_recorded_and_not_followed(
    tmp_path: Path, wall: Wall
) -> None:
    step = timedelta(hours=-3)
    home = tmp_path / "h"
    build_station(home, "practice", RESOURCES, cost=CHEAP, rack=False).stop()
    lane, station = started(home, wall)
    try:
        assert lane.ask(m.GetCentre()).time_verified is True
        before = note(lane)
        wall.off = step
        until(lambda: not lane.ask(m.GetCentre()).time_verified, "the doubt")
        assert timedelta(0) <= note(lane) - before < timedelta(minutes=1)

        def steps() -> list[object]:
            entries = station.store.record.entries(stay="")
            return [one.sections for one in entries if one.header.kind == "clock-stepped/1"]

        until(steps, "the step in the record")
        (told,) = steps()
        offset = next(values["offset_ms"] for values in told.values() if values and "offset_ms" in values)
        assert abs(offset - step / timedelta(milliseconds=1)) < 60_000
    finally:
        lane.close()
        station.stop()


# ------------------------------------------------------------ a live centre


@pytest.fixture(scope="session")
def live_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A live centre that nobody has set up."""
    home = tmp_path_factory.mktemp("live") / "h"
    build_station(home, "live", RESOURCES, clock=SteppedClock(NOW), cost=CHEAP, rack=False).stop()
    return home


@pytest.fixture
def live(live_template: Path, tmp_path: Path) -> Iterator[StationKit]:
    kit = StationKit(copy_of(live_template, tmp_path / "h"))
    yield kit
    kit.stop()


def first(**changed: str) -> m.FirstAdministrator:
    given = {"name": "管理员", "number": "0001", "secret": SECRET, "centre_zh": "中心", "centre_en": "Centre"}
    return m.FirstAdministrator(**(given | changed))


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"secret": "short"}, "accounts.secret-short"),
        ({"name": " "}, "desk.malformed"),
        ({"number": ""}, "desk.malformed"),
        ({"centre_zh": ""}, "desk.malformed"),
    ],
)
def test_a_centre_is_not_half_set_up(live: StationKit, changed: dict[str, str], code: str) -> None:
    lane = live.lane()
    size = live.station.store.record.head().size
    with pytest.raises(AppError) as refused:
        lane.ask(first(**changed))
    assert refused.value.code == code
    assert live.station.store.record.head().size == size
    assert live.lane().greet().needs_setup
    lane.ask(first())
    assert not live.lane().greet().needs_setup


def test_the_first_administrator_is_the_only_one_made_without_another(live: StationKit) -> None:
    lane = live.lane()
    assert (lane.greet().mode, lane.greet().needs_setup, lane.greet().practice_sign_ins) == ("live", True, ())
    with pytest.raises(AppError) as refused:
        lane.ask(m.SignIn(number="1001", secret=PRACTICE_SECRET))
    assert refused.value.code == "accounts.wrong"
    lane.ask(first())
    with pytest.raises(AppError) as refused:
        lane.ask(first(number="0002"))
    assert refused.value.code == "accounts.already-set-up"
    live.stop()
    again = StationKit(live.home)
    try:
        lane = again.lane()
        assert not lane.greet().needs_setup
        signed = lane.ask(m.SignIn(number="0001", secret=SECRET))
        assert signed.roles == (Role.ADMINISTRATOR,)
        with pytest.raises(AppError) as refused:
            lane.ask(m.GetBoard())
        assert refused.value.code == "accounts.no-role", "an administrator reads no cases"
    finally:
        again.stop()


def test_a_practice_centre_has_no_first_administrator(home_template: Path, tmp_path: Path) -> None:
    kit = StationKit(copy_of(home_template, tmp_path / "h"))
    try:
        with pytest.raises(AppError) as refused:
            kit.lane().ask(first())
        assert refused.value.code == "accounts.already-set-up"
    finally:
        kit.stop()


def arrival(number: str) -> c.BeginStay:
    stay = "ab" * 16
    identity = c.Identify(
        stay=stay, name="某人", sex=Sex.MALE, birth="1990-01-01", id_kind="id-card", id_number=number, address="",
        ethnic="01", nationality="CHN", phone="", source=Source(how=How.TYPED), confirmed_other=False,
    )  # fmt: skip
    return c.BeginStay(
        stay=stay, capacity=Capacity.WITNESS, arrival_mode=ArrivalMode.VOLUNTARY, arrived_at=NOW, entered_at=NOW,
        unit="派出所", unit_kind=UnitKind.STATION, brought_by=(), reason="作证", identity=identity,
    )  # fmt: skip


@pytest.fixture
def at_intake(live: StationKit) -> Lane:
    """A colleague at the intake desk of a live centre, enrolled by its administrator."""
    live.lane().ask(first())
    administrator = live.lane()
    administrator.ask(m.SignIn(number="0001", secret=SECRET))
    enrol = c.EnrolStaff(
        staff="S-2", name="民警", roles=(Role.INTAKE,), rank=Rank.OFFICER, unit="中心", sex=Sex.MALE, number="0002"
    )  # fmt: skip
    assert isinstance(live.submit(administrator, enrol), m.Saved)
    administrator.ask(m.SetSecret(staff="S-2", secret=SECRET))
    lane = live.lane()
    lane.ask(m.SignIn(number="0002", secret=SECRET))
    return lane


@pytest.mark.parametrize("report", [False, True], ids=["request", "report"])
def test_a_live_record_takes_no_made_up_number_and_no_simulated_reading(
    live: StationKit, at_intake: Lane, report: bool
) -> None:
    size = live.station.store.record.head().size
    made_up = c.Envelope(id=command_id(), position=size, report=report, command=arrival("99010119900101001X"))
    simulated = c.Envelope(id=command_id(), position=size, report=report, command=arrival(""), simulated=True)
    for envelope, code in ((made_up, "values.made-up"), (simulated, "values.simulated")):
        refused = at_intake.submit(envelope)
        assert isinstance(refused, m.Refused)
        (objection,) = refused.objections
        assert objection.message == code
        for language in ("zh", "en"):
            assert "⟨" not in words().text(code, language)
            assert words().advice(code, language)
    assert live.station.store.record.head().size == size
    assert live.station.access.rows()[-1].access.allowed is False
    taken = at_intake.submit(c.Envelope(id=command_id(), position=size, report=report, command=arrival("")))
    assert isinstance(taken, m.Saved)


# ------------------------------------------------------------ reports of devices on a full store


@pytest.fixture(scope="session")
def desk_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_desk_template(tmp_path_factory.mktemp("desk") / "store")


@pytest.fixture
def desk(desk_template: Path, tmp_path: Path) -> Iterator[DeskKit]:
    kit = DeskKit.on_copy(desk_template, tmp_path / "store")
    yield kit
    kit.close()


def bound(store: Store, pages: int) -> None:
    """Let the store grow by so many pages and no more (SQLite, PRAGMA max_page_count)."""
    with store.database.appending() as connection:
        run = driver(connection).execute
        run(f"PRAGMA max_page_count = {run('PRAGMA page_count').fetchone()[0] + pages}")


def doors(kit: DeskKit) -> list[tuple[datetime, Door]]:
    return [
        (from_ms(one.header.happened_at_ms), values["state"])
        for one in kit.store.record.entries(stay="")
        if one.header.kind == "cell-door-changed/1"
        for values in one.sections.values()
        if values and "state" in values
    ]


def test_reports_that_a_full_store_did_not_take_go_in_later_in_order_and_once(desk: DeskKit) -> None:
    unsaved = Unsaved(desk.desk)
    bound(desk.store, 0)
    sent = []
    while len(unsaved._waiting) < 4:
        desk.clock.advance(timedelta(seconds=1))
        state = Door.OPEN if len(sent) % 2 else Door.CLOSED
        sent.append((desk.clock.now(), state))
        unsaved.record(c.ReportCellDoor(cell="B-05", state=state), "lock-a", desk.clock.now())
        assert len(sent) < 400
    saved = doors(desk)
    assert len(saved) == len(sent) - 4
    bound(desk.store, 0)  # a connection on which the library failed is not used again
    unsaved.again()
    assert len(unsaved._waiting) == 4, "still full: nothing is lost and nothing is taken for saved"
    desk.clock.advance(timedelta(minutes=5))
    unsaved.again()
    unsaved.again()
    assert not unsaved
    assert doors(desk) == sent
    commands = [one.header.command for one in desk.store.record.entries(stay="")]
    assert len(set(commands)) == len(commands)
