"""Campaigns of one's offices, one of them with its figures and units, and one unit."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ansinh.directives.campaigns import figures, follow
from ansinh.directives.campaigns.access import (
    campaigns_visible_to,
    looks_after,
    opening_offices,
    the_campaign,
    the_unit,
    units_kept_by,
    units_seen_by,
    units_visible_to,
)
from ansinh.directives.campaigns.open import end_campaign
from ansinh.directives.follow import SPOKEN_TO
from ansinh.directives.models import Campaign, CampaignUnit
from ansinh.offices.queries import in_lines
from ansinh.people.actors import OfficerActor
from ansinh.platform.errors import DomainError, NotFound
from ansinh.platform.language import pick, translate
from ansinh.web.actors import officer_page
from ansinh.web.clock import now, today
from ansinh.web.errors import sentence
from ansinh.web.officer.campaigns.words import GROUPINGS, STATES, life_of, name_of, state_of, table_of, units_table
from ansinh.web.officer.figures.tables import csv_of, xlsx_of
from ansinh.web.officer.frame import CAMPAIGNS, desk, say
from ansinh.web.page import Option
from ansinh.web.plain_input import small_number
from ansinh.web.progress_typed import typed_progress

SHOWN = 100
PAGE = 50
MOST_IN_FILE = 50_000


@officer_page
def campaigns(request: HttpRequest, officer: OfficerActor) -> HttpResponse:
    """Campaigns one sees, the last opened first, with how far the units one sees are."""
    rows = list(campaigns_visible_to(officer).select_related("office").order_by("-opened_at")[:SHOWN])
    totals = figures.totals(units_seen_by(officer), [one.pk for one in rows])
    return desk(
        request,
        officer,
        "campaigns/list.html",
        translate("Chiến dịch"),
        current=CAMPAIGNS,
        rows=[
            {
                "id": one.pk, "title": one.title, "office": pick(one.office, "name"), "starts_on": one.starts_on,
                "ends_on": one.ends_on, "life": life_of(one, on=today()), "counted": one.counted,
                "total": totals.get(one.pk, figures.NOTHING),
            }
            for one in rows
        ],
        opens=bool(opening_offices(officer)),
    )  # fmt: skip


@officer_page
def campaign(request: HttpRequest, officer: OfficerActor, campaign_id: UUID) -> HttpResponse:
    """What is asked, how far it is by office, officer or commune, and the units; POST reminds or ends."""
    found, problem = the_campaign(campaign_id, viewer=officer), ""
    if request.method == "POST":
        try:
            say(request, _act(request, officer, found))
        except DomainError as refused:
            problem = sentence(refused)
        else:
            return redirect(request.get_full_path())
    asked = _Asked(request, found, officer)
    lines = figures.lines(asked.all, by=asked.by, on=today())
    count, first = asked.rows.count(), (asked.page - 1) * PAGE
    units = list(asked.rows.select_related("office", "officer")[first : first + PAGE])
    return desk(
        request,
        officer,
        "campaigns/campaign.html",
        found.title,
        current=CAMPAIGNS,
        back=(translate("Chiến dịch"), reverse("officer:campaigns")),
        problems=1 if problem else 0,
        status=422 if problem else 200,
        problem=problem,
        campaign=found,
        paragraphs=[line for line in found.text.split("\n") if line.strip()],
        life=life_of(found, on=today()),
        total=figures.total(asked.all),
        by=asked.by,
        groupings=[(key, translate(words), asked.href(theo=key, muc="", trang="")) for key, words in GROUPINGS.items()],
        table=table_of(lines, asked.by, found.counted),
        links=[asked.href(muc=one.key or "-", trang="") for one in lines],
        chosen=next((name_of(one) for one in lines if (one.key or "-") == asked.chosen), ""),
        all_href=asked.href(muc="", trang=""),
        state=asked.state,
        states=[Option(key, translate(words)) for key, words in STATES.items()],
        hidden={"theo": asked.by, "muc": asked.chosen},
        units=[_unit_row(one) for one in units],
        communes=_communes(units),
        first=first + 1,
        last=first + len(units),
        count=count,
        next_href=asked.href(trang=str(asked.page + 1)) if first + len(units) < count else "",
        previous_href=asked.href(trang=str(asked.page - 1)) if asked.page > 1 else "",
        file_href=reverse("officer:campaign-file", kwargs={"campaign_id": found.pk}) + asked.href(trang=""),
        keeps=found.ended_at is None and units_kept_by(found, actor=officer, on=today()).exists(),
        ends=found.ended_at is None and found.office_id in opening_offices(officer),
    )


@officer_page
def campaign_file(request: HttpRequest, officer: OfficerActor, campaign_id: UUID) -> HttpResponse:
    """The figures by office, officer and commune, and the units asked for, as .xlsx or .csv."""
    found = the_campaign(campaign_id, viewer=officer)
    asked = _Asked(request, found, officer)
    units = list(asked.rows.select_related("office", "officer")[:MOST_IN_FILE])
    tables = [table_of(figures.lines(asked.all, by=by, on=today()), by, found.counted) for by in GROUPINGS]
    tables.append(units_table(units, _communes(units), found.counted))
    name = f"chien-dich-{found.starts_on.isoformat()}"
    return csv_of(tables, name) if request.GET.get("dang") == "csv" else xlsx_of(tables, name)


@officer_page
def campaign_unit(request: HttpRequest, officer: OfficerActor, unit_id: UUID) -> HttpResponse:
    """One unit with every step; POST notes a call or what the unit said."""
    unit, problem = the_unit(unit_id, viewer=officer), ""
    if request.method == "POST":
        try:
            say(request, _step(request, officer, unit))
        except DomainError as refused:
            problem = sentence(refused)
        else:
            return redirect("officer:campaign-unit", unit_id=unit.pk)
    return desk(
        request,
        officer,
        "campaigns/unit.html",
        unit.unit_name,
        current=CAMPAIGNS,
        back=(unit.campaign.title, reverse("officer:campaign", kwargs={"campaign_id": unit.campaign_id})),
        problems=1 if problem else 0,
        status=422 if problem else 200,
        problem=problem,
        at_fault="spoken_to" if request.POST.get("_act") == "phone" else "reached",
        unit=unit,
        state=state_of(unit),
        commune=_communes([unit]).get(unit.commune_code, ""),
        steps=list(follow.history(unit)),
        works=unit.campaign.ended_at is None and looks_after(unit, actor=officer, on=today()),
        spoken=[translate(one) for one in SPOKEN_TO],
        typed=request.POST,
    )


class _Asked:
    """Grouping, line, state and page that the address asks for."""

    def __init__(self, request: HttpRequest, found: Campaign, officer: OfficerActor) -> None:
        given = request.GET
        self.by = given.get("theo", "") if given.get("theo", "") in GROUPINGS else "office"
        self.chosen, self.state = given.get("muc", ""), given.get("trang-thai", "")
        self.page = max(1, small_number(given.get("trang", "")) or 1)
        self.all = units_visible_to(found, viewer=officer)
        key = None if not self.chosen else "" if self.chosen == "-" else self.chosen
        if self.by == "officer" and key and not _is_uuid(key):
            raise NotFound("campaign-line-unknown", "Chiến dịch không có dòng này. Xin xem lại trang chiến dịch.")
        self.rows = figures.narrowed(self.all, by=self.by, key=key, state=self.state).order_by(
            "done_at", "unit_name", "pk"
        )

    def href(self, **changed: str) -> str:
        """The same page with some of it changed."""
        kept = {"theo": self.by, "muc": self.chosen, "trang-thai": self.state} | changed
        return "?" + urlencode({name: value for name, value in kept.items() if value})


def _act(request: HttpRequest, officer: OfficerActor, found: Campaign) -> str:
    match request.POST.get("_act"):
        case "remind":
            n = follow.remind_now(found.pk, actor=officer, at=now())
            return translate("Đã nhắc {n} đơn vị chưa xong. Mỗi đơn vị được nhắc nhiều nhất một lần một ngày.", n=n)
        case "end":
            end_campaign(found.pk, actor=officer, at=now())
            return translate("Chiến dịch đã kết thúc. Số liệu được giữ nguyên.")
    raise NotFound("act-unknown", "Trang không có việc này. Xin tải lại trang.")


def _step(request: HttpRequest, officer: OfficerActor, unit: CampaignUnit) -> str:
    typed = request.POST
    match typed.get("_act"):
        case "phone":
            follow.phone_unit(
                unit.pk, spoken_to=typed.get("spoken_to", ""), note=typed.get("note", ""), actor=officer, at=now()
            )
            return translate("Đã ghi cuộc gọi.")
        case "say":
            follow.say_for_unit(unit.pk, typed_progress(typed), actor=officer, at=now())
            return translate("Đã ghi kết quả của đơn vị.")
    raise NotFound("act-unknown", "Trang không có việc này. Xin tải lại trang.")


def _unit_row(one: CampaignUnit) -> dict[str, object]:
    return {
        "id": one.pk, "name": one.unit_name, "code": one.unit_code, "office": pick(one.office, "name"),
        "officer": one.officer.full_name if one.officer else "", "commune": one.commune_code, "state": state_of(one),
        "done": one.done_at is not None, "reached": one.reached, "out_of": one.out_of, "reminded_on": one.reminded_on,
    }  # fmt: skip


def _communes(units: list[CampaignUnit], on: date | None = None) -> dict[str, str]:
    codes = sorted({one.commune_code for one in units if one.commune_code})
    return dict(zip(codes, in_lines([{"commune": code} for code in codes], on=on or today()), strict=True))


def _is_uuid(typed: str) -> bool:
    try:
        UUID(typed)
    except ValueError:
        return False
    return True
