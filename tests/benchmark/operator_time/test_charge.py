"""The arithmetic of the keystroke-level model, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmark.operator_time.charge import KEYS_PER_CJK, charge
from tests.benchmark.operator_time.log import (
    AnyEvent,
    Click,
    Device,
    Handling,
    Key,
    LogError,
    Mental,
    Pretick,
    Response,
    Scan,
    Signature,
    Write,
    read_log,
)

TYPED = Key(target="a", fact="x", text="测12")
OFFICER = Signature(fact="s", by="staff", paper="p")


@pytest.mark.parametrize(
    ("events", "operators"),
    [
        pytest.param([TYPED], {"M": 1, "K": KEYS_PER_CJK + 2}, id="text-as-committed"),
        pytest.param(
            [TYPED, Key(target="b", key="Tab")], {"M": 1, "K": KEYS_PER_CJK + 3}, id="tab-is-no-act"
        ),
        pytest.param([Key(target="a", key="Ctrl+P")], {"M": 1, "K": 2}, id="a-chord-counts-each-key"),
        pytest.param([Key(target="a", key="+")], {"M": 1, "K": 1}, id="the-plus-key"),
        pytest.param(
            [Click(target="b"), Key(target="c", key="Ctrl+S")],
            {"M": 2, "H": 2, "P": 1, "B": 2, "K": 2},
            id="hand",
        ),
        pytest.param([Click(target="b", n=2)], {"M": 1, "H": 1, "P": 1, "B": 4}, id="double-click"),
        pytest.param([Device(facts=("x",)), TYPED], {"M": 1.0, "K": KEYS_PER_CJK + 2}, id="seen-is-a-glance"),
        pytest.param([Pretick(facts=("x", "y"))], {"M": 2}, id="pretick-costs-in-full"),
        pytest.param([OFFICER, OFFICER], {"M": 1, "H": 1, "D": 2}, id="read-a-paper-once"),
        pytest.param(
            [Signature(fact="s", by="person", paper="p")],
            {"M": 1, "present": 1},
            id="the-person-takes-the-pen",
        ),
        pytest.param(
            [Scan(target="band", fact="x"), TYPED], {"M": 1.5, "scan": 1, "K": KEYS_PER_CJK + 2}, id="scan"
        ),
        pytest.param(
            [Write(target="a", text="测1")], {"H": 1, "M": 1, "write_cjk": 1, "write_other": 1}, id="pen"
        ),
        pytest.param(
            [Handling(op="walk", n=2), Key(target="a", key="F12")],
            {"walk": 2, "H": 1, "M": 1, "K": 1},
            id="walk",
        ),
        pytest.param([Mental(n=2), Response(n=0.5)], {"M": 2, "R": 0.5}, id="thought-and-waiting"),
    ],
)
def test_events_cost(events: list[AnyEvent], operators: dict[str, float]) -> None:
    assert {name: count for name, count in charge(events).ops.items() if count} == pytest.approx(operators)


def test_keys_are_not_hidden_as_clicks() -> None:
    assert charge([Click(target="a"), Click(target="b")]).keystrokes == 2


@pytest.mark.parametrize(
    ("line", "why"),
    [
        pytest.param('{"type":"paste","target":"a","text":"x"}', "Invalid value 'paste'", id="no-paste"),
        pytest.param('{"type":"key","target":"a"}', "either text or a name", id="no-key"),
        pytest.param('{"type":"key","target":"a","text":"x","key":"F1"}', "either text or a name", id="both"),
        pytest.param('{"type":"key","target":" ","text":"x"}', "no target", id="no-target"),
        pytest.param('{"type":"click","target":"a","n":0}', "below one", id="no-click"),
        pytest.param('{"type":"mental","n":-1}', "below zero", id="a-thought-taken-back"),
        pytest.param('{"type":"response","n":-0.1}', "below zero", id="time-taken-back"),
        pytest.param('{"type":"handling","op":"throw"}', "Invalid enum value", id="other-handling"),
        pytest.param(
            '{"type":"signature","fact":"s","by":"nobody","paper":"p"}', "Invalid enum", id="signer"
        ),
        pytest.param('{"type":"click","target":"a","batch":true}', "unknown field", id="other-key"),
        pytest.param("nonsense", "line 1", id="no-json"),
        pytest.param(
            '{"type":"click","t":2,"target":"a"}\n{"type":"click","t":1,"target":"a"}', "earlier", id="order"
        ),
        pytest.param(
            '{"type":"key","target":"w","fact":"person.name","text":"x"}\n'
            '{"type":"key","target":"w","fact":"person.job","text":"y"}',
            "stands for",
            id="one-widget-for-two-data",
        ),
    ],
)
def test_a_log_that_hides_something_is_refused(tmp_path: Path, line: str, why: str) -> None:
    log = tmp_path / "events.jsonl"
    log.write_text(line, "utf-8")
    with pytest.raises(LogError, match=why):
        read_log(log)


def test_rows_of_one_list_may_come_from_one_widget(tmp_path: Path) -> None:
    log = tmp_path / "events.jsonl"
    log.write_text(
        '{"type":"key","target":"w","fact":"item.1.name","text":"sj"}\n\n'
        '{"type":"key","target":"w","fact":"item.2.name","text":"qb"}\n',
        "utf-8",
    )
    assert charge(read_log(log)).fields == 2
