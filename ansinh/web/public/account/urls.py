"""Addresses of signing in, registering and a forgotten password."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path

from ansinh.web.actors import View, known_session_key, public_page
from ansinh.web.citizen import check, papers, section
from ansinh.web.citizen.filing import Filing, of_session
from ansinh.web.public.account import federated, forgotten, recovery, register, second_step, sign_in

app_name = "account"


def on_draft(page: Callable[..., HttpResponse]) -> View:
    """A view of the registration draft of this browser session: `page(request, filing, **parts)`."""

    @public_page
    def view(request: HttpRequest, draft_id: UUID, **parts: object) -> HttpResponseBase:
        return page(request, of_session(known_session_key(request), draft_id), **parts)

    return view


def paper_picture(request: HttpRequest, filing: Filing, attached_id: int, number: int) -> HttpResponse:
    """One page of a photo as a picture."""
    return papers.picture(filing, attached_id, number)


urlpatterns = [
    path("dang-nhap", sign_in.sign_in, name="sign-in"),
    path("dang-nhap/buoc-hai", second_step.second_step, name="second-step"),
    path("dang-nhap/khoa", sign_in.by_passkey, name="by-passkey"),
    path("dang-nhap/khoa/cau-hoi", sign_in.passkey_question, name="passkey-question"),
    path("dang-nhap/chua-lien-ket", federated.unknown, name="identity-unknown"),
    path("dang-nhap/qua/<slug:provider>", federated.start, name="federated"),
    path("dang-nhap/qua/<slug:provider>/ve", federated.back, name="federated-back"),
    path("dang-xuat", sign_in.sign_out, name="sign-out"),
    path("quen-mat-khau", forgotten.forgotten, name="forgotten"),
    path("quen-mat-khau/ma", forgotten.type_code, name="reset"),
    path("khoi-phuc", recovery.slip, name="recovery"),
    path("khoi-phuc/lien-lac", recovery.contact, name="recovery-contact"),
    path("khoi-phuc/ma", recovery.type_code, name="recovery-code"),
    path("chan-khoi-phuc", recovery.stop_it, name="stop-recovery"),
    path("dang-ky", register.begin, name="register"),
    path("dang-ky/<uuid:draft_id>/giay-to", on_draft(papers.page), name="papers"),
    path("dang-ky/<uuid:draft_id>/giay-to/<int:attached_id>/xem", on_draft(papers.look), name="paper"),
    path("dang-ky/<uuid:draft_id>/giay-to/<int:attached_id>/thay", on_draft(papers.replace), name="replace-paper"),
    path(
        "dang-ky/<uuid:draft_id>/giay-to/<int:attached_id>/trang/<int:number>",
        on_draft(paper_picture),
        name="paper-picture",
    ),
    path("dang-ky/<uuid:draft_id>/kiem-tra", on_draft(check.page), name="check"),
    path("dang-ky/<uuid:draft_id>/nop", register.finish, name="finish"),
    path("dang-ky/<uuid:draft_id>/nop/ma", register.type_code, name="code"),
    path("dang-ky/<uuid:draft_id>/xong", register.registered, name="registered"),
    path("dang-ky/<uuid:draft_id>/<slug:section_key>", on_draft(section.page), name="section"),
    path("dang-ky/<uuid:draft_id>/<slug:section_key>/luu", on_draft(section.autosave), name="autosave"),
]
