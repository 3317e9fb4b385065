"""The tree over all entries: RFC 6962 section 2, SHA-256.

Leaf hash: SHA-256(0x00 ‖ leaf); node hash: SHA-256(0x01 ‖ left ‖ right). A tree of n > 1 leaves splits at the
largest power of two below n. Proofs are lists of 32-byte hashes, nearest to the leaf first.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

import msgspec

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256().digest()

Hashes = Callable[[int, int], bytes]
"""(start, end) → root of the complete subtree over the leaves [start, end)."""


def leaf_hash(leaf: bytes) -> bytes:
    """Hash of one leaf's bytes."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def _split(size: int) -> int:
    return 1 << (size - 1).bit_length() - 1


class CompactRange(msgspec.Struct, frozen=True):
    """The roots of the perfect subtrees of a tree, largest first: all that appending needs to know.

    `size`: number of leaves; `hashes`: one per bit that is set in `size`.
    """

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    def append(self, leaf: bytes) -> CompactRange:
        """The range with one more leaf. `leaf`: its hash."""
        hashes = self.hashes
        size = self.size
        keep = len(hashes)
        while size & 1:
            keep -= 1
            leaf = node_hash(hashes[keep], leaf)
            size >>= 1
        return CompactRange(self.size + 1, (*hashes[:keep], leaf))

    def root(self) -> bytes:
        """Root of the tree."""
        if not self.hashes:
            return EMPTY_ROOT
        root = self.hashes[-1]
        for left in reversed(self.hashes[:-1]):
            root = node_hash(left, root)
        return root

    def to_bytes(self) -> bytes:
        """Size in 8 bytes (big-endian), then the hashes."""
        return self.size.to_bytes(8, "big") + b"".join(self.hashes)

    @classmethod
    def from_bytes(cls, content: bytes) -> CompactRange:
        """Read what `to_bytes` wrote; raises ValueError for anything else."""
        size = int.from_bytes(content[:8], "big")
        if len(content) != 8 + HASH_BYTES * size.bit_count():
            raise ValueError("not the bytes of a compact range")
        return cls(size, tuple(content[at : at + HASH_BYTES] for at in range(8, len(content), HASH_BYTES)))


def over(leaves: Sequence[bytes]) -> Hashes:
    """Subtree roots computed from leaf hashes held in memory."""

    def subtree(start: int, end: int) -> bytes:
        row = list(leaves[start:end])
        while len(row) > 1:
            row = [node_hash(row[at], row[at + 1]) for at in range(0, len(row), 2)]
        return row[0]

    return subtree


def _root(hashes: Hashes, start: int, end: int) -> bytes:
    """Root over [start, end), where `start` is a multiple of the largest power of two in it."""
    size = end - start
    if size & (size - 1) == 0:
        return hashes(start, end)
    split = start + _split(size)
    return node_hash(hashes(start, split), _root(hashes, split, end))


def root(leaves: Sequence[bytes]) -> bytes:
    """Root of the tree over leaf hashes."""
    return _root(over(leaves), 0, len(leaves)) if leaves else EMPTY_ROOT


def inclusion_proof(hashes: Hashes, index: int, size: int) -> list[bytes]:
    """PATH(index, D[size]) of RFC 6962 2.1.1. `index` counts from 0 and is below `size`."""
    if not 0 <= index < size:
        raise ValueError("the leaf is not in the tree")
    proof: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        split = start + _split(end - start)
        if index < split:
            proof.append(_root(hashes, split, end))
            end = split
        else:
            proof.append(hashes(start, split))
            start = split
    proof.reverse()
    return proof


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], expected: bytes) -> bool:
    """Whether `leaf` (its hash) is number `index` of the tree of `size` leaves with root `expected`."""
    if not 0 <= index < size:
        return False
    at, last = index, size - 1
    found = leaf
    for sibling in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = node_hash(sibling, found)
            while not at & 1 and at:
                at >>= 1
                last >>= 1
        else:
            found = node_hash(found, sibling)
        at >>= 1
        last >>= 1
    return last == 0 and found == expected


def consistency_proof(hashes: Hashes, old: int, size: int) -> list[bytes]:
    """PROOF(old, D[size]) of RFC 6962 2.1.2; empty when `old` is 0 or `size`."""
    if not 0 <= old <= size:
        raise ValueError("the older tree is not larger than the newer")
    proof: list[bytes] = []
    start, end, known = 0, size, True
    if old in (0, size):
        return proof
    while start + old != end:
        split = _split(end - start)
        if old <= split:
            proof.append(_root(hashes, start + split, end))
            end = start + split
        else:
            proof.append(hashes(start, start + split))
            start += split
            old -= split
            known = False
    if not known:
        proof.append(_root(hashes, start, end))
    proof.reverse()
    return proof


def verify_consistency(old: int, size: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the tree of `old` leaves with `old_root` is the beginning of that of `size` with `new_root`."""
    if not 0 <= old <= size:
        return False
    if old == size:
        return not proof and old_root == new_root
    if old == 0:
        return not proof and old_root == EMPTY_ROOT
    path = list(proof)
    if old & (old - 1) == 0:
        path.insert(0, old_root)
    if not path:
        return False
    at, last = old - 1, size - 1
    while at & 1:
        at >>= 1
        last >>= 1
    first = second = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            first = node_hash(sibling, first)
            second = node_hash(sibling, second)
            while not at & 1 and at:
                at >>= 1
                last >>= 1
        else:
            second = node_hash(second, sibling)
        at >>= 1
        last >>= 1
    return last == 0 and first == old_root and second == new_root
