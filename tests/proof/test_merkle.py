"""The Merkle tree of RFC 6962, against its own definition and against another implementation."""

from __future__ import annotations

import pytest
from pymerkle import InmemoryTree, verify_consistency, verify_inclusion

from ansinh.proof.merkle import (
    EMPTY_ROOT,
    Range,
    Subtree,
    complete_parts,
    consistency_path,
    inclusion_path,
    is_consistent,
    leaf_hash,
    node_hash,
    root_from_inclusion,
    root_of,
)

SIZES = [*range(1, 34), 63, 64, 65, 100, 255, 256, 257, 300]
LEAVES = [leaf_hash(str(number).encode()) for number in range(300)]


def _of(leaves: list[bytes]) -> Subtree:
    def subtree(start: int, end: int) -> bytes:
        if end - start == 1:
            return leaves[start]
        half = 1
        while half * 2 < end - start:
            half *= 2
        return node_hash(subtree(start, start + half), subtree(start + half, end))

    return subtree


SUBTREE = _of(LEAVES)


def _theirs(size: int) -> InmemoryTree:
    tree = InmemoryTree(algorithm="sha256")
    for number in range(size):
        tree.append_entry(str(number).encode())
    return tree


def test_an_empty_log_has_the_root_of_nothing() -> None:
    assert Range().root() == EMPTY_ROOT == root_of([])


@pytest.mark.parametrize("size", SIZES)
def test_the_root_is_the_one_of_the_definition_and_of_pymerkle(size: int) -> None:
    assert root_of(LEAVES[:size]) == SUBTREE(0, size) == _theirs(size).get_root(size)


def test_growing_names_every_subtree_it_completes_once() -> None:
    grown, seen = Range(), dict[tuple[int, int], bytes]()
    for leaf in LEAVES:
        seen |= {(level, place): root for level, place, root in grown.append(leaf)}
    assert all(root == SUBTREE(place << level, place + 1 << level) for (level, place), root in seen.items())
    assert len(seen) == sum(len(LEAVES) >> level for level in range(1, 9))
    assert grown.roots == [SUBTREE(start, end) for start, end in complete_parts(len(LEAVES))]


@pytest.mark.parametrize("size", SIZES)
def test_every_leaf_is_proven_and_no_other_place_or_path_passes(size: int) -> None:
    root = SUBTREE(0, size)
    for index in range(size):
        path = inclusion_path(index, size, SUBTREE)
        assert root_from_inclusion(LEAVES[index], index=index, size=size, path=path) == root
        assert root_from_inclusion(LEAVES[index], index=index, size=size, path=[*path, root]) != root
        if path:
            assert root_from_inclusion(LEAVES[index], index=index, size=size, path=path[1:]) != root
        if size > 1:
            assert root_from_inclusion(LEAVES[index], index=(index + 1) % size, size=size, path=path) != root
    assert root_from_inclusion(LEAVES[0], index=size, size=size, path=[]) is None


@pytest.mark.parametrize("size", SIZES)
def test_every_earlier_tree_is_proven_to_be_the_beginning(size: int) -> None:
    root = SUBTREE(0, size)
    for old in range(1, size + 1):
        path = consistency_path(old, size, SUBTREE)
        old_root = SUBTREE(0, old)
        assert is_consistent(old_size=old, old_root=old_root, new_size=size, new_root=root, path=path)
        assert not is_consistent(old_size=old, old_root=LEAVES[0][::-1], new_size=size, new_root=root, path=path)
        assert not is_consistent(old_size=old, old_root=old_root, new_size=size, new_root=EMPTY_ROOT, path=path)
        if path:
            assert not is_consistent(old_size=old, old_root=old_root, new_size=size, new_root=root, path=path[:-1])
    assert not is_consistent(old_size=0, old_root=EMPTY_ROOT, new_size=size, new_root=root, path=[])


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 100, 257])
def test_pymerkle_proves_the_same_inclusion_and_consistency(size: int) -> None:
    theirs = _theirs(size)
    for index in range(0, size, 7):
        proof = theirs.prove_inclusion(index + 1, size)
        verify_inclusion(LEAVES[index], theirs.get_root(size), proof)
        told = {bytes.fromhex(one) for one in proof.serialize()["path"]}  # it lists the leaf among its siblings
        assert told == {LEAVES[index], *inclusion_path(index, size, SUBTREE)}
        old, old_root = index + 1, theirs.get_root(index + 1)
        verify_consistency(old_root, theirs.get_root(size), theirs.prove_consistency(old, size))
        path = consistency_path(old, size, SUBTREE)
        assert is_consistent(old_size=old, old_root=old_root, new_size=size, new_root=theirs.get_root(size), path=path)
