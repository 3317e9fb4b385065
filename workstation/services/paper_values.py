"""The facts of a stay as the values of its papers, in the language of the paper.

What is not known is passed on as not known; marks and shortfalls come from the flags of the entries behind a fact.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Literal

from workstation.catalogue import Catalogue, code_of
from workstation.custody.circumstances import Circumstances, ClockRun
from workstation.custody.effects import Bag, Item
from workstation.custody.house import House
from workstation.custody.presence import RoomStay
from workstation.custody.search import Injury, Search
from workstation.custody.stay import Stay
from workstation.custody.values import (
    Activity,
    Answer,
    CaseKind,
    Destination,
    Disposition,
    FindingKind,
    IdentityCheck,
    Paper,
    Signature,
    SignState,
)
from workstation.documents.context import Mark, Shortfall, Signed
from workstation.documents.custody_back import ActivityLine, CapturePart, DeparturePart, ExitLine, ReturnPart
from workstation.documents.custody_record import CustodyRecord, PersonPart
from workstation.documents.property_receipt import PropertyBag, PropertyItem, PropertyReceipt
from workstation.documents.rights_notice import RightsNotice
from workstation.documents.search_record import BodyMark, SearchPart, SearchRecord, Stated
from workstation.errors import AppError
from workstation.roles import Sex


class PaperValues:
    """Values of every paper of one stay."""

    def __init__(
        self, stay: Stay, house: House, around: Circumstances, catalogue: Catalogue, language: str
    ) -> None:
        self._stay = stay
        self._house = house
        self._around = around
        self._catalogue = catalogue
        self._language = language
        self._flags = {one.entry: self._marks(one) for one in stay.entries}

    # ------------------------------------------------------------ the forms

    def custody_record(self) -> CustodyRecord:
        """Both sides of the main form."""
        stay = self._stay
        return CustodyRecord(
            stay_number=stay.number,
            person=self._person(),
            searches=tuple(self._search(one) for one in stay.searches.searches),
            items=self._items(),
            bags=tuple(self._bag(bag) for bag in stay.effects.bags),
            property_signatures=self._paper_signed(Paper.PROPERTY_LIST, ("person", "officer", "custodian")),
            capture=self._capture(),
            activities=self._activities(),
            exits=self._exits(),
            departure=self._departure(),
            returned=self._returned(),
            shortfalls=self._shortfalls(),
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
            items=self._items(),
            bags=tuple(self._bag(bag) for bag in stay.effects.bags),
            deposit_signatures=self._paper_signed(Paper.PROPERTY_LIST, ("person", "officer", "custodian")),
            return_signatures=self._paper_signed(Paper.PROPERTY_RECEIPT, ("receiver", "custodian"))
            if kind == "return"
            else (),
            receiver=identity.name if identity else "",
            receiver_phone=identity.phone if identity else "",
            shortfalls=self._shortfalls(),
        )

    def search_record(self) -> SearchRecord:
        """The record of every search of the stay."""
        stay = self._stay
        identity = stay.identity
        return SearchRecord(
            name=identity.name if identity else "",
            sex=stay.person.sex,
            age=self._age(),
            id_number=identity.id_number if identity else "",
            case_kind=self._said(stay.case.case_kind) if stay.case else "",
            cause=stay.case.cause if stay.case else "",
            stay_number=stay.number,
            searches=tuple(self._search(one) for one in stay.searches.searches),
            shortfalls=self._shortfalls(),
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
            spoken_language=self._spoken(served.language) if served else "",
            signatures=self._signed(served.signatures if served else (), ("person", "officer"), served),
        )

    # ------------------------------------------------------------ front

    def _person(self) -> PersonPart:
        stay = self._stay
        identity, case, measure = stay.identity, stay.case, stay.measure
        limits = [one for one in self._around.clocks.get(stay.stay, ()) if one.liberty]
        rights = stay.papers.rights
        notices = tuple(
            self._say(
                "paper.notice-line",
                notice=self._said(one.notice),
                outcome=self._said(one.outcome),
                recipient=one.recipient or "—",
                at=self._local(one.at),
                reason=one.reason,
            )
            for one in stay.papers.notices
        )
        return PersonPart(
            name=identity.name if identity else "",
            sex=identity.sex if identity else Sex.UNKNOWN,
            birth=identity.birth if identity else "",
            age=self._age(),
            id_kind=self._say(f"id-kind.{identity.id_kind}") if identity and identity.id_kind else "",
            id_number=identity.id_number if identity else "",
            address=identity.address if identity else "",
            phone=(identity.phone or self._say("paper.not-given")) if identity else "",
            capacity=self._said(stay.capacity) if stay.capacity else "",
            case_number=case.case_number if case else "",
            cause=case.cause if case else "",
            arrival_mode=self._said(stay.presence.arrival_mode) if stay.presence.arrival_mode else "",
            measure=self._said(measure.measure) if measure else "",
            limit_until=limits[0].expires_at if limits else None,
            arrived_at=stay.arrived_at,
            entered_at=stay.entered_at,
            unit=stay.presence.unit,
            brought_by=tuple(self._name(one) for one in stay.presence.brought_by),
            band=stay.band or (stay.person.bands[-1].band if stay.person.bands else ""),
            rights_served_at=rights.at if rights else None,
            notices=notices,
            supporters=tuple(f"{self._said(one.supporter)} {one.name}" for one in stay.papers.supporters),
            signatures=self._signed(rights.signatures if rights else (), ("person", "officer"), rights),
            marks=self._flags_of(stay.entries[0].entry) if stay.entries else (),
        )

    def _search(self, one: Search) -> SearchPart:
        screen = self._stay.care.screen
        tests = [test for test in self._stay.searches.tests if test.substance.startswith("alcohol")]
        return SearchPart(
            began_at=one.began,
            ended_at=one.ended,
            place=self._room(one.place),
            searchers=tuple(self._name(officer) for officer in one.officers),
            witness=one.witness,
            stated=tuple(
                Stated(question=self._say(f"question.{q.code}"), answer=q.answer, detail=q.detail)
                for q in screen.questions
            )
            if screen
            else None,
            injuries=tuple(self._injury(found) for found in one.injuries if not found.none)
            if one.injuries
            else None,
            findings=tuple(
                f"{self._said(found.finding)}：{found.what}"
                for found in one.findings
                if found.finding is not FindingKind.NONE
            )
            if one.findings
            else None,
            alcohol=tests[-1].result if tests else "",
            full_body="",
            signatures=self._signed(one.signatures, ("searcher", "searcher", "person", "witness"), one),
            again=one.again,
        )

    @staticmethod
    def _injury(found: Injury) -> BodyMark:
        return BodyMark(
            region=found.region,
            description=found.description,
            cause=found.cause,
            statement=found.statement,
            photo=found.photo,
        )

    def _items(self) -> tuple[PropertyItem, ...] | None:
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

    def _bag(self, bag: Bag) -> PropertyBag:
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

    # ------------------------------------------------------------ back

    def _capture(self) -> CapturePart | None:
        searches = self._stay.searches
        if not searches.captures and not searches.tests:
            return None
        last = searches.captures[-1] if searches.captures else None
        return CapturePart(
            captured=Answer.YES if last else Answer.NO,
            captures=tuple(self._say(f"capture.{one}") for one in last.captures) if last else None,
            stored=None,
            comparison="",
            at=last.at if last else None,
            staff=self._name(last.approver) if last else "",
            tests=tuple(
                f"{self._say(f'substance.{test.substance}')}：{test.result}" for test in searches.tests
            ),
        )

    def _activities(self) -> tuple[ActivityLine, ...]:
        stay = self._stay
        lines = [self._in_room(one) for one in stay.presence.rooms]
        lines += [
            ActivityLine(
                start=talk.opened,
                end=talk.ended,
                room=self._room(talk.room),
                what=self._said(talk.type) + (self._say("paper.unusable") if talk.unusable else ""),
                recording=self._say(f"recording.{talk.recording.value}"),
                staff="、".join(self._name(officer) for officer in talk.officers),
                going_on=talk.ended is None,
                marks=self._flags_of(talk.entry),
            )
            for talk in stay.interviews.interviews
        ]
        lines += [
            ActivityLine(
                start=given.at,
                end=given.at,
                room=self._room(self._room_at(given.at)),
                what=f"{self._said(given.care)} · {self._said(given.outcome)} {given.detail}".strip(),
                recording="—",
                staff="—",
            )
            for given in stay.care.given
        ]
        checks = stay.care.checks
        if checks:
            lines.append(
                ActivityLine(
                    start=checks[0].at,
                    end=checks[-1].at,
                    room=self._room(self._room_at(checks[0].at)),
                    what=self._say("paper.checks", count=len(checks)),
                    recording="—",
                    staff="、".join(dict.fromkeys(self._name(check.actor) for check in checks)),
                )
            )
        return tuple(sorted(lines, key=lambda line: line.start or stay.entries[0].happened_at))

    def _in_room(self, one: RoomStay) -> ActivityLine:
        return ActivityLine(
            start=one.since,
            end=one.until,
            room=self._room(one.room),
            what=self._why_there(one.reason),
            recording="—",
            staff=self._name(one.guard) if one.guard else "—",
            going_on=one.until is None,
            marks=self._flags_of(one.entry),
        )

    def _why_there(self, reason: str) -> str:
        """The reason of a move: an activity by its code, or what somebody wrote."""
        if reason in tuple(Activity):
            return self._said(Activity(reason))
        return reason or self._say("paper.in-room")

    def _exits(self) -> tuple[ExitLine, ...]:
        return tuple(
            ExitLine(
                left_at=one.began,
                returned_at=one.ended,
                escorts=tuple(self._name(escort) for escort in one.escorts),
                approver=self._name(one.approver),
                reason=f"{one.reason} → {one.destination}",
                marks=self._flags_of(one.entry),
            )
            for one in self._stay.presence.exits
        )

    def _departure(self) -> DeparturePart | None:
        stay = self._stay
        gone = stay.departure
        if gone is None:
            return None
        decided, compared = stay.outcome, stay.searches.compared
        return DeparturePart(
            left_at=gone.at,
            approver=self._name(decided.approver) if decided and decided.approver else "",
            outcome=self._said(gone.outcome),
            paper=gone.paper or (decided.paper if decided else ""),
            destination=gone.destination,
            escorts=tuple(self._name(escort) for escort in gone.escorts),
            receiver=gone.receiver,
            new_injuries=compared.new if compared else None,
            injury_detail=compared.detail if compared else "",
            signatures=self._paper_signed(Paper.PROPERTY_RECEIPT, ("receiver", "officer")),
            marks=self._flags_of(gone.entry),
        )

    def _returned(self) -> ReturnPart | None:
        stay = self._stay
        settled = [item.settled.at for item in stay.effects.items if item.settled]
        if not settled:
            return None
        identity, again = stay.identity, stay.ground.reidentified
        means = (
            [
                self._say(f"identity.{name}")
                for name in ("band", "photo", "question")
                if getattr(again, name) is IdentityCheck.MATCHES
            ]
            if again
            else []
        )
        return ReturnPart(
            receiver=identity.name if identity else "",
            receiver_id=identity.id_number if identity else "",
            received_at=max(settled),
            identified_by="、".join(means),
            signatures=self._paper_signed(Paper.PROPERTY_RECEIPT, ("receiver", "custodian")),
        )

    def _shortfalls(self) -> tuple[Shortfall, ...]:
        remarks = self._stay.remarks
        breaches = [
            Shortfall(
                breach=True,
                text=self._say(
                    "paper.breach-line",
                    gate=gate,
                    reason=self._gate_text(gate),
                    at=self._local(breach.at),
                ),
            )
            for breach in remarks.breaches
            for gate in breach.gates
        ]
        duties = [
            Shortfall(
                breach=False,
                text=self._say("paper.duty-line", gate=duty.gate, reason=self._gate_text(duty.gate)),
                owner=self._say(f"role.{duty.owner}"),
                due_at=duty.due_at,
            )
            for duty in remarks.open_duties
        ]
        expired = [
            Shortfall(breach=True, text=self._say("paper.expired-line", clock=self._say(clock.title)))
            for clock in self._around.clocks.get(self._stay.stay, ())
            if clock.liberty and (clock.breached or clock.state is ClockRun.EXPIRED)
        ]
        return (*expired, *breaches, *duties)

    # ------------------------------------------------------------ words

    def _say(self, code: str, **values: object) -> str:
        return self._catalogue.text(code, self._language, values)

    def _said(self, value: StrEnum) -> str:
        return self._say(code_of(value))

    def _gate_text(self, gate: str) -> str:
        row = self._around.pack.gate(gate)
        return self._say(f"{row.message}.short") if row and f"{row.message}.short" in self._catalogue else ""

    def _name(self, staff: str) -> str:
        found = self._house.centre.staff.get(staff)
        return found.actor.name if found else staff

    def _room(self, room: str) -> str:
        found = self._house.centre.rooms.get(room)
        if found is None:
            return room
        return found.name_zh if self._language == "zh" else found.name_en or found.name_zh

    def _room_at(self, at: datetime) -> str:
        return next(
            (
                one.room
                for one in reversed(self._stay.presence.rooms)
                if one.since <= at and (one.until is None or at <= one.until)
            ),
            "",
        )

    def _local(self, at: datetime) -> str:
        return self._around.local(at).strftime("%m-%d %H:%M")

    def _age(self) -> int | None:
        born, arrived = self._stay.person.birth, self._stay.arrived_at
        if born is None or arrived is None:
            return None
        day = self._around.local(arrived).date()
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

    def _paper_signed(self, paper: Paper, parts: tuple[str, ...]) -> tuple[Signed, ...]:
        signed = self._stay.papers.paper(paper)
        return self._signed(signed.signatures if signed else (), parts, signed)

    def _signed(
        self, signatures: Iterable[Signature], parts: tuple[str, ...], source: object
    ) -> tuple[Signed, ...]:
        """The signatures given, then an open box for every part that has none."""
        given = list(signatures)
        at = getattr(source, "at", None) or getattr(source, "ended", None)
        boxes = [
            Signed(
                part=one.part,
                state=SignState(one.state),
                by=self._name(one.by),
                noted_by=self._name(one.noted_by) if one.noted_by else "",
                at=at,
            )
            for one in given
        ]
        left = [one.part for one in given]
        for part in parts:
            if part in left:
                left.remove(part)
            else:
                boxes.append(Signed(part=part, state=None))
        return tuple(boxes)

    def _spoken(self, language: str) -> str:
        """The language in which something was said, as a word; one of no known code as it was written."""
        code = f"spoken.{language}"
        return self._say(code) if code in self._catalogue else language

    def _flags_of(self, entry: str) -> tuple[Mark, ...]:
        return self._flags.get(entry, ())

    @staticmethod
    def _marks(recorded: object) -> tuple[Mark, ...]:
        named = (
            ("breach", Mark.BREACH),
            ("late", Mark.LATE),
            ("by_hand", Mark.BY_HAND),
        )
        return tuple(mark for name, mark in named if getattr(recorded, name))
