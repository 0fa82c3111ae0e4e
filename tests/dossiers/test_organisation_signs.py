"""A dossier of an organisation: one prepares it, another signs with the organisation's certificate, nobody else can."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings as configured
from pytest_django import Settings

from ansinh.dossiers import drafts
from ansinh.dossiers.access import Holder, dossiers_of, drafts_of
from ansinh.dossiers.confirm import request_code
from ansinh.dossiers.models import Dossier, Draft, DraftPaper
from ansinh.dossiers.sign import offer_document, submit_signed
from ansinh.dossiers.submit import Submitted
from ansinh.people.actors import Citizen
from ansinh.people.models import Organisation, OrganisationCertificate
from ansinh.people.organisations.certificates import withdraw_certificate
from ansinh.people.queries import the_person
from ansinh.platform.errors import Conflict, Invalid, NotAllowed
from ansinh.signing import seal
from ansinh.signing.models import Format, SigningOffer, Way
from ansinh.signing.offers.accept import SignatureRefused
from ansinh.signing.offers.make import offered_bytes
from tests.dossiers.test_sign import findings
from tests.signing.applicants import signed_pdf, signed_xml
from tests.signing.pki import Holder as Signer
from tests.signing.pki import Pki
from tests.world import ID_NUMBER, World, a_moment, a_paper, a_world
from tests.world_organisations import (
    BRANCH,
    COMPANY,
    OTHER,
    TODAY,
    Firm,
    a_firm,
    a_provider,
    acting_for,
    an_organisation,
    freeze,
    hired,
)

pytestmark = pytest.mark.django_db
AT = a_moment(TODAY, hour=14)
IVAN = "dang-ky-su-dung-ivan"


@pytest.fixture(autouse=True)
def places(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """Files and keys of one test."""
    settings.FILES_DIR, settings.SIGNING_DIR = tmp_path / "files", tmp_path / "signing"
    seal._key.cache_clear()
    yield
    seal._key.cache_clear()


@pytest.fixture
def world(places: None) -> World:
    """Offices, officers, a person, and the procedure of I-VAN."""
    made = a_world()
    freeze(IVAN)
    return made


@pytest.fixture
def firm(world: World) -> Firm:
    """A company with three of its staff."""
    return a_firm()


@pytest.fixture
def pki(places: None) -> Pki:
    """A licensed authority, on the trust list."""
    made = Pki()
    made.put_on_the_list()
    return made


def certificate(pki: Pki, tax_code: str = COMPANY, **more: Any) -> Signer:
    """A certificate as authorities write it: the branch's digits without the dash."""
    return pki.holder(uid=f"MST:{tax_code.replace('-', '')}", name="Công ty May Đồng Xanh 10", **more)


def a_declaration(actor: Citizen) -> Draft:
    """To register an I-VAN provider, complete."""
    provider = Organisation.objects.filter(kind="ivan_provider").first() or a_provider()
    draft = drafts.begin(IVAN, holder=Holder.of(actor), at=AT)
    answers = {
        "request_type": "register", "ivan_provider": str(provider.pk), "effective_date": TODAY.isoformat(),
        "truth_commitment": True,
    }  # fmt: skip
    return drafts.save(draft.pk, holder=Holder.of(actor), answers=answers, at=AT)


def hand_in(draft: Draft, actor: Citizen, signer: Signer, *, document_format: Format = Format.PDF) -> Submitted:
    """Download, sign, send back."""
    offer = offer_document(draft.pk, actor=actor, document_format=document_format, at=AT)
    return submit_signed(
        draft_id=draft.pk, actor=actor, offer_id=offer.pk, signed=signed(offer, signer), way=Way.UPLOAD,
        device="Firefox trên Linux", idempotency_key=str(draft.pk), channel="portal", at=AT + timedelta(minutes=5),
    )  # fmt: skip


def signed(offer: SigningOffer, signer: Signer) -> bytes:
    content = offered_bytes(offer)
    return (signed_pdf if offer.format == Format.PDF else signed_xml)(content, signer, at=AT)


def refused(draft: Draft, actor: Citizen, signer: Signer) -> list[str]:
    """What the check found; nothing was filed."""
    with pytest.raises(SignatureRefused) as refusal:
        hand_in(draft, actor, signer)
    assert not Dossier.objects.exists()
    return findings(refusal.value)


