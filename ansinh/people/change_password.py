"""A signed-in person chooses a new password; the old one proves who is sitting there."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction

from ansinh.people.doors.sessions import end_all
from ansinh.people.happened import PasswordChanged
from ansinh.people.models import Account
from ansinh.people.models_doors import Ended
from ansinh.people.passwords import refuse_weak_password
from ansinh.people.sign_in import sign_in
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Invalid, NotAllowed
from ansinh.platform.events import publish


def change_password(
    account_id: UUID, *, old: str, new: str, network: str, session_id: UUID | None, at: datetime
) -> Account:
    """Set the new password; every token and every session but `session_id` ends.

    Raises Invalid (old wrong, new weak), NotAllowed.
    Wrong tries count like failed sign-ins, so a borrowed session is no way to guess the password.
    """
    account = Account.objects.select_related("person").get(pk=account_id)
    person = account.person
    facts = [account.phone, account.login, *([person.personal_id_number, person.si_number] if person else [])]
    refuse_weak_password(new, personal_facts=facts)
    prove_password(account_id, old, network=network, at=at)
    with transaction.atomic(), acting_as(f"account:{account.pk}"):
        locked = Account.objects.select_for_update().get(pk=account_id)
        locked.password = make_password(new)
        locked.save(update_fields=["password"])
        end_all(locked.pk, at=at, but=session_id, why=Ended.PASSWORD)
        publish(PasswordChanged(account_id=locked.pk, at=at))
    return locked


def prove_password(account_id: UUID, typed: str, *, network: str, at: datetime) -> None:
    """Refuse (Invalid, `old-password-wrong`) whoever does not know the password; NotAllowed after many tries."""
    login = Account.objects.only("login").get(pk=account_id).login
    try:
        sign_in(login, typed, network=network, at=at)
    except NotAllowed as refused:
        if refused.code != "sign-in-refused":
            raise
        raise Invalid("old-password-wrong", "Mật khẩu đang dùng chưa đúng. Xin nhập lại.") from refused
