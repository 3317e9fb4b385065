"""The shipped pack loads whole; a pack with anything wrong is refused with its file and field."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from workstation.custody.gates import GATES
from workstation.custody.values import CaseKind, Measure
from workstation.errors import SettingsError
from workstation.law.pack import FILES, Pack

CN = Path(__file__).parents[3] / "resources" / "law" / "cn"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in FILES:
        shutil.copy(CN / name, tmp_path / name)
    return tmp_path


def test_the_shipped_pack_has_every_row_with_basis_and_mark() -> None:
    pack = Pack.load(CN)
    assert [row.gate for row in pack.gate_rows] == [gate.id for gate in GATES]
    assert all(row.basis and row.mark in ("V", "V2", "G", "D") for row in pack.gate_rows)
    assert len(pack.hash) == 64
    assert pack.name == "cn"
    assert all(pack.title)


def test_the_hash_follows_every_byte(folder: Path) -> None:
    before = Pack.load(folder).hash
    path = folder / "gates.toml"
    path.write_text(path.read_text("utf-8") + "# one more line\n", "utf-8")
    assert Pack.load(folder).hash != before


def test_the_new_tier_is_open_from_2026_on_and_for_public_order_only() -> None:
    pack = Pack.load(CN)
    before = pack.measure(Measure.SUMMONS, datetime(2025, 12, 31, 15, 59, 59, tzinfo=UTC))
    after = pack.measure(Measure.SUMMONS, datetime(2025, 12, 31, 16, 0, tzinfo=UTC))
    assert before is not None
    assert after is not None
    assert [tier.tier for tier in before.tiers] == ["8", "24"]
    assert [tier.tier for tier in after.tiers] == ["8", "12", "24"]
    assert after.tiers[1].cases == {CaseKind.PUBLIC_ORDER}
    assert pack.measure(Measure.SUMMONS, datetime(1990, 1, 1, tzinfo=UTC)) is None


def test_a_row_that_the_pack_leaves_out_is_not_in_force(folder: Path) -> None:
    path = folder / "gates.toml"
    text = path.read_text("utf-8")
    path.write_text(text[: text.index("[GS1b]")] + text[text.index("[GS2]") :], "utf-8")
    assert Pack.load(folder).gate("GS1b") is None


WRONG = [
    ("gates.toml", "[GA1]", "[GA9]", "pack.invalid", "GA9"),
    ("gates.toml", 'cure = "begin-search"', 'cure = "begin-serach"', "pack.invalid", "GS1.cure"),
    ("gates.toml", 'kind = "hard"', 'kind = "harsh"', "pack.invalid", "$"),
    ("gates.toml", "due_min = 60", "due_min = -1", "pack.invalid", "due_min"),
    ("gates.toml", "by_hand = false", "by_hand = false\nbyhand = true", "pack.invalid", "$"),
    ("gates.toml", 'kind = "hard"', 'kind = "hard', "pack.syntax", ""),
    ("thresholds.toml", "[threshold.meal-min]", "[threshold.meals-min]", "pack.invalid", "meals-min"),
    ("thresholds.toml", "value = 360", "value = 9000", "pack.invalid", "threshold."),
    ("thresholds.toml", "value = 360", 'value = "360"', "pack.invalid", "$"),
    ("thresholds.toml", '"under-16"', '"under-sixteen"', "pack.invalid", "words."),
    ("thresholds.toml", "[words.samples]", "[words.sample]", "pack.invalid", "words.sample"),
    ("clocks.toml", 'after = "12"', 'after = "13"', "pack.invalid", "tier 24"),
    ("clocks.toml", "blue_min = 360", "blue_min = 700", "pack.invalid", "tier 8"),
    ("clocks.toml", "effective_to = 2026-01-01T00:00:00+08:00", "", "pack.invalid", "summons"),
    ("clocks.toml", "effective_from = 2013-01-01T00:00:00+08:00", "effective_from = 2013-01-01T00:00:00", "pack.invalid", "summons"),
    ("clocks.toml", "effective_to = 2026-01-01T00:00:00+08:00", "effective_to = 2000-01-01T00:00:00+08:00", "pack.invalid", "summons"),
    ("clocks.toml", "[limit.T-FAM]", "[limit.T-FAMILY]", "pack.invalid", "limit.T-FAMILY"),
    ("clocks.toml", 'barred = ["ill", "infectious"]', 'barred = ["sick"]', "pack.invalid", "continued"),
    ("clocks.toml", 'rank = "bureau-head"', 'rank = "minister"', "pack.invalid", "$"),
    ("pack.toml", "[basis.one-officer-evidence]", "[basis.one-officer]", "pack.invalid", "basis.one-officer"),
    ("pack.toml", 'author = ""', "", "pack.invalid", "$"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "code", "field"), WRONG)
def test_a_wrong_pack_is_refused(folder: Path, file: str, old: str, new: str, code: str, field: str) -> None:
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(SettingsError) as caught:
        Pack.load(folder)
    assert caught.value.code == code
    assert caught.value.values["file"] == file
    assert field in str(caught.value.values.get("field", ""))


@pytest.mark.parametrize("file", FILES)
def test_a_missing_or_unreadable_file_is_named(folder: Path, file: str) -> None:
    (folder / file).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError) as caught:
        Pack.load(folder)
    assert caught.value.code == "pack.unreadable"
    (folder / file).unlink()
    with pytest.raises(SettingsError) as caught:
        Pack.load(folder)
    assert (caught.value.code, caught.value.values["file"]) == ("pack.unreadable", file)
