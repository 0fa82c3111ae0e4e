"""Back into an account at the counter: find, compare, photograph; the second officer approves and prints the slip."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from markupsafe import Markup

from ansinh.documents.qr import qr_svg
from ansinh.files.limits import ACCEPT, limits_in_words
from ansinh.files.preview import preview, preview_type
from ansinh.files.queries import paper_kept
from ansinh.files.receive import receive
from ansinh.offices.queries import office_names
from ansinh.people.actors import OfficerActor
from ansinh.people.contacts import masked
from ansinh.people.models import Account, AccountState, Recovery, RecoveryState
from ansinh.people.readings import PageKind
from ansinh.people.readings.openings import protected
from ansinh.people.recovery import decide, find
from ansinh.people.recovery.open_at_counter import add_photo as keep_photo
from ansinh.people.recovery.open_at_counter import open_at_counter
from ansinh.people.recovery.rules import Choice, papers, reasons, rules
from ansinh.platform.errors import Invalid, NotFound
from ansinh.platform.language import pick, translate
from ansinh.platform.row_security.viewer import at_any_counter
from ansinh.platform.vietnamese import datetime_vi
from ansinh.web.actors import officer_page
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.formats import shown_date
from ansinh.web.officer.frame import RECOVERIES, desk, say
from ansinh.web.officer.protected import shown_name
from ansinh.web.officer.typed_date import typed_day
from ansinh.web.officer.watched import Seen, people_page
from ansinh.web.page import Link, Option

WHY = "Đối chiếu người đến quầy để khôi phục tài khoản"
SEARCHED = ("so", "ma", "ten")


@people_page(PageKind.RECOVERY, WHY)
def recoveries(request: HttpRequest, officer: OfficerActor, seen: Seen) -> HttpResponse:
    """Search an account; and what waits for a second officer."""
    typed = {name: request.GET.get(name, "").strip() for name in SEARCHED}
    typed |= {part: request.GET.get(f"sinh.{part}", "").strip() for part in ("day", "month", "year")}
    problem, found = "", None
    waiting = find.waiting(actor=officer)
    if any(typed.values()):
        wanted = find.Wanted(number=typed["so"], si_number=typed["ma"], name=typed["ten"], born=typed_day(typed))
        try:
            found = find.accounts(wanted, actor=officer, at=now())
        except Invalid as refused:
            problem = sentence(refused)
    hidden = protected([one.account.person_id for one in waiting], at=now())
    seen.note_people([*(one.person_id for one in found or ()), *(one.account.person_id for one in waiting)])
    return desk(
        request,
        officer,
        "recoveries.html",
        translate("Khôi phục tài khoản tại quầy"),
        current=RECOVERIES,
        problems=1 if problem else 0,
        status=422 if problem else 200,
        typed=typed,
        problem=problem,
        found=None if found is None else [_line(one) for one in found],
        waiting=[
            Link(
                shown_name(one.account.person_id, one.account.display_name, hidden),
                _href(one.pk),
                note=translate("{name} mở lúc {moment}", name=one.opened_by.full_name, moment=_moment(one.opened_at)),
            )
            for one in waiting
        ],
    )


@people_page(PageKind.RECOVERY, WHY)
def account(request: HttpRequest, officer: OfficerActor, seen: Seen, account_id: UUID) -> HttpResponse:
    """Compare the person with papers; POST opens the recovery and tells the account's contacts."""
    found = find.the_account(account_id, actor=officer)
    under_way = find.open_recovery(found.pk)
    if under_way is not None:
        return redirect("officer:recovery", recovery_id=under_way.pk)
    problem, place, compared, reason = "", "", request.POST.getlist("compared"), request.POST.get("reason", "")
    if request.method == "POST":
        try:
            made = open_at_counter(
                account_id, actor=officer, office_code=request.POST.get("office", ""), reason=reason,
                compared=compared, at=now(),
            )  # fmt: skip
        except Invalid as refused:
            problem = sentence(refused)
            place = "reason" if refused.code == "recovery-needs-reason" else "compared"
        else:
            say(request, translate("Đã mở việc khôi phục và báo cho liên lạc cũ. Xin chụp giấy tờ đã đối chiếu."))
            return redirect("officer:recovery", recovery_id=made.pk)
    seen.note_people([found.person_id])
    offices = office_names(set(officer.office_codes))
    return desk(
        request,
        officer,
        "recovery_open.html",
        translate("Đối chiếu {name}", name=found.display_name),
        current=RECOVERIES,
        back=(translate("Khôi phục tài khoản"), reverse("officer:recoveries")),
        problems=1 if problem else 0,
        status=422 if problem else 200,
        facts=_facts(found),
        is_protected=bool(protected([found.person_id], at=now())),
        offices=[Option(code, pick(offices[code], "name")) for code in sorted(officer.office_codes)],
        papers=_options(papers()),
        reasons=_options(reasons()),
        compared=compared,
        reason=reason,
        errors={place: problem} if problem else {},
        summary=[{"path": place, "text": problem}] if problem else [],
    )


