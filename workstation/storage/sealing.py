"""What is sealed under whose key: AES-256-GCM with the key of a stay, or of the centre for its own things.

Sealed bytes: 12 bytes of random nonce, then ciphertext with its 16-byte tag. The additional data names what
the bytes are, so that nothing sealed can be put in the place of something else.
"""

from __future__ import annotations

import secrets
import threading
from contextlib import suppress

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection

from workstation.errors import StoreError
from workstation.storage.database import Database, driver
from workstation.storage.faults import told
from workstation.storage.keys import NONCE_BYTES, KeyStore

HELD = 5_000
"""Keys held in memory; more stays than a centre has in weeks."""


class Seals:
    """The keys of stays, found by the pseudonym of the stay. Threads may share it."""

    def __init__(self, database: Database, keys: KeyStore, held: int = HELD) -> None:
        self._held = held
        self._database = database
        self._keys = keys
        self._lock = threading.Lock()
        self._ciphers: dict[str, AESGCM] = {"": AESGCM(keys.secret("centre"))}
        self._new: dict[str, str] = {}
        with database.reading() as connection:
            for key in keys.pool():
                if driver(connection).execute("SELECT 1 FROM stay_key WHERE key = ?", (key,)).fetchone():
                    keys.mark_used(key)

    def seal(self, stay: str, what: str, clear: bytes) -> bytes:
        """Seal `clear` under the key of `stay`, which is given one; refused when the stay is erased."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._cipher(stay, make=True).encrypt(nonce, clear, _aad(stay, what))

    def open(self, stay: str, what: str, sealed: bytes) -> bytes:
        """The clear bytes; raises StoreError `store.erased`, or `store.sealed` for bytes sealed elsewhere."""
        try:
            return self._cipher(stay, make=False).decrypt(
                sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], _aad(stay, what)
            )
        except (InvalidTag, ValueError) as error:
            raise StoreError("store.sealed", what=what) from error

    def bind(self, connection: Connection, stay: str) -> bool:
        """Write which key `stay` uses when nothing says so yet; call inside the writing transaction.

        Raises StoreError `store.conflict` when another process was first to give the stay a key, or to use
        this key: what is sealed must be sealed again.
        """
        key = self._new.get(stay)
        if key is None:
            return False
        driver(connection).execute(
            "INSERT INTO stay_key(stay, key) VALUES (?, ?) ON CONFLICT DO NOTHING", (stay, key)
        )
        if self._bound(connection, stay) != key:
            with self._lock:
                self._new.pop(stay, None)
                self._ciphers.pop(stay, None)
            raise StoreError("store.conflict", reason="stay_key")
        return True

    def settle(self) -> None:
        """After a commit: keys that the store names now leave the pool.

        What was committed is saved whether or not this succeeds; it is tried again after the next commit that
        binds a key, and at the next start.
        """
        with self._lock:
            waiting = dict(self._new)
        with suppress(StoreError), self._database.reading() as connection:
            for stay, key in waiting.items():
                if self._bound(connection, stay) == key:
                    self._keys.mark_used(key)
                    with self._lock:
                        self._new.pop(stay, None)

    def forget(self, stay: str) -> None:
        """Drop the key of `stay` from memory."""
        with self._lock:
            self._ciphers.pop(stay, None)

    def key_of(self, stay: str) -> str | None:
        """Id of the key that the store names for `stay`."""
        with self._database.reading() as connection:
            return self._bound(connection, stay)

    def _cipher(self, stay: str, *, make: bool) -> AESGCM:
        cipher = self._ciphers.get(stay)
        if cipher is not None:
            return cipher
        with self._lock, told():
            if stay in self._ciphers:
                return self._ciphers[stay]
            key = self.key_of(stay)
            if key is not None:
                raw = self._keys.stay_key(key)
                if raw is None:
                    raise StoreError("store.erased", stay=stay)
            elif make:
                key, raw = self._keys.take()
                self._new[stay] = key
            else:
                raise StoreError("store.key-missing", key=stay)
            if len(self._ciphers) >= self._held:
                keep = {"", *self._new}
                self._ciphers = {one: held for one, held in self._ciphers.items() if one in keep}
            cipher = self._ciphers[stay] = AESGCM(raw)
            return cipher

    @staticmethod
    def _bound(connection: Connection, stay: str) -> str | None:
        row = driver(connection).execute("SELECT key FROM stay_key WHERE stay = ?", (stay,)).fetchone()
        return None if row is None else str(row[0])


def _aad(stay: str, what: str) -> bytes:
    return f"onestop seal/1\0{stay}\0{what}".encode()
