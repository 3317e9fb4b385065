"""How readings, scans and what follows from a value come into a form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ui.steps.answered import shown_fields
from ui.steps.fields import Facts, Field, Form, Kind, Values, instant
from ui.steps.forms.effects import LIST
from ui.steps.forms.things import CASH_UNIT, common
from workstation.custody.values import How, Paper
from workstation.errors import AppError
from workstation.station import messages as m

PAPERS = {one.value: one for one in Paper}
HAPPENED = "happened_at"


def _read(value: str | int, how: How, device: str, at: datetime) -> dict[str, Any]:
    return {"value": str(value), "how": how.value, "device": device, "at": at.isoformat()}


def _free(values: Values, key: str) -> bool:
    """Whether a device may fill the field: empty, or filled by a device before."""
    got = values.get(key)
    return not isinstance(got, dict) or got.get("how") != How.BY_HAND or not got.get("value")


def _device(field: Field, values: Values, facts: Facts) -> str:
    if field.device != "cell":
        return facts.desk(field.device) if field.device else ""
    chosen = str(values.get("cell") or "")
    return next((bank.reader for bank in facts.banks for cell in bank.cells if cell.cell == chosen), "")


def from_notice(form: Form, values: Values, facts: Facts, notice: m.Notice) -> dict[str, Any]:
    """Values that readings of this desk give to the fields of a form.

    A weight that is read again as it was changes nothing: the first reading stands with its time.
    """
    filled: dict[str, Any] = {}
    for field in shown_fields(form, values, facts):
        device = _device(field, values, facts)
        if field.kind is Kind.TAG and not (values.get(field.key) or {}).get("value"):
            seen = [tag for tag in notice.tags if tag.device == device]
            if seen and len({tag.epc for tag in seen}) == 1:
                filled[field.key] = _read(seen[0].epc, How.DEVICE, device, seen[0].at)
        if field.kind is Kind.WEIGHT and notice.weight is not None and _free(values, field.key):
            weight = notice.weight
            told = values.get(field.key) or {}
            known = told.get("value") == str(weight.grams) and told.get("device") == device
            if weight.stable and weight.device == device and weight.grams > 0 and not known:
                filled[field.key] = _read(weight.grams, How.DEVICE, device, weight.at)
    return filled


def weighed(form: Form, values: Values) -> bool:
    """Whether a scale gave a value of the form."""
    return any(
        field.kind is Kind.WEIGHT and (values.get(field.key) or {}).get("how") == How.DEVICE
        for field in form.fields
    )


def from_scan(form: Form, values: Values, facts: Facts, kind: str, text: str) -> dict[str, Any]:
    """Values that a scan gives: a staff card to the first open place for staff, a code to the first open field.

    A code that a field does not expect is left to whoever knows what else it belongs to.
    """
    fields = shown_fields(form, values, facts)
    card = next((one for one in facts.staff if text in (one.id, one.card, f"STAFF-{one.number}")), None)
    if card is not None:
        return _staff_scanned(fields, values, card.id)
    wanted = (Kind.TAG, Kind.SCAN) if kind in ("band", "bag", "tag", "epc") else (Kind.SCAN,)
    for field in fields:
        expected = field.expect(facts) if field.expect is not None else text
        if field.kind in wanted and text == expected and not (values.get(field.key) or {}).get("value"):
            return {field.key: _read(text, How.SCANNED, "", facts.now)}
    return {}


def _staff_scanned(fields: tuple[Field, ...], values: Values, staff: str) -> dict[str, Any]:
    for field in fields:
        got = values.get(field.key)
        if field.kind is Kind.PEOPLE:
            there = list(got or ())
            if staff not in there and len(there) < 2:
                return {field.key: [*there, staff]}
        if field.kind is Kind.STAFF and not got:
            return {field.key: staff}
        if isinstance(got, dict) and got.get("how") == How.BY_HAND and not got.get("second"):
            return {field.key: {**got, "second": staff}}
    return {}


def question(field: Field, values: Values, facts: Facts) -> Any | None:
    """What to ask the station for a reading of this field; None when no device is there."""
    device = _device(field, values, facts)
    if not device:
        return None
    match field.kind:
        case Kind.TAG | Kind.SCAN:
            return m.ReadTags(device=device)
        case Kind.WEIGHT:
            return m.Weigh(device=device)
        case Kind.PHOTO:
            return m.TakeStill(camera=device, stay=facts.stay.stay)
        case _:
            return None


def answer(field: Field, reply: Any, facts: Facts) -> dict[str, Any] | AppError:
    """The value in a reading, or why it cannot be used.

    A reader in a bank sees every bag of the bank: of several tags the expected one counts, otherwise none does.
    """
    match reply:
        case m.TagsReply(tags=tags):
            seen = {tag.epc: tag for tag in tags}
            expected = field.expect(facts) if field.expect is not None else ""
            if not seen:
                return AppError("steps.no-tag")
            if expected and expected not in seen:
                return AppError("steps.other-tag")
            if not expected and len(seen) > 1:
                return AppError("steps.many-tags", count=len(seen))
            tag = seen[expected or next(iter(seen))]
            return _read(tag.epc, How.DEVICE, tag.device, tag.at)
        case m.WeightReply(weight=weight):
            if not weight.stable:
                return AppError("steps.unstable")
            return _read(weight.grams, How.DEVICE, weight.device, weight.at)
        case m.MediaReply(media=media, digest=digest):
            return {**_read(media, How.DEVICE, field.device, facts.now), "digest": digest}
        case _:
            return AppError("steps.no-device")


def follows(form: Form, key: str, values: Values) -> Mapping[str, Any]:
    """What follows from a typed value: the unit and place of a common thing, one piece of it."""
    if form is not LIST or key != "name":
        return {}
    known = common(str(values.get("name") or ""))
    if known is None:
        return {}
    found: dict[str, Any] = {}
    if not values.get("unit"):
        found["unit"] = known.unit
    if not values.get("destination"):
        found["destination"] = known.destination.value
    if not values.get("quantity") and known.unit != CASH_UNIT:
        found["quantity"] = 1
    return found


def happened_at(values: Values) -> datetime | None:
    """When it happened, as told; None for now."""
    return instant(values.get(HAPPENED))
