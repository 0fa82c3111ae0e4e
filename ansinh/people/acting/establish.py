"""A guardianship begins: a registration was approved. Who is guardian already is told."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from ansinh.people.acting import history
from ansinh.people.acting.guardianships import guardianships_on
from ansinh.people.acting.hand_over import look_again_tomorrow
from ansinh.people.actors import Actor
from ansinh.people.happened import ActingChanged
from ansinh.people.models import AccountState, Person
from ansinh.people.models_acting import Guardianship, GuardianshipState
from ansinh.platform.errors import Conflict
from ansinh.platform.events import publish


def establish(
    *,
    child: Person,
    guardian_id: UUID,
    kind: str,
    basis: str,
    valid_from: date,
    valid_to: date | None,
    dossier_id: UUID | None,
    actor: Actor,
    office_code: str,
    at: datetime,
) -> Guardianship:
    """Make the guardian of a registration, in the caller's transaction; a second one joins, and the first is told.

    Raises Conflict while the guardians are in conflict, or if the person is guardian already.
    """
    others = list(guardianships_on(valid_from).filter(child=child))
    if any(one.state == GuardianshipState.FROZEN for one in others):
        raise Conflict(*IN_CONFLICT)
    if any(one.guardian_id == guardian_id for one in others):
        raise Conflict(*GUARDIAN_ALREADY)
    made = Guardianship.objects.create(
        child=child,
        guardian_id=guardian_id,
        kind=kind,
        basis=basis[:200],
        valid_from=valid_from,
        valid_to=valid_to,
        dossier_id=dossier_id,
    )
    history.record(
        "guardian_joined" if others else "guardian_registered",
        owner_id=child.pk,
        basis_id=made.pk,
        actor=actor,
        at=at,
        office_code=office_code,
        guardian=made.guardian.full_name,
        kind=kind,
        basis=basis,
    )
    look_again_tomorrow(at=at)
    told = tuple(
        one.guardian.account.pk
        for one in others
        if hasattr(one.guardian, "account") and one.guardian.account.state == AccountState.ACTIVE
    )
    if told:
        publish(
            ActingChanged(told, "guardian_joined", at, {"child": child.full_name, "person": made.guardian.full_name})
        )
    return made


IN_CONFLICT = (
    "guardians-in-conflict",
    "Việc đại diện cho trẻ đang tạm dừng vì tranh chấp. Xin quyết định tranh chấp trước, ở trang Làm thay của trẻ.",
)
GUARDIAN_ALREADY = ("guardian-already", "Người đăng ký đang là người đại diện của trẻ này rồi.")
