"""Tell the applicant what happened to a dossier, by notice, SMS and e-mail (R-123, R-124, R-129)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from ansinh.dossiers.models import Dossier
from ansinh.notifications.notify import notify
from ansinh.notifications.texts import has_event
from ansinh.offices.queries import office
from ansinh.people.models import Account


def tell(dossier: Dossier, code: str, *, at: datetime, **facts: Any) -> None:
    """Queue the messages of the event `code`; an event without a text is one the applicant need not hear of."""
    if not has_event(code):
        return
    account = dossier.account
    notify(
        account_id=dossier.account_id,
        phone=(account.phone if account else "") or dossier.phone,
        email=(account.email if account else "") or dossier.email,
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
