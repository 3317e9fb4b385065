"""An alert in words: what it is about, how long it has or is over, who owes it, how it stands."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from ui.context import Context, span
from workstation.services.alerts import Alert, AlertSort

_UNFILLED = re.compile(r"\{[a-z_]+\}")


class Saying:
    """Says alerts in the language of the moment."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def what(self, alert: Alert) -> str:
        """The whole sentence; of a duty, that it is still owed."""
        return self._owed(alert, self._said(alert))

    def briefly(self, alert: Alert) -> str:
        """The name of the rule."""
        w = self._context.words
        short = f"gate.{alert.code}.short"
        return self._owed(alert, w(short)) if short in w.catalogue else self.what(alert)

    def rule(self, code: str) -> str:
        """The name of a rule by its code."""
        w = self._context.words
        found = next((one for one in (f"gate.{code}.short", f"warning.{code}") if one in w.catalogue), "")
        return w(found) if found else code

    def _said(self, alert: Alert) -> str:
        w = self._context.words
        for code in (alert.code, f"warning.{alert.code}", f"gate.{alert.code}"):
            if code in w.catalogue:
                said = w(code, **alert.values)
                short = f"gate.{alert.code}.short"
                if _UNFILLED.search(said) and short in w.catalogue:
                    return w(short)
                return _UNFILLED.sub("…", said)
        return alert.code

    def _owed(self, alert: Alert, said: str) -> str:
        return self._context.words("warnings.duty", what=said) if alert.sort is AlertSort.DUTY else said

    def rule_id(self, alert: Alert) -> str:
        """The short id of the rule."""
        return alert.id if alert.sort is AlertSort.CLOCK else alert.code

    def due(self, alert: Alert, now: datetime) -> str:
        """Time left, time over, or how long it has stood."""
        w = self._context.words
        if alert.closed_at is not None:
            return self._context.local(alert.closed_at, "%m-%d %H:%M")
        if alert.due_at is None:
            return w("warnings.since", span=self.span(now - alert.begun_at))
        left = alert.due_at - now
        return w("warnings.over" if left < timedelta(0) else "warnings.left", span=self.span(left))

    def span(self, time: timedelta) -> str:
        """`5:48`, or minutes with their word; days where there are days."""
        w = self._context.words
        if abs(time) >= timedelta(days=2):
            return w("warnings.days", days=abs(time) // timedelta(days=1))
        text = span(time)
        return text if ":" in text else w("entries.minutes", minutes=text)

    def waited(self, alert: Alert) -> str:
        """How long the acknowledgement took, as minutes and seconds; a bar where there is none."""
        if alert.sort is not AlertSort.WARNING or alert.acknowledged_at is None:
            return "—"
        return clock_of((alert.acknowledged_at - alert.begun_at) // timedelta(milliseconds=1))

    def owner(self, alert: Alert, names: dict[str, str]) -> str:
        """Who owes it: a role or a colleague; a bar where nobody is named."""
        w, code = self._context.words, f"role.{alert.owner}"
        return w(code) if code in w.catalogue else names.get(alert.owner, alert.owner) or "—"

    def state(self, alert: Alert) -> str:
        """How it stands."""
        w = self._context.words
        if alert.closed_at is not None:
            return w("warnings.state.closed")
        if alert.sort is not AlertSort.WARNING:
            return w(f"warnings.state.{alert.sort}")
        return w("warnings.state.seen" if alert.acknowledged_at else "warnings.state.new")

    def reason(self, alert: Alert) -> str:
        """Why it was closed: the words of the code, or what was written."""
        w, code = self._context.words, f"warnings.reason.{alert.reason}"
        return w(code) if code in w.catalogue else alert.reason

    def place(self, alert: Alert) -> str:
        """The room, or that the person is gone."""
        if alert.left:
            return self._context.words("warnings.gone")
        return self._context.room_name(alert.room) if alert.room else "—"


def clock_of(ms: int) -> str:
    """`0:41` minutes and seconds; `1:02:03` from an hour on."""
    seconds = max(0, ms) // 1000
    hours, rest = divmod(seconds, 3600)
    text = f"{rest // 60}:{rest % 60:02d}"
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else text
