"""What an office enters about an organisation: contracts, collection points, branches without a tax code."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ansinh.offices.queries import communes, office
from ansinh.people.actors import OfficerActor
from ansinh.people.models_organisations import Organisation, OrganisationKind
from ansinh.people.organisations.access import the_organisation_at_office
from ansinh.people.organisations.branches import NewBranch, open_branch
from ansinh.people.organisations.contracts import BY_HAND, NewContract, end_contract, enter_contract
from ansinh.people.organisations.points import NewPoint, close_point, open_point
from ansinh.people.organisations.queries import OrganisationPage, page_of
from ansinh.people.readings import PageKind
from ansinh.platform.errors import DomainError, NotFound
from ansinh.platform.language import translate
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.officer.frame import ORGANISATIONS, desk, say
from ansinh.web.officer.office_organisations import WHY
from ansinh.web.officer.staff.fields import Field, begun, read, typed
from ansinh.web.officer.watched import Seen, people_page
from ansinh.web.organisation_words import contract_in_words, days_in_words
from ansinh.web.page import Option

PLACES = {
    "contract-number": "number", "ends-before-it-begins": "ends", "contract-in-force": "begins",
    "contract-last-day": "last_day", "closing-needs-reason": "reason", "point-incomplete": "code",
    "point-code-taken": "code", "point-commune": "commune", "point-phone": "phone", "point-last-day": "last_day",
    "branch-incomplete": "name", "unit-code-form": "unit", "unit-code-taken": "unit", "branch-phone": "contact_phone",
}  # fmt: skip
"""Refusal → the question it is about; one that is about none stands at the first."""


@dataclass(frozen=True)
class Act:
    """One thing to enter: the button's words, its questions, the action, and what is said when it is done."""

    button: Callable[[], str]
    fields: Callable[[Organisation], Sequence[Field]]
    perform: Callable[[Organisation, str, Mapping[str, Any], OfficerActor], object]
    done: Callable[[], str]


@people_page(PageKind.ORGANISATION, WHY)
def agreements(request: HttpRequest, officer: OfficerActor, seen: Seen, organisation_id: UUID) -> HttpResponse:
    """Contracts, points and branches with the form of what can be entered; `viec` opens one of the forms."""
    found = the_organisation_at_office(organisation_id, actor=officer)
    shown = page_of(found, on=today())
    seen.note_people([found.pk])
    name = (request.POST if request.method == "POST" else request.GET).get("viec", "")
    row = (request.POST if request.method == "POST" else request.GET).get("dong", "")
    act = ACTS.get(name) if name in _open_acts(found, shown) else None
    fields = list(act.fields(found)) if act else []
    values, faults = begun(fields), dict[str, str]()
    if request.method == "POST" and act is not None:
        values = typed(fields, request.POST)
        answers, faults = read(fields, values)
        if not faults:
            try:
                act.perform(found, row, answers, officer)
            except DomainError as refused:
                names = [field.name for field in fields]
                place = PLACES.get(refused.code, "")
                faults = {place if place in names else names[0]: sentence(refused)}
            else:
                say(request, act.done())
                return redirect("officer:agreements", organisation_id=organisation_id)
    return desk(
        request,
        officer,
        "office_agreements.html",
        translate("Hợp đồng, điểm thu, chi nhánh của {name}", name=found.name),
        current=ORGANISATIONS,
        back=(found.name, reverse("officer:organisation", kwargs={"organisation_id": organisation_id})),
        problems=len(faults),
        status=422 if faults else 200,
        organisation=found,
        is_agent=found.kind == OrganisationKind.AGENT,
        acts=_open_acts(found, shown),
        contracts=[
            {
                "id": one.pk, "kind": contract_in_words(one.kind), "number": one.number,
                "days": days_in_words(one.valid_from, one.valid_to),
                "endable": one.kind in BY_HAND.values() and not (one.valid_to and one.valid_to < today()),
            }
            for one in shown.contracts
        ],
        points=[
            {
                "id": one.pk, "code": one.code, "name": one.name, "address": one.address,
                "days": days_in_words(one.valid_from, one.valid_to),
                "endable": not (one.valid_to and one.valid_to < today()),
            }
            for one in shown.points
        ],
        branches=shown.branches,
        form=name if act else "",
        row=row,
        button_words=act.button() if act else "",
        fields=fields,
        values=values,
        faults=faults,
        gaps=[{"path": path, "text": text} for path, text in faults.items()],
    )  # fmt: skip


