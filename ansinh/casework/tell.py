"""Tell the applicant what happened to a dossier, by notice, SMS and e-mail (R-123, R-124, R-129)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from ansinh.dossiers.models import Dossier
from ansinh.notifications.notify import notify
from ansinh.notifications.texts import has_event
from ansinh.offices.queries import office
from ansinh.people.acting.readers import readers_of
from ansinh.people.models import Account
from ansinh.platform.zone import local_day


def tell(dossier: Dossier, code: str, *, at: datetime, **facts: Any) -> None:
    """Queue the messages of the event `code`; an event without a text is one the applicant need not hear of."""
    if not has_event(code):
        return
    for account in told_about(dossier, at=at):
        _tell(dossier, account, code, facts, at)


def tell_of_filing(dossier: Dossier, code: str, *, at: datetime) -> None:
    """Who filed is told `code`; if it was for another, whoever else may read it is told who did it."""
    for account in told_about(dossier, at=at):
        if account is None or account.pk == dossier.account_id:
            _tell(dossier, account, code, {}, at)
        elif dossier.account is not None and dossier.owner_id != dossier.account.person_id:
            _tell(dossier, account, "filed_for_owner", {"agent": dossier.account.display_name}, at)


def told_about(dossier: Dossier, *, at: datetime) -> list[Account | None]:
    """The accounts that may read the dossier now; None stands for somebody without one, told by telephone and mail.

    Who filed it for another and may no longer read it is told nothing more.
    """
    filer, owner = dossier.account, dossier.owner_id
    if filer is not None and filer.person_id is None and owner != filer.pk:
        filer = None  # filed at a counter by somebody without an account: told by telephone and mail of the dossier
    if owner is None or (filer is not None and owner == filer.pk):
        return [filer]
    readers = readers_of(owner, on=local_day(at), procedure=dossier.procedure)
    told = list[Account | None]([filer] if filer and readers == [filer.pk] else _accounts(readers))
    own = filer is None or owner == filer.person_id
    return told if not own or filer in told else [filer, *told]


def _accounts(readers: list[UUID]) -> QuerySet[Account]:
    return Account.objects.filter(pk__in=readers).order_by("pk")


def _tell(dossier: Dossier, account: Account | None, code: str, facts: dict[str, Any], at: datetime) -> None:
    filed_it = account is None or account.pk == dossier.account_id
    notify(
        account_id=account.pk if account else None,
        owner_id=None if account is None or dossier.owner_id in (account.pk, account.person_id) else dossier.owner_id,
        phone=(account.phone if account else "") or (dossier.phone if filed_it else ""),
        email=(account.email if account else "") or (dossier.email if filed_it else ""),
        dossier_id=dossier.pk,
        dossier_number=dossier.number,
        code=code,
        facts={
            "office": office(dossier.office_code).name_vi,
            "si_number": dossier.si_number or None,
            "at": at.isoformat(),
            "due": dossier.due_on.isoformat() if dossier.due_on else None,
            **facts,
        },
        at=at,
        language=account.language if account else "vi",
    )


def tell_account(account_id: UUID, code: str, *, at: datetime, **facts: Any) -> None:
    """Tell the holder of an account something that is not about a dossier."""
    account = Account.objects.get(pk=account_id)
    notify(
        account_id=account.pk,
        phone=account.phone,
        email=account.email,
        dossier_id=None,
        dossier_number="",
        code=code,
        facts={"at": at.isoformat(), **facts},
        at=at,
        language=account.language,
    )
