"""Tell a change of the paid account: to the contacts of today and to those replaced lately."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ansinh.notifications.notify import notify
from ansinh.people.former_contacts import former_contacts
from ansinh.people.models import Account
from ansinh.platform.zone import local_day
from ansinh.registry.bank_accounts.account import BankAccount
from ansinh.registry.bank_accounts.rules import rules
from ansinh.registry.models import BankAccountChange, ChangeState

_CODES = {
    ChangeState.APPROVED: "bank_account_approved",
    ChangeState.FROZEN: "bank_account_frozen",
    ChangeState.WITHDRAWN: "bank_account_withdrawn",
    ChangeState.REFUSED: "bank_account_refused",
}


def tell_asked(change_id: UUID, *, freeze_code: str, at: datetime) -> None:
    """The change, from when it counts, and the code that stops it."""
    change = BankAccountChange.objects.select_related("person").get(pk=change_id)
    code = "bank_account_held" if change.state == ChangeState.HELD else "bank_account_review"
    _tell(change, code, {"freeze_code": freeze_code}, at=at)


def tell_ended(change_id: UUID, *, at: datetime) -> None:
    """What became of the change."""
    change = BankAccountChange.objects.select_related("person").get(pk=change_id)
    _tell(change, _CODES[ChangeState(change.state)], {"reason": change.note or None}, at=at)


def _tell(change: BankAccountChange, code: str, facts: dict[str, str | None], *, at: datetime) -> None:
    account = Account.objects.filter(person_id=change.person_id).first()
    masked = BankAccount(change.bank, change.number, change.holder).masked
    effective = change.effective_at.isoformat() if change.effective_at else None
    known = {"account_end": masked[-4:], "effective": effective, "at": at.isoformat(), **facts}
    contacts = [(account.phone, account.email)] if account else [(change.person.phone, change.person.email)]
    if account:
        contacts += former_contacts(account.pk, since=at - rules(on=local_day(at)).told)
    for index, (phone, email) in enumerate(dict.fromkeys(contacts)):
        notify(
            account_id=account.pk if account and index == 0 else None,
            phone=phone,
            email=email,
            dossier_id=None,
            dossier_number="",
            code=code,
            facts=known,
            at=at,
            language=account.language if account else "vi",
        )
