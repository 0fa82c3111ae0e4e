"""Actors as of a day."""

from __future__ import annotations

from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from django.db import connection
from django.db.models import Q

from ansinh.people.actors import Behalf, Citizen, OfficerActor, Post
from ansinh.people.models import (
    Account,
    AccountState,
    Assignment,
    Delegation,
    OneTimeCode,
    Person,
)
from ansinh.people.one_time_codes.secrets import digest_of
from ansinh.platform.row_security.viewer import at_the_door
from ansinh.platform.zone import local_day


def citizen(account: Account, *, behalf: Behalf | None = None) -> Citizen | None:
    """The citizen an active account acts as, for oneself or on a behalf of today; None for an officer's account."""
    if account.state != AccountState.ACTIVE or account.person_id is None:
        return None
    return Citizen(account_id=account.pk, person_id=account.person_id, name=account.display_name, behalf=behalf)


def officer(account: Account, *, on: date) -> OfficerActor | None:
    """The officer with the assignments of a day; None without one that day: rights are never copied."""
    if account.state != AccountState.ACTIVE:
        return None
    posts = list(
        Assignment.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=on), officer__account=account, valid_from__lte=on
        ).select_related("officer")
    )
    if not posts:
        return None
    who = posts[0].officer
    return OfficerActor(
        officer_id=who.pk,
        account_id=account.pk,
        name=who.full_name,
        title_vi=who.title_vi,
        posts=tuple(Post(one.office_code, one.function, one.role, one.capacity) for one in posts),
    )


HEAD_OF_AGENCY = "Giám đốc"
"""Who has this title signs in one's own right; everybody else KT., TL. or TUQ. (Decree 30/2020, article 13)."""


def capacity_to_sign(officer_id: UUID, *, office_code: str, role: str, on: date) -> str | None:
    """The capacity in which the officer signs at an office on a day: "KT. GIÁM ĐỐC", or "" for its head (R-181).

    None when the officer holds none that day. It comes from the assignments of that very day, however late the
    signature itself is made.
    """
    held = list(
        Assignment.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=on),
            officer_id=officer_id,
            office_code=office_code,
            role=role,
            valid_from__lte=on,
        )
        .order_by("-valid_from")
        .values_list("capacity", "officer__title_vi")
    )
    for capacity, _ in held:
        if capacity:
            return str(capacity)
    return "" if any(title.startswith(HEAD_OF_AGENCY) for _, title in held) else None


def delegation_to_approve(officer_id: UUID, *, office_code: str, on: date) -> Delegation | None:
    """The delegation under which this officer may approve registrations at an office on a day (R-060)."""
    return (
        Delegation.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=on),
            officer_id=officer_id,
            office_code=office_code,
            right="approve_registration",
            valid_from__lte=on,
        )
        .order_by("-valid_from")
        .first()
    )


_HOLDER = """
SELECT account.id, account.person_id, account.display_name
FROM people_accesstoken token JOIN people_account account ON account.id = token.account_id
WHERE token.digest = %s AND token.expires_at > %s AND token.revoked_at IS NULL
    AND account.state = 'active' AND account.person_id IS NOT NULL
"""


def token_holder(token: str, *, at: datetime) -> Citizen | None:
    """The citizen with an active account whose bearer token this is, neither expired nor revoked."""
    with at_the_door(), connection.cursor() as cursor:
        cursor.execute(_HOLDER, [sha256(token.encode()).hexdigest(), at])
        row = cursor.fetchone()
    return Citizen(*row) if row else None


def account_updated_on(person_id: UUID) -> date | None:
    """The day a person's own facts were last brought up to date."""
    moment = Person.objects.filter(pk=person_id).values_list("updated_at", flat=True).first()
    return local_day(moment) if moment else None


def sent_code(code_id: UUID, *, session_key: str) -> OneTimeCode | None:
    """A code of this browser session with what is known of its delivery; None for any other."""
    return OneTimeCode.objects.filter(pk=code_id, session_key=digest_of(session_key)).first()


def contacts_of(account_id: UUID) -> tuple[str, str]:
    """Telephone and mailbox that codes of an account go to; empty where there is none."""
    return Account.objects.values_list("phone", "email").get(pk=account_id)


def the_person(person_id: UUID) -> Person:
    """A person by id."""
    return Person.objects.get(pk=person_id)
