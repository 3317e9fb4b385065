"""The first tables of the store."""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = (
    # The record. `entry` and `body` never change shape; `centre` is there to distribute by.
    """CREATE TABLE entry(
        centre TEXT NOT NULL,
        seq INTEGER PRIMARY KEY CHECK (seq > 0),
        header BLOB NOT NULL,
        leaf BLOB NOT NULL CHECK (length(leaf) = 32))""",
    # Clustered by stay: the entries of a stay lie together, and are found and erased together. An entry has
    # a body for its own stay, and one for each other stay it speaks of.
    """CREATE TABLE body(
        centre TEXT NOT NULL,
        stay TEXT NOT NULL,
        seq INTEGER NOT NULL REFERENCES entry(seq),
        sealed BLOB NOT NULL,
        PRIMARY KEY (stay, seq)) WITHOUT ROWID""",
    "CREATE TABLE stay_key(stay TEXT PRIMARY KEY, key TEXT NOT NULL UNIQUE) WITHOUT ROWID",
    "CREATE TABLE erasure(stay TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID",
    # Which entries were of or about an erased stay, now that their bodies are gone.
    """CREATE TABLE erased(
        stay TEXT NOT NULL REFERENCES erasure(stay),
        seq INTEGER NOT NULL REFERENCES entry(seq),
        PRIMARY KEY (stay, seq)) WITHOUT ROWID""",
    """CREATE TABLE head(
        one INTEGER PRIMARY KEY CHECK (one = 1),
        centre TEXT NOT NULL,
        mode TEXT NOT NULL CHECK (mode IN ('practice', 'live')),
        size INTEGER NOT NULL,
        range BLOB NOT NULL,
        recorded_at INTEGER NOT NULL,
        numbers TEXT NOT NULL)""",
    """CREATE TABLE command(
        id TEXT PRIMARY KEY,
        stay TEXT NOT NULL,
        result BLOB NOT NULL) WITHOUT ROWID""",
    # Decision tables: what gates need at the head, with uniqueness as the second fence.
    """CREATE TABLE open_stay(
        stay TEXT PRIMARY KEY,
        number TEXT NOT NULL UNIQUE) WITHOUT ROWID""",
    """CREATE TABLE room_occupancy(
        stay TEXT PRIMARY KEY REFERENCES open_stay(stay),
        room TEXT NOT NULL,
        since INTEGER NOT NULL) WITHOUT ROWID""",
    "CREATE INDEX room_occupancy_by_room ON room_occupancy(room)",
    "CREATE TABLE cell(cell TEXT PRIMARY KEY, stay TEXT NOT NULL, UNIQUE (cell, stay)) WITHOUT ROWID",
    """CREATE TABLE bag(
        bag TEXT PRIMARY KEY,
        stay TEXT NOT NULL,
        tag TEXT UNIQUE,
        cell TEXT,
        FOREIGN KEY (cell, stay) REFERENCES cell(cell, stay)) WITHOUT ROWID""",
    "CREATE INDEX bag_by_cell ON bag(cell)",
    "CREATE INDEX bag_by_stay ON bag(stay)",
    "CREATE TABLE tag_in_use(tag TEXT PRIMARY KEY, stay TEXT NOT NULL, use TEXT NOT NULL) WITHOUT ROWID",
    "CREATE INDEX tag_in_use_by_stay ON tag_in_use(stay)",
    """CREATE TABLE officer_interview(
        officer TEXT PRIMARY KEY,
        stay TEXT NOT NULL REFERENCES open_stay(stay),
        since INTEGER NOT NULL) WITHOUT ROWID""",
    "CREATE INDEX officer_interview_by_stay ON officer_interview(stay)",
    "CREATE TABLE band(band TEXT PRIMARY KEY, stay TEXT NOT NULL UNIQUE) WITHOUT ROWID",
    # Beside the record.
    """CREATE TABLE draft(
        id TEXT PRIMARY KEY,
        owner TEXT NOT NULL,
        stay TEXT NOT NULL,
        saved_at INTEGER NOT NULL,
        sealed BLOB NOT NULL) WITHOUT ROWID""",
    "CREATE INDEX draft_by_stay ON draft(stay)",
    """CREATE TABLE media(
        id TEXT PRIMARY KEY,
        stay TEXT NOT NULL,
        type TEXT NOT NULL,
        size INTEGER NOT NULL,
        sealed BLOB NOT NULL)""",
    "CREATE INDEX media_by_stay ON media(stay)",
    """CREATE TABLE access(
        seq INTEGER PRIMARY KEY CHECK (seq > 0),
        row BLOB NOT NULL,
        leaf BLOB NOT NULL CHECK (length(leaf) = 32))""",
    """CREATE TABLE access_head(
        one INTEGER PRIMARY KEY CHECK (one = 1),
        size INTEGER NOT NULL,
        range BLOB NOT NULL)""",
    """CREATE TABLE staff_secret(
        staff TEXT PRIMARY KEY,
        hash TEXT NOT NULL,
        changed_at INTEGER NOT NULL,
        failures INTEGER NOT NULL,
        last_failure_at INTEGER NOT NULL) WITHOUT ROWID""",
    """CREATE TABLE follower(
        name TEXT PRIMARY KEY,
        version INTEGER NOT NULL,
        cursor INTEGER NOT NULL) WITHOUT ROWID""",
)

FIXED = ("entry", "stay_key", "command", "access", "erasure", "erased")
"""Tables whose rows are neither changed nor removed, by anyone."""


def upgrade() -> None:
    """Make the tables and the triggers that keep the record."""
    for statement in TABLES:
        strict = "" if not statement.startswith("CREATE TABLE") else _strict(statement)
        op.execute(statement + strict)
    for table in FIXED:
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'kept: {table} is append-only'); END"
            )
    op.execute(
        "CREATE TRIGGER body_no_update BEFORE UPDATE ON body "
        "BEGIN SELECT RAISE(ABORT, 'kept: body is append-only'); END"
    )
    op.execute(
        "CREATE TRIGGER body_no_delete BEFORE DELETE ON body "
        "WHEN NOT EXISTS (SELECT 1 FROM erased WHERE stay = OLD.stay AND seq = OLD.seq) "
        "BEGIN SELECT RAISE(ABORT, 'kept: body goes only by erasure'); END"
    )
    for table, fixed in (
        ("head", " OR NEW.mode != OLD.mode OR NEW.centre != OLD.centre"),
        ("access_head", ""),
    ):
        op.execute(
            f"CREATE TRIGGER {table}_forward BEFORE UPDATE ON {table} WHEN NEW.size < OLD.size{fixed} "
            f"BEGIN SELECT RAISE(ABORT, 'kept: {table} only grows'); END"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'kept: {table} only grows'); END"
        )


def _strict(statement: str) -> str:
    """A value of another type than its column's is refused by the database."""
    return ", STRICT" if statement.endswith("WITHOUT ROWID") else " STRICT"
