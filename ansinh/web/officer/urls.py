"""Addresses of the desk."""

from __future__ import annotations

from django.urls import URLPattern, path

from ansinh.web.officer import (
    acting,
    acts,
    bank_accounts,
    contracts,
    corrections,
    data_requests,
    dossier,
    locked,
    office_agreements,
    office_organisations,
    openings,
    organisations,
    oversight,
    papers,
    places,
    present,
    proposals,
    protections,
    queue,
    recoveries,
    registration_progress,
    registrations,
    retention,
    signing,
    supplement,
)
from ansinh.web.officer.staff import pages as staff

app_name = "officer"
DOSSIER = "can-bo/ho-so/<uuid:dossier_id>"
REGISTRATION = "can-bo/dang-ky/<uuid:dossier_id>"
RECOVERY = "can-bo/khoi-phuc/<uuid:recovery_id>"
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
    path("can-bo/tai-quay", places.counter, name="counter"),
    path("can-bo/quan-ly", places.managing, name="managing"),
    path("can-bo/trinh-ky", signing.sign_list, name="sign-list"),
    path("can-bo/con-o-day", present.present, name="present"),
    path("can-bo/mat-khau-bi-khoa", locked.locked, name="locked"),
    path("can-bo/tim", queue.search, name="search"),
    path("can-bo/mo-khan", openings.break_glass, name="break-glass"),
    path("can-bo/giam-sat", oversight.oversight, name="oversight"),
    path("can-bo/giam-sat/mo-khan/<uuid:opening_id>", oversight.opening, name="opening"),
    path("can-bo/giam-sat/can-bo/<uuid:officer_id>", oversight.reader, name="reader"),
    path("can-bo/giam-sat/bao-ve", protections.protections, name="protections"),
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
    path(f"{DOSSIER}/to-chuc", organisations.matter, name="organisation-matter"),
    path(f"{DOSSIER}/to-chuc/doi-chieu", organisations.compare, name="compare-organisation"),
    path(f"{DOSSIER}/to-chuc/phe-duyet", organisations.approve, name="approve-organisation"),
    path("can-bo/to-chuc", office_organisations.search, name="organisations"),
    path("can-bo/to-chuc/<uuid:organisation_id>", office_organisations.organisation, name="organisation"),
    path("can-bo/hop-dong-kcb", contracts.contracts, name="contracts"),
    path("can-bo/to-chuc/<uuid:organisation_id>/hop-dong", office_agreements.agreements, name="agreements"),
    path("can-bo/tai-khoan-nhan-tien", bank_accounts.changes, name="bank-accounts"),
    path("can-bo/tai-khoan-nhan-tien/moi", bank_accounts.begin, name="begin-bank-account"),
    path("can-bo/tai-khoan-nhan-tien/<uuid:change_id>", bank_accounts.change, name="bank-account"),
    path("can-bo/lam-thay", acting.people, name="acting-people"),
    path("can-bo/lam-thay/<uuid:person_id>", acting.person, name="acting-person"),
    path("can-bo/dang-ky", registrations.registrations, name="registrations"),
    path("can-bo/dang-ky/tien-do", registration_progress.registration_progress, name="registration-progress"),
    path("can-bo/thu-tuc", corrections.corrections, name="corrections"),
    path("can-bo/thu-tuc/de-nghi/<uuid:correction_id>", corrections.correction, name="correction"),
    path("can-bo/thu-tuc/<slug:slug>", corrections.correct, name="correct"),
    path("can-bo/luu-tru", retention.retention, name="retention"),
    path("can-bo/luu-tru/<uuid:list_id>", retention.destruction_list, name="destruction-list"),
    path(REGISTRATION, registrations.registration, name="registration"),
    path(f"{REGISTRATION}/anh", registrations.add_photo, name="add-photo"),
    path(f"{REGISTRATION}/doi-chieu", registrations.verify, name="verify-registration"),
    path(f"{REGISTRATION}/phe-duyet", registrations.approve, name="approve-registration"),
    path("can-bo/khoi-phuc", recoveries.recoveries, name="recoveries"),
    path("can-bo/khoi-phuc/tai-khoan/<uuid:account_id>", recoveries.account, name="recovery-account"),
    path(RECOVERY, recoveries.recovery, name="recovery"),
    path(f"{RECOVERY}/anh", recoveries.add_photo, name="recovery-add-photo"),
    path(f"{RECOVERY}/anh/<uuid:paper_id>", recoveries.photo, name="recovery-photo"),
    path(f"{RECOVERY}/duyet", recoveries.approve, name="approve-recovery"),
    path(f"{RECOVERY}/khong-duyet", recoveries.refuse, name="refuse-recovery"),
    path("can-bo/nhiem-vu", staff.my_duties, name="my-duties"),
    path("can-bo/nhan-su", staff.people, name="staff"),
    path("can-bo/nhan-su/phong", staff.departments, name="departments"),
    path("can-bo/nhan-su/tai-khoan", staff.accounts, name="staff-accounts"),
    path(MEMBER, staff.member, name="staff-member"),
    path(f"{MEMBER}/phan-cong", staff.assign, name="assign"),
    *(path(f"{MEMBER}/{slug}", staff.of_member, {"name": name}, name=name) for name, slug in ABOUT_MEMBER.items()),
    *(
        path(f"{MEMBER}/{slug}/<str:row>", staff.of_member, {"name": name}, name=name)
        for name, slug in ABOUT_A_ROW.items()
    ),
    path(f"{OFFICE}/phong", staff.of_office, {"name": "department"}, name="department"),
    path(f"{OFFICE}/mo-tai-khoan", staff.of_accounts, {"name": "ask-account"}, name="ask-account"),
    path(f"{OFFICE}/xac-nhan/<str:row>", staff.of_accounts, {"name": "confirm-account"}, name="confirm-account"),
    path(f"{OFFICE}/khong-mo/<str:row>", staff.of_accounts, {"name": "refuse-account"}, name="refuse-account"),
    path(f"{OFFICE}/chuyen-nhiem-vu", staff.move, name="move-posts"),
    path(f"{OFFICE}/giao-quyen", staff.of_office, {"name": "delegate-department"}, name="delegate-department"),
    path(f"{OFFICE}/thu-quyen/<str:row>", staff.of_office, {"name": "revoke-department"}, name="revoke-department"),
]
