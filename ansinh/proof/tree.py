"""The tree as the database holds it: any subtree that a proof near given places needs, by one query a level."""

from collections.abc import Iterable
from functools import cache
from typing import Final

from django.db.models import Q

from ansinh.proof.merkle import Range, Subtree, complete_parts, node_hash
from ansinh.proof.models import Leaf, Node

STEP: Final = 8
"""Every eighth level is kept."""


def subtree_near(*places: int) -> Subtree:
    """Roots of subtrees that begin, end or lie beside these places (indexes or sizes)."""
    known: dict[tuple[int, int], bytes] = {}
    level = 0
    while level == 0 or max(places) >> level:
        known |= _kept(level, {place >> level + STEP for place in places})
        level += STEP

    @cache  # the proofs of one reading go through the same parts
    def subtree(start: int, end: int) -> bytes:
        size = end - start
        level = (size - 1).bit_length()
        if size == 1 << level and level % STEP == 0:
            return known[level, start >> level]
        middle = start + (1 << level - 1)
        return node_hash(subtree(start, middle), subtree(middle, end))

    return subtree


def range_of(size: int) -> Range:
    """The compact range of the first `size` leaves. Raises KeyError when leaves or nodes are missing."""
    if size == 0:
        return Range()
    subtree = subtree_near(size)
    return Range(size, [subtree(start, end) for start, end in complete_parts(size)])


def _kept(level: int, groups: Iterable[int]) -> dict[tuple[int, int], bytes]:
    wanted = Q()
    name = "place" if level else "index"
    for group in groups:
        wanted |= Q(**{f"{name}__gte": group << STEP, f"{name}__lt": group + 1 << STEP})
    if level:
        nodes = Node.objects.filter(wanted, level=level).values_list("place", "root")
        return {(level, place): bytes(root) for place, root in nodes}
    leaves = Leaf.objects.filter(wanted).values_list("index", "hash")
    return {(level, index): bytes(leaf) for index, leaf in leaves}
