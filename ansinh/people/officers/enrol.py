"""The account of a new officer: one manager asks, another confirms who it is, the officer chooses the password oneself.

Nothing exists before the confirmation. The account has no password: the invitation leads to the page that sends a code
to the telephone or mailbox that both managers saw; the first sign-in then asks for a second factor before the desk.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from ansinh.law.errors import LawError
from ansinh.law.identifiers import parse_phone
from ansinh.people.actors import OfficerActor
from ansinh.people.happened import OfficerEnrolled
from ansinh.people.models import Account, AccountState, Enrolment, EnrolmentState, Officer
from ansinh.people.officers.assign import refuse_closed_office
from ansinh.people.officers.history import record, the_document, the_reason
from ansinh.people.officers.powers import managed_offices, may_open_accounts, powers
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from ansinh.platform.events import publish
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.platform.zone import local_day

STAFF_CODE = re.compile(r"[a-z][a-z0-9._-]{2,39}")
"""Begins with a letter: numbers alone are what citizens sign in with."""


@dataclass(frozen=True)
class NewOfficer:
    """Who is to have an account, as typed."""

    staff_code: str
    full_name: str
    title_vi: str
    phone: str = ""
    email: str = ""


def ask_account(
    wanted: NewOfficer, *, office_code: str, actor: OfficerActor, document_number: str, at: datetime
) -> Enrolment:
    """Ask for the account of somebody new at an office. Raises NotAllowed, Invalid, Conflict."""
    today = local_day(at)
    with transaction.atomic(), acting_as(actor.label):
        _refuse_unless_opens(actor, office_code=office_code, at=at)
        refuse_closed_office(office_code, on=today)
        new = _checked(wanted)
        _refuse_taken(new.staff_code)
        if Enrolment.objects.filter(staff_code=new.staff_code, state=EnrolmentState.ASKED).exists():
            raise Conflict("staff-code-asked", "Mã cán bộ này đang chờ xác nhận. Xin xem danh sách chờ.")
        return Enrolment.objects.create(
            office_code=office_code, staff_code=new.staff_code, full_name=new.full_name, title_vi=new.title_vi,
            phone=new.phone, email=new.email, document_number=the_document(document_number),
            four_eyes=powers(on=today).accounts_four_eyes, asked_by_id=actor.officer_id, asked_at=at,
        )  # fmt: skip


def confirm(enrolment_id: UUID, *, actor: OfficerActor, at: datetime) -> Officer:
    """Make the account and invite its holder. Raises NotFound, NotAllowed, Conflict."""
    with transaction.atomic(), acting_as(actor.label):
        row = _open(enrolment_id, actor=actor, at=at)
        if row.four_eyes and row.asked_by_id == actor.officer_id:
            raise Conflict(
                "four-eyes", "Người xin mở tài khoản không được tự xác nhận. Xin chuyển người quản lý thứ hai."
            )
        _refuse_taken(row.staff_code)
        with as_the_house():  # nobody sees an account before it is somebody's
            account = Account.objects.create(
                login=row.staff_code, display_name=row.full_name, phone=row.phone, email=row.email,
                state=AccountState.ACTIVE, password=make_password(None), created_at=at, activated_at=at,
            )  # fmt: skip
            officer = Officer.objects.create(account=account, full_name=row.full_name, title_vi=row.title_vi)
        row.state, row.decided_by_id, row.decided_at, row.officer = (
            EnrolmentState.CONFIRMED,
            actor.officer_id,
            at,
            officer,
        )
        row.save(update_fields=["state", "decided_by", "decided_at", "officer"])
        record(
            "account_opened", actor=actor, office_code=row.office_code, about=officer.pk, at=at,
            document=row.document_number, staff_code=row.staff_code, asked_by=row.asked_by.full_name,
        )  # fmt: skip
        publish(OfficerEnrolled(account.pk, row.office_code, row.staff_code, at))
    return officer


def refuse(enrolment_id: UUID, *, actor: OfficerActor, reason: str, at: datetime) -> Enrolment:
    """No account comes of it; whoever asked may take it back too. Raises NotFound, NotAllowed, Invalid, Conflict."""
    with transaction.atomic(), acting_as(actor.label):
        row = _open(enrolment_id, actor=actor, at=at)
        row.reason = the_reason(reason)
        row.state, row.decided_by_id, row.decided_at = EnrolmentState.REFUSED, actor.officer_id, at
        row.save(update_fields=["state", "decided_by", "decided_at", "reason"])
    return row


def asked_at(office_codes: Collection[str]) -> list[Enrolment]:
    """Accounts asked for at these offices and not decided, oldest first."""
    rows = Enrolment.objects.filter(state=EnrolmentState.ASKED, office_code__in=office_codes)
    return list(rows.select_related("asked_by").order_by("asked_at"))


def decided_at(office_codes: Collection[str], *, limit: int = 20) -> list[Enrolment]:
    """The last ones that were decided there, newest first."""
    rows = Enrolment.objects.exclude(state=EnrolmentState.ASKED).filter(office_code__in=office_codes)
    return list(rows.select_related("asked_by", "decided_by").order_by("-decided_at")[:limit])


def the_enrolment(enrolment_id: UUID, *, actor: OfficerActor, at: datetime, lock: bool = False) -> Enrolment:
    """One asked at an office whose people the actor manages; any other does not exist for the actor."""
    rows = Enrolment.objects.select_for_update(of=("self",)) if lock else Enrolment.objects.all()
    offices = managed_offices(actor, on=local_day(at))
    found = rows.select_related("asked_by").filter(pk=enrolment_id, office_code__in=offices).first()
    if found is None:
        raise NotFound("enrolment-unknown", "Không có yêu cầu mở tài khoản này ở cơ quan ông/bà quản lý.")
    return found


def _open(enrolment_id: UUID, *, actor: OfficerActor, at: datetime) -> Enrolment:
    row = the_enrolment(enrolment_id, actor=actor, at=at, lock=True)
    _refuse_unless_opens(actor, office_code=row.office_code, at=at)
    if row.state != EnrolmentState.ASKED:
        raise Conflict("enrolment-decided", "Yêu cầu mở tài khoản này đã được quyết định. Xin tải lại trang.")
    return row


def _refuse_unless_opens(actor: OfficerActor, *, office_code: str, at: datetime) -> None:
    if not may_open_accounts(actor, office_code=office_code, on=local_day(at)):
        raise NotAllowed(
            "cannot-open-accounts",
            "Ông/bà không được mở tài khoản cán bộ ở cơ quan này. Xin nhờ lãnh đạo hoặc quản trị hệ thống.",
        )


def _refuse_taken(staff_code: str) -> None:
    with as_the_house():
        taken = Account.objects.filter(login=staff_code).exists()
    if taken:
        raise Conflict(
            "staff-code-taken", "Mã cán bộ này đã có tài khoản. Xin chọn mã khác, hoặc phân công bằng mã đó."
        )


def _checked(wanted: NewOfficer) -> NewOfficer:
    code = wanted.staff_code.strip().casefold()
    name, title = " ".join(wanted.full_name.split()), " ".join(wanted.title_vi.split())
    if not STAFF_CODE.fullmatch(code):
        raise Invalid(
            "staff-code-form",
            "Mã cán bộ gồm 3 đến 40 chữ thường không dấu, chữ số, dấu chấm hoặc gạch, bắt đầu bằng chữ.",
        )
    if not name or not title:
        raise Invalid("officer-incomplete", "Xin ghi họ tên và chức danh của cán bộ.")
    if not wanted.phone.strip() and not wanted.email.strip():
        raise Invalid("officer-contact", "Xin ghi số điện thoại hoặc thư điện tử để người mới đặt mật khẩu.")
    return NewOfficer(code, name[:100], title[:80], _phone(wanted.phone), _email(wanted.email))


def _phone(typed: str) -> str:
    if not typed.strip():
        return ""
    try:
        return parse_phone(typed)
    except LawError as wrong:
        raise Invalid("officer-phone", "Số điện thoại chưa đúng. Xin ghi đủ 10 chữ số, bắt đầu bằng 0.") from wrong


def _email(typed: str) -> str:
    address = typed.strip().casefold()
    if not address:
        return ""
    try:
        validate_email(address)
    except ValidationError as wrong:
        raise Invalid("officer-email", "Địa chỉ thư điện tử chưa đúng, ví dụ ten@coquan.example.") from wrong
    return address
