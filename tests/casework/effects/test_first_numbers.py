"""First social insurance numbers: from ranges an administrator enters, one for each person, with the record."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from ansinh.people.models import Person
from ansinh.platform.errors import Conflict, Invalid
from ansinh.platform.identifiers import uuid7
from ansinh.registry.benefits.grant import Ground
from ansinh.registry.models import InsuredPerson, IssuedNumber, NumberRange
from ansinh.registry.numbers.issue import Newcomer, issue_number
from ansinh.registry.numbers.ranges import close_range, enter_range
from tests.casework.effects.scene import a_procedure, granted
from tests.casework.moves import MONDAY
from tests.world import LOCAL_OFFICE, SI_NUMBER, World

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R-172")]

IDENTITY = "045198001234"
NEWCOMER = Newcomer("Nguyễn Văn An", "1998-05-04", IDENTITY, "male")


def a_range(first: str = "9900000001", last: str = "9900000009", **more: Any) -> NumberRange:
    values = {"province": "", "valid_from": date(2026, 1, 1), "ground": "Công văn 1/BHXH", "by": "admin", **more}
    return enter_range(first, last, at=MONDAY, **values)


def issued(newcomer: Newcomer = NEWCOMER, *, office: str = LOCAL_OFFICE) -> tuple[InsuredPerson, bool]:
    with transaction.atomic():
        return issue_number(newcomer, office_code=office, ground=Ground(uuid7(), "1/2026", MONDAY))


def test_a_newcomer_gets_the_next_number_with_a_record_under_it(world: World) -> None:
    a_range()
    person, is_new = issued()
    assert (person.pk, is_new, person.managing_office, person.sex) == ("9900000001", True, LOCAL_OFFICE, "male")
    assert InsuredPerson.objects.get(personal_id_number=IDENTITY) == person
    assert (person.first_number.made_at, person.first_number.source) == (MONDAY, "ranges")


def test_the_same_person_never_gets_a_second_number(world: World) -> None:
    span = a_range()
    assert issued()[0] == issued()[0]
    assert issued()[1] is False
    span.refresh_from_db()
    assert span.next_number == 9_900_000_002
    with pytest.raises(DatabaseError, match="one_first_number_per_personal_id"), transaction.atomic():
        IssuedNumber.objects.create(
            insured_id=SI_NUMBER, personal_id_number=IDENTITY, source="x", dossier_id=uuid7(), made_at=MONDAY
        )


def test_a_number_that_came_in_by_another_way_is_passed_over(world: World) -> None:
    a_range()
    InsuredPerson.objects.create(
        si_number="9900000001", full_name="x", search_key="x", date_of_birth="1990", sex="female",
        managing_office=LOCAL_OFFICE, updated_on=date(2026, 1, 1),
    )  # fmt: skip
    assert issued()[0].pk == "9900000002"


def test_whoever_has_an_account_finds_the_number_on_it(world: World) -> None:
    a_range()
    holder = Person.objects.create(
        full_name="Nguyễn Văn An", search_key="nguyen van an", date_of_birth="1998", sex="male",
        personal_id_number=IDENTITY, updated_at=MONDAY,
    )  # fmt: skip
    person, _ = issued()
    holder.refresh_from_db()
    assert holder.si_number == person.pk


@pytest.mark.parametrize(
    ("newcomer", "code"),
    [
        (Newcomer("Nguyễn Văn An", "1998-05-04", ""), "identity-missing"),
        (Newcomer("Lê Thị Khác", "1998-05-04", IDENTITY), "identity-of-another"),
        (Newcomer("Nguyễn Văn An", "1997-05-04", IDENTITY), "identity-of-another"),
    ],
)
def test_what_does_not_fit_the_identity_is_for_people(world: World, newcomer: Newcomer, code: str) -> None:
    a_range()
    issued()
    with pytest.raises(Conflict) as refused:
        issued(newcomer)
    assert refused.value.code == code


def test_a_foreigner_gives_the_sex_that_a_passport_number_does_not_say(world: World) -> None:
    a_range()
    with pytest.raises(Conflict) as refused:
        issued(Newcomer("John Doe", "1990-01-01", "C1234567"))
    assert refused.value.code == "sex-missing"
    assert issued(Newcomer("John Doe", "1990-01-01", "C1234567", "male"))[1]


def test_a_portal_number_without_a_record_here_is_not_replaced(world: World) -> None:
    a_range()
    Person.objects.create(
        full_name="Nguyễn Văn An", search_key="nguyen van an", date_of_birth="1998-05-04", sex="male",
        si_number="4400000001", personal_id_number=IDENTITY, updated_at=MONDAY,
    )  # fmt: skip
    with pytest.raises(Conflict) as refused:
        issued()
    assert refused.value.code == "number-without-record"


def test_a_used_up_range_gives_way_to_the_next_and_then_there_is_none(world: World) -> None:
    a_range(last="9900000001")
    a_range("9900000005", "9900000005")
    numbers = [issued(Newcomer("Lê An", "1990-01-01", f"04519800000{n}"))[0].pk for n in (1, 2)]
    assert numbers == ["9900000001", "9900000005"]
    with pytest.raises(Conflict) as refused:
        issued()
    assert refused.value.code == "no-number-left"


def test_the_range_of_the_province_comes_first_and_others_have_none(world: World) -> None:
    a_range()
    a_range("9700000001", "9700000009", province="90")
    a_range("9800000001", "9800000009", province="91")
    assert issued()[0].pk == "9700000001"


def test_a_closed_range_and_one_of_tomorrow_give_nothing(world: World) -> None:
    close_range(a_range().pk, on=MONDAY.date(), by="admin", ground="Thu hồi", at=MONDAY)
    a_range("9700000001", "9700000009", valid_from=MONDAY.date() + timedelta(days=1))
    with pytest.raises(Conflict) as refused:
        issued()
    assert refused.value.code == "no-number-left"


def test_ranges_do_not_overlap_and_say_what_they_rest_on(world: World) -> None:
    a_range()
    with pytest.raises(Conflict, match="trùng với dải 9900000001–9900000009"):
        a_range("9900000009", "9900000020")
    with pytest.raises(Invalid) as refused:
        a_range("9700000001", "9700000002", ground=" ")
    assert refused.value.code == "range-without-ground"
    with pytest.raises(Invalid, match="không nhỏ hơn"):
        a_range("9700000009", "9700000001")


def test_what_was_given_is_never_rewritten(world: World) -> None:
    a_range()
    issued()
    for statement in (
        "UPDATE registry_issuednumber SET source = 'x'",
        "DELETE FROM registry_issuednumber",
        "UPDATE registry_numberrange SET first = 9900000000",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_effects_after_it_are_about_the_new_record_and_the_sentence_says_the_number(world: World) -> None:
    a_range()
    a_procedure(
        {"key": "number", "does": "number_issued",
         "with": {"person": {"value": "Nguyễn Văn An"}, "date_of_birth": {"value": "1998-05-04"},
                  "id_number": {"value": IDENTITY}, "sex": {"value": "male"}}},
        {"key": "joins", "does": "participation_started",
         "with": {"person": {"value": "Nguyễn Văn An"}, "fund": {"value": "compulsory"}, "from": {"value": "2026-11"}}},
    )  # fmt: skip
    done = {one.key: one for one in granted(world).effects.all()}
    assert done["number"].says_vi == "Nguyễn Văn An có mã số BHXH 9900000001."
    assert done["number"].inputs["id_number"] == "•••• 1234"
    assert InsuredPerson.objects.get(pk="9900000001").participation_changes.get().kind == "started"


def test_without_a_range_the_leader_reads_why_and_nothing_is_granted(world: World) -> None:
    a_procedure(
        {"key": "number", "does": "number_issued",
         "with": {"person": {"value": "Nguyễn Văn An"}, "date_of_birth": {"value": "1998-05-04"},
                  "id_number": {"value": IDENTITY}}},
    )  # fmt: skip
    with pytest.raises(Conflict, match="nhập dải số"):
        granted(world)
    assert not InsuredPerson.objects.filter(personal_id_number=IDENTITY).exists()
