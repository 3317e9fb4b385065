"""What comes in without being asked for: changes, readings of this desk, scans; and to whom each goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import msgspec

from ui.context import Words
from ui.link import Link
from ui.login.lock import LockScreen
from ui.login.two_persons import TwoPersons
from ui.login.view import SignInScreen
from ui.scan import ScanKind, ScanRouter
from ui.strip import StripFeed
from ui.widgets.strips import ScanOutcome
from ui.window import Shell
from workstation.station import messages as m
from workstation.station.hub import merged

if TYPE_CHECKING:
    from ui.rooms import Rooms


class Place(Protocol):
    """One window, as far as what comes in has to know it. Its parts change with who is at the screen."""

    link: Link
    words: Words
    scans: ScanRouter
    shell: Shell
    strip: StripFeed
    dialog: TwoPersons
    rooms: Rooms | None
    cover: SignInScreen | LockScreen | None


class Incoming:
    """Keeps what comes while nobody may see it, and gives the rest to the screens."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._missed: m.Notice | None = None

    def notice(self, notice: m.Notice) -> None:
        """Something changed at the station, or a device of this desk was read."""
        place = self._place
        scans, notice = notice.scans, msgspec.structs.replace(notice, scans=())
        place.strip.notice(notice)
        if place.rooms is None or place.shell.is_locked():
            self._missed = merged(self._missed, notice) if self._missed else notice
            if notice.stays and place.rooms is not None:
                # a warning must be heard on a locked screen too; the wall tells no name
                place.link.ask(m.GetWall(), lambda reply: place.strip.wall(reply.wall), lambda _: None)
        else:
            place.rooms.notice(notice)
        for scan in scans:
            # now or never: what was scanned while nobody might see it is gone
            if scan.text or place.cover is not None:
                place.scans.take(scan.text)

    def catch_up(self) -> None:
        """What was missed while covered or cut off: changes are asked for, readings are past."""
        missed, self._missed = self._missed, None
        if self._place.rooms is not None:
            topics = tuple({*(missed.topics if missed else ()), "centre", "devices", "lockers"})
            stays = missed.stays if missed else ()
            size = self._place.link.position
            self._place.rooms.notice(m.Notice(size=size, stays=stays, topics=topics))

    def scanned(self, kind: ScanKind, text: str) -> None:
        """A scan: for the second person's card while one is asked for, else for the cover, else for the screens."""
        place = self._place
        if place.dialog.isVisible():
            if kind is ScanKind.STAFF:
                place.dialog.card(text)
        elif place.cover is not None:
            if kind is ScanKind.STAFF:
                place.cover.card(text)
            else:
                place.shell.strip.show_scan(place.strip.now(), ScanOutcome.BAD, place.words("scan.before"))
        elif place.rooms is not None:
            place.rooms.scanning.scanned(kind, text)
