"""What is recorded of a task already, as rows for the head of its form."""

from __future__ import annotations

from datetime import datetime

from ui.steps.fields import Facts, Origin, Say, Table
from workstation.custody.values import How, Signature, SignState


def clock(at: datetime, facts: Facts) -> str:
    """Local time of an entry."""
    return at.astimezone(facts.zone).strftime("%H:%M")


def staff(member: str, facts: Facts) -> str:
    """Name of a member of staff; an unknown id or a written name as it is."""
    return next((one.name for one in facts.staff if one.id == member), member)


def everyone(members: tuple[str, ...], facts: Facts) -> str:
    """Names in one line."""
    return "、".join(staff(one, facts) for one in members)


def signers(signatures: tuple[Signature, ...], facts: Facts) -> str:
    """Who signed, and who did not."""
    told = []
    for one in signatures:
        name = staff(one.by, facts) or "—"
        told.append(
            f"✓ {name}" if one.state is SignState.SIGNED else f"✗ {name}（{staff(one.noted_by, facts)}）"
        )
    return "  ".join(told)


def _table(at: datetime, facts: Facts, *rows: tuple[str, str], how: How = How.TYPED) -> Table:
    """Names and values of one entry; the first says where it comes from and when."""
    shown = tuple((name, words) for name, words in rows if words)
    return Table((), shown, origins=(Origin(how.value, clock(at, facts)),))


def identity(facts: Facts) -> Table | None:
    """Identity as last stated."""
    known = facts.stay.person.identity
    if known is None:
        return None
    return _table(
        known.at,
        facts,
        ("@paper.person.name", known.name),
        ("@paper.person.sex", f"@sex.{known.sex}"),
        ("@paper.person.birth", known.birth),
        ("@paper.person.id-number", known.id_number),
        ("@paper.person.address", known.address),
        how=known.source.how,
    )


def case(facts: Facts) -> Table | None:
    """The case linked."""
    known = facts.stay.ground.case
    if known is None:
        return None
    return _table(
        known.at,
        facts,
        ("@paper.case.number", known.case_number),
        ("@paper.case.kind", f"@case-kind.{known.case_kind}"),
        ("@paper.case.cause", known.cause),
        ("@steps.officers", everyone(known.officers, facts)),
    )


def measure(facts: Facts) -> Table | None:
    """The measure in force and its extensions."""
    known = facts.stay.ground.measure
    if known is None:
        return None
    tiers = " → ".join(one.tier for one in facts.stay.ground.tiers)
    return _table(
        known.at,
        facts,
        ("@paper.case.measure", f"@measure.{known.measure}"),
        ("@steps.basis", known.ground or known.paper),
        ("@steps.approver", staff(known.approver, facts)),
        ("@steps.tiers", tiers),
    )


def rights(facts: Facts) -> Table | None:
    """The rights notice as served."""
    known = facts.stay.papers.rights
    if known is None:
        return None
    return _table(known.at, facts, ("@paper.rights-notice", signers(known.signatures, facts)))


def health(facts: Facts) -> Table | None:
    """The newest health screen, question by question."""
    known = facts.stay.care.screen
    if known is None:
        return None
    heads: tuple[Say, ...] = (("询问", "Question"), ("回答", "Answer"), ("说明", "Detail"), ("时间", "Time"))
    rows = [
        (
            f"@question.{one.code}",
            f"@answer.{one.answer}",
            one.detail,
            "" if number else clock(known.at, facts),
        )
        for number, one in enumerate(known.questions)
    ]
    return Table(heads, (*rows, ("@steps.seen", known.seen, "", "")))


def band(facts: Facts) -> Table | None:
    """The band worn."""
    worn = facts.stay.person.bands
    if not worn:
        return None
    return _table(worn[-1].since, facts, ("@steps.band", worn[-1].band))


def supporters(facts: Facts) -> Table | None:
    """Who came in support, or why nobody did."""
    known = facts.stay.papers.supporters
    if not known:
        return None
    heads: tuple[Say, ...] = (("身份", "Who"), ("姓名", "Name"), ("情况", "Note"), ("时间", "Time"))
    return Table(
        heads,
        tuple(
            (
                f"@supporter-kind.{one.supporter}",
                f"{one.name} {one.relation}".strip(),
                one.lawful_note,
                clock(one.at, facts),
            )
            for one in known
        ),
    )


def plan(facts: Facts) -> Table | None:
    """The observation plan in force."""
    known = facts.stay.care.plan
    if known is None:
        return None
    return _table(
        known.at,
        facts,
        ("@steps.plan", f"@observation.{known.level}"),
        ("@steps.interval", str(known.interval_min)),
        ("@steps.basis", known.reason),
    )


def room(facts: Facts) -> Table | None:
    """The last rooms, newest first."""
    known = facts.stay.presence.rooms[-4:]
    if not known:
        return None
    heads: tuple[Say, ...] = (("房间", "Room"), ("进", "In"), ("出", "Out"), ("看管", "Guard"))
    return Table(
        heads,
        tuple(
            (
                f"#{one.room}",
                clock(one.since, facts),
                clock(one.until, facts) if one.until else "—",
                staff(one.guard, facts),
            )
            for one in reversed(known)
        ),
    )


def searches(facts: Facts) -> Table | None:
    """Searches with who made them and who signed."""
    known = facts.stay.searches.searches
    if not known:
        return None
    heads: tuple[Say, ...] = (("检查", "Search"), ("检查人员", "Officers"), ("签名", "Signatures"))
    return Table(
        heads,
        tuple(
            (
                f"{clock(one.began, facts)}–{clock(one.ended, facts) if one.ended else '…'}",
                everyone(one.officers, facts),
                signers(one.signatures, facts),
            )
            for one in known
        ),
    )


