"""Addresses of drafts an officer types for a person at the counter."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from ansinh.web.citizen import check, papers, section
from ansinh.web.citizen.filing import Filing
from ansinh.web.officer.assisted import pages
from ansinh.web.officer.assisted.pages import on_draft

app_name = "assist"
DRAFT = "can-bo/nop-giup/<uuid:draft_id>"


def paper_picture(request: HttpRequest, filing: Filing, attached_id: int, number: int) -> HttpResponse:
    """One page of a paper as a picture."""
    return papers.picture(filing, attached_id, number)


urlpatterns = [
    path("can-bo/nop-giup", pages.begin, name="begin"),
    path(f"{DRAFT}/giay-to", on_draft(papers.page), name="papers"),
    path(f"{DRAFT}/giay-to/<int:attached_id>/xem", on_draft(papers.look), name="paper"),
    path(f"{DRAFT}/giay-to/<int:attached_id>/thay", on_draft(papers.replace), name="replace-paper"),
    path(f"{DRAFT}/giay-to/<int:attached_id>/trang/<int:number>", on_draft(paper_picture), name="paper-picture"),
    path(f"{DRAFT}/kiem-tra", on_draft(check.page), name="check"),
    path(f"{DRAFT}/nop", pages.finish, name="finish"),
    path(f"{DRAFT}/nop/in.pdf", pages.print_page, name="print"),
    path(f"{DRAFT}/da-nop", pages.filed, name="filed"),
    path(f"{DRAFT}/da-nop/giay-tiep-nhan.pdf", pages.receipt, name="receipt"),
    path(f"{DRAFT}/nop/ma", pages.type_code, name="code"),
    path(f"{DRAFT}/<slug:section_key>", on_draft(section.page), name="section"),
    path(f"{DRAFT}/<slug:section_key>/luu", on_draft(section.autosave), name="autosave"),
]
