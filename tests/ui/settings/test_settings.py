"""The settings: the look through the preferences, layout and staff through the record."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from devices.rack import KINDS
from tests.ui.screen_kit import Shop, Shops, words_on
from ui.prefs import Prefs
from ui.scan import ScanKind
from ui.scan_trial import Trial, trial_of
from ui.settings.declaring import DECLARATIONS, DEVICE_TYPES, command_of
from ui.settings.forms import Ticks
from ui.settings.lists import ListPage
from ui.settings.pages import AppearancePage
from ui.settings.scanner import ScannerPage
from ui.settings.view import PAGES, SettingsScreen
from ui.widgets.frame import Choice
from ui.widgets.states import State
from workstation.errors import AppError, SettingsError


class Book:
    """Preferences in memory; `broken` refuses to keep them."""

    def __init__(self) -> None:
        self.prefs, self.broken = Prefs(), False

    def get(self) -> Prefs:
        return self.prefs

    def set(self, wanted: Prefs) -> None:
        self.prefs = wanted
        if self.broken:
            raise SettingsError("prefs.unwritable", file="window.toml", reason="full")


def opened(shop: Shop, book: Book | None = None) -> SettingsScreen:
    screen: SettingsScreen = shop.show(SettingsScreen(shop.context, shop.look, book or Book()))
    shop.until(lambda: screen.presenter.whole and shop.link.position >= shop.kit.station.desk.house().seq)
    return screen


def chosen(shop: Shop, screen: SettingsScreen, kind: str, key: str) -> ListPage:
    """The page of a kind of thing, with one of them in hand."""
    screen.contents.choose(kind)
    page = screen.list_page(kind)
    shop.until(lambda: page.table.rows.place(key) >= 0)
    page.table.choose(key)
    return page


def settled(shop: Shop, screen: SettingsScreen) -> None:
    """Nothing is on its way any more."""
    screen.hide()
    shop.until(lambda: screen.presenter.whole and not screen.presenter.trying)


def fill(screen: SettingsScreen, **values: str) -> None:
    for name, value in values.items():
        match screen.form._editors[name]:
            case Choice() as choice:
                choice.choose(value)
            case Ticks() as ticks:
                ticks.tick(value)
            case QLineEdit() as line:
                line.setText(value)
            case QPlainTextEdit() as text:
                text.setPlainText(value)


def test_the_look_changes_at_once(shops: Shops) -> None:
    book = Book()
    shop = shops("1001")
    screen = opened(shop, book)
    page = screen.page("appearance")
    assert isinstance(page, AppearancePage)
    page.theme.buttons["dark"].click()
    page.scale.buttons["125"].click()
    page.motion.click()
    assert book.prefs == Prefs(theme="dark", scale=125, reduced_motion=True)
    book.broken = True
    page.language.buttons["en"].click()
    assert [error.code for error in shop.said.errors] == ["prefs.unwritable"]


def test_an_administrator_declares_a_room(shops: Shops) -> None:
    shop = shops("1013")
    screen = opened(shop)
    screen.contents.choose("room")
    page = screen.list_page("room")
    page.new.click()
    screen.form.send.click()
    assert screen.form.label("room") in screen.form.trouble.words()
    fill(
        screen,
        room="holding-9",
        name_zh="候问室九",
        name_en="Holding room 9",
        use="holding",
        capacity="三",
        in_service="yes",
    )
    screen.form.send.click()
    assert screen.form.label("capacity") in screen.form.trouble.words()
    fill(screen, capacity="3")
    assert screen.leave()
    screen.form.send.click()
    shop.until(lambda: page.table.rows.place("holding-9") >= 0)
    assert screen.form.isHidden()
    page.table.choose("holding-9")
    page.edit.click()
    assert screen.form.values()["capacity"] == "3"
    assert not screen.form.dirty()
    settled(shop, screen)


def test_an_administrator_enrols_a_colleague_and_binds_a_card(shops: Shops) -> None:
    shop = shops("1013")
    screen = opened(shop)
    page = screen.list_page("staff")
    screen.contents.choose("staff")
    page.new.click()
    fill(
        screen, staff="P1090", name="测试警官", number="1090", roles="guard intake", rank="1", unit="演练办案中心", sex="male",
        active="yes",
    )  # fmt: skip
    screen.form.send.click()
    shop.until(lambda: page.table.rows.place("P1090") >= 0)
    page.table.choose("P1090")
    page.more["card"].click()
    assert screen.takes_card("STAFF-1090")
    assert screen.form.values() == {"staff": "P1090", "card": "STAFF-1090"}
    screen.form.send.click()
    shop.until(lambda: shop.kit.station.desk.house().centre.cards.get("STAFF-1090") == "P1090")
    place = page.table.rows.place("P1090")
    shop.until(lambda: page.table.rows.rows()[place].cells[5].words == "STAFF-1090")
    assert not screen.takes_card("STAFF-1091")
    settled(shop, screen)


def test_others_may_look_only(shops: Shops) -> None:
    shop = shops("1001")
    screen = opened(shop)
    screen.contents.choose("staff")
    page = screen.list_page("staff")
    page.new.click()
    assert screen.form.isHidden()
    assert {row.cells[5].words for row in page.table.rows.rows()} == {shop.words("setting.hidden")}
    assert page.new.reasons() == (shop.words("setting.no-role"),)
    assert page.note.words() == shop.words("setting.read-only")


@pytest.mark.parametrize("number", ["1012", "1013"])
def test_who_looks_after_the_building_sees_the_banks_but_nothing_that_lies_in_them(
    shops: Shops, number: str
) -> None:
    shop = shops(number)
    screen = opened(shop)
    shop.until(lambda: screen.presenter.banks)
    assert [bank.bank for bank in screen.presenter.banks] == ["B", "C"]
    screen.contents.choose("bank")
    assert screen.list_page("bank").pages.state.state is not State.NO_PERMISSION
    assert not any(one.name or one.bag or one.stay for bank in screen.presenter.banks for one in bank.cells)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_form_is_named_in_words(shops: Shops, language: str) -> None:
    shop = shops("1013", language=language)
    screen = opened(shop)
    for name, declaration in DECLARATIONS.items():
        screen.begin(name, "")
        labels = [screen.form.label(ask.name) for ask in declaration.fields]
        assert [label for label in labels if "⟨" in label] == []


def test_parameters_of_a_device_are_lines_of_name_and_value() -> None:
    values = {"device": "scale-9", "type": "scale-sics", "place": "", "parameters": "baud=9600\n\nunit = g"}
    command = command_of("device", values)
    assert getattr(command, "parameters", None) == {"baud": "9600", "unit": "g"}
    with pytest.raises(AppError) as caught:
        command_of("device", {**values, "parameters": "no sign of equality"})
    assert caught.value.code == "setting.parameter"


def test_every_kind_of_device_of_the_rack_can_be_declared_by_its_name(shops: Shops) -> None:
    shop = shops("1013")
    assert DEVICE_TYPES == KINDS
    for kind in DEVICE_TYPES:
        for language in ("zh", "en"):
            assert "⟨" not in shop.words.catalogue.text(f"bench.type.{kind}", language)
    values = {"device": "scanner-9", "type": "scanner-line", "place": "desk-1", "parameters": "ends = crlf"}
    command = command_of("device", values)
    assert (getattr(command, "type", ""), getattr(command, "parameters", None)) == (
        "scanner-line", {"ends": "crlf"},
    )  # fmt: skip


def test_doors_out_of_service_must_be_doors_of_the_bank() -> None:
    values = {
        "bank": "Z", "name_zh": "柜", "name_en": "Bank", "device": "lock-z", "reader": "", "scale": "", "doors": "8",
        "out_of_service": "3、8",
    }  # fmt: skip
    assert getattr(command_of("bank", values), "out_of_service", None) == (3, 8)
    with pytest.raises(AppError) as caught:
        command_of("bank", {**values, "out_of_service": "9"})
    assert caught.value.values == {"field": "out_of_service"}


def test_a_page_is_made_when_it_is_turned_to(shops: Shops) -> None:
    screen = opened(shops("1013"))
    assert set(screen._pages) == {"appearance"}
    assert screen._form is None
    screen.contents.choose("device")
    assert set(screen._pages) == {"appearance", "device"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_fits_and_is_said(shops: Shops, language: str) -> None:
    shop = shops("1013", language=language)
    screen = opened(shop)
    for page in PAGES:
        screen.contents.choose(page)
        assert screen.minimumSizeHint().height() <= 620
        assert [one for one in words_on(screen) if "⟨" in one or "{" in one] == []


def test_a_device_is_read_back_with_its_parameters_and_changed(shops: Shops) -> None:
    shop = shops("1013", devices=True)
    screen = opened(shop)
    page = chosen(shop, screen, "device", "lock-a")
    page.edit.click()
    shop.until(lambda: screen.form.isVisibleTo(screen))
    values = screen.form.values()
    declared = shop.kit.station.desk.house().centre.devices["lock-a"]
    assert values["type"] == declared.type
    assert dict(line.split("=", 1) for line in values["parameters"].splitlines()) == dict(declared.parameters)
    assert not screen.form.dirty()
    fill(screen, place="desk-9")
    screen.form.send.click()
    shop.until(lambda: shop.kit.station.desk.house().centre.devices["lock-a"].place == "desk-9")
    shop.until(lambda: page.table.rows.rows()[page.table.rows.place("lock-a")].cells[2].words == "desk-9")
    settled(shop, screen)
    assert dict(shop.kit.station.desk.house().centre.devices["lock-a"].parameters) == dict(
        declared.parameters
    )


def test_a_bank_is_read_back_with_its_scale(shops: Shops) -> None:
    shop = shops("1013")
    screen = opened(shop)
    page = chosen(shop, screen, "bank", "B")
    page.edit.click()
    assert screen.form.values()["scale"] == shop.kit.station.desk.house().centre.banks["B"].scale


def test_a_device_is_tried_and_tells_what_it_answered(shops: Shops) -> None:
    shop = shops("1013", devices=True)
    screen = opened(shop)
    page = chosen(shop, screen, "device", "scale-1")

    def answer() -> str:
        return page.table.rows.rows()[page.table.rows.place("scale-1")].cells[-1].words

    assert answer() == shop.words("setting.not-tried")
    page.more["try"].click()
    assert answer() == shop.words("setting.trying")
    shop.until(lambda: "scale-1" in screen.presenter.tried)
    assert screen.presenter.tried["scale-1"].answered
    assert " g" in answer()
    settled(shop, screen)


def test_a_scanner_on_the_line_is_tried_with_any_code(shops: Shops) -> None:
    shop = shops("1013", devices=True)
    screen = opened(shop)
    page = chosen(shop, screen, "device", "scanner-1")
    page.more["try"].click()

    def tried() -> bool:
        assert shop.world is not None
        shop.world.act("scan_code", device="scanner-1", code="CELL-B-12")
        return "scanner-1" in screen.presenter.tried

    shop.until(tried)
    cell = page.table.rows.rows()[page.table.rows.place("scanner-1")].cells[-1].words
    assert "扫到 9 个字符" in cell
    assert "CELL" not in cell
    settled(shop, screen)


def test_a_device_without_a_line_says_why_it_did_not_answer(shops: Shops) -> None:
    shop = shops("1013")
    screen = opened(shop)
    screen.contents.choose("camera")
    page = screen.list_page("camera")
    shop.until(lambda: page.table.rows.place("cam-1") >= 0)
    page.table.choose("cam-1")
    page.more["try"].click()
    shop.until(lambda: "cam-1" in screen.presenter.tried)
    assert not screen.presenter.tried["cam-1"].answered
    settled(shop, screen)


def test_who_may_not_use_the_bench_is_told_why(shops: Shops) -> None:
    shop = shops("1001")
    screen = opened(shop)
    screen.contents.choose("device")
    page = screen.list_page("device")
    assert page.more["try"].reasons()[0] == shop.words("setting.no-try")


@pytest.mark.parametrize(
    ("scanned", "known", "wanted"),
    [
        ("~CELL-B-12", "", Trial("~", ScanKind.CELL, "B-12")),
        ("~]E28068940000500288414115", "", Trial("~]", ScanKind.TAG, "E28068940000500288414115")),
        ("CELL-B-12", "", Trial("", ScanKind.CELL, "B-12")),
        ("CELL-B-12", "~", Trial("~", ScanKind.CELL, "B-12")),
        ("hello", "", Trial("", ScanKind.UNKNOWN, "hello")),
    ],
)
def test_a_trial_scan_is_parted_into_marks_and_code(scanned: str, known: str, wanted: Trial) -> None:
    assert trial_of(scanned, known) == wanted


def test_a_scanner_is_tried_and_its_prefix_kept(shops: Shops) -> None:
    book = Book()
    shop = shops("1001")
    screen = opened(shop, book)
    assert not screen.scanned("unknown", "~CELL-B-12")
    screen.contents.choose("scanner")
    page = screen.page("scanner")
    assert isinstance(page, ScannerPage)
    assert not page.use.isVisibleTo(screen)
    assert screen.scanned("unknown", "~CELL-B-12")
    assert page.use.isVisibleTo(screen)
    page.use.click()
    assert book.prefs.scan_prefix == "~"
    page.field.setText("A")
    page.keep.click()
    assert book.prefs.scan_prefix == "~"
    page.field.clear()
    page.keep.click()
    assert book.prefs.scan_prefix == ""


def test_an_open_form_is_said_anew_and_keeps_what_was_filled_in(shops: Shops) -> None:
    shop = shops("1013")
    screen = opened(shop)
    screen.begin("room", "")
    fill(screen, name_zh="候问室九", use="holding")
    shop.words.language = "en"
    screen.retranslate()
    assert screen.form._rows["capacity"].label.words() == shop.words("setting.field.capacity") == "Places"
    assert screen.form.values()["use"] == "holding"
    assert screen.form.values()["name_zh"] == "候问室九"
