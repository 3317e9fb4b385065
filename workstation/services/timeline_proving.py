"""Proof that one entry stands in the record: its content against its header, its header against the tree.

There are no signed checkpoints yet, so what is proved is that the entry belongs to the record as this station holds
it now. The roots of full runs of 256 leaves never change and are kept.
"""

from __future__ import annotations

import threading

from workstation.errors import StoreError
from workstation.ledger.entry import leaf_hash
from workstation.ledger.merkle import Hashes, inclusion_proof, over, verify_inclusion
from workstation.services.timeline_proof import Proof
from workstation.storage.database import driver
from workstation.storage.record import Record

RUN = 256


class Proofs:
    """Proves entries; safe from several threads."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._runs: list[bytes] = []
        self._lock = threading.Lock()

    def prove(self, stay: str, seq: int) -> Proof | None:
        """The proof of an entry of a stay; None when the stay has no such entry."""
        head = self._record.head()
        root = head.range.root()
        try:
            found = self._record.entries(after_seq=seq - 1, stay=stay, limit=1)
        except StoreError as error:
            return Proof(seq=seq, proved=False, size=head.size, steps=0, root=root.hex(), fault=error.code)
        if not found or found[0].seq != seq or seq > head.size:
            return None
        with self._lock:
            path = inclusion_proof(self._hashes(head.size), seq - 1, head.size)
        proved = verify_inclusion(leaf_hash(found[0].header_bytes), seq - 1, head.size, path, root)
        fault = "" if proved else "verify.leaf"
        return Proof(seq=seq, proved=proved, size=head.size, steps=len(path), root=root.hex(), fault=fault)

    def _hashes(self, size: int) -> Hashes:
        """Roots of subtrees: from the kept runs where a subtree is made of them, else from the leaves."""
        full = size // RUN
        while len(self._runs) < full:
            start = len(self._runs) * RUN
            self._runs.append(over(self._leaves(start, start + RUN))(0, RUN))

        def subtree(start: int, end: int) -> bytes:
            if start % RUN == 0 and end % RUN == 0:
                runs = self._runs[start // RUN : end // RUN]
                return over(runs)(0, len(runs))
            return over(self._leaves(start, end))(0, end - start)

        return subtree

    def _leaves(self, start: int, end: int) -> list[bytes]:
        """Leaf hashes of entries `start` + 1 to `end`."""
        with self._record.database.reading() as connection:
            rows = driver(connection).execute(
                "SELECT leaf FROM entry WHERE seq > ? AND seq <= ? ORDER BY seq", (start, end)
            )
            return [row[0] for row in rows.fetchall()]
