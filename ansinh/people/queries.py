"""Actors as of a day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from functools import cache, lru_cache
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q

from ansinh.people.actors import Behalf, Citizen, OfficerActor
from ansinh.people.models import (
    Account,
    AccountState,
    Assignment,
    OneTimeCode,
    Person,
)
from ansinh.people.officers.delegations import delegation_to_approve as delegation_to_approve
from ansinh.people.officers.posts import held_assignments, running_deputies, with_deputyships
from ansinh.people.one_time_codes.secrets import digest_of
from ansinh.platform.errors import NotFound
from ansinh.platform.row_security.viewer import at_the_door
from ansinh.platform.statements import KEPT, NO_ROW, TYPED, Statement, statement
from ansinh.platform.zone import local_day


def citizen(account: Account, *, behalf: Behalf | None = None) -> Citizen | None:
    """The citizen an active account acts as, for oneself or on a behalf of today; None for an officer's account."""
    if account.state != AccountState.ACTIVE or account.person_id is None:
        return None
    return Citizen(account_id=account.pk, person_id=account.person_id, name=account.display_name, behalf=behalf)


def active_account(account_id: str) -> Account | None:
    """The account of this id while it may act."""
    return Account.objects.filter(pk=account_id, state=AccountState.ACTIVE).first()


def officer(account: Account, *, on: date) -> OfficerActor | None:
    """The officer with the posts of a day; None without one that day: rights are never copied."""
    if account.state != AccountState.ACTIVE:
        return None
    held: list[Any] = _held(on, officer__account=account.pk).models(Assignment)
    if not held:
        return None
    who = held[0]
    return OfficerActor(
        officer_id=who.officer_id,
        account_id=account.pk,
        name=who.full_name,
        title_vi=who.title_vi,
        posts=with_deputyships(who.officer_id, held, on=on, stands_in=who.stands_in),
    )


@lru_cache(KEPT)
def _held(on: date, **whose: UUID) -> Statement:
    """Assignments of a day, with the officer's name and title and whether the officer stands in for somebody."""
    deputyships = running_deputies(on=on).filter(officer_id=OuterRef("officer_id"))
    rows = held_assignments(on=on).filter(**whose).annotate(stands_in=Exists(deputyships))
    named = rows.annotate(full_name=F("officer__full_name"), title_vi=F("officer__title_vi"))
    return statement(named.order_by("pk"))


HEAD_OF_AGENCY = "Giám đốc"
HEAD_OF_THE_CENTRE = "Tổng Giám đốc"
"""Who has this title signs in one's own right; everybody else KT., TL. or TUQ. (Decree 30/2020, article 13)."""


def capacity_to_sign(officer_id: UUID, *, office_code: str, role: str, on: date) -> str | None:
    """The capacity in which the officer signs at an office on a day: "KT. GIÁM ĐỐC", or "" for its head (R-181).

    None when the officer holds none that day. It comes from the posts of that very day, however late the signature
    itself is made; a deputy's from the document that says KT. or TUQ.
    """
    rows: list[Any] = _held(on, officer=officer_id).models(Assignment)
    if not rows:
        return None
    posts = with_deputyships(officer_id, rows, on=on, stands_in=rows[0].stands_in)
    held = [post for post in posts if (post.office_code, post.role) == (office_code, role)]
    for post in held:
        if post.capacity:
            return post.capacity
    own = any(not post.deputy_for for post in held)
    return "" if own and rows[0].title_vi.startswith((HEAD_OF_AGENCY, HEAD_OF_THE_CENTRE)) else None


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
    asked = _sent_code().about(code_id).put(digest_of(session_key))
    return next(iter(asked.models(OneTimeCode)), None)


@cache
def _sent_code() -> Statement:
    return statement(OneTimeCode.objects.filter(pk=NO_ROW, session_key=TYPED))


def contacts_of(account_id: UUID) -> tuple[str, str]:
    """Telephone and mailbox that codes of an account go to; empty where there is none."""
    return Account.objects.values_list("phone", "email").get(pk=account_id)


def people_by_id(person_ids: Collection[UUID]) -> dict[UUID, Person]:
    """Some people by id; who is none is left out."""
    return Person.objects.in_bulk(list(person_ids))


def the_person(person_id: UUID) -> Person:
    """A person by id."""
    return Person.objects.get(pk=person_id)


def person_by_number(typed: str) -> Person:
    """The person of a personal number (12 digits) or social insurance number (10); raises NotFound."""
    digits = "".join(typed.split())
    wanted = Q(personal_id_number=digits) if len(digits) == 12 else Q(si_number=digits)
    found = Person.objects.filter(wanted).first() if digits.isdigit() and len(digits) in (10, 12) else None
    if found is None:
        raise NotFound("person-not-found", "Không tìm thấy người này. Xin tìm lại bằng số định danh hoặc mã số BHXH.")
    return found
