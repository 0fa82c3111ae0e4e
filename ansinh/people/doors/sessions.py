"""Signed-in sessions: begun, looked at on each request, ended one by one or all at once.

A right is never copied into a session: each request reads its row together with the account, in one query, so that
whatever was ended stops with the next request.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from ansinh.people.doors.rules import door_rules
from ansinh.people.happened import NewDeviceSignedIn
from ansinh.people.models import AccessToken, Account, SignedInSession
from ansinh.people.models_doors import Ended, Factor, Method
from ansinh.platform.events import publish
from ansinh.platform.statements import NO_ROW, Statement, statement
from ansinh.platform.zone import local_day

SEEN_EVERY = timedelta(minutes=1)
_SEEN: Final = "UPDATE people_signedinsession SET seen_at = %s WHERE id = %s AND seen_at < %s"
_OF_SESSION = ("method", "factor", "factor_at", "proved_at", "seen_at", "ends_at")
SHOWN_ENDED = timedelta(days=30)
"""So long an ended session stays in the holder's list."""


@dataclass(frozen=True)
class SignedIn:
    """An open session and its account as they are now. `idle` is how long nothing was asked before this request."""

    session_id: UUID
    account: Account
    method: str
    factor: str
    factor_at: datetime | None
    proved_at: datetime
    seen_at: datetime
    idle: timedelta


@dataclass(frozen=True)
class SessionLine:
    """A session as its holder sees it."""

    session_id: UUID
    method: str
    factor: str
    device: str
    network: str
    begun_at: datetime
    seen_at: datetime
    ended_at: datetime | None
    ended_why: str


def begin(
    account: Account,
    *,
    method: str,
    device: str,
    network: str,
    at: datetime,
    factor: str = "",
    device_digest: str = "",
) -> UUID:
    """Open a session for an account that has proved itself through `method`; answers its id.

    `device` in words, `device_digest` the browser's own mark ("" when it has none), `network` an address, kept coarse.
    The holder is told of a browser never seen before, unless it is the first of all.
    """
    how, shown = Method(method), Factor(factor)
    rules = door_rules(local_day(at))
    life = rules.officer.session if account.person_id is None else rules.citizen_session
    with transaction.atomic():
        new_device = _is_new_device(account.pk, device_digest)
        row = SignedInSession.objects.create(
            account=account,
            method=how,
            device=device[:60],
            device_digest=device_digest,
            network=coarse(network),
            begun_at=at,
            seen_at=at,
            ends_at=at + life,
            proved_at=at,
            factor=shown,
            factor_at=at if shown else None,
        )
        if new_device:
            publish(NewDeviceSignedIn(account_id=account.pk, device=row.device, at=at))
    return row.pk


def present(session_id: UUID, *, at: datetime) -> SignedIn | None:
    """The session with its account if both are open at `at`, else None. One query; one more once a minute."""
    row: Any = next(iter(_open_one().about(session_id).models(Account)), None)
    if row is None or row.ends_at <= at or not row.is_active:
        return None
    signed = SignedIn(
        session_id=session_id,
        account=row,
        method=row.method,
        factor=row.factor,
        factor_at=row.factor_at,
        proved_at=row.proved_at,
        seen_at=row.seen_at,
        idle=max(at - row.seen_at, timedelta(0)),
    )
    # A desk left alone stays left alone until its officer proves oneself: nothing else may make it look used.
    if signed.idle >= SEEN_EVERY and not left_alone(signed, at=at):
        with connection.cursor() as cursor:
            cursor.execute(_SEEN, [at, session_id, at])
    return signed


@cache
def _open_one() -> Statement:
    """The account with what one of its sessions says beside it."""
    row = Account.objects.filter(sessions__pk=NO_ROW, sessions__ended_at__isnull=True)
    return statement(row.annotate(**{name: F(f"sessions__{name}") for name in _OF_SESSION}))


def left_alone(signed: SignedIn, *, at: datetime) -> bool:
    """Whether an officer's session was idle for longer than the rules let a desk stand open."""
    return signed.account.person_id is None and signed.idle > door_rules(local_day(at)).officer.idle


def prove(session_id: UUID, *, factor: str, at: datetime) -> None:
    """The holder of an open session proved oneself again, by a second factor or, with `factor` empty, a password."""
    shown = Factor(factor)
    changes = {"factor": shown, "factor_at": at} if shown else {}
    SignedInSession.objects.filter(pk=session_id, ended_at__isnull=True).update(seen_at=at, proved_at=at, **changes)


def end(session_id: UUID, *, account_id: UUID, why: str, at: datetime) -> bool:
    """End one session of this account; False when it is not open or not theirs."""
    open_rows = SignedInSession.objects.filter(pk=session_id, account_id=account_id, ended_at__isnull=True)
    return open_rows.update(ended_at=at, ended_why=Ended(why)) == 1


def end_all(account_id: UUID, *, at: datetime, but: UUID | str | None = None, why: str = Ended.RIGHTS) -> None:
    """End every session of an account and revoke its tokens; `but` is the session that stays, if any."""
    with transaction.atomic():
        open_rows = SignedInSession.objects.filter(account_id=account_id, ended_at__isnull=True)
        (open_rows.exclude(pk=but) if but else open_rows).update(ended_at=at, ended_why=Ended(why))
        AccessToken.objects.filter(account_id=account_id, revoked_at__isnull=True).update(revoked_at=at)


def sessions_of(account_id: UUID, *, at: datetime) -> Sequence[SessionLine]:
    """Open sessions and those that ended lately, newest first."""
    rows = SignedInSession.objects.filter(account_id=account_id, begun_at__gt=at - SHOWN_ENDED).order_by("-begun_at")
    return [
        SessionLine(
            session_id=row.pk,
            method=row.method,
            factor=row.factor,
            device=row.device,
            network=row.network,
            begun_at=row.begun_at,
            seen_at=row.seen_at,
            ended_at=row.ended_at or (row.ends_at if row.ends_at <= at else None),
            ended_why=row.ended_why,
        )
        for row in rows[:100]
    ]


def coarse(network: str) -> str:
    """A network address without its last part: enough to tell home from elsewhere, not enough to tell a house."""
    if not network:
        return ""
    address = ipaddress.ip_address(network)
    return str(ipaddress.ip_network(f"{address}/{24 if address.version == 4 else 48}", strict=False))


def _is_new_device(account_id: UUID, device_digest: str) -> bool:
    known = SignedInSession.objects.filter(account_id=account_id)
    return known.exists() and not (device_digest and known.filter(device_digest=device_digest).exists())
