"""What a bank reports: checked, kept once, booked, matched to its order, or put before an officer. Nothing is lost.

A notice is JSON signed by HMAC-SHA256 over its bytes. Its money is booked as `unmatched` at once and leaves that
account when it is known what it is for.
"""

from __future__ import annotations

import hmac
import json
import re
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction

from ansinh.payments.bank_key import BANK_NOTICES
from ansinh.payments.batches import end_to_end, given_back
from ansinh.payments.codes import codes_in
from ansinh.payments.happened import NoticeToResolve
from ansinh.payments.ledger import Matter, book, transfer
from ansinh.payments.models import BankNotice, NoticeState, Order, OrderState
from ansinh.payments.moves import possible
from ansinh.payments.orders import received
from ansinh.payments.rules import is_ours
from ansinh.people.actors import System
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Invalid, NotAllowed
from ansinh.platform.events import publish
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.platform.secrets import secret
from ansinh.platform.zone import local_day

UNKNOWN_CODE, WRONG_AMOUNT, LATE, DOUBLE = "unknown-code", "wrong-amount", "late", "double"
CANCELLED = "cancelled"
"""Nobody is to pay the order any more: the money has no purpose, and belongs to no dossier."""
CONTRADICTS, WRONG_ACCOUNT, NOT_RETURNABLE = "contradicts", "wrong-account", "not-returnable"
_ANYWHERE: Final = "00000"
"""Office of a notice on an account that none of ours is."""
_TEXTS = {"bank": 6, "reference": 64, "kind": 8, "account": 19, "content": 300, "payer_name": 100, "payer_bank": 6,
          "payer_account": 19, "at": 40}  # fmt: skip
_NEEDED = ("bank", "reference", "kind", "account", "at")


@dataclass(frozen=True)
class Reported:
    """A notice as read; `content` is the transfer's text, or the name of the payment that comes back."""

    bank: str
    reference: str
    kind: str
    account: str
    amount: int
    content: str
    payer_name: str
    payer_bank: str
    payer_account: str
    moved_at: datetime


@as_the_house()
def record_notice(*, body: bytes, signed: str, at: datetime) -> BankNotice:
    """Record the raw body of a notice and its signature (hex); the same notice again gives the first one.

    Raises NotAllowed (`bank-signature`), Invalid (`bank-notice-form`).
    """
    key = secret(BANK_NOTICES, folder=settings.SECRETS_DIR).encode()
    if not hmac.compare_digest(hmac.new(key, body, sha256).hexdigest(), signed.strip().lower()):
        raise NotAllowed("bank-signature", "Chữ ký của thông báo ngân hàng không đúng. Không có gì được ghi.")
    reported, digest = _read(body), sha256(body).hexdigest()
    actor = System()
    with transaction.atomic(), acting_as(actor.label):
        _wait_for_others(reported)
        known = list(BankNotice.objects.filter(bank=reported.bank, reference=reported.reference))
        for one in known:
            if one.body_sha256 == digest or _same(one, reported):
                return one
        notice = _notice(reported, digest=digest, at=at)
        if known:
            return _set_aside(notice, CONTRADICTS)
        if not is_ours(reported.bank, reported.account, on=local_day(at)):
            return _set_aside(notice, WRONG_ACCOUNT)
        return _come_back(notice, at=at) if reported.kind == "returned" else _come_in(notice, at=at)


def matter_of_notice(notice: BankNotice) -> Matter:
    """What a notice's own bookings are about: the order's office once it is known, else the account's. Money for an
    order that was cancelled is nothing of its dossier.
    """
    order = notice.order
    wanted = order is not None and order.state != OrderState.CANCELLED
    return Matter(notice.office_code, order.dossier_id if order is not None and wanted else None)


