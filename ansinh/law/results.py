"""What each calculation hands back: names, kinds and words of its results, from ``results.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from ansinh.law.errors import UnknownBenefit
from ansinh.law.exact_yaml import read_yaml

AMOUNT = "amount"
"""The result that stands beside the others: whole đồng."""


@dataclass(frozen=True)
class Result:
    """One result: ``kind`` as explained at the head of ``results.yaml``."""

    name: str
    kind: str
    label_vi: str
    label_en: str


def results(benefit: str) -> tuple[Result, ...]:
    """The results a benefit can have, ``amount`` first where it gives money; raises ``UnknownBenefit``."""
    found = _declared().get(benefit)
    if found is None:
        raise UnknownBenefit(benefit)
    return found


@lru_cache(maxsize=1)
def _declared() -> Mapping[str, tuple[Result, ...]]:
    content = read_yaml(resources.files("ansinh.law").joinpath("results.yaml").read_text("utf-8"))
    every = {name: Result(name, words["kind"], words["vi"], words["en"]) for name, words in content["names"].items()}
    return {benefit: tuple(every[name] for name in names) for benefit, names in content["benefits"].items()}
