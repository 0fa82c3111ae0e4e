"""Months and lump sums that were not collected: settled, so that nobody is paid them twice."""

from __future__ import annotations

from ansinh.casework.effects.given import Done, Given
from ansinh.registry.benefits.unpaid import settle_lump, settle_months


def settle(given: Given) -> Done:
    """The lump sum of the decision named, else the months of the span."""
    person = given.insured()
    number = given.get("decision_number", "")
    if number:
        rows = settle_lump(person, number=number, dossier_id=given.dossier_id, at=given.at)
    else:
        first = given["from"]
        rows = settle_months(
            person, first=first, last=given.get("to") or first, dossier_id=given.dossier_id, at=given.at
        )
    return Done({"settled": [str(one.pk) for one in rows]})
