"""One ordinary stay from the card on the reader to the door out, worked at the screen with devices on wires."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from devices.practice import PracticeWorld
from tests.station_kit import StationKit, copy_of, simulator
from tests.ui.steps.conftest import Bench
from ui.steps.forms.arrival import NEW
from ui.steps.forms.intake import HEALTH_QUESTIONS
from ui.widgets.look import Look
from workstation.catalogue import Catalogue
from workstation.custody.effects import Intent
from workstation.custody.presence import Status
from workstation.custody.values import How
from workstation.station import messages as m

TAG, SEAL, GRAMS = "990000000000000000000004", "FZ-0004", "240"
BAND = "99000000000000000000B00A"


@pytest.fixture
def world(template: Path, tmp_path: Path) -> Iterator[tuple[StationKit, PracticeWorld]]:
    home = copy_of(template, tmp_path / "wired")
    with simulator(home) as running:
        kit = StationKit(home, world=running)
        yield kit, running
        kit.stop()


@pytest.fixture
def wired(
    qapp: QApplication,
    qtbot: QtBot,
    world: tuple[StationKit, PracticeWorld],
    look: Look,
    catalogue: Catalogue,
) -> Iterator[Bench]:
    bench = Bench(qtbot, world[0], look, catalogue, "zh")
    yield bench
    bench.close()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def signed(*rows: tuple[str, str]) -> list[dict[str, str]]:
    return [{"part": part, "by": by, "state": "signed"} for part, by in rows]


def saved(outcome: object) -> m.Saved:
    assert isinstance(outcome, m.Saved), outcome
    return outcome


def test_whole_stay(wired: Bench, world: tuple[StationKit, PracticeWorld]) -> None:
    kit, hands = world
    bench, p = wired, wired.presenter

    def step() -> None:
        kit.advance(seconds=40)

    # admission: the card fills who it is
    bench.screen.show_stay(NEW)
    hands.act("present_card", device="card-1", card="card-01")
    bench.until(lambda: p.values.get("name") == "测试甲")
    hands.act("remove_card", device="card-1")
    arrived = (kit.clock.now() - timedelta(minutes=4)).isoformat()
    saved(
        bench.do(
            capacity="suspect",
            arrival_mode="oral-summons",
            arrived_at=arrived,
            unit_kind="station",
            brought_by=["P1005", "P1006"],
        )
    )
    bench.until(lambda: p.stay != NEW and p.reply and p.form)
    step()
    bench.task("case")
    assert p.values["officers"] == ["P1005", "P1006"]
    saved(bench.do(case_number="演-2026-0500", case_kind="public-order", cause="殴打他人", accepted="yes"))
    step()
    assert p.task == "measure"
    saved(bench.do(measure="summons", oral="yes", ground="现场发现"))
    step()
    assert p.task == "rights"
    signatures = signed(("person", "测试甲"), ("officer", "P1001"))
    saved(bench.do(language="zh", read_aloud="yes", signatures=signatures))
    step()
    assert p.task == "notice"
    saved(bench.do(notice="family", outcome="made", recipient="测试亲属", relation="配偶", method="phone"))
    step()
    assert p.task == "band"
    assert bench.screen.scanned("tag", BAND)
    saved(bench.do())
    step()
    assert p.task == "health"
    answers = {code: {"answer": "no"} for code in HEALTH_QUESTIONS}
    saved(bench.do(questions=answers, seen="神志清楚", by_physician="no"))
    step()
    assert p.task == "search"
    saved(bench.do(officers=["P1001", "P1002"], place="search", witness="测试见证人"))
    step()
    saved(bench.do(finding="none"))
    saved(bench.do(injury="no", statement="本人称无伤"))
    step()
    signatures = signed(
        ("searcher", "P1001"), ("searcher", "P1002"), ("person", "测试甲"), ("witness", "测试见证人")
    )
    saved(bench.do(signatures=signatures))
    step()
    assert p.task == "property-list"
    saved(bench.do(name="sj", features="黑色直板"))
    saved(bench.do(name="xj", quantity=1))
    bench.task("property-list", "count-cash")
    saved(bench.do(fen=41250, denominations="100×4 10×1 2×1 0.5×1", counters=["P1001", "P1003"]))
    bench.task("property-list", "sign-property-list")
    parts = signed(("person", "测试甲"), ("officer", "P1001"), ("custodian", "P1003"))
    saved(bench.do(signatures=parts))
    step()
    # the bag on the desk tells tag and weight; the seal is scanned
    assert p.task == "bag"
    hands.act("put_bag", epc=TAG, place="desk-1")
    bench.until(lambda: (p.values.get("tag") or {}).get("value") == TAG)
    bench.until(lambda: (p.values.get("grams") or {}).get("value") == GRAMS)
    assert bench.screen.scanned("paper", SEAL)
    saved(bench.do())
    bench.until(lambda: p.form is not None and p.form.code == "open-cell")
    cell = str(p.values["cell"])
    banks = bench.ask(m.GetLockers()).banks
    device, door = next((bank.device, one.number) for bank in banks for one in bank.cells if one.cell == cell)
    hands.act("take_bag", epc=TAG)
    _open_door(bench)
    bench.until(lambda: p.form is not None and p.form.code == "store-bag")
    hands.act("put_bag", epc=TAG, place=f"cell:{device}:{door}")
    hands.act("close_door", device=device, door=door)
    bench.until(lambda: p.values.get("cell") == cell)
    _read_back(bench)
    assert p.values["read_back"]["how"] == How.DEVICE
    saved(bench.do())
    step()
    # handling
    bench.sign_in("1004")
    bench.task("observation")
    saved(bench.do(level="general", interval_min=30, reason="一般"))
    bench.task("room")
    saved(bench.do(room="holding-1", guard="P1004"))
    step()
    bench.task("checks")
    assert bench.screen.scanned("tag", BAND)
    saved(bench.do(method="at-door", response="3", anomaly="no", seen="坐着，应答正常"))
    assert p.reply is not None
    bench.until(lambda: p.reply.facts.care.checks)
    assert p.reply.facts.care.checks[-1].band_tapped
    bench.task("care")
    saved(bench.do(care="water", outcome="accepted"))
    step()
    # departure
    bench.sign_in("1005")
    bench.task("outcome")
    saved(bench.do(outcome="questioning-ended", paper="演-结-0500", basis="查证结束"))
    bench.sign_in("1007")
    saved(bench.do())
    step()
    bench.sign_in("1001")
    bench.task("reidentify")
    saved(bench.do(band="matches", photo="not-possible", question="matches", statement="照片未采集"))
    step()
    bench.sign_in("1003")
    bench.task("bag-out", "open-cell-return")
    _open_door(bench, second="P1001")
    hands.act("take_bag", epc=TAG)
    hands.act("close_door", device=device, door=door)
    saved(bench.do(second="P1001"))
    bench.until(lambda: p.task == "recount")
    hands.act("put_bag", epc=TAG, place="desk-1")
    bench.until(lambda: (p.values.get("grams") or {}).get("value") == GRAMS)
    lines = [{"name": "sj", "quantity": 1}, {"name": "xj", "quantity": 1}]
    saved(bench.do(lines=lines, fen=41250))
    for _ in range(2):
        bench.until(lambda: p.task == "return-items" and p.values.get("item"))
        saved(bench.do(disposition="returned", second="P1001"))
    bench.task("receipt")
    saved(bench.do(signatures=signed(("receiver", "测试甲"), ("custodian", "P1003"))))
    bench.sign_in("1001")
    bench.task("compare-injuries")
    saved(bench.do(new="no"))
    bench.task("depart")
    bench.fill(destination="自行离开")
    bench.until(lambda: not p.objections)
    outcome = saved(bench.do())
    assert outcome.kinds == ("departed/1",), "nothing was left undone"
    bench.until(lambda: p.reply.facts.presence.status is Status.DEPARTED)
    assert bench.errors == []
    kinds = bench.kinds()
    assert kinds[0] == "stay-begun"
    assert kinds[-1] == "departed"
    rows = bench.ask(m.GetTimeline(stay=p.stay)).page.rows
    assert not any(row.breach or row.by_hand for row in rows)


def _open_door(bench: Bench, **values: str) -> None:
    """Ask for the door; its coil may be pulsed again only after a while, and then somebody has to press again."""
    presenter = bench.presenter

    def intents() -> tuple[Intent, ...]:
        return presenter.reply.facts.effects.intents if presenter.reply else ()

    for _ in range(400):
        before = len(intents())
        saved(bench.do(**values))
        bench.until(lambda before=before: len(intents()) > before and intents()[-1].outcome)
        if intents()[-1].outcome == "open":
            return
        assert intents()[-1].failure == "device.lock.too-soon"
        code = "open-cell-return" if intents()[-1].purpose == "return" else "open-cell"
        bench.task(presenter.task, code)
        bench.kit.advance(seconds=1)
    raise AssertionError("the door never opened")


def _read_back(bench: Bench) -> None:
    """Read until the reader of the locker has seen the bag."""
    presenter = bench.presenter

    def told() -> bool:
        return bool((presenter.values.get("read_back") or {}).get("value")) or bool(bench.errors)

    told_last: list[str] = []
    for _ in range(50):
        presenter.desk.read_now("read_back")
        bench.until(told)
        told_last = [str(one) for one in bench.errors]
        bench.errors.clear()
        if (presenter.values.get("read_back") or {}).get("value"):
            return
    raise AssertionError(f"the bag was never read in the locker: {told_last}")
