"""Pictures and papers of a stay, sealed under its key; the entry that speaks of one holds id and digest."""

from __future__ import annotations

import hashlib
import secrets

import msgspec
from sqlalchemy import text

from workstation.errors import StoreError
from workstation.storage.database import Database
from workstation.storage.sealing import Seals

LARGEST = 64 << 20
"""Bytes of one piece; recordings are files of the recorder and do not come here."""


class MediaRef(msgspec.Struct, frozen=True):
    """What an entry says of a piece. `id`: random; `size`: bytes; `digest`: SHA-256 of the clear, hex."""

    id: str
    type: str
    size: int
    digest: str


class Media:
    """The pieces of a centre. Threads may share it."""

    def __init__(self, database: Database, seals: Seals) -> None:
        self._database = database
        self._seals = seals

    def put(self, stay: str, media_type: str, content: bytes) -> MediaRef:
        """Keep `content` durably. `media_type`: as in RFC 6838. Raises StoreError above LARGEST bytes."""
        if len(content) > LARGEST:
            raise StoreError("store.media-large", size=len(content), most=LARGEST)
        piece = secrets.token_hex(16)
        sealed = self._seals.seal(stay, f"media {piece}", content)
        with self._database.writing() as connection:
            self._seals.bind(connection, stay)
            connection.execute(
                text(
                    "INSERT INTO media(id, stay, type, size, sealed) "
                    "VALUES (:id, :stay, :type, :size, :sealed)"
                ),
                {"id": piece, "stay": stay, "type": media_type, "size": len(content), "sealed": sealed},
            )
        return MediaRef(piece, media_type, len(content), hashlib.sha256(content).hexdigest())

    def get(self, piece: str) -> bytes:
        """The clear bytes; raises StoreError `store.media-absent` when the piece is not here or is erased."""
        with self._database.reading() as connection:
            row = connection.execute(
                text("SELECT stay, sealed FROM media WHERE id = :id"), {"id": piece}
            ).one_or_none()
        if row is None:
            raise StoreError("store.media-absent", id=piece)
        return self._seals.open(row.stay, f"media {piece}", row.sealed)

    def of(self, stay: str) -> list[tuple[str, str, int]]:
        """Id, type and size of every piece of a stay."""
        with self._database.reading() as connection:
            rows = connection.execute(
                text("SELECT id, type, size FROM media WHERE stay = :stay ORDER BY id"), {"stay": stay}
            ).all()
        return [(row.id, row.type, row.size) for row in rows]
