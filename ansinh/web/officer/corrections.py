"""Facts of procedures put right by an administrator from a day on, and approved by a second one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ansinh.catalogue import corrections as actions
from ansinh.catalogue.corrections import NOT_ASKED, Edits
from ansinh.catalogue.folder import Deadline, ProcedureFolder
from ansinh.catalogue.models import Correction
from ansinh.catalogue.queries import folder_in_force, frozen, services_on
from ansinh.catalogue.uncertain import uncertain_facts
from ansinh.people.actors import OfficerActor
from ansinh.platform.errors import DomainError, Invalid
from ansinh.platform.language import pick, translate
from ansinh.web.actors import officer_page
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.officer.frame import CORRECTIONS, desk, say
from ansinh.web.officer.typed_date import typed_day
from ansinh.web.public.change_words import lines_between
from ansinh.web.public.uncertain_words import uncertain_words

UNITS = {
    "working_day": "ngày làm việc", "calendar_day": "ngày",
    "calendar_day_excluding_public_holidays": "ngày, không kể ngày lễ, tết", "same_day": "trong ngày",
    "immediate": "ngay khi yêu cầu",
}  # fmt: skip
REQUIRED = {
    "": "Giữ như bây giờ", "always": "Luôn phải nộp", "optional": "Không bắt buộc", NOT_ASKED: "Không hỏi nữa",
}  # fmt: skip


@officer_page
def corrections(request: HttpRequest, officer: OfficerActor) -> HttpResponse:
    """The procedures with what is unchecked in them, and the corrections so far."""
    made = list(actions.corrections(officer)[:100])
    rows = [
        {"slug": one.slug, "label": pick(one.procedure, "short_name"), "uncertain": len(uncertain_facts(one))}
        for one in services_on(today())
    ]
    return desk(
        request,
        officer,
        "corrections.html",
        translate("Dữ kiện của thủ tục"),
        current=CORRECTIONS,
        rows=sorted(rows, key=lambda row: (-int(str(row["uncertain"])), str(row["label"]))),
        made=[(one, pick(frozen(one.base_id).procedure, "short_name")) for one in made],
        may_propose=actions.may_propose(officer),
    )


@officer_page
def correct(request: HttpRequest, officer: OfficerActor, slug: str) -> HttpResponse:
    """The limits, the fee and the papers of one procedure; on POST what was changed is proposed."""
    actions.corrections(officer)  # refuses who has no part in it
    folder, problem = folder_in_force(slug, on=today()), ""
    if request.method == "POST":
        try:
            made = actions.propose(
                slug, edits=_edits(folder, request.POST), in_force_from=_day(request.POST),
                document=request.POST.get("document", ""), reason=request.POST.get("reason", ""), actor=officer,
                at=now(),
            )  # fmt: skip
        except DomainError as refused:
            problem = sentence(refused)
        else:
            say(request, translate("Đã gửi đề nghị. Người thứ hai duyệt thì bản mới mới có hiệu lực."))
            return redirect("officer:correction", correction_id=made.pk)
    return desk(
        request,
        officer,
        "correct.html",
        translate("Điều chỉnh: {name}", name=pick(folder.procedure, "short_name")),
        current=CORRECTIONS,
        back=(translate("Dữ kiện của thủ tục"), reverse("officer:corrections")),
        problems=1 if problem else 0,
        status=422 if problem else 200,
        problem=problem,
        limits=[_limit(one, request.POST) for one in folder.procedure.deadlines],
        papers=[
            {"name": f"paper-{one.key}", "label": pick(one, "name"), "value": request.POST.get(f"paper-{one.key}", "")}
            for one in folder.papers
        ],
        units=[{"value": key, "label": translate(words)} for key, words in UNITS.items()],
        kinds=[{"value": key, "label": translate(words)} for key, words in REQUIRED.items()],
        uncertain=uncertain_words(folder),
        fee=request.POST.get("fee", folder.procedure.fee.amount),
        document=request.POST.get("document", ""),
        reason=request.POST.get("reason", ""),
        day=_boxes(request.POST),
        may_propose=actions.may_propose(officer),
    )


@officer_page
def correction(request: HttpRequest, officer: OfficerActor, correction_id: UUID) -> HttpResponse:
    """One proposal with what it changes; a second person approves it or says why not."""
    found, problem = actions.the_correction(correction_id, viewer=officer), ""
    if request.method == "POST":
        try:
            if request.POST.get("_act") == "approve":
                actions.approve(found.pk, actor=officer, at=now())
                say(request, translate("Đã duyệt. Hồ sơ lập từ ngày áp dụng theo bản mới."))
            else:
                actions.refuse(found.pk, why=request.POST.get("reason", ""), actor=officer, at=now())
                say(request, translate("Đã trả đề nghị, thủ tục giữ nguyên."))
        except DomainError as refused:
            problem = sentence(refused)
        else:
            return redirect("officer:corrections")
    return _page(request, officer, found, problem)


def _page(request: HttpRequest, officer: OfficerActor, found: Correction, problem: str) -> HttpResponse:
    before, after = frozen(found.base_id), actions.proposed_folder(found)
    return desk(
        request,
        officer,
        "correction.html",
        translate("Đề nghị điều chỉnh: {name}", name=pick(before.procedure, "short_name")),
        current=CORRECTIONS,
        back=(translate("Dữ kiện của thủ tục"), reverse("officer:corrections")),
        problems=1 if problem else 0,
        status=422 if problem else 200,
        problem=problem,
        found=found,
        lines=lines_between(before, after),
        decides=actions.may_decide(found, officer),
        reason=request.POST.get("reason", ""),
    )


def _limit(one: Deadline, typed: Mapping[str, str]) -> dict[str, Any]:
    """The boxes of a limit, with what was typed or what holds."""
    value, unit = f"value-{one.key}", f"unit-{one.key}"
    return {
        "title": pick(one, "name"), "value_name": value, "value": typed.get(value, one.value), "unit_name": unit,
        "unit": typed.get(unit, one.unit),
    }  # fmt: skip


def _edits(folder: ProcedureFolder, typed: Mapping[str, str]) -> Edits:
    """Only what was changed: an untouched box keeps the fact as it is."""
    limits: dict[str, tuple[int, str]] = {}
    for one in folder.procedure.deadlines:
        value = _number(typed.get(f"value-{one.key}", str(one.value)))
        unit = typed.get(f"unit-{one.key}", one.unit)
        if (value, unit) != (one.value, one.unit):
            limits[one.key] = (value, unit)
    fee = _number(typed.get("fee", str(folder.procedure.fee.amount)))
    papers = {one.key: typed.get(f"paper-{one.key}", "") for one in folder.papers}
    return Edits(
        deadlines=limits,
        fee=fee if fee != folder.procedure.fee.amount else None,
        papers={key: value for key, value in papers.items() if value in REQUIRED and value},
    )


def _number(text: str) -> int:
    digits = text.replace(".", "").strip()
    if not digits.isascii() or not digits.isdigit() or len(digits) > 9:
        raise Invalid("not-a-whole-number", "“{text}” không phải số nguyên. Xin nhập bằng chữ số.", text=text[:20])
    return int(digits)


def _day(typed: Mapping[str, str]) -> date:
    try:
        return date.fromisoformat(typed_day(_boxes(typed)))
    except ValueError:
        raise Invalid("day-missing", "Chưa ghi đủ ngày, tháng, năm áp dụng. Xin ghi cả ba.") from None


def _boxes(typed: Mapping[str, str]) -> dict[str, Any]:
    return {part: typed.get(f"from.{part}", "").strip() for part in ("day", "month", "year")}
