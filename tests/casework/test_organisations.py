"""Organisations are registered by certificate without a visit, or by papers that a delegate approves; so is I-VAN."""

from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest

from ansinh.casework.accept import accept
from ansinh.casework.organisations.approve import approve, approve_by_rule, blockers, keep_comparison
from ansinh.casework.propose import propose_grant
from ansinh.dossiers import drafts
from ansinh.dossiers.access import Holder
from ansinh.dossiers.confirm import request_code
from ansinh.dossiers.models import Dossier, State
from ansinh.offices.queries import work_calendar
from ansinh.people.acting.behalves import behalves_of
from ansinh.people.actors import Citizen, OfficerActor
from ansinh.people.models import Organisation, OrganisationCertificate, TransmissionMandate
from ansinh.people.organisations.transmission import may_transmit
from ansinh.platform.errors import Conflict, DomainError, Invalid, NotFound
from ansinh.statistics.desks import PACE_DAYS, loads
from ansinh.statistics.fold import differences
from tests.dossiers.test_organisation_signs import certificate, hand_in, places
from tests.signing.pki import Pki
from tests.world import LOCAL_OFFICE, World, a_moment, a_world, an_officer, delegate
from tests.world_organisations import (
    BRANCH,
    COMPANY,
    OTHER,
    TODAY,
    a_firm,
    a_provider,
    acting_for,
    an_organisation,
    freeze,
    registration_answers,
    registration_of,
)

pytestmark = pytest.mark.django_db
AT = a_moment(TODAY, hour=15)
__all__ = ["places"]


@pytest.fixture
def world(places: None) -> World:
    """Offices, officers, a person, and the two procedures of organisations."""
    made = a_world()
    freeze("dang-ky-gdt-to-chuc", "dang-ky-su-dung-ivan")
    return made


@pytest.fixture
def pki(places: None) -> Pki:
    """A licensed authority, on the trust list."""
    made = Pki()
    made.put_on_the_list()
    return made


def registered(actor: Citizen, pki: Pki, tax_code: str = COMPANY, **answers: Any) -> Dossier:
    """The person filed a registration that the organisation's certificate signed."""
    draft = drafts.begin("dang-ky-gdt-to-chuc", holder=Holder.of(actor), at=AT)
    given = registration_answers(employer_tax_code=tax_code, registration_basis="digital_signature", **answers)
    drafts.save(draft.pk, holder=Holder.of(actor), answers=given, at=AT)
    filed = hand_in(draft, actor, certificate(pki, tax_code))
    return Dossier.objects.get(pk=filed.dossier_id)


def codes(dossier: Dossier, *, actor: OfficerActor) -> list[str]:
    return [code for code, _ in blockers(dossier, actor=actor, on=TODAY)]


def approver(world: World, **delegation: Any) -> OfficerActor:
    """A counter officer who may also approve."""
    delegate(world["counter"], by=world["leader"], **delegation)
    return world["counter"]


@pytest.mark.requirement("R-080")
@pytest.mark.requirement("R-054")
def test_a_certificate_registers_an_organisation_without_a_visit(world: World, pki: Pki) -> None:
    dossier = registered(world.citizen, pki)
    assert approve_by_rule(dossier.pk, at=AT)
    assert not approve_by_rule(dossier.pk, at=AT)
    made = Organisation.objects.get()
    assert (made.tax_code, made.registered_by_dossier, made.contact_name) == (COMPANY, dossier.pk, "Vũ Thị Ngọc Ánh")
    (behalf,) = behalves_of(world.citizen.account_id, on=TODAY)
    assert (behalf.owner_id, len(behalf.rights)) == (made.pk, 4)
    assert OrganisationCertificate.objects.get().organisation == made
    dossier.refresh_from_db()
    assert dossier.state == State.GRANTED and dossier.closed_at == AT
    assert dossier.events.get(kind="organisation_approved").actor == "system"


def test_only_the_declared_organisations_certificate_signs_its_registration(world: World, pki: Pki) -> None:
    draft = drafts.begin("dang-ky-gdt-to-chuc", holder=Holder.of(world.citizen), at=AT)
    given = registration_answers(registration_basis="digital_signature")
    drafts.save(draft.pk, holder=Holder.of(world.citizen), answers=given, at=AT)
    for other in (certificate(pki, OTHER), pki.holder(uid="CCCD:090190000018", name="Trần Thị Mai Lan")):
        with pytest.raises(Invalid, match="Chưa nhận được chữ ký"):
            hand_in(draft, world.citizen, other)
    with pytest.raises(Invalid, match="không bằng mã"):
        request_code(draft.pk, actor=world.citizen, channel="sms", session_key="one", network="203.0.113.7", at=AT)


