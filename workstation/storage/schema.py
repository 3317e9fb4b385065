"""The version of the store's tables, and how an older store is raised to the newest."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from workstation.errors import StoreError

VERSIONS = ("0001",)
"""Every version this program knows, oldest first: the revisions of `migrations/versions`."""
NEWEST = VERSIONS[-1]


def version(connection: Connection) -> str:
    """The version of an open store, or an empty string for a file without tables.

    Raises StoreError when a newer program has written it.
    """
    known = connection.execute(
        text("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'")
    ).scalar_one()
    if not known:
        if connection.execute(text("SELECT count(*) FROM sqlite_master")).scalar_one():
            path = connection.execute(text("SELECT file FROM pragma_database_list")).scalars().first()
            raise StoreError("store.not-a-store", path=str(path))
        return ""
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
    if len(found) != 1 or found[0] not in VERSIONS:
        raise StoreError("store.newer", found=", ".join(found))
    return str(found[0])


def upgrade(connection: Connection) -> None:
    """Raise the store to the newest version inside the caller's transaction."""
    from alembic import command
    from alembic.config import Config

    version(connection)
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except OperationalError as error:
        raise StoreError("store.upgrade", reason=str(error.orig)) from error
