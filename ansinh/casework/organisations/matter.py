"""Which dossiers these are, what they declare and whose certificate signed them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ansinh.catalogue.queries import frozen
from ansinh.dossiers.applicants import LINKS_A_PROVIDER, OPENS_AN_ORGANISATION
from ansinh.dossiers.confirming import BY_SIGNATURE
from ansinh.dossiers.models import Dossier
from ansinh.dossiers.requirements import asked_papers
from ansinh.people.organisations.certificates import Used
from ansinh.people.organisations.register import NewOrganisation
from ansinh.signing.models import EvidenceRecord


@dataclass(frozen=True)
class SignedBy:
    """The certificate that signed a dossier. `tax_code` is empty for a person's."""

    name: str
    tax_code: str
    certificate: Used


def effect_of(dossier: Dossier) -> str:
    """What its approval does to organisations, or empty: then it is no such dossier."""
    procedure = frozen(dossier.version_id).procedure
    return next((one for one in (OPENS_AN_ORGANISATION, LINKS_A_PROVIDER) if procedure.does(one)), "")


def declared(dossier: Dossier) -> NewOrganisation:
    """The organisation that a registration declares."""
    answers = dossier.answers
    return NewOrganisation(
        kind=answers["organisation_type"],
        name=answers["organisation"],
        tax_code=answers["employer_tax_code"],
        managing_office=dossier.chosen_office,
        unit_code=answers.get("employer_code") or "",
        facility_code=answers.get("facility_code") or "",
        address=answers["organisation_address"],
        phone=answers.get("employer_phone") or "",
        email=answers["email"],
        representative=answers["representative_name"],
        contact_name=answers["contact_name"],
        contact_phone=answers["phone"],
    )


def needs_comparison(dossier: Dossier) -> bool:
    """Whether papers stand for the organisation, and so must be compared at the office."""
    return effect_of(dossier) == OPENS_AN_ORGANISATION and not dossier.answers.items() >= BY_SIGNATURE.items()


def lacks_papers(dossier: Dossier) -> bool:
    """Whether a paper that its answers call for is not there."""
    given = list(dossier.papers.values_list("requirement", "row"))
    return any(one.missing for one in asked_papers(frozen(dossier.version_id), dossier.answers, given=given))


def signed_by(dossier: Dossier) -> SignedBy | None:
    """The certificate that signed the dossier; None when a code confirmed it."""
    if dossier.evidence_id is None:
        return None
    evidence = EvidenceRecord.objects.filter(pk=dossier.evidence_id).first()
    if evidence is None or evidence.report is None or not evidence.report["certificate"]:
        return None
    facts = evidence.report["certificate"]
    kind, _, number = evidence.report["uid"].partition(":")
    return SignedBy(
        name=evidence.report["signer"],
        tax_code=number if kind == "MST" else "",
        certificate=Used(
            facts["sha256"], facts["serial"], facts["issuer"],
            datetime.fromisoformat(facts["valid_from"]), datetime.fromisoformat(facts["valid_to"]),
        ),
    )  # fmt: skip