def test_a_branch_finds_its_parent_by_the_tax_code(world: World, pki: Pki) -> None:
    parent = an_organisation()
    approve_by_rule(registered(world.citizen, pki, BRANCH, employer_code="YN0001B").pk, at=AT)
    assert Organisation.objects.get(tax_code=BRANCH).parent == parent


@pytest.mark.parametrize(
    "answers",
    [{"has_unit_code": "no"}, {"business_registration_found": "no"}, {"signer_is_representative": "no"}],
)
def test_what_has_a_paper_to_look_at_waits_for_an_officer(world: World, pki: Pki, answers: dict[str, str]) -> None:
    dossier = registration_of(world.citizen, registration_basis="digital_signature", **answers)
    assert not approve_by_rule(dossier.pk, at=AT)
    assert "papers-missing" in codes(dossier, actor=approver(world))


@pytest.mark.requirement("R-080")
@pytest.mark.requirement("R-061")
def test_papers_are_compared_and_a_delegate_approves(world: World) -> None:
    dossier = registration_of(world.citizen)
    assert not approve_by_rule(dossier.pk, at=AT)
    counter = approver(world)
    assert codes(dossier, actor=counter) == ["papers-not-compared"]
    keep_comparison(dossier.pk, actor=counter, papers_match=True, signed=False, at=AT)
    assert codes(dossier, actor=counter) == ["papers-not-compared"]
    keep_comparison(dossier.pk, actor=counter, papers_match=True, signed=True, at=AT)
    approve(dossier.pk, actor=counter, at=AT)
    assert Organisation.objects.get().tax_code == COMPANY
    dossier.refresh_from_db()
    assert dossier.state == State.GRANTED
    assert dossier.events.get(kind="organisation_approved").facts == {"delegation": "12/QĐ-BHXH"}
    assert dossier.registration_check.approved_by_id == counter.officer_id
    with pytest.raises(Conflict):
        approve(dossier.pk, actor=counter, at=AT)
    assert Organisation.objects.count() == 1


@pytest.mark.requirement("R-078")
def test_without_a_delegation_or_with_four_eyes_nobody_approves_alone(world: World) -> None:
    dossier = registration_of(world.citizen)
    keep_comparison(dossier.pk, actor=world["counter"], papers_match=True, signed=True, at=AT)
    assert codes(dossier, actor=world["counter"]) == ["no-delegation"]
    counter = approver(world, four_eyes=True)
    assert codes(dossier, actor=counter) == ["four-eyes"]
    other = an_officer("second", "Lâm Thị Hạ", "Cán bộ", (("90001", "approving_officer"),))
    delegate(other, by=world["leader"], four_eyes=True)
    approve(dossier.pk, actor=other, at=AT)
    assert Organisation.objects.exists()


def test_another_office_does_not_see_it(world: World) -> None:
    dossier = registration_of(world.citizen)
    with pytest.raises(NotFound):
        keep_comparison(dossier.pk, actor=world["other_counter"], papers_match=True, signed=True, at=AT)


@pytest.mark.requirement("R-080")
def test_a_tax_code_is_registered_once_and_the_filer_learns_of_nobody(world: World, pki: Pki) -> None:
    firm = a_firm()
    dossier = registered(world.citizen, pki)
    assert not approve_by_rule(dossier.pk, at=AT)
    assert "tax-code-taken" in codes(dossier, actor=approver(world))
    with pytest.raises(Conflict, match="Mã số thuế này đã có"):
        approve(dossier.pk, actor=world["counter"], at=AT)
    told = " ".join(str(event.facts) + event.actor_name for event in dossier.events.filter(public=True))
    assert not any(name in told for name in (firm.chief.name, firm.clerk.name, firm.reader.name))
    assert behalves_of(world.citizen.account_id, on=TODAY) == []


