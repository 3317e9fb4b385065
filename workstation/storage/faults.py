"""Failures of the database library, told as what happened to the store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlcipher3 import dbapi2 as sqlcipher

from workstation.errors import StoreError

_CODES = {
    5: "store.locked",  # SQLITE_BUSY
    6: "store.locked",  # SQLITE_LOCKED
    8: "store.read-only",  # SQLITE_READONLY
    10: "store.io",  # SQLITE_IOERR
    11: "store.damaged",  # SQLITE_CORRUPT
    13: "store.full",  # SQLITE_FULL
    14: "store.cannot-open",  # SQLITE_CANTOPEN
    23: "store.cannot-open",  # SQLITE_AUTH
    26: "store.damaged",  # SQLITE_NOTADB: the first page does not authenticate under the key
}
_CONSTRAINT = 19
REFUSED = "kept: "
"""How the messages of the triggers that keep the record begin."""


def as_store_error(error: BaseException) -> StoreError | None:
    """The StoreError for a failure of the library; None when it is a mistake in the program."""
    if isinstance(error, PoolTimeout):
        return StoreError("store.locked")
    origin = error.orig if isinstance(error, DBAPIError) else error
    if not isinstance(origin, sqlcipher.Error):
        return None
    code: int = getattr(origin, "sqlite_errorcode", 0)
    if str(origin).startswith(REFUSED):
        return StoreError("store.append-only", reason=str(origin).removeprefix(REFUSED))
    if code & 0xFF == _CONSTRAINT:
        return StoreError("store.conflict", reason=str(origin))
    if code & 0xFF in _CODES:
        return StoreError(_CODES[code & 0xFF])
    # SQLCipher reports a page whose authentication fails in the middle of a statement as a plain error.
    if code == 1 and "malformed" in str(origin):
        return StoreError("store.damaged")
    return None


@contextmanager
def told() -> Iterator[None]:
    """Let failures of the library out as StoreError; a mistake in the program passes unchanged."""
    try:
        yield
    except (DBAPIError, PoolTimeout, sqlcipher.Error) as error:
        known = as_store_error(error)
        if known is None:
            raise
        raise known from error
