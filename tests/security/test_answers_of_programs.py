"""A program may send any JSON: it is brought to the shape of the form, or refused, and never stops the server."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.api.conftest import Program
from tests.files import samples
from tests.world import LOCAL_OFFICE, World
from tests.world import _answers as example_answers
from tests.world_procedures import ALLOWANCE

GOOD = {**example_answers(ALLOWANCE), "receiving_office": LOCAL_OFFICE}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("full_name", True),
        ("full_name", ["An"]),
        ("phone", 84905000278),
        ("receiving_office", [LOCAL_OFFICE]),
        ("born_on", {"a": 1}),
        ("children", {"0": {"name": "An"}}),
        ("children", ["An"]),
        ("children", [{"name": ["An"]}]),
        ("bank_account", [1]),
        ("bank_account", {"bank": "970405", "number": 3900205123456, "holder": "AN"}),
    ],
)
def test_an_answer_of_another_shape_is_refused_with_its_place(program: Program, key: str, value: Any) -> None:
    answer = program.send("POST", "drafts", {"procedure": ALLOWANCE, "answers": {**GOOD, key: value}})
    assert (answer.status, answer.code) == (422, "answer-wrong-shape"), answer.body
    assert answer.body["facts"]["path"].startswith(key)


@pytest.mark.django_db
def test_direction_marks_controls_and_line_ends_do_not_reach_a_name(program: Program) -> None:
    hostile = "Trần\u202e Thị\u200b\x00 Mai\r\nBcc: Lan"
    answer = program.send("POST", "drafts", {"procedure": ALLOWANCE, "answers": {**GOOD, "full_name": hostile}})
    assert answer.status == 400  # a NUL is never text
    hostile = hostile.replace("\x00", "\x07")
    answer = program.send("POST", "drafts", {"procedure": ALLOWANCE, "answers": {**GOOD, "full_name": hostile}})
    assert answer.body["answers"]["full_name"] == "Trần Thị Mai Bcc: Lan"


@pytest.mark.django_db
def test_three_hundred_thousand_rows_are_refused_at_once(program: Program) -> None:
    begun = program.send("POST", "drafts", {"procedure": ALLOWANCE, "answers": {}})
    rows = b'{"answers":{"children":[' + b",".join([b"{}"] * 300_000) + b"]}}"
    started = time.monotonic()
    answer = program.send("PATCH", f"drafts/{begun.body['draft_id']}", rows)
    assert (answer.status, answer.code) == (422, "too-many-rows")
    assert time.monotonic() - started < 1


@pytest.mark.django_db
def test_cells_that_the_form_does_not_have_are_not_kept(program: Program) -> None:
    children = [{"name": "An", "state": "granted"}]
    answer = program.send("POST", "drafts", {"procedure": ALLOWANCE, "answers": {**GOOD, "children": children}})
    assert answer.body["answers"]["children"] == [{"name": "An"}]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b'{"answers":{"full_name":' + b"[" * 20_000 + b"]" * 20_000 + b"}}", {}),
        (b'{"answers":{"full_name":"\\u0000"}}', {}),
        (b'{"answers":{}}', {"Content_Length": "abc"}),
    ],
)
def test_a_body_that_is_no_message_is_the_senders_fault(program: Program, body: bytes, headers: dict[str, str]) -> None:
    begun = program.send("POST", "drafts", {"procedure": ALLOWANCE, "answers": {}})
    answer = program.send("PATCH", f"drafts/{begun.body['draft_id']}", body, **headers)
    assert (answer.status, answer.code) == (400, "message-malformed")


@pytest.mark.django_db
def test_a_nul_in_a_login_or_an_address_is_the_senders_fault(world: World, program: Program) -> None:
    assert Program().send("POST", "tokens", {"login": "a\x00", "password": "x"}).status == 400
    assert program.send("GET", "procedures?x=%00").status == 400


@pytest.mark.django_db
@pytest.mark.parametrize("row", ["%00", "x" * 500, "../children[0]"])
def test_a_paper_goes_to_a_row_or_to_none(program: Program, row: str) -> None:
    begun = program.send("POST", "drafts", {"procedure": ALLOWANCE, "answers": GOOD})
    where = f"drafts/{begun.body['draft_id']}/papers?requirement=birth_certificate&row={row}&name=a.jpg"
    answer = program.send("POST", where, samples.image_bytes("JPEG", samples.picture()))
    assert answer.status in (400, 404)