def _come_in(notice: BankNotice, *, at: datetime) -> BankNotice:
    orders = Order.objects.select_for_update().filter(direction="in", code__in=codes_in(notice.content))
    found = list(orders[:2])
    order = found[0] if len(found) == 1 else None
    problem = UNKNOWN_CODE if order is None else _objection(order, notice)
    if order is not None:
        notice.order, notice.office_code = order, order.office_code
    notice.state = NoticeState.TO_RESOLVE if problem else NoticeState.MATCHED
    notice.problem = problem
    notice.save()
    book(
        f"notice:{notice.pk}:in",
        transfer(debit="collection_bank", credit="unmatched", amount=notice.amount),
        kind="money_in",
        matter=matter_of_notice(notice),
        actor=System(),
        at=at,
    )
    if problem:
        publish(NoticeToResolve(notice.pk, order.pk if order else None, at))
    else:
        assert order is not None
        received(order, actor=System(), at=at, reference=notice.reference)
    return notice


def _objection(order: Order, notice: BankNotice) -> str:
    """Why this money does not simply pay this order; empty when it does."""
    if order.state == OrderState.PAID:
        return DOUBLE
    if order.state == OrderState.CANCELLED:
        return CANCELLED
    if not possible("received", order) or order.state == OrderState.EXPIRED:
        return LATE
    if order.due_on is not None and local_day(notice.moved_at) > order.due_on:
        return LATE
    return "" if notice.amount == order.amount else WRONG_AMOUNT


def _come_back(notice: BankNotice, *, at: datetime) -> BankNotice:
    """A payment of ours that the bank gives back, also after it said it was settled."""
    code = notice.content.split("-")[0]
    order = Order.objects.select_for_update().filter(direction="out", code=code).first()
    fits = (
        order is not None
        and end_to_end(order) == notice.content
        and order.amount == notice.amount
        and possible("returned", order)
    )
    if order is None or not fits:
        return _set_aside(notice, NOT_RETURNABLE)
    notice.order, notice.office_code, notice.state = order, order.office_code, NoticeState.MATCHED
    notice.save()
    given_back(order, because=notice.payer_name or "RETURNED", reference=notice.reference, actor=System(), at=at)
    return notice


def _set_aside(notice: BankNotice, problem: str) -> BankNotice:
    """Kept for an officer, and not booked: it is not known that this money is ours."""
    notice.state, notice.problem = NoticeState.TO_RESOLVE, problem
    notice.save()
    publish(NoticeToResolve(notice.pk, None, notice.received_at))
    return notice


def _wait_for_others(reported: Reported) -> None:
    """One notice of a reference at a time."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{reported.bank} {reported.reference}"]
        )


def _notice(reported: Reported, *, digest: str, at: datetime) -> BankNotice:
    facts: dict[str, Any] = vars(reported)
    return BankNotice(received_at=at, body_sha256=digest, office_code=_ANYWHERE, **facts)


def _same(one: BankNotice, reported: Reported) -> bool:
    """The same facts in other bytes, as a bank's second system may send them."""
    return all(getattr(one, name) == value for name, value in vars(reported).items())


def _read(body: bytes) -> Reported:
    try:
        facts = json.loads(body)
        texts = {name: facts.get(name, "") for name in _TEXTS}
        amount = facts["amount"]
        fits = all(len(text) <= _TEXTS[name] and text.encode() is not None for name, text in texts.items())
        at = datetime.fromisoformat(texts.pop("at"))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise _unreadable() from None
    fits = fits and all(facts.get(name) for name in _NEEDED) and texts["kind"] in ("credit", "returned")
    fits = fits and type(amount) is int and 1 <= amount <= 10**13 and at.tzinfo is not None
    if not fits or any(re.search(r"[\x00-\x1f\x7f]", text) for text in texts.values()):
        raise _unreadable()
    return Reported(amount=amount, moved_at=at, **texts)


def _unreadable() -> Invalid:
    return Invalid(
        "bank-notice-form",
        "Thông báo không đúng mẫu nên không đọc được. Cần có bank, reference, kind, account, amount, at.",
    )
