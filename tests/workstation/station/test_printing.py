"""Papers at the station: a look is noted and records nothing, a print is an entry, and the register of a day."""

from __future__ import annotations

import io
from datetime import timedelta

import pypdf
import pytest

from tests.station_kit import NOW, StationKit
from workstation.custody.values import Paper
from workstation.errors import AppError
from workstation.services.practice import stay_id
from workstation.station import messages as m

HELD = stay_id(2)
TODAY = (NOW + timedelta(hours=8)).date()


def read(reply: m.PaperReply) -> str:
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(reply.pdf)).pages)


def noted(kit: StationKit, stay: str = "") -> list[tuple[str, str, bool]]:
    rows = kit.station.access.rows(stay=stay) if stay else kit.station.access.rows()
    return [(row.access.action, row.access.purpose, row.access.allowed) for row in rows]


def test_a_look_is_in_the_access_log_and_not_in_the_record(kit: StationKit) -> None:
    lane = kit.lane("1007")
    before = kit.station.desk.house().seq
    ask = m.PrintPaper(stay=HELD, paper=Paper.CUSTODY_RECORD, language="zh")
    seen = lane.ask(m.ViewPaper(paper=ask))
    assert noted(kit, HELD)[-1] == ("view-paper", "custody-record", True)
    assert kit.station.desk.house().seq == before
    assert lane.ask(ask).pdf == seen.pdf, "what is printed next is what was looked at"
    assert noted(kit, HELD)[-1] == ("print-paper", "custody-record", True)
    assert kit.station.desk.house().seq == before + 1


def test_who_may_print_nothing_may_look_at_nothing(kit: StationKit) -> None:
    ask = m.PrintPaper(stay=HELD, paper=Paper.CUSTODY_RECORD, language="zh")
    with pytest.raises(AppError, match=r"accounts\.no-role"):
        kit.lane("1012").ask(m.ViewPaper(paper=ask))
    assert noted(kit, HELD)[-1] == ("view-paper", "", False)


@pytest.mark.parametrize("paper", [Paper.DEPARTURE_SHEET, Paper.RIGHTS_NOTICE, Paper.PROPERTY_RECEIPT])
def test_every_paper_of_a_stay_can_be_looked_at(kit: StationKit, paper: Paper) -> None:
    ask = m.PrintPaper(stay=HELD, paper=paper, language="en")
    assert "A-03" in read(kit.lane("1007").ask(m.ViewPaper(paper=ask)))


def test_the_register_of_today_has_everyone_who_came_in(kit: StationKit) -> None:
    lane = kit.lane("1007")
    ask = m.PrintRegister(day=TODAY.isoformat(), language="zh")
    told = read(lane.ask(m.ViewPaper(paper=ask)))
    cards = lane.ask(m.GetBoard()).board.cards
    came = [card for card in cards if card.number in told]
    assert len(came) == len(cards) > 2
    assert f"入区 {len(came)} 人次" in told
    assert ("view-paper", "register", True) in noted(kit, HELD)
    assert read(lane.ask(ask)) == told
    assert ("print-paper", "register", True) in noted(kit, HELD)


def test_the_register_of_another_day_is_that_days(kit: StationKit) -> None:
    lane = kit.lane("1007")
    before = m.PrintRegister(day=(TODAY - timedelta(days=3)).isoformat(), language="zh")
    assert "当日无进出记录" in read(lane.ask(before))
    for day in ("2026-02-30", "昨天", "", (TODAY + timedelta(days=1)).isoformat()):
        with pytest.raises(AppError, match=r"paper\.no-day"):
            lane.ask(m.PrintRegister(day=day, language="zh"))
