"""Tell an officer about a question: number of the dossier and day, never whose it is."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from ansinh.dossiers.models import Dossier
from ansinh.notifications.notify import notify
from ansinh.people.models import Account
from ansinh.platform.row_security.viewer import as_the_house


def tell_officer(officer_id: UUID, code: str, dossier: Dossier, *, due: date | None, at: datetime) -> None:
    """A notice, SMS and e-mail to the account of an officer, in the transaction of what happened."""
    with as_the_house():  # a colleague's account is not among the rows of who asks
        account = Account.objects.get(officer__pk=officer_id)
        notify(
            account_id=account.pk,
            phone=account.phone,
            email=account.email,
            dossier_id=None,
            dossier_number=dossier.number,
            code=code,
            facts={"at": at.isoformat(), "due": due.isoformat() if due else None},
            at=at,
            language=account.language,
        )
