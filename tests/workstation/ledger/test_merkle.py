from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.ledger import merkle
from workstation.ledger.merkle import CompactRange

# Leaves and roots of the tree of eight leaves that RFC 6962 implementations are tested with.
LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def plain_root(leaves: list[bytes]) -> bytes:
    """MTH of RFC 6962 2.1, word for word, over raw leaves."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + plain_root(leaves[:k]) + plain_root(leaves[k:])).digest()


def hashed(count: int) -> list[bytes]:
    return [merkle.leaf_hash(bytes((index,))) for index in range(count)]


@pytest.mark.parametrize("size", range(9))
def test_roots_of_the_known_tree(size: int) -> None:
    leaves = [merkle.leaf_hash(leaf) for leaf in LEAVES[:size]]
    assert merkle.root(leaves).hex() == ROOTS[size]
    tree = CompactRange()
    for leaf in leaves:
        tree = tree.append(leaf)
    assert tree.root().hex() == ROOTS[size]


@pytest.mark.parametrize("size", [*range(1, 40), 127, 128, 129])
def test_the_root_is_that_of_the_definition(size: int) -> None:
    assert merkle.root(hashed(size)) == plain_root([bytes((index,)) for index in range(size)])


@pytest.mark.parametrize("size", range(1, 34))
def test_every_leaf_is_proven_in_every_tree_and_no_other_is(size: int) -> None:
    leaves = hashed(size)
    subtree, root = merkle.over(leaves), merkle.root(leaves)
    for index, leaf in enumerate(leaves):
        proof = merkle.inclusion_proof(subtree, index, size)
        assert merkle.verify_inclusion(leaf, index, size, proof, root)
        assert not merkle.verify_inclusion(merkle.leaf_hash(b"other"), index, size, proof, root)
        assert not merkle.verify_inclusion(leaf, (index + 1) % size, size, proof, root) or size == 1
        assert not merkle.verify_inclusion(leaf, index, size, [*proof, root], root)
        assert not merkle.verify_inclusion(leaf, index, size, proof[:-1], root) or not proof
        assert not merkle.verify_inclusion(leaf, index, size, proof, leaf) or size == 1


@pytest.mark.parametrize("size", range(1, 34))
def test_every_older_tree_is_proven_the_beginning(size: int) -> None:
    leaves = hashed(size)
    subtree, root = merkle.over(leaves), merkle.root(leaves)
    for old in range(size + 1):
        old_root = merkle.root(leaves[:old])
        proof = merkle.consistency_proof(subtree, old, size)
        assert merkle.verify_consistency(old, size, old_root, root, proof)
        assert not merkle.verify_consistency(old, size, merkle.leaf_hash(b"other"), root, proof)
        if 0 < old < size:
            assert not merkle.verify_consistency(old, size, old_root, old_root, proof)
            assert not merkle.verify_consistency(old, size, old_root, root, proof[:-1])
            assert not merkle.verify_consistency(old, size, old_root, root, [*proof, root])
            for at in range(len(proof)):
                changed = [*proof]
                changed[at] = merkle.leaf_hash(changed[at])
                assert not merkle.verify_consistency(old, size, old_root, root, changed)


def test_a_proof_for_what_is_not_there_is_not_made() -> None:
    subtree = merkle.over(hashed(3))
    with pytest.raises(ValueError, match="not in the tree"):
        merkle.inclusion_proof(subtree, 3, 3)
    with pytest.raises(ValueError, match="not larger"):
        merkle.consistency_proof(subtree, 4, 3)
    assert not merkle.verify_inclusion(b"", 3, 3, [], b"")
    assert not merkle.verify_consistency(4, 3, b"", b"", [])


@given(st.integers(0, 300))
def test_a_compact_range_comes_back_from_its_bytes(size: int) -> None:
    tree = CompactRange()
    for index in range(size):
        tree = tree.append(merkle.leaf_hash(index.to_bytes(2, "big")))
    again = CompactRange.from_bytes(tree.to_bytes())
    assert again == tree
    assert tree.size == size
    assert len(tree.hashes) == size.bit_count()


@pytest.mark.parametrize("content", [b"", b"\x00" * 7, b"\x00" * 9, b"\x00" * 7 + b"\x03" + b"x" * 32])
def test_other_bytes_are_no_compact_range(content: bytes) -> None:
    with pytest.raises(ValueError, match="compact range"):
        CompactRange.from_bytes(content)
