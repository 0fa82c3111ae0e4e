"""Who files an example: a person with an account and a record that say what the example takes from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from django.contrib.auth.hashers import make_password

from ansinh.catalogue.folder import Example, ProcedureFolder
from ansinh.demo.play.record import differences, lay
from ansinh.demo.play.town import OFFICE
from ansinh.dossiers.applicants import is_for_organisations
from ansinh.dossiers.models import ClaimFile
from ansinh.dossiers.words import CHILD_REGISTRATION
from ansinh.law.names import search_key
from ansinh.people.actors import Citizen
from ansinh.people.models import Account, AccountState, Organisation, Person, StaffMember
from ansinh.people.models_organisations import OrganisationKind, ServiceContract, TransmissionMandate
from ansinh.people.organisations.staff import behalves_of_staff
from ansinh.people.queries import citizen
from ansinh.platform.identifiers import uuid7
from ansinh.platform.zone import VIETNAM
from ansinh.registry.benefits.suspended import LAW_KINDS
from ansinh.registry.models import (
    Entitlement,
    EntitlementChange,
    InsuredPerson,
    TreatmentContract,
    UnpaidBenefit,
)
from ansinh.registry.queries import entitlement_of, participation_of

SINCE: Final = date(2020, 1, 1)
SUBMITTER_ID, SUBMITTER_NAME = "099185000999", "Phạm Thị Hạnh"
COMPANY, TAX_CODE = "Công ty May Đồng Xanh (minh họa)", "9999000037"
DECLARED: Final = frozenset(
    {
        "ownership", "licence_no", "licence_date", "licence_authority", "bed_count", "representative_position",
        "bank_account",
    }
)  # fmt: skip
"""What a facility declared for its contract; the rest stands in its registration."""


@dataclass(frozen=True)
class Applicant:
    """Who acts; `differs` are facts of the example that the register cannot say, with what it says."""

    actor: Citizen
    differs: Mapping[str, tuple[Any, Any]]


def make_applicant(folder: ProcedureFolder, example: Example, answers: Mapping[str, Any], *, at: datetime) -> Applicant:
    """The person or organisation of an example, with account, record and benefit in payment."""
    on = example.today
    facts = told(folder, example, answers)
    differs = _register(facts, answers, on=on)
    register_listed(folder, example, answers, on=on)
    kind = applicant_of(folder, example)
    if kind in OrganisationKind.values and (example.applicant or is_for_organisations(folder.procedure)):
        return Applicant(_of_organisation(kind, facts, answers, at=at), differs)
    return Applicant(_acting(_account(folder, facts["account"], answers, at=at)), differs)


def applicant_of(folder: ProcedureFolder, example: Example) -> str:
    """Who files this example."""
    return example.applicant or folder.procedure.applicants[0]


def told(folder: ProcedureFolder, example: Example, answers: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """What the example takes from each register: its `record`, and answers that are prefilled from one."""
    found: dict[str, dict[str, Any]] = {"account": {}, "participation_record": {}, "entitlement_record": {}}
    assert folder.form is not None
    for field in folder.form.fields():
        if field.prefill and answers.get(field.key) not in (None, "", [], {}):
            source, _, attribute = field.prefill.partition(".")
            found.setdefault(source, {})[attribute or field.key] = answers[field.key]
    for source, facts in example.record.items():
        found.setdefault(source, {}).update(facts)
    return found


def _acting(account: Account) -> Citizen:
    actor = citizen(account)
    assert actor is not None
    return actor


def _account(folder: ProcedureFolder, known: Mapping[str, Any], answers: Mapping[str, Any], *, at: datetime) -> Account:
    """The one who files: the person concerned, or the submitter where the example names one."""
    other = _submitter(known, answers) if folder.slug != CHILD_REGISTRATION else {}
    facts = {**known, **other}
    name = str(facts.get("full_name") or answers.get("full_name") or SUBMITTER_NAME)
    number = str(facts.get("id_number") or answers.get("id_number") or SUBMITTER_ID)
    if folder.slug == CHILD_REGISTRATION:
        name, number = SUBMITTER_NAME, SUBMITTER_ID
    person = Person.objects.filter(personal_id_number=number).first() or Person.objects.create(
        full_name=name, search_key=search_key(name), personal_id_number=number,
        date_of_birth=str(facts.get("date_of_birth") or answers.get("date_of_birth") or "1985-03-02"),
        sex=str(facts.get("gender") or answers.get("gender") or "female"),
        si_number="" if other or folder.slug == CHILD_REGISTRATION else str(answers.get("si_number") or ""),
        contact_address=facts.get("contact_address") or {}, bank_account=facts.get("bank_account") or {},
        updated_at=at,
    )  # fmt: skip
    made, _ = Account.objects.get_or_create(
        person=person,
        defaults={
            "login": number, "password": make_password(None), "state": AccountState.ACTIVE, "display_name": name,
            "created_at": at, "activated_at": at,
            "phone": str(facts.get("phone") or answers.get("phone") or "84900000018"),
            "email": str(facts.get("email") or ""),
        },
    )  # fmt: skip
    return made


def _submitter(known: Mapping[str, Any], answers: Mapping[str, Any]) -> dict[str, Any]:
    """Somebody else than the person concerned, where the example says who submits."""
    if answers.get("submitter_role", "self") == "self":
        return {}
    given = answers.get("representative") or answers.get("submitter") or known.get("submitter") or {}
    return {"id_number": SUBMITTER_ID, "full_name": SUBMITTER_NAME, **{k: v for k, v in given.items() if v}}


def _register(facts: Mapping[str, Mapping[str, Any]], answers: Mapping[str, Any], *, on: date) -> dict[str, Any]:
    number = str(answers.get("deceased_si_number") or answers.get("si_number") or "")
    if not number:
        return {}
    paid, held = facts["participation_record"], facts["entitlement_record"]
    name = str(answers.get("deceased_name") or answers.get("full_name") or "Trần Thị Mai Lan")
    person = InsuredPerson.objects.create(
        si_number=number, full_name=name, search_key=search_key(name),
        date_of_birth=str(answers.get("date_of_birth") or "1985-03-02"),
        sex=str(paid.get("sex") or answers.get("gender") or "female"),
        personal_id_number=str(answers.get("id_number") or ""), managing_office=OFFICE, updated_on=on,
        paper_book_number=_book(paid, number), **_card(paid),
        state_support_received=int(paid.get("state_support_received") or 0),
    )  # fmt: skip
    lay(person, paid, on=on)
    if held.get("suspended_from"):
        _suspended(person, held, on=on)
    elif held:
        _benefit(person, held, on=on)
    _unpaid(person, held, on=on)
    kept = {key: value for key, value in paid.items() if key not in ("managing_office", "receiving_office")}
    return differences(kept, participation_of(person, on=on)) | differences(
        {key: value for key, value in held.items() if not key.endswith("_office")}, entitlement_of(person, on=on)
    )


def register_listed(folder: ProcedureFolder, example: Example, answers: Mapping[str, Any], *, on: date) -> None:
    """The records of the people in the example's lists, as its `records` tell them."""
    assert folder.form is not None
    rows = [row for field in folder.form.fields() if field.as_list for row in answers.get(field.key) or ()]
    names = {str(row.get("si_number")): str(row.get("full_name")) for row in reversed(rows)}
    for number, told_of in example.records.items():
        name, facts = names.get(number, "Trần Văn Mới"), told_of.get("participation_record", {})
        person = InsuredPerson.objects.create(
            si_number=number, full_name=name, search_key=search_key(name), date_of_birth="1985-03-02", sex="female",
            managing_office=OFFICE, updated_on=on, **_card(facts),
        )  # fmt: skip
        lay(person, facts, on=on)


