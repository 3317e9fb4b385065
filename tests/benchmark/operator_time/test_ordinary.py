"""The ordinary stay at the real window: the log can be charged, and the record holds every fact with its act."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from PySide6.QtWidgets import QApplication

from tests.benchmark.operator_time.__main__ import RecordFile
from tests.benchmark.operator_time.coverage import cover
from tests.benchmark.operator_time.log import Signature, read_log
from tests.benchmark.operator_time.report import compare
from tests.benchmark.operator_time.run import LOG, RECORD, play
from tests.benchmark.operator_time.twelve import facts
from tests.station_kit import ROOT

PUBLISHED = ROOT / "tests" / "assets" / "operator-time" / "published"

ADMITTED = 4
"""Parts after the arrival: registered, informed, examined, searched."""
TIME, KEYS = 0.55, 0.75
"""Shares of the official variant that a whole stay saves at least."""
FORMS = ("main.1", "voucher", "lookup", "arrival", "main.1b", "band", "rights", "family", "main.2", "search")
"""The forms of the traditional side that hold the facts of an admission up to the search."""


def test_an_admission_leaves_every_fact_of_its_forms_on_the_record(
    qapp: QApplication, tmp_path: Path
) -> None:
    record = play(qapp, tmp_path, ADMITTED)
    events = read_log(tmp_path / LOG)
    wanted = [one for one in facts() if one["form"] in FORMS and "approver" not in one["id"]]
    assert len(wanted) > 60
    assert cover(wanted, record, events).problems == ()
    signed = [one.fact for one in events if isinstance(one, Signature)]
    assert len(signed) == len(set(signed))


@pytest.mark.long
@pytest.mark.timeout(600)
def test_a_whole_stay_is_covered_and_takes_half_the_time(qapp: QApplication, tmp_path: Path) -> None:
    record = play(qapp, tmp_path)
    found = compare(read_log(tmp_path / LOG), record)
    assert found.coverage.problems == ()
    official = next(one for one in found.against if one.variant == "typed")
    assert official.time >= TIME
    assert official.keys is not None
    assert official.keys >= KEYS


def test_the_published_run_is_covered_and_saves_what_is_said() -> None:
    record = msgspec.json.decode((PUBLISHED / RECORD).read_bytes(), type=RecordFile).facts
    found = compare(read_log(PUBLISHED / LOG), record)
    assert found.coverage.problems == ()
    assert found.coverage.covered == 226
    said = (ROOT / "docs" / "operator-time.md").read_text("utf-8")
    for one in found.against:
        keys = "–" if one.keys is None else f"{one.keys:.1%}"
        assert f"{one.time:.1%} | {keys} |" in said, one.variant
    assert f"{found.session.seconds:.1f} s and {found.session.keystrokes:.1f} keystrokes" in said
