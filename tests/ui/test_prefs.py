"""The preferences of the window."""

from __future__ import annotations

from pathlib import Path

import pytest

from ui import prefs
from ui.prefs import Prefs
from workstation.errors import SettingsError


def test_nothing_kept_gives_the_defaults(tmp_path: Path) -> None:
    assert prefs.load(tmp_path) == (Prefs(), None)


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    wanted = Prefs(theme="dark", language="en", scale=125, reduced_motion=True, scan_prefix="~]")
    prefs.save(tmp_path / "new", wanted)
    assert prefs.load(tmp_path / "new") == (wanted, None)
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["window.toml"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("theme = ", "prefs.unreadable"),
        ("\udcff", "prefs.unreadable"),
        ('thme = "dark"', "prefs.unknown"),
        ('theme = "blue"', "prefs.value"),
        ("theme = 3", "prefs.value"),
        ('language = "fr"', "prefs.value"),
        ("scale = 99", "prefs.value"),
        ("scale = 201", "prefs.value"),
        ("scale = 1.5", "prefs.value"),
        ("scale = true", "prefs.value"),
        ('reduced_motion = "yes"', "prefs.value"),
        ('scan_prefix = "A"', "prefs.value"),
        ('scan_prefix = "~~~~~"', "prefs.value"),
        ("scan_prefix = 7", "prefs.value"),
    ],
)
def test_an_odd_file_is_told_and_left_alone(tmp_path: Path, content: str, code: str) -> None:
    data = content.encode("utf-8", "surrogateescape")
    (tmp_path / prefs.FILE).write_bytes(data)
    kept, trouble = prefs.load(tmp_path)
    assert kept == Prefs()
    assert trouble is not None
    assert trouble.code == code
    assert (tmp_path / prefs.FILE).read_bytes() == data


def test_what_is_right_beside_something_odd_is_used(tmp_path: Path) -> None:
    (tmp_path / prefs.FILE).write_text('theme = "dark"\nscale = 1250\nlangage = "en"\n', "utf-8")
    kept, trouble = prefs.load(tmp_path)
    assert kept == Prefs(theme="dark")
    assert trouble is not None
    assert (trouble.code, trouble.values["key"], trouble.values["value"]) == ("prefs.value", "scale", "1250")


def test_a_disk_that_refuses_is_told(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file where the folder should be", "utf-8")
    with pytest.raises(SettingsError) as caught:
        prefs.save(tmp_path / "home", Prefs())
    assert caught.value.code == "prefs.unwritable"
