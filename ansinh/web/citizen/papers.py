"""Papers of a draft: what is asked, what is there; sent, taken from the own store, looked at, replaced, taken off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template import engines

from ansinh.dossiers import drafts
from ansinh.dossiers.access import the_draft
from ansinh.dossiers.models import Draft, DraftPaper
from ansinh.dossiers.requirements import AskedPaper, asked_papers, originals_awaited
from ansinh.eforms.visibility import asked_answers
from ansinh.files.limits import limits_in_words
from ansinh.files.queries import papers_of
from ansinh.files.receive import receive
from ansinh.offices.models import Office
from ansinh.offices.queries import office
from ansinh.people import asked_often
from ansinh.platform.errors import Invalid, NotFound
from ansinh.platform.language import pick, translate
from ansinh.web.actors import is_fetch, network, render
from ansinh.web.citizen import preview
from ansinh.web.citizen.filing import Filing
from ansinh.web.citizen.frame import DOSSIERS
from ansinh.web.clock import now
from ansinh.web.errors import sentence
from ansinh.web.plain_input import small_number

PHOTOS, MOST_PHOTOS = "photos", 300
"""Files that one network may send in an hour before anybody has an account."""


@dataclass(frozen=True)
class PaperView:
    """One requirement on the page."""

    name: str
    label: str
    limits: str
    error: str
    optional: bool
    papers: tuple[Mapping[str, Any], ...]
    own_href: str
    own_count: int
    notes: tuple[str, ...]


def page(request: HttpRequest, filing: Filing) -> HttpResponse:
    """Show what is asked, or take in what was posted."""
    if request.method == "POST":
        return _take(request, filing, now())
    return _show(request, filing, {})


def _take(request: HttpRequest, filing: Filing, at: datetime) -> HttpResponse:
    posted = request.POST
    if (gone := small_number(posted.get("_remove_paper", ""))) is not None:
        drafts.detach(filing.draft.pk, holder=filing.holder, attached_id=gone)
        return HttpResponseRedirect(filing.href("papers"))
    known = {one.key: one for one in _asked(filing)}
    errors: dict[str, str] = {}
    for name in request.FILES:
        if name not in known:
            raise NotFound("requirement-unknown", "Hồ sơ này không cần loại giấy tờ đó. Xin tải lại trang.")
        refusals = [_put(request, filing, known[name], upload, at) for upload in request.FILES.getlist(name)]
        if told := " ".join(text for text in refusals if text):
            errors[name] = told
    wanted = posted.get("_upload", "")
    if wanted in known and not request.FILES:
        errors[wanted] = translate("Chưa chọn tệp nào. Xin bấm vào ô chọn tệp, chọn ảnh hoặc PDF, rồi bấm “Tải lên”.")
    if is_fetch(request):
        return _parts(request, filing.at(_again(filing)), errors)
    if errors:
        return _show(request, filing.at(_again(filing)), errors, status=422)
    return HttpResponseRedirect(f"{filing.href('papers')}#{wanted}" if wanted else filing.href("check"))


def _again(filing: Filing) -> Draft:
    """The draft as it is after papers came (a registration gets its pending account then)."""
    return the_draft(filing.draft.pk, holder=filing.holder)


def _put(request: HttpRequest, filing: Filing, asked: AskedPaper, upload: UploadedFile, at: datetime) -> str:
    """Receive one file and put it to its requirement; answers why not, or nothing."""
    if filing.citizen is None:
        asked_often.take(PHOTOS, network=network(request), most=MOST_PHOTOS, at=at)
    try:
        paper = receive(upload, owner_id=filing.owner_id(at), name=upload.name or "", kind=asked.requirement.key, at=at)
    except Invalid as refused:
        return sentence(refused)
    drafts.attach(
        filing.draft.pk,
        holder=filing.holder,
        requirement=asked.requirement.key,
        row=asked.row,
        paper_id=paper.pk,
        at=at,
    )
    return ""


def own_store(request: HttpRequest, filing: Filing, key: str) -> HttpResponse:
    """Choose a paper sent before for this requirement (R-083, R-109)."""
    assert filing.citizen is not None
    asked = _one_asked(filing, key)
    if request.method == "POST":
        drafts.attach(
            filing.draft.pk,
            holder=filing.holder,
            requirement=asked.requirement.key,
            row=asked.row,
            paper_id=_uuid(request.POST.get("paper", "")),
            at=now(),
        )
        return HttpResponseRedirect(f"{filing.href('papers')}#{key}")
    papers = sorted(papers_of(filing.citizen.account_id), key=lambda paper: paper.kind != asked.requirement.key)
    label = _label(asked)
    return render(
        request,
        "citizen/own_store.html",
        page=filing.head(
            translate("Lấy từ kho giấy tờ của tôi"),
            current=DOSSIERS,
            back=(translate("Giấy tờ"), filing.href("papers")),
        ),
        label=label,
        papers=papers,
        kind=asked.requirement.key,
    )


def look(request: HttpRequest, filing: Filing, attached_id: int) -> HttpResponse:
    """Look at a paper of the draft."""
    attached = drafts.attached_paper(filing.draft, attached_id)
    return preview.page(
        request,
        attached.paper,
        head=filing.head,
        layout=filing.layout,
        back=(translate("Giấy tờ"), filing.href("papers")),
        picture_href=lambda number: filing.href("paper-picture", attached_id=attached_id, number=number),
    )


def picture(filing: Filing, attached_id: int, number: int) -> HttpResponse:
    """One page of it as a picture."""
    return preview.picture(drafts.attached_paper(filing.draft, attached_id).paper, number)


def replace(request: HttpRequest, filing: Filing, attached_id: int) -> HttpResponse:
    """Send another file in place of one: the old one leaves the draft when the new one is there."""
    attached = drafts.attached_paper(filing.draft, attached_id)
    key = f"{attached.requirement}@{attached.row}" if attached.row else attached.requirement
    error = ""
    if request.method == "POST":
        upload = request.FILES.get("file")
        if upload is None:
            error = translate("Chưa chọn tệp nào. Xin bấm vào ô chọn tệp, chọn ảnh hoặc PDF, rồi bấm “Thay tệp”.")
        else:
            error = _put(request, filing, _one_asked(filing, key), upload, now())
        if not error:
            drafts.detach(filing.draft.pk, holder=filing.holder, attached_id=attached_id)
            return HttpResponseRedirect(f"{filing.href('papers')}#{key}")
    return render(
        request,
        "citizen/replace_paper.html",
        status=422 if error else 200,
        page=filing.head(
            translate("Thay tệp “{name}”", name=attached.paper.name),
            current=DOSSIERS,
            back=(translate("Giấy tờ"), filing.href("papers")),
            problems=int(bool(error)),
        ),
        layout=filing.layout,
        limits=limits_in_words(),
        error=error,
        problems=[{"path": "file", "text": error}] if error else [],
    )


def _asked(filing: Filing) -> tuple[AskedPaper, ...]:
    given = [(one.requirement, one.row) for one in filing.draft.papers.all()]
    return asked_papers(filing.folder, asked_answers(filing.form, filing.draft.answers), given=given)


def _one_asked(filing: Filing, key: str) -> AskedPaper:
    found = next((one for one in _asked(filing) if one.key == key), None)
    if found is None:
        raise NotFound("requirement-unknown", "Hồ sơ này không cần loại giấy tờ đó. Xin tải lại trang.")
    return found


def views(filing: Filing, errors: Mapping[str, str]) -> tuple[PaperView, ...]:
    """Every requirement with the files that are there."""
    asked, attached = _asked(filing), drafts.attached_papers(filing.draft)
    own = papers_of(filing.citizen.account_id).count() if filing.citizen else 0
    return tuple(_view(filing, one, asked, attached, own, errors.get(one.key, "")) for one in asked)


def _view(
    filing: Filing,
    asked: AskedPaper,
    everything: Sequence[AskedPaper],
    attached: Sequence[DraftPaper],
    own: int,
    error: str,
) -> PaperView:
    requirement = asked.requirement
    mine = [one for one in attached if one.requirement == requirement.key and one.row == asked.row]
    hint = pick(requirement, "hint")
    return PaperView(
        name=asked.key,
        label=_label(asked),
        limits=f"{hint} {limits_in_words()}".strip(),
        error=error,
        optional=not (asked.needed or asked.given),
        papers=tuple(_row(filing, one) for one in mine),
        own_href=filing.href("own-store", key=asked.key) if filing.citizen and own else "",
        own_count=own,
        notes=tuple(_notes(asked, everything)),
    )


def _notes(asked: AskedPaper, everything: Sequence[AskedPaper]) -> list[str]:
    requirement, notes = asked.requirement, []
    if requirement.required == "one_of":
        names = dict.fromkeys(
            pick(one.requirement, "name") for one in everything if one.requirement.group == requirement.group
        )
        notes.append(translate("Chỉ cần một trong các giấy tờ: {names}.", names="; ".join(names)))
    if requirement.original_by_post:
        notes.append(translate("Bản chính gửi qua bưu điện sau khi nộp; gửi kèm ảnh ở đây thì xét được sớm hơn."))
    if requirement.at_counter:
        notes.append(translate("Chưa có cũng nộp được: đến cơ quan BHXH thì chụp tại quầy."))
    return notes


def _row(filing: Filing, one: DraftPaper) -> dict[str, Any]:
    return {
        "id": one.pk,
        "name": one.paper.name,
        "size": one.paper.file.size,
        "state": "received",
        "view_href": filing.href("paper", attached_id=one.pk),
        "replace_href": filing.href("replace-paper", attached_id=one.pk),
        "removable": True,
    }


def _label(asked: AskedPaper) -> str:
    row = pick(asked, "row_label")
    name = pick(asked.requirement, "name")
    return f"{name} ({row})" if row else name


def named_papers(filing: Filing) -> list[tuple[str, DraftPaper]]:
    """Every file of the draft with the name of the paper it was sent as."""
    asked = {(one.requirement.key, one.row): _label(one) for one in _asked(filing)}
    names = {paper.key: pick(paper, "name") for paper in filing.folder.papers}
    attached = drafts.attached_papers(filing.draft)
    return [(asked.get((one.requirement, one.row), names[one.requirement]), one) for one in attached]


def originals_office(filing: Filing) -> tuple[list[str], Office | None]:
    """Names of the originals to be sent by post, and the office that waits for them once one is chosen (R-089)."""
    answers = asked_answers(filing.form, filing.draft.answers)
    originals = [pick(one, "name") for one in originals_awaited(filing.folder, answers)]
    code = str(answers.get("receiving_office") or answers.get("chosen_office") or "")
    try:
        return originals, office(code) if originals and code else None
    except NotFound:
        return originals, None


def _parts(request: HttpRequest, filing: Filing, errors: Mapping[str, str]) -> JsonResponse:
    template = engines["jinja2"].get_template("citizen/paper.html")
    names = set(request.FILES) | set(errors)
    parts = {
        view.name: template.render({"view": view}, request) for view in views(filing, errors) if view.name in names
    }
    return JsonResponse({"parts": parts, "problems": [{"path": k, "text": v} for k, v in errors.items()]})


def _show(request: HttpRequest, filing: Filing, errors: Mapping[str, str], status: int = 200) -> HttpResponse:
    originals, receiver = originals_office(filing)
    sections = filing.sections()
    last = sections[-1]
    return render(
        request,
        "citizen/papers.html",
        status=status,
        page=filing.head(
            translate("Giấy tờ gửi kèm"),
            current=DOSSIERS,
            back=(pick(last, "title"), filing.href("section", section_key=last.key)),
            problems=len(errors),
        ),
        layout=filing.layout,
        filing=filing,
        views=views(filing, errors),
        problems=[{"path": path, "text": text} for path, text in errors.items()],
        originals=originals,
        receiver=receiver,
    )


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound("paper-not-found", "Chưa chọn giấy tờ nào. Xin chọn lại trong danh sách.") from None
