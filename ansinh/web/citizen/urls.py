"""Addresses of a signed-in person's pages."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path

from ansinh.people.actors import Citizen
from ansinh.web.actors import View, citizen_page
from ansinh.web.citizen import (
    account,
    bank_account,
    campaigns,
    card,
    card_check,
    check,
    claims,
    complaint,
    consents,
    data_requests,
    dossier,
    finish,
    home,
    identities,
    joint,
    letters,
    notices,
    own_data,
    paper_forms,
    papers,
    payment,
    postal,
    problems,
    readings,
    receipt,
    section,
    store,
    supplement,
    transaction_codes,
    withdrawal,
)
from ansinh.web.citizen.acting import give, mandate, overview, ward
from ansinh.web.citizen.filing import Filing, of_citizen
from ansinh.web.citizen.organisations import ending, mine, staff
from ansinh.web.citizen.organisations import page as organisation_page
from ansinh.web.citizen.signing import remote, token, upload

app_name = "citizen"
ORGANISATION = "to-chuc/<uuid:organisation_id>"


def on_draft(page: Callable[..., HttpResponse]) -> View:
    """A view of the citizen's own draft: `page(request, filing, **parts)`."""

    @citizen_page
    def view(request: HttpRequest, citizen: Citizen, draft_id: UUID, **parts: object) -> HttpResponseBase:
        return page(request, of_citizen(citizen, draft_id), **parts)

    return view


def paper_picture(request: HttpRequest, filing: Filing, attached_id: int, number: int) -> HttpResponse:
    """One page of a paper of the draft as a picture."""
    return papers.picture(filing, attached_id, number)


