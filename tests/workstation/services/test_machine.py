"""Whatever is asked in whatever order of the real Desk on the real store, the invariants hold.

Commands are drawn without regard to sense: most requests are refused, most reports break a gate. After every
command the record alone must tell the state, and nothing that the rules forbid may have come about unmarked.
"""

from __future__ import annotations

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.desk_kit import DeskKit, make_desk_template, person
from workstation.custody import commands as c
from workstation.custody import values as v
from workstation.custody.presence import ENDED
from workstation.custody.stay import Stay, fold
from workstation.roles import Rank
from workstation.services import practice as p
from workstation.services.desk import RefusedWith, SavedAs, ScreenOutOfDate, recorded

STAYS = [p.stay_id(900 + number) for number in range(3)]
PEOPLE = (0, 2, 5)
CELLS = ("B-01", "B-02", "C-01")
ROOMS = ("holding-1", "holding-2", "holding-3", "interview-1", "search", "exit")
TAGS = ("990000000000000000000001", "990000000000000000000002")
BAGS = ("bag-01", "bag-02", "bag-03")
OFFICERS = ((p.WANG, p.LI), (p.SUN, p.QIAN), (p.HE, p.ZHENG))
READ = v.Source(how=v.How.DEVICE, device="tags-a")
TYPED = v.Source(how=v.How.TYPED)


