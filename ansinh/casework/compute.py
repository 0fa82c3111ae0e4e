"""The draft decision, computed by the law from answers and registry: each đồng with its step, each condition."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from ansinh.catalogue.calculations import Computed as Line
from ansinh.catalogue.calculations import Record, people_of
from ansinh.catalogue.calculations import compute as compute_folder
from ansinh.catalogue.folder import ProcedureFolder
from ansinh.catalogue.queries import frozen
from ansinh.dossiers.models import Dossier
from ansinh.law.outcome import Outcome
from ansinh.registry.models import InsuredPerson
from ansinh.registry.queries import entitlement_of, insured_people, insured_person, participation_of

MET, UNMET, CHECK = "met", "unmet", "check"


@dataclass(frozen=True)
class Computed:
    """One line of the draft. `amount` is whole đồng, None for a rule that gives no money.

    `fault` says why an amount is missing: the officer then enters it with the reason. `is_money`: the line decides an
    amount, so its fault leaves the whole dossier without a computed total.
    """

    key: str
    name_vi: str
    name_en: str
    amount: int | None
    per: str
    outcome: Outcome | None
    fault: str = ""
    fault_en: str = ""
    is_money: bool = True

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


@dataclass(frozen=True)
class ConditionRow:
    """One condition of the benefit: `result` met, unmet or check (by the officer, on a paper), and its clause."""

    result: str
    text_vi: str
    text_en: str
    clause: str


def compute(dossier: Dossier, *, on: date) -> list[Computed]:
    """Every line of the dossier as of a day; a rule the facts do not allow is a line that says why."""
    return compute_of(dossier, _person_of(dossier), on=on)


def insured_number(dossier: Dossier) -> str:
    """Whose record the amounts come from: of the person who died where there is one, else of the applicant."""
    return str(dossier.answers.get("deceased_si_number") or dossier.si_number)


def compute_of(dossier: Dossier, person: InsuredPerson | None, *, on: date) -> list[Computed]:
    """`compute` for a participant read before, as a run over many dossiers does; None: we hold no such number."""
    folder = frozen(dossier.version_id)
    _, computed = _worked_out(dossier, folder, person, on=on)
    return [
        Computed(
            key=one.calculation.key if one.row is None else f"{one.calculation.key}[{one.row}]",
            name_vi=_named(one.calculation.name_vi, one.row_name),
            name_en=_named(one.calculation.name_en, one.row_name),
            amount=one.amount,
            per=one.calculation.per,
            outcome=one.outcome,
            fault=one.fault.message_vi if one.fault else "",
            fault_en=one.fault.message_en if one.fault else "",
            is_money=one.calculation.is_money,
        )
        for one in computed
    ]


def worked_out(dossier: Dossier, *, on: date) -> tuple[Record, tuple[Line, ...]]:
    """What the registers hold of whom the dossier is about as of a day, and what the law makes of it."""
    person = _person_of(dossier)
    return _worked_out(dossier, frozen(dossier.version_id), person, on=on)


def _worked_out(
    dossier: Dossier, folder: ProcedureFolder, person: InsuredPerson | None, *, on: date
) -> tuple[Record, tuple[Line, ...]]:
    listed = people_of(folder, dossier.answers)
    people = insured_people(listed, without=_replaced(dossier)) if listed else {}
    records = {number: _record(one, on) for number, one in people.items()}
    record = _record(person, on)
    return record, compute_folder(folder, dossier.answers, record=record, today=on, records=records)


def _person_of(dossier: Dossier) -> InsuredPerson | None:
    """The participant; of a dossier decided once more, without what its earlier result wrote."""
    number, without = insured_number(dossier), _replaced(dossier)
    return insured_people([number], without=without).get(number) if without else insured_person(number)


def _replaced(dossier: Dossier) -> UUID | None:
    return dossier.pk if dossier.reopened_at is not None else None


def _record(person: InsuredPerson | None, on: date) -> Record:
    return {
        "participation_record": participation_of(person, on=on) if person else {},
        "entitlement_record": entitlement_of(person, on=on) if person else {},
    }


def conditions(dossier: Dossier, on: date) -> tuple[ConditionRow, ...]:
    """The conditions of what the dossier asks for, as the law sees them on a day, each with its clause."""
    return conditions_of(compute(dossier, on=on))


def conditions_of(computed: Iterable[Computed]) -> tuple[ConditionRow, ...]:
    """The conditions of lines computed before; a condition several lines look at stands once."""
    rows = (
        ConditionRow(CHECK if one.met is None else MET if one.met else UNMET, one.what_vi, one.what_en, one.article)
        for line in computed
        if line.outcome is not None
        for one in line.outcome.grounds
    )
    return tuple(dict.fromkeys(rows))


def total(computed: list[Computed]) -> int | None:
    """The amount a decision is known by, in whole đồng: a month's money if any, else all that is paid once.

    Every single amount stands in the letter. None when no amount was computed, and when a line that decides money
    has a fault: a sum without it would be a wrong number, so the officer enters the amount with the reason.
    """
    if any(one.is_money and one.fault for one in computed):
        return None
    monthly = [one.amount for one in computed if one.amount is not None and one.per == "month"]
    once = [one.amount for one in computed if one.amount is not None and one.per != "month"]
    amounts = monthly or once
    return sum(amounts) if amounts else None


def _named(name: str, row_name: str) -> str:
    return f"{name}: {row_name}" if row_name else name
