"""Cards, books, participation, persons: what a granted dossier writes, and what it refuses."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from ansinh.people.models import Mandate, Person
from ansinh.people.models_acting import MandateState
from ansinh.platform.errors import Conflict
from ansinh.registry.bank_accounts.payable import payable_account
from ansinh.registry.benefits.standing import standing_of
from ansinh.registry.card_changes import held_card
from ansinh.registry.models import (
    BankAccountChange,
    CardChange,
    ContributionPeriod,
    Entitlement,
    InsuredPerson,
    PersonalDataChange,
    RecoveryClaim,
)
from ansinh.registry.queries import participation_record
from ansinh.registry.records import participates
from ansinh.statistics.models import Measure
from ansinh.statistics.read import counts
from tests.casework.effects.scene import a_benefit, a_procedure, field, granted
from tests.casework.moves import MONDAY
from tests.world import LOCAL_OFFICE, SI_NUMBER, World

pytestmark = pytest.mark.django_db


def effect(does: str, key: str = "", /, **inputs: Any) -> dict[str, Any]:
    """An effect with constant inputs; a mapping is a source of its own."""
    sources = {name: value if isinstance(value, dict) else {"value": value} for name, value in inputs.items()}
    return {"key": key or does, "does": does, "with": sources}


def person() -> InsuredPerson:
    return InsuredPerson.objects.get(pk=SI_NUMBER)


def test_a_card_is_issued_extended_without_a_gap_and_ended(world: World) -> None:
    a_procedure(
        effect("card_issued", **{"reason": "nghỉ hưu", "group": "HT3", "from": "2026-01-01", "to": "2026-11-30"}),
        effect("card_extended", **{"from": "2026-12-01", "to": "2027-11-30"}),
    )
    done = granted(world).effects.all()
    card = held_card(person())
    assert (card.number, card.percent) == (f"HT390{SI_NUMBER}", 95)
    assert (card.valid_from, card.valid_to) == (date(2026, 1, 1), date(2027, 11, 30))
    assert participation_record(SI_NUMBER, on=date(2026, 12, 1))["card_valid_to"] == "2027-11-30"
    assert [one.says_vi for one in done] == [
        "Cấp thẻ BHYT, dùng từ ngày 01/01/2026 đến hết ngày 30/11/2026: nghỉ hưu.",
        "Thẻ BHYT có giá trị từ ngày 01/12/2026 đến hết ngày 30/11/2027.",
    ]


def test_a_card_extended_after_a_gap_begins_anew(world: World) -> None:
    a_procedure(
        effect("card_issued", **{"reason": "hộ gia đình", "group": "GD4", "from": "2025-01-01", "to": "2025-12-31"}),
        effect("card_extended", **{"from": "2026-12-01", "to": "2027-11-30"}),
    )
    granted(world)
    assert held_card(person()).valid_from == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (effect("card_extended", **{"from": "2026-12-01", "to": "2027-11-30"}), "no-card"),
        (effect("card_issued", reason="mất"), "card-without-days"),
        (effect("card_issued", **{"reason": "mới", "group": "XX9", "from": "2026-01-01"}), "card-group-unknown"),
        (effect("book_corrected", what="merged", merged="9000000099"), "merged-book-unknown"),
        (effect("participation_ended", **{"fund": "health", "from": "2026-12", "reason": "x", "person": "x"}),
         "does-not-participate"),
        (effect("contribution_recorded", fund="voluntary", from_month="2026-10", to_month="2026-12"),
         "salary-missing"),
        (effect("personal_data_changed", what="date_of_birth", to="ngày rằm"), "data-unreadable"),
        (effect("payment_place_moved", **{"office": "90002", "from": "2026-12"}), "no-benefit-in-payment"),
    ],
)  # fmt: skip
def test_what_the_record_does_not_allow_refuses_the_grant(world: World, wrong: dict[str, Any], code: str) -> None:
    a_procedure(wrong)
    with pytest.raises(Conflict) as refused:
        granted(world)
    assert refused.value.code == code


def test_after_a_one_time_benefit_the_months_count_for_nothing_and_new_ones_do(world: World) -> None:
    a_procedure(effect("book_closed", on="2026-02-28", why="one_time", months=26))
    assert participation_record(SI_NUMBER, on=date(2026, 11, 9))["contribution_months"] == 28
    granted(world)
    record = participation_record(SI_NUMBER, on=date(2026, 11, 10))
    assert (record["contribution_months"], record["first_joined"]) == (2, "2026-03")
    assert ContributionPeriod.objects.get().from_month == date(2024, 1, 1)


def test_a_book_closed_for_a_pension_keeps_its_months(world: World) -> None:
    a_procedure(effect("book_closed", on="2026-02-28", why="pension"))
    granted(world)
    assert participation_record(SI_NUMBER, on=date(2026, 11, 10))["contribution_months"] == 28


def test_months_of_a_merged_book_count(world: World) -> None:
    other = InsuredPerson.objects.create(
        si_number="9000000042", full_name="x", search_key="x", date_of_birth="1990", sex="female",
        managing_office=LOCAL_OFFICE, updated_on=date(2026, 1, 1),
    )  # fmt: skip
    ContributionPeriod.objects.create(
        insured=other, from_month=date(2020, 1, 1), to_month=date(2020, 12, 1), fund="compulsory", salary=5_000_000
    )
    a_procedure(effect("book_corrected", what="merged", merged=other.pk))
    granted(world)
    assert participation_record(SI_NUMBER, on=date(2026, 11, 10))["contribution_months"] == 40


def test_months_paid_enter_the_history_once(world: World) -> None:
    months = {"fund": "voluntary", "from_month": "2026-05", "to_month": "2026-07", "salary": 3_000_000}
    a_procedure(effect("contribution_recorded", **months))
    granted(world)
    assert participation_record(SI_NUMBER, on=date(2026, 11, 10))["voluntary_months"] == 3
    from ansinh.registry.models import ContributionPayment

    paid = ContributionPayment.objects.get()
    with pytest.raises(DatabaseError), transaction.atomic():
        ContributionPayment.objects.create(
            insured=paid.insured, fund="voluntary", from_month=date(2026, 7, 1), to_month=date(2026, 8, 1),
            dossier_id=paid.dossier_id, made_at=MONDAY,
        )  # fmt: skip


def test_joining_changing_and_leaving_follow_on_each_other(world: World) -> None:
    at = {"fund": "health", "employer_code": "YN1", "person": "Trần Thị Mai Lan"}
    a_procedure(
        effect("participation_started", **at, **{"from": "2026-09", "employer": "Công ty Đồng Xanh"}),
        effect("participation_changed", **at, **{"from": "2026-10", "salary": 9_000_000}),
        effect("participation_ended", **at, **{"from": "2026-12", "reason": "nghỉ việc"}),
    )
    granted(world)
    taking_part = {
        month: participates(person(), "health", employer_code="YN1", on=date(2026, month, 1))
        for month in (8, 9, 11, 12)
    }
    assert taking_part == {8: False, 9: True, 11: True, 12: False}


def test_days_of_leave_are_paid_once(world: World) -> None:
    leave = {"kind": "sickness", "from": "2026-10-05", "to": "2026-10-09", "days": 5}
    a_procedure(effect("leave_recorded", **leave), effect("leave_recorded", "again", **{**leave, "from": "2026-10-09"}))
    with pytest.raises(Conflict, match="đã được giải quyết chế độ này"):
        granted(world)


def test_a_correction_changes_record_and_register_and_keeps_what_stood_there(world: World) -> None:
    a_procedure(
        effect("personal_data_changed", "name", what="full_name", to="Trần Thị Mai Loan"),
        effect("personal_data_changed", "born", what="date_of_birth", to="12/06/1990"),
        effect("personal_data_changed", "sex", what="sex", to="Nữ") | {"when": {"field": "born_on", "before": "1900"}},
    )
    granted(world)
    held, holder = person(), Person.objects.get(si_number=SI_NUMBER)
    assert (held.full_name, held.search_key, held.date_of_birth) == (
        "Trần Thị Mai Loan", holder.search_key, "1990-06-12",
    )  # fmt: skip
    assert (holder.full_name, holder.date_of_birth) == ("Trần Thị Mai Loan", "1990-06-12")
    assert [(one.field, one.old, one.new) for one in PersonalDataChange.objects.all()] == [
        ("full_name", "Trần Thị Mai Lan", "Trần Thị Mai Loan"), ("date_of_birth", "1990-05-12", "1990-06-12"),
    ]  # fmt: skip


def test_a_move_takes_every_benefit_to_the_office_of_the_new_place(world: World) -> None:
    a_benefit(paying_office="90002")
    a_benefit(number="HH-2", benefit_type="work_accident", paying_office="90002")
    a_procedure(
        effect("payment_place_moved", **{"place": {"field": "new_place"}, "from": {"field": "from_month"}}),
        fields=[field("new_place", "address"), field("from_month", "month")],
    )
    granted(world, new_place={"province": "90", "commune": "90101", "detail": "3"}, from_month="2027-01")
    for one in Entitlement.objects.all():
        assert standing_of(one, on=date(2026, 12, 31)).paying_office == "90002"
        assert standing_of(one, on=date(2027, 1, 1)).paying_office == LOCAL_OFFICE


@pytest.mark.requirement("R-140")
def test_another_account_waits_for_its_protected_way(world: World) -> None:
    a_benefit()
    a_procedure(
        effect(
            "payment_form_changed",
            **{"method": "bank_account", "from": "2026-12", "account": {"field": "bank_account"}},
        )
    )
    granted(world)
    asked = BankAccountChange.objects.get()
    assert (asked.state, asked.reasons[0]) == ("review", "decision")
    assert payable_account(asked.person_id, at=MONDAY) is None
    assert standing_of(Entitlement.objects.get(), on=date(2026, 12, 1)).payment_method == "bank_account"
    month = {"areas": [LOCAL_OFFICE], "measures": [Measure.PAYMENT_FORM], "first": MONDAY.date(), "last": MONDAY.date()}
    assert counts(**month, by=("bucket",)) == {("cash_service_org>bank_account",): 1}  # type: ignore[arg-type]


def test_a_mandate_on_paper_is_in_force_for_its_days_and_opens_no_second(world: World) -> None:
    agent = {"full_name": "Lê Văn Nam", "date_of_birth": "1985-02-03", "id_number": "090085000123"}
    given = {"agent": agent, "from": "2026-11-10", "to": "2027-11-09", "paper": "13-HSB số 12"}
    sources = {name: {"value": value} for name, value in given.items()}
    mandate = {"key": "mandate", "does": "mandate_registered", "with": sources}
    a_procedure(mandate, {**mandate, "key": "second", "when": {"field": "again", "equals": "yes"}},
                fields=[field("again", "choice", choices="yes_no")])  # fmt: skip
    dossier = granted(world, again="no")
    made = Mandate.objects.get()
    assert (made.state, made.principal.si_number, made.agent.full_name) == (
        MandateState.IN_FORCE, SI_NUMBER, "Lê Văn Nam",
    )  # fmt: skip
    assert made.rights == ["collect", "read"] and made.confirmed_digest == dossier.digest
    with pytest.raises(Conflict, match="đang có hiệu lực đến 09/11/2027"):
        granted(world, again="yes")


def test_a_mandate_of_more_than_a_year_is_refused(world: World) -> None:
    agent = {"full_name": "Lê Văn Nam", "date_of_birth": "1985-02-03", "id_number": "090085000123"}
    given = {"agent": agent, "from": "2026-11-10", "to": "2027-11-11", "paper": "13-HSB số 12"}
    sources = {name: {"value": value} for name, value in given.items()}
    a_procedure({"key": "mandate", "does": "mandate_registered", "with": sources})
    with pytest.raises(Conflict, match="nhiều nhất 12 tháng"):
        granted(world)


def test_money_is_claimed_back_and_certificates_have_the_number_of_the_decision(world: World) -> None:
    a_procedure(
        effect("recovery_claim", amount=1_500_000, why="hưởng trùng"),
        effect("certificate_issued", kind="Giấy xác nhận không cùng chi trả", year=2026),
        effect("unemployment_time_confirmed", months=28),
        effect("book_issued", reason="bị mất"),
    )
    dossier = granted(world)
    assert RecoveryClaim.objects.get().amount == 1_500_000
    assert person().certificates.get().number == dossier.decisions.get().number
    assert set(person().book_entries.values_list("kind", flat=True)) == {"unemployment", "issued"}


def test_the_database_never_rewrites_an_entry(world: World) -> None:
    a_procedure(effect("card_issued", **{"reason": "mới", "group": "GD4", "from": "2026-12-01"}))
    granted(world)
    with pytest.raises(DatabaseError), transaction.atomic():
        CardChange.objects.update(reason="khác")
    with pytest.raises(DatabaseError), transaction.atomic():
        CardChange.objects.all().delete()
