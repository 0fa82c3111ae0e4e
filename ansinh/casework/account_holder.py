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
    return {one.field: one for one in _judged(dossier.applicant_name, answers, keys)}


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
