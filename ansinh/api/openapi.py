"""The document of the interface: OpenAPI 3.1, built from the shapes and the law's declared inputs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse

from ansinh.api import card_checks, drafts, law, organisations, shapes, sign_in
from ansinh.api.answers import ACTING_FOR, LARGEST_MESSAGE, answer, endpoint
from ansinh.api.law_schema import inputs_schema, question_schema, results_schema
from ansinh.law.declared import declarations

_REF = "#/components/schemas/{name}"
_BROKEN = {400: "the message cannot be read", 422: "refused, with a code and a sentence"}
_TEXT: dict[str, Any] = {"type": "string"}
_ACTING = "`basis_id` of listBehalves: what follows is done for that child, person or organisation"
_ID: dict[str, Any] = {"type": "string", "format": "uuid"}


@dataclass(frozen=True)
class Operation:
    """One method of one address. `takes` and `gives` are shapes; `gives` is by status."""

    path: str
    method: str
    name: str
    summary: str
    gives: tuple[tuple[int, Any], ...]
    takes: Any = None
    refusals: tuple[int, ...] = ()
    needs_token: bool = True
    query: tuple[tuple[str, bool], ...] = ()
    headers: tuple[tuple[str, int, int], ...] = ()
    takes_bytes: bool = False


OPERATIONS = (
    Operation(
        "/api/v1/tokens", "post", "giveToken", "Sign in: a bearer token, good for twelve hours",
        gives=((201, shapes.Token),), takes=sign_in.SignIn, refusals=(400, 403, 422), needs_token=False,
    ),
    Operation(
        "/api/v1/tokens/mine", "delete", "endToken", "Sign out: the token of this request stops working at once",
        gives=((200, None),),
    ),
    Operation(
        "/api/v1/procedures", "get", "listProcedures", "Every procedure of today",
        gives=((200, list[shapes.Procedure]),), needs_token=False,
    ),
    Operation(
        "/api/v1/procedures/{slug}/schema", "get", "describeProcedure", "JSON Schema of a form, and its papers",
        gives=((200, shapes.ProcedureSchema),), refusals=(404,), needs_token=False,
    ),
    Operation(
        "/api/v1/drafts", "post", "beginDraft", "A new draft, prefilled from account and register",
        gives=((201, shapes.Draft),), takes=drafts.NewDraft, refusals=(400, 404, 409, 422),
    ),
    Operation(
        "/api/v1/drafts/{draft_id}", "get", "readDraft", "A draft with its gaps",
        gives=((200, shapes.Draft),), refusals=(404,),
    ),
    Operation(
        "/api/v1/drafts/{draft_id}", "patch", "changeDraft", "Lay answers over the draft's",
        gives=((200, shapes.Draft),), takes=drafts.Answers, refusals=(400, 404, 409, 422),
    ),
    Operation(
        "/api/v1/drafts/{draft_id}/papers", "post", "addPaper", "Add one file: its bytes are the body",
        gives=((201, shapes.Paper),), refusals=(404, 409, 422), takes_bytes=True,
        query=(("requirement", True), ("name", True), ("row", False)),
    ),
    Operation(
        "/api/v1/drafts/{draft_id}/code", "post", "askForCode",
        "Send the transaction code, bound to the draft as it is now",
        gives=((201, shapes.CodeSent),), takes=drafts.CodeWanted, refusals=(400, 404, 409, 422),
    ),
    Operation(
        "/api/v1/drafts/{draft_id}/submission", "post", "submitDraft",
        "File the draft; the same Idempotency-Key gives the same dossier (200), however often it is sent",
        gives=((201, shapes.Filed), (200, shapes.Filed)), takes=drafts.Filing, refusals=(400, 404, 409, 422),
        headers=(("Idempotency-Key", 8, 80),),
    ),
    Operation(
        "/api/v1/card-checks", "post", "checkCard",
        "Check a health card at a facility's counter; written down, and told to the person",
        gives=((200, shapes.CardAnswer),), takes=card_checks.CardQuestion, refusals=(400, 403, 422),
    ),
    Operation(
        "/api/v1/law", "get", "listBenefits", "Every benefit and contribution the law can work out, with its inputs",
        gives=((200, list[shapes.Benefit]),), needs_token=False,
    ),
    Operation(
        "/api/v1/law/{benefit}", "post", "calculate", "An amount with its steps, conditions and doubts",
        gives=((200, shapes.Outcome),), takes=law.Question, refusals=(400, 404, 422), needs_token=False,
    ),
    Operation(
        "/api/v1/openapi.json", "get", "readDocument", "This document",
        gives=((200, dict[str, Any]),), needs_token=False,
    ),
    Operation(
        "/api/v1/dossiers", "get", "listDossiers", "The newest hundred dossiers of the token's holder",
        gives=((200, list[shapes.DossierLine]),),
    ),
    Operation(
        "/api/v1/dossiers/{dossier_id}", "get", "readDossier", "A dossier with its papers, history and documents",
        gives=((200, shapes.Dossier),), refusals=(404,),
    ),
    Operation(
        "/api/v1/acting", "get", "listBehalves", "Everybody for whom the token's holder may act today",
        gives=((200, list[shapes.Behalf]),),
    ),
    Operation(
        "/api/v1/acting/children", "get", "listChildren", "Children whose guardian the holder is or was",
        gives=((200, list[shapes.Child]),),
    ),
    Operation(
        "/api/v1/acting/mandates", "get", "listMandates", "Mandates the holder gave or was given",
        gives=((200, list[shapes.Mandate]),),
    ),
    Operation(
        "/api/v1/acting/mandates/{mandate_id}", "delete", "endMandate", "A mandate ends at once; both sides are told",
        gives=((200, shapes.Mandate),), refusals=(404, 409),
    ),
    Operation(
        "/api/v1/organisations", "get", "listOrganisations", "Organisations the holder works for today",
        gives=((200, list[shapes.OrganisationLine]),),
    ),
    Operation(
        "/api/v1/organisations/{organisation_id}", "get", "readOrganisation",
        "One of them; all of its people only for who administers it",
        gives=((200, shapes.Organisation),), refusals=(404,),
    ),
    Operation(
        "/api/v1/organisations/{organisation_id}/invitations", "post", "inviteStaff", "Invite somebody by number",
        gives=((201, shapes.Invitation),), takes=organisations.Invited, refusals=(400, 403, 404, 409, 422),
    ),
    Operation(
        "/api/v1/organisations/{organisation_id}/staff/{member_id}", "delete", "endMembership",
        "Somebody works here no more; also the holder who leaves",
        gives=((200, None),), refusals=(403, 404, 409),
    ),
    Operation(
        "/api/v1/organisations/{organisation_id}/mandates/{mandate_id}", "delete", "endTransmission",
        "The I-VAN provider transmits for the organisation no more",
        gives=((200, None),), refusals=(403, 404),
    ),
)  # fmt: skip


@endpoint
def document(request: HttpRequest) -> HttpResponse:
    """GET: the OpenAPI document."""
    return answer(openapi())


@lru_cache(maxsize=1)
def openapi() -> dict[str, Any]:
    """The document, the same for everybody."""
    kinds = [shapes.Refusal, *_named_shapes()]
    schemas, components = msgspec.json.schema_components(kinds, ref_template=_REF)
    found = dict(zip(map(_key, kinds), schemas, strict=True))
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "An Sinh",
            "version": "1",
            "description": (
                "Electronic transactions of Vietnam Social Security. Every refusal has a stable `code` and a sentence; "
                f"`Accept-Language: en` gives it in English. A JSON message has at most {LARGEST_MESSAGE} bytes."
            ),
        },
        "security": [{"token": []}],
        "paths": _paths(found),
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {
                **components,
                "Question": question_schema(),
                "Outcome": _with_named_results(components["Outcome"]),
                **{f"Inputs_{one.benefit}": inputs_schema(one) for one in declarations().values()},
                **{f"Results_{one.benefit}": results_schema(one) for one in declarations().values()},
            },
        },
    }


def _with_named_results(outcome: dict[str, Any]) -> dict[str, Any]:
    """The outcome of a calculation: its values are the results of the benefit in the address."""
    named = {"anyOf": [{"$ref": _REF.format(name=f"Results_{benefit}")} for benefit in declarations()]}
    return {**outcome, "properties": {**outcome["properties"], "values": named}}


def _named_shapes() -> list[Any]:
    given = [one.takes for one in OPERATIONS] + [shape for one in OPERATIONS for _, shape in one.gives]
    return list({_key(shape): shape for shape in given if shape is not None}.values())


def _key(shape: Any) -> str:
    return repr(shape)


def _paths(found: dict[str, Any]) -> dict[str, Any]:
    paths: dict[str, Any] = {}
    for one in OPERATIONS:
        paths.setdefault(one.path, {})[one.method] = _operation(one, found)
    return paths


def _operation(one: Operation, found: dict[str, Any]) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": one.name,
        "summary": one.summary,
        "parameters": [*_path_parameters(one.path), *_query(one), *_headers(one)],
        "responses": {
            **{str(status): _json("done", _schema(shape, found)) for status, shape in one.gives},
            **{str(status): _json(*_refusal(status, found)) for status in _refusals(one)},
        },
    }
    if not one.needs_token:
        described["security"] = []
    if one.takes_bytes:
        described["requestBody"] = {
            "required": True,
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    elif one.takes is not None:
        described["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": _schema(one.takes, found)}},
        }
    return described


def _refusals(one: Operation) -> list[int]:
    return sorted({*one.refusals, 405, 500, *((401,) if one.needs_token else ())})


def _refusal(status: int, found: dict[str, Any]) -> tuple[str, Any]:
    words = {401: "no good token", 403: "not allowed", 404: "not found", 405: "no such method", 409: "not possible now",
             500: "fault of the server: nothing was recorded"}  # fmt: skip
    return {**_BROKEN, **words}[status], _schema(shapes.Refusal, found)


def _schema(shape: Any, found: dict[str, Any]) -> dict[str, Any]:
    if shape is None:
        return {"type": "null"}
    schema: dict[str, Any] = found[_key(shape)]
    return schema


def _json(words: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": words, "content": {"application/json": {"schema": schema}}}


def _path_parameters(path: str) -> list[dict[str, Any]]:
    names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
    return [{"name": name, "in": "path", "required": True, "schema": _of_part(name)} for name in names]


def _of_part(name: str) -> dict[str, Any]:
    if name == "benefit":
        return {"type": "string", "enum": list(declarations())}
    return _ID if name.endswith("_id") else _TEXT


def _query(one: Operation) -> list[dict[str, Any]]:
    return [{"name": name, "in": "query", "required": needed, "schema": _TEXT} for name, needed in one.query]


def _headers(one: Operation) -> list[dict[str, Any]]:
    acting = {"name": ACTING_FOR, "in": "header", "required": False, "description": _ACTING, "schema": _ID}
    return [
        *([acting] if one.needs_token else []),
        *(
            {"name": name, "in": "header", "required": True, "schema": {**_TEXT, "minLength": least, "maxLength": most}}
            for name, least, most in one.headers
        ),
    ]
