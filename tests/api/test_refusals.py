"""Wrong requests get a status, a stable code and a sentence; nothing is a page, nothing is a stack trace."""

from __future__ import annotations

import pytest

from ansinh.platform.identifiers import uuid7
from tests.api.conftest import Program
from tests.api.filing import ready


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", "message-malformed"),
        (b"[]", "message-malformed"),
        (b"\xff\xfe", "message-malformed"),
        ({"procedure": "x", "state": "granted"}, "message-malformed"),
        ({"procedure": 7}, "message-malformed"),
        ({}, "message-malformed"),
    ],
)
def test_a_malformed_message_is_refused(program: Program, body: object, code: str) -> None:
    answer = program.send("POST", "drafts", body)
    assert (answer.status, answer.code) == (400, code)
    assert answer.body["message"].strip().endswith(".")


def test_unknown_things_are_not_found(program: Program) -> None:
    assert program.send("POST", "drafts", {"procedure": "khong-co"}).code == "procedure-unknown"
    assert program.send("GET", f"drafts/{uuid7()}").code == "draft-not-found"
    assert (program.send("GET", "khong-co").status, program.send("GET", "khong-co").code) == (404, "address-unknown")


def test_a_method_an_address_does_not_have_is_named(program: Program) -> None:
    answer = program.send("DELETE", "drafts")
    assert (answer.status, answer.code, answer.headers["Allow"]) == (405, "method-not-allowed", "POST")


@pytest.mark.parametrize("token", ["", "no-such-token", "\u0110"])
def test_without_a_good_token_nothing_is_shown(db: None, token: str) -> None:
    answer = Program(token).send("GET", "dossiers")
    assert (answer.status, answer.code) == (401, "token-needed")


@pytest.mark.parametrize("key", ["", "short", "k" * 81])
def test_a_submission_needs_a_key(program: Program, key: str) -> None:
    one = ready(program)
    answer = program.send("POST", f"drafts/{one.draft_id}/submission", one.body, Idempotency_Key=key)
    assert (answer.status, answer.code) == (422, "idempotency-key-needed")


def test_a_large_message_is_refused(program: Program) -> None:
    answer = program.send("POST", "drafts", b'{"procedure": "' + b"x" * 1_200_000 + b'"}')
    assert (answer.status, answer.code) == (422, "message-too-large")


def test_a_refusal_speaks_the_language_of_the_program(program: Program) -> None:
    vietnamese = program.send("GET", f"drafts/{uuid7()}").body["message"]
    english = program.send("GET", f"drafts/{uuid7()}", Accept_Language="en").body["message"]
    assert vietnamese != english


def test_the_interface_sets_no_cookie_and_is_kept_by_no_cache(program: Program) -> None:
    answer = program.send("GET", "dossiers")
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert int(answer.headers["Content-Length"]) == 2
