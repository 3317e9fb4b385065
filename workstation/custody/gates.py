"""The procedure as one table: which condition stands before which action.

A row names a condition only. Whether the row is in force, stops a request or opens a duty, who may pass it,
its message and its legal basis come from the rule pack. Screens grey out with the function that the
record enforces.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

import msgspec

from workstation.custody import holding_rules as holding
from workstation.custody import intake_rules as intake
from workstation.custody import interview_rules as interview
from workstation.custody import release_rules as release
from workstation.custody import search_rules as search
from workstation.custody.acceptance import STAY_ACTIONS
from workstation.custody.asked import Asked, Finding, Values, Verdict
from workstation.custody.circumstances import Circumstances, GateRow, Kind, OverrideBy
from workstation.custody.commands import (
    ACTIONS,
    BeginStay,
    CentreCommand,
    Command,
    Family,
    action_of,
)
from workstation.custody.house import House
from workstation.custody.stay import Stay, as_of

Predicate = Callable[[Asked], Finding]


class Gate(msgspec.Struct, frozen=True):
    """One row: before each of `actions` the condition `predicate` must hold."""

    id: str
    actions: frozenset[str]
    predicate: Predicate


class Objection(msgspec.Struct, frozen=True, kw_only=True):
    """One row that is not met. `override`: who may pass it together with the person asking, empty for nobody.

    `message`: catalogue code, filled with `values`; `cure`: the action that would meet the row.
    `unknown`: nobody knows whether it holds.
    """

    gate: str
    action: str
    kind: Kind
    message: str
    values: Values = {}
    override: OverrideBy = OverrideBy.NOBODY
    basis: str = ""
    cure: str = ""
    unknown: bool = False


_REQUESTS = frozenset(name for name, kind in ACTIONS.items() if Family.REQUEST in kind.family)
_PLACING = frozenset({"place-in-room", "move"})
_LEAVING = frozenset({"depart", "release-on-expiry", "leave-for-medical-emergency"})


def _rows() -> tuple[Gate, ...]:
    def row(gate: str, predicate: Predicate, *actions: str) -> Gate:
        return Gate(gate, frozenset(actions), predicate)

    def rows(gate: str, actions: frozenset[str], *predicates: Predicate, letters: str) -> tuple[Gate, ...]:
        return tuple(
            Gate(f"{gate}{letter}", actions, predicate)
            for letter, predicate in zip(letters, predicates, strict=True)
        )

    return (
        Gate("GA1", STAY_ACTIONS - {"begin-stay"}, intake.state_accepts),
        Gate("GA2", _REQUESTS, intake.actor_may),
        row("GI1", intake.arrival_plausible, "begin-stay"),
        row("GI2", intake.only_stay, "begin-stay", "identify"),
        *rows(
            "GI3",
            frozenset({"set-measure"}),
            intake.unit_may,
            intake.person_may,
            intake.paper_or_oral,
            intake.approver_may,
            letters="abcd",
        ),
        *rows(
            "GI4",
            frozenset({"extend-tier"}),
            intake.tier_ground,
            intake.tier_rank,
            intake.tier_in_order,
            letters="abc",
        ),
        row("GS1", search.two_officers_for_search, "begin-search"),
        row("GS1b", search.male_staff_for_man, "begin-search"),
        row("GS2", search.search_complete, "end-search"),
        *rows(
            "GS3",
            frozenset({"store-bag"}),
            search.bag_sealed,
            search.tag_read_back,
            search.bag_weighed,
            search.custodian_not_of_case,
            search.list_signed,
            letters="abcde",
        ),
        row("GS4", search.capture_allowed, "capture-information"),
        row("GS5", search.substance_test_allowed, "test-substance"),
        row("GS6", search.seizure_allowed, "seize-item"),
        row("GS7", search.cash_counted, "store-bag", "count-cash"),
        *rows("GH1", _PLACING, holding.searched_since_entry, holding.screened, letters="ab"),
        *rows(
            "GH2",
            _PLACING,
            holding.room_has_place,
            holding.sexes_apart,
            holding.minors_apart,
            holding.co_suspects_and_infectious_apart,
            holding.may_be_held,
            letters="abcde",
        ),
        *rows("GH3", _PLACING, holding.guard_assigned, holding.observation_planned, letters="ab"),
        row("GH4", holding.restraint_lawful, "apply-restraint"),
        *rows(
            "GV1",
            frozenset({"open-interview"}),
            interview.clock_runs,
            interview.rights_served,
            interview.interview_room,
            letters="abc",
        ),
        row("GV2", interview.officers_enough, "open-interview"),
        row("GV3", interview.recording_ready, "open-interview"),
        *rows(
            "GV4",
            frozenset({"open-interview"}),
            interview.adult_for_minor,
            interview.female_staff_for_girl,
            interview.sign_interpreter,
            interview.interpreter,
            letters="abcd",
        ),
        *rows(
            "GV5",
            frozenset({"open-interview"}),
            interview.sober,
            interview.no_medical_order,
            interview.officers_free,
            interview.not_resting,
            letters="abcd",
        ),
        row("GV6", interview.interview_closed_well, "end-interview"),
        row(
            "GT1",
            holding.exit_ordered,
            "begin-temporary-exit",
            "move",
            "place-in-room",
            "open-interview",
        ),
        row("GP1", release.media_purpose, "access-media"),
        Gate("GR1", _LEAVING, release.outcome_approved),
        Gate("GR2", _LEAVING, release.identity_confirmed),
        *rows(
            "GR3",
            _LEAVING,
            release.counted_blind,
            release.items_settled,
            release.weight_explained,
            release.lockers_empty,
            letters="abcd",
        ),
        *rows(
            "GR4",
            _LEAVING,
            release.interview_ended,
            release.recording_ended,
            release.restraint_off,
            release.exit_and_orders_closed,
            letters="abcd",
        ),
        Gate("GR5", _LEAVING, release.fetched_at_night),
        *rows(
            "GR6",
            frozenset({"depart"}),
            release.fit_for_custody,
            release.examined,
            release.not_exempt,
            letters="abc",
        ),
    )


GATES: tuple[Gate, ...] = _rows()
"""The gate table, in the order in which unmet rows are shown."""
_BEFORE: Mapping[str, tuple[Gate, ...]] = {
    action: tuple(gate for gate in GATES if action in gate.actions) for action in ACTIONS
}


def objections(
    command: Command | CentreCommand,
    house: House,
    circumstances: Circumstances,
    *,
    report: bool = False,
    happened_at: datetime | None = None,
) -> tuple[Objection, ...]:
    """All unmet rows for a command, in the order of the table. The stay of BeginStay need not exist yet."""
    latest = house.stay(command.stay) if isinstance(command, Command) else None
    if latest is None or isinstance(command, BeginStay):
        latest = Stay(stay=command.stay if isinstance(command, Command) else "")
    stay = as_of(latest, happened_at) if report and happened_at is not None else latest
    return ask(
        Asked(
            action=action_of(command),
            command=command,
            stay=stay,
            latest=latest,
            house=house,
            circumstances=circumstances,
            at=happened_at or circumstances.now,
            report=report,
        )
    )


def outlook(action: str, stay: Stay, house: House, circumstances: Circumstances) -> tuple[Objection, ...]:
    """What stands in the way of `action` whatever is filled in: rows that need no value of the command."""
    return ask(
        Asked(
            action=action,
            command=None,
            stay=stay,
            latest=stay,
            house=house,
            circumstances=circumstances,
            at=circumstances.now,
        )
    )


def ask(asked: Asked) -> tuple[Objection, ...]:
    """Every row in force for the action that is not met."""
    found = []
    for gate in _BEFORE[asked.action]:
        row = asked.circumstances.pack.gate(gate.id)
        if row is None:
            continue
        finding = gate.predicate(asked)
        if not _satisfied(finding, row):
            found.append(_objection(gate, asked.action, row, finding))
    return tuple(found)


def _satisfied(finding: Finding, row: GateRow) -> bool:
    match finding.verdict:
        case Verdict.MET | Verdict.NOT_APPLICABLE:
            return True
        case Verdict.BY_HAND:
            return row.by_hand
        case Verdict.UNMET | Verdict.UNKNOWN:
            return False


def _objection(gate: Gate, action: str, row: GateRow, finding: Finding) -> Objection:
    return Objection(
        gate=gate.id,
        action=action,
        kind=row.kind,
        message=row.message,
        values=finding.values,
        override=OverrideBy.NOBODY if finding.strict else row.override,
        basis=row.basis,
        cure=row.cure,
        unknown=finding.verdict is Verdict.UNKNOWN,
    )