def bags(facts: Facts) -> Table | None:
    """Bags with tag, seal, weight and place."""
    known = facts.stay.effects.bags
    if not known:
        return None
    heads: tuple[Say, ...] = (("袋标签", "Tag"), ("封签", "Seal"), ("毛重", "Weight"), ("柜门", "Locker"))
    return Table(
        heads,
        tuple(
            (
                f"…{one.tag[-6:]}",
                one.seal or "—",
                f"{one.grams} g" if one.grams is not None else "?",
                one.cell or "—",
            )
            for one in known
        ),
    )


def bags_unweighed(facts: Facts) -> Table | None:
    """Bags with tag, seal and place: what may be seen before the blind count."""
    table = bags(facts)
    if table is None or facts.stay.effects.count is not None:
        return table
    return Table((*table.heads[:2], table.heads[3]), tuple((*row[:2], row[3]) for row in table.rows))


def interviews(facts: Facts) -> Table | None:
    """Interviews held."""
    known = facts.stay.interviews.interviews
    if not known:
        return None
    heads: tuple[Say, ...] = (
        ("讯（询）问", "Interview"),
        ("房间", "Room"),
        ("人员", "Officers"),
        ("笔录", "Pages"),
    )
    return Table(
        heads,
        tuple(
            (
                f"{clock(one.opened, facts)}–{clock(one.ended, facts) if one.ended else '…'}",
                f"#{one.room}",
                everyone(one.officers, facts),
                str(one.pages) if one.pages is not None else "—",
            )
            for one in known
        ),
    )


def preflights(facts: Facts) -> Table | None:
    """Preflights of rooms."""
    known = facts.stay.interviews.preflights[-3:]
    if not known:
        return None
    heads: tuple[Say, ...] = (("房间", "Room"), ("录制正常", "Recording"), ("情况", "Seen"), ("时间", "Time"))
    return Table(
        heads,
        tuple(
            (f"#{one.room}", f"@answer.{one.recording}", one.detail, clock(one.at, facts))
            for one in reversed(known)
        ),
    )


def reidentified(facts: Facts) -> Table | None:
    """Identity compared again."""
    known = facts.stay.ground.reidentified
    if known is None:
        return None
    return _table(
        known.at,
        facts,
        ("@steps.band", f"@identity-check.{known.band}"),
        ("@steps.photo", f"@identity-check.{known.photo}"),
        ("@steps.question", f"@identity-check.{known.question}"),
        ("@steps.basis", known.statement),
    )


def compared(facts: Facts) -> Table | None:
    """Injuries compared before departure."""
    known = facts.stay.searches.compared
    if known is None:
        return None
    return _table(
        known.at, facts, ("@steps.new-injuries", f"@answer.{known.new}"), ("@steps.seen", known.detail)
    )


def fitness(facts: Facts) -> Table | None:
    """The examination of fitness."""
    known = facts.stay.ground.fitness
    if known is None:
        return None
    return _table(known.at, facts, ("@steps.fit", f"@answer.{known.fit}"), ("@steps.basis", known.report))


def captures(facts: Facts) -> Table | None:
    """What was captured."""
    known = facts.stay.searches.captures
    if not known:
        return None
    heads: tuple[Say, ...] = (("时间", "Time"), ("采集", "Captured"), ("批准", "Approver"), ("依据", "Basis"))
    return Table(
        heads,
        tuple(
            (clock(one.at, facts), f"@capture.{name}", staff(one.approver, facts), one.basis)
            for one in known
            for name in one.captures
        ),
    )


def tests(facts: Facts) -> Table | None:
    """Tests made."""
    known = facts.stay.searches.tests
    if not known:
        return None
    heads: tuple[Say, ...] = (("时间", "Time"), ("检测", "Test"), ("结果", "Result"), ("人员", "Staff"))
    return Table(
        heads,
        tuple(
            (clock(one.at, facts), f"@substance.{one.substance}", one.result, everyone(one.staff, facts))
            for one in known
        ),
    )


def orders(facts: Facts) -> Table | None:
    """Medical orders."""
    known = facts.stay.care.orders
    if not known:
        return None
    heads: tuple[Say, ...] = (("时间", "Time"), ("医嘱", "Order"), ("确认", "Acknowledged"))
    return Table(
        heads,
        tuple((clock(one.at, facts), one.text, staff(one.acknowledged_by, facts) or "—") for one in known),
    )


def doors(facts: Facts) -> Table | None:
    """The last doors asked for, and what their contact said."""
    known = facts.stay.effects.intents[-3:]
    if not known:
        return None
    heads: tuple[Say, ...] = (
        ("柜门", "Locker"),
        ("用途", "For"),
        ("门", "Door"),
        ("情况", "What went wrong"),
        ("时间", "Time"),
    )
    return Table(
        heads,
        tuple(
            (
                one.cell,
                f"@cell-purpose.{one.purpose}",
                f"@door.{one.outcome}" if one.outcome else "…",
                f"@{one.failure}" if one.failure else "",
                clock(one.at, facts),
            )
            for one in reversed(known)
        ),
    )


def door_opened(facts: Facts, purpose: str, bag: str) -> bool:
    """Whether the newest door asked for this bag opened, or is still awaited."""
    asked = [one for one in facts.stay.effects.intents if one.bag == bag and one.purpose == purpose]
    return bool(asked) and asked[-1].outcome in ("", "open")
