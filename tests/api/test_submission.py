"""From a token to a dossier, and every way to ask wrongly or twice."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier

import pytest
from pytest_django import DjangoAssertNumQueries

from ansinh.dossiers.models import Dossier, IdempotencyKey, NumberCounter
from ansinh.platform.models import Job
from tests.api.conftest import Answer, Program
from tests.api.filing import a_draft, file, ready
from tests.threads import together
from tests.world import LOCAL_OFFICE, PASSWORD, World, a_world, an_account

NUMBER = f"00001/2026/{LOCAL_OFFICE}"


@pytest.mark.requirement("R-053")
def test_a_draft_becomes_a_dossier(program: Program) -> None:
    one = ready(program)
    filed = file(program, one)
    assert (filed.status, filed.body["number"]) == (201, NUMBER)
    shown = program.send("GET", f"dossiers/{filed.body['dossier_id']}").body
    assert [paper["requirement"] for paper in shown["papers"]] == ["birth_certificate"]
    assert [event["kind"] for event in shown["history"]] == ["submitted"]
    assert [line["number"] for line in program.send("GET", "dossiers").body] == [NUMBER]
    assert Job.objects.filter(name="casework.after_submission").count() == 1


def test_a_submission_takes_eight_statements(
    program: Program, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    file(program, ready(program))
    one = ready(program)
    with django_assert_max_num_queries(10):  # eight, and the savepoint that stands for the transaction in a test
        assert file(program, one, key="key-0000-2").status == 201


def test_the_same_key_gives_the_same_dossier(program: Program) -> None:
    one = ready(program)
    first, again = file(program, one), file(program, one)
    assert (again.status, again.body) == (200, first.body)
    assert Dossier.objects.count() == 1


def test_a_key_used_for_another_draft_is_refused(program: Program) -> None:
    file(program, ready(program), key="key-0000-1")
    other = file(program, ready(program), key="key-0000-1")
    assert (other.status, other.code) == (409, "idempotency-key-reused")


def test_another_key_finds_no_open_draft(program: Program) -> None:
    one = ready(program)
    file(program, one)
    twice = file(program, one, key="key-0000-2")
    assert (twice.status, twice.code) == (404, "draft-not-found")
    assert (Dossier.objects.count(), IdempotencyKey.objects.count()) == (1, 1)


def test_a_wrong_code_costs_a_try_and_leaves_nothing(program: Program) -> None:
    one = ready(program)
    wrong = "000000" if one.code != "000000" else "111111"
    refused = file(program, one, code=wrong)
    assert (refused.status, refused.code, refused.body["facts"]["tries_left"]) == (422, "code-wrong", 4)
    assert (Dossier.objects.count(), IdempotencyKey.objects.count(), NumberCounter.objects.count()) == (0, 0, 0)
    assert file(program, one).status == 201


def test_a_changed_draft_needs_a_new_code(program: Program) -> None:
    one = ready(program)
    program.send("PATCH", f"drafts/{one.draft_id}", {"answers": {"phone": "84905000279"}})
    assert file(program, one).code == "code-other-content"


def test_a_draft_with_gaps_gets_no_code_and_is_not_filed(program: Program) -> None:
    one = ready(program)
    changed = program.send("PATCH", f"drafts/{one.draft_id}", {"answers": {"bank_account": None}})
    assert "bank_account" in {problem["path"] for problem in changed.body["problems"]}
    assert file(program, one).code == "draft-incomplete"
    assert program.send("POST", f"drafts/{one.draft_id}/code", {"channel": "sms"}).code == "draft-incomplete"


def test_a_strangers_draft_and_dossier_do_not_exist(world: World, program: Program) -> None:
    one = ready(program)
    an_account("090190000026", "Người Khác", person=_another_person())
    answer = Program().send("POST", "tokens", {"login": "090190000026", "password": PASSWORD})
    stranger = Program(answer.body["token"])
    assert (file(stranger, one).status, file(stranger, one).code) == (404, "draft-not-found")
    assert stranger.send("GET", f"drafts/{one.draft_id}").status == 404
    filed = file(program, one)
    assert stranger.send("GET", f"dossiers/{filed.body['dossier_id']}").code == "dossier-not-found"
    assert stranger.send("GET", "dossiers").body == []


def test_a_revoked_token_ends_at_once(program: Program) -> None:
    draft_id = a_draft(program)
    assert program.send("DELETE", "tokens/mine").status == 200
    assert (program.send("GET", f"drafts/{draft_id}").status, program.send("GET", "dossiers").code) == (
        401,
        "token-needed",
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "keys", [["key-0000-1"] * 8, [f"key-0000-{n}" for n in range(8)]], ids=["one key", "eight keys"]
)
def test_eight_hands_at_once_make_one_dossier(
    transactional_db: None, keys: list[str], signed_in: Callable[[], Program]
) -> None:
    a_world()
    program = signed_in()
    one = ready(program)
    barrier = Barrier(len(keys))

    def press(key: str) -> Answer:
        barrier.wait(timeout=10)
        return file(program, one, key=key)

    answers = together(press, keys, threads=len(keys))
    good = [answer for answer in answers if answer.status in {200, 201}]
    assert [answer.status for answer in answers].count(201) == 1
    assert {answer.body["number"] for answer in good} == {NUMBER}
    assert {answer.code for answer in answers if answer not in good} <= {"draft-not-found"}
    assert len(good) == (8 if len(set(keys)) == 1 else 1)
    assert (Dossier.objects.count(), NumberCounter.objects.get().last) == (1, 1)


def _another_person() -> object:
    from ansinh.people.models import Person
    from tests.world import LONG_AGO

    return Person.objects.create(
        full_name="Người Khác", search_key="nguoi khac", date_of_birth="1990-01-01", sex="male",
        personal_id_number="090190000026", updated_at=LONG_AGO,
    )  # fmt: skip
