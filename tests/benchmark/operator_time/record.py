"""From the fold of the final record to the facts of the twelve forms: where each of the 226 stands with us.

`how` says how a fact comes in an ordinary session: typed, chosen, scanned or signed by somebody, from a device
(the identity card), or by the record itself: its clock, who is signed in, the layout, a template, an earlier entry.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from tests.benchmark.operator_time.coverage import Known
from workstation.catalogue import Catalogue
from workstation.custody.effects import Item
from workstation.custody.house import House
from workstation.custody.search import Search
from workstation.custody.stay import Stay
from workstation.custody.values import Care, Disposition, Paper, RoomUse, Sheet, Signature
from workstation.documents.amounts import capital

CASH = "元"
PERSON, OFFICER, SEARCHER = "person", "officer", "searcher"


class Record:
    """Collects the facts of one stay. A fact that the record does not hold is left out."""

    def __init__(self, house: House, stay: Stay, words: Catalogue) -> None:
        self._house, self._stay, self._words = house, stay, words
        self._zone = ZoneInfo(house.centre.time_zone)
        self._facts: dict[str, Known] = {}

    def facts(self) -> dict[str, Known]:
        """Every fact that the record holds."""
        self._facts.clear()
        for part in (
            self._arrival, self._person, self._case, self._notices, self._health, self._searches, self._effects,
            self._capture, self._rooms, self._care, self._exits, self._interview, self._outcome, self._return,
        ):  # fmt: skip
            part()
        return dict(self._facts)

    # ------------------------------------------------------------ ways to put a fact

    def _put(self, fact: str, value: object, how: str) -> None:
        if value not in (None, "", ()):
            self._facts[fact] = Known(value=str(value), how=how)

    def _word(self, code: str) -> str:
        return self._words.text(code, "zh", {}) if code in self._words else ""

    def _line(self, fact: str, sheet: Sheet, line: str, how: str) -> None:
        value = self._stay.papers.line(sheet, line)
        self._put(fact, self._word(f"line.{line}.{value}") or value, how)

    def _at(self, fact: str, at: datetime | None, how: str = "auto") -> None:
        self._put(fact, at.astimezone(self._zone).strftime("%Y%m%d%H%M") if at else "", how)

    def _staff(self, fact: str, staff: str, how: str = "auto") -> None:
        known = self._house.centre.staff.get(staff)
        self._put(fact, known.actor.name if known else "", how)

    def _room(self, fact: str, room: str, how: str = "auto") -> None:
        known = self._house.centre.rooms.get(room)
        self._put(fact, known.name_zh if known else room, how)

    def _activity(self, fact: str, room: str) -> None:
        known = self._house.centre.rooms.get(room)
        self._put(fact, self._word(f"room-use.{known.use.value}") if known else "", "auto")

    def _signed(self, signatures: Iterable[Signature], part: str, *facts: str) -> None:
        """The signatures of one part, in their order."""
        found = [one for one in signatures if one.part == part and one.stroke]
        for fact, one in zip(facts, found, strict=False):
            self._put(fact, "sha256:" + hashlib.sha256(one.stroke.encode()).hexdigest(), "signed")

    def _on(self, *papers: Paper) -> list[Signature]:
        return [each for one in self._stay.papers.signed if one.paper in papers for each in one.signatures]

    def _signer(self, fact: str, part: str, paper: Paper) -> None:
        for one in self._on(paper):
            if one.part == part:
                self._staff(fact, one.by)

    # ------------------------------------------------------------ admission

    def _arrival(self) -> None:
        stay, presence = self._stay, self._stay.presence
        self._put("centre.name", self._house.centre.name_zh, "auto")
        self._put("bureau.name", self._house.centre.bureau, "auto")
        self._put("form.no", presence.number, "auto")
        self._put("unit.name", presence.unit, "auto")
        self._put("stay.arrival_mode", presence.arrival_mode, "chosen")
        self._at("stay.arrived", presence.arrived_at, "typed")
        self._at("stay.entered", presence.entered_at)
        self._put(
            "doc.date", presence.entered_at and presence.entered_at.astimezone(self._zone).date(), "auto"
        )
        self._line("stay.reason", Sheet.ARRIVAL, "purpose", "chosen")
        self._line("stay.found_at", Sheet.ARRIVAL, "found-at", "typed")
        self._line("person.local", Sheet.ARRIVAL, "local", "chosen")
        self._line("person.address", Sheet.ARRIVAL, "present-address", "typed")
        for fact, one in zip(("officer.1", "officer.2"), presence.brought_by, strict=False):
            self._staff(fact, one, "auto" if fact == "officer.1" else "scanned")
        if stay.person.bands:
            self._put("band.no", stay.person.bands[0].band, "scanned")
            self._at("band.time", stay.person.bands[0].since)
        entry = self._on(Paper.ENTRY_REGISTER)
        self._signed(entry, OFFICER, "sig.entry.officer")
        self._signed(entry, "custodian", "sig.entry.custodian")
        self._signed(entry, "approver", "sig.entry.approver")
        self._signer("approver.entry", "approver", Paper.ENTRY_REGISTER)
        self._signer("custodian", "custodian", Paper.ENTRY_REGISTER)
        account = self._on(Paper.ARRIVAL_ACCOUNT)
        self._signed(account, OFFICER, "sig.arrival.officer1", "sig.arrival.officer2")

    def _person(self) -> None:
        identity, born = self._stay.person.identity, self._stay.person.birth
        if identity is None or born is None:
            return
        self._put("person.name", identity.name, "device")
        self._put("person.sex", identity.sex, "device")
        self._put("person.birth", born.strftime("%Y%m%d"), "device")
        self._put("person.id_type", self._word(f"id-kind.{identity.id_kind}"), "device")
        self._put("person.id_no", identity.id_number, "device")
        self._put("person.hukou", identity.address, "device")
        self._put("person.ethnicity", identity.ethnic, "device")
        self._put("person.phone", identity.phone, "typed")
        entered = self._stay.presence.entered_at
        if entered is not None:
            day = entered.astimezone(self._zone).date()
            self._put(
                "person.age", day.year - born.year - ((day.month, day.day) < (born.month, born.day)), "auto"
            )

    def _case(self) -> None:
        case = self._stay.case
        if case is not None:
            self._put("case.cause", case.cause, "typed")
            self._put("case.kind", case.case_kind, "chosen")
        for fact, line in (("lookup.wanted", "wanted"), ("lookup.record", "past"), ("lookup.drug", "drugs")):
            self._line(fact, Sheet.LOOKUP, line, "auto")
        self._line("lookup.result", Sheet.LOOKUP, "result", "chosen")
        found = self._stay.papers.filled(Sheet.LOOKUP, "result")
        self._at("lookup.time", found.at if found else None)
        self._signed(self._on(Paper.REGISTER_LOOKUP), OFFICER, "sig.lookup.officer")

    def _notices(self) -> None:
        papers = self._stay.papers
        if papers.rights is not None:
            self._at("rights.time", papers.rights.at)
            self._signed(papers.rights.signatures, PERSON, "sig.rights.person")
            self._signed(papers.rights.signatures, OFFICER, "sig.rights.officer")
        for one in papers.notices:
            self._put("family.name", one.recipient, "typed")
            self._put("family.relation", one.relation, "typed")
            self._put("family.phone", one.phone, "typed")
            self._put("family.method", one.method, "chosen")
            self._at("family.time", one.at)
        self._line("family.content", Sheet.NOTICE, "content", "typed")
        self._signed(self._on(Paper.FAMILY_NOTICE), OFFICER, "sig.family.officer")

    def _health(self) -> None:
        asked = {"health.history": "illness", "health.infectious": "infection", "health.alcohol_said": "alcohol",
                 "health.medicine": "medicine"}  # fmt: skip
        screen = self._stay.care.screen
        for fact, code in asked.items():
            for one in screen.questions if screen else ():
                if one.code == code:
                    self._put(fact, one.answer, "chosen")
        for line in ("temperature", "pressure", "pulse", "breath"):
            self._line(f"exam.{line}", Sheet.EXAMINATION, line, "typed")
        self._line("exam.result", Sheet.EXAMINATION, "result", "chosen")
        signed = self._on(Paper.EXAMINATION)
        self._signed(signed, "physician", "sig.exam.doctor")
        self._signed(signed, OFFICER, "sig.exam.officer")
        self._signed(signed, PERSON, "sig.exam.person")

    # ------------------------------------------------------------ search and effects

    def _searches(self) -> None:
        searches = self._stay.searches.searches
        if searches:
            first = searches[0]
            self._search("search", first)
            if first.injuries:
                self._put(
                    "health.injury", "none" if first.injuries[0].none else first.injuries[0].region, "chosen"
                )
            if first.findings:
                self._put(
                    "search.findings", self._word(f"finding-kind.{first.findings[0].finding}"), "chosen"
                )
            self._signed(first.signatures, "witness", "sig.search.witness")
            self._signed(first.signatures, "legal", "sig.search.legal")
            for one in first.signatures:
                if one.part == "legal":
                    self._staff("legal.officer", one.by)
        for fact, line in (
            ("health.condition", "condition"), ("health.alcohol_seen", "alcohol"), ("health.body", "surface"),
        ):  # fmt: skip
            self._line(fact, Sheet.BODY, line, "chosen")
        if len(searches) > 1:
            again = searches[1]
            self._search("research", again)
            if again.findings:
                self._put("research.result", again.findings[0].finding, "chosen")

    def _search(self, name: str, search: Search) -> None:
        self._at(f"{name}.start", search.began)
        self._at(f"{name}.end", search.ended)
        self._room(f"{name}.room", search.place)
        self._activity(f"{name}.activity", search.place)
        self._signed(search.signatures, SEARCHER, f"sig.{name}.officer1", f"sig.{name}.officer2")
        self._signed(search.signatures, PERSON, f"sig.{name}.person")

    def _effects(self) -> None:
        effects = self._stay.effects
        for number, item in enumerate(effects.items, 1):
            cash = item.unit == CASH
            self._put(f"item.{number}.name", item.name, "typed")
            self._put(f"item.{number}.quantity", _quantity(item), "typed" if cash else "auto")
            self._put(f"item.{number}.feature", item.features, "typed")
            self._put(f"item.{number}.case_related", item.destination, "chosen")
        self._line("bag.measure", Sheet.EFFECTS, "measure", "auto")
        self._line("bag.handling", Sheet.EFFECTS, "handling", "auto")
        self._line("caseprop.none", Sheet.EFFECTS, "case-property", "chosen")
        stored = [hand.cell for bag in effects.bags for hand in bag.hands if hand.what == "stored"]
        self._put("bag.locker", stored[0] if stored else "", "auto")
        signed = self._on(Paper.PROPERTY_LIST)
        for part in (PERSON, OFFICER, "custodian", "legal"):
            self._signed(signed, part, f"sig.property.{part}")

    def _capture(self) -> None:
        captures = self._stay.searches.captures
        if captures:
            one = captures[0]
            self._put("capture.done", len(one.captures), "auto")
            for fact, name in (("identity", "identity"), ("photo", "photo"), ("prints", "fingerprint")):
                self._put(
                    f"capture.{fact}", self._word(f"capture.{name}") if name in one.captures else "", "auto"
                )
            self._put("capture.reason", one.basis, "typed")
            self._at("capture.time", one.at)
        for line in ("stored", "match"):
            self._line(f"capture.{line}", Sheet.CAPTURE, line, "chosen")
        for line in ("alias", "education", "marital", "political", "deputy"):
            self._line(f"person.{line}", Sheet.PERSON, line, "chosen")
        self._line("person.job", Sheet.PERSON, "job", "typed")
        for line in ("blood", "accent", "build", "face"):
            self._line(f"body.{line}", Sheet.PERSON, line, "chosen")
        for line in ("height", "weight", "shoe", "feature"):
            self._line(f"body.{line}", Sheet.PERSON, line, "typed")
        approval = [one for one in self._stay.papers.signed if one.paper is Paper.CAPTURE_APPROVAL]
        for one in approval:
            if any(each.part == "approver" for each in one.signatures):
                self._at("capture.approved", one.at)
        self._signed(self._on(Paper.CAPTURE_APPROVAL), "applicant", "sig.capture.applicant")
        self._signed(self._on(Paper.CAPTURE_APPROVAL), "approver", "sig.capture.approver")
        self._signed(self._on(Paper.CAPTURE_SHEET), OFFICER, "sig.capture.officer")
        self._signed(self._on(Paper.CAPTURE_SHEET), PERSON, "sig.capture.person")

    # ------------------------------------------------------------ handling

    def _rooms(self) -> None:
        rooms = self._house.centre.rooms
        waits = 0
        for one in self._stay.presence.rooms:
            use = rooms[one.room].use if one.room in rooms else None
            if use is RoomUse.CAPTURE:
                name = "capture"
            elif use is RoomUse.HOLDING:
                waits += 1
                name = f"wait.{waits}"
            else:
                continue
            self._at(f"{name}.start", one.since)
            self._at(f"{name}.end", one.until)
            self._room(f"{name}.room", one.room, "chosen" if name == "wait.1" else "auto")
            self._activity(f"{name}.activity", one.room)
            self._staff("guard", one.guard)

    def _care(self) -> None:
        care = self._stay.care
        for number, one in enumerate(care.checks, 1):
            self._at(f"check.{number}.time", one.at)
            self._put(f"check.{number}.state", one.response, "chosen")
            self._put(f"check.{number}.method", one.method, "chosen")
            self._put(f"check.{number}.anomaly", one.anomaly, "chosen")
        meal, water = care.last(Care.MEAL), care.last(Care.WATER)
        if meal is not None:
            self._at("meal.time", meal.at)
            self._put("meal.eaten", meal.outcome, "chosen")
        self._put("meal.water", water.outcome if water else "", "chosen")
        self._line("meal.kind", Sheet.MEAL, "kind", "typed")
        self._signed(self._on(Paper.MEAL_RECORD), PERSON, "sig.meal.person")

    def _exits(self) -> None:
        for one in self._stay.presence.exits[:1]:
            self._at("exit.leave", one.began)
            self._at("exit.return", one.ended)
            self._put("exit.reason", one.reason, "chosen")
            self._staff("exit.escort", one.escorts[0] if one.escorts else "")
            self._staff("exit.approver", one.approver)
            # an exit is recorded only after the card of who approves it was proved, for exactly this exit
            self._put("sig.exit.approver", f"card:{one.approver}" if one.approver else "", "signed")

    def _interview(self) -> None:
        talks = self._stay.interviews.interviews
        if not talks:
            return
        talk = talks[0]
        self._put("interview.seq", 1, "auto")
        self._at("interview.start", talk.opened)
        self._at("interview.end", talk.ended)
        self._room("interview.room", talk.room, "chosen")
        self._activity("interview.activity", talk.room)
        self._put("interview.pages", talk.pages, "typed")
        self._staff("recorder", self._stay.papers.line(Sheet.INTERVIEW, "recorder"))
        for number, code in enumerate(("identity", "rights", "recusal", "past", "health", "rest"), 1):
            self._line(f"interview.answer.{number}", Sheet.INTERVIEW, f"answer-{code}", "chosen")
        for one in self._stay.interviews.recordings:
            if one.room == talk.room:
                self._put("av.code", one.recording, "auto")
                self._put(
                    "av.store", "办案区工作站" if one.root else "", "auto"
                )  # sealed where it was recorded
        signed = self._on(Paper.INTERVIEW_RECORD)
        self._signed(signed, PERSON, *(f"sig.interview.page{page}" for page in (1, 2, 3)))
        for part in ("arrived", "left", "tail"):
            self._signed(signed, part, f"sig.interview.{part}")
        self._signed(signed, OFFICER, "sig.interview.officer1", "sig.interview.officer2")

    # ------------------------------------------------------------ departure

    def _outcome(self) -> None:
        decided, departure = self._stay.outcome, self._stay.presence.departure
        if decided is not None:
            self._put("outcome.kind", decided.outcome, "chosen")
            self._put("outcome.reason", decided.basis, "typed")
            self._put("outcome.doc", decided.paper, "auto")
            self._at("outcome.approved", decided.approved_at)
            self._staff("release.approver", decided.approver)
        if departure is not None:
            self._at("release.time", self._stay.presence.ended_at)
            self._put("release.reason", self._word(f"outcome.{departure.outcome}"), "auto")
        signed = self._on(Paper.OUTCOME_APPROVAL)
        self._signed(signed, "applicant", "sig.outcome.officer1", "sig.outcome.officer2")
        self._signed(signed, "legal", "sig.outcome.legal")
        self._signed(signed, "approver", "sig.outcome.approver")

    def _return(self) -> None:
        settled = [one.settled for one in self._stay.effects.items]
        back = [one for one in settled if one is not None and one.disposition is Disposition.RETURNED]
        if back and len(back) == len(settled):
            self._put("return.all", Disposition.RETURNED, "chosen")
            self._at("return.time", back[-1].at)
        self._line("return.rest", Sheet.DEPARTURE, "not-returned", "chosen")
        self._line("release.health", Sheet.DEPARTURE, "condition", "chosen")
        compared = self._stay.searches.compared
        self._put("release.injury", compared.new if compared else "", "chosen")
        self._signed(self._on(Paper.PROPERTY_RECEIPT), "receiver", "sig.return.person")
        signed = self._on(Paper.DEPARTURE_SHEET)
        self._signed(signed, PERSON, "sig.release.person")
        self._signed(signed, OFFICER, "sig.release.officer")


def _quantity(item: Item) -> str:
    """As the list prints it: the figure in capitals with its unit; of cash, what was counted."""
    if item.unit == CASH:
        return f"{capital(item.fen // 100)}元" if item.fen is not None else ""
    return f"{capital(item.quantity)}{item.unit}"
