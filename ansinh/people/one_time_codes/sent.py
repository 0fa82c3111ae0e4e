"""Which transaction codes an account was sent lately, and what became of each; never a code itself."""

from __future__ import annotations

from uuid import UUID

from ansinh.people.models_one_time import OneTimeCode, Purpose

SHOWN = 20


def transaction_codes(account_id: UUID) -> list[OneTimeCode]:
    """The newest first, without what could tell the code."""
    rows = OneTimeCode.objects.filter(account_id=account_id, purpose=Purpose.TRANSACTION, decoy=False)
    return list(rows.defer("code_hash", "sealed_code").order_by("-issued_at")[:SHOWN])
