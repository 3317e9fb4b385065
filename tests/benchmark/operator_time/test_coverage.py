"""What makes a session count: the facts of the final record, and how each came there."""

from __future__ import annotations

import pytest

from tests.benchmark.operator_time.coverage import Known, cover
from tests.benchmark.operator_time.log import AnyEvent, Click, Device, Key, Pretick, Scan, Signature
from tests.benchmark.operator_time.report import compare
from tests.benchmark.operator_time.twelve import facts

Record = dict[str, Known]


@pytest.fixture
def record() -> Record:
    return {one["id"]: Known(value=one.get("value", "1"), how="auto") for one in facts()}


@pytest.fixture
def acts() -> list[AnyEvent]:
    signed = [one["id"] for one in facts() if one["kind"] == "signature"]
    found = tuple(one["id"] for one in facts() if one.get("finding"))
    return [*(Signature(fact=one, by="staff", paper="p") for one in signed), Pretick(facts=found)]


def test_a_whole_record_counts_and_every_filled_fact_costs_a_glance(
    record: Record, acts: list[AnyEvent]
) -> None:
    found = cover(facts(), record, acts)
    signed_or_found = [one for one in facts() if one["kind"] == "signature" or one.get("finding")]
    assert found.problems == ()
    assert found.covered == len(facts()) == 226
    assert found.unglanced == len(facts()) - len(signed_or_found)
    assert compare(acts, record).session.ops["M"] >= found.unglanced / 2


def test_a_glance_that_the_log_shows_is_not_added_again(record: Record, acts: list[AnyEvent]) -> None:
    before = cover(facts(), record, acts).unglanced
    assert (
        cover(facts(), record, [*acts, Device(facts=("person.name", "person.sex"))]).unglanced == before - 2
    )


@pytest.mark.parametrize(
    ("fact", "known", "problem"),
    [
        pytest.param("person.name", None, "missing", id="left-out"),
        pytest.param("person.name", Known(value="", how="auto"), "missing", id="empty"),
        pytest.param("person.address", Known(value="测试路", how="auto"), "other content", id="shorter"),
        pytest.param(
            "person.name", Known(value="测试甲", how="typed"), "no act in the log", id="typed-by-nobody"
        ),
        pytest.param(
            "person.sex", Known(value="男", how="chosen"), "no act in the log", id="chosen-by-nobody"
        ),
        pytest.param(
            "band.no", Known(value="41", how="scanned"), "no act in the log", id="scanned-by-nobody"
        ),
        pytest.param("band.no", Known(value="41", how="guessed"), "unknown origin", id="guessed"),
    ],
)
def test_a_record_that_lacks_something_does_not_count(
    record: Record, acts: list[AnyEvent], fact: str, known: Known | None, problem: str
) -> None:
    if known is None:
        del record[fact]
    else:
        record[fact] = known
    found = cover(facts(), record, acts).problems
    assert [one.partition(":")[0] for one in found] == [problem]
    assert fact in found[0]


@pytest.mark.parametrize("how", ["device", "auto", "signed", "typed"])
def test_a_judgement_needs_an_act_of_a_person(record: Record, acts: list[AnyEvent], how: str) -> None:
    record["health.injury"] = Known(value="无", how=how)
    told = [*acts[:-1], Device(facts=("health.injury",))]
    assert any("health.injury" in one for one in cover(facts(), record, told).problems)
    for act in (Key(target="a", fact="health.injury", text="2"), Click(target="a", fact="health.injury")):
        assert not any("health.injury" in one for one in cover(facts(), record, [*told, act]).problems)


def test_a_signature_needs_an_act_of_its_own(record: Record, acts: list[AnyEvent]) -> None:
    fact = "sig.search.person"
    without = [one for one in acts if getattr(one, "fact", "") != fact]
    assert any(fact in one for one in cover(facts(), record, [*without, Device(facts=(fact,))]).problems)
    assert any(fact in one for one in cover(facts(), record, [*without, Pretick(facts=(fact,))]).problems)
    assert not cover(facts(), record, [*without, Scan(target="card", fact=fact)]).problems


def test_the_target_is_asked_of_time_and_of_keys(record: Record, acts: list[AnyEvent]) -> None:
    found = compare(acts, record)
    assert found.against[0].variant == "typed"
    assert found.meets(0.5)
    assert not found.meets(0.99)
    slow = compare([*acts, *(Key(target=f"w{n}", text="测试") for n in range(400))], record)
    assert not slow.meets(0.5)
