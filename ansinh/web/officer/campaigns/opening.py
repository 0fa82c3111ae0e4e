"""Open a campaign: what is asked, until when, of which units."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from ansinh.directives.campaigns.access import opening_offices
from ansinh.directives.campaigns.audience import LOCAL_BODY, Audience
from ansinh.directives.campaigns.open import Wanted, how_many, open_campaign
from ansinh.directives.distribute import officers_of
from ansinh.offices.models import Level
from ansinh.offices.queries import communes, office, office_names, offices_under
from ansinh.people.actors import OfficerActor
from ansinh.people.models_organisations import OrganisationKind
from ansinh.platform.errors import DomainError, Invalid, NotAllowed
from ansinh.platform.language import pick, translate
from ansinh.web.actors import officer_page
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.officer.frame import CAMPAIGNS, desk, say
from ansinh.web.officer.typed_days import a_day, boxes
from ansinh.web.page import Option

BOX = {
    "campaign-title": "title", "campaign-text": "text", "campaign-counted": "counted", "campaign-starts": "starts",
    "campaign-ends": "ends", "day-wrong": "starts", "campaign-offices": "offices", "campaign-kinds": "kinds",
}  # fmt: skip
"""Code of a refusal → the box it stands beside."""


@officer_page
def open_new(request: HttpRequest, officer: OfficerActor) -> HttpResponse:
    """The form; one button counts the units, the other opens the campaign."""
    offices = opening_offices(officer)
    if not offices:
        raise NotAllowed(
            "campaign-not-yours",
            "Chiến dịch do lãnh đạo, văn thư của BHXH tỉnh hoặc trung ương mở và kết thúc. Xin đề nghị cấp tỉnh.",
        )
    typed = request.POST
    asked = typed.get("office", request.GET.get("co-quan", ""))
    code = asked if asked in offices else offices[0]
    problem: DomainError | None = None
    counted: int | None = None
    if request.method == "POST":
        try:
            wanted = _wanted(typed)
            if typed.get("_act") == "open":
                made = open_campaign(wanted, office_code=code, actor=officer, at=now())
                say(request, translate("Đã mở chiến dịch. Danh sách đơn vị đang được lập và báo tin."))
                return redirect("officer:campaign", campaign_id=made.pk)
            counted = how_many(wanted, office_code=code, actor=officer, at=now())
        except DomainError as refused:
            problem = refused
    return desk(
        request,
        officer,
        "campaigns/open.html",
        translate("Mở chiến dịch"),
        current=CAMPAIGNS,
        back=(translate("Chiến dịch"), reverse("officer:campaigns")),
        problems=1 if problem else 0,
        status=422 if problem else 200,
        faults={BOX.get(problem.code, "title"): sentence(problem)} if problem else {},
        counted=counted,
        office_code=code,
        own_offices=[Option(key, pick(one, "name")) for key, one in sorted(office_names(set(offices)).items())],
        typed=typed,
        chosen={name: typed.getlist(name) for name in ("offices", "kinds", "officers", "communes")},
        starts=boxes(typed, "starts"),
        ends=boxes(typed, "ends"),
        **_choices(code, on=today()),
    )


def _choices(code: str, *, on: date) -> dict[str, list[Option]]:
    """Offices to choose from: of a province those below and itself; of the centre the provinces."""
    own = office(code)
    below = office_names(set(offices_under([code])) | {code})
    offices = [
        Option(key, pick(one, "name"))
        for key, one in sorted(below.items())
        if one.valid_to is None or one.valid_to >= on
    ]
    province = own.level == Level.PROVINCE
    officers = {one.pk: one for key in below for one in officers_of(key, function="", on=on)} if province else {}
    return {
        "offices": offices,
        "kinds": [
            *(Option(key, translate(label)) for key, label in OrganisationKind.choices),
            Option(LOCAL_BODY, translate("Ủy ban nhân dân xã, phường: báo đến từng thôn, tổ dân phố")),
        ],
        "officers": [
            Option(str(one.pk), f"{one.full_name}, {one.title_vi}")
            for one in sorted(officers.values(), key=lambda one: one.full_name)
        ],
        "communes": [Option(one.code, pick(one, "name")) for one in communes(own.province_code, on=on)]
        if province
        else [],
    }


def _wanted(typed: QueryDict) -> Wanted:
    try:
        officers = frozenset(UUID(one) for one in typed.getlist("officers"))
    except ValueError:
        raise Invalid("campaign-offices", "Cán bộ đã chọn không có trong danh sách. Xin chọn lại.") from None
    return Wanted(
        typed.get("title", ""), typed.get("text", ""), typed.get("counted", ""), a_day(typed, "starts"),
        a_day(typed, "ends"),
        Audience(
            frozenset(typed.getlist("offices")), frozenset(typed.getlist("kinds")), officers,
            frozenset(typed.getlist("communes")),
        ),
    )  # fmt: skip
