"""Decide on a typed code. One UPDATE does it, so parallel guesses cannot outrun the five tries."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from ansinh.people.models_one_time import OneTimeCode
from ansinh.people.one_time_codes import secrets
from ansinh.people.one_time_codes.refusal import CodeRefused, refuse_closed

_IGNORED = frozenset(" .-_\t\r\n\u00a0\u2009\u200b\u200c\u200d\u2060\ufeff\u3000\u2010\u2011\u2013")

_DECIDE = """
    UPDATE people_onetimecode SET
        used_at = CASE WHEN code_hash = %(hash)s AND NOT decoy THEN %(at)s END,
        tries_left = CASE WHEN code_hash = %(hash)s AND NOT decoy THEN tries_left ELSE tries_left - 1 END,
        closed_at = CASE WHEN (code_hash <> %(hash)s OR decoy) AND tries_left = 1 THEN %(at)s END,
        sealed_code = CASE WHEN (code_hash = %(hash)s AND NOT decoy) OR tries_left = 1 THEN NULL ELSE sealed_code END
    WHERE id = %(id)s AND session_key = %(session)s AND purpose = %(purpose)s AND bound_digest = %(digest)s
        AND used_at IS NULL AND closed_at IS NULL AND tries_left > 0 AND expires_at > %(at)s
    RETURNING used_at IS NOT NULL, tries_left
"""


@dataclass(frozen=True)
class Evidence:
    """What a right code proves: who received it where, for what, and when; to be kept with what it confirms."""

    code_id: UUID
    purpose: str
    channel: str
    recipient: str
    account_id: UUID | None
    bound_digest: str
    issued_at: datetime
    used_at: datetime


def check(*, code_id: UUID, session_key: str, purpose: str, typed: str, bound_digest: str, at: datetime) -> Evidence:
    """Use up the code, or count a wrong try; each is committed before this returns.

    Not to be called inside a transaction (RuntimeError): a caller that rolls back would give the try back to a guesser.
    Raises CodeRefused: `code-not-six-digits` (costs no try), `code-wrong` (with `tries_left`), `code-exhausted`,
    `code-expired`, `code-used`, `code-replaced`, `code-other-session`, `code-other-content`.
    """
    digits = six_digits(typed)
    with transaction.atomic(durable=True):
        decided = _decide(code_id, session_key, purpose, digits, bound_digest, at)
    code = OneTimeCode.objects.filter(pk=code_id).first()
    if decided is None:
        raise refusal(code, session_key, purpose, bound_digest, at)
    right, tries_left = decided
    if not right or code is None:
        raise CodeRefused("code-wrong", tries_left=tries_left) if tries_left else CodeRefused("code-exhausted")
    return Evidence(
        code_id=code.pk,
        purpose=code.purpose,
        channel=code.channel,
        recipient=code.recipient,
        account_id=code.account_id,
        bound_digest=code.bound_digest,
        issued_at=code.issued_at,
        used_at=at,
    )


def six_digits(typed: str) -> str:
    """The six digits that were typed. Raises CodeRefused (`code-not-six-digits`)."""
    digits = normalised(typed)
    if len(digits) != secrets.DIGITS or not (digits.isascii() and digits.isdecimal()):
        raise CodeRefused("code-not-six-digits")
    return digits


def normalised(typed: str) -> str:
    """What was typed as plain digits: full-width and other digits count, spaces, dots, dashes and joiners do not."""
    kept = (character for character in typed if character not in _IGNORED)
    return "".join(str(unicodedata.decimal(character, character)) for character in kept)


def _decide(
    code_id: UUID, session_key: str, purpose: str, digits: str, bound_digest: str, at: datetime
) -> tuple[bool, int] | None:
    values: dict[str, str | UUID | datetime] = {
        "id": code_id,
        "hash": secrets.code_hash(digits, row=code_id),
        "session": secrets.digest_of(session_key),
        "purpose": purpose,
        "digest": bound_digest,
        "at": at,
    }
    with connection.cursor() as cursor:
        cursor.execute(_DECIDE, values)
        row: tuple[bool, int] | None = cursor.fetchone()
    return row


def refusal(code: OneTimeCode | None, session_key: str, purpose: str, bound_digest: str, at: datetime) -> CodeRefused:
    """Why nothing was decided. A foreign code tells nothing about itself."""
    if code is None or code.session_key != secrets.digest_of(session_key) or code.purpose != purpose:
        return CodeRefused("code-other-session")
    if code.bound_digest != bound_digest:
        return CodeRefused("code-other-content")
    try:
        refuse_closed(code, at)
    except CodeRefused as refused:
        return refused
    return CodeRefused("code-expired")
