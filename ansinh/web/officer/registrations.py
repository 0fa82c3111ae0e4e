"""Registrations at the counter of any office: find, compare, photograph, print, approve (R-060 … R-079)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ansinh.casework import registration as casework
from ansinh.catalogue.queries import frozen
from ansinh.dossiers.lists import names
from ansinh.dossiers.models import Dossier, State
from ansinh.dossiers.words import CHILD_REGISTRATION, REGISTRATION
from ansinh.eforms.display import show_value
from ansinh.files.limits import ACCEPT, limits_in_words
from ansinh.files.receive import receive
from ansinh.offices.queries import office_names
from ansinh.people.actors import OfficerActor
from ansinh.people.readings import PageKind
from ansinh.platform.errors import Conflict, Invalid
from ansinh.platform.language import current, pick, translate
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.officer.frame import REGISTRATIONS, desk, say
from ansinh.web.officer.reading import papers_of, sections_of
from ansinh.web.officer.time_view import history_of
from ansinh.web.officer.typed_date import typed_day
from ansinh.web.officer.watched import Seen, list_page, registration_page
from ansinh.web.page import Option

SEARCHED = ("so", "ma", "ten")
UNBLOCKS = {
    "papers-missing": ("#anh", "Thêm ảnh tại quầy"),
    "identity-not-compared": ("#doi-chieu", "Đối chiếu người với giấy tờ"),
    "declaration-not-signed": ("#doi-chieu", "In tờ khai và lấy chữ ký"),
}
"""Blocker → where on the page it is mended, and the words of the link."""
DONE = {
    REGISTRATION: "Đã phê duyệt. Tài khoản của {name} dùng được từ bây giờ.",
    CHILD_REGISTRATION: "Đã phê duyệt. Người đăng ký làm thay {name} được từ bây giờ.",
}
"""What the desk says after the approval."""


@list_page(PageKind.SEARCH)
def registrations(request: HttpRequest, officer: OfficerActor, seen: Seen) -> HttpResponse:
    """Search by number, SI number, or name and birth date; and what waits for an approver."""
    typed = {name: request.GET.get(name, "").strip() for name in SEARCHED}
    typed |= {part: request.GET.get(f"sinh.{part}", "").strip() for part in ("day", "month", "year")}
    problem, found = "", None
    if any(typed.values()):
        try:
            found = casework.find(
                actor=officer, number=typed["so"], si_number=typed["ma"], name=typed["ten"], born=typed_day(typed)
            )
        except Invalid as refused:
            problem = sentence(refused)
    waiting = casework.waiting_for_approval(actor=officer)
    if found is not None and len(found) == 1:
        return redirect("officer:registration", dossier_id=found[0].pk)
    seen.note([*(found or []), *waiting])
    return desk(
        request,
        officer,
        "registrations.html",
        translate("Hoàn tất đăng ký tại quầy"),
        current=REGISTRATIONS,
        problems=1 if problem else 0,
        status=422 if problem else 200,
        typed=typed,
        problem=problem,
        found=None if found is None else _lines(found),
        waiting=_lines(waiting),
    )


@registration_page(PageKind.REGISTRATION)
def registration(request: HttpRequest, officer: OfficerActor, found: Dossier) -> HttpResponse:
    """Everything the counter does with one registration, on one page."""
    return _page(request, officer, found)


@registration_page(PageKind.REGISTRATION)
def add_photo(request: HttpRequest, officer: OfficerActor, found: Dossier) -> HttpResponse:
    """Take a photograph or a file into the registration."""
    requirement = request.POST.get("_upload", "")
    file = request.FILES.get(requirement)
    if request.method != "POST":
        return _back(found)
    if file is None or found.account_id is None:
        return _page(
            request, officer, found, fault=(requirement, translate("Chưa chọn tệp. Xin chụp hoặc chọn một tệp."))
        )
    try:
        paper = receive(file, owner_id=found.account_id, name=file.name or "", kind=requirement, at=now())
        casework.add_paper(found.pk, actor=officer, requirement=requirement, paper=paper, at=now())
    except Invalid as refused:
        return _page(request, officer, found, fault=(requirement, sentence(refused)))
    say(request, translate("Đã thêm “{name}”.", name=paper.name))
    return _back(found)


@registration_page(PageKind.REGISTRATION)
def verify(request: HttpRequest, officer: OfficerActor, found: Dossier) -> HttpResponse:
    """Keep what was compared, signed and shown at this counter."""
    if request.method == "POST":
        casework.verify(
            found.pk,
            actor=officer,
            office_code=request.POST.get("office", ""),
            identity_matches="identity_matches" in request.POST,
            declaration_signed="declaration_signed" in request.POST,
            app_guided="app_guided" in request.POST,
            at=now(),
        )
        say(request, translate("Đã ghi kết quả đối chiếu."))
    return _back(found)


@registration_page(PageKind.REGISTRATION)
def approve(request: HttpRequest, officer: OfficerActor, found: Dossier) -> HttpResponse:
    """A page that says what will happen, then the approval."""
    if request.method == "POST":
        try:
            casework.approve(found.pk, actor=officer, at=now())
        except Conflict:
            if found.state != State.GRANTED:
                raise
        say(request, translate(DONE[found.procedure], name=found.applicant_name))
        return _back(found)
    blockers = casework.approval_blockers(found, actor=officer, on=today())
    if blockers or found.state != State.SUBMITTED:
        return _back(found)
    return desk(
        request,
        officer,
        "approve.html",
        translate("Phê duyệt đăng ký này?"),
        current=REGISTRATIONS,
        back=(found.number, reverse("officer:registration", kwargs={"dossier_id": found.pk})),
        dossier=found,
        of_child=found.procedure == CHILD_REGISTRATION,
    )


def _page(
    request: HttpRequest, officer: OfficerActor, found: Dossier, *, fault: tuple[str, str] = ("", "")
) -> HttpResponse:
    blockers = casework.approval_blockers(found, actor=officer, on=today())
    closed = found.state != State.SUBMITTED
    check = casework.check_of(found)
    offices = office_names({*officer.office_codes, found.chosen_office, found.office_code})
    papers = papers_of(found)
    missing = casework.missing_papers(found)
    known = {paper.key: paper for paper in frozen(found.version_id).papers}
    return desk(
        request,
        officer,
        "registration.html",
        _title(found, closed, len(blockers)),
        current=REGISTRATIONS,
        back=(translate("Đăng ký tại quầy"), reverse("officer:registrations")),
        problems=1 if fault[1] else 0,
        status=422 if fault[1] else 200,
        dossier=found,
        of_child=found.procedure == CHILD_REGISTRATION,
        closed=closed,
        rows=_compared(found),
        odd_number=[one.message_en if current() == "en" else one.message_vi for one in casework.odd_number(found)],
        sections=sections_of(found, on=today()),
        unknown_to_registry=not any(row["registry"] != "–" for row in _compared(found)),
        papers=[group for group in papers if group.versions],
        wanted=[] if closed else [{"key": key, "name": pick(known[key], "name")} for key in missing],
        fault=fault,
        limits=limits_in_words(),
        accept=ACCEPT,
        check=check,
        chosen_office=offices[found.chosen_office],
        offices=[Option(code, pick(offices[code], "name")) for code in sorted(officer.office_codes)],
        blockers=[] if closed else [_blocker(code, text) for code, text in blockers],
        history=history_of(found, list(found.events.all())),
    )


def _title(found: Dossier, closed: bool, blockers: int) -> str:
    if closed:
        return translate("{name}: {state}", name=found.applicant_name, state=translate(State(found.state).label))
    if blockers:
        return translate("{name}: còn {n} việc trước khi phê duyệt", name=found.applicant_name, n=blockers)
    return translate("{name}: đã đủ, phê duyệt được", name=found.applicant_name)


def _blocker(code: str, text: str) -> dict[str, str]:
    href, words = UNBLOCKS.get(code, ("", ""))
    return {"text": translate(text), "href": href, "words": translate(words) if words else ""}


def _compared(found: Dossier) -> list[dict[str, object]]:
    """Declared and registered, in words, and whether they differ."""
    form = frozen(found.version_id).form
    assert form is not None
    name_of = names(on=today(), language=current())
    rows: list[dict[str, object]] = []
    for row in casework.compare(found):
        field = form.field(row.key)
        rows.append(
            {
                "label": pick(field, "label"),
                "declared": show_value(field, row.declared, language=current(), name_of=name_of),
                "registry": show_value(field, row.registry, language=current(), name_of=name_of),
                "differs": row.differs,
            }
        )
    return rows


def _lines(found: list[Dossier]) -> list[dict[str, object]]:
    offices = office_names({one.chosen_office for one in found})
    return [
        {
            "href": reverse("officer:registration", kwargs={"dossier_id": one.pk}),
            "number": one.number,
            "name": one.applicant_name,
            "born": one.applicant_born[:4],
            "office": pick(offices[one.chosen_office], "name") if one.chosen_office in offices else "",
            "state": translate(State(one.state).label),
        }
        for one in found
    ]


def _back(found: Dossier) -> HttpResponse:
    return redirect("officer:registration", dossier_id=found.pk)
