"""Letters of one's offices, one of them with its files, issue and distribution, and what came in."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from ansinh.directives import distribute, draft, follow
from ansinh.directives.access import letters_visible_to, offices_drafted_for, the_delivery, the_letter
from ansinh.directives.distribute import Order, Target
from ansinh.directives.groups import groups_of
from ansinh.directives.issue import capacity_on, issue
from ansinh.directives.letter_pdf import copies, draft_pdf
from ansinh.directives.models import Letter, LetterState, Purpose
from ansinh.directives.models_distribution import Delivery, Holder
from ansinh.offices.departments import departments_by_function, functions
from ansinh.offices.queries import office_names, offices_under
from ansinh.people.actors import OfficerActor
from ansinh.platform.errors import DomainError, Invalid, NotFound
from ansinh.platform.language import pick, translate
from ansinh.web.actors import officer_page
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.letter_files import attachment_response, pdf_response
from ansinh.web.officer.frame import LETTERS, desk, say
from ansinh.web.officer.letters.words import holder_name, state_words
from ansinh.web.officer.typed_days import a_day, boxes
from ansinh.web.page import Option

SHOWN = 100


@officer_page
def letters(request: HttpRequest, officer: OfficerActor) -> HttpResponse:
    """What came in first, then the letters of one's offices."""
    rows = letters_visible_to(officer).select_related("office", "signer").order_by("-issued_at", "-drafted_at")
    wanted = request.GET.get("q", "").strip()
    if wanted:
        rows = rows.filter(summary__icontains=wanted)
    return desk(
        request,
        officer,
        "letters/list.html",
        translate("Văn bản"),
        current=LETTERS,
        incoming=list(follow.inbox(officer)[:SHOWN]),
        letters=list(rows[:SHOWN]),
        drafts=bool(offices_drafted_for(officer)),
        typed=wanted,
        today=today(),
        holder_name=holder_name,
        state_words=state_words,
    )


@officer_page
def letter(request: HttpRequest, officer: OfficerActor, letter_id: UUID) -> HttpResponse:
    """One letter; POST attaches, drops, issues or forwards."""
    found, problem = the_letter(letter_id, viewer=officer), ""
    if request.method == "POST":
        try:
            say(request, _act(request, officer, found))
        except DomainError as refused:
            problem = sentence(refused)
        else:
            return redirect("officer:letter", letter_id=found.pk)
    writes = found.office_id in offices_drafted_for(officer)
    held = follow.at_letter(found, viewer=officer)
    return desk(
        request,
        officer,
        "letters/letter.html",
        found.full_number or translate("Dự thảo"),
        current=LETTERS,
        back=(translate("Văn bản"), reverse("officer:letters")),
        problems=1 if problem else 0,
        status=422 if problem else 200,
        problem=problem,
        letter=found,
        addressees=[one.name for one in found.recipients.all() if one.purpose == Purpose.ACT],
        copies=copies(found),
        paragraphs=[line for line in found.body.split("\n") if line.strip()],
        attachments=list(found.attachments.all()),
        writes=writes,
        signs=found.signer_id == officer.officer_id and found.state == LetterState.DRAFT,
        capacity=capacity_on(officer, found.office_id, on=today()),
        deliveries=held,
        hrefs={
            one.pk: reverse("officer:delivery", kwargs={"delivery_id": one.pk})
            for one in held
            if writes and one.holder == Holder.UNIT and one.parent_id is None
        },
        counts=follow.counts(held),
        targets=targets(found.office_id, offices=True) if writes else [],
        groups=[Option(str(one.pk), pick(one, "name")) for one in groups_of(found.office_id, on=today())],
        typed=request.POST,
        due=boxes(request.POST, "due"),
        holder_name=holder_name,
        state_words=state_words,
    )


@officer_page
def letter_pdf(request: HttpRequest, officer: OfficerActor, letter_id: UUID) -> HttpResponseBase:
    """The signed letter, or the draft as it would look now."""
    found = the_letter(letter_id, viewer=officer)
    if found.state == LetterState.ISSUED:
        return pdf_response(found)
    return HttpResponse(draft_pdf(found, at=now()), content_type="application/pdf")


@officer_page
def letter_file(request: HttpRequest, officer: OfficerActor, letter_id: UUID, attachment_id: UUID) -> HttpResponseBase:
    """A file that goes with the letter, unchanged."""
    return attachment_response(the_letter(letter_id, viewer=officer), attachment_id)


@officer_page
def delivery(request: HttpRequest, officer: OfficerActor, delivery_id: UUID) -> HttpResponse:
    """A letter that came in; opening it is reading it. POST acknowledges, confirms, forwards, or notes a call."""
    held, problem = the_delivery(delivery_id, actor=officer, on=today()), ""
    if request.method == "POST":
        try:
            say(request, _step(request, officer, held))
        except DomainError as refused:
            problem = sentence(refused)
        else:
            return redirect("officer:delivery", delivery_id=held.pk)
    elif held.holder != Holder.UNIT and held.read_at is None:
        follow.mark_read(held.pk, actor=officer, at=now())
    units = follow.units_at(held, on=today())
    return desk(
        request,
        officer,
        "letters/delivery.html",
        held.letter.full_number,
        current=LETTERS,
        back=(translate("Văn bản"), reverse("officer:letters")),
        problems=1 if problem else 0,
        status=422 if problem else 200,
        problem=problem,
        held=held,
        name=holder_name(held),
        paragraphs=[line for line in held.letter.body.split("\n") if line.strip()],
        attachments=list(held.letter.attachments.all()),
        events=list(held.events.all()),
        below=list(follow.below(held)),
        units=[held] if held.holder == Holder.UNIT else list(units),
        progress=follow.progress(units),
        targets=_targets_below(held),
        spoken=[translate(one) for one in follow.SPOKEN_TO],
        typed=request.POST,
        due=boxes(request.POST, "due"),
        holder_name=holder_name,
        today=today(),
    )


