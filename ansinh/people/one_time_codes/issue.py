"""Give out a one-time code, or answer as if one had been given out."""

from __future__ import annotations

import secrets as system_secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from ansinh.people.models_one_time import Channel, OneTimeCode, Purpose
from ansinh.people.one_time_codes import budgets, secrets
from ansinh.people.one_time_codes.events import issued, withheld
from ansinh.people.one_time_codes.fall_back import look_later
from ansinh.people.one_time_codes.wipe import wipe_later
from ansinh.platform.errors import Invalid
from ansinh.platform.events import publish
from ansinh.platform.identifiers import uuid7

LIFE = timedelta(minutes=10)


def issue(
    *,
    purpose: str,
    channel: str,
    recipient: str,
    session_key: str,
    bound_digest: str,
    account_id: UUID | None,
    at: datetime,
    network: str = "",
    about: str = "",
    other: str = "",
) -> OneTimeCode:
    """A new code for one purpose in one session, queued to be sent in the same transaction.

    Earlier open codes of this session and purpose stop working. `bound_digest` is the hex digest that a transaction
    code confirms, and empty otherwise; `about` says in at most 40 plain letters what is confirmed (a dossier number,
    an amount). `other` is the same person's telephone or mailbox on the other channel: the code goes there, too, when
    its message does not get through.
    Raises CodeRefused (`too-many-codes`), Invalid for a transaction without a digest.
    """
    _require_digest(purpose, bound_digest)
    with transaction.atomic():
        phone = recipient if channel == Channel.SMS else ""
        budgets.take(recipient=recipient, phone=phone, network=network, session_key=session_key, at=at)
        _close_earlier(purpose, session_key, at)
        plain = secrets.new_code()
        code = _row(purpose, channel, recipient, session_key, bound_digest, account_id, about, at)
        code.code_hash = secrets.code_hash(plain, row=code.pk)
        code.sealed_code = secrets.seal(plain, row=code.pk)
        code.other_recipient = other
        code.save(force_insert=True)
        wipe_later(code)
        look_later(code)
        publish(issued(code, plain, at=at))
    return code


def issue_decoy(
    *,
    purpose: str,
    channel: str,
    recipient: str,
    session_key: str,
    account_id: UUID | None,
    at: datetime,
    network: str = "",
) -> OneTimeCode:
    """A row that no typed code opens, for the case that no code may go out, so that the page does and says the same.

    Give `account_id` when the contact belongs to an account whose owner should be told (registration); None when there
    is nobody to tell (password reset). Counted, limited and timed like `issue`.
    """
    with transaction.atomic():
        budgets.take(recipient=recipient, network=network, session_key=session_key, at=at)
        _close_earlier(purpose, session_key, at)
        code = _row(purpose, channel, recipient, session_key, "", account_id, "", at)
        code.decoy = True
        code.code_hash = system_secrets.token_hex(32)
        code.sealed_code = secrets.seal(secrets.new_code(), row=code.pk)
        code.save(force_insert=True)
        wipe_later(code)
        if account_id is not None:
            publish(withheld(code, at=at))
    return code


def _row(
    purpose: str,
    channel: str,
    recipient: str,
    session_key: str,
    bound_digest: str,
    account_id: UUID | None,
    about: str,
    at: datetime,
) -> OneTimeCode:
    return OneTimeCode(
        purpose=purpose,
        channel=channel,
        recipient=recipient,
        session_key=secrets.digest_of(session_key),
        bound_digest=bound_digest,
        account_id=account_id,
        about=about,
        message_id=uuid7(),
        issued_at=at,
        last_sent_at=at,
        expires_at=at + LIFE,
    )


def _close_earlier(purpose: str, session_key: str, at: datetime) -> None:
    OneTimeCode.objects.filter(
        session_key=secrets.digest_of(session_key), purpose=purpose, used_at=None, closed_at=None
    ).update(closed_at=at, sealed_code=None)


def _require_digest(purpose: str, bound_digest: str) -> None:
    if (purpose == Purpose.TRANSACTION) != bool(bound_digest):
        raise Invalid("code-needs-digest", "Mã giao dịch phải gắn với nội dung được xác nhận.")
