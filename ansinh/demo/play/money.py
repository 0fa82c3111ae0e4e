"""The applicant pays: the bank's notice of the exact sum arrives, and what the machine finishes is finished."""

from __future__ import annotations

import hmac
import json
from datetime import datetime
from hashlib import sha256

from django.conf import settings

from ansinh.casework.money.finish import finish_paid
from ansinh.casework.money.receipt import make_payment_receipt
from ansinh.casework.money.waiting import open_order
from ansinh.dossiers.models import Dossier
from ansinh.payments.bank_key import BANK_NOTICES
from ansinh.payments.models import BankNotice, Order
from ansinh.payments.notices import record_notice
from ansinh.platform.secrets import secret


def pay(dossier: Dossier, *, at: datetime) -> Dossier:
    """Pay the order of a dossier that waits for it, and let follow what follows."""
    order = open_order(dossier)
    assert order is not None
    report(order, at=at)
    make_payment_receipt(order.pk, at=at)
    finish_paid(dossier.pk, at=at)
    dossier.refresh_from_db()
    return dossier


def report(order: Order, *, at: datetime) -> BankNotice:
    """What the bank tells when this order is paid as asked."""
    body = json.dumps(
        {
            "bank": order.bank, "account": order.number, "kind": "credit", "amount": order.amount,
            "reference": f"FT{order.code[4:]}", "content": f"MBVCB.{order.code}.CT tu 0900123456789",
            "payer_name": "NGUOI NOP TIEN", "payer_bank": "970415", "payer_account": "0900123456789",
            "at": at.isoformat(),
        }
    ).encode()  # fmt: skip
    key = secret(BANK_NOTICES, folder=settings.SECRETS_DIR).encode()
    return record_notice(body=body, signed=hmac.new(key, body, sha256).hexdigest(), at=at)
