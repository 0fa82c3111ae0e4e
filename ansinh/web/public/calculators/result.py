"""What a calculator hands to its page: a sentence, the parts it is made of, what it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ansinh.law.outcome import Ground, Outcome
from ansinh.web.formats import doubts
from ansinh.web.public.calculators.chart import Bars, Lines

MET, UNMET, CHECK = "met", "unmet", "check"


@dataclass(frozen=True)
class Line:
    """One fact of the result."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class Part:
    """One amount with its steps."""

    name: str
    outcome: Outcome


@dataclass(frozen=True)
class Result:
    """`title` is the answer in one sentence; `kind` is "wait" where a right is missing.

    `rights` are outcomes whose conditions are shown; `assumptions` say what the estimate takes for granted.
    """

    title: str
    kind: str = ""
    advice: str = ""
    lines: Sequence[Line] = ()
    parts: Sequence[Part] = ()
    rights: Sequence[Outcome] = ()
    charts: Sequence[Bars | Lines] = ()
    assumptions: Sequence[str] = field(default_factory=tuple)

    @property
    def outcomes(self) -> list[Outcome]:
        """Everything the law was asked."""
        return [*(part.outcome for part in self.parts), *self.rights]

    @property
    def grounds(self) -> list[Ground]:
        """The conditions of the rights, each once."""
        return list(dict.fromkeys(ground for outcome in self.rights for ground in outcome.grounds))

    @property
    def unconfirmed(self) -> list[str]:
        """The figures whose source is not confirmed, each once."""
        return list(dict.fromkeys(what for outcome in self.outcomes for what in doubts(outcome)))


def is_met(outcomes: Sequence[Outcome]) -> bool:
    """Whether no condition is known to be missing."""
    return all(ground.met is not False for outcome in outcomes for ground in outcome.grounds)
