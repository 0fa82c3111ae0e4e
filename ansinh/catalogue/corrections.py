"""Put facts of a procedure right without touching files: limits, fee and papers, from a day on, by two people.

A correction passes the same checks as a folder and is frozen like one. Dossiers begun before keep their version.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Final, Self
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from ansinh.catalogue.check import check_folder
from ansinh.catalogue.errors import FolderError
from ansinh.catalogue.folder import Course, ProcedureFolder
from ansinh.catalogue.loader import content_digest, from_content
from ansinh.catalogue.models import Correction, CorrectionState, ProcedureVersion
from ansinh.catalogue.queries import folders, frozen, version_in_force
from ansinh.catalogue.schema import check_shape
from ansinh.eforms.errors import FormError
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Role
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from ansinh.platform.zone import local_day
from ansinh.proof.guard import refuse_when_unsealed

PROPOSES: Final = frozenset({Role.SYSTEM_ADMIN, Role.CENTRAL})
DECIDES: Final = frozenset({Role.SYSTEM_ADMIN, Role.CENTRAL, Role.PROVINCIAL_DIRECTOR})
NOT_ASKED: Final = "none"
"""A paper that is asked no more."""


@dataclass(frozen=True)
class Edits:
    """What changes: limits (key → value and unit), the fee (đồng), papers (key → always, optional, none)."""

    deadlines: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    fee: int | None = None
    papers: Mapping[str, str] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether nothing changes."""
        return not self.deadlines and self.fee is None and not self.papers

    def to_json(self) -> dict[str, Any]:
        """As kept with the correction."""
        limits = {key: list(limit) for key, limit in self.deadlines.items()}
        return {"deadlines": limits, "fee": self.fee, "papers": dict(self.papers)}

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> Self:
        """The other way round."""
        limits = {key: (int(value), str(unit)) for key, (value, unit) in kept["deadlines"].items()}
        return cls(limits, kept["fee"], kept["papers"])


def corrected(content: Mapping[str, Any], edits: Edits, *, in_force_from: date, document: str) -> dict[str, Any]:
    """The content with these facts put right, as of a day; a limit put right rests on the document."""
    made = copy.deepcopy(dict(content))
    made["in_force_on"] = in_force_from.isoformat()
    for limit in made["procedure"]["deadlines"]:
        if limit["key"] in edits.deadlines:
            limit["value"], limit["unit"] = edits.deadlines[limit["key"]]
            limit["quality"], limit["basis_vi"] = "sourced", document
            limit.pop("note_vi", None)
            limit.pop("note_en", None)
    if edits.fee is not None:
        made["procedure"]["fee"] = {"amount": edits.fee}
    papers = [paper for paper in made["documents"]["papers"] if edits.papers.get(paper["key"]) != NOT_ASKED]
    for paper in papers:
        if paper["key"] in edits.papers:
            paper["required"] = edits.papers[paper["key"]]
            for key in ("when", "when_vi", "when_en", "group"):
                paper.pop(key, None)
    made["documents"]["papers"] = papers
    return made


def propose(
    slug: str, *, edits: Edits, in_force_from: date, document: str, reason: str, actor: OfficerActor, at: datetime
) -> Correction:
    """Propose to put facts right. Raises NotAllowed, NotFound, Invalid (nothing, past day, no ground, not possible)."""
    _refuse_unless(PROPOSES, actor)
    if edits.empty:
        raise Invalid("nothing-corrected", "Chưa đổi mục nào. Xin sửa ít nhất một thời hạn, lệ phí hoặc giấy tờ.")
    if in_force_from < local_day(at):
        raise Invalid("correction-in-the-past", "Ngày áp dụng đã qua. Xin chọn hôm nay hoặc một ngày sau.")
    if not document.strip() or not reason.strip():
        raise Invalid("correction-needs-ground", "Chưa ghi văn bản làm căn cứ hoặc lý do. Xin ghi cả hai.")
    base = version_in_force(slug, on=in_force_from)
    _checked(base, edits, in_force_from=in_force_from, document=document.strip())
    with transaction.atomic(), acting_as(actor.label):
        return Correction.objects.create(
            slug=slug, base=base, in_force_from=in_force_from, edits=edits.to_json(), document=document.strip()[:200],
            reason=reason.strip()[:500], proposed_by_id=actor.officer_id, proposed_at=at,
        )  # fmt: skip


def approve(correction_id: UUID, *, actor: OfficerActor, at: datetime) -> ProcedureVersion:
    """Freeze it as a version. Raises NotAllowed (`two-people`), Conflict (decided, day gone, other version)."""
    with transaction.atomic(), acting_as(actor.label):
        found = _to_decide(correction_id, actor=actor)
        refuse_when_unsealed()
        if found.in_force_from < local_day(at):
            raise Conflict("correction-in-the-past", "Ngày áp dụng đã qua. Xin trả lại để đề nghị ngày khác.")
        if version_in_force(found.slug, on=found.in_force_from).pk != found.base_id:
            raise Conflict(
                "base-changed", "Thủ tục đã có bản khác từ khi đề nghị. Xin trả lại để đề nghị trên bản hiện hành."
            )
        content = _checked(
            found.base, Edits.of_json(found.edits), in_force_from=found.in_force_from, document=found.document
        )
        found.version, _ = ProcedureVersion.objects.get_or_create(
            slug=found.slug, in_force_from=found.in_force_from, digest=content_digest(content),
            defaults={"content": content, "frozen_at": at},
        )  # fmt: skip
        _decide(found, CorrectionState.APPROVED, actor=actor, at=at)
        return found.version


