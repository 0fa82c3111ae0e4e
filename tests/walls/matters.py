"""A row of a person in every table around the account: doors, acting for others, organisations, looks and requests."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from ansinh.casework.models import (
    Apology,
    Complaint,
    ComplaintExtension,
    DestructionList,
    DueChange,
    Opinion,
    RoundProposal,
    ToDestroy,
)
from ansinh.directives.models import ProblemReport
from ansinh.dossiers.models import AssistedDraft, ClaimFile, Dossier, Draft
from ansinh.law.names import search_key
from ansinh.payments.models import BankNotice, Batch, CashCount, CashPayment, Payroll, PayrollLine
from ansinh.payments.orders import Purpose, Whose, order_out
from ansinh.people.actors import Citizen, System
from ansinh.people.models import (
    AuthenticatorApp,
    ConsentEvent,
    DataExport,
    DataRequest,
    DoorGuard,
    Enrolment,
    FormerContact,
    LinkedIdentity,
    Opening,
    OpeningReview,
    Person,
    Reading,
    Recovery,
    RecoveryCode,
    RecoveryPaper,
    SignedInSession,
)
from ansinh.people.models_acting import ActingEvent, Guardianship, Mandate
from ansinh.people.models_organisations import OrganisationEvent, StaffInvitation
from ansinh.platform.identifiers import uuid7
from ansinh.registry.bank_accounts.account import BankAccount
from ansinh.registry.models import BankAccountChange, CardCheck, Entitlement, InsuredPerson
from tests.world import FILED_AT, LOCAL_OFFICE, LONG_AGO, World, a_passkey
from tests.world_organisations import an_organisation, hired

TODAY, SOON = date(2026, 11, 6), FILED_AT + timedelta(days=1)


def matters_of(world: World, citizen: Citizen, dossier: Dossier) -> None:
    """One row at least in every table of `ansinh.people` that holds persons, and in those that grew beside it."""
    person = Person.objects.get(pk=citizen.person_id)
    _doors(citizen)
    _enrolled(world)
    _recovered(world, citizen)
    _acted_for(person)
    _employed(person, citizen)
    _looked_at(world, citizen, dossier)
    _asked(citizen)
    _at_the_office(world, citizen, dossier)
    _money(world, citizen, dossier)


def _doors(citizen: Citizen) -> None:
    own: dict[str, Any] = {"account_id": citizen.account_id}
    SignedInSession.objects.create(
        method="password", device="x", begun_at=FILED_AT, seen_at=FILED_AT, ends_at=SOON, proved_at=FILED_AT, **own
    )
    a_passkey(citizen.account_id)
    AuthenticatorApp.objects.create(sealed_secret=b"x", created_at=FILED_AT, **own)
    RecoveryCode.objects.create(code_hash="0" * 64, created_at=FILED_AT, **own)
    DoorGuard.objects.create(**own)
    FormerContact.objects.create(phone="84905000999", ended_at=FILED_AT, **own)
    LinkedIdentity.objects.create(
        provider="vneid", issuer="https://vneid.example", subject=uuid7().hex, by_number=True, linked_at=FILED_AT, **own
    )


def _enrolled(world: World) -> None:
    Enrolment.objects.create(
        office_code=LOCAL_OFFICE, staff_code=f"x{uuid7().hex[-12:]}", full_name="x", title_vi="x", phone="84900000777",
        document_number="x", four_eyes=True, asked_by_id=world["admin"].officer_id, asked_at=FILED_AT,
    )  # fmt: skip


def _recovered(world: World, citizen: Citizen) -> None:
    counter = world["counter"].officer_id
    recovery = Recovery.objects.create(
        account_id=citizen.account_id, office_code=LOCAL_OFFICE, reason="x", papers_compared=["x"],
        opened_by_id=counter, opened_at=FILED_AT, stop_digest=uuid7().hex,
    )  # fmt: skip
    RecoveryPaper.objects.create(recovery=recovery, paper_id=uuid7(), kind="x", added_by_id=counter, added_at=FILED_AT)


def _acted_for(person: Person) -> None:
    child, agent = _somebody(f"con của {person.full_name}", "2019-05-04"), _somebody("Người làm thay", "1980-01-01")
    ward = Guardianship.objects.create(
        child=child, guardian=person, kind="father", basis="Giấy khai sinh", valid_from=TODAY
    )
    Mandate.objects.create(
        principal=person, agent=agent, rights=["read"], valid_from=TODAY, valid_to=date(2027, 1, 1), made_at=FILED_AT
    )
    ActingEvent.objects.create(owner=child, basis_id=ward.pk, at=FILED_AT, kind="x", actor="system", actor_name="x")


def _somebody(name: str, born: str) -> Person:
    return Person.objects.create(
        full_name=name, search_key=search_key(name), date_of_birth=born, sex="male", updated_at=LONG_AGO,
        birth_certificate=uuid7().hex[-12:],
    )  # fmt: skip


def _employed(person: Person, citizen: Citizen) -> None:
    tax_code = "0102030405" if person.si_number == "9000000018" else "0102030406"
    firm = an_organisation(tax_code, f"Công ty của {person.full_name}")
    hired(firm, citizen, "administer")
    StaffInvitation.objects.create(
        organisation=firm, personal_id_number=person.personal_id_number, roles=["read"], invited_by="x",
        invited_at=FILED_AT, answer_by=TODAY,
    )  # fmt: skip
    ProblemReport.objects.create(
        organisation=firm, unit_name=firm.name, told_by_id=citizen.account_id, to_office_id=LOCAL_OFFICE,
        about="portal", title="x", body="x", reported_at=FILED_AT, due_on=TODAY,
    )  # fmt: skip
    OrganisationEvent.objects.create(organisation=firm, at=FILED_AT, kind="x", actor="system", actor_name="x")
    ClaimFile.objects.create(
        facility=firm, facility_code="90001", sha256="0" * 64, size=1, name="x", first_day=TODAY, last_day=TODAY,
        records=1, total_cost=1, fund_amount=1, patient_amount=0, uploaded_by_id=citizen.account_id,
        uploaded_at=FILED_AT,
    )  # fmt: skip
    CardCheck.objects.create(
        at=FILED_AT, facility=firm, facility_code="90001", facility_name="x", account_id=citizen.account_id,
        asked_by="x", way="typed", answer="000", si_number=person.si_number,
    )  # fmt: skip


def _looked_at(world: World, citizen: Citizen, dossier: Dossier) -> None:
    reader, reviewer = world["counter"], world["specialist"]
    opened = Opening.objects.create(
        officer_id=reader.officer_id, office_code=LOCAL_OFFICE, dossier_id=dossier.pk, dossier_number=dossier.number,
        subject_id=citizen.person_id, break_glass=True, purpose="x", sentence="x", opened_at=FILED_AT, ends_at=SOON,
        review_by=SOON,
    )  # fmt: skip
    OpeningReview.objects.create(
        opening=opened, opened_by_id=reader.officer_id, reviewer_id=reviewer.officer_id, reviewer_title="x",
        justified=True, note="x", at=FILED_AT,
    )  # fmt: skip
    Reading.objects.create(
        at=FILED_AT, span_start=FILED_AT, officer_id=reader.officer_id, reader_name="x", reader_title="x",
        office_code=LOCAL_OFFICE, subject_id=citizen.person_id, dossier_id=dossier.pk, page="dossier", ground="case",
        why_vi="x",
    )  # fmt: skip


def _asked(citizen: Citizen) -> None:
    own: dict[str, Any] = {"subject_id": citizen.person_id, "account_id": citizen.account_id}
    DataRequest.objects.create(
        kind="correct", office_code=LOCAL_OFFICE, words="x", asked_at=FILED_AT, acknowledge_by=TODAY, due_on=TODAY,
        **own,
    )  # fmt: skip
    ConsentEvent.objects.create(
        purpose="research", version="x", text_sha256="0" * 64, channel="portal", given=True, at=FILED_AT,
        language="vi", device="x", **own,
    )  # fmt: skip
    DataExport.objects.create(asked_at=FILED_AT, **own)


def _at_the_office(world: World, citizen: Citizen, dossier: Dossier) -> None:
    counter = world["counter"].officer_id
    draft = Draft.objects.filter(account_id=citizen.account_id).earliest("updated_at")
    AssistedDraft.objects.create(draft=draft, officer_id=counter, office_code=LOCAL_OFFICE, begun_at=FILED_AT)
    DueChange.objects.create(dossier=dossier, kind="calendar", at=FILED_AT, why_vi="x")
    complaint = Complaint.objects.create(
        number=f"KN1-{dossier.number}", dossier=dossier, office_code=LOCAL_OFFICE, account_id=citizen.account_id,
        filed_at=FILED_AT, about="x", wants="x", due_on=TODAY, basis_vi="x",
    )  # fmt: skip
    ComplaintExtension.objects.create(
        complaint=complaint, at=FILED_AT, old_due=TODAY, new_due=TODAY + timedelta(days=15), basis_vi="x", why="x",
        decided_by_id=counter, decided_title="x",
    )  # fmt: skip
    Opinion.objects.create(
        dossier=dossier, office_code=LOCAL_OFFICE, asked_by_id=counter, asked_at=FILED_AT, question="x",
        wanted_by=TODAY, to_officer_id=world["specialist"].officer_id,
    )  # fmt: skip
    Apology.objects.create(
        dossier=dossier, due_on=TODAY, promised_on=TODAY + timedelta(days=7), reason_vi="x", drafted_at=FILED_AT
    )
    RoundProposal.objects.create(dossier=dossier, asks=["x"], why="x", proposed_by_id=counter, proposed_at=FILED_AT)
    listed = DestructionList.objects.create(office_code=LOCAL_OFFICE, proposed_by_id=counter, proposed_at=FILED_AT)
    ToDestroy.objects.create(
        listed=listed, dossier=dossier, number=dossier.number, digest="0" * 64, files=[], ground="x", kept_until=TODAY
    )
    BankAccountChange.objects.create(
        person_id=citizen.person_id, bank="970400", number="9000000000001", holder="x", state="review", way="counter",
        asked_by="x", asked_at=FILED_AT, freeze_hash=uuid7().hex, office_code=LOCAL_OFFICE,
    )  # fmt: skip


def _money(world: World, citizen: Citizen, dossier: Dossier) -> None:
    to = BankAccount("970400", "9000000000001", "x")
    whose = Whose(citizen.person_id, citizen.name, LOCAL_OFFICE, dossier.pk)
    order = order_out(
        f"x:{dossier.pk}", 1, purpose=Purpose("benefits", "x", "x"), whose=whose, to=to, actor=System(), at=FILED_AT
    )
    Batch.objects.create(
        number=order.code, office_code=LOCAL_OFFICE, bank="970400", account="1", count=1, total=1, sha256="0" * 64,
        prepared_by_id=world["head"].officer_id, prepared_at=FILED_AT,
    )  # fmt: skip
    CashPayment.objects.create(
        order=order, office_code=LOCAL_OFFICE, post="x", amount=1, payer_id=world["head"].officer_id,
        opened_at=FILED_AT, receiver_name="x", receiver_paper="079199000123",
    )  # fmt: skip
    CashCount.objects.create(
        office_code=LOCAL_OFFICE, post=order.code, day=TODAY, brought=1, payments=1, paid=1, counted=0,
        counted_by_id=world["head"].officer_id, witness_id=world["leader"].officer_id, at=FILED_AT,
    )  # fmt: skip
    person = Person.objects.get(pk=citizen.person_id)
    insured, _ = InsuredPerson.objects.get_or_create(
        si_number=person.si_number or f"77{person.pk.int % 10**8:08d}",
        defaults={"full_name": "x", "search_key": "x", "date_of_birth": "1980-01-01", "sex": "male",
                  "managing_office": LOCAL_OFFICE, "updated_on": TODAY},
    )  # fmt: skip
    paid = Entitlement.objects.create(
        insured=insured, number=order.code, benefit_type="x", start_month=date(2026, 1, 1), monthly_amount=1,
        payment_method="cash_service_org", paying_office=LOCAL_OFFICE,
    )  # fmt: skip
    monthly = Payroll.objects.create(
        month=date(2026, 11, 1), office_code=LOCAL_OFFICE, commune_code=order.code[-5:], method="cash", count=1, held=0,
        total=1, prepared_by_id=world["head"].officer_id, prepared_at=FILED_AT,
    )  # fmt: skip
    PayrollLine.objects.create(
        payroll=monthly, month=monthly.month, payee=order.code, insured=insured, entitlement=paid,
        owner_id=citizen.person_id, name="x", amount=1,
    )  # fmt: skip
    BankNotice.objects.create(
        bank="970400", reference=order.code, kind="credit", account="1", amount=1, moved_at=FILED_AT,
        state="to_resolve", received_at=FILED_AT, body_sha256="0" * 64, office_code=LOCAL_OFFICE, order=order,
        problem="double", payer_bank="970405", payer_account="3900205123456",
    )  # fmt: skip
