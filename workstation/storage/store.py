"""One centre's store in one folder: the encrypted file, its keys, and the record in it.

`FOLDER/store.db` is the store, `FOLDER/keys/` its keys; the two are backed up apart. `FOLDER/spare` is room for what
must not be lost on a full disk.
"""

from __future__ import annotations

from pathlib import Path

from workstation.clock import Clock
from workstation.errors import StoreError
from workstation.storage.access_log import AccessLog
from workstation.storage.database import Database
from workstation.storage.drafts import Drafts
from workstation.storage.erasure import Erasure
from workstation.storage.keys import KeyStore
from workstation.storage.media import Media
from workstation.storage.place import FILE
from workstation.storage.projections import Follower
from workstation.storage.record import Record
from workstation.storage.spare import Spare
from workstation.storage.staff_secrets import StaffSecrets
from workstation.storage.timeline import Timeline

KEYS = "keys"
SPARE = "spare"


class Store:
    """An open store. `record` is the one way to write entries; the rest lives beside it or off it."""

    def __init__(self, database: Database, keys: KeyStore, record: Record) -> None:
        self.database = database
        self.keys = keys
        self.record = record
        self.drafts = Drafts(database, record.seals, record.clock)
        self.media = Media(database, record.seals)
        self.access_log = AccessLog(database, record.clock)
        self.spare = Spare(database.path.with_name(SPARE), record.seals)
        self.staff_secrets = StaffSecrets(database)
        self.timeline = Timeline(database, record.seals)
        self.followers = (Follower(database, record, self.timeline),)
        self.erasure = Erasure(database, keys, record.seals, self.followers)

    @classmethod
    def create(
        cls, folder: Path, clock: Clock, *, centre: str, mode: str, workstation: str, catalogue_hash: str
    ) -> Store:
        """Make a new store with entry 1 in `folder`. `mode`: practice or live, for ever.

        Raises StoreError when there is a store or a key store already; nothing is overwritten.
        """
        if mode not in ("practice", "live"):
            raise StoreError("store.mode", mode=mode)
        if (folder / FILE).exists():
            raise StoreError("store.exists", path=str(folder / FILE))
        keys = KeyStore.create(folder / KEYS, centre=centre, mode=mode)
        database = None
        try:
            database = Database.create(folder / FILE, keys.store_key())
            record = Record(database, keys, clock, centre, catalogue_hash)
            record.open_ledger(mode, log_key=keys.log_public_key(), workstation=workstation)
        except BaseException:
            if database is not None:
                database.close()
                (folder / FILE).unlink(missing_ok=True)  # ours, and without entry 1: no record is in it
            keys.close()
            KeyStore.remove(folder / KEYS)
            raise
        return cls(database, keys, record)

    @classmethod
    def open(cls, folder: Path, clock: Clock, *, catalogue_hash: str) -> Store:
        """Open the store in `folder` and check its newest entries.

        Raises StoreError, changing nothing, when it cannot be used as it is.
        """
        store = cls.unchecked(folder, clock, catalogue_hash=catalogue_hash)
        try:
            head = store.record.head()
            if (head.centre, head.mode) != (store.keys.centre, store.keys.mode):
                raise StoreError("store.other-keys", path=str(folder / FILE))
            store.record.check_tail()
            store.erasure.finish()
            store.keys.fill()
        except BaseException:
            store.close()
            raise
        return store

    @classmethod
    def unchecked(cls, folder: Path, clock: Clock, *, catalogue_hash: str) -> Store:
        """Open without looking at the entries, for a verification that looks at all of them."""
        if not (folder / FILE).exists():
            raise StoreError("store.absent", path=str(folder / FILE))
        keys = KeyStore.open(folder / KEYS)
        try:
            database = Database.open(folder / FILE, keys.store_key())
        except BaseException:
            keys.close()
            raise
        try:
            return cls(database, keys, Record(database, keys, clock, keys.centre, catalogue_hash))
        except BaseException:
            database.close()
            keys.close()
            raise

    @property
    def mode(self) -> str:
        """practice or live."""
        return self.keys.mode

    def close(self) -> None:
        """Close every file."""
        self.database.close()
        self.keys.close()
