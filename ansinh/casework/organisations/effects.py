"""What the approval does: opens the organisation, or gives, changes or ends its I-VAN mandate."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from ansinh.casework.organisations.matter import declared, effect_of, signed_by
from ansinh.dossiers.applicants import LINKS_A_PROVIDER, OPENS_AN_ORGANISATION
from ansinh.dossiers.models import Dossier
from ansinh.people.actors import Actor
from ansinh.people.organisations import transmission
from ansinh.people.organisations.certificates import remember
from ansinh.people.organisations.register import obstacles, open_organisation
from ansinh.platform.errors import Conflict
from ansinh.platform.zone import local_day

Reasons = list[tuple[str, str]]
"""Codes with their Vietnamese sentences."""


def take_effect(dossier: Dossier, *, actor: Actor, at: datetime) -> None:
    """Do what was approved, in the caller's transaction. Raises Conflict, NotFound."""
    _EFFECTS[effect_of(dossier)](dossier, actor=actor, at=at)


def reasons_against(dossier: Dossier, *, on: date) -> Reasons:
    """What the registers say against it on a day."""
    return _REASONS[effect_of(dossier)](dossier, on)


def _open(dossier: Dossier, *, actor: Actor, at: datetime) -> None:
    assert dossier.account_id is not None
    made = open_organisation(
        declared(dossier), administrator_id=dossier.account_id, dossier_id=dossier.pk, actor=actor, at=at
    )
    signature = signed_by(dossier)
    if signature is not None and signature.tax_code:
        remember(made.pk, signature.certificate, actor=actor, at=at)


def _link(dossier: Dossier, *, actor: Actor, at: datetime) -> None:
    assert dossier.owner_id is not None
    wanted, answers = dossier.answers["request_type"], dossier.answers
    if wanted != "register":
        standing = transmission.in_force_from(dossier.owner_id, day=local_day(at))
        if not transmission.end_standing(standing, actor=actor, at=at):
            raise Conflict(*NO_PROVIDER)
    if wanted != "stop":
        last = answers.get("last_date")
        new = transmission.NewMandate(
            provider_id=UUID(answers["ivan_provider"]),
            valid_from=date.fromisoformat(answers["effective_date"]),
            valid_to=date.fromisoformat(last) if last else None,
            contract_number=answers.get("ivan_contract_no") or "",
        )
        transmission.give_mandate(dossier.owner_id, new, dossier_id=dossier.pk, actor=actor, at=at)


def _against_opening(dossier: Dossier, on: date) -> Reasons:
    found = obstacles(declared(dossier), on=on)
    signature, tax_code = signed_by(dossier), dossier.answers["employer_tax_code"]
    if signature is not None and signature.tax_code not in ("", tax_code.replace("-", "")):
        found.append(("other-organisation-signed", "Chứng thư số đã ký mang mã số thuế khác mã đã khai."))
    return found


def _against_linking(dossier: Dossier, on: date) -> Reasons:
    assert dossier.owner_id is not None
    standing = transmission.in_force_from(dossier.owner_id, day=on).exists()
    wanted, found = dossier.answers["request_type"], []
    if wanted == "register" and standing:
        found.append(("provider-in-use", "Đơn vị đang dùng một tổ chức I-VAN; phải ngừng tổ chức đó trước."))
    if wanted != "register" and not standing:
        found.append(NO_PROVIDER)
    provider = dossier.answers.get("ivan_provider")
    if wanted != "stop" and not transmission.providers(on=on).filter(pk=provider).exists():
        found.append(("provider-unknown", "Tổ chức I-VAN đã chọn không còn thỏa thuận với cơ quan BHXH."))
    return found


NO_PROVIDER = ("no-provider-in-use", "Đơn vị không dùng tổ chức I-VAN nào nên không có gì để sửa đổi hoặc ngừng.")
_EFFECTS: dict[str, Callable[..., None]] = {OPENS_AN_ORGANISATION: _open, LINKS_A_PROVIDER: _link}
_REASONS: dict[str, Callable[[Dossier, date], Reasons]] = {
    OPENS_AN_ORGANISATION: _against_opening,
    LINKS_A_PROVIDER: _against_linking,
}
