"""What a rule hands back: an amount, other values, and the steps that explain every đồng."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import Any

RULE_VERSION = "2026-11-21"


@dataclass(frozen=True)
class Step:
    """One step of a calculation, in words and in arithmetic; ``amount`` is whole đồng."""

    what_vi: str
    what_en: str
    arithmetic: str
    article: str
    amount: int | None = None


@dataclass(frozen=True)
class Ground:
    """One condition of a benefit: met, not met, or (``met`` None) for an officer to check on paper."""

    what_vi: str
    what_en: str
    article: str
    met: bool | None


@dataclass(frozen=True)
class FigureUsed:
    """A figure of law a result rests on, and its value then: ``value`` as JSON knows it, ``quality`` of the source."""

    name: str
    label_vi: str
    label_en: str
    value: object
    unit: str
    valid_from: date
    reference: str
    quality: str

    def as_dict(self) -> dict[str, object]:
        """Plain values ready for JSON."""
        return {**vars(self), "valid_from": self.valid_from.isoformat()}

    @classmethod
    def from_dict(cls, read: Mapping[str, Any]) -> FigureUsed:
        """Read what ``as_dict`` gave."""
        return cls(**{**read, "valid_from": date.fromisoformat(read["valid_from"])})


@dataclass(frozen=True)
class Outcome:
    """The result of a rule.

    ``amount`` is whole đồng (None where the benefit is not money); ``values`` holds the other
    named results; ``unconfirmed`` names the figures used whose source is not confirmed and the
    readings that can be argued, ``unconfirmed_en`` the same in English and in the same order;
    ``grounds`` are the conditions looked at; ``figures`` those of the law that were read, in order of reading.
    """

    amount: int | None
    values: Mapping[str, object] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    unconfirmed: tuple[str, ...] = ()
    rule_version: str = RULE_VERSION
    grounds: tuple[Ground, ...] = ()
    unconfirmed_en: tuple[str, ...] = ()
    figures: tuple[FigureUsed, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))

    def to_json(self) -> str:
        """This outcome as JSON text; ``from_json`` gives an equal outcome back."""
        return json.dumps(self.as_dict(), ensure_ascii=False, sort_keys=True)

    def as_dict(self) -> dict[str, object]:
        """Plain values ready for JSON (dates as YYYY-MM-DD, halves as decimals)."""
        return {
            "amount": self.amount,
            "values": {name: plain(value) for name, value in self.values.items()},
            "steps": [vars(step) for step in self.steps],
            "unconfirmed": list(self.unconfirmed),
            "unconfirmed_en": list(self.unconfirmed_en),
            "rule_version": self.rule_version,
            "grounds": [vars(ground) for ground in self.grounds],
            "figures": [used.as_dict() for used in self.figures],
        }

    @classmethod
    def from_json(cls, text: str) -> Outcome:
        """Read what ``to_json`` wrote, also before results named their figures."""
        read = json.loads(text)
        return cls(
            amount=read["amount"],
            values=read["values"],
            steps=tuple(Step(**step) for step in read["steps"]),
            unconfirmed=tuple(read["unconfirmed"]),
            rule_version=read["rule_version"],
            grounds=tuple(Ground(**ground) for ground in read.get("grounds", ())),
            unconfirmed_en=tuple(read.get("unconfirmed_en", read["unconfirmed"])),
            figures=tuple(FigureUsed.from_dict(used) for used in read.get("figures", ())),
        )


def plain(value: object) -> object:
    """A value as JSON knows it; whole fractions become integers, others decimals."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else float(value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value
