"""What a scan means: whom or what it belongs to, which screen shows it, and the one next action that is offered.

Nothing is done by a scan alone: it opens and offers, and what it opened can be left again by one key. A tag that
the desk reader merely sees changes no screen.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject, Signal

from ui.arrivals import Arrivals
from ui.context import Context
from ui.scan import ScanKind
from ui.widgets.strips import ScanOutcome, ScanStrip
from workstation.errors import AppError
from workstation.readings import CardRead, TagSeen
from workstation.services.board import Card
from workstation.station import messages as m

SEEN_AGAIN_S = 20.0
KEPT_S = (
    10.0  # how long a scan by hand stays on the strip before a tag that is merely seen may take its place
)


@runtime_checkable
class TakesScans(Protocol):
    """A screen that may use a scan itself; returns whether it did."""

    def scanned(self, kind: ScanKind, text: str) -> bool: ...


@runtime_checkable
class TakesCards(Protocol):
    """A screen that may take a staff card as it is, whosever it is; returns whether it did."""

    def takes_card(self, card: str) -> bool: ...


@runtime_checkable
class ShowsCells(Protocol):
    """A screen that can show one locker."""

    def show_cell(self, cell: str) -> None: ...


@runtime_checkable
class HoldsStay(Protocol):
    """A screen that has one person in hand; an empty text while it has none."""

    def stay_in_hand(self) -> str: ...


class Scanning(QObject):
    """Looks scans up and tells the strip. `other_person`: who laid their card down wants to take over."""

    other_person = Signal()

    def __init__(
        self,
        context: Context,
        strip: ScanStrip,
        arrivals: Arrivals,
        shown: Callable[[], tuple[str, object]],
        card_of: Callable[[str], Card | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._strip, self._arrivals = context, strip, arrivals
        self._shown, self._card_of = shown, card_of
        self._next: Callable[[], object] | None = None
        self._back: Callable[[], object] | None = None
        self._seen: dict[str, float] = {}
        self._shown_at = -KEPT_S

    def scanned(self, kind: ScanKind, text: str) -> None:
        """A scan that a hand made."""
        if kind is ScanKind.STAFF and self._card_taken(text):
            return
        if kind is ScanKind.STAFF:
            self._context.link.ask(m.WhoseCard(card=text), self._colleague, self._no_colleague)
        elif not self._taken(kind, text, self._named(kind, text)):
            self._look_up(kind, text, by_hand=True)

    def go_on(self) -> None:
        """Do what the strip offers."""
        wanted, self._next = self._next, None
        if wanted is not None:
            self._strip.next.hide()
            wanted()

    def undo(self) -> bool:
        """Leave what the last scan opened; returns whether there was anything to leave."""
        wanted, self._back = self._back, None
        if wanted is None:
            return False
        self._strip.undo.hide()
        wanted()
        return True

    def notice(self, notice: m.Notice) -> None:
        """Readings of this desk that nobody asked for."""
        screen, _ = self._shown()
        if notice.card is not None:
            self.card(notice.card)
        if screen != "steps":
            for tag in notice.tags:
                self._tag(tag)

    def card(self, card: CardRead) -> None:
        """An identity card lies on the reader: its holder is here already, or arrives."""
        screen, _ = self._shown()
        if screen == "steps":
            return  # the form in hand takes it
        self._context.link.ask(
            m.Find(text=card.number, exact=True), lambda reply: self._holder(card, reply), self._failed
        )

    # ------------------------------------------------------------ inside

    def _taken(self, kind: ScanKind, text: str, what: str, whom: str = "") -> bool:
        """Whether the screen shown took the scan for itself."""
        _, widget = self._shown()
        if not (isinstance(widget, TakesScans) and widget.scanned(kind, text)):
            return False
        self._next = self._back = None
        self._show(ScanOutcome.GOOD, what, whom)
        return True

    def _card_taken(self, card: str) -> bool:
        """Whether the screen shown took a staff card, as to bind it."""
        _, widget = self._shown()
        if not (isinstance(widget, TakesCards) and widget.takes_card(card)):
            return False
        self._next = self._back = None
        self._show(ScanOutcome.GOOD, self._context.words("scan.kind.staff"), card)
        return True

    def _colleague(self, holder: m.CardHolder) -> None:
        w, session = self._context.words, self._context.link.session
        self._back = None
        if self._taken(ScanKind.STAFF, holder.staff, w("scan.kind.staff"), holder.name):
            return
        if session is not None and session.staff == holder.staff:
            self._next = None
            said = w("scan.signed-in", name=holder.name)
            self._show(ScanOutcome.ALREADY, w("scan.kind.staff"), said)
        else:
            self._next = self.other_person.emit
            self._show(ScanOutcome.GOOD, w("scan.kind.staff"), holder.name, action=w("scan.take-over"))

    def _no_colleague(self, error: AppError) -> None:
        if error.code == "accounts.unknown-card":
            self._next = self._back = None
            w = self._context.words
            self._show(ScanOutcome.BAD, w("scan.kind.staff"), w("scan.not-known"))
        else:
            self._failed(error)

    def _tag(self, tag: TagSeen) -> None:
        now = self._context.clock.monotonic()
        again = now - self._seen.get(tag.epc, -SEEN_AGAIN_S) < SEEN_AGAIN_S
        self._seen = {epc: at for epc, at in self._seen.items() if now - at < SEEN_AGAIN_S} | {tag.epc: now}
        if not again:
            self._look_up(ScanKind.TAG, tag.epc, by_hand=False)

    def _look_up(self, kind: ScanKind, text: str, *, by_hand: bool) -> None:
        self._context.link.ask(
            m.Find(text=text, exact=True),
            lambda reply: self._found(kind, text, reply, by_hand=by_hand),
            self._failed,
        )

    def _found(self, kind: ScanKind, text: str, reply: m.FoundReply, *, by_hand: bool) -> None:
        if not by_hand and self._context.clock.monotonic() - self._shown_at < KEPT_S:
            return
        if not reply.hits:
            if by_hand:
                self._next = self._back = None
                self._show(ScanOutcome.BAD, self._named(kind, text), self._context.words("scan.not-known"))
                if kind is ScanKind.UNKNOWN:
                    self._context.speaker.error(AppError("ui.scan.unknown", text=text[:40]))
            return
        hit = reply.hits[0]
        what = f"{self._context.words(f'scan.kind.{hit.kind}')} {_short(text)}"
        before = self._in_hand()
        self._back = None
        if by_hand:
            self._back = self._way_back()
            self.open(hit)
            if hit.kind != "cell" and before == self._in_hand() == (self._shown()[0], hit.stay):
                self._back = None
                self._next = None
                self._show(ScanOutcome.ALREADY, what, self._context.words("scan.in-hand"))
                return
        card = self._card_of(hit.stay)
        if hit.kind == "cell":
            self._offer(
                "lockers",
                hit.stay,
                hit.key,
                what,
                self._whom(card) or hit.text,
                self._context.words("scan.open"),
            )
        elif card is None:
            self._offer("steps", hit.stay, "", what, hit.text, self._context.words("scan.open"))
        else:
            action = (
                self._context.words(f"action.{card.action}")
                if card.action
                else self._context.words("scan.open")
            )
            self._offer("steps", card.stay, card.task, what, self._whom(card), action)

    def open(self, hit: m.Hit) -> None:
        """A scan by hand, or a find, opens what it belongs to: the card in hand on the board, else the step screen."""
        screen, widget = self._shown()
        if hit.kind == "cell":
            self._context.go("lockers", "", "")
            _, widget = self._shown()
            if isinstance(widget, ShowsCells):
                widget.show_cell(hit.key)
        elif screen == "board":
            self._context.go("board", hit.stay, "")
        else:
            self._context.go("steps", hit.stay, "")

    def _in_hand(self) -> tuple[str, str]:
        """The screen that is shown and the person that it has in hand."""
        screen, widget = self._shown()
        return screen, widget.stay_in_hand() if isinstance(widget, HoldsStay) else ""

    def _way_back(self) -> Callable[[], object] | None:
        """Back to the screen and person that are shown now."""
        screen, stay = self._in_hand()
        return (lambda: self._context.go(screen, stay, "")) if screen else None

    def _holder(self, card: CardRead, reply: m.FoundReply) -> None:
        w = self._context.words
        what = f"{w('scan.kind.card')} {card.name}"
        self._back = None
        here = next((hit for hit in reply.hits if hit.kind == "stay"), None)
        if here is not None:
            self._offer(
                "steps", here.stay, "", what, f"{here.text} {w('scan.here')}", w("scan.open"), already=True
            )
            return
        self._arrivals.keep(card)
        self._offer("steps", "new", "identity", what, "", w("scan.arrival"))
        screen, _ = self._shown()
        session = self._context.link.session
        if screen == "board" and session is not None and "begin-stay" in session.requests:
            self.go_on()

    def _whom(self, card: Card | None) -> str:
        if card is None:
            return ""
        room = self._context.room_name(card.room) if card.room else ""
        return " ".join(part for part in (card.name, card.number, room) if part)

    def _named(self, kind: ScanKind, text: str) -> str:
        code = f"scan.kind.{kind}"
        known = code if code in self._context.words.catalogue else "scan.kind.unknown"
        return f"{self._context.words(known)} {_short(text)}"

    def _offer(
        self, screen: str, stay: str, task: str, what: str, whom: str, action: str, *, already: bool = False
    ) -> None:
        self._next = lambda: self._context.go(screen, stay, task)
        self._show(ScanOutcome.ALREADY if already else ScanOutcome.GOOD, what, whom, action=action)

    def _show(self, outcome: ScanOutcome, what: str, whom: str = "", *, action: str = "") -> None:
        self._shown_at = self._context.clock.monotonic()
        time = self._context.local(self._context.clock.now(), "%H:%M:%S")
        undo = self._context.words("scan.undo") if self._back is not None else ""
        self._strip.show_scan(time, outcome, what, whom, action=action, undo=undo)

    def _failed(self, error: AppError) -> None:
        self._context.speaker.error(error)


def _short(text: str) -> str:
    """A long code by its ends: `E280…4115`."""
    return text if len(text) <= 16 else f"{text[:4]}…{text[-4:]}"
