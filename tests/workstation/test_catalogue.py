"""The catalogue reads its files as TOML says, and fast where they are written one entry a line."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.catalogue import Catalogue, plain_lines
from workstation.errors import SettingsError

FOLDER = Path(__file__).parents[2] / "resources/i18n/catalogue"
FILES = sorted(FOLDER.glob("*.toml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_shipped_file_is_read_fast_and_as_the_parser_reads_it(path: Path) -> None:
    text = path.read_text("utf-8")
    assert plain_lines(text) == tomllib.loads(text)


@given(st.lists(st.text(alphabet='"\\n\x00\t\r\nx。{}=#', max_size=8), min_size=3, max_size=3))
def test_what_is_read_fast_is_what_the_parser_reads(parts: list[str]) -> None:
    code, zh, en = parts
    text = f'# one\n"{code}" = {{ zh = "{zh}", en = "{en}" }}\n'
    fast = plain_lines(text)
    if fast:
        assert fast == tomllib.loads(text)


@pytest.mark.parametrize(
    "line",
    [
        '"a" = { zh = "一", en = "one" } # said',
        '"a" = { en = "one", zh = "一" }',
        '"a" = { zh = \'一\', en = "one" }',
        '"a" = { zh = "\\u4e00", en = "one" }',
        'a = { zh = "一", en = "one" }',
        '"a" = { zh = """一""", en = "one" }',
    ],
)
def test_other_forms_go_to_the_parser(line: str, tmp_path: Path) -> None:
    assert plain_lines(line) is None
    (tmp_path / "one.toml").write_text(line, "utf-8")
    words = Catalogue.load(tmp_path)
    assert (words.text("a", "zh"), words.text("a", "en")) == ("一", "one")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ('"a" = { zh = "一", en = "one" }\n"a" = { zh = "二", en = "two" }\n', "catalogue.unreadable"),
        ('"a" = { zh = "一", en = "one" ', "catalogue.unreadable"),
        ('"a" = { zh = "一" }', "catalogue.languages"),
        ('"b" = { zh = "一", en = "one" }', "catalogue.twice"),
    ],
)
def test_a_wrong_file_is_refused(content: str, code: str, tmp_path: Path) -> None:
    (tmp_path / "first.toml").write_text('"b" = { zh = "一", en = "one" }\n', "utf-8")
    (tmp_path / "second.toml").write_text(content, "utf-8")
    with pytest.raises(SettingsError) as caught:
        Catalogue.load(tmp_path)
    assert caught.value.code == code
    assert caught.value.values["file"] == "second.toml"


def test_the_hash_is_of_the_words_and_not_of_how_they_are_written(tmp_path: Path) -> None:
    hashes = set()
    for name, text in {
        "line": '"a" = { zh = "一", en = "one\\ntwo" }',
        "table": '[a]\nen = "one\\ntwo"\nzh = "一"',
        "other": '"a" = { zh = "一", en = "one two" }',
    }.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "words.toml").write_text(text, "utf-8")
        hashes.add((name == "other", Catalogue.load(tmp_path / name).hash))
    assert len(hashes) == 2
