"""What is told of the proof that one entry stands in the record.

Screens import this: what proves is in `timeline_proving`.
"""

from __future__ import annotations

import msgspec


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """`proved`: the entry is what its header commits to, and number `seq` of the tree of `size` entries.

    `steps`: hashes on the path from the entry to the root; `root`: the root of that tree in hex; `fault`: catalogue
    code of what does not fit, empty when proved.
    """

    seq: int
    proved: bool
    size: int
    steps: int
    root: str
    fault: str = ""
