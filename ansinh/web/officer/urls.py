"""Addresses of the desk."""

from __future__ import annotations

from django.urls import URLPattern, path

from ansinh.web.officer import acts, dossier, papers, proposals, queue, registrations, signing, supplement
from ansinh.web.officer.staff import pages as staff

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

MEMBER = "can-bo/nhan-su/<uuid:officer_id>"
OFFICE = "can-bo/nhan-su/co-quan/<str:office_code>"
ABOUT_MEMBER = {"delegate": "giao-quyen", "absence": "vang-mat", "give-unit": "don-vi", "hand-over-units": "ban-giao"}
ABOUT_A_ROW = {
    "end-post": "thoi-nhiem-vu",
    "revoke": "thu-quyen",
    "back": "tro-lai",
    "deputy": "nguoi-thay",
    "end-deputy": "thoi-thay",
    "end-unit": "thoi-phu-trach",
    "unit-contact": "lien-he",
}

urlpatterns: list[URLPattern] = [
    path("can-bo", queue.home, name="home"),
    path("can-bo/trinh-ky", signing.sign_list, name="sign-list"),
    path("can-bo/tim", queue.search, name="search"),
    path(DOSSIER, dossier.dossier, name="dossier"),
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
    path("can-bo/nhiem-vu", staff.my_duties, name="my-duties"),
    path("can-bo/nhan-su", staff.people, name="staff"),
    path("can-bo/nhan-su/phong", staff.departments, name="departments"),
    path(MEMBER, staff.member, name="staff-member"),
    path(f"{MEMBER}/phan-cong", staff.assign, name="assign"),
    *(path(f"{MEMBER}/{slug}", staff.of_member, {"name": name}, name=name) for name, slug in ABOUT_MEMBER.items()),
    *(
        path(f"{MEMBER}/{slug}/<str:row>", staff.of_member, {"name": name}, name=name)
        for name, slug in ABOUT_A_ROW.items()
    ),
    path(f"{OFFICE}/phong", staff.of_office, {"name": "department"}, name="department"),
    path(f"{OFFICE}/giao-quyen", staff.of_office, {"name": "delegate-department"}, name="delegate-department"),
    path(f"{OFFICE}/thu-quyen/<str:row>", staff.of_office, {"name": "revoke-department"}, name="revoke-department"),
]
