"""Room kept free on the disk for the little that must not be lost while the disk is full.

A file of fixed size beside the store, written over in place: that takes no new room. What is in it is sealed under
the key of the centre. Form: pieces of 4 bytes of length, big-endian, and so many sealed bytes; a length of 0 ends it.
"""

from __future__ import annotations

import os
import struct
from pathlib import Path

from workstation.errors import StoreError
from workstation.storage.sealing import Seals

SIZE = 256 * 1024
_LENGTH = struct.Struct(">I")
_END = _LENGTH.pack(0)


class Spare:
    """The spare room of one store; used from one thread at a time."""

    def __init__(self, path: Path, seals: Seals) -> None:
        self._path = path
        self._seals = seals
        self._at = 0

    def ready(self) -> bool:
        """Make the file where there is none; False when there is no room even for that."""
        if self._path.exists():
            return True
        making = self._path.with_suffix(".new")
        try:
            with making.open("wb") as file:
                file.write(bytes(SIZE))
                file.flush()
                os.fsync(file.fileno())
            making.replace(self._path)
        except OSError:
            making.unlink(missing_ok=True)
            return False
        return True

    def put(self, clear: bytes) -> bool:
        """Keep a piece durably; False when it does not fit or the disk takes nothing at all."""
        sealed = self._seals.seal("", "spare", clear)
        piece = _LENGTH.pack(len(sealed)) + sealed
        if self._at + len(piece) + len(_END) > SIZE:
            return False
        if self._write(piece + _END):
            self._at += len(piece)
            return True
        return False

    def pieces(self) -> list[bytes]:
        """What is kept, in order; it stays kept. Ends at what cannot be opened."""
        try:
            content = self._path.read_bytes()
        except OSError:
            return []
        found: list[bytes] = []
        self._at = 0
        while self._at + len(_END) <= len(content):
            (length,) = _LENGTH.unpack_from(content, self._at)
            sealed = content[self._at + len(_END) : self._at + len(_END) + length]
            if not length or len(sealed) < length:
                break
            try:
                found.append(self._seals.open("", "spare", sealed))
            except StoreError:
                break
            self._at += len(_END) + length
        return found

    def clear(self) -> None:
        """Nothing is kept any more."""
        self._at = 0
        self._write(_END)

    def _write(self, content: bytes) -> bool:
        try:
            handle = os.open(self._path, os.O_WRONLY)
            try:
                os.pwrite(handle, content, self._at)
                os.fdatasync(handle)
            finally:
                os.close(handle)
        except OSError:
            return False
        return True