def _targets_below(held: Delivery) -> list[Option]:
    """Where a holder may forward the letter: an office to those below it too."""
    if held.holder == Holder.UNIT:
        return []
    return targets(held.office_id, offices=held.holder == Holder.OFFICE, function=held.function)


def targets(office_code: str, *, offices: bool = False, function: str = "") -> list[Option]:
    """Where a letter can go from an office: offices below, departments, officers; from a department: its officers."""
    found = []
    if offices:
        below = office_names(set(offices_under([office_code])))
        found += [
            Option(f"office:{code}", pick(one, "name"))
            for code, one in sorted(below.items())
            if one.valid_to is None or one.valid_to >= today()
        ]
    if not function:
        rooms = departments_by_function(office_code, on=today())
        found += [
            Option(
                f"department:{key}", pick(rooms[key], "name") if key in rooms else translate("Mảng {name}", name=name)
            )
            for key, name in ((one.key, pick(one, "name")) for one in functions().values())
        ]
    officers = distribute.officers_of(office_code, function=function, on=today())
    return [*found, *(Option(f"officer:{one.pk}", f"{one.full_name}, {one.title_vi}") for one in officers)]


def _act(request: HttpRequest, officer: OfficerActor, found: Letter) -> str:
    typed = request.POST
    match typed.get("_act"):
        case "attach":
            file = request.FILES.get("file")
            if file is None:
                raise Invalid("no-file", "Chưa chọn tệp. Xin chọn tệp PDF hoặc ảnh.")
            draft.attach(found.pk, file, name=file.name or "", actor=officer, at=now())
            return translate("Đã đính kèm tệp.")
        case "detach":
            draft.detach(found.pk, _uuid(typed.get("attachment", "")), actor=officer)
            return translate("Đã bỏ tệp khỏi dự thảo.")
        case "drop":
            draft.drop(found.pk, actor=officer)
            return translate("Đã bỏ dự thảo.")
        case "issue":
            issued = issue(found.pk, actor=officer, at=now())
            return translate("Đã phát hành văn bản số {number}.", number=issued.full_number)
        case "forward":
            wanted = _targets(typed.getlist("to"), found.office_id)
            made = distribute.forward(found.pk, wanted, _order(request), actor=officer, at=now())
            return translate("Đã chuyển đến {n} nơi.", n=len(made))
        case "group":
            group = _uuid(typed.get("group", ""))
            made = distribute.forward_to_group(found.pk, group, _order(request), actor=officer, at=now())
            return translate("Đã chuyển đến {n} nơi.", n=len(made))
    raise NotFound("act-unknown", "Trang không có việc này. Xin tải lại trang.")


def _step(request: HttpRequest, officer: OfficerActor, held: Delivery) -> str:
    typed = request.POST
    match typed.get("_act"):
        case "acknowledge":
            follow.acknowledge(held.pk, actor=officer, at=now())
            return translate("Đã nhận việc.")
        case "done":
            follow.confirm_done(held.pk, actor=officer, at=now())
            return translate("Đã ghi là thực hiện xong.")
        case "forward":
            wanted = _targets(typed.getlist("to"), held.office_id)
            made = distribute.forward_on(held.pk, wanted, _order(request), actor=officer, at=now())
            return translate("Đã chuyển đến {n} nơi.", n=len(made))
        case "units":
            made = distribute.forward_to_units(held.pk, _order(request), actor=officer, at=now())
            return translate("Đã chuyển đến {n} nơi.", n=len(made))
        case "phone":
            follow.phone(
                _uuid(typed.get("unit", "")), spoken_to=typed.get("spoken_to", ""), note=typed.get("note", ""),
                confirmed=typed.get("confirmed") == "yes", actor=officer, at=now(),
            )  # fmt: skip
            return translate("Đã ghi cuộc gọi.")
    raise NotFound("act-unknown", "Trang không có việc này. Xin tải lại trang.")


def _order(request: HttpRequest) -> Order:
    return Order(task=request.POST.get("task", ""), due_on=a_day(request.POST, "due"))


def _targets(chosen: Sequence[str], office_code: str) -> list[Target]:
    found = []
    for one in chosen:
        kind, _, value = one.partition(":")
        match kind:
            case Holder.OFFICE:
                found.append(Target(Holder.OFFICE, value))
            case Holder.DEPARTMENT:
                found.append(Target(Holder.DEPARTMENT, office_code, function=value))
            case Holder.OFFICER:
                found.append(Target(Holder.OFFICER, office_code, officer_id=_uuid(value)))
    return found


def _uuid(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        raise NotFound("act-unknown", "Trang không có việc này. Xin tải lại trang.") from None
