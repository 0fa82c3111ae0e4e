"""Far and difficult areas of the offices whose public facts one keeps: enter one, end it, take a wrong one back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from ansinh.offices.models import Level, Office, RemoteArea
from ansinh.offices.queries import commune_name, communes, office_names
from ansinh.offices.remote import areas_of
from ansinh.people.actors import OfficerActor
from ansinh.people.officers import remote_areas as actions
from ansinh.people.officers.powers import speaks_for
from ansinh.platform.errors import DomainError, Invalid, NotAllowed, NotFound
from ansinh.platform.language import pick, translate
from ansinh.web.actors import officer_page
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.officer.frame import REMOTE, desk, say
from ansinh.web.officer.typed_days import a_day, boxes, the_day
from ansinh.web.page import Option

BOX = {
    "remote-commune": "commune", "remote-document": "document", "remote-twice": "commune", "office-unknown": "office",
}  # fmt: skip


@officer_page
def remote_areas(request: HttpRequest, officer: OfficerActor) -> HttpResponse:
    """What was entered, and the form for another one."""
    held = speaks_for(officer, on=today())
    offices = [one for _, one in sorted(office_names(set(held)).items()) if one.level != Level.CENTRAL]
    if not offices:
        raise NotAllowed(
            "not-your-office",
            "Ông/bà không được ghi thông tin công khai của cơ quan này. Xin nhờ lãnh đạo hoặc quản trị hệ thống ở đó.",
        )
    problem: DomainError | None = None
    if request.method == "POST":
        try:
            say(request, _act(request, officer))
        except DomainError as refused:
            problem = refused
        else:
            return redirect("officer:remote-areas")
    rows = [_row(one) for one in areas_of(one.code for one in offices)]
    return desk(
        request,
        officer,
        "remote_areas.html",
        translate("Địa bàn đi lại khó khăn"),
        current=REMOTE,
        problems=1 if problem else 0,
        status=422 if problem else 200,
        rows=rows,
        offices=[Option(one.code, pick(one, "name")) for one in offices],
        communes=_communes(offices),
        typed=request.POST,
        first=boxes(request.POST, "from"),
        faults={_box(problem, request.POST.get("_end", "")): sentence(problem)} if problem else {},
    )


def _act(request: HttpRequest, officer: OfficerActor) -> str:
    """Enter a row, end one, or take one back; what is said then."""
    typed = request.POST
    if ended := typed.get("_end") or typed.get("_back"):
        try:
            area_id = UUID(ended)
        except ValueError:
            raise NotFound("remote-unknown", "Không có địa bàn này. Xin tải lại trang.") from None
        last_day = None if "_back" in typed else a_day(typed, f"to-{area_id}")
        if last_day is None and "_end" in typed:
            raise Invalid("remote-day", "Chưa có ngày cuối. Xin nhập ngày cuối cùng còn là địa bàn khó khăn.")
        actions.end(area_id, last_day=last_day, actor=officer, at=now())
        return translate("Đã ghi. Khiếu nại đã nhận giữ nguyên thời hạn đã tính.")
    if not typed.get("office"):
        raise Invalid("office-unknown", "Chưa chọn cơ quan. Xin chọn cơ quan phục vụ địa bàn.")
    actions.enter(
        typed["office"], commune_code=typed.get("commune", ""), document=typed.get("document", ""),
        valid_from=the_day(typed, "from"), actor=officer, at=now(),
    )  # fmt: skip
    return translate("Đã ghi địa bàn. Khiếu nại nhận từ ngày đó có thời hạn dài hơn theo luật.")


def _box(problem: DomainError, ending: str) -> str:
    if problem.code == "remote-day" and ending:
        return f"to-{ending}"
    return BOX.get(problem.code, "from")


def _row(one: RemoteArea) -> dict[str, Any]:
    name = commune_name(one.commune_code, on=one.valid_from) if one.commune_code else None
    return {
        "id": one.pk,
        "office": pick(one.office, "name"),
        "area": name or one.commune_code or translate("Toàn bộ địa bàn cơ quan phục vụ"),
        "from": one.valid_from,
        "to": one.valid_to,
        "document": one.document,
        "taken_back": one.taken_back_at is not None,
        "open": one.valid_to is None and one.taken_back_at is None,
        "box": f"to-{one.pk}",
        "typed": boxes({}, f"to-{one.pk}"),
    }


def _communes(offices: list[Office]) -> list[Option]:
    """Communes to choose from, for who keeps one province; the centre types the code."""
    provinces = {one.province_code for one in offices}
    if len(provinces) != 1:
        return []
    return [Option(one.code, one.name_vi) for one in communes(provinces.pop(), on=today())]
