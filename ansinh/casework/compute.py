"""The draft decision, computed by the law from the answers and the registry, each đồng with its step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from ansinh.catalogue.calculations import compute as compute_folder
from ansinh.catalogue.queries import frozen
from ansinh.dossiers.models import Dossier
from ansinh.law.errors import LawError
from ansinh.law.outcome import Outcome
from ansinh.registry.queries import entitlement_record, participation_record


@dataclass(frozen=True)
class Computed:
    """One benefit. `amount` is whole đồng, None for a rule that gives no money; `fault` says why it failed."""

    key: str
    name_vi: str
    name_en: str
    amount: int | None
    per: str
    outcome: Outcome | None
    fault: str = ""

    def to_json(self) -> dict[str, Any]:
        """The form kept with the decision."""
        return {
            "key": self.key,
            "name_vi": self.name_vi,
            "name_en": self.name_en,
            "amount": self.amount,
            "per": self.per,
            "outcome": self.outcome.as_dict() if self.outcome else None,
            "fault": self.fault,
        }


def compute(dossier: Dossier, *, on: date) -> list[Computed]:
    """Every benefit of the dossier as of a day; a rule the facts do not allow is one row that says why."""
    folder = frozen(dossier.version_id)
    si_number = str(dossier.answers.get("deceased_si_number") or dossier.si_number)
    record = {
        "participation_record": participation_record(si_number, on=on),
        "entitlement_record": entitlement_record(si_number, on=on),
    }
    try:
        computed = compute_folder(folder, dossier.answers, record=record, today=on)
    except LawError as error:
        return [
            Computed("law", folder.procedure.short_name_vi, folder.procedure.short_name_en, None, "", None, str(error))
        ]
    return [
        Computed(
            key=one.calculation.key,
            name_vi=one.calculation.name_vi,
            name_en=one.calculation.name_en,
            amount=one.amount,
            per=one.calculation.per,
            outcome=one.outcome,
        )
        for one in computed
    ]


def total(computed: list[Computed]) -> int | None:
    """The amount a decision is known by, in whole đồng: a month's money if any, else all that is paid once.

    Every single amount stands in the letter. None when no amount was computed.
    """
    monthly = [one.amount for one in computed if one.amount is not None and one.per == "month"]
    once = [one.amount for one in computed if one.amount is not None and one.per != "month"]
    amounts = monthly or once
    return sum(amounts) if amounts else None