urlpatterns = [
    path("van-ban-den", letters.letters, name="letters"),
    path("van-ban-den/<uuid:delivery_id>", letters.letter, name="letter"),
    path("van-ban-den/<uuid:delivery_id>/ban-in.pdf", letters.letter_pdf, name="letter-pdf"),
    path("van-ban-den/<uuid:delivery_id>/tep/<uuid:attachment_id>", letters.letter_file, name="letter-file"),
    path("chien-dich", campaigns.campaigns, name="campaigns"),
    path("chien-dich/<uuid:unit_id>", campaigns.campaign, name="campaign"),
    path("vuong-mac", problems.problems, name="problems"),
    path("ho-so", home.home, name="home"),
    path("ho-so/bat-dau/<slug:slug>", home.begin, name="begin"),
    path("ho-so/nhap/<uuid:draft_id>/bo", home.discard, name="discard"),
    path("ho-so/nhap/<uuid:draft_id>/giay-to", on_draft(papers.page), name="papers"),
    path("ho-so/nhap/<uuid:draft_id>/giay-to/kho/<str:key>", on_draft(papers.own_store), name="own-store"),
    path("ho-so/nhap/<uuid:draft_id>/giay-to/<int:attached_id>/xem", on_draft(papers.look), name="paper"),
    path("ho-so/nhap/<uuid:draft_id>/giay-to/<int:attached_id>/thay", on_draft(papers.replace), name="replace-paper"),
    path(
        "ho-so/nhap/<uuid:draft_id>/giay-to/<int:attached_id>/trang/<int:number>",
        on_draft(paper_picture),
        name="paper-picture",
    ),
    path("ho-so/nhap/<uuid:draft_id>/kiem-tra", on_draft(check.page), name="check"),
    path("ho-so/nhap/<uuid:draft_id>/mau.pdf", on_draft(paper_forms.of_draft), name="draft-form"),
    path("ho-so/nhap/<uuid:draft_id>/nop", finish.finish, name="finish"),
    path("ho-so/nhap/<uuid:draft_id>/nop/ma", finish.type_code, name="code"),
    path("ho-so/nhap/<uuid:draft_id>/nop/ky-gui-len", upload.upload, name="sign-upload"),
    path("ho-so/nhap/<uuid:draft_id>/nop/ky-tu-xa", remote.draft_view, name="sign-remote"),
    path("ho-so/nhap/<uuid:draft_id>/nop/ky-token", token.draft_view, name="sign-token"),
    path("ho-so/nhap/<uuid:draft_id>/nop/ky-token/chuan-bi", token.prepare_view, name="sign-token-prepare"),
    path("ho-so/nhap/<uuid:draft_id>/nop/ky-token/xong", token.finish_view, name="sign-token-finish"),
    path("ho-so/nhap/<uuid:draft_id>/<slug:section_key>", on_draft(section.page), name="section"),
    path("ho-so/nhap/<uuid:draft_id>/<slug:section_key>/luu", on_draft(section.autosave), name="autosave"),
    path("ho-so/<uuid:dossier_id>", dossier.show, name="dossier"),
    path("ho-so/<uuid:dossier_id>/giay-tiep-nhan", receipt.receipt, name="receipt"),
    path("ho-so/<uuid:dossier_id>/to-khai", dossier.declaration, name="declaration"),
    path("ho-so/<uuid:dossier_id>/to-khai.pdf", dossier.print_declaration, name="declaration-pdf"),
    path("ho-so/<uuid:dossier_id>/mau.pdf", paper_forms.of_dossier, name="dossier-form"),
    path("ho-so/<uuid:dossier_id>/bo-sung", supplement.supplement, name="supplement"),
    path("ho-so/<uuid:dossier_id>/ky-van-ban", joint.joint_paper, name="joint-paper"),
    path("ho-so/<uuid:dossier_id>/ky-van-ban/ky-tu-xa", remote.paper_view, name="paper-sign-remote"),
    path("ho-so/<uuid:dossier_id>/ky-van-ban/ky-token", token.paper_view, name="paper-sign-token"),
    path(
        "ho-so/<uuid:dossier_id>/ky-van-ban/ky-token/chuan-bi",
        token.paper_prepare_view,
        name="paper-sign-token-prepare",
    ),
    path("ho-so/<uuid:dossier_id>/ky-van-ban/ky-token/xong", token.paper_finish_view, name="paper-sign-token-finish"),
    path("du-lieu-chi-phi", claims.claims, name="claims"),
    path("tra-the", card_check.card_check, name="card-check"),
    path("ho-so/<uuid:dossier_id>/nop-tien", payment.new_order, name="new-order"),
    path("ho-so/<uuid:dossier_id>/khieu-nai", complaint.complaint, name="complaint"),
    path("ho-so/<uuid:dossier_id>/rut", withdrawal.withdraw, name="withdraw"),
    path("ho-so/<uuid:dossier_id>/tai/<uuid:document_id>", dossier.download, name="download"),
    path("ho-so/<uuid:dossier_id>/ban-da-ky", dossier.download_signed, name="signed-document"),
    path("ho-so/<uuid:dossier_id>/bang-chung.zip", dossier.evidence, name="evidence"),
    path("ho-so/<uuid:dossier_id>/giay-to/<uuid:paper_id>/xem", dossier.look, name="dossier-paper"),
    path("ho-so/<uuid:dossier_id>/giay-to/<uuid:paper_id>/trang/<int:number>", dossier.picture, name="dossier-picture"),
    path("giay-to", store.store, name="store"),
    path("giay-to/<uuid:paper_id>/xem", store.look, name="own-paper"),
    path("giay-to/<uuid:paper_id>/trang/<int:number>", store.picture, name="own-picture"),
    path("giay-to/<uuid:paper_id>/bo", store.discard, name="discard-paper"),
    path("tai-khoan/ma-xac-thuc", transaction_codes.codes, name="transaction-codes"),
    path("thong-bao", notices.notices, name="notices"),
    path("the-bhyt", card.card, name="card"),
    path("tai-khoan", account.account, name="account"),
    path("tai-khoan/nhan-tien", bank_account.bank_account, name="bank-account"),
    path("tai-khoan/nhan-tien/<uuid:change_id>/rut", bank_account.withdraw, name="withdraw-bank-account"),
    path("tai-khoan/lam-thay", overview.acting, name="acting"),
    path("tai-khoan/lam-thay/thoi", overview.leave, name="leave-behalf"),
    path("tai-khoan/lam-thay/<uuid:basis_id>/chuyen", overview.switch, name="switch-behalf"),
    path("tai-khoan/lam-thay/tre/<uuid:guardianship_id>", ward.ward, name="ward"),
    path("tai-khoan/lam-thay/uy-quyen", give.give, name="give-mandate"),
    path("tai-khoan/lam-thay/uy-quyen/<uuid:mandate_id>", mandate.mandate, name="mandate"),
    path("tai-khoan/lam-thay/uy-quyen/<uuid:mandate_id>/xac-nhan", give.confirm_page, name="confirm-mandate"),
    path("tai-khoan/lam-thay/uy-quyen/<uuid:mandate_id>/ma", give.code_page, name="mandate-code"),
    path("tai-khoan/lien-ket", identities.confirm_link, name="link-identity"),
    path("tai-khoan/lien-ket/<slug:provider>", identities.begin_link, name="begin-link"),
    path("tai-khoan/lien-ket/<uuid:link_id>/bo", identities.remove_link, name="unlink-identity"),
    path("to-chuc", mine.organisations, name="organisations"),
    path("to-chuc/loi-moi/<uuid:invitation_id>", mine.answer, name="answer-invitation"),
    path(ORGANISATION, organisation_page.organisation, name="organisation"),
    path(f"{ORGANISATION}/lien-he", staff.contact_page, name="organisation-contact"),
    path(f"{ORGANISATION}/moi", staff.invite_page, name="invite-staff"),
    path(f"{ORGANISATION}/loi-moi/<uuid:invitation_id>/rut", staff.withdraw, name="withdraw-invitation"),
    path(f"{ORGANISATION}/nguoi-dung/<uuid:member_id>", staff.member_page, name="staff-member"),
    path(f"{ORGANISATION}/chung-thu/<int:certificate_id>", ending.certificate, name="organisation-certificate"),
    path(f"{ORGANISATION}/i-van/<uuid:mandate_id>", ending.mandate, name="transmission-mandate"),
    path("tai-khoan/ai-da-xem", readings.readings, name="readings"),
    path("tai-khoan/du-lieu", own_data.own_data, name="own-data"),
    path("tai-khoan/du-lieu/ban-sao/<uuid:export_id>", own_data.download, name="data-copy"),
    path("tai-khoan/dong-y", consents.consents, name="consents"),
    path("tai-khoan/yeu-cau-du-lieu", data_requests.data_requests, name="data-requests"),
    path("tai-khoan/yeu-cau-du-lieu/moi", data_requests.new_request, name="new-data-request"),
    path("tai-khoan/yeu-cau-du-lieu/<uuid:request_id>", data_requests.data_request, name="data-request"),
    path("ho-so/<uuid:dossier_id>/buu-gui/<uuid:postal_id>", postal.item, name="postal-item"),
    path("ho-so/<uuid:dossier_id>/ai-da-xem", readings.of_dossier, name="dossier-readings"),
]
