"""What the characters of a health card number say: group, level and percentage, place and insured person.

QĐ 1351/QĐ-BHXH of 2015; later group letters were not reviewed, so an unknown group is no error.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ansinh.law.figures import figure
from ansinh.law.identifiers import parse_health_card


@dataclass(frozen=True)
class HealthCardFacts:
    """``payer`` names who pays for the group (None: letters not in the table); ``percent`` is what the fund pays.

    ``province_code`` follows the list of 63 provinces.
    """

    group: str
    payer: str | None
    level: int
    percent: int
    province_code: str
    si_number: str


def health_card_facts(text: str, *, on: date) -> HealthCardFacts:
    """Read a card number as people type it, by the code tables of a day.

    Raises ``IdentifierError`` for what is no card number, ``FigureMissing`` before the tables.
    """
    number = parse_health_card(text)
    group, level = number[:2], number[2]
    groups = figure("health.card_groups", on=on).value
    return HealthCardFacts(
        group=group,
        payer=next((payer for payer, letters in groups.items() if group in letters), None),
        level=int(level),
        percent=int(figure("health.card_levels", on=on).value[level]),
        province_code=number[3:5],
        si_number=number[5:],
    )
