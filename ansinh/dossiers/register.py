"""Register for electronic transactions: a code proves the telephone, the dossier waits for a visit to any office.

Nothing here says whether an account exists: a second registration is taken like the first, and the holder of the
existing account is told (R-048, R-049, R-071; reliability: enumeration).
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction

from ansinh.dossiers.access import Holder, the_draft
from ansinh.dossiers.completeness import completeness, draft_digest
from ansinh.dossiers.confirm import contact, refuse_gaps
from ansinh.dossiers.models import Dossier, Draft
from ansinh.dossiers.rows import forget_removed
from ansinh.dossiers.submit import Confirmation, NotConfirmed, Submitted, confirm, file_draft, refuse_code
from ansinh.people.actors import Citizen
from ansinh.people.models import Account, OneTimeCode
from ansinh.people.one_time_codes import issue
from ansinh.people.passwords import refuse_weak_password
from ansinh.platform.actor_context import acting_as
from ansinh.platform.identifiers import uuid7
from ansinh.platform.row_security.viewer import at_the_door
from ansinh.platform.zone import local_day

SLUG = "dang-ky-gdt-ca-nhan"


def request_code(draft_id: UUID, *, holder: Holder, channel: str, network: str, at: datetime) -> OneTimeCode:
    """Send a code to the telephone or mailbox typed in the draft; raises Invalid while gaps remain."""
    with transaction.atomic():
        draft = the_draft(draft_id, holder=holder)
        refuse_gaps(completeness(draft, today=local_day(at)).gaps)
        forget_removed(draft)
        return issue(
            purpose="registration",
            channel=channel,
            recipient=contact(channel, phone=draft.answers["phone"], email=draft.answers.get("email") or ""),
            other=(draft.answers.get("email") or "") if channel == "sms" else draft.answers["phone"],
            session_key=holder.session_key,
            bound_digest="",
            account_id=None,
            network=network,
            at=at,
        )


@at_the_door()
def register(*, draft_id: UUID, holder: Holder, confirmation: Confirmation, password: str, at: datetime) -> Submitted:
    """File the registration with a pending account. Raises Invalid (gaps, weak password), CodeRefused, NotFound.

    Repeating it after a lost answer gives the same dossier.
    """
    try:
        with transaction.atomic():
            filed = _filed_before(draft_id, holder)
            if filed is not None:
                return Submitted(filed.pk, filed.number, replayed=True)
            draft = the_draft(draft_id, holder=holder, lock=True)
            state = completeness(draft, today=local_day(at))
            refuse_gaps(state.gaps)
            refuse_weak_password(password, personal_facts=[draft.answers["phone"], draft.answers["id_number"]])
            account = _pending_account(draft, password=password, at=at)
            actor = Citizen(account_id=account.pk, person_id=account.pk, name=account.display_name)
            digest = draft_digest(draft)
            dossier_id = uuid7()
            with acting_as(actor.label):
                evidence_id = confirm(
                    confirmation,
                    purpose="registration",
                    digest=digest,
                    folder=state.folder,
                    account_id=account.pk,
                    at=at,
                    # What was typed may have changed since the code went out; it proves only where it went.
                    contacts=frozenset({draft.answers["phone"], draft.answers.get("email") or draft.answers["phone"]}),
                )
                number = file_draft(
                    draft,
                    dossier_id=dossier_id,
                    folder=state.folder,
                    actor=actor,
                    digest=digest,
                    evidence_id=evidence_id,
                    channel="portal",
                    at=at,
                )
    except NotConfirmed:
        refuse_code(confirmation, purpose="registration", bound_digest="", at=at)
    return Submitted(dossier_id, number, replayed=False)


@at_the_door()
def filed_registration(draft_id: UUID, *, holder: Holder) -> Dossier | None:
    """The registration this browser session filed from a draft, if it did."""
    return _filed_before(draft_id, holder)


@at_the_door()
def owner_of_papers(draft_id: UUID, *, holder: Holder, at: datetime) -> UUID:
    """The account that holds photos sent before registration: a pending one, made when first needed."""
    with transaction.atomic():
        draft = the_draft(draft_id, holder=holder, lock=True)
        return _account_of(draft, at=at).pk


def _account_of(draft: Draft, *, at: datetime) -> Account:
    if draft.account_id is not None:
        return Account.objects.select_for_update().get(pk=draft.account_id)
    # The personal number becomes the login only after an officer has compared it (casework.registration).
    account_id = uuid7()
    with acting_as(f"account:{account_id}"):
        account = Account.objects.create(
            id=account_id, login=f"pending:{account_id.hex}", password=make_password(None), created_at=at
        )
    draft.account = account
    draft.save(update_fields=["account"])
    return account


def _pending_account(draft: Draft, *, password: str, at: datetime) -> Account:
    account = _account_of(draft, at=at)
    account.password = make_password(password)
    account.phone = draft.answers["phone"]
    account.email = draft.answers.get("email") or ""
    account.display_name = draft.answers["full_name"]
    account.save()
    return account


def _filed_before(draft_id: UUID, holder: Holder) -> Dossier | None:
    mine = Draft.objects.filter(pk=draft_id, session_key=holder.session_key).exclude(session_key="")
    return Dossier.objects.filter(draft_id__in=mine.values("pk"), procedure=SLUG).first()
