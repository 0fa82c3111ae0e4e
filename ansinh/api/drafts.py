"""Drafts: begin, change, add papers, ask for the code, file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse

from ansinh.api.answers import answer, for_citizen, message, network_of, now, problems, session_of
from ansinh.dossiers import drafts as actions
from ansinh.dossiers.access import Holder, the_draft
from ansinh.dossiers.completeness import completeness
from ansinh.dossiers.confirm import request_code
from ansinh.dossiers.models import Draft
from ansinh.dossiers.submit import Confirmation, submit
from ansinh.files.receive import receive
from ansinh.people.actors import Citizen
from ansinh.platform.errors import Invalid
from ansinh.platform.zone import local_day


class NewDraft(msgspec.Struct, forbid_unknown_fields=True):
    """A draft of a procedure with first answers."""

    procedure: str
    answers: dict[str, Any] = {}


class Answers(msgspec.Struct, forbid_unknown_fields=True):
    """Answers to lay over the draft's."""

    answers: dict[str, Any]


class CodeWanted(msgspec.Struct, forbid_unknown_fields=True):
    """How the transaction code shall travel: sms or email."""

    channel: str


class Filing(msgspec.Struct, forbid_unknown_fields=True):
    """The code that confirms the draft."""

    code_id: UUID
    code: str


@for_citizen
def begin(request: HttpRequest, actor: Citizen) -> HttpResponse:
    """POST: a new draft, prefilled from account and registry."""
    given = message(request, NewDraft)
    draft = actions.begin(given.procedure, holder=Holder.of(actor), given=given.answers, at=now())
    return answer(_shown(draft), status=201)


@for_citizen
def draft(request: HttpRequest, actor: Citizen, draft_id: UUID) -> HttpResponse:
    """GET: the draft with its gaps. PATCH: lay answers over it."""
    holder = Holder.of(actor)
    if request.method == "PATCH":
        changed = actions.save(draft_id, holder=holder, answers=message(request, Answers).answers, at=now())
        return answer(_shown(changed))
    return answer(_shown(the_draft(draft_id, holder=holder)))


@for_citizen
def papers(request: HttpRequest, actor: Citizen, draft_id: UUID) -> HttpResponse:
    """POST the bytes of one file; `requirement`, `name` and for a table `row` stand in the address."""
    requirement = request.GET.get("requirement", "")
    holder = Holder.of(actor)
    the_draft(draft_id, holder=holder)
    paper = receive(request, owner_id=actor.account_id, name=request.GET.get("name", ""), kind=requirement, at=now())
    actions.attach(
        draft_id, holder=holder, requirement=requirement, row=request.GET.get("row", ""), paper_id=paper.pk, at=now()
    )
    return answer({"paper_id": paper.pk, "sha256": paper.file_id, "name": paper.name}, status=201)


@for_citizen
def code(request: HttpRequest, actor: Citizen, draft_id: UUID) -> HttpResponse:
    """POST: send the transaction code, bound to the draft as it is now."""
    sent = request_code(
        draft_id,
        actor=actor,
        channel=message(request, CodeWanted).channel,
        session_key=session_of(request),
        network=network_of(request),
        at=now(),
    )
    return answer({"code_id": sent.pk, "expires_at": sent.expires_at}, status=201)


@for_citizen
def submission(request: HttpRequest, actor: Citizen, draft_id: UUID) -> HttpResponse:
    """POST with an Idempotency-Key: file the draft. The same key gives the same dossier, however often it is sent."""
    key = request.headers.get("Idempotency-Key", "").strip()
    if not 8 <= len(key) <= 80:
        raise Invalid("idempotency-key-needed", "Xin gửi đầu mục Idempotency-Key dài từ 8 đến 80 ký tự.")
    given = message(request, Filing)
    filed = submit(
        draft_id=draft_id,
        actor=actor,
        confirmation=Confirmation(
            given.code_id, given.code, session_of(request), request.headers.get("User-Agent", "")
        ),
        idempotency_key=key,
        channel="portal",
        at=now(),
    )
    return answer({"dossier_id": filed.dossier_id, "number": filed.number}, status=200 if filed.replayed else 201)


def _shown(draft: Draft) -> dict[str, Any]:
    state = completeness(draft, today=local_day(now()))
    return {
        "draft_id": draft.pk,
        "revision": draft.revision,
        "answers": draft.answers,
        "problems": problems([problem for part in state.parts for problem in part.problems]),
        "papers_missing": [
            {"requirement": paper.requirement.key, "row": paper.row} for paper in state.papers if paper.missing
        ],
    }
