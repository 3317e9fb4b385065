"""Which papers can be looked at from where: those of one stay, and those of the centre."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from workstation.custody.values import Paper
from workstation.station import messages as m

Ask = m.PrintPaper | m.PrintBoard | m.PrintRegister

OF_STAY = (
    Paper.CUSTODY_RECORD,
    Paper.SEARCH_RECORD,
    Paper.PROPERTY_LIST,
    Paper.PROPERTY_RECEIPT,
    Paper.RIGHTS_NOTICE,
    Paper.DEPARTURE_SHEET,
)
LISTING = frozenset(
    {Paper.CUSTODY_RECORD, Paper.PROPERTY_LIST, Paper.PROPERTY_RECEIPT, Paper.DEPARTURE_SHEET}
)
"""Papers that tell what was taken: shut while it is being counted blind."""


@dataclass(frozen=True)
class Choice:
    """One paper. `code`: its name in the catalogue; `values` of that sentence; `stem`: of its file; `ask(language)`."""

    key: str
    code: str
    stem: str
    ask: Callable[[str], Ask]
    values: tuple[tuple[str, str], ...] = ()


def of_stay(
    stay: str, number: str, *, blind: bool = False, languages: dict[Paper, str]
) -> tuple[Choice, ...]:
    """The papers of a stay. `languages`: those that are not printed in the language on the screen."""

    def choice(paper: Paper) -> Choice:
        def ask(language: str) -> Ask:
            return m.PrintPaper(stay=stay, paper=paper, language=languages.get(paper) or language)

        return Choice(paper.value, f"paper.{paper.value}", f"{number}-{paper.value}", ask)

    return tuple(choice(paper) for paper in OF_STAY if not (blind and paper in LISTING))


def of_centre(now: datetime) -> tuple[Choice, ...]:
    """The board for a power loss and the registers of today and of the day before. `now`: local."""

    def register(key: str, day: str) -> Choice:
        def ask(language: str) -> Ask:
            return m.PrintRegister(day=day, language=language)

        return Choice(key, f"preview.{key}", f"register-{day}", ask, (("day", day),))

    return (
        Choice("board", "paper.board-sheet", "board", lambda language: m.PrintBoard(language=language)),
        register("today", now.date().isoformat()),
        register("yesterday", (now.date() - timedelta(days=1)).isoformat()),
    )
