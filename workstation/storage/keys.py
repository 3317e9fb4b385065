"""The key store: a small file of its own beside the store, with a short backup of its own.

Every key in it is wrapped (AES-256-GCM) by the unlocking key, which lies in `unlock.key` beside it, readable
by its owner only, so that the station can start unattended. Each stay has a key of its own, taken from a pool
that is made ahead; which stay uses which key is written in the store, in the transaction of its first entry.
Destroying a stay's key is its erasure.
"""

from __future__ import annotations

import os
import secrets
import threading
from pathlib import Path
from typing import Any

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlcipher3 import dbapi2 as sqlcipher

from workstation.errors import StoreError
from workstation.storage.faults import told

FILE = "keys.db"
UNLOCK = "unlock.key"
FORM = "keys/1"
POOL = 64
"""Keys made ahead: more than a large centre admits in a day."""
NONCE_BYTES = 12
_TABLES = """
CREATE TABLE about(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID, STRICT;
CREATE TABLE key(
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    purpose TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pool', 'used', 'destroyed')),
    wrapped BLOB,
    copied_at INTEGER,
    destroyed_at INTEGER,
    CHECK ((wrapped IS NULL) = (state = 'destroyed'))) STRICT;
"""


_ALL = "SELECT number, id, purpose, state, wrapped FROM key ORDER BY number"


class StoreKey(msgspec.Struct, frozen=True):
    """What opens the encrypted store: 32 bytes of raw key and the 16 bytes of salt its file begins with."""

    key: bytes
    salt: bytes

    def statements(self) -> tuple[str, ...]:
        """What SQLCipher is told first on a new connection.

        Pages are authenticated with SHA-256: a commit writes about five, and it is the faster of the two where
        the processor helps.
        """
        return (
            f"PRAGMA key = \"x'{self.key.hex()}{self.salt.hex()}'\"",
            "PRAGMA cipher_hmac_algorithm = HMAC_SHA256",
        )


