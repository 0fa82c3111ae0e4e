"""Relatives of a dead contributor: who has a right to monthly benefit, and at which percent.

Law 58/2014 articles 67-68, law 41/2024 articles 86-87, circular 12/2025 article 18 k3.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ansinh.law.benefits.retirement import normal_age_of
from ansinh.law.quantities import Month
from ansinh.law.working import Inputs, Working

KINDS = ("child", "spouse", "father", "mother", "father_in_law", "mother_in_law")
_SEX_OF_KIND = {
    "father": "male", "father_in_law": "male", "mother": "female", "mother_in_law": "female",
}  # fmt: skip
_ADULT = 18
_DISABLED_FROM = 81
# Whoever is older has long passed the rising age when law 41 begins.
_FIRST_OF_RISING_AGE = {"male": Month.of(date(1961, 1, 1)), "female": Month.of(date(1966, 1, 1))}
_AGES_UNTIL_LAW_41 = {"male": 60 * 12, "female": 55 * 12}


@dataclass(frozen=True)
class Relative:
    """One relative at the last day of the month of death; age in months."""

    kind: str
    age_months: Fraction
    sex: str | None
    no_income: bool | None
    is_disabled: bool
    no_direct_caregiver: bool | None

    @classmethod
    def read(cls, inputs: Inputs, work: Working) -> Relative:
        """A relative from the inputs of a case or from one row of its list."""
        kind = inputs.choice("relative", KINDS)
        return cls(
            kind=kind,
            age_months=_age_months(inputs, work),
            sex=_SEX_OF_KIND.get(kind) or (inputs.choice("sex", ("male", "female")) if inputs.has("sex") else None),
            no_income=inputs.flag("no_income") if inputs.has("no_income") else None,
            is_disabled=inputs.whole("disability_percent", 0) >= _DISABLED_FROM,
            no_direct_caregiver=(inputs.flag("no_direct_caregiver") if inputs.has("no_direct_caregiver") else None),
        )

    @property
    def is_minor(self) -> bool:
        """Under 18, or without limit when disabled by 81%."""
        return self.age_months < _ADULT * 12 or self.is_disabled

    def loses_care_percent_when_a_child_is_18(self, family: Sequence[Relative]) -> bool:
        """A spouse raised to 70% only because all children are minors, one of whom will grow up."""
        growing = any(r.kind == "child" and r.age_months < _ADULT * 12 and not r.is_disabled for r in family)
        return (
            self.kind == "spouse"
            and self.no_direct_caregiver is None
            and growing
            and _has_no_caregiver(self, family, deaths=1)
        )


def read_relatives(work: Working) -> list[Relative]:
    """The family of the list ``relatives``."""
    return [Relative.read(row, work) for row in work.inputs.rows("relatives")]


def percent_of(work: Working, relative: Relative, *, family: Sequence[Relative] | None) -> int:
    """Percent of the level for one relative: 0 without right, doubled when two insured died."""
    insured = work.inputs.whole("insured_dead", 1)
    deaths = work.inputs.whole("deaths", 1)
    used = work.figure("survivors.monthly_percent")
    alone = _has_no_caregiver(relative, family, deaths=deaths)
    entitled = insured > 0 and _has_right(work, relative)
    percent = int(used.value["no_direct_caregiver" if alone else "normal"]) if entitled else 0
    factor = int(used.value["two_or_more_deaths_factor"]) if insured >= 2 else 1
    vi, en = _words(entitled, alone)
    work.step(
        f"Thân nhân ({_VI[relative.kind]}): {vi}",
        f"Relative ({relative.kind}): {en}",
        f"{percent}% × {factor} = {percent * factor}%",
        used.reference,
    )
    return percent * factor


def _has_right(work: Working, relative: Relative) -> bool:
    if relative.kind == "child":
        return relative.is_minor
    if not relative.is_disabled and relative.age_months < _needed_age(work, relative):
        return False
    if relative.no_income is None:
        work.inputs.need("no_income")
    return bool(relative.no_income)


def _needed_age(work: Working, relative: Relative) -> int:
    """60/55 until 30 June 2025, the Labour Code age since; a spouse of unknown sex as a wife."""
    sex = relative.sex or "female"
    if relative.sex is None:
        work.doubt(
            "Chưa rõ giới tính của vợ hoặc chồng, tính như vợ",
            "Husband or wife was not said: counted as the wife",
        )
    if not work.under_law_41:
        return _AGES_UNTIL_LAW_41[sex]
    born = max(Month.of(work.event_date) + -int(relative.age_months), _FIRST_OF_RISING_AGE[sex])
    return normal_age_of(work, sex, born)


def _has_no_caregiver(relative: Relative, family: Sequence[Relative] | None, *, deaths: int) -> bool:
    """Nobody left to care directly: as declared, else read from the deaths and the family."""
    if relative.no_direct_caregiver is not None:
        return relative.no_direct_caregiver
    if relative.kind == "child":
        return deaths >= 2
    if relative.kind == "spouse" and family is not None:
        return all(r.is_minor for r in family if r.kind == "child")
    return False


def _age_months(inputs: Inputs, work: Working) -> Fraction:
    """Age in months at the last day of the month of death."""
    if not inputs.has("birth") or inputs.has("age_years"):
        return inputs.number("age_years") * 12
    return Fraction(Month.of(work.event_date) - inputs.birth().month)


def _words(entitled: bool, alone: bool) -> tuple[str, str]:
    if not entitled:
        return "không đủ điều kiện hưởng hằng tháng", "no right to monthly benefit"
    if alone:
        return "không còn người trực tiếp nuôi dưỡng", "nobody left to care directly"
    return "mức thông thường", "ordinary percent"


_VI = {
    "child": "con", "spouse": "vợ hoặc chồng", "father": "cha", "mother": "mẹ",
    "father_in_law": "cha vợ hoặc cha chồng", "mother_in_law": "mẹ vợ hoặc mẹ chồng",
}  # fmt: skip
