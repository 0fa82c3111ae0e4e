"""Use a code up inside a larger transaction, and count the try when that transaction is undone.

An action that files a dossier uses the code in its own transaction, so that both happen or neither. A wrong code undoes
it, and with it any count; the try is then counted in a transaction of its own. Between the two a lock of the database
session turns every other guess at the same code away, so that parallel guesses never outrun the five tries. (Behind a
pooler that gives each transaction another session the lock can stay: the code then answers "busy" until a new one.)
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection

from ansinh.people.one_time_codes import secrets
from ansinh.people.one_time_codes.check import Evidence, check, normalised
from ansinh.people.one_time_codes.refusal import CodeRefused

# The gate is tried before the row is looked at, and opened again at once for a right code: the row itself stays locked
# until the caller commits.
USE = """
    WITH gate AS MATERIALIZED (
        SELECT pg_try_advisory_lock(%(gate)s) AS held
    ), used AS (
        UPDATE people_onetimecode SET used_at = %(at)s, sealed_code = NULL
        WHERE (SELECT held FROM gate) AND id = %(id)s AND session_key = %(session)s AND purpose = %(purpose)s
            AND bound_digest = %(digest)s AND code_hash = %(hash)s AND NOT decoy
            AND used_at IS NULL AND closed_at IS NULL AND tries_left > 0 AND expires_at > %(at)s
        RETURNING channel, recipient, account_id, issued_at
    )
    SELECT gate.held, used.*, CASE WHEN used.channel IS NOT NULL THEN pg_advisory_unlock(%(gate)s) END
    FROM gate LEFT JOIN used ON true
"""


def use(
    *, code_id: UUID, session_key: str, purpose: str, typed: str, bound_digest: str, at: datetime
) -> Evidence | None:
    """The evidence of a right code, used up in the caller's transaction; None if it does not confirm this.

    After None the caller undoes its transaction and calls `count_wrong_try` with the same values, always. A transaction
    that rolls back leaves the code unused, so that a lost answer can be repeated. Raises CodeRefused (`code-busy`)
    while another request is trying the same code.
    """
    values: dict[str, str | int | datetime | UUID] = {
        "gate": _key(code_id),
        "id": code_id,
        "hash": secrets.code_hash(normalised(typed), row=code_id),
        "session": secrets.digest_of(session_key),
        "purpose": purpose,
        "digest": bound_digest,
        "at": at,
    }
    with connection.cursor() as cursor:
        cursor.execute(USE, values)
        held, channel, recipient, account_id, issued_at, _ = cursor.fetchone()
    if not held:
        raise CodeRefused("code-busy")
    if channel is None:
        return None
    return Evidence(code_id, purpose, channel, recipient, account_id, bound_digest, issued_at, at)


def count_wrong_try(
    *, code_id: UUID, session_key: str, purpose: str, typed: str, bound_digest: str, at: datetime
) -> None:
    """Count the try for which `use` answered None, and raise the CodeRefused that says why it was refused."""
    try:
        check(code_id=code_id, session_key=session_key, purpose=purpose, typed=typed, bound_digest=bound_digest, at=at)
    finally:
        _unlock(code_id)


def _unlock(code_id: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s)", [_key(code_id)])


def _key(code_id: UUID) -> int:
    return int.from_bytes(code_id.bytes[8:], "big", signed=True)
