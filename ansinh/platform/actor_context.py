"""Who acts, told to the database and signed, so that its audit trail names somebody even for raw SQL.

What is told is `<proof> <label>`; the triggers of `audit.watch` take it apart. The proof is
`<nonce>.<HMAC-SHA256 of nonce and label>`: the key stays outside the database, so whoever can only write SQL cannot
name somebody else. The nonce is a UUID version 7: unique to one block, and it carries the moment it was made. One that
turns up in two transactions, or long after its moment, was copied.
"""

import hmac
import re
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from enum import Enum
from hashlib import sha256
from typing import Final
from uuid import UUID

from django.db import connection

from ansinh.platform.errors import DomainError
from ansinh.platform.identifiers import uuid7
from ansinh.platform.sealing import derived_key

LONGEST_LABEL: Final = 120
OLDEST: Final = timedelta(hours=1)
"""Between the moment of a nonce and the beginning of the transaction it is used in, in either direction."""
_PURPOSE: Final = "actor"
_PROOF: Final = re.compile(r"(?P<nonce>[0-9a-f]{32})\.(?P<mac>[\w-]{43})")


class Standing(Enum):
    """What a recorded actor is worth, looked at alone (a nonce in two transactions shows only among others)."""

    SIGNED = "signed"
    UNNAMED = "unnamed"
    UNSIGNED = "unsigned"
    FORGED = "forged"
    STALE = "stale"


def signed(label: str) -> str:
    """What to put into the transaction's setting `ansinh.actor`, for SQL that does so by itself."""
    name = label[:LONGEST_LABEL]
    nonce = uuid7().hex
    return f"{nonce}.{_mac(nonce, name)} {name}"


@contextmanager
def acting_as(label: str) -> Iterator[None]:
    """Audit rows written inside the block carry `label` (at most 120 characters, for example `officer:<id>`).

    Holds for the surrounding transaction only, so it cannot leak through a pooled connection; an error of the
    program outside one. Blocks nest.
    """
    if not connection.in_atomic_block:
        raise DomainError("no-transaction", "acting_as cần một giao dịch cơ sở dữ liệu đang mở.")
    before = _set(signed(label))
    yield
    _set(before)  # after an error the transaction, or its savepoint, takes the setting back by itself


def standing(label: str, proof: str, *, at: datetime) -> Standing:
    """Whether this installation signed `label` near `at`, the beginning of the transaction that used it."""
    if not proof:
        return Standing.UNSIGNED if label else Standing.UNNAMED
    parts = _PROOF.fullmatch(proof)
    if parts is None or not hmac.compare_digest(parts["mac"], _mac(parts["nonce"], label)):
        return Standing.FORGED
    return Standing.SIGNED if abs(_moment(parts["nonce"]) - at) <= OLDEST else Standing.STALE


def _set(told: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting('ansinh.actor', true), ''), set_config('ansinh.actor', %s, true)", [told]
        )
        before: str = cursor.fetchone()[0]
    return before


def _mac(nonce: str, label: str) -> str:
    digest = hmac.digest(derived_key(_PURPOSE), f"{nonce} {label}".encode(), sha256)
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


def _moment(nonce: str) -> datetime:
    return datetime.fromtimestamp((UUID(hex=nonce).int >> 80) / 1000, UTC)