@people_page(PageKind.RECOVERY, WHY)
def recovery(request: HttpRequest, officer: OfficerActor, seen: Seen, recovery_id: UUID) -> HttpResponse:
    """Where it stands, what was compared, who may do what next."""
    return _page(request, officer, seen, find.the_recovery(recovery_id, actor=officer))


@people_page(PageKind.RECOVERY, WHY)
def add_photo(request: HttpRequest, officer: OfficerActor, seen: Seen, recovery_id: UUID) -> HttpResponse:
    """Take a photograph of a compared paper."""
    found = find.the_recovery(recovery_id, actor=officer)
    kind = request.POST.get("_upload", "")
    file = request.FILES.get(kind)
    if request.method != "POST":
        return redirect("officer:recovery", recovery_id=recovery_id)
    if file is None:
        return _page(
            request, officer, seen, found, fault=(kind, translate("Chưa chọn tệp. Xin chụp hoặc chọn một tệp."))
        )
    try:
        paper = receive(file, owner_id=found.account_id, name=file.name or "", kind=f"recovery_{kind}", at=now())
        keep_photo(recovery_id, actor=officer, kind=kind, paper_id=paper.pk, at=now())
    except Invalid as refused:
        return _page(request, officer, seen, found, fault=(kind, sentence(refused)))
    say(request, translate("Đã thêm “{name}”.", name=paper.name))
    return redirect("officer:recovery", recovery_id=recovery_id)


@people_page(PageKind.PAPER, WHY)
def photo(request: HttpRequest, officer: OfficerActor, seen: Seen, recovery_id: UUID, paper_id: UUID) -> HttpResponse:
    """A photograph, as a picture."""
    found = find.the_recovery(recovery_id, actor=officer)
    if not found.papers.filter(paper_id=paper_id).exists():
        raise NotFound("paper-not-found", "Hồ sơ này không có giấy tờ đó. Xin tải lại trang.")
    seen.note_people([found.account.person_id])
    paper = paper_kept(found.account_id, paper_id)
    return HttpResponse(preview(paper, page=1, width=1280), content_type=preview_type(paper))


@people_page(PageKind.RECOVERY, WHY)
def approve(request: HttpRequest, officer: OfficerActor, seen: Seen, recovery_id: UUID) -> HttpResponse:
    """The slip with the secret, shown this once to be printed and handed over."""
    found = find.the_recovery(recovery_id, actor=officer)
    if request.method != "POST":
        return redirect("officer:recovery", recovery_id=recovery_id)
    secret = decide.approve(recovery_id, actor=officer, at=now())
    found.refresh_from_db()
    seen.note_people([found.account.person_id])
    address = f"{settings.PUBLIC_URL}{reverse('account:recovery')}"
    return desk(
        request,
        officer,
        "recovery_slip.html",
        translate("Giấy cho {name}", name=found.account.display_name),
        current=RECOVERIES,
        back=(translate("Việc khôi phục"), _href(recovery_id)),
        secret=secret,
        address=address,
        qr=Markup(qr_svg(f"{address}?{urlencode({'ma': secret})}")),  # noqa: S704 - drawn by us from our own address
        until=found.secret_expires_at,
        name=found.account.display_name,
    )


@officer_page
@at_any_counter()
def refuse(request: HttpRequest, officer: OfficerActor, recovery_id: UUID) -> HttpResponse:
    """End it without a new password."""
    find.the_recovery(recovery_id, actor=officer)
    if request.method == "POST":
        decide.refuse(recovery_id, actor=officer, at=now())
        say(request, translate("Đã kết thúc việc khôi phục; tài khoản vẫn như cũ."))
    return redirect("officer:recovery", recovery_id=recovery_id)


