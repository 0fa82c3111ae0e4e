"""Whose bank account it is: the holder's name against the people who may be paid (R-106)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ansinh.catalogue.queries import frozen
from ansinh.dossiers.models import Dossier
from ansinh.eforms.visibility import asked_answers
from ansinh.law.names import bank_form

REPRESENTATIVE = "authorised_person"
"""The answer that names the guardian or the authorised person (`procedures/shared/sections.yaml`)."""


class Belongs(StrEnum):
    """Whose name the bank account carries."""

    BENEFICIARY = "beneficiary"
    REPRESENTATIVE = "representative"
    SOMEBODY_ELSE = "somebody_else"


ROW_HOLDER = "account_holder"
"""The column of a list with the name of the account's holder; `full_name` is whose money it is."""


@dataclass(frozen=True)
class OtherHolder:
    """A row of a list (from 1) whose account is not in the name of its person."""

    row: int
    name: str
    holder: str


@dataclass(frozen=True)
class AccountHolder:
    """The holder of one account as typed; `expected` is the beneficiary's name as a bank writes it."""

    field: str
    holder: str
    belongs: Belongs
    expected: str


def account_holders(dossier: Dossier) -> Mapping[str, AccountHolder]:
    """Each account the dossier asks to pay into, by field key; names are compared as banks write them (no marks)."""
    form = frozen(dossier.version_id).form
    assert form is not None
    answers = asked_answers(form, dossier.answers)
    keys = [field.key for field in form.fields() if field.type == "bank_account" and field.key in answers]
    beneficiary = str(answers.get("full_name") or dossier.applicant_name)  # an employer files for its worker
    return {one.field: one for one in _judged(beneficiary, answers, keys)}


def other_holders(dossier: Dossier) -> tuple[OtherHolder, ...]:
    """Rows of the dossier's lists whose account carries another name than the row's person."""
    form = frozen(dossier.version_id).form
    assert form is not None
    answers = asked_answers(form, dossier.answers)
    rows = (
        OtherHolder(index + 1, str(row.get("full_name") or ""), str(row.get(ROW_HOLDER) or ""))
        for field in form.fields()
        if field.as_list
        for index, row in enumerate(answers.get(field.key) or ())
    )
    return tuple(one for one in rows if one.holder and bank_form(one.holder) != bank_form(one.name))


def _judged(beneficiary: str, answers: Mapping[str, Any], keys: list[str]) -> Iterator[AccountHolder]:
    expected = bank_form(beneficiary)
    representative = bank_form(str((answers.get(REPRESENTATIVE) or {}).get("full_name") or ""))
    for key in keys:
        holder = str((answers[key] or {}).get("holder") or "")
        if holder:
            yield AccountHolder(key, holder, _whose(bank_form(holder), expected, representative), expected)


def _whose(holder: str, beneficiary: str, representative: str) -> Belongs:
    if holder == beneficiary:
        return Belongs.BENEFICIARY
    return Belongs.REPRESENTATIVE if holder and holder == representative else Belongs.SOMEBODY_ELSE
