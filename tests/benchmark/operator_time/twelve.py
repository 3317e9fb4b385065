"""The traditional side: the twelve links as forms, turned into the events that a workstation would log."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from tests.benchmark.operator_time.charge import Tally, charge
from tests.benchmark.operator_time.log import AnyEvent, Click, Device, Handling, Key, Signature, Write

ASSETS = Path(__file__).parents[2] / "assets" / "operator-time"
VARIANTS = ("typed", "prefilled", "lean", "lean-prefilled", "hand")
"""Names of the variants; the claim is tested against the first."""
Row = tuple[str, Tally]


@cache
def forms() -> dict[str, Any]:
    """The twelve links with their forms and fields, and the frozen totals."""
    return tomllib.loads((ASSETS / "twelve_forms.toml").read_text("utf-8"))


@cache
def facts() -> tuple[dict[str, Any], ...]:
    """Every fact that the forms hold for the ordinary stay, once each."""
    return tuple(tomllib.loads((ASSETS / "facts.toml").read_text("utf-8"))["fact"])


def baseline(variant: str) -> tuple[Tally, list[Row]]:
    """Total and the tally of each link."""
    total, rows = Tally(), []
    for link in forms()["link"]:
        part = Tally(seen=total.seen)
        for form in link["form"]:
            if not (variant.startswith("lean") and (form["parallel"] or form["basis"] == "derived")):
                charge(tuple(_form(form, variant, total.seen)), part)
        rows.append((f"{link['no']:>2} {link['en']}", part))
        total.join(part)
    return total, rows


def _form(form: dict[str, Any], variant: str, seen: set[str]) -> Iterator[AnyEvent]:
    """Open the form, fill it in, print or save it, sign it, put it away."""
    by_pen = variant == "hand"
    if form["open"]:
        yield Handling(op="fetch") if by_pen else Click(target=f"open:{form['id']}")
    signatures = [one for one in form["field"] if one["kind"] == "signature"]
    for field in form["field"]:
        if field not in signatures:
            yield from _field(form["id"], field, variant, seen)
    for key in () if by_pen else _keys_at_the_end(form):
        yield Key(target=f"close:{form['id']}", key=key)
    for one in signatures:
        yield Signature(fact=one["fact"], by=one["by"], paper=form["id"])
    for op, count in form["handling"].items():
        yield Handling(op=op, n=count)
    if form["printed"]:
        if not by_pen:
            yield Handling(op="fetch")
        yield Handling(op="file")


def _field(form: str, field: dict[str, Any], variant: str, seen: set[str]) -> Iterator[AnyEvent]:
    fact, target = field["fact"], f"{form}:{field['fact']}"
    ticked = field["kind"] in ("choice", "check")
    if variant.endswith("prefilled") and fact in seen:
        yield Device(facts=(fact,))
    elif variant == "hand":
        yield Write(target=target, text="v" if ticked else field["value"], fact=fact)
    else:
        digit = "1" if ticked and field["choices"] <= 9 else "11"
        yield Key(target=target, text=digit if ticked else field["value"], fact=fact)
        yield Key(target="navigation", key="Tab")


def _keys_at_the_end(form: dict[str, Any]) -> Sequence[str]:
    if form["printed"]:
        return ("Ctrl+P", "Enter")
    return ("Ctrl+S",) if form["open"] else ()
