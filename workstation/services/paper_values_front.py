"""The front of the main form: the person, the searches, the property."""

from __future__ import annotations

from workstation.custody.effects import Bag, Item
from workstation.custody.search import Injury, Search
from workstation.custody.values import (
    Destination,
    Disposition,
    FindingKind,
    Sheet,
)
from workstation.documents.custody_record import PersonPart
from workstation.documents.property_receipt import PropertyBag, PropertyItem
from workstation.documents.search_record import BodyMark, SearchPart, Stated
from workstation.roles import Sex
from workstation.services.paper_values_told import Told


class Front:
    """Values of the blocks of the front; several forms have them."""

    def __init__(self, told: Told) -> None:
        self._told = told
        self._stay = told.stay

    def person(self) -> PersonPart:
        stay = self._stay
        identity, case, measure = stay.identity, stay.case, stay.measure
        limits = [one for one in self._told.around.clocks.get(stay.stay, ()) if one.liberty]
        rights = stay.papers.rights
        notices = tuple(
            self._told.say(
                "paper.notice-line",
                notice=self._told.said(one.notice),
                outcome=self._told.said(one.outcome),
                recipient=one.recipient or "—",
                at=self._told.local(one.at),
                reason=one.reason,
            )
            for one in stay.papers.notices
        )
        return PersonPart(
            name=identity.name if identity else "",
            sex=identity.sex if identity else Sex.UNKNOWN,
            birth=identity.birth if identity else "",
            age=self._told.age(),
            id_kind=self._told.say(f"id-kind.{identity.id_kind}") if identity and identity.id_kind else "",
            id_number=identity.id_number if identity else "",
            address=self._address(),
            phone=(identity.phone or self._told.say("paper.not-given")) if identity else "",
            capacity=self._told.said(stay.capacity) if stay.capacity else "",
            case_number=case.case_number if case else "",
            cause=case.cause if case else "",
            arrival_mode=self._told.said(stay.presence.arrival_mode) if stay.presence.arrival_mode else "",
            measure=self._told.said(measure.measure) if measure else "",
            limit_until=limits[0].expires_at if limits else None,
            arrived_at=stay.arrived_at,
            entered_at=stay.entered_at,
            unit=stay.presence.unit,
            brought_by=tuple(self._told.name(one) for one in stay.presence.brought_by),
            band=stay.band or (stay.person.bands[-1].band if stay.person.bands else ""),
            rights_served_at=rights.at if rights else None,
            notices=notices,
            supporters=tuple(
                f"{self._told.said(one.supporter)} {one.name}" for one in stay.papers.supporters
            ),
            signatures=self._told.signed(rights.signatures if rights else (), ("person", "officer"), rights),
            purpose=self._told.line(Sheet.ARRIVAL, "purpose") or stay.presence.reason,
            local=self._told.line(Sheet.ARRIVAL, "local"),
            marks=self._told.flags_of(stay.entries[0].entry) if stay.entries else (),
        )

    def _address(self) -> str:
        """The address of the document, and where the person lives now if that was filled in."""
        identity, present = self._stay.identity, self._told.line(Sheet.ARRIVAL, "present-address")
        known = identity.address if identity else ""
        if not present or present == known:
            return known
        return "\n".join(
            part for part in (known, self._told.say("paper.present-address", at=present)) if part
        )

    def search(self, one: Search) -> SearchPart:
        screen = self._stay.care.screen
        tests = [test for test in self._stay.searches.tests if test.substance.startswith("alcohol")]
        return SearchPart(
            began_at=one.began,
            ended_at=one.ended,
            place=self._told.room(one.place),
            searchers=tuple(self._told.name(officer) for officer in one.officers),
            witness=one.witness,
            stated=tuple(
                Stated(question=self._told.say(f"question.{q.code}"), answer=q.answer, detail=q.detail)
                for q in screen.questions
            )
            if screen
            else None,
            injuries=tuple(self._injury(found) for found in one.injuries if not found.none)
            if one.injuries
            else None,
            findings=tuple(
                f"{self._told.said(found.finding)}：{found.what}"
                for found in one.findings
                if found.finding is not FindingKind.NONE
            )
            if one.findings
            else None,
            alcohol=tests[-1].result if tests else self._told.line(Sheet.BODY, "alcohol"),
            full_body=self._told.line(Sheet.BODY, "surface"),
            condition=self._told.line(Sheet.BODY, "condition"),
            signatures=self._told.signed(one.signatures, ("searcher", "searcher", "person", "witness"), one),
            again=one.again,
        )

    def injuries_seen(self) -> str:
        """The injuries of the searches in one line; empty when nobody looked."""
        searches = self._stay.searches.searches
        found = [injury for one in searches for injury in one.injuries]
        seen = [f"{injury.region} {injury.description}".strip() for injury in found if not injury.none]
        if seen:
            return self._told.say("paper.comma").join(seen)
        return self._told.say("paper.search.no-injury") if found else ""

    @staticmethod
    def _injury(found: Injury) -> BodyMark:
        return BodyMark(
            region=found.region,
            description=found.description,
            cause=found.cause,
            statement=found.statement,
            photo=found.photo,
        )

    def items(self) -> tuple[PropertyItem, ...] | None:
        effects = self._stay.effects
        if not effects.items:
            return None
        return tuple(self._item(number, item) for number, item in enumerate(effects.items, start=1))

    def _item(self, number: int, item: Item) -> PropertyItem:
        bag = next((one for one in self._stay.effects.bags if item.item in one.items), None)
        settled = item.settled
        told = ""
        if settled is not None and settled.disposition is not Disposition.RETURNED:
            told = " ".join(part for part in (settled.basis, settled.receiver) if part)
        return PropertyItem(
            number=str(number),
            name=item.name,
            quantity=item.quantity,
            unit=item.unit,
            features=item.features,
            destination=item.destination,
            in_case=item.destination is Destination.CASE_PROPERTY or item.seizure is not None,
            fen=item.fen,
            grams=item.grams,
            bag=bag.bag if bag else "",
            cell=self._cell(bag),
            photo=item.photo,
            disposition=settled.disposition if settled else None,
            settled_at=settled.at if settled else None,
            settled=told,
        )

    def bag(self, bag: Bag) -> PropertyBag:
        count = self._stay.effects.count
        return PropertyBag(
            bag=bag.bag,
            seal=bag.seal,
            tag=bag.tag,
            cell=self._cell(bag),
            grams_in=bag.grams,
            grams_out=count.grams if count else None,
            explanation=self._stay.effects.weight_explained,
        )

    @staticmethod
    def _cell(bag: Bag | None) -> str:
        if bag is None:
            return ""
        return bag.cell or next((hand.cell for hand in reversed(bag.hands) if hand.cell), "")
