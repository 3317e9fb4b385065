"""The step screen at work: what is typed, read and scanned is on the record, and every reason is on the screen."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPlainTextEdit, QWidget

from tests.ui.steps.conftest import Bench, MakeBench
from ui.steps.forms.arrival import NEW
from ui.steps.forms.registry import GROUPS
from ui.widgets.buttons import ActionButton
from workstation.custody import commands as c
from workstation.custody.presence import Status
from workstation.custody.values import How, NoticeKind, NoticeOutcome
from workstation.readings import CardKind, CardRead, TagSeen, Weight
from workstation.station import messages as m


def card(bench: Bench, name: str = "测试子") -> CardRead:
    return CardRead(
        device="card-1", kind=CardKind.CITIZEN, name=name, sex="male", ethnic="01", birth="1991-02-03",
        address="测试省测试路1号", number="990000199102030019", issuer="", valid_from="", valid_to="",
        at=bench.kit.clock.now(),
    )  # fmt: skip


def arrived(bench: Bench) -> str:
    return (bench.kit.clock.now() - timedelta(minutes=5)).isoformat()


def begin(bench: Bench, capacity: str = "suspect") -> None:
    """A new arrival with a card."""
    bench.arrivals.keep(card(bench))
    bench.screen.show_stay(NEW, "identity")
    bench.until(lambda: bench.presenter.form)
    mode = "oral-summons" if capacity == "suspect" else "voluntary"
    outcome = bench.do(
        capacity=capacity, arrival_mode=mode, arrived_at=arrived(bench), unit_kind="station", reason="测试"
    )
    assert isinstance(outcome, m.Saved), outcome
    bench.until(lambda: bench.presenter.stay != NEW and bench.presenter.reply)


def test_nobody_in_hand_offers_a_new_arrival(bench: Bench) -> None:
    state = bench.screen.state
    assert state.isVisible()
    QTest.mouseClick(state.button, Qt.MouseButton.LeftButton)
    bench.until(lambda: bench.presenter.form)
    assert bench.presenter.stay == NEW


def test_new_arrival_by_card_is_on_the_record(bench: Bench) -> None:
    begin(bench)
    assert bench.kinds() == ["stay-begun", "person-identified"]
    assert bench.presenter.reply is not None
    identity = bench.presenter.reply.facts.person.identity
    assert identity is not None
    assert (identity.name, identity.source.how, identity.source.device) == ("测试子", How.CARD, "card-1")
    assert bench.screen.name.words() == "测试子"
    assert bench.presenter.step == "admission"


def test_typing_and_digits_fill_a_form_and_f12_records_it(bench: Bench) -> None:
    bench.show("A-03", "checks")
    bench.until(lambda: bench.screen.findChildren(ActionButton, "steps.checks.check-person.response.3"))
    name = "steps.checks.check-person."
    method = bench.find(name + "method.at-door")
    QTest.keyClick(method, "1")
    response = bench.find(name + "response.0")
    QTest.keyClick(response, "3")
    QTest.keyClick(bench.find(name + "anomaly.no"), "1")
    QTest.keyClicks(bench.find(name + "seen"), "sits quietly")
    assert bench.presenter.values == {
        "method": "at-door",
        "response": "3",
        "anomaly": "no",
        "seen": "sits quietly",
    }
    main = bench.find("steps.main")
    assert isinstance(main, ActionButton)
    bench.until(lambda: not main.reasons())
    before = bench.kinds().count("person-checked")
    QTest.mouseClick(main, Qt.MouseButton.LeftButton)
    bench.until(lambda: bench.outcomes)
    assert bench.kinds().count("person-checked") == before + 1
    bench.until(lambda: bench.presenter.values == {})


def test_refused_action_shows_every_reason_and_its_cure_opens_the_task(bench: Bench) -> None:
    begin(bench)
    bench.task("room")
    bench.fill(room="holding-1", guard="P1004")
    bench.until(lambda: len(bench.presenter.reasons()) >= 3)
    rows = bench.screen.middle.refusal.rows()
    assert [row.reason.gate for row in rows] == [one.gate for one in bench.presenter.reasons()]
    assert {"GH1a", "GH1b", "GH3b"} <= {row.reason.gate for row in rows}
    main = bench.find("steps.main")
    assert isinstance(main, ActionButton)
    assert main.isVisible()
    assert main.reasons()
    row = next(row for row in rows if row.reason.gate == "GH3b")
    QTest.keyClick(row, Qt.Key.Key_Return)
    assert bench.presenter.task == "observation"


def test_soft_rows_leave_the_action_open(bench: Bench) -> None:
    begin(bench)
    bench.task("search")
    bench.do(officers=["P1001", "P1002"], place="search", witness="测试见证人")
    bench.do(finding="none")
    bench.do(injury="no", statement="本人称无伤")
    assert bench.presenter.form is not None
    assert bench.presenter.form.code == "end-search"
    bench.until(lambda: [one.gate for one in bench.presenter.reasons()] == ["GS2"])
    assert not bench.presenter.refused()
    assert isinstance(bench.do(), m.Saved)
    assert "duty-opened" in bench.kinds()


def test_what_happened_is_recorded_although_gates_stand_against_it(bench: Bench) -> None:
    begin(bench)
    bench.task("room")
    bench.fill(room="holding-1", guard="P1004")
    bench.presenter.set_report(True)
    then = bench.kit.clock.now() - timedelta(minutes=1)
    bench.fill(happened_at=then.isoformat(), late_reason="当时没有空的工作站")
    assert not bench.presenter.refused()
    assert isinstance(bench.do(), m.Saved)
    rows = bench.ask(m.GetTimeline(stay=bench.presenter.stay)).page.rows
    entered = next(row for row in rows if row.kind.startswith("room-entered"))
    assert entered.breach
    assert entered.happened_at == then


def test_readings_of_the_desk_fill_the_form_in_hand(bench: Bench) -> None:
    bench.show("A-03", "property-list")
    bench.task("property-list", "list-item")
    now = bench.kit.clock.now()
    bench.fill(name="sj")
    shaky = Weight(device="scale-1", grams=150, stable=False, raw="", at=now)
    bench.screen.notice(m.Notice(size=0, weight=shaky))
    assert "grams" not in bench.presenter.values
    steady = Weight(device="scale-1", grams=198, stable=True, raw="", at=now)
    bench.screen.notice(m.Notice(size=0, weight=steady))
    assert bench.presenter.values["grams"]["value"] == "198"
    line = bench.find("steps.property-list.list-item.grams")
    assert isinstance(line, QLineEdit)
    assert line.text() == "198"
    assert line.isReadOnly()
    unit = bench.find("steps.property-list.list-item.unit")
    assert isinstance(unit, QLineEdit)
    assert unit.text() == "部"
    outcome = bench.do(features="黑色")
    assert isinstance(outcome, m.Saved)
    assert bench.presenter.reply is not None
    bench.until(lambda: len(bench.presenter.reply.facts.effects.items) == 4)
    item = bench.presenter.reply.facts.effects.items[-1]
    assert (item.name, item.grams, item.source.how) == ("手机", 198, How.DEVICE)


def test_a_reading_after_the_main_action_says_so_when_it_is_another(bench: Bench) -> None:
    bench.show("A-03", "property-list")
    bench.task("property-list", "list-item")
    now = bench.kit.clock.now()
    weight = Weight(device="scale-1", grams=198, stable=True, raw="", at=now)
    bench.screen.notice(m.Notice(size=0, weight=weight))
    bench.fill(name="sj")
    items = len(bench.presenter.facts().stay.effects.items)
    presenter = bench.presenter
    presenter.submit()
    assert presenter.sending.meant
    again = msgspec.structs.replace(weight, grams=199, at=now + timedelta(seconds=1))
    bench.screen.notice(m.Notice(size=0, weight=again))
    assert not presenter.sending.meant
    assert bench.infos[-1] == bench.words("steps.read-meanwhile")
    assert presenter.values["grams"]["value"] == "199"
    bench.until(lambda: presenter.standing.settled)
    assert len(presenter.facts().stay.effects.items) == items
    presenter.set_value("features", "黑色")
    presenter.submit()
    assert presenter.sending.meant
    same = msgspec.structs.replace(again, at=now + timedelta(seconds=2))
    bench.screen.notice(m.Notice(size=0, weight=same))
    bench.until(lambda: len(presenter.facts().stay.effects.items) == items + 1)


def test_what_was_weighed_and_still_lies_there_is_not_the_next_thing(bench: Bench) -> None:
    bench.show("A-03", "property-list")
    bench.task("property-list", "list-item")

    def pan(grams: int) -> None:
        seen = Weight(device="scale-1", grams=grams, stable=True, raw="", at=bench.kit.clock.now())
        bench.screen.notice(m.Notice(size=0, weight=seen))

    bench.fill(name="sj")
    pan(198)
    assert isinstance(bench.do(features="黑色"), m.Saved)
    bench.until(lambda: not bench.presenter.values.get("name"))
    pan(198)
    assert not (bench.presenter.values.get("grams") or {}).get("value")
    pan(0)
    pan(64)
    assert bench.presenter.values["grams"]["value"] == "64"


def test_what_lay_on_the_pan_is_not_known_in_another_session(bench: Bench) -> None:
    bench.show("A-03", "property-list")
    bench.task("property-list", "list-item")
    seen = Weight(device="scale-1", grams=198, stable=True, raw="", at=bench.kit.clock.now())
    bench.fill(name="sj")
    bench.screen.notice(m.Notice(size=0, weight=seen))
    assert isinstance(bench.do(features="黑色"), m.Saved)
    bench.until(lambda: not bench.presenter.values.get("name"))
    bench.screen.notice(m.Notice(size=0, weight=seen))
    assert not (bench.presenter.values.get("grams") or {}).get("value")
    bench.sign_in("1003")  # that the pan was emptied meanwhile was told to nobody
    bench.screen.notice(m.Notice(size=0, weight=seen))
    assert bench.presenter.values["grams"]["value"] == "198"


def test_scans_go_where_they_belong_and_nowhere_else(bench: Bench) -> None:
    bench.show("A-05", "band")
    tag = "99000000000000000000B0AA"
    assert bench.screen.scanned("tag", tag)
    assert bench.presenter.values["band"]["how"] == How.SCANNED
    bench.show("A-03", "checks")
    bench.task("checks")
    assert not bench.screen.scanned("tag", tag), "another person's band opens that person instead"
    assert bench.presenter.reply is not None
    assert bench.screen.scanned("tag", bench.presenter.reply.facts.person.band)
    bench.task("room", "hand-over-guard")
    bench.presenter.set_value("from_staff", "P1004")
    assert bench.screen.scanned("staff", "STAFF-1009")
    assert bench.presenter.values["to_staff"] == "P1009"


def test_tag_of_the_desk_fills_a_band_only_when_it_is_the_only_one(bench: Bench) -> None:
    bench.show("A-05", "band")
    now = bench.kit.clock.now()
    one, other = (TagSeen(device="tags-desk", epc=epc, rssi_dbm=-40, at=now) for epc in ("9900AA", "9900BB"))
    bench.screen.notice(m.Notice(size=0, tags=(one, other)))
    assert "band" not in bench.presenter.values
    bench.screen.notice(m.Notice(size=0, tags=(one,)))
    assert bench.presenter.values["band"]["value"] == "9900AA"


def test_draft_is_kept_and_comes_back_and_goes_with_the_record(bench: Bench) -> None:
    bench.show("A-05", "notice")
    bench.fill(notice="family", outcome="made", recipient="测试亲属")
    assert bench.presenter.drafts.state == "waiting"
    bench.until(lambda: bench.presenter.drafts.state == "kept")
    bench.task("rights")
    bench.task("notice")
    bench.until(lambda: bench.presenter.values.get("recipient") == "测试亲属")
    line = bench.find("steps.notice.give-notice.recipient")
    assert isinstance(line, QLineEdit)
    assert line.text() == "测试亲属"
    assert isinstance(bench.do(relation="配偶", method="phone"), m.Saved)
    left = bench.ask(m.LoadDraft(stay=bench.presenter.stay, form="give-notice"))
    assert left.content == b""


def test_undo_drops_the_draft(bench: Bench) -> None:
    bench.show("A-05", "notice")
    bench.fill(recipient="不要这个")
    bench.until(lambda: bench.presenter.drafts.state == "kept")
    bench.screen.undo()
    assert "recipient" not in bench.presenter.values
    assert not bench.screen.leave()


def test_somebody_else_changing_the_stay_comes_up_by_itself(bench: Bench) -> None:
    bench.show("A-05", "notice")
    lane = bench.kit.lane("1001")
    command = c.GiveNotice(
        stay=bench.presenter.stay, notice=NoticeKind.FAMILY, outcome=NoticeOutcome.MADE, recipient="测试亲属",
        relation="父", phone="", method="phone", reason="",
    )  # fmt: skip
    bench.fill(recipient="正在填写")
    assert isinstance(bench.kit.submit(lane, command), m.Saved)
    bench.until(lambda: bench.presenter.task_of("notice").state == "done")
    assert bench.presenter.task == "notice", "what comes from elsewhere does not move the hands"
    assert bench.presenter.values["recipient"] == "正在填写"


def test_hostile_text_stays_text(bench: Bench) -> None:
    bench.show("A-05", "happened")
    words = "<b>&nbsp;</b>\u202e${x}"
    assert isinstance(bench.do(text=words), m.Saved)
    assert bench.presenter.reply is not None
    assert bench.presenter.reply.facts.remarks.notes[-1].text == words


def test_witness_may_only_be_registered_noted_and_leave(bench: Bench) -> None:
    begin(bench, "witness")
    assert {one.code for one in bench.presenter.all_tasks()} <= {"task.identity", "task.depart"}
    bench.task("depart")
    assert bench.presenter.values["outcome"] == "left-freely"
    bench.until(lambda: not bench.presenter.objections)
    assert isinstance(bench.do(destination="自行离开"), m.Saved)
    bench.until(lambda: bench.presenter.reply.facts.presence.status is Status.DEPARTED)


def test_recount_gives_nothing_away_before_it_is_submitted(bench: Bench) -> None:
    bench.show("A-01", "bag-out")
    bench.sign_in("1003")
    bench.task("bag-out", "take-bag")
    assert isinstance(bench.do(second="P1001"), m.Saved)
    bench.until(lambda: bench.presenter.task == "recount")
    for task, form in (
        ("recount", ""),
        ("property-list", "list-item"),
        ("bag", "fill-bag"),
        ("case-property", ""),
        ("return-items", ""),
        ("receipt", ""),
        ("depart", ""),
        ("recount", ""),
    ):
        bench.task(task, form) if (task, bool(form)) != (bench.presenter.task, False) else None
        bench.until(lambda: bench.presenter.standing.settled)
        words = [one.replace("有钥匙扣", "") for one in _all_words(bench)]  # a phrase that is offered always
        told = [one for one in words if any(part in one for part in ("手机", "195", "钥匙", "腰带"))]
        assert told == [], task
        assert not bench.find("steps.print").isVisible()
    weight = {"value": "195", "how": How.DEVICE.value, "device": "scale-1"}
    lines = [{"name": "sj", "quantity": 1}, {"name": "ys", "quantity": 1}, {"name": "腰带", "quantity": 1}]
    assert isinstance(bench.do(lines=lines, fen=0, grams=weight), m.Saved)
    bench.until(lambda: bench.presenter.reply.facts.effects.count is not None)
    bench.task("recount", "count-property-blind")
    bench.until(lambda: any("钥匙" in one for one in _all_words(bench)))


def test_enter_never_submits_the_count(bench: Bench) -> None:
    bench.show("A-01", "recount")
    line = bench.find("steps.recount.count-property-blind.lines.0.name")
    QTest.keyClicks(line, "sj")
    QTest.keyClick(line, Qt.Key.Key_Return)
    QTest.keyClick(line, Qt.Key.Key_Enter)
    assert bench.outcomes == []


def test_release_holds_nobody_for_property_or_papers(bench: Bench) -> None:
    """The outcome is approved and is a release: unmet rows stay as duties and do not stop the departure."""
    bench.show("A-01", "depart")
    bench.fill(destination="自行离开")
    bench.until(lambda: any(one.gate == "GR3a" for one in bench.presenter.reasons()))
    assert not bench.presenter.refused()
    outcome = bench.do()
    assert isinstance(outcome, m.Saved)
    assert "duty-opened/1" in outcome.kinds


def test_alt_arrows_go_through_the_tasks_and_steps_change_by_the_bar(bench: Bench) -> None:
    bench.show("A-05", "identity")
    bench.screen.activateWindow()
    first = bench.presenter.task
    QTest.keyClick(bench.screen, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert bench.presenter.task != first
    QTest.keyClick(bench.screen, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert bench.presenter.task == first
    bench.screen.bar.cells["handling"].click()
    assert bench.presenter.step == "handling"
    assert bench.screen.tasks.current() == bench.presenter.task


def test_unknown_stay_says_so(bench: Bench) -> None:
    bench.screen.show_stay("0" * 32)
    bench.until(lambda: bench.presenter.error is not None)
    assert bench.screen.state.isVisible()
    assert bench.screen.state.accessibleName()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [(1828, 900), (1274, 620), (1000, 470)])
def test_no_word_is_cut(make_bench: MakeBench, language: str, size: tuple[int, int]) -> None:
    bench = make_bench(language)
    bench.screen.resize(*size)
    bench.show("A-03")
    for task in (
        "identity",
        "health",
        "search",
        "property-list",
        "bag",
        "room",
        "interview",
        "depart",
        "happened",
    ):
        bench.task(task) if task != bench.presenter.task else None
        bench.bot.wait(1)
        cut = [
            one.objectName() or one.words()
            for one in bench.screen.findChildren(ActionButton)
            if one.isVisible() and one.width() < one.sizeHint().width()
        ]
        assert cut == [], task


def test_every_control_has_a_name_of_its_own(bench: Bench) -> None:
    bench.show("A-03", "health")
    seen: list[str] = []
    for kind in (QAbstractButton, QLineEdit, QPlainTextEdit):
        for widget in bench.screen.findChildren(kind):
            if widget.isVisibleTo(bench.screen) and widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
                assert widget.accessibleName(), widget.objectName()
                if widget.objectName():
                    seen.append(widget.objectName())
    assert len(seen) == len(set(seen))


def _all_words(bench: Bench) -> list[str]:
    """What is written on the screen and what a screen reader says of it."""
    shown = [one for one in bench.screen.findChildren(QWidget) if one.isVisible()]
    said = [one.text() for one in shown if isinstance(one, QLabel | QLineEdit | QAbstractButton)]
    model = bench.screen.tasks.model()
    rows = [
        str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(model.rowCount())
    ]
    return said + rows + [told for one in shown for told in (one.accessibleName(), one.toolTip())]


def test_what_a_second_person_may_pass_asks_for_the_reason(bench: Bench) -> None:
    begin(bench)
    bench.task("search")
    bench.fill(officers=["P1009", "P1010"], place="search")
    bench.until(lambda: [one.gate for one in bench.presenter.reasons()] == ["GS1b"])
    assert bench.presenter.refused()
    reason = bench.find("steps.search.begin-search.override_reason")
    assert reason.isVisible()
    bench.fill(override_reason="没有男民警在岗")
    assert not bench.presenter.refused()
    bench.task("room")
    bench.fill(room="holding-1", guard="P1004")
    bench.until(lambda: bench.presenter.objections)
    assert not bench.presenter.may_override() or all(one.override for one in bench.presenter.reasons())


def test_rights_notice_is_printed_before_it_is_served(bench: Bench) -> None:
    """The notice that is read and signed comes from the list of the case; the print stands in the record."""
    bench.show("A-05", "rights")
    bench.task("rights")
    papers = bench.kit.home / "prints"
    button = bench.find("steps.print")
    assert button.isVisible()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    save = bench.find("preview.save")
    bench.until(save.isEnabled)
    assert "paper-printed" not in bench.kinds(), "to look at it is no print"
    QTest.mouseClick(save, Qt.MouseButton.LeftButton)
    bench.until(lambda: papers.exists() and any(papers.glob("*rights-notice*.pdf")))
    (printed,) = papers.glob("*rights-notice*.pdf")
    assert printed.read_bytes().startswith(b"%PDF")
    bench.until(lambda: "paper-printed" in bench.kinds())
    assert bench.errors == []


def test_f12_right_after_the_last_key_is_judged_as_it_stands_then(bench: Bench) -> None:
    """Nobody has to wait until the reasons on the screen are those of what was just typed."""
    begin(bench)
    bench.task("room")
    bench.fill(room="holding-1", guard="P1004")
    main = bench.find("steps.main")
    assert isinstance(main, ActionButton)
    bench.until(lambda: len(bench.presenter.objections) >= 3 and main.reasons())
    bench.task("notice")
    bench.fill(notice="family", outcome="made", recipient="测试亲属", relation="配偶", method="phone")
    assert not bench.presenter.standing.settled
    bench.screen.activateWindow()
    sent = len(bench.outcomes)
    QTest.keyClick(bench.screen, Qt.Key.Key_F12)
    bench.until(lambda: len(bench.outcomes) > sent)
    assert isinstance(bench.outcomes[-1], m.Saved)
    sent = len(bench.outcomes)
    bench.until(lambda: bench.presenter.task != "notice")
    bench.task("room")
    bench.fill(room="holding-1", guard="P1004")
    QTest.keyClick(bench.screen, Qt.Key.Key_F12)
    rows = bench.screen.middle.refusal.rows
    bench.until(lambda: rows() and rows()[0].hasFocus())
    assert len(bench.outcomes) == sent, "what may not be done is not sent, its first reason is shown"


def test_what_is_changed_after_f12_is_not_sent(bench: Bench) -> None:
    bench.show("A-05", "notice")
    bench.fill(notice="family", outcome="made", recipient="测试亲属", relation="配偶", method="phone")
    bench.presenter.submit()
    bench.fill(recipient="另一位亲属")
    bench.until(lambda: bench.presenter.standing.settled)
    assert bench.outcomes == []


def test_f12_is_never_meant_for_the_next_form(bench: Bench) -> None:
    """Whoever goes on before the answer has come sends nothing: neither what was there nor what is there now."""
    bench.show("A-05", "notice")
    bench.fill(notice="family", outcome="made", recipient="测试亲属", relation="配偶", method="phone")
    bench.presenter.submit()
    bench.task("happened", "add-note")
    bench.presenter.set_value("text", "另一件事")
    bench.until(lambda: bench.presenter.standing.settled)
    assert bench.outcomes == []


def test_the_list_of_names_closes_when_f12_acts(bench: Bench) -> None:
    begin(bench)
    bench.task("room")
    bench.screen.activateWindow()
    bench.fill(room="holding-1")
    line = bench.find("steps.room.place-in-room.guard")
    assert isinstance(line, QLineEdit)
    line.setFocus()
    QTest.keyClicks(line, "100")
    popup = line.completer().popup()
    bench.until(popup.isVisible)
    QTest.keyClick(bench.screen, Qt.Key.Key_F12)
    bench.until(lambda: not popup.isVisible())


def test_the_walk_finds_nothing_preset(bench: Bench) -> None:
    """Injuries, illness, alcohol, risk, findings, a response, a meal, a thing given back: nobody answered before."""
    for number in ("A-05", "A-03", "A-02", "A-01"):
        bench.show(number)
        for task, group in GROUPS.items():
            for form in group.forms:
                bench.presenter.choose_task(task, form.code)
                assert bench.presenter.form is form
                view = bench.screen.middle.form
                for field in (one for one in form.fields if one.judgement):
                    assert not bench.presenter.values.get(field.key), (number, task, form.code, field.key)
                    editor = view.editor(field.key)
                    if editor is None:  # not asked yet
                        continue
                    pressed = [one for one in editor.findChildren(QAbstractButton) if one.isChecked()]
                    assert pressed == [], (number, task, form.code, field.key)
                    typed = [one.text() for one in editor.findChildren(QLineEdit) if one.text()]
                    known = {part.by for part in field.parts(bench.presenter.facts())}
                    names = {one.name for one in bench.presenter.facts().staff} | known
                    assert set(typed) <= names, (number, task, form.code, field.key)