def _card(paid: Mapping[str, Any]) -> dict[str, Any]:
    """The health card that is held."""
    return {
        "card_number": str(paid.get("card_number") or ""), "card_level_percent": paid.get("card_level_percent"),
        "card_valid_from": _day(paid.get("card_valid_from")), "card_valid_to": _day(paid.get("card_valid_to")),
        "initial_facility": str(paid.get("initial_facility") or ""),
    }  # fmt: skip


def _book(paid: Mapping[str, Any], number: str) -> str:
    """The number of the paper book, where there is one."""
    held = paid.get("has_paper_book", "yes" if paid.get("book_no") else "no") == "yes"
    return str(paid.get("book_no") or number) if held else ""


def _benefit(person: InsuredPerson, held: Mapping[str, Any], *, on: date) -> None:
    months = int(held.get("months_received") or 24)
    start = on.year * 12 + on.month - 1 - months
    begins = held.get("start_month")
    Entitlement.objects.create(
        insured=person, number=str(held.get("entitlement_no") or f"HT-44-{person.si_number}"),
        benefit_type=str(held.get("benefit_type") or "pension"),
        start_month=date.fromisoformat(f"{begins}-01") if begins else date(start // 12, start % 12 + 1, 1),
        monthly_amount=int(held.get("monthly_amount") or held.get("last_monthly_amount") or 5_240_000),
        payment_method=str(held.get("payment_method") or held.get("current_method") or "cash_service_org"),
        bank_account=held.get("bank_account") or {}, paying_office=OFFICE,
    )  # fmt: skip


def _suspended(person: InsuredPerson, held: Mapping[str, Any], *, on: date) -> None:
    """A benefit that is not paid since the month the example says."""
    since = date.fromisoformat(f"{held['suspended_from']}-01")
    kinds = {word: kind for kind, word in LAW_KINDS.items()}
    one = Entitlement.objects.create(
        insured=person, number=str(held.get("suspended_entitlement_no") or f"HT-44-{person.si_number}"),
        benefit_type=kinds.get(str(held.get("suspended_kind")), "pension"),
        start_month=date.fromisoformat(f"{held.get('suspended_start_month') or since.isoformat()[:7]}-01"),
        monthly_amount=int(held["suspended_amount"]), payment_method="cash_service_org", paying_office=OFFICE,
    )  # fmt: skip
    EntitlementChange.objects.create(
        entitlement=one, kind="stopped", valid_from=since, reason="tạm dừng", dossier_id=uuid7(),
        made_at=datetime(since.year, since.month, 1, tzinfo=VIETNAM),
    )  # fmt: skip


def _unpaid(person: InsuredPerson, held: Mapping[str, Any], *, on: date) -> None:
    """Months and lump sums of the example that were not collected."""
    more = {"insured": person, "why": "chưa nhận", "listed_on": on}
    for row in held.get("unpaid_rows") or ():
        month = date.fromisoformat(f"{row['month']}-01")
        UnpaidBenefit.objects.create(month=month, amount=row["amount"], **more)
    for row in held.get("unpaid_lumps") or ():
        UnpaidBenefit.objects.create(decision_number=row["decision_number"], amount=row["amount"], **more)


def _of_organisation(
    kind: str, facts: Mapping[str, Mapping[str, Any]], answers: Mapping[str, Any], *, at: datetime
) -> Citizen:
    """One of its staff, acting for an organisation of this kind."""
    provider = None if kind == OrganisationKind.IVAN else _provider()
    told_of = facts.get("facility_record", {})
    chief = str(told_of.get("representative_name") or SUBMITTER_NAME)
    address = answers.get("organisation_address") or told_of.get("facility_address") or {}
    name = str(
        answers.get("employer_name")
        or answers.get("organisation")
        or told_of.get("facility_name")
        or "Công ty May Đồng Xanh (minh họa)"
    )
    made = Organisation.objects.create(
        kind=kind, name=name, search_key=search_key(name), managing_office=OFFICE, valid_from=SINCE,
        tax_code=str(answers.get("employer_tax_code") or TAX_CODE),
        unit_code=str(answers.get("employer_code") or "YN0001A"),
        facility_code=str(answers.get("facility_code") or ""), address=address,
        phone=str(answers.get("employer_phone") or "84900000110"), representative=chief,
        email=str(answers.get("employer_email") or answers.get("email") or "lienhe@dongxanh.example.vn"),
        contact_name=str(answers.get("contact_name") or SUBMITTER_NAME),
        contact_phone=str(answers.get("contact_phone") or "84900000110"),
    )  # fmt: skip
    if facts.get("contract_record") or set(told_of) & DECLARED:
        _contract(made, facts.get("contract_record", {}), told_of, at=at)
    person = Person.objects.create(
        full_name=SUBMITTER_NAME, search_key=search_key(SUBMITTER_NAME), personal_id_number=SUBMITTER_ID,
        date_of_birth="1980-04-02", sex="female", updated_at=at,
    )  # fmt: skip
    account = Account.objects.create(
        login=SUBMITTER_ID, password=make_password(None), person=person, state=AccountState.ACTIVE,
        display_name=SUBMITTER_NAME, created_at=at, activated_at=at, phone="84900000110",
    )  # fmt: skip
    StaffMember.objects.create(
        organisation=made, account=account, roles=["read", "file", "sign", "pay", "administer"], valid_from=SINCE
    )
    if provider is not None and answers.get("request_type") in ("change", "stop"):
        TransmissionMandate.objects.create(
            employer=made, provider=provider, contract_number="12/2026/HĐ-IVAN", valid_from=SINCE,
            given_by_dossier=uuid7(),
        )  # fmt: skip
    if answers.get("claim_records"):
        claims_of(made, account, answers, at=at)
    (behalf,) = [one for one in behalves_of_staff(account.pk, at.date()) if one.owner_id == made.pk]
    return replace(_acting(account), behalf=behalf)


def _contract(facility: Organisation, held: Mapping[str, Any], declared: Mapping[str, Any], *, at: datetime) -> None:
    """The treatment contract the facility has, with what it declared for it."""
    ends = _day(held.get("valid_to")) or date(at.year, 12, 31)
    TreatmentContract.objects.create(
        facility=facility, facility_code=facility.facility_code, office_code=OFFICE, is_first=True, signed_at=at,
        number=str(held.get("contract_no") or "05/2026/HĐKCB-BHYT"), valid_to=ends, agreed_to=ends,
        valid_from=_day(held.get("valid_from")) or date(ends.year, 1, 1),
        technical_level=str(held.get("technical_level") or declared.get("technical_level") or "basic"),
        scope=list(held.get("service_scope") or declared.get("service_scope") or ["outpatient"]),
        declared={key: declared[key] for key in sorted(set(declared) & DECLARED)},
    )  # fmt: skip


def claims_of(facility: Organisation, account: Account, answers: Mapping[str, Any], *, at: datetime) -> None:
    """The file of costs the facility handed in for the quarter of the example."""
    day = date(int(answers["year"]), int(str(answers["quarter"])[1]) * 3 - 2, 15)
    ClaimFile.objects.create(
        facility=facility, facility_code=facility.facility_code, sha256="0" * 64, size=1, name="chi-phi.xml",
        first_day=day, last_day=day, records=answers["claim_records"], total_cost=answers["total_cost"],
        fund_amount=answers["fund_amount"], patient_amount=answers["patient_amount"],
        uploaded_by=account, uploaded_at=at,
    )  # fmt: skip


def _provider() -> Organisation:
    name = "Truyền Nhận Số Quảng Trị (minh họa)"
    made = Organisation.objects.create(
        kind=OrganisationKind.IVAN, name=name, search_key=search_key(name), tax_code="9999000051",
        managing_office="04400", valid_from=SINCE,
    )  # fmt: skip
    ServiceContract.objects.create(
        organisation=made, kind="transmission", number="07/TT-IVAN", office_code="00000", valid_from=SINCE
    )
    return made


def _day(text: Any) -> date | None:
    return date.fromisoformat(str(text)) if text else None
