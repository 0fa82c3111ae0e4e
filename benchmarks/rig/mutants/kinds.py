"""The register of kinds of papers whose mutants are made and checked; a new kind registers itself with `register`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

KINDS: list[Kind] = []


@dataclass(frozen=True)
class Mutant:
    """One changed copy: how it was changed, and its octets."""

    how: str
    content: bytes


@dataclass(frozen=True)
class Kind:
    """A kind of paper.

    `make(random, listener)` gives mutants without end; `listener` is an address that nobody may ever ask, for mutants
    that lure. `accepts(content)` is the real check. `valid()` gives papers that must be accepted, so that a check
    which refuses everything is found out. `share` is its part of the whole run.
    """

    name: str
    share: float
    valid: Callable[[], list[bytes]]
    make: Callable[[Random, str], Iterator[Mutant]]
    accepts: Callable[[bytes], bool]


def register(kind: Kind) -> None:
    """Add a kind to every run from now on; a name registered again replaces the first."""
    KINDS[:] = [one for one in KINDS if one.name != kind.name] + [kind]
