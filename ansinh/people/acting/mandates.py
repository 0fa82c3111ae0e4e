"""Who may act for a grown person on a day, read from present rows: state, dates, deaths, both accounts."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from ansinh.offices.models import valid_on
from ansinh.people.actors import Behalf, Right
from ansinh.people.models import Account, AccountState
from ansinh.people.models_acting import Mandate, MandateState
from ansinh.platform.errors import NotFound
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.platform.zone import day_begins


def behalves(account_id: UUID, on: date) -> list[Behalf]:
    """The people this account acts for that day, with the rights and procedures each gave."""
    return [
        Behalf(
            kind="mandate",
            owner_id=one.principal_id,
            name=one.principal.full_name,
            rights=frozenset(Right(right) for right in one.rights),
            basis_id=one.pk,
            procedures=frozenset(one.procedures),
            until=one.valid_to,
        )
        for one in mandates_on(on).filter(agent__account=account_id)
    ]


def mandates_on(on: date) -> QuerySet[Mandate]:
    """Mandates accepted and within their dates, of living people with open accounts."""
    return (
        Mandate.objects.filter(
            valid_on(on),
            state=MandateState.IN_FORCE,
            principal__died_on__isnull=True,
            agent__died_on__isnull=True,
            principal__account__state=AccountState.ACTIVE,
            agent__account__state=AccountState.ACTIVE,
        )
        .select_related("principal", "agent")
        .order_by("principal__search_key", "id")
    )


def readers(owner_id: UUID, on: date, procedure: str) -> list[UUID]:
    """Accounts of agents who may read this person's matters of a procedure that day."""
    rows = mandates_on(on).filter(principal=owner_id, rights__contains=[Right.READ])
    found = rows.values_list("agent__account", "procedures")
    return [account_id for account_id, procedures in found if not procedures or procedure in procedures]


def mandates_of(person_id: UUID) -> list[Mandate]:
    """What this person gave and was given, newest first; not what was never confirmed."""
    given = Mandate.objects.filter(principal=person_id) | Mandate.objects.filter(agent=person_id)
    return list(
        given.exclude(state=MandateState.PREPARED).select_related("principal", "agent").order_by("-made_at", "-id")
    )


def the_mandate(mandate_id: UUID, *, person_id: UUID, lock: bool = False) -> Mandate:
    """A mandate this person gave, or was given once it was confirmed; raises NotFound."""
    rows = Mandate.objects.select_related("principal", "agent")
    found = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=mandate_id).first()
    if found is None or person_id not in (found.principal_id, found.agent_id) or _not_yet_for(found, person_id):
        raise NotFound("mandate-not-found", "Không tìm thấy giấy ủy quyền này. Xin xem lại trang Làm thay.")
    return found


def acts_as(mandate: Mandate) -> str:
    """How events name whoever acts under it; empty without an account."""
    with as_the_house():  # the account itself the principal need not see
        account_id = Account.objects.filter(person_id=mandate.agent_id).values_list("pk", flat=True).first()
    return f"account:{account_id}" if account_id else ""


def held_during(mandate: Mandate) -> tuple[datetime, datetime] | None:
    """From which moment until which the agent could act under it; None where it was never accepted."""
    if mandate.answered_at is None or mandate.state not in (MandateState.IN_FORCE, MandateState.REVOKED):
        return None
    over = day_begins(mandate.valid_to + timedelta(days=1))
    return max(mandate.answered_at, day_begins(mandate.valid_from)), min(mandate.ended_at or over, over)


def _not_yet_for(mandate: Mandate, person_id: UUID) -> bool:
    return mandate.state == MandateState.PREPARED and person_id != mandate.principal_id
