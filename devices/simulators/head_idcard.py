"""An identity card reader with a SAM module, as the published protocol describes it."""

from __future__ import annotations

from devices.codecs import idcard
from devices.codecs.stream import Junk
from devices.simulators.world import World

SAM_NUMBER = (5).to_bytes(2, "little") + (3).to_bytes(2, "little") + bytes(12)
FAKE_PHOTO = (b"SIMULATED CARD - NO PHOTO - " * 40)[: idcard.PHOTO_BYTES]


class CardHead:
    """After a successful read the same card answers "find" with 80 until it is presented again; a read still
    works."""

    def __init__(self, world: World, device: str) -> None:
        self._world = world
        self._device = device
        self._parser = idcard.CommandParser()

    def feed(self, data: bytes) -> list[bytes]:
        """Answers to what came over the wire."""
        return [
            idcard.answer(0x10) if isinstance(frame, Junk) else self._answer((frame.cmd, frame.para))
            for frame in self._parser.feed(data)
        ]

    def _answer(self, which: tuple[int, int]) -> bytes:
        pad = self._world.pad(self._device)
        match which:
            case idcard.RESET | idcard.STATUS:
                return idcard.answer(idcard.DONE)
            case idcard.SAM_NUMBER:
                return idcard.answer(idcard.DONE, SAM_NUMBER)
            case idcard.FIND:
                return idcard.answer(idcard.FOUND, bytes(4)) if pad.fresh else idcard.answer(idcard.NO_CARD)
            case idcard.SELECT:
                if pad.fresh:
                    return idcard.answer(idcard.DONE, bytes(8))
                return idcard.answer(idcard.SELECT_FAILED)
            case idcard.READ:
                if not pad.card or pad.broken:
                    return idcard.answer(idcard.READ_FAILED)
                pad.fresh = False
                return idcard.read_answer(pad.text, pad.photo)
            case _:
                return idcard.answer(0x21)
