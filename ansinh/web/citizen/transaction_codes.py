"""Transaction codes: where they go, what waits to be confirmed by one, and what became of those that were sent."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ansinh.dossiers import drafts
from ansinh.dossiers.access import Holder, dossiers_of
from ansinh.people.actors import Citizen, Right
from ansinh.people.contacts import masked
from ansinh.people.models import OneTimeCode
from ansinh.people.one_time_codes.sent import transaction_codes
from ansinh.people.queries import contacts_of
from ansinh.platform.language import translate
from ansinh.web.actors import citizen_page, render
from ansinh.web.citizen.frame import ACCOUNT, frame
from ansinh.web.citizen.home import draft_line
from ansinh.web.clock import now


@citizen_page
def codes(request: HttpRequest, citizen: Citizen) -> HttpResponse:
    """The contacts, the drafts that a code may confirm, and the last codes with the dossier each confirmed."""
    phone, email = contacts_of(citizen.account_id)
    sent = transaction_codes(citizen.account_id)
    confirmed = dossiers_of(citizen).filter(digest__in=[one.bound_digest for one in sent])
    dossiers = {digest: (pk, number) for digest, pk, number in confirmed.values_list("digest", "pk", "number")}
    return render(
        request,
        "citizen/transaction_codes.html",
        page=frame(
            citizen,
            translate("Mã xác thực giao dịch"),
            current=ACCOUNT,
            back=(translate("Tài khoản của tôi"), reverse("citizen:account")),
        ),
        facts=[
            {"label": translate("Điện thoại nhận mã"), "value": masked(phone) if phone else "–"},
            {"label": translate("Thư điện tử nhận mã"), "value": masked(email) if email else "–"},
        ],
        drafts=[draft_line(one) for one in drafts.open_drafts(Holder.of(citizen))] if citizen.may(Right.FILE) else [],
        codes=[_line(one, dossiers, at=now()) for one in sent],
    )


def _line(one: OneTimeCode, dossiers: dict[str, tuple[UUID, str]], *, at: datetime) -> dict[str, Any]:
    dossier_id, number = dossiers.get(one.bound_digest, (None, "")) if one.used_at else (None, "")
    return {
        "about": one.about.rstrip("."),
        "sent_at": one.issued_at,
        "to": masked(one.recipient),
        "state": _state(one, at),
        "number": number,
        "href": reverse("citizen:dossier", kwargs={"dossier_id": dossier_id}) if dossier_id else "",
        "evidence_href": reverse("citizen:evidence", kwargs={"dossier_id": dossier_id}) if dossier_id else "",
    }


def _state(one: OneTimeCode, at: datetime) -> str:
    if one.used_at is not None:
        return translate("đã dùng để xác nhận")
    if one.closed_at is not None or one.tries_left == 0:
        return translate("đã hủy")
    return translate("hết hạn, chưa dùng") if one.expires_at <= at else translate("đang chờ nhập")
