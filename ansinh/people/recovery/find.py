"""The account of the person who stands at the counter, for any counter officer in the country."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import Q

from ansinh.law.names import search_key
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Account, AccountState, Recovery, RecoveryState, Role
from ansinh.people.officers.delegations import RECOVERY, delegation_to_approve
from ansinh.people.readings.openings import guarded
from ansinh.platform.errors import Invalid, NotAllowed, NotFound
from ansinh.platform.zone import local_day

AT_COUNTER: Final = frozenset({Role.INTAKE.value, Role.APPROVER.value})
_RECOVERABLE: Final = (AccountState.ACTIVE, AccountState.FROZEN)
MOST = 20


@dataclass(frozen=True)
class Wanted:
    """What the officer typed; `born` is YYYY-MM-DD or YYYY."""

    number: str = ""
    si_number: str = ""
    name: str = ""
    born: str = ""


def accounts(wanted: Wanted, *, actor: OfficerActor, at: datetime) -> list[Account]:
    """Accounts by personal number, by SI number, or by name and birth date after a look at the papers.

    Who is protected is found by a number alone. Raises NotAllowed, Invalid when too little was typed.
    """
    refuse_unless_counter(actor)
    rows = Account.objects.filter(person__isnull=False, state__in=_RECOVERABLE).select_related("person")
    if wanted.number.strip():
        rows = rows.filter(person__personal_id_number="".join(wanted.number.split()))
    elif wanted.si_number.strip():
        rows = rows.filter(person__si_number="".join(wanted.si_number.split()))
    elif wanted.name.strip() and wanted.born.strip():
        rows = rows.filter(
            Q(person__date_of_birth=wanted.born[:4]) | Q(person__date_of_birth__startswith=wanted.born),
            person__search_key=search_key(wanted.name),
        ).exclude(person_id__in=guarded(on=local_day(at)))
    else:
        raise Invalid(
            "search-needs-more",
            "Xin nhập số định danh, hoặc mã số BHXH, hoặc họ tên kèm ngày sinh sau khi xem giấy tờ tùy thân.",
        )
    return list(rows.order_by("created_at")[:MOST])


def the_account(account_id: UUID, *, actor: OfficerActor, lock: bool = False) -> Account:
    """A citizen's account that can be recovered. Raises NotAllowed, NotFound."""
    refuse_unless_counter(actor)
    rows = Account.objects.select_related("person").filter(person__isnull=False, state__in=_RECOVERABLE)
    found = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=account_id).first()
    if found is None:
        raise NotFound("account-not-found", "Không có tài khoản này. Xin tìm lại bằng số định danh.")
    return found


def the_recovery(recovery_id: UUID, *, actor: OfficerActor, lock: bool = False) -> Recovery:
    """A recovery, for any counter officer. Raises NotAllowed, NotFound."""
    refuse_unless_counter(actor)
    rows = Recovery.objects.select_related("account__person", "opened_by", "decided_by")
    found = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=recovery_id).first()
    if found is None:
        raise NotFound("recovery-not-found", "Không có việc khôi phục này. Xin tìm lại bằng số định danh.")
    return found


def open_recovery(account_id: UUID) -> Recovery | None:
    """The recovery of an account that is under way."""
    return Recovery.objects.filter(
        account_id=account_id, state__in=[RecoveryState.OPENED, RecoveryState.APPROVED]
    ).first()


def waiting(*, actor: OfficerActor) -> list[Recovery]:
    """Recoveries opened at the viewer's offices that nobody has decided, oldest first."""
    refuse_unless_counter(actor)
    rows = Recovery.objects.filter(state=RecoveryState.OPENED, office_code__in=actor.office_codes)
    return list(rows.select_related("account__person", "opened_by").order_by("opened_at")[:50])


def right_to_approve(actor: OfficerActor, *, office_code: str, on: date) -> UUID | None:
    """The delegation under which the actor may approve recoveries that day, of the recovery's office first."""
    for code in sorted(actor.office_codes, key=lambda one: (one != office_code, one)):
        found = delegation_to_approve(actor.officer_id, office_code=code, procedure=RECOVERY, on=on)
        if found is not None:
            return found.pk
    return None


def refuse_unless_counter(actor: OfficerActor) -> None:
    """Raise NotAllowed for whoever does not work at a counter."""
    if not any(post.role in AT_COUNTER for post in actor.posts):
        raise NotAllowed("not-at-counter", "Việc này của cán bộ tiếp nhận hoặc người được giao phê duyệt.")
