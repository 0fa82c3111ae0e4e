"""The document describes the whole interface, and what is really answered has the form it says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from ansinh.api.openapi import OPERATIONS, openapi
from ansinh.api.urls import urlpatterns
from ansinh.law.cases import Case, read_cases
from ansinh.law.outcome import plain
from tests.api.conftest import Answer, Program
from tests.api.filing import a_draft, file, ready

CASES = [
    case
    for path in sorted(Path(__file__).parents[1].joinpath("law/cases").glob("*.yaml"))
    for case in read_cases(path)
    if not isinstance(case.expected.get("refused"), str)
]
METHODS = {"get", "post", "patch", "delete"}


def schema(part: dict[str, Any]) -> dict[str, Any]:
    """A schema of the document that finds its components."""
    return {**part, "components": openapi()["components"], "$schema": "https://json-schema.org/draft/2020-12/schema"}


def refs(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for value in part.values():
            yield from refs(value)
    elif isinstance(part, list):
        for value in part:
            yield from refs(value)


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in openapi()["paths"].items():
        for method, described in item.items():
            yield path, method, described


def check(answer: Answer, method: str, path: str) -> None:
    """What was answered has the form the document gives."""
    described = openapi()["paths"][f"/api/v1/{path}"][method]["responses"][str(answer.status)]
    jsonschema_rs.validate(schema(described["content"]["application/json"]["schema"]), answer.body)


def test_every_address_and_method_is_in_the_document_and_no_other() -> None:
    found = set()
    for pattern in urlpatterns:
        path = "/api/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(pattern.pattern))
        allowed = pattern.callback.__closure__  # require_http_methods keeps its list there
        names = next(cell.cell_contents for cell in allowed or () if isinstance(cell.cell_contents, list))
        found |= {(path, name.lower()) for name in names}
    assert found == {(path, method) for path, method, _ in operations()}


def test_the_document_has_the_shape_of_openapi() -> None:
    document = openapi()
    assert document["openapi"].startswith("3.1.")
    assert document["info"].keys() >= {"title", "version"}
    ids = [described["operationId"] for _, _, described in operations()]
    assert len(set(ids)) == len(ids) == len(OPERATIONS)
    for path, method, described in operations():
        assert method in METHODS and described["summary"]
        named = {one["name"] for one in described["parameters"] if one["in"] == "path"}
        assert named == set(re.findall(r"{(\w+)}", path))
        assert all(re.fullmatch(r"[1-5]\d\d", status) and one["description"] for status, one in
                   described["responses"].items())  # fmt: skip
        if method in {"get", "delete"}:
            assert "requestBody" not in described


def test_every_reference_leads_somewhere_and_every_schema_is_one() -> None:
    document = openapi()
    schemas = document["components"]["schemas"]
    assert {ref.removeprefix("#/components/schemas/") for ref in refs(document)} <= schemas.keys()
    for name, one in schemas.items():
        assert re.fullmatch(r"[A-Za-z0-9._-]+", name)
        jsonschema_rs.meta.validate(schema(one))


def test_addresses_with_a_token_say_so() -> None:
    for path, _, described in operations():
        is_open = path.startswith(("/api/v1/law", "/api/v1/procedures", "/api/v1/openapi")) or path == "/api/v1/tokens"
        assert (described.get("security") == []) == is_open
        assert ("401" in described["responses"]) != is_open


def test_the_document_is_served() -> None:
    answer = Program().send("GET", "openapi.json")
    assert answer.status == 200
    assert answer.body == json.loads(json.dumps(openapi()))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.benefit}-{case.id}")
def test_worked_cases_fit_the_schema_of_their_inputs(case: Case) -> None:
    part = schema({"$ref": f"#/components/schemas/Inputs_{case.benefit}"})
    answer = Program().send(
        "POST", f"law/{case.benefit}", {"event_date": case.event_date.isoformat(), "inputs": plain(case.inputs)}
    )
    check(answer, "post", "law/{benefit}")
    fits = jsonschema_rs.is_valid(part, plain(case.inputs))
    # what the interface takes, its document allows
    assert fits or answer.status == 422


def test_answers_have_the_documented_form(program: Program) -> None:
    one = ready(program)
    check(program.send("GET", f"drafts/{one.draft_id}"), "get", "drafts/{draft_id}")
    check(program.send("PATCH", f"drafts/{one.draft_id}", {"answers": {}}), "patch", "drafts/{draft_id}")
    other = program.send("POST", "drafts", {"procedure": "tro-cap-mau"})
    check(other, "post", "drafts")
    check(program.send("POST", f"drafts/{other.body['draft_id']}/code", {"channel": "sms"}), "post",
          "drafts/{draft_id}/code")  # fmt: skip
    filed = file(program, one := ready(program))
    check(filed, "post", "drafts/{draft_id}/submission")
    check(file(program, one), "post", "drafts/{draft_id}/submission")
    check(program.send("GET", "dossiers"), "get", "dossiers")
    check(program.send("GET", f"dossiers/{filed.body['dossier_id']}"), "get", "dossiers/{dossier_id}")
    check(program.send("GET", "procedures"), "get", "procedures")
    check(program.send("GET", "procedures/tro-cap-mau/schema"), "get", "procedures/{slug}/schema")
    check(program.send("GET", "procedures/khong-co/schema"), "get", "procedures/{slug}/schema")
    check(program.send("POST", "tokens", {"login": "x", "password": "y"}), "post", "tokens")
    check(Program().send("GET", "dossiers"), "get", "dossiers")
    check(Program().send("GET", "law"), "get", "law")
    check(program.send("DELETE", "tokens/mine"), "delete", "tokens/mine")


def test_an_added_paper_has_the_documented_form(program: Program) -> None:
    draft_id = a_draft(program)
    where = f"drafts/{draft_id}/papers?requirement=birth_certificate&row=children[0]&name=x.jpg"
    check(program.send("POST", where, b"not a picture"), "post", "drafts/{draft_id}/papers")
