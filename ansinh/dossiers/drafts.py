"""Begin, keep and give up a draft. Nothing typed is lost; a wrong answer is kept beside its error."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from ansinh.catalogue.queries import frozen, version_in_force
from ansinh.dossiers.access import Holder, drafts_of, the_draft
from ansinh.dossiers.applicants import refuse_wrong_applicant
from ansinh.dossiers.models import Draft, DraftPaper
from ansinh.dossiers.prefill import prefill
from ansinh.dossiers.words import CHILD_REGISTRATION, REGISTRATION
from ansinh.eforms.definition import Form
from ansinh.eforms.shape import shaped
from ansinh.eforms.visibility import is_fact
from ansinh.files.models import Paper
from ansinh.people.organisations.queries import organisation_of
from ansinh.platform.errors import Conflict, NotAllowed, NotFound
from ansinh.platform.zone import local_day

_ROW = re.compile(r"(?:[a-z_0-9]{1,40}\[\d{1,4}\])?")
"""A row of a table as papers name it, `children[0]`, or none."""


def begin(slug: str, *, holder: Holder, at: datetime, given: Mapping[str, Any] | None = None) -> Draft:
    """A new draft of the procedure in force today, prefilled; `given`: answers chosen before (a sub-case, an estimate).

    Raises Conflict for a procedure that is not filed here, and for a registration from within an account: approved, it
    would turn this account into the registered person's.
    """
    _refuse_wrong_place(slug, holder)
    version = version_in_force(slug, on=local_day(at))
    folder = frozen(version.pk)
    if folder.form is None or not folder.procedure.online:
        raise Conflict(
            "procedure-not-online",
            "Thủ tục này chưa nộp trực tuyến được ở đây. Xin xem cách nộp khác ở trang của thủ tục.",
        )
    organisation = organisation_of(holder.owner_id) if holder.shared else None
    refuse_wrong_applicant(folder.procedure, organisation=organisation)
    filled = prefill(
        folder.form,
        account_id=holder.account_id,
        owner_id=holder.owner_id,
        organisation=organisation,
        role=holder.role,
        on=local_day(at),
    )
    chosen = open_to_change(folder.form, filled.answers, given or {})
    return Draft.objects.create(
        version=version,
        account_id=holder.account_id,
        owner_id=holder.owner_id,
        session_key=holder.session_key,
        answers={**filled.answers, **chosen},
        sources={key: source for key, source in filled.sources.items() if key not in chosen},
        created_at=at,
        updated_at=at,
    )


def _refuse_wrong_place(slug: str, holder: Holder) -> None:
    """Oneself is registered without an account, a child by its parent in person; a mandate may be narrow."""
    if slug == REGISTRATION and holder.account_id is not None:
        raise Conflict(
            "account-exists",
            "Ông/bà đang dùng một tài khoản. Muốn đăng ký cho người khác, xin đăng xuất rồi đăng ký bằng "
            "số điện thoại của chính người đó.",
        )
    if slug == CHILD_REGISTRATION and holder.role != "self":
        raise Conflict(
            "child-of-another",
            "Đăng ký cho trẻ là việc của chính cha, mẹ, người giám hộ. Xin chuyển về việc của mình rồi đăng ký.",
        )
    if holder.procedures and slug not in holder.procedures:
        raise NotAllowed("procedure-not-given", "Giấy ủy quyền không gồm thủ tục này. Xin nhờ người ủy quyền cho thêm.")


def save(draft_id: UUID, *, holder: Holder, answers: Mapping[str, Any], at: datetime) -> Draft:
    """Lay these answers over the draft's. Facts of a register can not be overwritten; raises NotFound."""
    with transaction.atomic():
        draft = the_draft(draft_id, holder=holder, lock=True)
        form = frozen(draft.version_id).form
        assert form is not None
        changed = open_to_change(form, draft.answers, answers)
        draft.sources = {
            key: source
            for key, source in draft.sources.items()
            if key not in changed or changed[key] == draft.answers.get(key)
        }
        draft.answers = {**draft.answers, **changed}
        draft.revision += 1
        draft.updated_at = at
        draft.save(update_fields=["answers", "sources", "revision", "updated_at"])
    return draft


def open_to_change(form: Form, held: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Of the given answers those a person may give: questions of the form that no register has answered.

    Raises Invalid for an answer that does not have the shape of its question.
    """
    return {
        field.key: shaped(field, given[field.key])
        for field in form.fields()
        if field.key in given and not (is_fact(field, held) and field.prefill)
    }


def attach(
    draft_id: UUID, *, holder: Holder, requirement: str, row: str = "", paper_id: UUID, at: datetime
) -> DraftPaper:
    """Put a paper to a requirement: from the store of who began the draft, or of the colleague who works on it now."""
    with transaction.atomic():
        draft = the_draft(draft_id, holder=holder, lock=True)
        known = any(paper.key == requirement for paper in frozen(draft.version_id).papers)
        if not known or not _ROW.fullmatch(row):
            raise NotFound("requirement-unknown", "Hồ sơ này không cần loại giấy tờ đó. Xin tải lại trang.")
        stores = {draft.account_id, holder.account_id} - {None}
        paper = Paper.objects.filter(pk=paper_id, discarded_at__isnull=True, owner_id__in=stores).first()
        if paper is None:
            raise NotFound("paper-not-found", "Không tìm thấy giấy tờ này trong kho của ông/bà. Xin tải lên lại.")
        attached, _ = DraftPaper.objects.get_or_create(draft=draft, requirement=requirement, row=row, paper=paper)
        Draft.objects.filter(pk=draft.pk).update(updated_at=at)
    return attached


def detach(draft_id: UUID, *, holder: Holder, attached_id: int) -> None:
    """Take a paper off the draft; it stays in the person's store."""
    with transaction.atomic():
        draft = the_draft(draft_id, holder=holder, lock=True)
        DraftPaper.objects.filter(pk=attached_id, draft=draft).delete()


def discard(draft_id: UUID, *, holder: Holder, at: datetime) -> None:
    """Give the draft up (R-107)."""
    with transaction.atomic():
        draft = the_draft(draft_id, holder=holder, lock=True)
        draft.discarded_at = at
        draft.save(update_fields=["discarded_at"])


def open_drafts(holder: Holder) -> list[Draft]:
    """Drafts to go on with, last touched first."""
    return list(drafts_of(holder).select_related("version").order_by("-updated_at"))


def attached_papers(draft: Draft) -> list[DraftPaper]:
    """Papers put to the draft, with their files, in the order they came."""
    return list(draft.papers.select_related("paper__file").order_by("pk"))


def attached_paper(draft: Draft, attached_id: int) -> DraftPaper:
    """One paper put to the draft; raises NotFound."""
    found = draft.papers.select_related("paper__file").filter(pk=attached_id).first()
    if found is None:
        raise NotFound("paper-not-found", "Hồ sơ này không có tệp đó. Xin xem lại danh sách giấy tờ.")
    return found
