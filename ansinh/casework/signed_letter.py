"""The letter of a decision as PDF: a draft to read, or signed in the leader's name and capacity, with its time."""

from __future__ import annotations

from datetime import datetime

from ansinh.casework.letter import decision_data
from ansinh.casework.models import Decision
from ansinh.casework.statement import Statement
from ansinh.catalogue.queries import frozen
from ansinh.documents.render import render, render_source
from ansinh.dossiers.models import Dossier
from ansinh.offices.queries import office
from ansinh.signing.authority import ensure_signer
from ansinh.signing.pdf import sign_pdf
from ansinh.signing.timestamps import stamper

WHAT_NEXT = (
    "Nộp hồ sơ mới khi đã có đủ điều kiện hoặc giấy tờ; hồ sơ cũ không làm mất quyền nộp lại.",
    "Khiếu nại đến chính cơ quan đã ra văn bản này theo Luật Khiếu nại, hoặc khởi kiện tại Tòa án.",
)


def signed_letter(dossier: Dossier, decision: Decision, *, stated: Statement, at: datetime) -> bytes:
    """The letter of an approved decision with what it states, dated and signed as of its approval, time-stamped now.

    Raises NotNow while time-stamps or the token are away.
    """
    leader, approved_at = decision.signed_by, decision.signed_at
    assert leader is not None and approved_at is not None
    key_name = key_of(decision)
    ensure_signer(
        key_name=key_name, full_name=leader.full_name, organisation=office(dossier.office_code).name_vi, at=at
    )
    return sign_pdf(
        draft_letter(dossier, decision, stated=stated, at=approved_at),
        key_name=key_name,
        signer_name=leader.full_name,
        capacity=", ".join(part for part in (decision.signed_capacity, decision.signed_title) if part),
        reason=f"Giải quyết hồ sơ {dossier.number}",
        at=at,
        approved_at=approved_at,
        stamper=stamper(),
    )


def key_of(decision: Decision) -> str:
    """Name of the key of the leader who approved."""
    return f"officer-{decision.signed_by_id}"


def draft_letter(dossier: Dossier, decision: Decision, *, at: datetime, stated: Statement | None = None) -> bytes:
    """The letter without its signature; marked as a draft until somebody approved it."""
    data = {**decision_data(dossier, decision, at=at), **(stated.printed if stated else {})}
    content = stated.content if stated else None
    if decision.kind == "refuse":
        reasons = [
            {"text": f"{one['name_vi']}. {one['explanation']}", "article": one["clause_vi"], "code": one["code"]}
            for one in decision.reasons
        ]
        return render(
            "refusal", data={**data, "reasons": reasons, "what_next": list(WHAT_NEXT)}, at=at, statement=content
        )
    folder = frozen(dossier.version_id)
    assert folder.decision_template is not None
    return render_source(
        folder.decision_template, name=f"{folder.slug}/decision.typ", data=data, at=at, statement=content
    )