@pytest.mark.requirement("R-080")
@pytest.mark.requirement("R-054")
@pytest.mark.parametrize("document_format", [Format.PDF, Format.XML])
def test_one_prepares_another_signs_and_both_stand_in_the_history(
    firm: Firm, pki: Pki, document_format: Format
) -> None:
    clerk, chief = acting_for(firm.clerk, firm.company), acting_for(firm.chief, firm.company)
    draft = a_declaration(clerk)
    assert list(drafts_of(Holder.of(chief))) == [draft]
    filed = hand_in(draft, chief, certificate(pki), document_format=document_format)
    dossier = Dossier.objects.get(pk=filed.dossier_id)
    assert (dossier.owner_id, dossier.account_id) == (firm.company.pk, firm.chief.account_id)
    assert dossier.applicant_name == firm.company.name
    facts = dossier.events.get(kind="filed_on_behalf").facts
    assert (facts["prepared_by"], facts["signed_by"]) == ("Vũ Thị Ngọc Ánh", "Phạm Thị Hạnh")
    known = OrganisationCertificate.objects.get()
    assert known.organisation == firm.company and known.withdrawn_at is None


def test_the_declaration_is_filled_from_the_organisation_and_not_from_who_types(firm: Firm) -> None:
    answers = a_declaration(acting_for(firm.clerk, firm.company)).answers
    assert answers["employer_tax_code"] == COMPANY and answers["organisation"] == firm.company.name
    assert (answers["contact_name"], answers["phone"]) == ("Vũ Thị Ngọc Ánh", "84905000111")
    assert the_person(firm.clerk.person_id).personal_id_number not in str(answers)


def test_another_companys_certificate_is_refused(firm: Firm, pki: Pki) -> None:
    chief = acting_for(firm.chief, firm.company)
    assert refused(a_declaration(chief), chief, certificate(pki, OTHER)) == ["other-subject"]


def test_an_ended_certificate_is_refused(firm: Firm, pki: Pki) -> None:
    chief = acting_for(firm.chief, firm.company)
    old = certificate(pki, first=AT - timedelta(days=400), last=AT - timedelta(days=1))
    assert refused(a_declaration(chief), chief, old) == ["expired"]


def test_branch_and_parent_do_not_sign_for_each_other(firm: Firm, pki: Pki) -> None:
    branch = an_organisation(BRANCH, "Chi nhánh Cam Ranh", parent=firm.company)
    hired(branch, firm.chief, "file", "sign")
    in_branch, in_company = acting_for(firm.chief, branch), acting_for(firm.chief, firm.company)
    assert refused(a_declaration(in_branch), in_branch, certificate(pki, COMPANY)) == ["other-subject"]
    assert refused(a_declaration(in_company), in_company, certificate(pki, BRANCH)) == ["other-subject"]
    assert hand_in(a_declaration(in_branch), in_branch, certificate(pki, BRANCH)).number


def test_a_branch_without_a_tax_code_signs_with_the_parents(firm: Firm, pki: Pki) -> None:
    shop = an_organisation("", "Cửa hàng số 2", parent=firm.company)
    hired(shop, firm.chief, "file", "sign")
    actor = acting_for(firm.chief, shop)
    assert hand_in(a_declaration(actor), actor, certificate(pki)).number


def test_a_certificate_the_organisation_withdrew_is_refused(firm: Firm, pki: Pki) -> None:
    chief, mine = acting_for(firm.chief, firm.company), certificate(pki)
    hand_in(a_declaration(chief), chief, mine)
    withdraw_certificate(OrganisationCertificate.objects.get().pk, actor=firm.chief, at=AT)
    with pytest.raises(Invalid) as refusal:
        hand_in(a_declaration(chief), chief, mine)
    assert refusal.value.code == "certificate-withdrawn"
    assert Dossier.objects.count() == 1
    assert hand_in(a_declaration(chief), chief, certificate(pki, serial=4711)).number


