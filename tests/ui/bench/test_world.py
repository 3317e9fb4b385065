"""The simulated world, its faults and its plays, worked from the bench against a simulator process."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from devices.practice import Standing
from tests.ui.bench.conftest import MakeBench
from tests.ui.screen_kit import Shop
from ui.bench.faults_view import KINDS, FaultRow
from ui.bench.simulated import Simulated
from ui.bench.view import BenchScreen
from ui.bench.world_view import WorldPanel
from ui.widgets.look import Look
from ui.widgets.shapes import Shape
from ui.widgets.states import State

WIDE, HIGH = 1830, 912


def world(shop: Shop) -> Standing:
    assert shop.world is not None
    return shop.world.standing()


def fault_row(screen: BenchScreen, kind: str) -> FaultRow:
    return next(row for row in screen.faults.rows if row.kind == kind)


def test_a_door_is_pulled_closed_and_jammed(bench: MakeBench) -> None:
    shop, screen = bench(width=WIDE, height=HIGH)
    row = screen.world.rows["door"]
    row.which.choose("lock-a:5")
    assert row.state.words() == "关"
    row.acts["open"].click()
    shop.until(lambda: row.state.words() == "开")
    assert world(shop).open == ("lock-a:5",)
    assert not row.acts["open"].isVisibleTo(screen)
    row.acts["close"].click()
    shop.until(lambda: row.state.words() == "关")
    row.acts["jam"].click()
    shop.until(lambda: row.state.words() == "关，卡住")
    assert row.acts["jam"].words() == "松开"


def test_a_bag_goes_where_it_can_go(bench: MakeBench) -> None:
    shop, screen = bench(width=WIDE, height=HIGH)
    row, place = screen.world.rows["bag"], screen.world.place
    row.which.choose("990000000000000000000004")
    assert row.state.words() == "在手上"
    assert place.findData("cell:lock-a:9") < 0
    assert shop.world is not None
    shop.world.act("force_door", device="lock-a", door=9)
    shop.until(lambda: place.findData("cell:lock-a:9") > 0)
    place.choose("cell:lock-a:9")
    row.acts["put"].click()
    shop.until(lambda: row.state.words() == "lock-a 09")
    shop.world.act("close_door", device="lock-a", door=9)
    row.acts["take"].click()
    shop.until(lambda: shop.said.errors)
    assert shop.said.errors[-1].code == "device.sim.door-closed"
    row.which.choose("990000000000000000000005")
    place.choose("desk-1")
    row.acts["put"].click()
    shop.until(lambda: world(shop).weights["scale-1"][0] == 285)
    row.acts["take"].click()
    shop.until(lambda: row.state.words() == "在手上")


def test_weight_card_lens_and_plug_are_changed(bench: MakeBench) -> None:
    shop, screen = bench(device="scale-1", width=WIDE, height=HIGH)
    rows = screen.world.rows
    screen.world.grams.setValue(667)
    rows["scale"].acts["weigh"].click()
    shop.until(lambda: rows["scale"].state.words() == "667 g")
    rows["scale"].acts["swing"].click()
    shop.until(lambda: rows["scale"].state.words() == "667 g 未稳")
    assert rows["scale"].acts["swing"].words() == "停稳"
    rows["card"].acts["lay"].click()
    shop.until(lambda: rows["card"].state.words() == world(shop).deck[0].name)
    rows["card"].acts["lift"].click()
    shop.until(lambda: rows["card"].state.words() == "未放卡")
    rows["lens"].which.choose("cam-5")
    rows["lens"].acts["cover"].click()
    shop.until(lambda: rows["lens"].state.words() == "遮住")
    assert world(shop).covered["cam-5"]
    assert rows["plug"].which.key() == "scale-1"
    rows["plug"].acts["pull"].click()
    shop.until(lambda: rows["plug"].state.words() == "已拔下")
    shop.until(lambda: "断开" in screen.trace.facts.words() or "失联" in screen.trace.facts.words())
    rows["plug"].acts["pull"].click()
    shop.until(lambda: rows["plug"].state.words() == "接着")
    shop.until(lambda: screen.trace.facts.words().startswith("正常"))


def test_a_code_is_held_before_the_scanner(bench: MakeBench) -> None:
    shop, screen = bench(device="scanner-1", width=WIDE, height=HIGH)
    row, code = screen.world.rows["scanner"], screen.world.code
    assert row.which.key() == "scanner-1"
    assert row.state.words() == "未扫"
    row.acts["scan"].click()
    shop.until(lambda: "正常" in screen.trace.facts.words())
    QTest.keyClicks(code, "STAFF-1001")
    QTest.keyClick(code, Qt.Key.Key_Return)
    shop.until(lambda: world(shop).scanned["scanner-1"] == "STAFF-1001")
    shop.until(lambda: row.state.words() == "STAFF-1001")
    code.setText("99000000000000000000B002")
    row.acts["scan"].click()
    shop.until(lambda: row.state.words() == "99000000…00B002")
    shop.until(lambda: screen.trace.table.rows.rowCount() == 2)
    code.setText("测试")
    row.acts["scan"].click()
    shop.until(lambda: shop.said.errors)
    assert shop.said.errors[-1].code == "device.sim.no-code"


def test_the_things_follow_the_device_in_hand(bench: MakeBench) -> None:
    _, screen = bench(device="lock-b", width=WIDE, height=HIGH)
    assert screen.world.rows["door"].which.key() == "lock-b:1"
    assert screen.world.rows["plug"].which.key() == "lock-b"
    screen.presenter.choose("cam-4")
    assert screen.world.rows["lens"].which.key() == "cam-4"
    assert screen.world.rows["door"].which.key() == "lock-b:1"


def test_a_device_chosen_before_the_world_is_seen_is_followed_then(bench: MakeBench, look: Look) -> None:
    shop, _ = bench(width=WIDE, height=HIGH)
    world = Simulated(shop.context, shop.world)
    panel = WorldPanel(shop.context, look, world)
    panel.retranslate()
    panel.follow("lock-b")
    assert not panel.rows["door"].which.key()
    world.wake()
    shop.until(lambda: world.standing is not None)
    assert panel.rows["door"].which.key() == "lock-b:1"
    panel.rows["door"].which.choose("lock-a:3")
    panel.show_now()
    assert panel.rows["door"].which.key() == "lock-a:3"
    world.rest()
    world.deleteLater()
    panel.deleteLater()


def test_a_fault_is_put_on_the_line_and_taken_off(bench: MakeBench) -> None:
    shop, screen = bench(width=WIDE, height=HIGH)
    row = fault_row(screen, "wrong-sum")
    row.percent.setValue(100)
    row.count.setValue(2)
    QTest.keyClick(row.on, Qt.Key.Key_Space)
    shop.until(lambda: world(shop).faults["lock-a"])
    (fault,) = world(shop).faults["lock-a"]
    assert (fault.kind, fault.probability, fault.count) == ("wrong-sum", 1.0, 2)
    assert not screen.presenter.paused
    shop.until(lambda: row.used.text() == "2")
    row.count.setValue(5)
    shop.until(lambda: world(shop).faults["lock-a"][0].count == 5)
    screen.presenter.choose("lock-b")
    assert not row.on.isChecked()
    assert row.percent.value() == 10
    screen.presenter.choose("lock-a")
    assert row.on.isChecked()
    screen.faults.seed.setValue(99)
    shop.until(lambda: world(shop).seeds["lock-a"] == 99)
    row.on.click()
    shop.until(lambda: not world(shop).faults["lock-a"])


def test_every_kind_of_fault_is_known_to_the_simulator(bench: MakeBench) -> None:
    shop, screen = bench(device="scale-1", width=WIDE, height=HIGH)
    for row in screen.faults.rows:
        row.on.click()
    shop.until(lambda: {fault.kind for fault in world(shop).faults["scale-1"]} == set(KINDS))
    assert shop.said.errors == []
    ms = {fault.kind: fault.ms for fault in world(shop).faults["scale-1"]}
    assert ms["unplug"] == 8000
    screen.faults.clear_all.click()
    shop.until(lambda: not world(shop).faults["scale-1"])
    shop.until(lambda: not any(row.on.isChecked() for row in screen.faults.rows))


def test_a_camera_has_no_line_for_faults(bench: MakeBench) -> None:
    _, screen = bench(device="cam-1", width=WIDE, height=HIGH)
    assert screen.faults.pages.state.state is State.EMPTY


def test_a_play_is_loaded_stepped_and_run(bench: MakeBench) -> None:
    shop, screen = bench(width=WIDE, height=HIGH)
    screen.sides.buttons["play"].click()
    play = screen.play
    assert play.run.reasons()
    assert play.which.currentText() == "设备故障一晚"
    play.seed.setValue(5)
    play.load.click()
    shop.until(lambda: play.cues.rows.rowCount() > 5)
    assert world(shop).playing.seed == 5
    assert play.run.reasons() == ()
    play.step.click()
    shop.until(lambda: play.cues.rows.rows()[0].cells[0].shape is Shape.DONE)
    assert world(shop).open
    assert play.cues.rows.rows()[1].cells[0].shape is Shape.INCOMPLETE
    play.speeds.buttons["60"].click()
    play.run.click()
    shop.until(lambda: world(shop).playing.running)
    assert world(shop).playing.speed == 60
    shop.until(lambda: play.cues.rows.rows()[1].cells[0].shape is Shape.DONE)
    shop.until(lambda: play.run.words() == "暂停")
    play.speeds.buttons["10"].click()
    shop.until(lambda: world(shop).playing.speed == 10)
    play.run.click()
    shop.until(lambda: not world(shop).playing.running)
    play.seed.setValue(0)
    play.load.click()
    shop.until(lambda: world(shop).playing.seed == 4417)


def test_in_a_low_window_the_parts_take_turns(bench: MakeBench) -> None:
    _, screen = bench(width=1274, height=600)
    shown = [
        name
        for name, panel in (("world", screen.world), ("faults", screen.faults), ("play", screen.play))
        if panel.isVisibleTo(screen)
    ]
    assert shown == ["world"]
    screen.sides.buttons["faults"].click()
    assert screen.faults.isVisibleTo(screen)
    assert not screen.world.isVisibleTo(screen)


def test_a_simulator_that_is_gone_is_told(bench: MakeBench) -> None:
    shop, screen = bench(width=WIDE, height=HIGH)
    assert shop.world is not None
    told = shop.kit.home / "sim" / "sim.json"
    told.rename(told.with_suffix(".away"))
    shop.until(lambda: screen.world.pages.state.isVisibleTo(screen))
    assert screen.world.pages.state.state is State.OFFLINE
    told.with_suffix(".away").rename(told)
    shop.until(lambda: screen.presenter.world.standing is not None)
