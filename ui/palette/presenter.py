"""What the search shows for what is typed: what was opened lately first, then what the station and the window know."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from ui.context import Context
from ui.palette.offers import Offer
from ui.speaking import sentence
from workstation.errors import AppError
from workstation.station import messages as m

ASK_MS = 120
MOST = 40
REMEMBERED = 8
ICONS = {
    "stay": "user",
    "band": "nfc",
    "bag": "bag",
    "cell": "lockers",
    "item": "package",
    "case": "document",
}


@dataclass(frozen=True)
class Row:
    """One line: its kind in a word, what it is, and the key that does the same, if there is one."""

    kind: str
    text: str
    icon: str
    key: str
    hit: m.Hit | None = None
    offer: Offer | None = None


class Recent:
    """What was opened by this person since sign-in, newest first."""

    def __init__(self) -> None:
        self._kept: deque[m.Hit | str] = deque(maxlen=REMEMBERED)

    def note(self, row: Row) -> None:
        """A row was opened."""
        one = row.hit if row.hit is not None else (row.offer.name if row.offer else "")
        if one in self._kept:
            self._kept.remove(one)
        self._kept.appendleft(one)

    def place(self, row: Row) -> int:
        """How long ago it was opened, counted in other openings; beyond the last one for what was not."""
        for number, one in enumerate(self._kept):
            same = one == row.offer.name if row.offer else row.hit is not None and _same(one, row.hit)
            if same:
                return number
        return REMEMBERED

    def hits(self) -> list[m.Hit]:
        """The found things among them."""
        return [one for one in self._kept if isinstance(one, m.Hit)]


def _same(one: m.Hit | str, hit: m.Hit) -> bool:
    return isinstance(one, m.Hit) and (one.kind, one.key, one.stay) == (hit.kind, hit.key, hit.stay)


class PalettePresenter(QObject):
    """`changed` when `rows` or `note` are others. The newest answer wins, older ones are dropped."""

    changed = Signal()

    def __init__(
        self, context: Context, offers: Sequence[Offer], recent: Recent, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._offers, self._recent = context, offers, recent
        self._asked = 0
        self._typed = ""
        self.rows: tuple[Row, ...] = ()
        self.note = ""
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(ASK_MS)
        self._wait.timeout.connect(self.ask)

    def type(self, text: str) -> None:
        """Something else stands in the field."""
        self._typed = text.strip()
        self._asked += 1
        if not self._typed:
            self._wait.stop()
            self._show(self._recent.hits())
        else:
            self._wait.start()

    def ask(self) -> None:
        """Ask the station for what is typed; who may not search has the actions alone."""
        self._wait.stop()
        self._asked += 1
        number, session = self._asked, self._context.link.session
        if session is None or "read-board" not in session.reads:
            self._show([])
            return
        self._context.link.ask(
            m.Find(text=self._typed),
            lambda reply: self._found(number, reply),
            lambda error: self._failed(number, error),
        )

    def opened(self, row: Row) -> None:
        """Remember what was opened."""
        self._recent.note(row)

    def _found(self, number: int, reply: m.FoundReply) -> None:
        if number == self._asked:
            self._show(list(reply.hits))

    def _failed(self, number: int, error: AppError) -> None:
        if number == self._asked:
            self._show([])
            self.note = sentence(self._context.words, error)
            self.changed.emit()

    def _show(self, hits: list[m.Hit]) -> None:
        w, typed = self._context.words, self._typed.casefold()
        rows = [self._of_hit(hit) for hit in hits]
        rows += [
            Row(w("find.kind.action"), offer.words, offer.icon, offer.key, offer=offer)
            for offer in self._offers
            if offer.fits(typed)
        ]
        rows.sort(key=self._recent.place)
        self.rows = tuple(rows[:MOST])
        self.note = w("find.hint" if self.rows else "find.none")
        self.changed.emit()

    def _of_hit(self, hit: m.Hit) -> Row:
        return Row(self._context.words(f"scan.kind.{hit.kind}"), hit.text, ICONS[hit.kind], "", hit=hit)
