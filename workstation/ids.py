"""Identifiers of commands: never made twice, and in the order in which they were made."""

from __future__ import annotations

import secrets
import time


def command_id() -> str:
    """A new command id: 32 hex digits as UUID version 7 (RFC 9562, 5.7): 48 bits of Unix milliseconds, then random.

    The time is there for the store alone: ids that grow fall on the same page of its index, random ones on a
    different page for every command. Nothing is read from it, and a stepped clock costs only that nearness.
    """
    ms = time.time_ns() // 1_000_000 & (1 << 48) - 1
    low = secrets.randbits(74)
    return f"{ms << 80 | 7 << 76 | (low >> 62) << 64 | 0b10 << 62 | low & (1 << 62) - 1:032x}"