def refuse(correction_id: UUID, *, why: str, actor: OfficerActor, at: datetime) -> None:
    """Do not take it. Raises as `approve`, and Invalid without a reason."""
    if not why.strip():
        raise Invalid("reason-missing", "Chưa có lý do. Xin ghi vì sao không duyệt.")
    with transaction.atomic(), acting_as(actor.label):
        found = _to_decide(correction_id, actor=actor)
        found.refused_why = why.strip()[:500]
        _decide(found, CorrectionState.REFUSED, actor=actor, at=at)


def corrections(viewer: OfficerActor) -> QuerySet[Correction]:
    """All of them, the newest first, for those who propose or decide."""
    _refuse_unless(PROPOSES | DECIDES, viewer)
    return Correction.objects.select_related("proposed_by", "decided_by", "base").order_by("-proposed_at")


def the_correction(correction_id: UUID, *, viewer: OfficerActor) -> Correction:
    """One of them. Raises NotFound, NotAllowed."""
    found = corrections(viewer).filter(pk=correction_id).first()
    if found is None:
        raise NotFound("correction-not-found", "Không có đề nghị điều chỉnh này. Xin xem lại danh sách.")
    return found


def proposed_folder(found: Correction) -> ProcedureFolder:
    """The procedure as it would be."""
    edits = Edits.of_json(found.edits)
    return from_content(
        corrected(found.base.content, edits, in_force_from=found.in_force_from, document=found.document)
    )


def may_propose(actor: OfficerActor) -> bool:
    """Whether this officer puts facts right."""
    return any(post.role in PROPOSES for post in actor.own_posts)


def may_decide(found: Correction, actor: OfficerActor) -> bool:
    """Whether this officer can approve or refuse it now."""
    waits = found.state == CorrectionState.PROPOSED and found.proposed_by_id != actor.officer_id
    return waits and any(post.role in DECIDES for post in actor.own_posts)


def _checked(base: ProcedureVersion, edits: Edits, *, in_force_from: date, document: str) -> dict[str, Any]:
    """The corrected content, past every check of a folder; raises Invalid with what is wrong."""
    _refuse_unknown(frozen(base.pk), edits)
    content = corrected(base.content, edits, in_force_from=in_force_from, document=document)
    where = f"procedures/{base.slug}/{in_force_from}"
    # Examples are of the folder's own day: their answers still count, the papers of that day do not.
    examples = next((one.examples for one in folders() if one.slug == base.slug), ())
    examples = tuple(replace(one, course=Course()) for one in examples)
    try:
        for kind in ("procedure", "documents"):
            check_shape(kind, content[kind], where=f"{where}/{kind}.yaml")
        check_folder(from_content(content), content, examples=examples, where=where)
    except (FolderError, FormError) as fault:
        raise Invalid(
            "correction-not-possible", "Điều chỉnh này làm thủ tục không còn đúng: {fault}", fault=str(fault)
        ) from fault
    if content_digest(content) == frozen(base.pk).digest:
        raise Invalid("nothing-corrected", "Chưa đổi mục nào. Xin sửa ít nhất một thời hạn, lệ phí hoặc giấy tờ.")
    return content


def _refuse_unknown(folder: ProcedureFolder, edits: Edits) -> None:
    limits = {one.key for one in folder.procedure.deadlines}
    papers = {one.key for one in folder.papers}
    for key in [*(set(edits.deadlines) - limits), *(set(edits.papers) - papers)]:
        raise Invalid(
            "correction-not-possible", "Điều chỉnh này làm thủ tục không còn đúng: {fault}", fault=f"“{key}” không có"
        )


def _to_decide(correction_id: UUID, *, actor: OfficerActor) -> Correction:
    _refuse_unless(DECIDES, actor)
    found = Correction.objects.select_for_update().filter(pk=correction_id).first()
    if found is None:
        raise NotFound("correction-not-found", "Không có đề nghị điều chỉnh này. Xin xem lại danh sách.")
    if found.proposed_by_id == actor.officer_id:
        raise NotAllowed("two-people", "Người đề nghị không tự duyệt. Xin trình người thứ hai.")
    if found.state != CorrectionState.PROPOSED:
        raise Conflict("correction-decided", "Đề nghị này đã được quyết định. Xin tải lại trang.")
    return found


def _decide(found: Correction, state: CorrectionState, *, actor: OfficerActor, at: datetime) -> None:
    found.state, found.decided_by_id, found.decided_at = state, actor.officer_id, at
    found.save(update_fields=["state", "decided_by", "decided_at", "refused_why", "version"])


def _refuse_unless(roles: frozenset[Role], actor: OfficerActor) -> None:
    if not any(post.role in roles for post in actor.own_posts):
        raise NotAllowed(
            "administrator-corrects",
            "Việc điều chỉnh thủ tục của quản trị hệ thống và giám đốc BHXH tỉnh. Xin chuyển người phụ trách.",
        )
