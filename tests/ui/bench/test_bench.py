"""The device bench: devices, their trace, and what is sent to them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from devices.codecs.scanline import Trouble
from tests.ui.bench.conftest import MakeBench
from tests.ui.screen_kit import Shop, Shops
from ui.bench.sending import raw_bytes
from ui.bench.view import BenchScreen
from ui.widgets.keyed import Row
from ui.widgets.states import State

WIDE, HIGH = 1830, 912


def trace_of(screen: BenchScreen) -> list[Row]:
    return list(screen.trace.table.rows.rows())


def meanings(screen: BenchScreen) -> list[str]:
    return [row.cells[3].words for row in trace_of(screen)]


def test_devices_are_listed_by_type_with_health_and_since_when(shops: Shops) -> None:
    shop = shops("1012")
    screen: BenchScreen = shop.show(BenchScreen(shop.context, shop.look), WIDE, HIGH)
    shop.until(lambda: screen.presenter.known)
    rows = screen.tree.rows.rows()
    heads = [row.cells[0].words for row in rows if row.head]
    assert heads == ["锁控板", "读标器", "电子秤", "身份证读卡器", "扫描枪", "摄像机"]
    assert all(row.cells[0].badges[0].words == "模拟" for row in rows if not row.head)
    assert {row.cells[1].words for row in rows if not row.head} == {"未知 0 秒"}
    assert "cam-1 · 登记区" in [row.cells[0].words for row in rows]
    shop.kit.advance(minutes=3)
    assert screen.tree.rows.rows()[1].cells[1].words == "未知 0 秒"
    screen._show()
    shop.until(lambda: screen.tree.rows.rows()[1].cells[1].words in ("未知 3 分", "未知 0 秒"))


def test_without_a_simulated_world_nothing_pretends_to_be_one(shops: Shops) -> None:
    shop = shops("1012")
    screen: BenchScreen = shop.show(BenchScreen(shop.context, shop.look, None), WIDE, HIGH)
    shop.until(lambda: screen.presenter.known)
    for panel in (screen.world, screen.faults, screen.play):
        assert panel.pages.state.state is State.EMPTY
    screen.presenter.world.act("force_door", device="lock-a", door=1)
    assert screen.presenter.world.standing is None


def test_the_trace_tells_bytes_meaning_and_sum(bench: MakeBench) -> None:
    shop, screen = bench(width=WIDE, height=HIGH)
    shop.until(lambda: "24 门状态：全关" in meanings(screen))
    row = next(row for row in trace_of(screen) if row.cells[3].words == "24 门状态：全关")
    _, way, shown, _, check = row.cells
    assert (way.words, check.words) == ("收", "校验对")
    assert shown.words == "80 01 FF FF FF 33 4D"
    assert (shown.sum_at, shown.sum_wrong) == (6, False)
    assert shop.world is not None
    shop.world.act("put_fault", device="lock-a", kind="wrong-sum", count=1)
    shop.until(lambda: "校验不对，已丢弃" in meanings(screen))
    row = next(row for row in trace_of(screen) if row.cells[3].words == "校验不对，已丢弃")
    assert row.cells[2].sum_wrong
    assert row.cells[4].words == "应 4D"
    shop.world.act("force_door", device="lock-a", door=12)
    shop.until(lambda: "主动上报：12 号门开" in meanings(screen))
    shop.until(lambda: "24 门状态：开 12" in meanings(screen))


def test_space_holds_the_trace_and_faults_can_be_shown_alone(bench: MakeBench) -> None:
    shop, screen = bench()
    presenter = screen.presenter
    shop.until(lambda: len(presenter.trace) > 2)
    QTest.keyClick(screen.trace.table, Qt.Key.Key_Space)
    assert presenter.paused
    held = presenter.trace[-1].seq
    presenter._ask_trace()
    assert presenter.trace[-1].seq == held
    QTest.keyClick(screen.tree, Qt.Key.Key_Space)
    shop.until(lambda: presenter.trace[-1].seq > held)
    screen.trace.faults.click()
    assert screen.trace.pages.state.state is State.EMPTY
    assert shop.world is not None
    shop.world.act("put_fault", device="lock-a", kind="drop", count=1)
    shop.until(lambda: any("无应答" in words for words in meanings(screen)))
    assert all(row.cells[4].words in ("无答", "残缺") for row in trace_of(screen))


def test_the_trace_is_saved_as_it_is_shown(bench: MakeBench) -> None:
    shop, screen = bench()
    shop.until(lambda: len(trace_of(screen)) > 2)
    QTest.keyClick(screen.trace.table, Qt.Key.Key_Space)
    shown = trace_of(screen)[0].cells[2].words
    screen.trace.save.click()
    shop.until(lambda: shop.said.infos and shop.said.infos[-1][0] == "bench.saved")
    path = str(shop.said.infos[-1][1]["path"])
    with open(path, encoding="utf-8") as file:
        text = file.read()
    assert shown in text
    assert len(text.splitlines()) == len(trace_of(screen))


def test_a_card_is_never_in_the_trace(bench: MakeBench) -> None:
    shop, screen = bench(device="card-1", width=WIDE, height=HIGH)
    assert shop.world is not None
    card = shop.world.standing().deck[0]
    shop.world.act("present_card", device="card-1", card=card.id)
    shop.until(lambda: any("字节已隐去" in words for words in meanings(screen)))
    number = "990000199001010017".encode("utf-16-le").hex(" ").upper()
    name = card.name.encode("utf-16-le").hex(" ").upper()
    shown = screen.trace.table.text_of(range(screen.trace.table.rows.rowCount()))
    assert number not in shown
    assert name not in shown
    assert card.name not in shown


def test_a_scan_is_explained_in_both_languages_and_never_in_the_trace(bench: MakeBench) -> None:
    shop, screen = bench(device="scanner-1", width=WIDE, height=HIGH)
    assert shop.world is not None
    shop.until(lambda: "正常" in screen.trace.facts.words())
    shop.world.act("scan_code", device="scanner-1", code="990000199001010017", symbology="]C1")
    shop.until(lambda: meanings(screen) == ["扫到一个码，码制 ]C1（18 字节已隐去）"])
    (row,) = trace_of(screen)
    assert (row.cells[2].words, row.cells[4].words) == ("5D 43 31", "无校验")
    shop.world.act("put_fault", device="scanner-1", kind="truncate", count=1)
    shop.world.act("seed_faults", device="scanner-1", seed=2)
    shop.world.act("scan_code", device="scanner-1", code="990000199001010017")
    shop.until(lambda: len(meanings(screen)) == 2)
    assert meanings(screen)[0].startswith("这一行中途停了，已丢弃")
    assert trace_of(screen)[0].cells[4].words == "残缺"
    words = shop.context.words
    for code in ("scan", "scan.named", *(f"scan.{why}" for why in (*Trouble, "old"))):
        for language in ("zh", "en"):
            assert "⟨" not in words.catalogue.text(f"bench.said.{code}", language)
    assert "990000" not in screen.trace.table.text_of(range(screen.trace.table.rows.rowCount()))


def test_only_what_the_adapter_names_is_offered_and_its_bytes_are_seen_before(bench: MakeBench) -> None:
    shop, screen = bench()
    send = screen.trace.send
    assert send.choices is not None
    assert list(send.choices.buttons) == ["read-all", "read-door", "open-door", "raw"]
    shop.until(lambda: send.preview.words() == "80 01 00 33 B2")
    send.choices.buttons["open-door"].click()
    send.number.setValue(12)
    shop.until(lambda: send.preview.words() == "8A 01 0C 11 96")
    screen.presenter.choose("scale-1")
    shop.until(lambda: send.choices is not None and "weigh-now" in send.choices.buttons)
    assert not send.number.isVisibleTo(screen)
    screen.presenter.choose("cam-1")
    shop.until(lambda: screen.presenter.sending.known)
    assert not send.isVisibleTo(screen)


def test_a_door_is_opened_with_the_chord_only(bench: MakeBench) -> None:
    shop, screen = bench()
    send = screen.trace.send
    assert send.choices is not None
    assert shop.world is not None
    send.choices.buttons["open-door"].click()
    send.number.setValue(12)
    send.button.setFocus()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        QTest.keyClick(send.button, key)
    assert [code for code, _ in shop.said.infos] == ["bench.chord"] * 3
    assert shop.world.standing().open == ()
    screen.activateWindow()
    QTest.keyClick(send.number, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    shop.until(lambda: shop.said.infos[-1][0] == "bench.sent")
    assert shop.said.infos[-1][1]["data"] == "8A 01 0C 11 96"
    assert shop.world.standing().open == ("lock-a:12",)
    shop.until(lambda: "开门结果：12 号开" in meanings(screen))
    assert "准备开 12 号门" in meanings(screen)
    send.button.click()
    shop.until(lambda: shop.said.errors)
    assert shop.said.errors[-1].code == "device.lock.too-soon"


def test_a_real_door_is_not_opened_from_the_bench(bench: MakeBench) -> None:
    shop, screen = bench()
    sending = screen.presenter.sending
    sending.choose("open-door")
    sending.simulated = False  # as the station tells of a live centre
    screen.trace.send.offer()
    assert sending.against() == ("device.command.desk",)
    assert screen.trace.send.choices is not None
    assert "raw" not in screen.trace.send.choices.buttons
    screen.trace.send.button.click()
    assert "F4" in screen.trace.send.reason.words()
    assert shop.world is not None
    assert shop.world.standing().open == ()


def test_raw_bytes_go_to_a_simulated_device(bench: MakeBench) -> None:
    shop, screen = bench()
    send = screen.trace.send
    assert send.choices is not None
    send.choices.buttons["raw"].click()
    assert send.button.reasons()
    QTest.keyClicks(send.raw, "80 01 00 33 B2")
    assert send.button.reasons() == ()
    assert send.button.guarded
    screen.activateWindow()
    QTest.keyClick(send.raw, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    shop.until(lambda: shop.said.infos and shop.said.infos[-1][0] == "bench.sent")
    assert raw_bytes("8") is None
    assert raw_bytes("zz") is None
    assert raw_bytes("00" * 65) is None
    assert raw_bytes("80 01 00 33B2") == bytes.fromhex("80 01 00 33 B2")


def test_a_line_is_opened_anew(bench: MakeBench) -> None:
    shop, screen = bench(device="tags-desk", width=WIDE, height=HIGH)
    shop.until(lambda: "寻标签一轮" in meanings(screen))
    before = meanings(screen).count("读版本")
    screen.reopen.click()
    shop.until(lambda: shop.said.infos and shop.said.infos[-1][0] == "bench.reopened")
    shop.until(lambda: meanings(screen).count("读版本") > before)
    screen.presenter.choose("cam-1")
    screen.presenter.refresh()
    shop.until(lambda: bool(screen.reopen.reasons()))


def test_who_may_not_read_the_trace_sees_why(bench: MakeBench) -> None:
    _, screen = bench("1004")
    assert screen.trace.pages.state.state is State.NO_PERMISSION
    assert screen.world.pages.state.state is State.NO_PERMISSION
    assert screen.faults.pages.state.state is State.NO_PERMISSION
    assert not screen.trace.send.isVisibleTo(screen)
    screen.presenter.world.act("force_door", device="lock-a", door=1)
    assert screen.presenter.world.standing is not None
    assert screen.presenter.world.standing.open == ()


def test_tab_goes_from_the_tree_to_the_scenario(bench: MakeBench) -> None:
    _, screen = bench(width=WIDE, height=HIGH)
    screen.activateWindow()
    screen.tree.setFocus()
    areas: list[tuple[str, QWidget]] = [
        ("tree", screen.tree_panel),
        ("send", screen.trace.send),
        ("trace", screen.trace),
        ("world", screen.world),
        ("faults", screen.faults),
        ("play", screen.play),
    ]
    for side in ("faults", "play"):
        screen.sides.choose(side)
        screen._fit()
        screen.tree.setFocus()
        met: list[str] = []
        for _ in range(90):
            focused = screen.focusWidget()
            assert focused is not None
            name = next(
                (name for name, area in areas if area is focused or area.isAncestorOf(focused)), "sides"
            )
            if name == "tree" and met and met[-1] != "tree":
                break
            if not met or met[-1] != name:
                met.append(name)
            screen.focusNextChild()
        assert met == ["tree", "trace", "send", "world", "sides", side]


def test_simulated_is_told_by_stripes_and_a_word(
    bench: MakeBench, colours_of: Callable[[QWidget], dict[str, int]]
) -> None:
    shop, screen = bench(width=WIDE, height=HIGH)
    shop.until(lambda: len(trace_of(screen)) > 2)
    tokens = shop.look.theme.tokens
    assert screen.trace.tag.words() == "模拟"
    for panel in (screen.trace, screen.world, screen.faults):
        colours = colours_of(panel)
        assert colours.get(tokens.sim, 0) > 100
        assert colours.get(tokens.sim2, 0) > 100
    device = screen.presenter.current()
    assert device is not None
    screen.trace.tag.set("真实", simulated=False)
    assert tokens.sim not in colours_of(screen.trace.tag)


def test_a_wrong_sum_is_the_one_red_thing(
    bench: MakeBench, colours_of: Callable[[QWidget], dict[str, int]]
) -> None:
    shop, screen = bench(width=WIDE, height=HIGH)
    tokens = shop.look.theme.tokens
    shop.until(lambda: len(trace_of(screen)) > 2)
    assert tokens.red not in colours_of(screen.trace.table)
    assert tokens.ok in colours_of(screen.trace.table)
    assert shop.world is not None
    shop.world.act("put_fault", device="lock-a", kind="wrong-sum", count=1)
    shop.until(lambda: any(row.cells[2].sum_wrong for row in trace_of(screen)))
    assert colours_of(screen.trace.table).get(tokens.red, 0) > 100


def test_the_language_changes_where_it_stands(bench: MakeBench) -> None:
    shop, screen = bench(width=WIDE, height=HIGH)
    shop.until(lambda: "24 门状态：全关" in meanings(screen))
    shop.words.language = "en"
    screen.retranslate()
    assert "all 24 closed" in meanings(screen)
    for widget in screen.findChildren(QWidget):
        assert "⟨" not in widget.accessibleName(), widget.accessibleName()


def test_closing_leaves_no_question_behind(bench: MakeBench) -> None:
    shop, screen = bench()
    screen.hide()
    assert not screen.presenter._awake
    assert isinstance(shop, Shop)
