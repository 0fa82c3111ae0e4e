"""Write the ledger of holders where the database cannot know: who was given a dossier, which agency is asked.

State, stage and office change the ledger by themselves (migration `holdings`). Callers hold the dossier's lock.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ansinh.casework.models import Holder, Holding
from ansinh.dossiers.models import Dossier
from ansinh.platform.errors import Conflict
from ansinh.platform.row_security.viewer import as_the_house


def assigned(dossier: Dossier, officer_id: UUID | None, at: datetime) -> Holding:
    """From `at` on this officer is in charge of the dossier where it stands; None: whoever has the role.

    The same officer again changes nothing. The person stays in charge while the applicant, the post or another agency
    has it, and when it comes back to the same office and role.
    """
    held = open_holding(dossier)
    if held.officer_id == officer_id:
        return held
    return _pass_on(held, at, holder=held.holder, officer_id=officer_id, agency=held.agency)


def lent(dossier: Dossier, to: str, at: datetime) -> Holding:
    """From `at` on another agency has it, named in words; the office's clock runs on."""
    held = open_holding(dossier)
    if held.holder not in (Holder.OFFICE, Holder.CHECKING):
        raise Conflict(
            "dossier-not-at-office", "Hồ sơ đang không ở cơ quan nên chưa hỏi nơi khác được. Xin đợi hồ sơ quay lại."
        )
    return _pass_on(held, at, holder=Holder.AGENCY, officer_id=held.officer_id, agency=to.strip()[:200])


def given_back(dossier: Dossier, agency: str, at: datetime) -> Holding:
    """That agency has answered: the office has the dossier again. Nothing changes when another one has it."""
    held = open_holding(dossier)
    if held.holder != Holder.AGENCY or held.agency != agency:
        return held
    return _pass_on(held, at, holder=_at_office(dossier), officer_id=held.officer_id)


def open_holding(dossier: Dossier) -> Holding:
    """The row of whoever has it now; raises Conflict when the dossier is closed."""
    held = Holding.objects.filter(dossier=dossier, ended_at__isnull=True).first()
    if held is None:
        raise Conflict("dossier-closed-already", "Hồ sơ đã kết thúc nên không giao cho ai được nữa. Xin tải lại trang.")
    return held


def _pass_on(held: Holding, at: datetime, *, holder: str, officer_id: UUID | None, agency: str = "") -> Holding:
    moment = max(at, held.begun_at)
    with transaction.atomic(), as_the_house():
        Holding.objects.filter(pk=held.pk).update(ended_at=moment)
        return Holding.objects.create(
            dossier_id=held.dossier_id,
            holder=holder,
            office_code=held.office_code,
            stage=held.stage,
            role=held.role,
            officer_id=officer_id,
            agency=agency,
            begun_at=moment,
        )


def _at_office(dossier: Dossier) -> str:
    return Holder.CHECKING if dossier.accepted_at is None else Holder.OFFICE
