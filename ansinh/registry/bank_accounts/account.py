"""A bank account as a value: checked on the way in, masked on the way out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ansinh.law.names import bank_form
from ansinh.platform.errors import Invalid
from ansinh.platform.sealed_fields.envelope import blind_index
from ansinh.platform.sealed_fields.kinds import BANK_ACCOUNT

_NUMBER = re.compile(r"[0-9A-Za-z]{6,19}")


@dataclass(frozen=True)
class BankAccount:
    """Bank (number in the list of banks), account number, holder as the bank writes it."""

    bank: str
    number: str
    holder: str

    @classmethod
    def typed(cls, *, bank: str, number: str, holder: str) -> BankAccount:
        """An account as typed. Raises Invalid: `bank-missing`, `bank-number-form`, `bank-holder-missing`."""
        compact = re.sub(r"[\s.\-]", "", number)
        if not bank:
            raise Invalid("bank-missing", "Chưa chọn ngân hàng. Xin chọn trong danh sách.")
        if not _NUMBER.fullmatch(compact):
            raise Invalid(
                "bank-number-form",
                "Số tài khoản có 6 đến 19 chữ số hoặc chữ cái. Xin chép lại từ ứng dụng ngân hàng.",
            )
        name = bank_form(holder)
        if not name:
            raise Invalid("bank-holder-missing", "Chưa có tên chủ tài khoản. Xin viết như trên ứng dụng ngân hàng.")
        return cls(bank, compact, name)

    @classmethod
    def held(cls, facts: Mapping[str, Any]) -> BankAccount | None:
        """The account a register holds, None for an empty one."""
        if not facts.get("number"):
            return None
        return cls(str(facts["bank"]), str(facts["number"]), str(facts.get("holder") or ""))

    @property
    def key(self) -> bytes:
        """The blind index that rows with this account have (platform.sealed_fields)."""
        return blind_index(BANK_ACCOUNT, self.bank, self.number)

    @property
    def masked(self) -> str:
        """The number as others may read it: `•••• 3456`."""
        return f"•••• {self.number[-4:]}"
