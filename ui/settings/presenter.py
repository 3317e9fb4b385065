"""What the settings show and change: the look through the preferences, the centre through commands."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

import msgspec
from PySide6.QtCore import QObject, Signal

from ui.context import Context
from ui.prefs import Prefs
from ui.settings.declaring import DECLARATIONS, Values, command_of
from workstation.errors import AppError
from workstation.services.lockers import BankView
from workstation.station import messages as m


class PrefsBook(Protocol):
    """Where the preferences of this workstation are kept; `set` puts them on at once."""

    def get(self) -> Prefs: ...

    def set(self, wanted: Prefs) -> None: ...


class SettingsPresenter(QObject):
    """`changed` after anything came; `known` names the lists that have, `troubles` says why one did not."""

    changed = Signal()

    def __init__(self, context: Context, prefs: PrefsBook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.prefs = prefs
        self.centre: m.CentreReply = context.centre
        self.banks: tuple[BankView, ...] = ()
        self.devices: tuple[m.DeviceRow, ...] = ()
        self.staff: tuple[m.StaffRow, ...] = ()
        self.troubles: dict[str, AppError] = {}
        self.known = {"room"}
        self._asking = 0
        self._due = False
        self._awake = False
        self.tried: dict[str, m.TriedReply] = {}
        self.trying: frozenset[str] = frozenset()

    @property
    def whole(self) -> bool:
        """Whether every answer has come."""
        return bool(self.known - {"room"}) and not self._asking

    def wake(self) -> None:
        """The screen is shown: ask for everything."""
        self._awake = True
        self.refresh()

    def rest(self) -> None:
        """The screen is hidden: nothing is asked."""
        self._awake = False

    def refresh(self) -> None:
        """Ask for everything that may be read; while answers are awaited, once more after them."""
        if self._asking:
            self._due = True
            return
        self._due, ask = False, self._context.link.ask
        asks: list[tuple[str, Any, Callable[[Any], None]]] = [
            ("room", m.GetCentre(), self._centre_came),
            ("staff", m.GetStaff(), self._staff_came),
            ("bank", m.GetLayout(), self._banks_came),
        ]
        if self.reads("read-devices"):
            asks.append(("device", m.GetDevices(), self._devices_came))
        else:
            self.troubles["device"] = AppError("accounts.no-role", action="read-devices")
        self._asking = len(asks)
        for name, message, came in asks:
            ask(message, came, partial(self._failed, name))

    def notice(self, notice: m.Notice) -> None:
        """The layout changed."""
        if "centre" in notice.topics and self._awake:
            self.refresh()

    def reads(self, action: str) -> bool:
        """Whether this session may look at something."""
        session = self._context.link.session
        return session is not None and action in session.reads

    def may(self, form: str) -> bool:
        """Whether this session may declare such a thing."""
        session = self._context.link.session
        return session is not None and DECLARATIONS[form].action in session.requests

    def declare(
        self,
        form: str,
        values: Values,
        saved: Callable[[], None],
        refused: Callable[[m.Refused], None],
    ) -> None:
        """Ask the Desk to record it. Raises AppError for a field that is missing or does not fit.

        A secret goes to the station alone: it is never part of the record.
        """
        made = command_of(form, values)
        if isinstance(made, m.SetSecret):
            self._context.link.ask(made, lambda _: self._saved(saved), lane="work")
        else:
            self._context.submit(made, lambda _: self._saved(saved), refused)

    def parameters(self, device: str, told: Callable[[dict[str, str]], None]) -> None:
        """Ask how a device is declared; trouble goes to the message line."""
        self._context.link.ask(
            m.GetCommands(device=device),
            lambda reply: told(dict(reply.parameters)),
            self._context.speaker.error,
        )

    def try_device(self, device: str) -> None:
        """Have a device read once, now."""
        if device in self.trying:
            return
        self.trying = self.trying | {device}
        self.changed.emit()
        self._context.link.ask(
            m.TryDevice(device=device),
            self._tried,
            lambda error: self._try_failed(device, error),
            lane="device",
        )

    def put_on(self, wanted: Prefs) -> None:
        """Change the look at once; trouble goes to the message line."""
        try:
            self.prefs.set(wanted)
        except AppError as error:
            self._context.speaker.error(error)
        self.changed.emit()

    def _saved(self, told: Callable[[], None]) -> None:
        self.refresh()
        told()

    def _centre_came(self, reply: m.CentreReply) -> None:
        self.centre = reply
        self._came("room")

    def _staff_came(self, reply: m.StaffReply) -> None:
        self.staff = reply.staff
        self._came("staff")

    def _banks_came(self, reply: m.LockersReply) -> None:
        self.banks = reply.banks
        self._came("bank")

    def _devices_came(self, reply: m.DevicesReply) -> None:
        self.devices = reply.devices
        self._came("device")

    def _tried(self, reply: m.TriedReply) -> None:
        self.trying = self.trying - {reply.device}
        self.tried[reply.device] = reply
        self.devices = tuple(
            msgspec.structs.replace(one, health=reply.health) if one.id == reply.device else one
            for one in self.devices
        )
        self.changed.emit()

    def _try_failed(self, device: str, error: AppError) -> None:
        self.trying = self.trying - {device}
        self._context.speaker.error(error)
        self.changed.emit()

    def _came(self, what: str) -> None:
        self.troubles.pop(what, None)
        self.known.add(what)
        self._answered()

    def _failed(self, what: str, error: AppError) -> None:
        self.troubles[what] = error
        self._answered()

    def _answered(self) -> None:
        self._asking -= 1
        self.changed.emit()
        if self._due and not self._asking and self._awake:
            self.refresh()
