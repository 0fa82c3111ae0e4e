"""What the applicant pays for a dossier: the sum, a VietQR code and the same in words to copy, until when."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from markupsafe import Markup

from ansinh.casework.money.waiting import ask_again, is_late, open_order
from ansinh.documents.qr import qr_svg
from ansinh.dossiers.lists import names
from ansinh.dossiers.models import Dossier, State
from ansinh.payments.codes import grouped
from ansinh.payments.models import Order
from ansinh.payments.vietqr import Transfer, encode
from ansinh.people.actors import Citizen, Right
from ansinh.platform.language import pick, translate
from ansinh.web.actors import citizen_page
from ansinh.web.clock import now, today


def waiting_order(dossier: Dossier) -> Order | None:
    """The order that a waiting dossier is to be paid by; None when it does not wait for money."""
    return open_order(dossier) if dossier.state == State.WAITING_FOR_PAYMENT else None


def payment_view(order: Order | None, citizen: Citizen) -> dict[str, Any] | None:
    """What the page shows of it; past its last day there is no code, only the way to a new one."""
    if order is None:
        return None
    text = encode(Transfer(order.bank, order.number, order.amount, order.code))
    is_open = not is_late(order, at=now())
    return {
        "is_open": is_open,
        "may_pay": citizen.may(Right.PAY),
        "amount": order.amount,
        "purpose": pick(order, "purpose"),
        "due_on": order.due_on,
        "bank": names(on=today())("banks", order.bank) or order.bank,
        "number": order.number,
        "holder": order.holder,
        "code": order.code,
        "read_out": grouped(order.code),
        "qr": Markup(qr_svg(text, title=translate("Mã VietQR để nộp tiền"), css_class="qr big")) if is_open else "",  # noqa: S704
        "demo_href": f"{settings.DEMO_BANK_URL}?{urlencode({'qr': text})}"
        if settings.DEMO_BANK_URL and is_open
        else "",
    }


@citizen_page
def new_order(request: HttpRequest, citizen: Citizen, dossier_id: UUID) -> HttpResponse:
    """Ask for a new code in the place of one past its last day; the button stands on the page of the dossier."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    ask_again(dossier_id, actor=citizen, at=now())
    return HttpResponseRedirect(reverse("citizen:dossier", args=[dossier_id]))
