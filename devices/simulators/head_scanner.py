"""A barcode scanner that sends what is held before it, as scanners in serial mode do. It takes no commands."""

from __future__ import annotations

from collections.abc import Callable

from devices.codecs import scanline
from devices.simulators.world import World


class ScannerHead:
    """`ends`: how it is set to end a line."""

    def __init__(self, world: World, device: str, *, ends: scanline.Ends = scanline.Ends.CR) -> None:
        self._device = device
        self._ends = ends
        self._push: Callable[[bytes], None] | None = None
        world.on_scan(self._scanned)

    def pushes_to(self, push: Callable[[bytes], None]) -> None:
        """Where lines go that nobody asked for."""
        self._push = push

    def feed(self, data: bytes) -> list[bytes]:
        """Nothing: what the host sends is not heeded."""
        return []

    def _scanned(self, device: str, code: str, symbology: str) -> None:
        if device == self._device and self._push is not None:
            self._push(scanline.line(code, self._ends, symbology))
