"""Which datum of the official forms a widget holds, by its name: the `fact` of an act in a recorded session.

Rows that come up again (items, checks, waits) are numbered by what is recorded already.
"""

from __future__ import annotations

from collections.abc import Mapping

from ui.steps.fields import Facts
from ui.steps.forms.things import CASH_UNIT

_PERSON = {
    "name": "person.name", "sex": "person.sex", "birth": "person.birth", "id_kind": "person.id_type",
    "id_number": "person.id_no", "address": "person.hukou", "ethnic": "person.ethnicity", "phone": "person.phone",
}  # fmt: skip
_BODY = {
    "injury": "health.injury", "line_condition": "health.condition", "line_alcohol": "health.alcohol_seen",
    "line_surface": "health.body",
}  # fmt: skip
_LINES: Mapping[str, Mapping[str, str]] = {
    "begin-stay": {
        **_PERSON, "arrival_mode": "stay.arrival_mode", "arrived_at": "stay.arrived", "brought_by": "officer.2",
        "line_purpose": "stay.reason", "line_found-at": "stay.found_at", "line_present-address": "person.address",
        "line_local": "person.local", "unit": "unit.name",
    },
    "identify": _PERSON,
    "link-case": {
        "case_kind": "case.kind", "cause": "case.cause", "line_wanted": "lookup.wanted", "line_past": "lookup.record",
        "line_drugs": "lookup.drug", "line_result": "lookup.result",
        "sign_entry-register.0": "sig.entry.officer", "sign_entry-register.1": "sig.entry.custodian",
        "sign_register-lookup.0": "sig.lookup.officer",
        "sign_capture-approval.0": "sig.capture.applicant",
        "sign_arrival-account.0": "sig.arrival.officer1", "sign_arrival-account.1": "sig.arrival.officer2",
    },
    "issue-band": {"band": "band.no"},
    "serve-rights": {"signatures.0": "sig.rights.person", "signatures.1": "sig.rights.officer"},
    "give-notice": {
        "recipient": "family.name", "relation": "family.relation", "phone": "family.phone", "method": "family.method",
        "line_content": "family.content", "sign_family-notice.0": "sig.family.officer",
    },
    "screen-health": {
        "questions.illness": "health.history", "questions.infection": "health.infectious",
        "questions.alcohol": "health.alcohol_said", "questions.medicine": "health.medicine",
        "line_temperature": "exam.temperature", "line_pressure": "exam.pressure", "line_pulse": "exam.pulse",
        "line_breath": "exam.breath", "line_result": "exam.result", "sign_examination.0": "sig.exam.doctor",
        "sign_examination.1": "sig.exam.officer", "sign_examination.2": "sig.exam.person",
    },
    "record-injury": _BODY,
    "sign-property-list": {
        "line_measure": "bag.measure", "line_handling": "bag.handling", "line_case-property": "caseprop.none",
        "signatures.0": "sig.property.person", "signatures.1": "sig.property.officer",
        "signatures.2": "sig.property.custodian", "signatures.3": "sig.property.legal",
    },
    "open-cell": {"cell": "bag.locker"},
    "capture-information": {
        "captures": "capture.done", "basis": "capture.reason", "line_stored": "capture.stored",
        "line_match": "capture.match", "line_alias": "person.alias", "line_job": "person.job",
        "line_education": "person.education", "line_marital": "person.marital",
        "line_political": "person.political", "line_deputy": "person.deputy", "line_height": "body.height",
        "line_weight": "body.weight", "line_shoe": "body.shoe", "line_blood": "body.blood",
        "line_accent": "body.accent", "line_build": "body.build", "line_face": "body.face",
        "line_feature": "body.feature",
        "sign_capture-sheet.0": "sig.capture.officer", "sign_capture-sheet.1": "sig.capture.person",
    },
    "sign-approvals": {
        "sign_entry-register.0": "sig.entry.approver", "sign_capture-approval.0": "sig.capture.approver",
    },
    "plan-observation": {"guard": "guard", "room": "wait.{wait}.room"},
    "place-in-room": {"guard": "guard", "room": "wait.{wait}.room"},
    "check-person": {
        "method": "check.{check}.method", "response": "check.{check}.state", "anomaly": "check.{check}.anomaly",
    },
    "offer-care": {
        "line_kind": "meal.kind", "outcome": "meal.eaten", "water": "meal.water", "sign_meal-record.0": "sig.meal.person",
    },
    "begin-temporary-exit": {"reason": "exit.reason", "escorts": "exit.escort", "approver": "exit.approver", "approval": "sig.exit.approver"},
    "preflight": {"room": "interview.room"},
    "open-interview": {"room": "interview.room"},
    "first-questions": {
        "line_recorder": "recorder",
        **{
            f"line_answer-{code}": f"interview.answer.{number}"
            for number, code in enumerate(("identity", "rights", "recusal", "past", "health", "rest"), 1)
        },
    },
    "sign-interview-record": {"pages": "interview.pages"},
    "end-interview": {"pages": "interview.pages"},
    "propose-outcome": {
        "outcome": "outcome.kind", "basis": "outcome.reason", "paper": "outcome.doc",
        "sign_outcome-approval.0": "sig.outcome.officer1", "sign_outcome-approval.1": "sig.outcome.officer2",
        "sign_outcome-approval.2": "sig.outcome.legal",
    },
    "approve-outcome": {"sign_outcome-approval.0": "sig.outcome.approver"},
    "settle-item": {"disposition": "return.all"},
    "sign-receipt": {"line_not-returned": "return.rest", "signatures.0": "sig.return.person"},
    "compare-injuries": {
        "new": "release.injury", "line_condition": "release.health", "sign_departure-sheet.0": "sig.release.person",
        "sign_departure-sheet.1": "sig.release.officer",
    },
    "list-item": {
        "name": "item.{item}.name", "features": "item.{item}.feature", "quantity": "item.{item}.quantity",
        "destination": "item.{item}.case_related",
    },
    "count-cash": {"fen": "item.{cash}.quantity"},
}  # fmt: skip
"""Form → field (or field with the number of a signature) → datum; `{…}` is counted from the record."""
_FIRST_SEARCH = {
    **_BODY, "finding": "search.findings", "signatures.0": "sig.search.officer1", "signatures.1": "sig.search.officer2",
    "signatures.2": "sig.search.person", "signatures.3": "sig.search.witness", "signatures.4": "sig.search.legal",
}  # fmt: skip
_AGAIN = {
    "finding": "research.result", "signatures.0": "sig.research.officer1", "signatures.1": "sig.research.officer2",
    "signatures.2": "sig.research.person",
}  # fmt: skip
_SEARCHING = frozenset({"record-finding", "end-search"})
_RECORD = frozenset({"sign-interview-record", "end-interview"})


