"""Command ids: a version 7 UUID, never twice, growing with time."""

from __future__ import annotations

import time
import uuid

import pytest

from workstation import ids


def test_an_id_is_a_version_7_uuid_in_32_hex_digits() -> None:
    made = ids.command_id()
    assert len(made) == 32
    assert made == made.lower()
    read = uuid.UUID(made)
    assert read.version == 7
    assert read.variant == uuid.RFC_4122


def test_ids_are_never_made_twice() -> None:
    assert len({ids.command_id() for _ in range(10_000)}) == 10_000


def test_an_id_begins_with_the_milliseconds_and_sorts_by_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time_ns", lambda: 1_790_000_000_123_456_789)
    early = ids.command_id()
    monkeypatch.setattr(time, "time_ns", lambda: 1_790_000_000_124_000_000)
    late = ids.command_id()
    assert int(early[:12], 16) == 1_790_000_000_123
    assert early < late