def test_a_code_confirms_nothing_for_an_organisation(firm: Firm) -> None:
    chief = acting_for(firm.chief, firm.company)
    with pytest.raises(Invalid) as refusal:
        request_code(
            a_declaration(chief).pk, actor=chief, channel="sms", session_key="one", network="203.0.113.7", at=AT
        )
    assert refusal.value.code == "organisation-signs"


def test_a_persons_certificate_signs_only_where_the_rule_says_so(
    firm: Firm, pki: Pki, settings: Settings, tmp_path: Path
) -> None:
    chief = acting_for(firm.chief, firm.company)
    own = pki.holder(uid=f"CCCD:{the_person(firm.chief.person_id).personal_id_number}", name=firm.chief.name)
    assert refused(a_declaration(chief), chief, own) == ["other-subject"]
    rules = yaml.safe_load(configured.ORGANISATION_RULES.read_text(encoding="utf-8"))
    rules["confirmation"].append({"from": "2026-11-01", "transaction_code": False, "personal_certificate": True})
    settings.ORGANISATION_RULES = tmp_path / "rules.yaml"
    settings.ORGANISATION_RULES.write_text(yaml.safe_dump(rules), encoding="utf-8")
    stranger = pki.holder(uid=f"CCCD:{ID_NUMBER}", name="Trần Thị Mai Lan")
    assert refused(a_declaration(chief), chief, stranger) == ["other-subject"]
    assert hand_in(a_declaration(chief), chief, own).number
    assert not OrganisationCertificate.objects.exists()


def test_who_may_not_sign_does_not_and_who_may_not_file_does_not_begin(firm: Firm, pki: Pki) -> None:
    clerk, reader = acting_for(firm.clerk, firm.company), acting_for(firm.reader, firm.company)
    with pytest.raises(NotAllowed, match="chưa được giao"):
        hand_in(a_declaration(clerk), clerk, certificate(pki))
    with pytest.raises(NotAllowed):
        a_declaration(reader)


def test_staff_read_the_organisations_dossiers_and_not_each_others_own(firm: Firm, world: World, pki: Pki) -> None:
    chief = acting_for(firm.chief, firm.company)
    hand_in(a_declaration(chief), chief, certificate(pki))
    assert dossiers_of(acting_for(firm.reader, firm.company)).count() == 1
    assert (
        dossiers_of(firm.reader).count() == dossiers_of(firm.chief).count() == dossiers_of(world.citizen).count() == 0
    )


def test_a_colleague_adds_a_paper_of_ones_own_store(firm: Firm) -> None:
    freeze("dang-ky-gdt-to-chuc")
    clerk, chief = acting_for(firm.clerk, firm.company), acting_for(firm.chief, firm.company)
    draft = a_declaration(clerk)
    paper = a_paper(firm.chief, kind="register")
    drafts.attach(draft.pk, holder=Holder.of(chief), requirement="register", paper_id=paper.pk, at=AT)
    assert DraftPaper.objects.get().paper == paper
    foreign = a_paper(firm.reader, kind="register", seed=1)
    with pytest.raises(Exception, match="Không tìm thấy giấy tờ"):
        drafts.attach(draft.pk, holder=Holder.of(chief), requirement="register", paper_id=foreign.pk, at=AT)


def test_persons_and_organisations_file_what_is_theirs(firm: Firm, world: World) -> None:
    chief = acting_for(firm.chief, firm.company)
    for slug, actor in ((IVAN, world.citizen), ("tro-cap-mau", chief)):
        with pytest.raises(Conflict) as refusal:
            drafts.begin(slug, holder=Holder.of(actor), at=AT)
        assert refusal.value.code in {"for-organisations", "for-persons"}
    facility = an_organisation("9999000076", "Phòng khám Sao Mai", kind="health_facility")
    hired(facility, firm.chief, "file")
    with pytest.raises(Conflict, match="loại tổ chức"):
        drafts.begin(IVAN, holder=Holder.of(acting_for(firm.chief, facility)), at=AT)


def test_a_behalf_that_was_copied_is_worth_what_the_rows_say_now(firm: Firm) -> None:
    """The draft of an organisation is found only by who acts for it in this very request."""
    chief = acting_for(firm.chief, firm.company)
    draft = a_declaration(chief)
    assert not drafts_of(Holder.of(replace(chief, behalf=None))).filter(pk=draft.pk).exists()
