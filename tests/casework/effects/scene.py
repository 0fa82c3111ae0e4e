"""An invented procedure with effects, and its dossiers brought to the signature by the real actions."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, datetime
from typing import Any

from ansinh.casework.accept import accept, confirm_check
from ansinh.casework.propose import control, propose_grant
from ansinh.casework.sign import sign
from ansinh.catalogue.loader import content_digest
from ansinh.catalogue.models import ProcedureVersion
from ansinh.dossiers.models import Dossier
from ansinh.registry.models import Entitlement
from tests.casework.moves import MONDAY
from tests.world import LOCAL_OFFICE, LONG_AGO, SI_NUMBER, World, a_submitted_dossier
from tests.world_procedures import contents

SLUG = "tro-cap-co-ket-qua"


def a_procedure(*effects: dict[str, Any] | str, fields: list[dict[str, Any]] | None = None, **more: Any) -> str:
    """Freeze the invented allowance with these effects; `fields` are asked besides."""
    content = deepcopy(contents()[0])
    content["slug"] = SLUG
    content["procedure"] = {**content["procedure"], "effects": list(effects), **more}
    if fields:
        asked = {"key": "more", "title_vi": "Khác", "title_en": "More", "fields": fields}
        content["form"] = {"sections": [*content["form"]["sections"], asked]}
    ProcedureVersion.objects.create(
        slug=SLUG,
        in_force_from=date(2020, 1, 1),
        digest=content_digest(content),
        content=content,
        frozen_at=LONG_AGO,
    )
    return SLUG


def field(key: str, kind: str, **more: Any) -> dict[str, Any]:
    """A question of the invented form."""
    return {"key": key, "type": kind, "label_vi": key, "label_en": key, "required": False, **more}


def in_appraisal(world: World, *, at: datetime = MONDAY, **answers: Any) -> Dossier:
    """A dossier of the invented procedure with the specialist."""
    filed = a_submitted_dossier(world, SLUG, **answers)
    accept(filed.pk, actor=world["counter"], at=at)
    return confirm_check(filed.pk, actor=world["collector"], note="", at=at)


def to_sign(
    world: World, *, amount: int | None = None, why: str = "", at: datetime = MONDAY, **answers: Any
) -> Dossier:
    """The same, put before the leader."""
    dossier = in_appraisal(world, at=at, **answers)
    propose_grant(dossier.pk, actor=world["specialist"], amount=amount, override_reason=why, note="", at=at)
    control(dossier.pk, actor=world["head"], note="", at=at)
    return Dossier.objects.get(pk=dossier.pk)


def granted(world: World, *, at: datetime = MONDAY, **answers: Any) -> Dossier:
    """The same, signed."""
    dossier = to_sign(world, at=at, **answers)
    sign(dossier.pk, actor=world["leader"], at=at)
    return Dossier.objects.get(pk=dossier.pk)


def a_benefit(si_number: str = SI_NUMBER, *, number: str = "HH-1", **more: Any) -> Entitlement:
    """A pension in payment since 2024."""
    values = {
        "benefit_type": "pension", "start_month": date(2024, 3, 1), "monthly_amount": 4_200_000,
        "payment_method": "cash_service_org", "paying_office": LOCAL_OFFICE, **more,
    }  # fmt: skip
    return Entitlement.objects.create(insured_id=si_number, number=number, **values)
