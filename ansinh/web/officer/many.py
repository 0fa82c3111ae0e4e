"""One press for many dossiers: the page that asks, the page that shows how far it is; and lists kept under a name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from ansinh.casework import queues, saved_lists
from ansinh.casework.access import dossiers_visible_to
from ansinh.casework.assignment.loads import colleagues_by_role
from ansinh.casework.assignment.rules import WORKS, managed
from ansinh.casework.batch.acts import ACTS, BatchAct
from ansinh.casework.batch.press import MOST, begin, presses_of, progress, the_press
from ansinh.casework.extend import extendable
from ansinh.casework.grounds import grounds_for_all
from ansinh.casework.models import BatchRow, Outcome
from ansinh.people.actors import OfficerActor
from ansinh.platform.errors import DomainError
from ansinh.platform.language import pick, translate
from ansinh.web.actors import officer_page
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.officer.assign_many import listed
from ansinh.web.officer.assignment_words import colleague_in_words
from ansinh.web.officer.chosen import chosen_of
from ansinh.web.officer.frame import WORK, desk, say
from ansinh.web.officer.staff.fields import Field, begun, read, typed
from ansinh.web.page import Option

CHOSEN, ALL, ACT, CONFIRMED = "ho-so", "tat-ca", "lam", "_xac-nhan"
LIST, EXTENDABLE, ASSIGNABLE = "danh-sach", "gia-han", "giao"
"""Which list is meant by “the whole list”: without a name the one of the desk."""
SAYS = {
    "accept": "Thời hạn giải quyết của từng hồ sơ bắt đầu tính từ hôm nay; người nộp được báo.",
    "confirm_check": "Từng hồ sơ sang bước tiếp theo.",
    "control": "Từng dự thảo được trình lãnh đạo ký; không ai tự kiểm soát đề xuất của mình.",
    "sign": "Từng thư được ký số và gửi người nộp; hồ sơ chưa ký được không ảnh hưởng hồ sơ khác.",
    "send_back": "Từng hồ sơ về lại chuyên viên kèm lời nhắn; giờ giải quyết vẫn tính tiếp.",
    "extend": "Từng hồ sơ gia hạn với cùng căn cứ; từng người nộp được báo ngày mới và nhận thông báo có chữ ký số.",
    "assign": "Từng hồ sơ được giao cho người đã chọn, nếu người đó làm bước hiện tại của hồ sơ.",
}


@officer_page
@require_POST
def press_many(request: HttpRequest, officer: OfficerActor) -> HttpResponse:
    """Ask before the act is done to all the chosen ones; on the second POST it begins."""
    act = ACTS.get(request.POST.get(ACT, ""))
    if act is None:
        return _back(request, translate("Chưa chọn việc cần làm. Xin bấm một nút ở cuối danh sách."))
    chosen = _chosen(request, officer)
    if not chosen:
        return _back(request, translate("Chưa chọn hồ sơ nào. Xin đánh dấu hồ sơ rồi bấm lại."))
    fields = _fields(act, officer)
    values, faults = begun(fields), dict[str, str]()
    if CONFIRMED in request.POST:
        values = typed(fields, request.POST)
        answers, faults = read(fields, values)
        if not faults:
            try:
                press = begin(chosen, actor=officer, act=act.key, arguments=_written(answers), at=now())
            except DomainError as refused:
                faults = {fields[0].name if fields else CHOSEN: sentence(refused)}
            else:
                return redirect("officer:pressed-many", press_id=press.pk)
    return desk(
        request,
        officer,
        "press_many.html",
        translate("{act}: {n} hồ sơ", act=translate(act.words), n=len(chosen)),
        current=WORK,
        back=(translate("Việc của tôi"), reverse("officer:home")),
        problems=len(faults),
        status=422 if faults else 200,
        act=act,
        says=translate(SAYS[act.key]),
        chosen=chosen,
        numbers=list(dossiers_visible_to(officer).filter(pk__in=chosen).values_list("number", flat=True)),
        fields=fields,
        values=values,
        faults=faults,
    )


@officer_page
def pressed_many(request: HttpRequest, officer: OfficerActor, press_id: UUID) -> HttpResponse:
    """How far it is, and what became of each; the page renews itself while the worker goes on."""
    press = the_press(press_id, actor=officer)
    far = progress(press)
    words = translate(ACTS[press.act].words)
    return desk(
        request,
        officer,
        "pressed_many.html",
        translate("{act}: xong {n} trong {all} hồ sơ", act=words, n=far.total - far.waiting, all=far.total),
        current=WORK,
        back=(translate("Việc của tôi"), reverse("officer:home")),
        press=press,
        annex=press.act == "extend" and not far.waiting,
        far=far,
        rows=[_row(one) for one in press.rows.select_related("dossier").defer("dossier__answers")],
        others=[
            {
                "href": reverse("officer:pressed-many", args=[one.pk]),
                "words": translate(ACTS[one.act].words),
                "at": one.made_at,
            }
            for one in presses_of(officer)
            if one.pk != press.pk
        ],
    )


@officer_page
@require_POST
def save_list(request: HttpRequest, officer: OfficerActor) -> HttpResponse:
    """Keep what is filtered now under a name."""
    chosen = chosen_of(request.POST, saved_lists.lists_of(officer))
    offices = managed(officer)
    share = offices[0] if request.POST.get("chung") and offices else ""
    try:
        kept = saved_lists.save(
            request.POST.get("ten", ""),
            actor=officer,
            chosen=chosen.filter,
            look=chosen.look,
            share_with=share,
            at=now(),
        )
    except DomainError as refused:
        return _back(request, sentence(refused))
    say(request, translate("Đã lưu danh sách “{name}”.", name=kept.name))
    return redirect(f"{reverse('officer:home')}?viec={kept.pk}")


@officer_page
@require_POST
def forget_list(request: HttpRequest, officer: OfficerActor, list_id: UUID) -> HttpResponse:
    """Keep it no more."""
    gone = saved_lists.forget(list_id, actor=officer, at=now())
    say(request, translate("Đã bỏ danh sách “{name}”.", name=gone.name))
    return redirect("officer:home")


def _back(request: HttpRequest, words: str) -> HttpResponse:
    """To the list the press came from, with what was wrong."""
    say(request, words)
    chosen = chosen_of(request.POST, ())
    return redirect(f"{reverse('officer:home')}?{chosen.query()}")


def _chosen(request: HttpRequest, officer: OfficerActor) -> list[UUID]:
    """The ticked dossiers, or the first 500 of the list they stand in."""
    if request.POST.get(ALL) and request.POST.get(LIST) == EXTENDABLE:
        procedure, due = request.POST.get("thu-tuc", ""), request.POST.get("han", "")
        return [one.pk for one in extendable(officer, on=today(), procedure=procedure, due=due, most=MOST)]
    if request.POST.get(ALL) and request.POST.get(LIST) == ASSIGNABLE:
        return [one.pk for one in listed(request.POST, officer)]
    if request.POST.get(ALL):
        found = chosen_of(request.POST, saved_lists.lists_of(officer))
        own = queues.own_of(officer, today=today())
        return queues.first_of(
            officer, found.view, today=today(), most=MOST, own=own, chosen=found.filter, sort=found.look.sort
        )
    ticked = []
    for one in request.POST.getlist(CHOSEN):
        try:
            ticked.append(UUID(one))
        except ValueError:
            continue
    return ticked


def _fields(act: BatchAct, officer: OfficerActor) -> list[Field]:
    if act.key == "assign":
        return [
            Field("to", translate("Giao cho"), "select", options=_colleagues(officer)),
            Field("reason", translate("Vì sao"), "area",
                  hint=translate("Một câu, đồng nghiệp sẽ đọc; người nộp không thấy")),
        ]  # fmt: skip
    if act.key == "extend":
        grounds = grounds_for_all(on=today())
        return [
            Field("ground", translate("Căn cứ gia hạn"), "select",
                  options=[Option(one.code, pick(one, "name")) for one in grounds]),
            Field("days", translate("Số ngày thêm"), width="s",
                  hint=translate("Cùng loại ngày với thời hạn của từng hồ sơ")),
            Field("number", translate("Số văn bản")),
            Field("document", translate("Ngày văn bản"), "date"),
            Field("reason", translate("Vì sao gia hạn"), "area", hint=translate("Một câu, người nộp sẽ đọc")),
        ]  # fmt: skip
    if act.key == "send_back":
        return [Field("note", translate("Cần sửa gì"), "area", hint=translate("Một câu, ghi vào từng hồ sơ"))]
    return []


def _written(answers: Mapping[str, Any]) -> dict[str, str]:
    """As a press keeps them: days as ISO."""
    return {name: one.isoformat() if isinstance(one, date) else str(one or "") for name, one in answers.items()}


def _colleagues(officer: OfficerActor) -> list[Option]:
    found: dict[str, str] = {}
    for code in managed(officer):
        for people in colleagues_by_role(code, WORKS, on=today()).values():
            for one in sorted(people, key=lambda one: (one.away_until is not None, one.load, one.name)):
                found.setdefault(str(one.officer_id), colleague_in_words(one))
    return [Option(key, words) for key, words in found.items()]


def _row(one: BatchRow) -> dict[str, Any]:
    return {
        "number": one.dossier.number,
        "href": reverse("officer:dossier", kwargs={"dossier_id": one.dossier_id}),
        "outcome": one.outcome or "waiting",
        "words": translate(Outcome(one.outcome).label),
        "note": translate(one.message, **one.facts) if one.message else "",
    }
