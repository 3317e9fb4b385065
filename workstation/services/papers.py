"""Printing the papers of a stay: the fold of the record as the values of a form, and the print as an entry."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path
from typing import cast

import msgspec

from workstation.catalogue import LANGUAGES, Catalogue
from workstation.clock import Clock
from workstation.custody import commands as c
from workstation.custody.house import Centre
from workstation.custody.values import Paper
from workstation.documents.context import Language, LedgerHead
from workstation.documents.job import Form, Job, run_in_child
from workstation.documents.rights_notice import RightsPaper, RightsTexts
from workstation.errors import AppError
from workstation.ids import command_id
from workstation.ledger.entry import ActorKind
from workstation.roles import Actor
from workstation.services.board import Board
from workstation.services.board_paper import board_sheet
from workstation.services.desk import Desk
from workstation.services.paper_values import PaperValues
from workstation.services.paper_values_register import day_of, exit_register, stays_moved
from workstation.storage.record import Record


class Printed(msgspec.Struct, frozen=True, kw_only=True):
    """A print. `digest`: SHA-256 of the bytes, hex; `size`: ledger size its QR code names; `number`: of the paper."""

    pdf: bytes
    digest: str
    size: int
    number: str


class Papers:
    """Prints papers. Folders: `fonts` the shipped fonts, `words` the catalogue, `texts` the lists of rights."""

    def __init__(
        self,
        desk: Desk,
        record: Record,
        catalogue: Catalogue,
        clock: Clock,
        *,
        fonts: Path,
        words: Path,
        texts: Path,
        practice: bool,
    ) -> None:
        self._desk = desk
        self._record = record
        self._catalogue = catalogue
        self._clock = clock
        self._fonts = fonts
        self._words = words
        self._texts = texts
        self._practice = practice

    def print(self, actor: Actor, stay_id: str, paper: Paper, language: str) -> Printed:
        """Print one paper about a stay; its digest stands in the record before the bytes are given out.

        Raises AppError for an unknown stay, for a paper that this version does not print, and for a rights notice
        before a case says which list of rights it is.
        """
        printed = self.view(actor, stay_id, paper, language)
        pdf = printed.pdf
        pages = pdf.count(b"/Type /Page\n") or pdf.count(b"/Type /Page ")
        command = c.RecordPrint(
            stay=stay_id, paper=paper, digest=printed.digest, size=printed.size, pages=max(pages, 1)
        )
        envelope = c.Envelope(id=command_id(), position=printed.size, report=True, command=command)
        self._desk.submit(envelope, actor, actor_kind=ActorKind.SYSTEM)
        return printed

    def view(self, actor: Actor, stay_id: str, paper: Paper, language: str) -> Printed:
        """The same paper to be looked at: nothing is recorded. Raises AppError as `print` does."""
        _known(language)
        house = self._desk.house_with(stay_id)
        stay = house.stay(stay_id)
        if stay is None:
            raise AppError("desk.unknown-stay")
        now = self._clock.now()
        around = self._desk.circumstances(house, actor, stay)
        form = self._form(PaperValues(stay, house, around, self._catalogue, language), paper)
        name = str(paper) if paper is not Paper.PROPERTY_LIST else "property-receipt"
        return self._pressed(name, form, house.centre, stay.number, language, now)

    def register(self, actor: Actor, day: str, language: str) -> tuple[Printed, tuple[str, ...]]:
        """The register of entries and exits of a local day, and the stays that it names.

        It belongs to no stay, so only the access log knows of it. Raises AppError for what is not a day, and for one
        that has not begun.
        """
        _known(language)
        house = self._desk.house()
        around = self._desk.circumstances(house, actor, None)
        try:
            begin, _ = day_of(day, around.zone)
        except (ValueError, OverflowError) as error:
            raise AppError("paper.no-day", day=day[:20]) from error
        if begin > around.now:
            raise AppError("paper.no-day", day=day[:20])
        named = dict.fromkeys((*stays_moved(self._record, begin), *house.stays))
        found = [house.stays.get(one) or self._desk.ended(one) for one in named]
        stays = [one for one in found if one is not None]
        form = exit_register(stays, house, around, self._catalogue, language, day)
        printed = self._pressed("exit-register", form, house.centre, day, language, around.now)
        told = {line.number for line in form.lines}
        return printed, tuple(one.stay for one in stays if one.number in told)

    def print_board(self, board: Board, language: str) -> Printed:
        """Print the board for a power loss; it belongs to no stay, so only the access log knows of it."""
        _known(language)
        house = self._desk.house()
        sheet = board_sheet(board, house, self._catalogue, language)
        return self._pressed("board-sheet", sheet, house.centre, "", language, board.now)

    def _pressed(
        self, name: str, form: Form, centre: Centre, about: str, language: str, now: datetime
    ) -> Printed:
        """The PDF of a form; its number names what it is about and the size of the ledger."""
        head = self._record.head()
        number = f"{about}/{head.size}" if about else str(head.size)
        pdf = run_in_child(
            Job(
                form=name,
                values=msgspec.msgpack.encode(form),
                centre=centre.name_zh if language == "zh" else centre.name_en or centre.name_zh,
                number=number,
                language=cast(Language, language),
                time_zone=centre.time_zone,
                practice=self._practice,
                head=LedgerHead(size=head.size, root=head.range.root().hex()),
                printed_at=now,
                fonts=str(self._fonts),
                catalogue=str(self._words),
            )
        )
        return Printed(pdf=pdf, digest=hashlib.sha256(pdf).hexdigest(), size=head.size, number=number)

    def _form(self, values: PaperValues, paper: Paper) -> Form:
        match paper:
            case Paper.CUSTODY_RECORD:
                return values.custody_record()
            case Paper.PROPERTY_RECEIPT:
                return values.property_receipt("return")
            case Paper.PROPERTY_LIST:
                return values.property_receipt("deposit")
            case Paper.SEARCH_RECORD:
                return values.search_record()
            case Paper.RIGHTS_NOTICE:
                texts = RightsTexts.load(self._texts / f"rights-{values.rights_list()}.toml")
                return RightsPaper(notice=values.rights_notice(), texts=texts)
            case Paper.DEPARTURE_SHEET:
                return values.departure_sheet()
            case _:
                raise AppError("paper.not-printed", paper=str(paper))


def _known(language: str) -> None:
    if language not in LANGUAGES:
        raise AppError("paper.language", language=language)
