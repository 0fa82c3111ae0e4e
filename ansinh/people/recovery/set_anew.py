"""The person: opens the slip's secret in one browser, proves the new telephone or mailbox, chooses the password."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction

from ansinh.people.doors.factors import forget_factors
from ansinh.people.former_contacts import keep as keep_contacts
from ansinh.people.happened import RecoveryDone, RightsChanged
from ansinh.people.identity_providers.links import end_links
from ansinh.people.models import Account, AccountState, OneTimeCode, Recovery, RecoveryState
from ansinh.people.one_time_codes import check, issue
from ansinh.people.one_time_codes.secrets import digest_of
from ansinh.people.passwords import refuse_weak_password
from ansinh.people.recovery import secrets
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import NotAllowed
from ansinh.platform.events import publish


def open_secret(secret: str, *, personal_number: str, session_key: str, at: datetime) -> Recovery:
    """The recovery whose slip this is, from now on bound to this browser session.

    Five wrong personal numbers wear the secret out. Raises NotAllowed, the same for every reason.
    """
    with transaction.atomic():
        recovery = (
            Recovery.objects.select_for_update(of=("self",))
            .select_related("account__person")
            .filter(secret_digest=secrets.secret_digest(secret), state=RecoveryState.APPROVED)
            .first()
        )
        right = recovery is not None and _opens(recovery, session_key, at)
        if recovery is not None and right:
            person = recovery.account.person
            right = person is not None and person.personal_id_number == "".join(personal_number.split())
            recovery.tries_left -= 0 if right else 1
            recovery.session_key = digest_of(session_key) if right else recovery.session_key
            recovery.save(update_fields=["tries_left", "session_key"])
    if recovery is None or not right:
        raise _refusal()
    return recovery


def the_opened(recovery_id: UUID, *, session_key: str, at: datetime) -> Recovery:
    """The recovery this browser session has opened and not finished. Raises NotAllowed."""
    found = Recovery.objects.select_related("account__person").filter(pk=recovery_id).first()
    if found is None or found.state != RecoveryState.APPROVED or not _is_bound(found, session_key, at):
        raise _refusal()
    return found


def send_code(
    recovery_id: UUID, *, channel: str, recipient: str, session_key: str, network: str, at: datetime
) -> OneTimeCode:
    """Send a code to the new telephone (84…) or mailbox. Raises NotAllowed, CodeRefused."""
    recovery = the_opened(recovery_id, session_key=session_key, at=at)
    return issue(
        purpose="contact_change",
        channel=channel,
        recipient=recipient,
        session_key=session_key,
        bound_digest="",
        account_id=recovery.account_id,
        network=network,
        at=at,
    )


def set_anew(recovery_id: UUID, *, code_id: UUID, typed: str, password: str, session_key: str, at: datetime) -> Account:
    """Set the chosen password and the proven contact; everything old ends and the old contacts are told.

    The account keeps one contact, the proven one: the other may be what was lost. Raises CodeRefused, Invalid,
    NotAllowed.
    """
    recovery = the_opened(recovery_id, session_key=session_key, at=at)
    person = recovery.account.person
    facts = [recovery.account.login, *([person.personal_id_number, person.si_number] if person else [])]
    refuse_weak_password(password, personal_facts=facts)
    proof = check(
        code_id=code_id, session_key=session_key, purpose="contact_change", typed=typed, bound_digest="", at=at
    )
    if proof.account_id != recovery.account_id:
        raise _refusal()
    with transaction.atomic(), acting_as(f"account:{recovery.account_id}"):
        recovery = Recovery.objects.select_for_update().get(pk=recovery_id)
        if recovery.state != RecoveryState.APPROVED:
            raise _refusal()
        account = Account.objects.select_for_update().get(pk=recovery.account_id)
        old_phone, old_email = account.phone, account.email
        keep_contacts(account, at=at)
        account.password = make_password(password)
        account.phone = proof.recipient if proof.channel == "sms" else ""
        account.email = proof.recipient if proof.channel == "email" else ""
        account.state = AccountState.ACTIVE
        account.identity_checked_at = recovery.opened_at
        account.save()
        end_links(account.pk, at=at)
        forget_factors(account.pk)
        recovery.state, recovery.done_at, recovery.secret_digest = RecoveryState.DONE, at, ""
        recovery.save()
        publish(RightsChanged(account.pk, at))
        publish(RecoveryDone(account.pk, old_phone, old_email, secrets.stop_code(recovery.pk), at))
    return account


def _opens(recovery: Recovery, session_key: str, at: datetime) -> bool:
    unbound = not recovery.session_key
    in_time = recovery.secret_expires_at is not None and at < recovery.secret_expires_at
    return recovery.tries_left > 0 and in_time and (unbound or recovery.session_key == digest_of(session_key))


def _is_bound(recovery: Recovery, session_key: str, at: datetime) -> bool:
    return recovery.session_key == digest_of(session_key) and _opens(recovery, session_key, at)


def _refusal() -> NotAllowed:
    return NotAllowed(
        "recovery-secret-refused",
        "Mã trên giấy không đúng, đã dùng hoặc đã quá hạn, hoặc số định danh không khớp. "
        "Xin nhập lại, hoặc nhờ cán bộ tại quầy in giấy mới.",
    )
