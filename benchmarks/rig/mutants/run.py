"""Make mutants of every kind, show each to the real check, count what is believed and who is contacted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from random import Random

from benchmarks.rig.mutants import pdf, qr, xml  # noqa: F401 - they register themselves
from benchmarks.rig.mutants.guard import guard
from benchmarks.rig.mutants.kinds import KINDS, Kind


@dataclass
class Outcome:
    """What a run found. All is well when nothing is believed, nobody contacted and every valid paper accepted."""

    made: Counter[str] = field(default_factory=Counter)
    accepted: list[str] = field(default_factory=list)
    valid_refused: list[str] = field(default_factory=list)
    attempts: list[str] = field(default_factory=list)

    @property
    def kept(self) -> bool:
        """Whether nothing went wrong."""
        return not self.accepted and not self.attempts and not self.valid_refused and bool(self.made)


def run(*, mutants: int, seed: int, kinds: list[Kind] | None = None) -> Outcome:
    """At least `mutants` in all, shared among the kinds."""
    outcome = Outcome()
    chosen = KINDS if kinds is None else kinds
    shares = sum(one.share for one in chosen)
    with guard() as watched:
        for kind in chosen:
            outcome.valid_refused += [kind.name for content in kind.valid() if not kind.accepts(content)]
            count = round(mutants * kind.share / shares)
            for mutant in islice(kind.make(Random(f"{seed} {kind.name}"), watched.address), count):
                outcome.made[kind.name] += 1
                if kind.accepts(mutant.content):
                    outcome.accepted.append(f"{kind.name}: {mutant.how}")
        outcome.attempts = list(watched.attempts)
    return outcome