class KeyStore:
    """An open key store. Threads may share it."""

    def __init__(self, connection: Any, unlocking: bytes) -> None:
        self._connection = connection
        self._unlocking = AESGCM(unlocking)
        self._lock = threading.Lock()
        self._taken: set[str] = set()
        about = dict(connection.execute("SELECT name, value FROM about").fetchall())
        if about.get("form") != FORM:
            raise StoreError("store.keys-newer")
        self.centre: str = about["centre"]
        self.mode: str = about["mode"]

    @classmethod
    def create(cls, folder: Path, *, centre: str, mode: str, pool: int = POOL) -> KeyStore:
        """Make a key store with its unlocking key in `folder`; nothing that is there is overwritten.

        `mode`: practice or live; it and the centre are bound into every wrapped key.
        """
        path = folder / FILE
        if path.exists() or (folder / UNLOCK).exists():
            raise StoreError("store.keys-exist", path=str(folder))
        try:
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o700)
            unlocking = secrets.token_bytes(32)
            handle = os.open(folder / UNLOCK, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with open(handle, "wb") as file:
                file.write(unlocking.hex().encode() + b"\n")
                file.flush()
                os.fsync(file.fileno())
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        except OSError as error:
            raise StoreError("store.cannot-create", path=str(folder), reason=str(error.strerror)) from error
        connection = _connect(path)
        with told():
            connection.executescript(_TABLES)
            connection.executemany(
                "INSERT INTO about VALUES (?, ?)", [("form", FORM), ("centre", centre), ("mode", mode)]
            )
        keys = cls(connection, unlocking)
        log = Ed25519PrivateKey.generate().private_bytes_raw()
        keys._add([("store", secrets.token_bytes(48)), ("log", log)], "used")
        keys._add([("centre", secrets.token_bytes(32)), ("index", secrets.token_bytes(32))], "used")
        keys.fill(pool)
        return keys

    @staticmethod
    def remove(folder: Path) -> None:
        """Take away keys that were made a moment ago and that nothing has been stored under."""
        for name in (FILE, UNLOCK):
            (folder / name).unlink(missing_ok=True)

    @classmethod
    def open(cls, folder: Path) -> KeyStore:
        """Open the key store in `folder`; raises StoreError when it is absent, open to others or damaged."""
        path = folder / FILE
        if not path.is_file() or not (folder / UNLOCK).is_file():
            raise StoreError("store.keys-absent", path=str(folder))
        try:
            if (folder / UNLOCK).stat().st_mode & 0o077:
                raise StoreError("store.keys-open", path=str(folder / UNLOCK))
            unlocking = bytes.fromhex((folder / UNLOCK).read_text("ascii").strip())
        except OSError as error:
            raise StoreError("store.keys-absent", path=str(folder)) from error
        except ValueError as error:
            raise StoreError("store.keys-damaged", path=str(folder / UNLOCK)) from error
        if len(unlocking) != 32:
            raise StoreError("store.keys-damaged", path=str(folder / UNLOCK))
        connection = None
        try:
            connection = _connect(path)
            keys = cls(connection, unlocking)
            keys.secret("centre")
        except BaseException as error:
            if connection is not None:
                connection.close()
            if isinstance(error, sqlcipher.DatabaseError | KeyError) or (
                isinstance(error, StoreError) and error.code == "store.damaged"
            ):
                raise StoreError("store.keys-damaged", path=str(path)) from error
            raise
        return keys

    def store_key(self) -> StoreKey:
        """What opens the encrypted store."""
        raw = self.secret("store")
        return StoreKey(raw[:32], raw[32:])

    def secret(self, purpose: str) -> bytes:
        """The one key of `purpose`: store, centre, index or log."""
        with self._lock, told():
            row = self._connection.execute(
                "SELECT id, wrapped FROM key WHERE purpose = ?", (purpose,)
            ).fetchone()
        if row is None:
            raise StoreError("store.keys-damaged", path=FILE)
        return self._unwrap(purpose, row[0], row[1])

    def log_public_key(self) -> bytes:
        """The 32 bytes of the Ed25519 key that checkpoints of this centre are verified with."""
        private = Ed25519PrivateKey.from_private_bytes(self.secret("log"))
        return private.public_key().public_bytes_raw()

    def take(self) -> tuple[str, bytes]:
        """A key that no stay uses yet, with its id, one that a backup holds if there is any.

        It is taken for this run only, until `mark_used`.
        """
        while True:
            with self._lock, told():
                for key, wrapped in self._connection.execute(
                    "SELECT id, wrapped FROM key WHERE purpose = 'stay' AND state = 'pool' "
                    "ORDER BY copied_at IS NULL, number"
                ):
                    if key not in self._taken:
                        self._taken.add(key)
                        return key, self._unwrap("stay", key, wrapped)
            self.fill(len(self._taken) + POOL)

    def stay_key(self, key: str) -> bytes | None:
        """The key with this id, or None when it was destroyed; raises StoreError when it is not here."""
        with self._lock, told():
            row = self._connection.execute(
                "SELECT wrapped FROM key WHERE id = ? AND purpose = 'stay'", (key,)
            ).fetchone()
        if row is None:
            raise StoreError("store.key-missing", key=key)
        return None if row[0] is None else self._unwrap("stay", key, row[0])

    def pool(self) -> list[str]:
        """Ids of the keys that are not marked as used."""
        with self._lock, told():
            return [
                row[0]
                for row in self._connection.execute(
                    "SELECT id FROM key WHERE purpose = 'stay' AND state = 'pool' ORDER BY number"
                )
            ]

    def fill(self, least: int = POOL) -> int:
        """Make keys until the pool holds `least`, on disk before this returns; tells how many were made."""
        missing = max(0, least - len(self.pool()))
        if missing:
            self._add([("stay", secrets.token_bytes(32)) for _ in range(missing)], "pool")
        return missing

    def mark_used(self, key: str) -> None:
        """The store has an entry under this key: it leaves the pool for good."""
        with self._lock, told():
            self._connection.execute("UPDATE key SET state = 'used' WHERE id = ? AND state = 'pool'", (key,))

    def destroy(self, key: str, at_ms: int) -> None:
        """Overwrite a stay's key; its id stays, so that erased is told from lost."""
        with self._lock, told():
            self._connection.execute(
                "UPDATE key SET state = 'destroyed', wrapped = NULL, destroyed_at = ? "
                "WHERE id = ? AND purpose = 'stay' AND state != 'destroyed'",
                (at_ms, key),
            )

    def backup(self, target: Path, at_ms: int) -> int:
        """Copy the key file, without the unlocking key, to `target`, which must not exist, and read it back.

        How many keys it holds; they count as copied from then on. Raises StoreError when the copy is not whole.
        """
        if target.exists():
            raise StoreError("store.exists", path=str(target))
        with self._lock, told():
            last = self._connection.execute("SELECT max(number) FROM key").fetchone()[0]
            self._connection.execute("VACUUM INTO ?", (str(target),))
            target.chmod(0o600)
            if _content(target) != self._connection.execute(_ALL).fetchall():
                raise StoreError("store.keys-damaged", path=str(target))
            self._connection.execute("UPDATE key SET copied_at = ? WHERE number <= ?", (at_ms, last))
            return int(last)

    def uncopied(self) -> int:
        """Keys in use that no backup holds: what a loss of the disk would make unreadable."""
        with self._lock, told():
            found = self._connection.execute(
                "SELECT count(*) FROM key WHERE state = 'used' AND copied_at IS NULL"
            ).fetchone()
        return int(found[0])

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _add(self, made: list[tuple[str, bytes]], state: str) -> None:
        rows = []
        for purpose, raw in made:
            key = secrets.token_hex(16)
            nonce = secrets.token_bytes(NONCE_BYTES)
            rows.append(
                (key, purpose, state, nonce + self._unlocking.encrypt(nonce, raw, self._aad(purpose, key)))
            )
        with self._lock, told():
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany(
                "INSERT INTO key(id, purpose, state, wrapped) VALUES (?, ?, ?, ?)", rows
            )
            self._connection.execute("COMMIT")

    def _unwrap(self, purpose: str, key: str, wrapped: bytes) -> bytes:
        try:
            return self._unlocking.decrypt(
                wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], self._aad(purpose, key)
            )
        except (InvalidTag, ValueError) as error:
            raise StoreError("store.keys-damaged", path=FILE) from error

    def _aad(self, purpose: str, key: str) -> bytes:
        return "\0".join(("onestop key/1", self.centre, self.mode, purpose, key)).encode()


def _connect(path: Path) -> Any:
    with told():
        connection = sqlcipher.connect(str(path), isolation_level=None, check_same_thread=False, timeout=10.0)
        try:
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("PRAGMA synchronous = EXTRA")
            connection.execute("PRAGMA secure_delete = ON")
        except BaseException:
            connection.close()
            raise
        return connection


def _content(path: Path) -> list[tuple[object, ...]]:
    """Every key of a copy, read from the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
    connection = _connect(path)
    try:
        return list(connection.execute(_ALL).fetchall())
    finally:
        connection.close()