def test_it_is_never_proposed_like_a_benefit(world: World) -> None:
    approving = an_officer("approver", "Phan Gia Khiêm", "Cán bộ", (("90001", "approving_officer"),))
    dossier = registration_of(world.citizen)
    accept(dossier.pk, actor=world["counter"], at=AT)
    with pytest.raises(Conflict) as refused:
        propose_grant(dossier.pk, actor=approving, amount=None, override_reason="", note="", at=AT)
    assert refused.value.code == "approved-by-delegation"


def test_an_accepted_one_can_still_be_approved(world: World) -> None:
    dossier = registration_of(world.citizen)
    accept(dossier.pk, actor=world["counter"], at=AT)
    keep_comparison(dossier.pk, actor=world["counter"], papers_match=True, signed=True, at=AT)
    approve(dossier.pk, actor=approver(world), at=AT + timedelta(hours=1))
    assert Organisation.objects.exists()


def test_an_approval_is_work_done_at_the_desk_where_the_matter_waited(world: World) -> None:
    at_once = registration_of(world.citizen)
    accepted = registration_of(world.citizen, employer_tax_code=OTHER, employer_code="YN0002B")
    counter = approver(world)
    accept(accepted.pk, actor=counter, at=AT)
    for one in (at_once, accepted):
        keep_comparison(one.pk, actor=counter, papers_match=True, signed=True, at=AT)
        approve(one.pk, actor=counter, at=AT)
    found = {desk.role: one for desk, one in loads([LOCAL_OFFICE], today=TODAY, calendar=work_calendar()).items()}
    days = PACE_DAYS + work_calendar().is_working_day(TODAY)
    assert {role: one.count for role, one in found.items()} == dict.fromkeys(("intake_officer", "approving_officer"), 0)
    assert found["intake_officer"].done_a_day == found["intake_officer"].came_a_day == Fraction(2, days)
    assert found["approving_officer"].done_a_day == found["approving_officer"].came_a_day == Fraction(1, days)
    assert list(differences()) == []


def ivan(actor: Citizen, pki: Pki, **answers: Any) -> Dossier:
    """A declaration about I-VAN that the company's certificate signed."""
    draft = drafts.begin("dang-ky-su-dung-ivan", holder=Holder.of(actor), at=AT)
    given = {"effective_date": TODAY.isoformat(), "truth_commitment": True, **answers}
    drafts.save(draft.pk, holder=Holder.of(actor), answers=given, at=AT)
    return Dossier.objects.get(pk=hand_in(draft, actor, certificate(pki)).dossier_id)


def test_a_signed_declaration_gives_changes_and_ends_the_mandate(world: World, pki: Pki) -> None:
    firm, provider = a_firm(), a_provider()
    chief = acting_for(firm.chief, firm.company)

    def allowed() -> bool:
        return may_transmit(provider.pk, firm.company.pk, procedure="bhxh-tu-nguyen", on=TODAY)

    given = ivan(chief, pki, request_type="register", ivan_provider=str(provider.pk))
    assert approve_by_rule(given.pk, at=AT) and allowed()
    assert TransmissionMandate.objects.get().given_by_dossier == given.pk
    changed = ivan(
        chief, pki, request_type="change", ivan_provider=str(provider.pk), ivan_contract_no="9/2026",
        last_date=(TODAY + timedelta(days=30)).isoformat(),
    )  # fmt: skip
    assert approve_by_rule(changed.pk, at=AT) and allowed()
    standing = TransmissionMandate.objects.get(state="active")
    assert (standing.contract_number, standing.valid_to) == ("9/2026", TODAY + timedelta(days=30))
    assert approve_by_rule(ivan(chief, pki, request_type="stop").pk, at=AT)
    assert not allowed()


@pytest.mark.parametrize(("wanted", "why"), [("stop", "no-provider-in-use"), ("register", "provider-in-use")])
def test_what_the_register_contradicts_waits_for_an_officer(world: World, pki: Pki, wanted: str, why: str) -> None:
    firm, provider = a_firm(), a_provider()
    chief = acting_for(firm.chief, firm.company)
    if wanted == "register":
        approve_by_rule(ivan(chief, pki, request_type="register", ivan_provider=str(provider.pk)).pk, at=AT)
    dossier = ivan(chief, pki, request_type=wanted, ivan_provider=str(provider.pk))
    assert not approve_by_rule(dossier.pk, at=AT)
    assert codes(dossier, actor=approver(world)) == [why]
    with pytest.raises(DomainError):
        approve(dossier.pk, actor=world["counter"], at=AT)
