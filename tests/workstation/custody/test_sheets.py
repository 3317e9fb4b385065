"""Lines of the official forms that no rule reads: kept by sheet, the newest counts, nothing else gets in."""

from __future__ import annotations

import pytest

from tests.workstation.custody.practice import World
from workstation.custody import commands as c
from workstation.custody import events as e
from workstation.custody.decide import Refusal
from workstation.custody.recorded import FIELD_SECTIONS, kind_of
from workstation.custody.sheets import LINES, OF_HEALTH
from workstation.custody.values import Answer, CheckMethod, How, Sheet, SheetLine, Source


def fill(stay: str, sheet: Sheet, **lines: str) -> c.FillSheet:
    return c.FillSheet(
        stay=stay,
        sheet=sheet,
        lines=tuple(SheetLine(code=code.replace("_", "-"), value=value) for code, value in lines.items()),
    )


def test_every_sheet_has_lines_and_no_line_twice() -> None:
    assert set(LINES) == set(Sheet)
    assert all(len(set(lines)) == len(lines) for lines in LINES.values())


def test_the_newest_filling_of_a_line_counts_and_the_others_stay() -> None:
    world = World()
    stay = world.admit()
    world.do(fill(stay, Sheet.PERSON, job="示例公司职员", shoe="42"))
    world.do(fill(stay, Sheet.PERSON, shoe="43"))
    papers = world.stay(stay).papers
    assert papers.line(Sheet.PERSON, "shoe") == "43"
    assert papers.line(Sheet.PERSON, "job") == "示例公司职员"
    assert papers.line(Sheet.PERSON, "blood") == ""
    found = papers.filled(Sheet.PERSON, "shoe")
    assert found is not None
    assert found.at == world.now


@pytest.mark.parametrize("sheet", list(Sheet))
def test_what_says_something_of_the_body_stands_in_the_health_section(sheet: Sheet) -> None:
    world = World()
    stay = world.admit()
    world.do(c.FillSheet(stay=stay, sheet=sheet, lines=(SheetLine(code=LINES[sheet][0], value="x"),)))
    event = world.stay(stay).entries[-1].event
    assert isinstance(event, e.Event)
    wanted = "health" if sheet in OF_HEALTH else "who"
    assert FIELD_SECTIONS[kind_of(event)]["lines"] == wanted


def test_a_line_of_another_sheet_and_an_empty_line_are_refused() -> None:
    world = World()
    stay = world.admit()
    for command in (
        fill(stay, Sheet.MEAL, job="x"),
        fill(stay, Sheet.MEAL, kind=" "),
        c.FillSheet(stay=stay, sheet=Sheet.MEAL, lines=()),
    ):
        verdict = world.ask(command)
        assert isinstance(verdict, Refusal)
        assert {one.gate for one in verdict.objections} == {"GA0"}


def test_a_check_keeps_what_was_said_of_anything_unusual() -> None:
    world = World()
    stay = world.admit()
    world.do(
        c.CheckPerson(
            stay=stay,
            method=CheckMethod.IN_ROOM,
            response=3,
            band_tapped=False,
            seen="",
            source=Source(how=How.TYPED),
            anomaly=Answer.YES,
        ),
        report=True,
    )
    check = world.stay(stay).care.last_check()
    assert check is not None
    assert check.anomaly is Answer.YES
