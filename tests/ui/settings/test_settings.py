"""The settings: the look through the preferences, layout and staff through the record."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from tests.ui.screen_kit import Shop, Shops
from ui.prefs import Prefs
from ui.settings.declaring import DECLARATIONS, command_of
from ui.settings.forms import Ticks
from ui.settings.view import SettingsScreen
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
    shop.until(lambda: screen.presenter.staff)
    return screen


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
    screen.appearance.theme.buttons["dark"].click()
    screen.appearance.scale.buttons["125"].click()
    screen.appearance.motion.click()
    assert book.prefs == Prefs(theme="dark", scale=125, reduced_motion=True)
    book.broken = True
    screen.appearance.language.buttons["en"].click()
    assert [error.code for error in shop.said.errors] == ["prefs.unwritable"]


def test_an_administrator_declares_a_room(shops: Shops) -> None:
    shop = shops("1013")
    screen = opened(shop)
    screen.contents.choose("room")
    page = screen.lists["room"]
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


def test_an_administrator_enrols_a_colleague_and_binds_a_card(shops: Shops) -> None:
    shop = shops("1013")
    screen = opened(shop)
    page = screen.lists["staff"]
    screen.contents.choose("staff")
    page.new.click()
    fill(
        screen, staff="P1090", name="测试警官", number="1090", roles="guard intake", rank="1", unit="演练办案中心", sex="male",
        active="yes",
    )  # fmt: skip
    screen.form.send.click()
    shop.until(lambda: page.table.rows.place("P1090") >= 0)
    page.table.choose("P1090")
    page.card.click()
    fill(screen, card="STAFF-1090")
    screen.form.send.click()
    shop.until(lambda: shop.kit.station.desk.house().centre.cards.get("STAFF-1090") == "P1090")


def test_others_may_look_only(shops: Shops) -> None:
    shop = shops("1001")
    screen = opened(shop)
    screen.contents.choose("staff")
    page = screen.lists["staff"]
    page.new.click()
    assert screen.form.isHidden()
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
    assert screen.lists["bank"].pages.state.state is not State.NO_PERMISSION
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


def test_doors_out_of_service_must_be_doors_of_the_bank() -> None:
    values = {
        "bank": "Z", "name_zh": "柜", "name_en": "Bank", "device": "lock-z", "reader": "", "scale": "", "doors": "8",
        "out_of_service": "3、8",
    }  # fmt: skip
    assert getattr(command_of("bank", values), "out_of_service", None) == (3, 8)
    with pytest.raises(AppError) as caught:
        command_of("bank", {**values, "out_of_service": "9"})
    assert caught.value.values == {"field": "out_of_service"}
