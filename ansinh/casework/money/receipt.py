"""The receipt of a payment: who paid what for what, when, and how the bank names the transfer."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ansinh.casework.letter import check_address, letter_head
from ansinh.documents.render import render
from ansinh.dossiers.issue import issue_document
from ansinh.dossiers.lists import names
from ansinh.dossiers.models import Dossier, IssuedDocument
from ansinh.payments.models import Order, OrderState
from ansinh.people.actors import System
from ansinh.platform.zone import local_day
from ansinh.signing.authority import PORTAL
from ansinh.signing.pdf import sign_pdf

KIND = "payment"
TITLE = "Biên lai thu tiền"


def make_payment_receipt(order_id: UUID, *, at: datetime) -> IssuedDocument | None:
    """Make and keep the receipt of a paid order in, once; None for an order without a dossier."""
    order = Order.objects.get(pk=order_id)
    if order.dossier_id is None or order.state != OrderState.PAID:
        return None
    dossier = Dossier.objects.get(pk=order.dossier_id)
    made = dossier.documents.filter(kind=KIND, number=order.code).first()
    if made is not None:
        return made
    pdf = sign_pdf(
        render("payment", data=_data(dossier, order, at=at), at=at),
        key_name=PORTAL,
        signer_name="Cổng giao dịch điện tử An Sinh",
        capacity="",
        reason=f"Biên lai thu tiền {order.code}",
        at=at,
        stamper=None,
    )
    return issue_document(dossier, pdf, kind=KIND, title=TITLE, number=order.code, signed_by=System().name, at=at)


def _data(dossier: Dossier, order: Order, *, at: datetime) -> dict[str, object]:
    head = letter_head(dossier, at=at)
    notice = order.notices.order_by("received_at").first()
    bank = names(on=local_day(at))("banks", order.bank)
    return {
        **head,
        **check_address(),
        "document": {**head["document"], "number": order.code},
        "payment": {
            "amount": order.amount,
            "purpose": order.purpose_vi,
            "from": order.period_from,
            "to": order.period_to,
            "paid_at": order.paid_at,
            "reference": order.bank_reference,
            "payer": notice.payer_name if notice else order.name,
            "account": f"{order.number} ({bank})" if bank else order.number,
        },
    }
