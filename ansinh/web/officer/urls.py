"""Addresses of the desk."""

from __future__ import annotations

from django.urls import URLPattern, path

from ansinh.web.officer import (
    acts,
    data_requests,
    dossier,
    openings,
    oversight,
    papers,
    proposals,
    queue,
    registrations,
    signing,
    supplement,
)

app_name = "officer"
DOSSIER = "can-bo/ho-so/<uuid:dossier_id>"
REGISTRATION = "can-bo/dang-ky/<uuid:dossier_id>"
SLUGS = {
    "accept": "tiep-nhan",
    "originals-received": "ban-chinh",
    "confirm-check": "doi-chieu",
    "control": "kiem-soat",
    "send-back": "tra-lai",
}

urlpatterns: list[URLPattern] = [
    path("can-bo", queue.home, name="home"),
    path("can-bo/trinh-ky", signing.sign_list, name="sign-list"),
    path("can-bo/tim", queue.search, name="search"),
    path("can-bo/mo-khan", openings.break_glass, name="break-glass"),
    path("can-bo/giam-sat", oversight.oversight, name="oversight"),
    path("can-bo/giam-sat/mo-khan/<uuid:opening_id>", oversight.opening, name="opening"),
    path("can-bo/giam-sat/can-bo/<uuid:officer_id>", oversight.reader, name="reader"),
    path("can-bo/yeu-cau-du-lieu", data_requests.data_requests, name="data-requests"),
    path("can-bo/yeu-cau-du-lieu/<uuid:request_id>", data_requests.data_request, name="data-request"),
    path(DOSSIER, dossier.dossier, name="dossier"),
    path(f"{DOSSIER}/muc-dich", openings.purpose, name="purpose"),
    *(path(f"{DOSSIER}/{slug}", acts.act, {"name": name}, name=name) for name, slug in SLUGS.items()),
    path(f"{DOSSIER}/chuyen", acts.give_away, name="hand-over"),
    path(f"{DOSSIER}/bo-sung", supplement.supplement, name="supplement"),
    path(f"{DOSSIER}/de-xuat", proposals.grant, name="grant"),
    path(f"{DOSSIER}/tu-choi", proposals.refuse, name="refuse"),
    path(f"{DOSSIER}/ky", proposals.sign_page, name="sign"),
    path(f"{DOSSIER}/du-thao.pdf", proposals.draft_letter, name="draft-letter"),
    path(f"{DOSSIER}/du-thao/<int:number>.png", proposals.draft_page, name="draft-page"),
    path(f"{DOSSIER}/to-khai.pdf", papers.print_declaration, name="declaration"),
    path(f"{DOSSIER}/to-khai-da-ky", papers.signed, name="signed-document"),
    path(f"{DOSSIER}/giay/<uuid:paper_id>/<int:number>", papers.paper_page, name="paper-page"),
    path(f"{DOSSIER}/giay/<uuid:paper_id>/tep", papers.paper_file, name="paper-file"),
    path(f"{DOSSIER}/tai/<uuid:document_id>", papers.document, name="document"),
    path(f"{DOSSIER}/bang-chung.zip", papers.evidence, name="evidence"),
    path("can-bo/dang-ky", registrations.registrations, name="registrations"),
    path(REGISTRATION, registrations.registration, name="registration"),
    path(f"{REGISTRATION}/anh", registrations.add_photo, name="add-photo"),
    path(f"{REGISTRATION}/doi-chieu", registrations.verify, name="verify-registration"),
    path(f"{REGISTRATION}/phe-duyet", registrations.approve, name="approve-registration"),
]
