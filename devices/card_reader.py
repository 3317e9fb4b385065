"""A reader of second-generation identity cards behind a SAM module.

What a card holds is personal data: it leaves here only as a `CardRead`, never in a trace, a log or an error.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from devices.codecs import idcard
from devices.dialogue import Dialogue, Named, Shown
from devices.trace import Trace
from devices.transport import Line
from devices.vitals import Vitals
from devices.watching import keep_watching
from workstation.clock import Clock
from workstation.errors import BadReply, DeviceError
from workstation.readings import CardKind, CardRead, Health

FIND_S, SELECT_S, READ_S = 0.3, 0.3, 2.5  # vendor limits 0.1, 0.1 and 2 s, with the wire's own time

_KINDS = {
    idcard.CITIZEN: CardKind.CITIZEN,
    idcard.FOREIGN_2017: CardKind.FOREIGN_RESIDENT,
    idcard.HMT: CardKind.HMT_RESIDENT,
}
_SEXES = {"1": "male", "2": "female"}


class CardReaderSam:
    """Implements `ports.CardReader`. The watcher reads a card once each time it is presented.

    `on_reading` gets `CardRead` and `Health` changes from the thread that saw them and returns at once. `sex`
    is told in the words of `roles.Sex`, `ethnic` as the two digits of GB/T 3304.
    """

    baud = idcard.BAUD

    def __init__(
        self,
        device: str,
        line: Line,
        clock: Clock,
        on_reading: Callable[[CardRead | Health], None],
        *,
        poll_s: float = 0.35,
        patience: float = 1.0,
    ) -> None:
        self._device = device
        self._clock = clock
        self._on_reading = on_reading
        self._poll_s = poll_s
        self.trace = Trace()
        self._dialogue: Dialogue[idcard.Answer] = Dialogue(
            line, idcard.AnswerParser(), self.trace, clock, show=_show, junk_shown=False, patience=patience
        )
        self._vitals = Vitals(device, clock, on_reading)
        self._told = ""

    @property
    def id(self) -> str:
        return self._device

    def health(self) -> Health:
        return self._vitals.now()

    def read(self) -> CardRead | None:
        """The card on the reader, or None when none is there.

        A card that was read before answers "find" with "no card" until it is presented again, so find and
        select are sent but only the read decides. Raises DeviceError when a card is there and cannot be read,
        BadReply for content that is not described, NoReply, LineLost.
        """
        with self._dialogue.turn():
            found = self._find()
            return self._take(there=found)

    def watch(self, stop: threading.Event) -> None:
        """Look for cards until `stop`; each presented card goes to `on_reading`."""
        keep_watching(stop, self._vitals, self._poll, self._forget, pause_s=self._poll_s)

    def interrupt(self) -> None:
        """End a wait for the line, so that a stop is prompt."""
        self._dialogue.line.interrupt()

    @property
    def commands(self) -> tuple[Named, ...]:
        """What a technician may send by name: nothing that reads a person's data."""
        return (
            Named("find", lambda _: idcard.command(idcard.FIND)),
            Named("status", lambda _: idcard.command(idcard.STATUS)),
            Named("sam-number", lambda _: idcard.command(idcard.SAM_NUMBER)),
        )

    def send_once(self, data: bytes, text: str) -> None:
        """Send bytes as they are; what comes back is in the trace. LineLost when the line is gone."""
        self._dialogue.once(data, text, FIND_S)

    def reopen(self) -> None:
        """Close the line and let the watcher open it again."""
        self._dialogue.reopen()

    def close(self) -> None:
        """Give the line up."""
        self._dialogue.line.dispose()

    def _poll(self) -> None:
        # A card that was read says "no card" until it is presented anew; readers that do not keep to that and
        # go on saying "found" are heard out by comparing with the card told last.
        with self._dialogue.turn():
            found = self._find()
            card = self._take(there=True) if found else None
        self._vitals.ok()
        if not found:
            self._told = ""
        elif card is not None and card.number != self._told:
            self._told = card.number
            self._on_reading(card)

    def _forget(self) -> None:
        self._told = ""

    def _find(self) -> bool:
        answer = self._ask(idcard.FIND, "find card", FIND_S, tries=2)
        if answer.status == idcard.FOUND:
            return True
        if answer.status == idcard.NO_CARD:
            return False
        raise BadReply("device.card.status", device=self._device, status=f"{answer.status:02X}")

    def _take(self, *, there: bool) -> CardRead | None:
        self._ask(idcard.SELECT, "select card", SELECT_S)
        answer = self._ask(idcard.READ, "read text and photo", READ_S)
        if answer.status != idcard.DONE:
            if there:
                raise DeviceError(
                    "device.card.unreadable", device=self._device, status=f"{answer.status:02X}"
                )
            return None
        try:
            text, photo = idcard.split_read(answer.data)
            card = idcard.parse_text(text)
        except idcard.CardTextError as error:
            raise BadReply("device.card.content", device=self._device, field=str(error)) from None
        return CardRead(
            device=self._device,
            kind=_KINDS[card.type],
            name=card.name or card.name_latin,
            sex=_SEXES.get(card.sex, "unknown"),
            ethnic=card.ethnic,
            birth=card.birth,
            address=card.address,
            number=card.number,
            issuer=card.issuer,
            valid_from=card.valid_from,
            valid_to=card.valid_to,
            nationality=card.nationality,
            photo=photo,
            at=self._clock.now(),
        )

    def _ask(self, which: tuple[int, int], text: str, seconds: float, *, tries: int = 1) -> idcard.Answer:
        return self._dialogue.ask(
            idcard.command(which), text, lambda answer: answer, seconds=seconds, tries=tries
        )


def _show(answer: idcard.Answer) -> Shown:
    """Status and length only: data could be a person's."""
    status = " ".join(f"{byte:02X}" for byte in answer.sw)
    hidden = f" [{len(answer.data)} bytes masked]" if answer.data else ""
    return Shown(f"AA AA AA 96 69 … {status}{hidden}", f"status {status}")