def _page(
    request: HttpRequest, officer: OfficerActor, seen: Seen, found: Recovery, *, fault: tuple[str, str] = ("", "")
) -> HttpResponse:
    seen.note_people([found.account.person_id])
    is_open = found.state in (RecoveryState.OPENED, RecoveryState.APPROVED)
    blockers = decide.blockers(found, actor=officer, on=today()) if is_open else []
    known, why = papers(), reasons()
    kept = list(found.papers.order_by("added_at"))
    return desk(
        request,
        officer,
        "recovery.html",
        translate(
            "{name}: {state}", name=found.account.display_name, state=translate(RecoveryState(found.state).label)
        ),
        current=RECOVERIES,
        back=(translate("Khôi phục tài khoản"), reverse("officer:recoveries")),
        problems=1 if fault[1] else 0,
        status=422 if fault[1] else 200,
        recovery=found,
        is_protected=bool(protected([found.account.person_id], at=now())),
        facts=[*_facts(found.account), *_course(found, known, why)],
        is_open=is_open,
        may_add=found.state == RecoveryState.OPENED,
        approved=found.state == RecoveryState.APPROVED,
        blockers=[translate(text) for _, text in blockers],
        kept=[{"id": one.paper_id, "name": pick(known[one.kind], "label"), "at": one.added_at} for one in kept],
        wanted=[{"key": key, "name": pick(known[key], "label")} for key in found.papers_compared],
        fault=fault,
        limits=limits_in_words(),
        accept=ACCEPT,
        stop_hours=int(rules(on=today()).stop_within.total_seconds() // 3600),
    )


def _facts(found: Account) -> list[dict[str, Any]]:
    """What the officer compares with the papers; of the contacts only the ends."""
    person = found.person
    assert person is not None
    frozen = found.state == AccountState.FROZEN
    return [
        {"label": translate("Họ và tên"), "value": person.full_name},
        {"label": translate("Ngày sinh"), "value": shown_date(person.date_of_birth)},
        {"label": translate("Số định danh cá nhân"), "value": person.personal_id_number},
        {"label": translate("Mã số BHXH"), "value": person.si_number or "–"},
        {"label": translate("Điện thoại cũ"), "value": masked(found.phone) if found.phone else "–"},
        {"label": translate("Thư điện tử cũ"), "value": masked(found.email) if found.email else "–"},
        *([{"label": translate("Tài khoản"), "value": translate(AccountState.FROZEN.label)}] if frozen else []),
    ]


def _course(found: Recovery, known: dict[str, Choice], why: dict[str, Choice]) -> list[dict[str, Any]]:
    compared = ", ".join(pick(known[key], "label") for key in found.papers_compared)
    rows = [
        {"label": translate("Lý do"), "value": pick(why[found.reason], "label")},
        {"label": translate("Đã đối chiếu với"), "value": compared},
        {"label": translate("Người mở"), "value": found.opened_by.full_name, "note": _moment(found.opened_at)},
    ]
    if found.decided_by is not None:
        rows.append(
            {
                "label": translate("Người quyết định"),
                "value": found.decided_by.full_name,
                "note": _moment(found.decided_at),
            }
        )
    if found.stopped_at is not None:
        rows.append({"label": translate("Chủ tài khoản chặn lúc"), "value": _moment(found.stopped_at)})
    return rows


def _moment(at: datetime | None) -> str:
    return datetime_vi(at) if at else ""


def _options(choices: dict[str, Choice]) -> list[Option]:
    return [Option(one.key, pick(one, "label")) for one in choices.values()]


def _href(recovery_id: UUID) -> str:
    return reverse("officer:recovery", kwargs={"recovery_id": recovery_id})


def _line(found: Account) -> dict[str, Any]:
    person = found.person
    assert person is not None
    return {
        "href": reverse("officer:recovery-account", kwargs={"account_id": found.pk}),
        "name": person.full_name,
        "born": shown_date(person.date_of_birth),
        "number": f"{person.personal_id_number[:3]}•••••{person.personal_id_number[-4:]}",
        "state": translate(AccountState(found.state).label),
    }
