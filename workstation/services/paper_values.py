"""The facts of a stay as the values of its papers, in the language of the paper.

What is not known is passed on as not known; marks and shortfalls come from the flags of the entries behind a fact.
"""

from __future__ import annotations

from typing import Literal

from workstation.catalogue import Catalogue
from workstation.custody.circumstances import Circumstances
from workstation.custody.house import House
from workstation.custody.stay import Stay
from workstation.custody.values import (
    INTO_CUSTODY,
    CaseKind,
    Paper,
    Sheet,
)
from workstation.documents.custody_record import CustodyRecord
from workstation.documents.departure_sheet import DepartureSheet
from workstation.documents.property_receipt import PropertyReceipt
from workstation.documents.rights_notice import RightsNotice
from workstation.documents.search_record import SearchRecord
from workstation.errors import AppError
from workstation.services.paper_values_back import Back
from workstation.services.paper_values_front import Front
from workstation.services.paper_values_told import Told


class PaperValues:
    """Values of every paper of one stay."""

    def __init__(
        self, stay: Stay, house: House, around: Circumstances, catalogue: Catalogue, language: str
    ) -> None:
        self._stay = stay
        self._told = told = Told(stay, house, around, catalogue, language)
        self._front, self._back = Front(told), Back(told)

    def custody_record(self) -> CustodyRecord:
        """Both sides of the main form."""
        stay = self._stay
        return CustodyRecord(
            stay_number=stay.number,
            person=self._front.person(),
            searches=tuple(self._front.search(one) for one in stay.searches.searches),
            items=self._front.items(),
            bags=tuple(self._front.bag(bag) for bag in stay.effects.bags),
            property_signatures=self._told.paper_signed(
                Paper.PROPERTY_LIST, ("person", "officer", "custodian")
            ),
            capture=self._back.capture(),
            activities=self._back.activities(),
            exits=self._back.exits(),
            departure=self._back.departure(),
            returned=self._back.returned(),
            shortfalls=self._back.shortfalls(),
        )

    def property_receipt(self, kind: Literal["deposit", "return"]) -> PropertyReceipt:
        """The list of what was taken into keeping, or what became of it."""
        stay = self._stay
        identity = stay.identity
        stored = [hand.at for bag in stay.effects.bags for hand in bag.hands if hand.what == "stored"]
        settled = [item.settled.at for item in stay.effects.items if item.settled]
        return PropertyReceipt(
            kind=kind,
            name=identity.name if identity else "",
            id_number=identity.id_number if identity else "",
            stay_number=stay.number,
            cause=stay.case.cause if stay.case else "",
            deposited_at=min(stored, default=None),
            returned_at=max(settled, default=None),
            items=self._front.items(),
            bags=tuple(self._front.bag(bag) for bag in stay.effects.bags),
            deposit_signatures=self._told.paper_signed(
                Paper.PROPERTY_LIST, ("person", "officer", "custodian")
            ),
            return_signatures=self._told.paper_signed(Paper.PROPERTY_RECEIPT, ("receiver", "custodian"))
            if kind == "return"
            else (),
            receiver=identity.name if identity else "",
            receiver_phone=identity.phone if identity else "",
            shortfalls=self._back.shortfalls(),
        )

    def search_record(self) -> SearchRecord:
        """The record of every search of the stay."""
        stay = self._stay
        identity = stay.identity
        return SearchRecord(
            name=identity.name if identity else "",
            sex=stay.person.sex,
            age=self._told.age(),
            id_number=identity.id_number if identity else "",
            case_kind=self._told.said(stay.case.case_kind) if stay.case else "",
            cause=stay.case.cause if stay.case else "",
            stay_number=stay.number,
            searches=tuple(self._front.search(one) for one in stay.searches.searches),
            shortfalls=self._back.shortfalls(),
        )

    def departure_sheet(self) -> DepartureSheet:
        """The sheet that goes out of the door: as the person left, or ahead of it with what is decided."""
        stay, told = self._stay, self._told
        identity, case, gone, decided = stay.identity, stay.case, stay.departure, stay.outcome
        compared = stay.searches.compared
        outcome = gone.outcome if gone else decided.outcome if decided else None
        handover = outcome in INTO_CUSTODY
        parts = ("person", "officer", *(("escort", "escort", "receiver") if handover else ()))
        return DepartureSheet(
            name=identity.name if identity else "",
            sex=stay.person.sex,
            age=told.age(),
            id_number=identity.id_number if identity else "",
            stay_number=stay.number,
            cause=case.cause if case else "",
            case_number=case.case_number if case else "",
            arrived_at=stay.arrived_at,
            entered_at=stay.entered_at,
            left_at=gone.at if gone else None,
            outcome=told.said(outcome) if outcome else "",
            paper=(gone.paper if gone else "") or (decided.paper if decided else ""),
            approver=told.name(decided.approver) if decided and decided.approver else "",
            destination=gone.destination if gone else "",
            escorts=tuple(told.name(one) for one in gone.escorts) if gone else (),
            receiver=gone.receiver if gone else "",
            condition=told.line(Sheet.DEPARTURE, "condition"),
            injuries_in=self._front.injuries_seen(),
            new_injuries=compared.new if compared else None,
            injury_detail=compared.detail if compared else "",
            identified_by=self._back.identified_by(),
            items=self._front.items(),
            handover=handover,
            signatures=told.paper_signed(Paper.DEPARTURE_SHEET, parts),
            marks=told.flags_of(gone.entry) if gone else (),
            shortfalls=self._back.shortfalls(),
        )

    def rights_list(self) -> Literal["administrative", "criminal"]:
        """Which list of rights is read to this person; raises AppError before a case is linked."""
        case = self._stay.case
        if case is None:
            raise AppError("paper.rights-no-case")
        return "criminal" if case.case_kind is CaseKind.CRIMINAL else "administrative"

    def rights_notice(self) -> RightsNotice:
        """The rights notice: before it is served, with open boxes for those who are to sign."""
        stay = self._stay
        identity, served = stay.identity, stay.papers.rights
        return RightsNotice(
            name=identity.name if identity else "",
            id_number=identity.id_number if identity else "",
            stay_number=stay.number,
            cause=stay.case.cause if stay.case else "",
            served_at=served.at if served else None,
            read_aloud=served.read_aloud if served else None,
            spoken_language=self._told.spoken(served.language) if served else "",
            signatures=self._told.signed(served.signatures if served else (), ("person", "officer"), served),
        )
