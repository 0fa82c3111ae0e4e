"""Use a right code up inside the transaction of what it confirms."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection

from ansinh.people.one_time_codes import secrets
from ansinh.people.one_time_codes.check import Evidence, check, normalised

_USE = """
    UPDATE people_onetimecode SET used_at = %(at)s, sealed_code = NULL
    WHERE id = %(id)s AND session_key = %(session)s AND purpose = %(purpose)s AND bound_digest = %(digest)s
        AND code_hash = %(hash)s AND NOT decoy
        AND used_at IS NULL AND closed_at IS NULL AND tries_left > 0 AND expires_at > %(at)s
    RETURNING channel, recipient, account_id, issued_at
"""


def use(
    *, code_id: UUID, session_key: str, purpose: str, typed: str, bound_digest: str, at: datetime
) -> Evidence | None:
    """The evidence of a right code, which is then used; None for any other, counted afterwards with `count_wrong_try`.

    A transaction that rolls back leaves the code unused, so that a lost answer can be repeated.
    """
    digits = normalised(typed)
    values: dict[str, str | datetime | UUID] = {
        "id": code_id,
        "hash": secrets.code_hash(digits, row=code_id),
        "session": secrets.digest_of(session_key),
        "purpose": purpose,
        "digest": bound_digest,
        "at": at,
    }
    with connection.cursor() as cursor:
        cursor.execute(_USE, values)
        row = cursor.fetchone()
    if row is None:
        return None
    channel, recipient, account_id, issued_at = row
    return Evidence(code_id, purpose, channel, recipient, account_id, bound_digest, issued_at, at)


def count_wrong_try(
    *, code_id: UUID, session_key: str, purpose: str, typed: str, bound_digest: str, at: datetime
) -> None:
    """Count the try that `use` did not accept and raise CodeRefused; not inside a transaction, so it stays counted."""
    check(
        code_id=code_id, session_key=session_key, purpose=purpose, typed=typed, bound_digest=bound_digest, at=at
    )
