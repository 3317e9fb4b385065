"""The preview on the real station: pages, keys, what a look and a print leave behind, printers that are not there."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.screen_kit import Shop, Shops
from ui.papers.choices import LISTING, of_stay
from ui.papers.opening import PaperOpener
from ui.papers.view import PaperPreview
from ui.widgets.look import Look
from workstation.custody.values import Paper
from workstation.services.practice import stay_id

HELD, TALKING = stay_id(2), stay_id(3)
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class Screen(QWidget):
    """A screen with a field, and keys of its own that change something."""

    def __init__(self) -> None:
        super().__init__()
        self.pressed: list[str] = []
        self.field = QLineEdit(self)
        self.button = QPushButton("x", self)
        self.button.setShortcut("F12")
        self.button.clicked.connect(lambda: self.pressed.append("F12"))
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.button)
        for key in ("N", "Ctrl+P", "Ctrl+S", "F2", "Ctrl+L", "PgDown"):
            QShortcut(key, self, activated=lambda key=key: self.pressed.append(key))

    def notice(self, _: object) -> None: ...


class Desk:
    """A screen with a preview on it."""

    def __init__(self, shop: Shop, look: Look, folder: Path | None) -> None:
        self.shop = shop
        self.screen: Screen = shop.show(Screen(), width=1274, height=620)
        self.screen.activateWindow()
        self.screen.field.setFocus()
        self.opener = PaperOpener(self.screen, shop.context, look, folder)

    @property
    def preview(self) -> PaperPreview:
        assert self.opener.preview is not None
        return self.opener.preview

    def open(self, paper: Paper = Paper.CUSTODY_RECORD, stay: str = HELD) -> PaperPreview:
        self.opener.of_stay(stay, "A-03", paper)
        self.settled()
        return self.preview

    def settled(self) -> None:
        preview = self.preview
        self.shop.until(
            lambda: (
                preview.presenter.printers.known
                and not preview.presenter.reading
                and not preview.presenter.busy
            )
        )

    def noted(self, stay: str = HELD) -> list[tuple[str, str]]:
        rows = self.shop.kit.station.access.rows(stay=stay)
        return [(row.access.action, row.access.purpose) for row in rows]


def desk(shops: Shops, look: Look, tmp_path: Path) -> Desk:
    return Desk(shops("1007"), look, tmp_path / "prints")


def system(folder: Path, **programs: str) -> str:
    """A folder with programs of a print system; gives its path for PATH."""
    folder.mkdir()
    for name, text in programs.items():
        path = folder / name
        path.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(folder)


LPSTAT = 'case "$1" in -e) printf "hall\\noffice\\n";; -d) echo "system default destination: office";; esac'


def test_pages_are_shown_and_turned_by_keys_and_zoomed(
    shops: Shops, look: Look, tmp_path: Path, qtbot: QtBot
) -> None:
    shown = desk(shops, look, tmp_path).open()
    pages = shown.pages
    assert pages.count >= 2
    assert pages.hasFocus()
    assert "办案区使用情况登记表" in pages.accessibleDescription()
    qtbot.keyClick(pages, Qt.Key.Key_PageDown)
    assert pages.page == 1
    assert shown.page.text().startswith(f"2 / {pages.count}")
    qtbot.keyClick(pages, Qt.Key.Key_Home)
    assert pages.page == 0
    assert not shown.back.isEnabled()
    qtbot.keyClick(pages, Qt.Key.Key_End)
    assert pages.page == pages.count - 1
    assert not shown.on.isEnabled()
    before = pages.percent
    assert 80 < before < 250
    assert shown.page.text().endswith(f"{before}%")
    qtbot.keyClick(pages, Qt.Key.Key_Plus)
    assert pages.percent == pytest.approx(before * 1.2, abs=1)
    assert pages.page == pages.count - 1, "the page stays in view"
    qtbot.keyClick(pages, Qt.Key.Key_0)
    assert pages.percent == pytest.approx(before, abs=1)
    qtbot.keyClick(pages, Qt.Key.Key_0)
    assert pages.whole
    assert pages.percent < before


def test_the_keys_of_the_screen_below_rest_until_escape(
    shops: Shops, look: Look, tmp_path: Path, qtbot: QtBot
) -> None:
    at = desk(shops, look, tmp_path)
    shown = at.open()
    for key in (Qt.Key.Key_N, Qt.Key.Key_F12, Qt.Key.Key_PageDown):
        qtbot.keyClick(shown.pages, key)
    assert at.screen.pressed == []
    qtbot.keyClick(shown.pages, Qt.Key.Key_F2)
    qtbot.keyClick(shown.pages, Qt.Key.Key_L, CTRL)
    assert at.screen.pressed == ["F2", "Ctrl+L"], "those of the window go on"
    qtbot.keyClick(shown.pages, Qt.Key.Key_Escape)
    assert at.opener.preview is None
    assert at.screen.field.isEnabled()
    assert at.screen.field.hasFocus()
    qtbot.keyClick(at.screen.button, Qt.Key.Key_F12)
    at.shop.until(lambda: at.screen.pressed[-1] == "F12")


def test_a_look_is_noted_and_only_a_print_is_an_entry(
    shops: Shops, look: Look, tmp_path: Path, qtbot: QtBot
) -> None:
    at = desk(shops, look, tmp_path)
    shown = at.open()
    seq = at.shop.kit.station.desk.house().seq
    assert at.noted()[-1] == ("view-paper", "custody-record")
    qtbot.keyClick(shown.pages, Qt.Key.Key_Down, ALT)
    at.settled()
    assert at.noted()[-1] == ("view-paper", "search-record")
    assert at.shop.kit.station.desk.house().seq == seq
    qtbot.keyClick(shown.pages, Qt.Key.Key_S, CTRL)
    at.shop.until(lambda: at.shop.said.infos)
    assert at.noted()[-1] == ("print-paper", "search-record")
    assert at.shop.kit.station.desk.house().seq == seq + 1
    ((code, values),) = at.shop.said.infos
    assert code == "preview.saved"
    saved = Path(str(values["file"]))
    assert saved.name.startswith("A-03-search-record-")
    assert at.shop.kit.station.desk.house().stays[HELD].papers.prints[-1].digest[:8] in saved.name


def test_without_a_print_system_it_is_said_and_nothing_is_recorded(
    shops: Shops, look: Look, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", system(tmp_path / "bin"))
    at = desk(shops, look, tmp_path)
    shown = at.open()
    seq = at.shop.kit.station.desk.house().seq
    assert "没有安装打印系统" in shown.why.text()
    assert shown.print.reasons()
    assert not shown.printer.isVisible()
    qtbot.keyClick(shown.pages, Qt.Key.Key_P, CTRL)
    assert [one.code for one in at.shop.said.errors] == ["preview.no-lp"]
    assert at.shop.kit.station.desk.house().seq == seq


@pytest.mark.parametrize("lpstat", ["exit 0", "echo 'lpstat: no scheduler' >&2; exit 1"])
def test_a_print_system_without_printers_is_said(
    lpstat: str, shops: Shops, look: Look, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", system(tmp_path / "bin", lpstat=lpstat))
    assert "没有可用的打印机" in desk(shops, look, tmp_path).open().why.text()


def test_the_usual_printer_is_offered_and_gets_the_file_that_was_recorded(
    shops: Shops, look: Look, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = tmp_path / "taken"
    lp = f'for one; do printf "%s\\n" "$one" >> {taken}; done; echo "request id is office-7 (1 file(s))"'
    monkeypatch.setenv("PATH", system(tmp_path / "bin", lpstat=LPSTAT, lp=lp))
    at = desk(shops, look, tmp_path)
    shown = at.open()
    assert shown.printer.key() == "office"
    assert not shown.print.reasons()
    shown.copies.setValue(2)
    qtbot.keyClick(shown.pages, Qt.Key.Key_P, CTRL)
    at.shop.until(lambda: at.shop.said.infos)
    assert at.shop.said.infos == [
        ("preview.sent", {"printer": "office", "job": "request id is office-7 (1 file(s))"})
    ]
    arguments = taken.read_text("utf-8").splitlines()
    assert arguments[:6] == ["-d", "office", "-n", "2", "-o", "media=A4"]
    assert Path(arguments[-1]).read_bytes().startswith(b"%PDF")
    assert at.shop.kit.station.desk.house().stays[HELD].papers.prints[-1].paper is Paper.CUSTODY_RECORD


def test_a_printer_that_does_not_take_it_is_told_with_its_words(
    shops: Shops, look: Look, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lp = "echo 'lp: The printer or class does not exist.' >&2; exit 1"
    monkeypatch.setenv("PATH", system(tmp_path / "bin", lpstat=LPSTAT, lp=lp))
    at = desk(shops, look, tmp_path)
    at.open().print.click()
    at.shop.until(lambda: at.shop.said.errors)
    (error,) = at.shop.said.errors
    assert error.code == "preview.not-taken"
    assert error.values["reason"] == "lp: The printer or class does not exist."
    assert list((tmp_path / "prints").glob("*.pdf")), "the file is kept all the same"


def test_leaving_while_it_is_printed_does_not_lose_the_print(
    shops: Shops, look: Look, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lp = "read _ </dev/null; echo done"
    monkeypatch.setenv("PATH", system(tmp_path / "bin", lpstat=LPSTAT, lp=lp))
    at = desk(shops, look, tmp_path)
    shown = at.open()
    shown.print.click()
    shown.leave()
    at.shop.until(lambda: at.shop.said.infos)
    assert at.shop.said.infos[0][0] == "preview.sent"


def test_a_paper_that_cannot_be_made_says_why_and_the_others_can(
    shops: Shops, look: Look, tmp_path: Path
) -> None:
    at = Desk(shops("1012"), look, tmp_path / "prints")  # may look at no paper
    shown = at.open()
    assert shown.area.currentWidget() is shown.area.state
    assert not shown.save.isEnabled()
    assert shown.presenter.error is not None
    assert shown.presenter.error.code == "accounts.no-role"


def test_without_a_folder_nothing_is_recorded(shops: Shops, look: Look) -> None:
    at = Desk(shops("1007"), look, None)
    shown = at.open()
    seq = at.shop.kit.station.desk.house().seq
    shown.save.click()
    assert [one.code for one in at.shop.said.errors] == ["preview.no-folder"]
    assert at.shop.kit.station.desk.house().seq == seq


def test_another_person_on_the_screen_takes_the_paper_away(shops: Shops, look: Look, tmp_path: Path) -> None:
    at = desk(shops, look, tmp_path)
    at.open()
    at.opener.follow(HELD)
    assert at.opener.preview is not None
    at.opener.follow(TALKING)
    assert at.opener.preview is None


def test_the_register_of_today_is_beside_the_board(shops: Shops, look: Look, tmp_path: Path) -> None:
    at = desk(shops, look, tmp_path)
    at.opener.of_centre()
    at.settled()
    assert at.preview.papers.count() == 3
    at.preview.papers.setCurrentRow(1)
    at.settled()
    assert "涉案人员进出办案区登记台账" in at.preview.pages.accessibleDescription()
    assert ("view-paper", "register") in at.noted()


def test_what_is_counted_blind_is_not_offered() -> None:
    offered = {one.key for one in of_stay(HELD, "A-03", blind=True, languages={})}
    assert offered == {Paper.SEARCH_RECORD.value, Paper.RIGHTS_NOTICE.value}
    assert not offered & {one.value for one in LISTING}


def test_the_paper_is_in_the_language_that_is_asked_for(shops: Shops, look: Look, tmp_path: Path) -> None:
    at = desk(shops, look, tmp_path)
    at.opener.of_stay(HELD, "A-03", Paper.RIGHTS_NOTICE, languages={Paper.RIGHTS_NOTICE: "en"})
    at.settled()
    assert "Your rights" in at.preview.pages.accessibleDescription()
    at.shop.words.language = "en"
    at.preview.retranslate()
    assert at.preview.papers.item(0).text() == at.shop.words("paper.custody-record")
