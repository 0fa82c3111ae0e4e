"""An invented clinic with a contract of this year, its staff and certificate, and the officers who serve facilities."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from ansinh.casework.accept import accept, confirm_check
from ansinh.casework.joint.applicant import content_of, hand_in, offer_to_sign, paper_to_sign
from ansinh.casework.joint.offer import offer_paper
from ansinh.casework.propose import control, propose_grant
from ansinh.casework.transitions import stage_of_kind
from ansinh.dossiers import drafts
from ansinh.dossiers.access import Holder
from ansinh.dossiers.models import Dossier, Draft
from ansinh.dossiers.sign import offer_document, submit_signed
from ansinh.people.actors import Citizen, OfficerActor
from ansinh.people.models import Organisation, Role
from ansinh.registry.contracts.enter import NewContract, put_in_force
from ansinh.registry.models import TreatmentContract
from ansinh.signing.models import Format, Way
from ansinh.signing.offers.make import offered_bytes
from tests.signing.applicants import signed_pdf
from tests.signing.pki import Holder as Signer
from tests.signing.pki import Pki
from tests.world import LOCAL_OFFICE, World, a_moment, a_paper, an_officer
from tests.world_organisations import FACILITY, TODAY, a_person, acting_for, an_organisation, freeze, hired

AT = a_moment(TODAY, hour=9)
CODE = "90C01"
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
DECLARED = {
    "ownership": "private", "licence_no": "12/GPHĐ", "licence_date": "2024-03-18", "licence_authority": "Sở Y tế",
    "bed_count": 0, "representative_position": "Giám đốc",
    "bank_account": {"bank": "970405", "number": "3900205990044", "holder": "PHONG KHAM SAO MAI"},
}  # fmt: skip


@dataclass(frozen=True)
class Clinic:
    """A clinic, who signs for it and who only prepares, its certificate, and who assesses at the office."""

    facility: Organisation
    chief: Citizen
    clerk: Citizen
    certificate: Signer
    assessor: OfficerActor
    world: World


def a_clinic(world: World, *slugs: str, contract: bool = True) -> Clinic:
    """The clinic with its staff; the procedures are frozen and a certificate of a licensed authority is there."""
    facility = an_organisation(
        FACILITY, "Phòng khám Sao Mai", kind="health_facility", facility_code=CODE, representative="Ngô Thị Lệ Thu",
        address={"province": "90", "commune": "90101", "detail": "8 đường Bến Đò"},
    )  # fmt: skip
    chief, clerk = a_person("Ngô Thị Lệ Thu", "090175000113"), a_person("Đinh Văn Lâm", "090185000114")
    hired(facility, chief, "read", "file", "sign", "administer")
    hired(facility, clerk, "read", "file")
    assessor = an_officer("assessor", "Tống Thị Kim Liên", "Giám định viên BHYT", ((LOCAL_OFFICE, Role.HEALTH),))
    if contract:
        a_contract(facility, world)
    freeze(*slugs)
    pki = Pki()
    pki.put_on_the_list()
    return Clinic(
        facility=facility,
        chief=acting_for(chief, facility),
        clerk=acting_for(clerk, facility),
        certificate=pki.holder(uid=f"MST:{FACILITY}", name="Phòng khám Sao Mai"),
        assessor=assessor,
        world=world,
    )


def a_contract(facility: Organisation, world: World, days: tuple[date, date] = YEAR, **more: Any) -> TreatmentContract:
    """A contract of these days."""
    values = {
        "number": f"{days[0].year}/HĐKCB-BHYT", "office_code": LOCAL_OFFICE, "valid_from": days[0],
        "valid_to": days[1], "technical_level": "basic", "scope": ("outpatient",), "declared": DECLARED, **more,
    }  # fmt: skip
    with transaction.atomic():
        return put_in_force(facility.pk, NewContract(**values), actor=world["leader"], at=AT)


def filed(
    clinic: Clinic, slug: str, *, papers: tuple[str, ...] = (), at: datetime = AT, **answers: Any
) -> Dossier:  # fmt: skip
    """The clerk prepares, the chief signs with the clinic's certificate and files."""
    draft = prepared(clinic, slug, papers=papers, at=at, **answers)
    offer = offer_document(draft.pk, actor=clinic.chief, document_format=Format.PDF, at=at)
    made = submit_signed(
        draft_id=draft.pk, actor=clinic.chief, offer_id=offer.pk,
        signed=signed_pdf(offered_bytes(offer), clinic.certificate, at=at), way=Way.UPLOAD, device="Firefox",
        idempotency_key=str(draft.pk), channel="portal", at=at + timedelta(minutes=5),
    )  # fmt: skip
    return Dossier.objects.get(pk=made.dossier_id)


def prepared(clinic: Clinic, slug: str, *, papers: tuple[str, ...] = (), at: datetime = AT, **answers: Any) -> Draft:
    """A draft of the clerk with these answers over what the registers fill in, and photographs for these papers."""
    draft = drafts.begin(slug, holder=Holder.of(clinic.clerk), at=at)
    drafts.save(draft.pk, holder=Holder.of(clinic.clerk), answers=answers, at=at)
    for number, requirement in enumerate(papers):
        paper = a_paper(clinic.clerk, kind=requirement, at=at, seed=number)
        drafts.attach(draft.pk, holder=Holder.of(clinic.clerk), requirement=requirement, paper_id=paper.pk, at=at)
    return Draft.objects.get(pk=draft.pk)


def proposed(clinic: Clinic, dossier: Dossier, *, at: datetime = AT, **money: Any) -> Dossier:
    """Accepted, looked at and proposed by the assessor."""
    accept(dossier.pk, actor=clinic.world["counter"], at=at)
    if stage_of_kind(dossier, "check") is not None:
        confirm_check(dossier.pk, actor=clinic.assessor, note="Đủ điều kiện", at=at)
    values = {"amount": None, "override_reason": "", "note": "", **money}
    propose_grant(dossier.pk, actor=clinic.assessor, at=at, **values)
    return Dossier.objects.get(pk=dossier.pk)


def controlled(clinic: Clinic, dossier: Dossier, *, at: datetime = AT, **money: Any) -> Dossier:
    """Agreed by the head; where both sides sign, the paper is there to be signed."""
    proposed(clinic, dossier, at=at, **money)
    control(dossier.pk, actor=clinic.world["head"], note="", at=at)
    offer_paper(dossier.pk, at=at)
    return Dossier.objects.get(pk=dossier.pk)


def signed_by_clinic(clinic: Clinic, dossier: Dossier, *, at: datetime = AT) -> Dossier:
    """The chief signs the paper with the clinic's certificate and sends it back."""
    offer = offer_to_sign(dossier.pk, actor=clinic.chief, at=at)
    paper = content_of(paper_to_sign(dossier.pk, actor=clinic.chief))
    return hand_in(
        dossier.pk, actor=clinic.chief, offer_id=offer.pk, signed=signed_pdf(paper, clinic.certificate, at=at),
        way=Way.UPLOAD, device="Firefox", at=at + timedelta(minutes=5),
    )  # fmt: skip