def acts(stay: str) -> st.SearchStrategy[tuple[p.PracticeStaff, c.Command]]:
    """One command of a colleague about a stay."""
    answers = st.sampled_from(v.Answer)
    pair = st.sampled_from(OFFICERS)
    item = st.sampled_from([f"{stay[:6]}-{n}" for n in range(2)])
    bag, cell, room = st.sampled_from(BAGS), st.sampled_from(CELLS), st.sampled_from(ROOMS)

    def by(who: p.PracticeStaff, strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        return strategy.map(lambda command: (who, command))

    return st.one_of(
        by(p.WANG, st.just(c.ServeRights(stay=stay, language="zh", read_aloud=True, signatures=()))),
        by(
            p.WANG,
            st.just(c.ScreenHealth(stay=stay, questions=p.NOTHING_FELT, seen="正常", by_physician=False)),
        ),
        by(
            p.WANG,
            pair.map(
                lambda two: c.BeginSearch(
                    stay=stay, officers=(two[0].id, two[1].id), place="search", witness="测试见证人"
                )
            ),
        ),
        by(p.WANG, st.just(c.RecordFinding(stay=stay, finding=v.FindingKind.NONE, what=""))),
        by(p.WANG, st.just(c.EndSearch(stay=stay, signatures=()))),
        by(
            p.WANG,
            item.map(
                lambda name: c.ListItem(
                    stay=stay,
                    item=name,
                    name="手机",
                    features="",
                    quantity=1,
                    unit="部",
                    destination=v.Destination.PERSONAL_BAG,
                    grams=None,
                    photo="",
                    source=TYPED,
                )
            ),
        ),
        by(
            p.GUO,
            st.builds(
                lambda name, tag, one: c.FillBag(stay=stay, bag=name, tag=tag, items=(one,), source=READ),
                bag,
                st.sampled_from(TAGS),
                item,
            ),
        ),
        by(p.GUO, bag.map(lambda name: c.SealBag(stay=stay, bag=name, seal=f"S-{name}", source=TYPED))),
        by(
            p.GUO,
            st.builds(
                lambda name, where: c.StoreBag(
                    stay=stay, bag=name, cell=where, custodian=p.GUO.id, second=p.WANG.id, read_back=READ
                ),
                bag,
                cell,
            ),
        ),
        by(
            p.GUO,
            st.builds(
                lambda name, where: c.TakeBag(
                    stay=stay, bag=name, cell=where, custodian=p.GUO.id, second=p.WANG.id
                ),
                bag,
                cell,
            ),
        ),
        by(
            p.WU,
            st.just(
                c.PlanObservation(stay=stay, level=v.Observation.GENERAL, interval_min=30, reason="常规")
            ),
        ),
        by(p.WU, room.map(lambda name: c.PlaceInRoom(stay=stay, room=name, guard=p.WU.id))),
        by(p.WU, room.map(lambda name: c.Move(stay=stay, room=name, reason="转移"))),
        by(
            p.SUN,
            st.builds(
                lambda two, name: c.OpenInterview(
                    stay=stay,
                    interview=f"{stay[:6]}-i",
                    type=v.InterviewKind.QUESTIONING,
                    room=name,
                    officers=(two[0].id, two[1].id),
                    others="",
                    one_officer_ground="",
                ),
                pair,
                room,
            ),
        ),
        by(p.SUN, st.just(c.EndInterview(stay=stay, pages=1))),
        by(
            p.SUN,
            st.sampled_from(v.Outcome).map(
                lambda outcome: c.ProposeOutcome(stay=stay, outcome=outcome, paper="演-1", basis="查证结束")
            ),
        ),
        by(p.ZHOU, st.sampled_from(v.Outcome).map(lambda out: c.ApproveOutcome(stay=stay, outcome=out))),
        by(
            p.WANG,
            st.just(
                c.Reidentify(
                    stay=stay,
                    band=v.IdentityCheck.MATCHES,
                    photo=v.IdentityCheck.MATCHES,
                    question=v.IdentityCheck.MATCHES,
                    statement="",
                )
            ),
        ),
        by(
            p.GUO,
            st.just(c.CountPropertyBlind(stay=stay, lines=(), fen=0, grams=None, source=TYPED)),
        ),
        by(
            p.GUO,
            st.builds(
                lambda name, what: c.SettleItem(
                    stay=stay, item=name, disposition=what, basis="依据", receiver="本人", second=p.WANG.id
                ),
                item,
                st.sampled_from(v.Disposition),
            ),
        ),
        by(
            p.ZHAO,
            answers.map(lambda fit: c.ExamineFitness(stay=stay, fit=fit, report="体检")),
        ),
        by(
            p.SUN,
            st.builds(
                lambda approver: c.BeginTemporaryExit(
                    stay=stay,
                    reason="辨认现场",
                    destination="现场",
                    approver=approver.id,
                    approver_rank=Rank.UNIT_HEAD,
                    escorts=(p.SUN.id, p.QIAN.id),
                    planned_return=p_return(),
                ),
                st.sampled_from((p.ZHOU, p.SUN)),
            ),
        ),
        by(p.SUN, st.just(c.EndTemporaryExit(stay=stay, seen="无异常"))),
        by(p.WANG, st.just(c.ReportEscape(stay=stay, how="翻窗"))),
        by(p.WANG, st.just(c.ReportReturnAfterEscape(stay=stay, how="抓回"))),
        by(p.ZHAO, st.just(c.ReportDeath(stay=stay, circumstances="抢救无效"))),
        by(p.WANG, st.just(c.AddNote(stay=stay, text="说明"))),
    )


def departures(stay: str) -> st.SearchStrategy[c.Command]:
    """Every way out."""
    return st.one_of(
        st.sampled_from(v.Outcome).map(
            lambda outcome: c.Depart(
                stay=stay, outcome=outcome, destination="家", escorts=(), receiver="", paper="演-1"
            )
        ),
        st.just(c.ReleaseOnExpiry(stay=stay, destination="家", receiver="")),
        st.just(c.LeaveForMedicalEmergency(stay=stay, destination="医院", escorts=(p.SUN.id,), why="昏迷")),
    )


def p_return() -> Any:
    """A planned return far enough ahead for every run."""
    from tests.station_kit import NOW

    return NOW + timedelta(days=3)


class Centre(RuleBasedStateMachine):
    """Three persons, one centre, any colleague, any order."""

    template: ClassVar[Path]

    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp(dir=self.template.parent))
        self.kit = DeskKit.on_copy(self.template, self.folder / "store")
        self.begun: list[str] = []

    def teardown(self) -> None:
        if hasattr(self, "kit"):
            self.kit.close()
            shutil.rmtree(self.folder)

    @precondition(lambda self: len(self.begun) < len(STAYS))
    @rule()
    def somebody_arrives(self) -> None:
        number = len(self.begun)
        script = p.Script(900 + number, person(PEOPLE[number]), self.kit.clock.now(), band=f"B{number}")
        script.intake()
        self.kit.play(script)
        self.begun.append(script.stay)

    @precondition(lambda self: self.begun)
    @rule(data=st.data(), report=st.booleans())
    def something_is_asked_or_told(self, data: st.DataObject, report: bool) -> None:
        stay = data.draw(st.sampled_from(self.begun))
        who, command = data.draw(acts(stay))
        told = report if c.Family.REQUEST in command.family else True
        answer = self.kit.submit(who.actor(), command, report=told, proven=tuple(s.actor() for s in p.STAFF))
        assert isinstance(answer, SavedAs | RefusedWith | ScreenOutOfDate)
        if told and isinstance(answer, RefusedWith):
            # A report is turned away only where there is nothing it could be about.
            assert {one.gate for one in answer.objections} <= {"GA0", "GA1"}, answer

    @precondition(lambda self: self.begun)
    @rule(data=st.data(), report=st.booleans())
    def somebody_leaves(self, data: st.DataObject, report: bool) -> None:
        stay = data.draw(st.sampled_from(self.begun))
        command = data.draw(departures(stay))
        told = report if c.Family.REQUEST in command.family else True
        before = self._stay(stay)
        self.around = self.kit.desk.circumstances(self.kit.desk.house(), p.WANG.actor(), before)
        answer = self.kit.submit(p.WANG.actor(), command, report=told)
        free = bool(self.around.expired(stay)) or (before.outcome is not None and before.outcome.is_release)
        out = isinstance(command, c.Depart) and command.outcome in v.INTO_CUSTODY
        if free and not out and before.status not in ENDED and not before.unknown_kinds:
            # Nothing keeps a person whose ground has ended.
            assert isinstance(answer, SavedAs), answer

    @rule(minutes=st.integers(1, 400))
    def time_passes(self, minutes: int) -> None:
        self.kit.clock.advance(timedelta(minutes=minutes))

    @invariant()
    def the_record_tells_the_state(self) -> None:
        if not hasattr(self, "kit"):
            return
        for stay in self.begun:
            entries = [recorded(one) for one in self.kit.store.record.entries(stay=stay)]
            told, held = fold(entries), self._stay(stay)
            other = [n for n in held.__struct_fields__ if getattr(told, n) != getattr(held, n)]
            assert not other, [(getattr(told, n), getattr(held, n)) for n in other]

    @invariant()
    def nobody_left_without_what_was_owed_standing_in_red(self) -> None:
        for stay in self._stays():
            gone = stay.departure
            if gone is None:
                continue
            duties = {duty.gate for duty in stay.remarks.duties}
            breaches = {gate for breach in stay.remarks.breaches for gate in breach.gates}
            warned = {warning.rule for warning in stay.remarks.warnings}
            assert set(gone.unmet) <= duties | breaches, (gone, duties, breaches)
            assert set(gone.unmet) <= warned, (gone, warned)
            if gone.outcome in v.INTO_CUSTODY and not stay.remarks.breaches:
                assert stay.ground.fitness is not None, stay

    @invariant()
    def bags_and_cells_are_unmistakable(self) -> None:
        at: dict[str, set[str]] = {}
        for stay in self._stays():
            for bag in stay.effects.stored:
                at.setdefault(bag.cell, set()).add(stay.stay)
        for holders in at.values():
            if len(holders) > 1:
                marked = [stay for stay in self._stays() if stay.stay in holders and stay.remarks.breaches]
                assert marked

    @invariant()
    def intervals_are_in_order(self) -> None:
        for stay in self._stays():
            spans = [(one.since, one.until) for one in stay.presence.rooms]
            spans += [(one.opened, one.ended) for one in stay.interviews.interviews]
            spans += [(one.began, one.ended) for one in stay.presence.exits]
            for since, until in spans:
                assert until is None or since <= until

    def _stays(self) -> list[Any]:
        return [self._stay(stay) for stay in self.begun] if hasattr(self, "kit") else []

    def _stay(self, name: str) -> Stay:
        found = self.kit.desk.house_with(name).stay(name)
        assert found is not None
        return found


def test_the_invariants_hold(tmp_path_factory: Any) -> None:
    Centre.template = make_desk_template(tmp_path_factory.mktemp("machine") / "store")
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(
        Centre,
        settings=settings(
            max_examples=60,
            stateful_step_count=30,
            deadline=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )
