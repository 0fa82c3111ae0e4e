"""What the bundle tells in words and values: dossier, answers with earlier versions, papers, timeline, decisions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ansinh.casework.evidence.reader import Reader
from ansinh.casework.models import DecisionState
from ansinh.catalogue.queries import frozen
from ansinh.dossiers.models import Dossier, DossierPaper


def everything(dossier: Dossier, *, reader: Reader) -> Iterator[tuple[str, Any]]:
    """Name of a JSON file and its value."""
    yield "dossier.json", _facts(dossier)
    yield "answers.json", _answers(dossier)
    yield "papers.json", [_paper(number, paper) for number, paper in enumerate(papers_of(dossier), start=1)]
    yield "timeline.json", _timeline(dossier, reader=reader)
    yield "decisions.json", _decisions(dossier, reader=reader)


def papers_of(dossier: Dossier) -> list[DossierPaper]:
    """Every paper ever sent, in the order of the receipt, later rounds behind."""
    return list(dossier.papers.order_by("round", "requirement", "row", "id"))


def paper_file(number: int, paper: DossierPaper) -> str:
    """Its name in the bundle."""
    return f"papers/{number:03d}-{paper.name.replace('/', '_').replace(chr(92), '_')}"


def _facts(dossier: Dossier) -> dict[str, Any]:
    procedure = frozen(dossier.version_id).procedure
    return {
        "id": dossier.pk,
        "number": dossier.number,
        "procedure": {"slug": dossier.procedure, "name": procedure.name_vi, "version_sha256": dossier.version.digest},
        "applicant": {"name": dossier.applicant_name, "born": dossier.applicant_born, "si_number": dossier.si_number},
        "office": dossier.office_code,
        "state": dossier.state,
        "channel": dossier.channel,
        "submitted_at": dossier.submitted_at,
        "accepted_at": dossier.accepted_at,
        "closed_at": dossier.closed_at,
        "due_on": dossier.due_on,
        "results_due": dossier.results_due,
        "confirmed_sha256": dossier.digest,
    }


def _answers(dossier: Dossier) -> dict[str, Any]:
    """The answers as they stand, and what each supplement request found there before."""
    return {
        "now": dossier.answers,
        "supplements": [
            {
                "round": request.round,
                "asked_at": request.asked_at,
                "answer_by": request.answer_by,
                "answered_at": request.answered_at,
                "items": [
                    {"kind": item.target_kind, "place": item.target, "reason": item.reason_code, "wrong": item.wrong,
                     "good": item.good, "before": item.before}
                    for item in request.items.all()
                ],
            }
            for request in dossier.supplement_requests.order_by("round").prefetch_related("items")
        ],
    }  # fmt: skip


def _paper(number: int, paper: DossierPaper) -> dict[str, Any]:
    return {
        "file": paper_file(number, paper),
        "name": paper.name,
        "requirement": paper.requirement,
        "row": paper.row,
        "round": paper.round,
        "added_at": paper.added_at,
        "size": paper.size,
        "sha256": paper.sha256,
    }


def _timeline(dossier: Dossier, *, reader: Reader) -> list[dict[str, Any]]:
    events = dossier.events.all() if reader is Reader.OFFICE else dossier.events.filter(public=True)
    return [
        {
            "at": event.at,
            "kind": event.kind,
            "who": event.actor_name,
            "title": event.actor_title,
            "office": event.office_code,
            "facts": event.facts,
        }
        for event in events
    ]


def _decisions(dossier: Dossier, *, reader: Reader) -> list[dict[str, Any]]:
    """Signed ones; the office also reads those on their way, with their notes."""
    made = dossier.decisions.select_related("proposed_by", "controlled_by", "signed_by")
    if reader is Reader.APPLICANT:
        made = made.filter(state=DecisionState.SIGNED)
    return [
        {
            "id": one.pk,
            "kind": one.kind,
            "number": one.number,
            "state": one.state,
            "amount": one.amount,
            "computed_amount": one.computed_amount,
            "override_reason": one.override_reason,
            "outcomes": one.outcomes,
            "reasons": one.reasons,
            "signed_at": one.signed_at,
            "signed_by": one.signed_by.full_name if one.signed_by else None,
            **(_notes(one) if reader is Reader.OFFICE else {}),
        }
        for one in made
    ]


def _notes(decision: Any) -> dict[str, Any]:
    return {
        "note": decision.note,
        "proposed_by": decision.proposed_by.full_name if decision.proposed_by else None,
        "proposed_at": decision.proposed_at,
        "controlled_by": decision.controlled_by.full_name if decision.controlled_by else None,
        "controlled_at": decision.controlled_at,
        "sent_back_note": decision.sent_back_note,
    }