def _open_acts(found: Organisation, shown: OrganisationPage) -> frozenset[str]:
    """What can be entered about an organisation of this kind."""
    acts = {"branch"} if found.tax_code else set()
    if found.kind in BY_HAND:
        acts |= {"contract", "end-contract"}
    if found.kind == OrganisationKind.AGENT:
        acts |= {"point", "end-point"}
    return frozenset(acts)


def _begins() -> Field:
    return Field("begins", translate("Từ ngày"), "date", first=today())


def _contract_fields(found: Organisation) -> list[Field]:
    return [
        Field("number", translate("Số hợp đồng"), width="s", hint=translate("Như trên văn bản đã ký")),
        _begins(),
        Field("ends", translate("Đến hết ngày"), "date", optional=True,
              hint=translate("Để trống nếu chưa định ngày kết thúc")),
    ]  # fmt: skip


def _last_day(found: Organisation) -> list[Field]:
    return [Field("last_day", translate("Ngày cuối"), "date", first=today())]


def _point_fields(found: Organisation) -> list[Field]:
    province = office(found.managing_office).province_code
    return [
        Field("code", translate("Mã điểm thu"), width="s"),
        Field("name", translate("Tên điểm thu")),
        Field("commune", translate("Xã, phường, đặc khu"), "select",
              options=[Option(one.code, one.name_vi) for one in communes(province, on=today())]),
        Field("address", translate("Số nhà, đường, thôn, tổ dân phố")),
        Field("phone", translate("Điện thoại"), width="s", optional=True),
        _begins(),
    ]  # fmt: skip


def _branch_fields(found: Organisation) -> list[Field]:
    return [
        Field("name", translate("Tên chi nhánh")),
        Field("unit", translate("Mã đơn vị"), width="s", hint=translate("Mã cơ quan BHXH đã cấp, ví dụ TA0123A")),
        Field("contact_name", translate("Người phụ trách BHXH")),
        Field("contact_phone", translate("Điện thoại"), width="s"),
    ]


def _enter(found: Organisation, row: str, answers: Mapping[str, Any], officer: OfficerActor) -> object:
    new = NewContract(answers["number"], answers["begins"], answers["ends"])
    return enter_contract(found.pk, new, actor=officer, at=now())


def _end(found: Organisation, row: str, answers: Mapping[str, Any], officer: OfficerActor) -> None:
    contract_id = _row(row, [one.pk for one in found.contracts.all()])
    end_contract(
        contract_id, actor=officer, last_day=answers["last_day"], reason=answers["reason"], at=now()
    )  # fmt: skip


def _open_point(found: Organisation, row: str, answers: Mapping[str, Any], officer: OfficerActor) -> object:
    new = NewPoint(
        answers["code"], answers["name"], answers["commune"], answers["address"], answers["begins"], answers["phone"]
    )
    return open_point(found.pk, new, actor=officer, at=now())


def _close_point(found: Organisation, row: str, answers: Mapping[str, Any], officer: OfficerActor) -> None:
    point_id = _row(row, [one.pk for one in found.points.all()])
    close_point(point_id, actor=officer, last_day=answers["last_day"], at=now())


def _open_branch(found: Organisation, row: str, answers: Mapping[str, Any], officer: OfficerActor) -> object:
    new = NewBranch(answers["name"], answers["unit"], answers["contact_name"], answers["contact_phone"])
    return open_branch(found.pk, new, actor=officer, at=now())


def _row(named: str, known: Sequence[UUID]) -> UUID:
    """The row of this organisation that the form names. Raises NotFound for any other."""
    chosen = next((one for one in known if str(one) == named), None)
    if chosen is None:
        raise NotFound("row-unknown", "Địa chỉ này không đúng. Xin mở lại từ danh sách.")
    return chosen


ACTS: dict[str, Act] = {
    "contract": Act(lambda: translate("Ghi hợp đồng"), _contract_fields, _enter, lambda: translate("Đã ghi hợp đồng.")),
    "end-contract": Act(
        lambda: translate("Kết thúc hợp đồng"),
        lambda found: [*_last_day(found), Field("reason", translate("Văn bản và lý do"), "area")],
        _end,
        lambda: translate("Đã ghi ngày kết thúc hợp đồng."),
    ),
    "point": Act(lambda: translate("Mở điểm thu"), _point_fields, _open_point, lambda: translate("Đã mở điểm thu.")),
    "end-point": Act(
        lambda: translate("Ngừng điểm thu"), _last_day, _close_point, lambda: translate("Đã ghi ngày ngừng điểm thu.")
    ),
    "branch": Act(
        lambda: translate("Thêm chi nhánh"), _branch_fields, _open_branch, lambda: translate("Đã thêm chi nhánh.")
    ),
}
