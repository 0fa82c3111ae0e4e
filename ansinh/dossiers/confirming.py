"""What may confirm a dossier: a code, a person's certificate, or only the certificate of an organisation (R-054).

The certificate names its organisation by tax code. Whether anything else is taken is a dated rule of the agency
(people/organisations/rules.yaml).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from ansinh.catalogue.folder import ProcedureFolder
from ansinh.dossiers.applicants import opens_an_organisation
from ansinh.people.actors import Citizen
from ansinh.people.organisations import rules
from ansinh.people.organisations.queries import organisation_of, signing_tax_code
from ansinh.people.queries import the_person
from ansinh.platform.errors import Invalid
from ansinh.signing.report import ExpectedSigner

BY_SIGNATURE = {"registration_basis": "digital_signature"}
"""The answer with which an organisation registers by its certificate."""


@dataclass(frozen=True)
class Confirming:
    """Whose certificates are taken, the first one first, and whether a transaction code is."""

    signers: tuple[ExpectedSigner, ...]
    code: bool
    organisation_id: UUID | None = None
    """The organisation whose matter it is: its certificates are remembered."""


def confirming(folder: ProcedureFolder, answers: Mapping[str, Any], *, actor: Citizen, on: date) -> Confirming:
    """What may confirm these answers on a day."""
    person = ExpectedSigner("CCCD", the_person(actor.person_id).personal_id_number)
    organisation = organisation_of(actor.owner_id) if actor.behalf else None
    if organisation is not None:
        rule = rules.confirmation(on=on)
        own = ExpectedSigner("MST", signing_tax_code(organisation))
        signers = (own, person) if rule.personal_certificate else (own,)
        return Confirming(signers, code=rule.transaction_code, organisation_id=organisation.pk)
    if opens_an_organisation(folder.procedure) and answers.items() >= BY_SIGNATURE.items():
        return Confirming((ExpectedSigner("MST", str(answers.get("employer_tax_code") or "")),), code=False)
    return Confirming((person,), code=True)


def refuse_unsigned(folder: ProcedureFolder, answers: Mapping[str, Any], *, actor: Citizen, on: date) -> None:
    """Raise Invalid where a code confirms nothing. One's own claim needs no query."""
    if actor.behalf is None and not opens_an_organisation(folder.procedure):
        return
    if not confirming(folder, answers, actor=actor, on=on).code:
        raise Invalid(
            "organisation-signs",
            "Hồ sơ của tổ chức được xác nhận bằng chữ ký số của tổ chức, không bằng mã. Xin chọn một cách ký số.",
        )
