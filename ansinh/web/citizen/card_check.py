"""Check a card at the counter of a health facility: a scanner types the code into the box, or the number is typed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse

from ansinh.people.actors import Citizen
from ansinh.platform.errors import Invalid, NotAllowed
from ansinh.platform.language import pick, translate
from ansinh.platform.vietnamese import date_vi
from ansinh.registry.card_checks.check import Checked, check_code, check_typed, refuse_strangers
from ansinh.registry.card_checks.compare import Typed
from ansinh.registry.cards import HealthCard
from ansinh.web.actors import citizen_page, render
from ansinh.web.citizen.frame import ACCOUNT, frame
from ansinh.web.clock import now
from ansinh.web.errors import sentence

FIELDS = ("ma", "so_the", "ho_ten", "ngay_sinh")


@citizen_page
def card_check(request: HttpRequest, citizen: Citizen) -> HttpResponse:
    """The forms; under them what the register answers. Who may not ask is told so at once."""
    try:
        refuse_strangers(citizen, at=now())
    except NotAllowed as refused:
        return not_for_you(request, citizen, translate("Tra thẻ BHYT tại quầy"), refused)
    checked, problem, place = None, "", ""
    if request.method == "POST":
        try:
            checked = _checked(request, citizen)
        except Invalid as refused:
            problem, place = sentence(refused), "ma"
    return render(
        request,
        "citizen/card_check.html",
        status=422 if problem else 200,
        page=frame(citizen, translate("Tra thẻ BHYT tại quầy"), current=ACCOUNT, problems=int(bool(problem))),
        typed={name: request.POST.get(name, "")[:400] for name in FIELDS},
        problem=problem,
        place=place,
        answer=_answer(checked) if checked else None,
        rows=_rows(checked.card) if checked and checked.card else [],
    )


def not_for_you(request: HttpRequest, citizen: Citizen, title: str, refused: NotAllowed) -> HttpResponse:
    """A page of facilities for somebody who works for none, or whose facility has no contract: why, and what to do."""
    if request.method == "POST":
        raise refused
    return render(
        request, "citizen/for_facilities.html", page=frame(citizen, title, current=ACCOUNT), why=sentence(refused)
    )


def _checked(request: HttpRequest, citizen: Citizen) -> Checked:
    if code := request.POST.get("ma", "").strip()[:400]:
        return check_code(code, actor=citizen, at=now())
    typed = Typed(*(request.POST.get(name, "").strip()[:100] for name in FIELDS[1:]))
    return check_typed(typed, actor=citizen, at=now())


def _answer(checked: Checked) -> dict[str, Any]:
    said = checked.answer
    return {"code": said.code, "text": pick(said, "text"), "usable": said.usable}


def _rows(card: HealthCard) -> list[dict[str, str]]:
    until = date_vi(card.valid_to) if card.valid_to else translate("không thời hạn")
    born = date_vi(date.fromisoformat(card.born)) if len(card.born) == 10 else card.born
    sex = {"male": translate("Nam"), "female": translate("Nữ")}.get(card.sex, "–")
    rows = [
        {"label": translate("Số thẻ"), "value": card.number},
        {"label": translate("Họ và tên"), "value": card.name},
        {"label": translate("Ngày sinh"), "value": born},
        {"label": translate("Giới tính"), "value": sex},
    ]
    if card.valid_from:
        days = translate("{first} đến {last}", first=date_vi(card.valid_from), last=until)
        rows.append({"label": translate("Giá trị"), "value": days})
    if card.percent is not None:
        paid = translate("{percent} % chi phí khám, chữa bệnh trong phạm vi", percent=card.percent)
        rows.append({"label": translate("Mức hưởng"), "value": paid})
    if card.facility:
        place = translate("Cơ sở mã {code}", code=card.facility)
        rows.append({"label": translate("Nơi khám, chữa bệnh ban đầu"), "value": place})
    return rows
