"""The embedded database: SQLite encrypted by SQLCipher, opened safely or not at all.

WAL with synchronous=FULL: what a commit has acknowledged survives a power loss. Writers begin with BEGIN
IMMEDIATE, one after another; readers see one state for as long as they read. Nothing is ever overwritten:
a file that is newer, damaged, of other keys or not a store is refused and left as it is.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2 as sqlcipher

from workstation.errors import StoreError
from workstation.storage import schema
from workstation.storage.faults import told
from workstation.storage.keys import StoreKey

OLDEST_LIBRARY = (3, 51, 3)
"""From 3.7.0 to 3.51.2 a reset of the WAL can lose committed writes of two connections."""
BUSY_MS = 10_000
READERS = 8
LEAST_ROOM = 64 << 10
_WITHOUT_ROOM = ("store.full", "store.io", "store.cannot-open")
PLAIN_HEADER = b"SQLite format 3\x00"


def check_library(version: tuple[int, ...] = sqlcipher.sqlite_version_info) -> None:
    """Refuse a library that can lose committed writes."""
    if version < OLDEST_LIBRARY:
        raise StoreError(
            "store.library",
            found=".".join(map(str, version)),
            needed=".".join(map(str, OLDEST_LIBRARY)),
        )


class Database:
    """An open store file. Threads may share it; each takes its own connection from the pool."""

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path = path
        self._engine = engine
        self._writer = threading.Lock()
        self._holder = 0
        self._kept: tuple[Connection, Any] | None = None

    @classmethod
    def create(cls, path: Path, key: StoreKey) -> Database:
        """Make a new store at `path` under `key`; raises StoreError when anything is there already.

        It is made beside its place and moved there when complete, so that a half-made store is never met.
        """
        check_library()
        if path.exists():
            raise StoreError("store.exists", path=str(path))
        making = path.with_name(path.name + ".new")
        try:
            for suffix in ("", "-wal", "-shm", "-journal"):
                making.with_name(making.name + suffix).unlink(missing_ok=True)
            path.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(making, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        except OSError as error:
            raise StoreError("store.cannot-create", path=str(path), reason=str(error.strerror)) from error
        database = cls(making, _engine(making, key))
        try:
            with told(), database._engine.begin() as connection:
                schema.upgrade(connection)
        finally:
            database.close()
        try:
            os.link(making, path)
            making.unlink()
            _sync(path.parent)
        except OSError as error:
            raise StoreError("store.cannot-create", path=str(path), reason=str(error.strerror)) from error
        return cls.open(path, key)

    @classmethod
    def open(cls, path: Path, key: StoreKey) -> Database:
        """Open the store at `path`, raising its schema when it is older.

        Raises StoreError and changes nothing when the file is absent, not a store, of other keys, damaged,
        newer than the program or not writable.
        """
        check_library()
        _look(path, key)
        database = cls(path, _engine(path, key))
        try:
            with told():
                with database.reading() as connection:
                    found = schema.version(connection)
                if found != schema.NEWEST:
                    with database.writing() as connection:
                        schema.upgrade(connection)
                else:
                    database._try_to_write()
        except BaseException as error:
            database._engine.dispose()
            if isinstance(error, StoreError) and error.code in _WITHOUT_ROOM and not _has_room(path):
                raise StoreError("store.no-room", path=str(path.parent)) from error
            raise
        return database

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent state of the store; what is written meanwhile is not seen."""
        with told(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def appending(self) -> Iterator[Connection]:
        """As `writing`, on the one connection that is kept for it: the hot path."""
        with self._alone(), told():
            if self._kept is None:
                kept = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
                self._kept = kept, driver(kept)
            connection, below = self._kept
            try:
                below.execute("BEGIN IMMEDIATE")
                yield connection
                below.execute("COMMIT")
            except BaseException as error:
                self._undo(below, failed=isinstance(error, DBAPIError | sqlcipher.Error))
                raise

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """The write lock from its first statement to its commit; an exception rolls everything back."""
        with (
            self._alone(),
            told(),
            self._engine.connect() as connection,
            connection.execution_options(onestop_write=True).begin(),
        ):
            yield connection

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One writer of this process at a time; to ask twice in one thread is a mistake in the program."""
        if self._holder == threading.get_ident():
            raise RuntimeError("this thread is writing already: pass its connection on")
        if not self._writer.acquire(timeout=BUSY_MS / 1000):
            raise StoreError("store.locked")
        self._holder = threading.get_ident()
        try:
            yield
        finally:
            self._holder = 0
            self._writer.release()

    def _undo(self, below: Any, *, failed: bool) -> None:
        """Roll back; a connection on which the library has failed is not used again."""
        try:
            if below.in_transaction:
                below.execute("ROLLBACK")
        except sqlcipher.Error:
            failed = True
        if failed and self._kept is not None:
            kept, _ = self._kept
            self._kept = None
            kept.invalidate()
            kept.close()

    def _try_to_write(self) -> None:
        """A read-only file lets a transaction begin: only a write tells. It is undone."""
        with self._engine.connect() as connection:
            run = driver(connection).execute
            run("BEGIN IMMEDIATE")
            try:
                run("UPDATE alembic_version SET version_num = version_num")
            finally:
                run("ROLLBACK")

    def probe(self) -> None:
        """Write something that changes nothing, durably; raises StoreError when the store takes nothing."""
        with self.writing() as connection:
            driver(connection).execute("UPDATE alembic_version SET version_num = version_num")

    def truncate_log(self) -> None:
        """Move the write-ahead log into the file and cut it to nothing."""
        with told(), self._engine.connect() as connection:
            driver(connection).execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Close every connection; the last one moves the log into the file."""
        with self._writer:
            if self._kept is not None:
                self._kept[0].close()
                self._kept = None
        self._engine.dispose()


def driver(connection: Connection) -> Any:
    """The library's own connection below SQLAlchemy's, for statements on the hot path."""
    return connection.connection.driver_connection


def _look(path: Path, key: StoreKey) -> None:
    try:
        with path.open("rb") as file:
            beginning = file.read(len(PLAIN_HEADER))
            size = path.stat().st_size
    except FileNotFoundError as error:
        raise StoreError("store.absent", path=str(path)) from error
    except OSError as error:
        raise StoreError("store.cannot-open", path=str(path), reason=str(error.strerror)) from error
    if beginning == PLAIN_HEADER:
        raise StoreError("store.not-encrypted", path=str(path))
    if size < 512:
        raise StoreError("store.not-a-store", path=str(path))
    if beginning != key.salt:
        raise StoreError("store.other-keys", path=str(path))


def _has_room(path: Path) -> bool:
    """Whether an open store finds place for its shared memory and the beginning of its log."""
    return shutil.disk_usage(path.parent).free > LEAST_ROOM


def _engine(path: Path, key: StoreKey) -> Engine:
    def connect() -> Any:
        connection = sqlcipher.connect(
            f"file:{_quoted(path)}?mode=rw",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            timeout=BUSY_MS / 1000,
            cached_statements=256,
        )
        try:
            for statement in key.statements():
                connection.execute(statement)
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA recursive_triggers = ON")  # or INSERT OR REPLACE passes the triggers
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
        except BaseException:
            connection.close()
            raise
        return connection

    engine = create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=connect,
        poolclass=QueuePool,
        pool_size=READERS,
        max_overflow=READERS,
        pool_timeout=BUSY_MS / 1000,
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        below = driver(connection)
        if not below.in_transaction:  # `appending` has begun by itself
            write = connection.get_execution_options().get("onestop_write", False)
            below.execute("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


def _quoted(path: Path) -> str:
    return str(path.absolute()).replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
