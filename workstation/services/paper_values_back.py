"""The back of the main form: capture, activities, exits, departure, return, and what is owed."""

from __future__ import annotations

from workstation.custody import events as e
from workstation.custody.circumstances import ClockRun
from workstation.custody.presence import RoomStay
from workstation.custody.values import (
    Activity,
    Answer,
    IdentityCheck,
    Paper,
    Sheet,
)
from workstation.documents.context import Shortfall
from workstation.documents.custody_back import ActivityLine, CapturePart, DeparturePart, ExitLine, ReturnPart
from workstation.services.paper_values_told import Told

_STORED = {"yes": Answer.YES, "no": Answer.NO}


class Back:
    """Values of the blocks of the back; several forms have them."""

    def __init__(self, told: Told) -> None:
        self._told = told
        self._stay = told.stay

    def capture(self) -> CapturePart | None:
        searches = self._stay.searches
        if not searches.captures and not searches.tests:
            return None
        last = searches.captures[-1] if searches.captures else None
        return CapturePart(
            captured=Answer.YES if last else Answer.NO,
            captures=tuple(self._told.say(f"capture.{one}") for one in last.captures) if last else None,
            stored=_STORED.get(self._stay.papers.line(Sheet.CAPTURE, "stored")),
            comparison=self._told.line(Sheet.CAPTURE, "match"),
            at=last.at if last else None,
            staff=self._captured_by(),
            tests=tuple(
                f"{self._told.say(f'substance.{test.substance}')}：{test.result}" for test in searches.tests
            ),
        )

    def _captured_by(self) -> str:
        """Who recorded the newest capture."""
        entries = reversed(self._stay.entries)
        found = (one.actor for one in entries if isinstance(one.event, e.InformationCaptured))
        return self._told.name(next(found, ""))

    def activities(self) -> tuple[ActivityLine, ...]:
        stay = self._stay
        lines = [self._in_room(one) for one in stay.presence.rooms]
        lines += [
            ActivityLine(
                start=talk.opened,
                end=talk.ended,
                room=self._told.room(talk.room),
                what=self._told.said(talk.type) + (self._told.say("paper.unusable") if talk.unusable else ""),
                recording=self._told.say(f"recording.{talk.recording.value}"),
                staff="、".join(self._told.name(officer) for officer in talk.officers),
                going_on=talk.ended is None,
                marks=self._told.flags_of(talk.entry),
            )
            for talk in stay.interviews.interviews
        ]
        lines += [
            ActivityLine(
                start=given.at,
                end=given.at,
                room=self._told.room(self._told.room_at(given.at)),
                what=f"{self._told.said(given.care)} · {self._told.said(given.outcome)} {given.detail}".strip(),
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
                    room=self._told.room(self._told.room_at(checks[0].at)),
                    what=self._told.say("paper.checks", count=len(checks)),
                    recording="—",
                    staff="、".join(dict.fromkeys(self._told.name(check.actor) for check in checks)),
                )
            )
        return tuple(sorted(lines, key=lambda line: line.start or stay.entries[0].happened_at))

    def _in_room(self, one: RoomStay) -> ActivityLine:
        return ActivityLine(
            start=one.since,
            end=one.until,
            room=self._told.room(one.room),
            what=self._why_there(one.reason),
            recording="—",
            staff=self._told.name(one.guard) if one.guard else "—",
            going_on=one.until is None,
            marks=self._told.flags_of(one.entry),
        )

    def _why_there(self, reason: str) -> str:
        """The reason of a move: an activity by its code, or what somebody wrote."""
        if reason in tuple(Activity):
            return self._told.said(Activity(reason))
        return reason or self._told.say("paper.in-room")

    def exits(self) -> tuple[ExitLine, ...]:
        return tuple(
            ExitLine(
                left_at=one.began,
                returned_at=one.ended,
                escorts=tuple(self._told.name(escort) for escort in one.escorts),
                approver=self._told.name(one.approver),
                reason=f"{one.reason} → {one.destination}",
                marks=self._told.flags_of(one.entry),
            )
            for one in self._stay.presence.exits
        )

    def departure(self) -> DeparturePart | None:
        stay = self._stay
        gone = stay.departure
        if gone is None:
            return None
        decided, compared = stay.outcome, stay.searches.compared
        return DeparturePart(
            left_at=gone.at,
            approver=self._told.name(decided.approver) if decided and decided.approver else "",
            outcome=self._told.said(gone.outcome),
            paper=gone.paper or (decided.paper if decided else ""),
            destination=gone.destination,
            escorts=tuple(self._told.name(escort) for escort in gone.escorts),
            receiver=gone.receiver,
            new_injuries=compared.new if compared else None,
            injury_detail=compared.detail if compared else "",
            condition=self._told.line(Sheet.DEPARTURE, "condition"),
            signatures=self._told.paper_signed(Paper.DEPARTURE_SHEET, ("person", "officer")),
            marks=self._told.flags_of(gone.entry),
        )

    def returned(self) -> ReturnPart | None:
        stay = self._stay
        settled = [item.settled.at for item in stay.effects.items if item.settled]
        if not settled:
            return None
        identity = stay.identity
        return ReturnPart(
            receiver=identity.name if identity else "",
            receiver_id=identity.id_number if identity else "",
            received_at=max(settled),
            identified_by=self.identified_by(),
            signatures=self._told.paper_signed(Paper.PROPERTY_RECEIPT, ("receiver", "custodian")),
        )

    def identified_by(self) -> str:
        """By what the person was made sure of before leaving; empty when nobody did or nothing matched."""
        again = self._stay.ground.reidentified
        if again is None:
            return ""
        names = ("band", "photo", "question")
        matched = [name for name in names if getattr(again, name) is IdentityCheck.MATCHES]
        return self._told.say("paper.comma").join(self._told.say(f"identity.{name}") for name in matched)

    def shortfalls(self) -> tuple[Shortfall, ...]:
        remarks = self._stay.remarks
        breaches = [
            Shortfall(
                breach=True,
                text=self._told.say(
                    "paper.breach-line",
                    gate=gate,
                    reason=self._told.gate_text(gate),
                    at=self._told.local(breach.at),
                ),
            )
            for breach in remarks.breaches
            for gate in breach.gates
        ]
        duties = [
            Shortfall(
                breach=False,
                text=self._told.say(
                    "paper.duty-line", gate=duty.gate, reason=self._told.gate_text(duty.gate)
                ),
                owner=self._told.say(f"role.{duty.owner}"),
                due_at=duty.due_at,
            )
            for duty in remarks.open_duties
        ]
        expired = [
            Shortfall(
                breach=True, text=self._told.say("paper.expired-line", clock=self._told.say(clock.title))
            )
            for clock in self._told.around.clocks.get(self._stay.stay, ())
            if clock.liberty and (clock.breached or clock.state is ClockRun.EXPIRED)
        ]
        return (*expired, *breaches, *duties)
