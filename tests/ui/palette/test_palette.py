"""Typing, the list, and what is opened, on the real station."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tests.ui.screen_kit import Shop, Shops, screen_home, shops
from ui.palette.offers import Offer
from ui.palette.presenter import PalettePresenter, Recent, Row
from ui.palette.view import ROW_ROLE, Palette

__all__ = ["screen_home", "shops"]


class Opened:
    """The search over a window, and what came out of it."""

    def __init__(self, shop: Shop, recent: Recent | None = None) -> None:
        self.shop, self.rows = shop, []
        self.acts: list[str] = []
        offer = Offer(
            "find.do.lock", "锁定", "lock", "Ctrl+L", ("锁定", "lock", "sd"), lambda: self.acts.append("lock")
        )
        self.window = QWidget()
        shop.bot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show()
        self.recent = recent or Recent()
        presenter = PalettePresenter(shop.context, (offer,), self.recent)
        self.palette = Palette(shop.words, shop.look, presenter, self.window)
        self.palette.chosen.connect(self.rows.append)
        self.palette.start()
        shop.until(self.palette.isVisible)

    def type(self, text: str) -> None:
        self.palette.text.setText(text)
        self.palette.presenter.type(text)

    def shown(self) -> list[Row]:
        model = self.palette.rows.model()
        return [model.index(row, 0).data(ROW_ROLE) for row in range(model.rowCount())]

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            self.shop.bot.keyClick(self.palette.text, key)


def test_a_person_is_found_and_opened_by_keys_alone(shops: Shops) -> None:
    shop = shops()
    opened = Opened(shop)
    card = shop.stay()
    opened.type(card.number)
    shop.until(lambda: [row.hit.stay for row in opened.shown() if row.hit][:1] == [card.stay])
    opened.press(Qt.Key.Key_Return)
    assert opened.rows[0].hit.stay == card.stay
    assert not opened.palette.isVisible()


def test_nothing_typed_shows_the_actions(shops: Shops) -> None:
    opened = Opened(shops())
    assert [row.text for row in opened.shown()] == ["锁定"]
    assert opened.shown()[0].key == "Ctrl+L"


def test_what_was_opened_last_stands_first(shops: Shops) -> None:
    shop = shops()
    first = Opened(shop)
    card = shop.stay()
    first.type(card.number)
    shop.until(lambda: any(row.hit for row in first.shown()))
    first.press(Qt.Key.Key_Return)
    second = Opened(shop, first.recent)
    assert second.shown()[0].hit.stay == card.stay
    second.type("锁")
    shop.until(lambda: [row.text for row in second.shown()] == ["锁定"])


def test_arrows_choose_and_do_not_leave_the_list(shops: Shops) -> None:
    shop = shops()
    opened = Opened(shop)
    opened.type("-0")
    shop.until(lambda: len(opened.shown()) > 3)
    opened.press(Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up)
    assert opened.palette.rows.currentIndex().row() == 1
    opened.press(Qt.Key.Key_Up, Qt.Key.Key_Up)
    assert opened.palette.rows.currentIndex().row() == 0


def test_nothing_found_says_so_and_enter_does_nothing(shops: Shops) -> None:
    shop = shops()
    opened = Opened(shop)
    opened.type("不存在的名字")
    shop.until(lambda: opened.palette.presenter.note == "没有找到")
    opened.press(Qt.Key.Key_Return)
    assert opened.rows == []
    assert opened.palette.isVisible()


def test_who_may_not_search_persons_has_the_actions(shops: Shops) -> None:
    shop = shops("1012")
    opened = Opened(shop)
    opened.type("A-01")
    shop.until(lambda: opened.palette.presenter.note == "没有找到")
    opened.type("sd")
    shop.until(lambda: [row.text for row in opened.shown()] == ["锁定"])
    assert shop.said.errors == []


def test_a_late_answer_is_dropped(shops: Shops) -> None:
    shop = shops()
    opened = Opened(shop)
    opened.type("A-01")
    opened.palette.presenter.ask()
    opened.type("不存在的名字")
    shop.until(lambda: opened.palette.presenter.note == "没有找到")
    assert opened.shown() == []
