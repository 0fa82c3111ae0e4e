"""One service: who may ask for it, what to prepare, how long it takes, on what law it rests, and its beginning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ansinh.catalogue.folder import ProcedureFolder
from ansinh.catalogue.published import cases_of, service_list
from ansinh.catalogue.queries import folder_in_force
from ansinh.dossiers.applicants import is_for_organisations
from ansinh.dossiers.paper_form import form_of, paper_form
from ansinh.offices import announcements
from ansinh.platform.language import current, pick, translate
from ansinh.platform.zone import VIETNAM
from ansinh.web.actors import NEXT, account_of, citizen_of, public_page
from ansinh.web.clock import today
from ansinh.web.page import Link, Page
from ansinh.web.process_view import process_of
from ansinh.web.public.change_words import history_of
from ansinh.web.public.estimates import calculator_link
from ansinh.web.public.frame import SERVICES, address, frame, show
from ansinh.web.public.listing import by_slug, can_be_filed
from ansinh.web.public.papers_by_case import preparation
from ansinh.web.public.service_words import facts_of, law_line
from ansinh.web.public.time_limits import filing_limits, legal_limits
from ansinh.web.public.words import (
    CHANNELS,
    RESULT_CHANNELS,
    named,
    names,
    published_agency,
)
from ansinh.web.roles import ROLES

REGISTRATION = "dang-ky-gdt-ca-nhan"


@dataclass(frozen=True)
class Start:
    """How the claim begins here: `begin_href` takes a POST; else a link to the sign-in, the registration, or the choice
    of the organisation to file for."""

    begin_href: str = ""
    organisations_href: str = ""
    sign_in_href: str = ""
    register_href: str = ""
    page_href: str = ""
    page_words: str = ""
    beside: tuple[Link, ...] = ()
    """A service that is a page of our own: where it is, what the button says, and what belongs to it."""

    @property
    def possible(self) -> bool:
        """Whether there is anything to press."""
        return bool(
            self.begin_href or self.organisations_href or self.sign_in_href or self.register_href or self.page_href
        )


@public_page
def service(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of a service."""
    folder = folder_in_force(slug, on=today())
    procedure = folder.procedure
    rows = service_list().rows_of(slug)
    page = frame(request, pick(procedure, "short_name"), current=SERVICES)
    return show(
        request,
        "public/service.html",
        page,
        announced=_announced(page, slug),
        procedure=procedure,
        rows=rows,
        agencies={row.row: published_agency(row) for row in rows},
        group=next((one for one in service_list().groups if one.key == procedure.group), None),
        start=start_of(request, folder),
        facts=facts_of(folder),
        limits=legal_limits(folder),
        filing=filing_limits(folder),
        filed_here=can_be_filed(folder),
        who=_pairs(procedure, "eligibility"),
        prepare=_pairs(procedure, "prepare"),
        papers=preparation(folder),
        cases=cases_of(folder.slug),
        steps=[{"label": pick(one, "name"), "note": named(ROLES, one.role)} for one in folder.stages],
        process=process_of(folder),
        paper_form=form_of(folder),
        history=history_of(slug),
        channels=names(CHANNELS, [code for code in procedure.channels if code != "portal" or not procedure.online]),
        result_channels=names(RESULT_CHANNELS, procedure.result_channels),
        laws=[law_line(one) for one in procedure.legal_basis],
        relatives=_relatives(folder),
        estimate=calculator_link(folder.slug),
        today=today(),
    )


def _announced(page: Page, slug: str) -> list[Link]:
    """Of the banners of this reader those about the service."""
    if not page.announcements:
        return []
    about = {
        reverse("public:announcement", kwargs={"announcement_id": one.pk})
        for one in announcements.about(slug, on=today())
    }
    return [one for one in page.announcements if one.href in about]


@public_page
def blank_form(request: HttpRequest, slug: str) -> HttpResponse:
    """The form on paper, to be filled in by hand (R-104)."""
    folder = folder_in_force(slug, on=today())
    response = HttpResponse(_blank(slug, folder.digest, today()), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="mau-{slug}.pdf"'
    return response


@lru_cache(maxsize=64)
def _blank(slug: str, digest: str, on: date) -> bytes:
    """Kept for the day: the folder decides everything in it."""
    return paper_form(folder_in_force(slug, on=on), at=datetime.combine(on, time(), VIETNAM))


def start_of(request: HttpRequest, folder: ProcedureFolder) -> Start:
    """What the main button does for this reader; nothing for a service that is not filed here."""
    if folder.slug == REGISTRATION:
        return Start(register_href=address("account:register"))
    if folder.procedure.page is not None:
        return _own_page(request, folder)
    if not can_be_filed(folder):
        return Start()
    account = account_of(request)
    if account is None:
        sign_in = address("account:sign-in")
        here = reverse("public:service", kwargs={"slug": folder.slug})
        return Start(
            sign_in_href=f"{sign_in}?{urlencode({NEXT: here})}" if sign_in else "",
            register_href=address("account:register"),
        )
    if account.person_id is None:
        return Start()
    if is_for_organisations(folder.procedure) and not citizen_of(request).shares_drafts:
        return Start(organisations_href=address("citizen:organisations"))
    return Start(begin_href=address("citizen:begin", slug=folder.slug))


def _own_page(request: HttpRequest, folder: ProcedureFolder) -> Start:
    """The service is a page here: the registration of an account, the codes of transactions, a calculator."""
    if folder.procedure.page == "calculator":
        calculator = calculator_link(folder.slug)
        return Start(page_href=calculator.href, page_words=translate("Tính ngay")) if calculator else Start()
    if folder.procedure.page == "card_check":
        return Start(page_href=address("citizen:card"), page_words=translate("Mở thẻ của tôi"))
    account = account_of(request)
    if account is None:
        here = reverse("public:service", kwargs={"slug": folder.slug})
        sign_in = f"{address('account:sign-in')}?{urlencode({NEXT: here})}"
        if folder.procedure.page == "transaction_code":
            return Start(page_href=sign_in, page_words=translate("Đăng nhập để xem mã của tôi"))
        beside = (
            Link(translate("Đã có tài khoản: đăng nhập"), address("account:sign-in")),
            Link(translate("Quên mật khẩu"), address("account:forgotten")),
            Link(translate("Không còn điện thoại, thư điện tử cũ: khôi phục tại quầy"), address("account:recovery")),
        )
        return Start(register_href=address("account:register"), beside=beside)
    if account.person_id is None:
        return Start()
    if folder.procedure.page == "transaction_code":
        return Start(page_href=address("citizen:transaction-codes"), page_words=translate("Xem mã của tôi"))
    return Start(page_href=address("citizen:account"), page_words=translate("Mở tài khoản của tôi"))


def _pairs(procedure: Any, name: str) -> tuple[str, ...]:
    found: tuple[str, ...] = getattr(procedure, f"{name}_{current()}") or getattr(procedure, f"{name}_vi")
    return found


def _relatives(folder: ProcedureFolder) -> list[dict[str, str]]:
    wanted = folder.procedure.variant_of
    return [
        {
            "label": pick(other.procedure, "short_name"),
            "href": reverse("public:service", kwargs={"slug": other.slug}),
            "note": pick(other.procedure, "summary"),
        }
        for other in by_slug(today()).values()
        if other.slug != folder.slug
        and (other.slug == wanted or other.procedure.variant_of in {folder.slug, wanted or ""})
    ]
