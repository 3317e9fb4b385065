"""Papers with their signers, notices to family and others, supporters, prints and attachments."""

from __future__ import annotations

from datetime import datetime

import msgspec

from workstation.custody import events as e
from workstation.custody.recorded import Recorded
from workstation.custody.sheets import Filled
from workstation.custody.values import NoticeKind, NoticeOutcome, Paper, Sheet, Signature, SupporterKind

replace = msgspec.structs.replace


class Rights(msgspec.Struct, frozen=True, kw_only=True):
    """The rights notice as served."""

    language: str
    read_aloud: bool
    signatures: tuple[Signature, ...]
    at: datetime


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """One notice to family, guardian, legal aid, consulate or unit."""

    notice: NoticeKind
    outcome: NoticeOutcome
    recipient: str
    relation: str
    phone: str
    method: str
    reason: str
    at: datetime


class Supporter(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who supports the person, or the note why nobody could."""

    supporter: SupporterKind
    name: str
    relation: str
    contact: str
    present: bool
    lawful_note: str
    at: datetime


class Signed(msgspec.Struct, frozen=True, kw_only=True):
    """One signing of a paper."""

    paper: Paper
    number: str
    pages: int
    signatures: tuple[Signature, ...]
    at: datetime
    entry: str


class Attached(msgspec.Struct, frozen=True, kw_only=True):
    """A print (`media` empty) or an attached file."""

    paper: Paper
    number: str
    media: str
    digest: str
    at: datetime
    entry: str


class Papers(msgspec.Struct, frozen=True, kw_only=True):
    """All papers, notices and supporters of a stay."""

    rights: Rights | None = None
    notices: tuple[Notice, ...] = ()
    supporters: tuple[Supporter, ...] = ()
    signed: tuple[Signed, ...] = ()
    attached: tuple[Attached, ...] = ()
    prints: tuple[Attached, ...] = ()
    sheets: tuple[Filled, ...] = ()

    def filled(self, sheet: Sheet, line: str) -> Filled | None:
        """The newest filling of a line, or None."""
        return next((one for one in reversed(self.sheets) if one.sheet is sheet and one.line(line)), None)

    def line(self, sheet: Sheet, line: str) -> str:
        """What a line was last filled with, or an empty string."""
        found = self.filled(sheet, line)
        return found.line(line) if found is not None else ""

    def paper(self, paper: Paper) -> Signed | None:
        """The newest signing of `paper`, or None."""
        return next((one for one in reversed(self.signed) if one.paper is paper), None)

    def notice(self, kind: NoticeKind) -> Notice | None:
        return next((one for one in reversed(self.notices) if one.notice is kind), None)

    def supporter(self, *kinds: SupporterKind) -> Supporter | None:
        """The newest supporter of one of `kinds` who is present, or None."""
        known = reversed(self.supporters)
        return next((one for one in known if one.supporter in kinds and one.present), None)

    def lawful_note(self, *kinds: SupporterKind) -> str:
        """Why nobody of `kinds` could attend, as noted; empty when nothing was noted."""
        notes = (one.lawful_note for one in reversed(self.supporters) if one.supporter in kinds)
        return next((note for note in notes if note), "")


EVENTS = (
    e.RightsServed,
    e.NoticeGiven,
    e.SupporterAssigned,
    e.PaperSigned,
    e.PaperAttached,
    e.PaperPrinted,
    e.SheetFilled,
    e.HealthSheetFilled,
)


def step(known: Papers, recorded: Recorded) -> Papers:
    """Papers after one more entry, taken in order of happening."""
    at = recorded.happened_at
    match recorded.event:
        case e.RightsServed() as event:
            rights = Rights(
                language=event.language, read_aloud=event.read_aloud, signatures=event.signatures, at=at
            )
            return replace(known, rights=rights)
        case e.NoticeGiven() as event:
            notice = Notice(
                notice=event.notice,
                outcome=event.outcome,
                recipient=event.recipient,
                relation=event.relation,
                phone=event.phone,
                method=event.method,
                reason=event.reason,
                at=at,
            )
            return replace(known, notices=(*known.notices, notice))
        case e.SupporterAssigned() as event:
            supporter = Supporter(
                supporter=event.supporter,
                name=event.name,
                relation=event.relation,
                contact=event.contact,
                present=event.present,
                lawful_note=event.lawful_note,
                at=at,
            )
            return replace(known, supporters=(*known.supporters, supporter))
        case e.PaperSigned() as event:
            signed = Signed(
                paper=event.paper,
                number=event.number,
                pages=event.pages,
                signatures=event.signatures,
                at=at,
                entry=recorded.entry,
            )
            return replace(known, signed=(*known.signed, signed))
        case e.PaperAttached() as event:
            attached = Attached(
                paper=event.paper,
                number=event.number,
                media=event.media,
                digest=event.digest,
                at=at,
                entry=recorded.entry,
            )
            return replace(known, attached=(*known.attached, attached))
        case e.SheetFilled() | e.HealthSheetFilled() as event:
            filled = Filled(sheet=event.sheet, lines=event.lines, at=at, entry=recorded.entry)
            return replace(known, sheets=(*known.sheets, filled))
        case e.PaperPrinted() as event:
            printed = Attached(
                paper=event.paper, number="", media="", digest=event.digest, at=at, entry=recorded.entry
            )
            return replace(known, prints=(*known.prints, printed))
        case _:
            return known
