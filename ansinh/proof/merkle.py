"""The Merkle tree of RFC 6962, section 2.1 (= RFC 9162, 2.1): hashes, growth, inclusion and consistency. Pure."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

EMPTY_ROOT: Final = sha256(b"").digest()

Subtree = Callable[[int, int], bytes]
"""The root over the leaves from `start` up to, not including, `end`."""


def leaf_hash(content: bytes) -> bytes:
    """The hash of a leaf: it can never be taken for that of a node."""
    return sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return sha256(b"\x01" + left + right).digest()


@dataclass
class Range:
    """The compact range of the first `size` leaves: roots of its complete subtrees, the largest first.

    Appending costs one step on average and log2(size) at most; nothing else of the tree is needed.
    """

    size: int = 0
    roots: list[bytes] = field(default_factory=list)

    def append(self, leaf: bytes) -> Iterator[tuple[int, int, bytes]]:
        """Add a leaf's hash; answers every subtree that this completes, as (level, place in its level, root)."""
        root, place, level = leaf, self.size, 0
        self.size += 1
        while place & 1:
            root, place, level = node_hash(self.roots.pop(), root), place >> 1, level + 1
            yield level, place, root
        self.roots.append(root)

    def root(self) -> bytes:
        """The root of the tree of this size."""
        if not self.roots:
            return EMPTY_ROOT
        root = self.roots[-1]
        for left in reversed(self.roots[:-1]):
            root = node_hash(left, root)
        return root


def complete_parts(size: int) -> Iterator[tuple[int, int]]:
    """The complete subtrees a tree of this size consists of, as (start, end), the largest first."""
    start = 0
    for bit in reversed(range(size.bit_length())):
        if size >> bit & 1:
            yield start, start + (1 << bit)
            start += 1 << bit


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root over these leaf hashes."""
    grown = Range()
    for leaf in leaves:
        for _ in grown.append(leaf):
            pass
    return grown.root()


def inclusion_path(index: int, size: int, subtree: Subtree) -> list[bytes]:
    """The audit path of the leaf at `index` in the tree of `size` leaves, from the leaf upwards (2.1.1)."""
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _left_half(end - start)
        if index < middle:
            path.append(subtree(middle, end))
            end = middle
        else:
            path.append(subtree(start, middle))
            start = middle
    return path[::-1]


def consistency_path(old: int, new: int, subtree: Subtree) -> list[bytes]:
    """Proof that the tree of `new` leaves begins with the tree of `old` leaves, 0 < old ≤ new (2.1.2)."""
    path: list[bytes] = []
    start, end, whole = 0, new, True
    while old != end:
        middle = start + _left_half(end - start)
        if old <= middle:
            path.append(subtree(middle, end))
            end = middle
        else:
            path.append(subtree(start, middle))
            start, whole = middle, False
    if not whole:
        path.append(subtree(start, end))
    return path[::-1]


def root_from_inclusion(leaf: bytes, *, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that the path leads to; None when it has the wrong length (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return None
    place, last, root = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return None
        if place & 1 or place == last:
            root = node_hash(sibling, root)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            root = node_hash(root, sibling)
        place, last = place >> 1, last >> 1
    return root if last == 0 else None


def is_consistent(*, old_size: int, old_root: bytes, new_size: int, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Whether the path proves that the new tree begins with the old one (RFC 9162, 2.1.4.2)."""
    if old_size == new_size:
        return not path and old_root == new_root
    if not 0 < old_size < new_size:
        return False
    hashes = list(path) if old_size & (old_size - 1) else [old_root, *path]
    if not hashes:
        return False
    place, last = old_size - 1, new_size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and old == old_root and new == new_root


def _left_half(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << ((size - 1).bit_length() - 1)
