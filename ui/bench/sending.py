"""What can be sent to the device in hand: its adapter's commands by name, and raw bytes when it is simulated."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from devices.codecs.told import Wiring
from ui.context import Context
from workstation.errors import AppError
from workstation.station import messages as m

RAW = "raw"
MOST_RAW = 64


class Sender(QObject):
    """`offered` after the commands of another device came, `changed` after anything else about what would be sent.

    `preview`: the bytes that would go over the wire, empty while they are not known.
    """

    offered = Signal()
    changed = Signal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.device = ""
        self.commands: tuple[m.CommandRow, ...] = ()
        self.baud = 0
        self.wiring = Wiring()
        self.simulated = False
        self.known = False
        self.error: AppError | None = None
        self.name = ""
        self.number = 1
        self.raw = ""
        self.preview = b""
        self.busy = False
        self._asked = 0

    # ------------------------------------------------------------ what is offered

    def may(self, read: str) -> bool:
        """Whether this session may read the trace or use the bench."""
        session = self._context.link.session
        return session is None or read in session.reads

    def take(self, device: str) -> None:
        """Another device is in hand: ask what it takes."""
        if device == self.device and (self.known or self.error is None):
            return
        self.device, self.commands, self.known, self.error = device, (), False, None
        self.name, self.number, self.raw, self.preview, self.baud = "", 1, "", b"", 0
        self.offered.emit()
        if device and self.may("read-trace"):
            self._context.link.ask(
                m.GetCommands(device=device), self._came, lambda error: self._missed(device, error)
            )

    def _came(self, reply: m.CommandsReply) -> None:
        if reply.device != self.device:
            return
        self.known, self.commands, self.baud = True, reply.commands, reply.baud
        self.simulated, self.wiring = reply.simulated, Wiring.of(reply.parameters)
        if self.commands:
            self.name = self.commands[0].name
        self.offered.emit()
        self._ask_preview()

    def _missed(self, device: str, error: AppError) -> None:
        if device == self.device:
            self.error = error
            self.offered.emit()

    def row(self) -> m.CommandRow | None:
        """The command that is chosen, or None for raw bytes."""
        return next((one for one in self.commands if one.name == self.name), None)

    def needs_chord(self) -> bool:
        """Whether it may move something, so that a single key must not send it."""
        row = self.row()
        return self.name == RAW or (row is not None and row.moves)

    def choose(self, name: str) -> None:
        """Choose a command by name, or raw bytes."""
        self.name = name
        self._ask_preview()

    def set_number(self, number: int) -> None:
        """The door that the command is for."""
        if number != self.number:
            self.number = number
            self._ask_preview()

    def set_raw(self, text: str) -> None:
        """Raw bytes as they are typed."""
        self.raw = text
        self.preview = raw_bytes(text) or b""
        self.changed.emit()

    def _ask_preview(self) -> None:
        row = self.row()
        self._asked += 1
        asked = self._asked
        self.preview = (raw_bytes(self.raw) or b"") if self.name == RAW else b""
        self.changed.emit()
        if row is None or not self.may("use-bench"):
            return

        def came(reply: m.SentReply) -> None:
            if asked == self._asked:
                self.preview = reply.data
                self.changed.emit()

        self._context.link.ask(
            m.SendCommand(device=self.device, name=row.name, number=self._number(row), dry=True),
            came,
            lambda _: None,  # the number is being typed: what is wrong with it is told when it is sent
        )

    def _number(self, row: m.CommandRow) -> int:
        return self.number if row.most else 0

    # ------------------------------------------------------------ sending

    def against(self) -> tuple[str, ...]:
        """Every reason against sending now, as catalogue codes; empty when it may be sent."""
        found = []
        row = self.row()
        if not self.may("use-bench"):
            found.append("bench.send.no-role")
        if row is not None and row.moves and not self.simulated:
            found.append("device.command.desk")
        if self.name == RAW and raw_bytes(self.raw) is None:
            found.append("device.command.raw-length")
        return tuple(found)

    def send(self) -> None:
        """Send what is chosen, once; the trace shows what comes of it. Nothing is done while something is sent."""
        row = self.row()
        if self.busy or not self.device or self.against() or (row is None and self.name != RAW):
            return
        ask: m.SendRaw | m.SendCommand
        if row is None:
            ask = m.SendRaw(device=self.device, data=raw_bytes(self.raw) or b"")
        else:
            ask = m.SendCommand(device=self.device, name=row.name, number=self._number(row))
        self._do(ask, "bench.sent")

    def reopen(self) -> None:
        """Close the line of the device in hand and have it opened again."""
        if self.device and not self.busy:
            self._do(m.ReopenLine(device=self.device), "bench.reopened")

    def _do(self, ask: m.SendRaw | m.SendCommand | m.ReopenLine, code: str) -> None:
        device = self.device
        self.busy = True
        self.changed.emit()

        def done(reply: object) -> None:
            self.busy = False
            data = reply.data.hex(" ").upper() if isinstance(reply, m.SentReply) else ""
            self._context.speaker.info(code, device=device, data=data)
            self.changed.emit()

        def failed(error: AppError) -> None:
            self.busy = False
            self._context.speaker.error(error)
            self.changed.emit()

        self._context.link.ask(ask, done, failed, lane="device")


def raw_bytes(text: str) -> bytes | None:
    """Typed hexadecimal digits as bytes; None when they are none, or none at all, or too many."""
    digits = "".join(text.split())
    try:
        data = bytes.fromhex(digits)
    except ValueError:
        return None
    return data if 1 <= len(data) <= MOST_RAW else None