def datum_of(name: str, facts: Facts | None) -> str:
    """The datum behind a widget's object name in the stay in hand; empty for what is none."""
    words = name.split(".")
    if len(words) < 4 or words[0] != "steps" or facts is None:
        return ""
    form, field = words[2], ".".join(words[3:]).removesuffix(".pad").removesuffix(".read")
    if form in _SEARCHING:
        again = len(facts.stay.searches.searches) > 1
        return (_AGAIN if again else _FIRST_SEARCH).get(field, "")
    if form == "record-injury" and len(facts.stay.searches.searches) > 1:
        return ""
    if form in _RECORD and field.startswith("signatures."):
        return _of_record(int(field.rpartition(".")[2]), facts)
    return _LINES.get(form, {}).get(field, "").format(**_counts(facts))


def is_judgement(datum: str) -> bool:
    """Whether a value of this datum that stands there by itself was still somebody's to judge."""
    return datum.endswith(".case_related")


def _of_record(number: int, facts: Facts) -> str:
    """Pages, arrival, departure, closing sentence, officers: the lines of the interview's record in their order."""
    pages = int(facts.values.get("pages") or 1)
    own = [f"sig.interview.page{page}" for page in range(1, pages + 1)]
    lines = [*own, "sig.interview.arrived", "sig.interview.left", "sig.interview.tail"]
    lines += ["sig.interview.officer1", "sig.interview.officer2"]
    return lines[number] if number < len(lines) else ""


def _counts(facts: Facts) -> dict[str, int]:
    items = facts.stay.effects.items
    cash = next((number for number, one in enumerate(items, 1) if one.unit == CASH_UNIT), 0)
    holding = {one.id for one in facts.centre.rooms if one.use == "holding"}
    waits = sum(one.room in holding for one in facts.stay.presence.rooms)
    return {"item": len(items) + 1, "cash": cash, "check": len(facts.stay.care.checks) + 1, "wait": waits + 1}
