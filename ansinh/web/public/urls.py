"""Addresses of the public pages. None of them needs an account."""

from django.urls import path

from ansinh.web.public import (
    account_help,
    announcements,
    check_paper,
    contracted,
    guide,
    holidays,
    home,
    letters,
    look_up,
    offices,
    open_data,
    proof_downloads,
    province,
    service,
    services,
    stop_change,
)
from ansinh.web.public.calculators import pages as calculators

app_name = "public"

urlpatterns = [
    path("", home.home, name="home"),
    path("dich-vu", services.services, name="services"),
    path("dich-vu/<slug:slug>", service.service, name="service"),
    path("dich-vu/<slug:slug>/mau.pdf", service.blank_form, name="paper-form"),
    path("dich-vu/<slug:slug>/huong-dan", guide.guide, name="guide"),
    path("dich-vu/<slug:slug>/huong-dan.pdf", guide.document, name="guide-document"),
    path("dich-vu/<slug:slug>/thuc-te", open_data.real_time, name="real-time"),
    path("du-lieu-mo", open_data.months, name="open-data"),
    path("du-lieu-mo/<str:month>.<slug:kind>", open_data.month_file, name="open-data-month"),
    path("tra-cuu", look_up.look_up, name="look-up"),
    path("tra-cuu/<path:number>", look_up.look_up, name="look-up-number"),
    path("minh-chung", check_paper.check_paper, name="check-paper"),
    path("kiem-tra-van-ban", check_paper.moved, name="check-paper-before"),
    path("minh-chung/khoa", proof_downloads.keys, name="proof-keys"),
    path("minh-chung/trust.pem", proof_downloads.certificates, name="proof-certificates"),
    path("minh-chung/moc-niem-phong.txt", proof_downloads.checkpoint, name="proof-checkpoint"),
    path("minh-chung/ansinh_verify.py", proof_downloads.verifier, name="proof-verifier"),
    path("chan-doi-tai-khoan", stop_change.stop_change, name="stop-change"),
    path("co-quan", offices.offices, name="offices"),
    path("tinh", province.provinces, name="provinces"),
    path("tinh/<str:code>", province.province, name="province"),
    path("van-ban/<uuid:letter_id>", letters.letter, name="letter"),
    path("van-ban/<uuid:letter_id>/ban-in.pdf", letters.letter_pdf, name="letter-pdf"),
    path("van-ban/<uuid:letter_id>/tep/<uuid:attachment_id>", letters.letter_file, name="letter-file"),
    path("gop-y/huong-dan/<slug:slug>", letters.guide_helped, name="guide-helped"),
    path("thong-bao-chung", announcements.announcements, name="announcements"),
    path("thong-bao-chung/<uuid:announcement_id>", announcements.announcement, name="announcement"),
    path("co-so-kcb", contracted.contracted_facilities, name="contracted"),
    path("lich-nghi", holidays.holidays, name="holidays"),
    path("tinh-thu", calculators.index, name="calculators"),
    path("tinh-thu/<slug:slug>", calculators.calculator, name="calculator"),
    path("tinh-thu/<slug:slug>/bang-<int:place>.<slug:kind>", calculators.table, name="calculator-table"),
    path("tro-giup", account_help.help_page, name="help"),
    path("hien-thi", account_help.display, name="display"),
]
