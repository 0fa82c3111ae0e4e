"""Orders and a bank's notices, as short as tests want them."""

from __future__ import annotations

import hmac
import json
from datetime import datetime
from hashlib import sha256
from itertools import count
from typing import Any

from django.conf import settings
from django.db import transaction

from ansinh.payments.bank_key import BANK_NOTICES
from ansinh.payments.models import BankNotice, Order
from ansinh.payments.notices import record_notice
from ansinh.payments.orders import Purpose, Whose, order_in, order_out
from ansinh.payments.rules import our_account
from ansinh.people.actors import System
from ansinh.platform.actor_context import acting_as
from ansinh.platform.secrets import secret
from ansinh.platform.zone import VIETNAM, local_day
from ansinh.registry.bank_accounts.account import BankAccount
from tests.world import LOCAL_OFFICE, World

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=VIETNAM)
HERS = BankAccount("970405", "3900205123456", "TRAN THI MAI LAN")
_numbers = count(1)


def to_collect(world: World, amount: int = 631_800, *, key: str = "renewal:1", at: datetime = NOW) -> Order:
    """The citizen is asked to pay for a health card."""
    with transaction.atomic(), acting_as("system"):
        return order_in(
            key, amount, purpose=Purpose("health", "Đóng BHYT 6 tháng", "Health insurance, 6 months"),
            whose=Whose(world.citizen.person_id, world.citizen.name, LOCAL_OFFICE), actor=System(), at=at,
        )  # fmt: skip


def to_pay(
    world: World, amount: int = 40_000_000, *, key: str = "one-time:1", to: BankAccount | None = HERS,
    cash: bool = False, at: datetime = NOW,
) -> Order:  # fmt: skip
    """The citizen was granted a benefit."""
    with transaction.atomic(), acting_as("system"):
        return order_out(
            key, amount, purpose=Purpose("benefits", "Trợ cấp BHXH một lần", "One-time benefit"), to=to, in_cash=cash,
            whose=Whose(world.citizen.person_id, world.citizen.name, LOCAL_OFFICE), actor=System(), at=at,
        )  # fmt: skip


def body_of(order: Order | None = None, *, moved: datetime = NOW, **facts: Any) -> bytes:
    """What a bank sends when somebody paid an order, in its own words."""
    ours = our_account("*", "collection", on=local_day(moved))
    usual = {
        "bank": ours.bank, "reference": f"FT26{next(_numbers):08d}", "kind": "credit", "account": ours.number,
        "amount": order.amount if order else 1_000, "content": f"MBVCB.{order.code if order else 'tien'} CT tu 0011",
        "payer_name": "TRAN THI MAI LAN", "payer_bank": "970405", "payer_account": "3900205123456",
        "at": moved.isoformat(),
    }  # fmt: skip
    return json.dumps({**usual, **facts}).encode()


def signed(body: bytes) -> str:
    """The signature of the bank."""
    return hmac.new(secret(BANK_NOTICES, folder=settings.SECRETS_DIR).encode(), body, sha256).hexdigest()


def reported(body: bytes, *, at: datetime = NOW) -> BankNotice:
    """The bank tells us."""
    return record_notice(body=body, signed=signed(body), at=at)


def again(order: Order) -> Order:
    """The order as it stands now."""
    return Order.objects.get(pk=order.pk)
