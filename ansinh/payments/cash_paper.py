"""The receipt of a payment in cash, printed for the receiver and the two officers to sign by hand."""

from __future__ import annotations

from datetime import datetime

from ansinh.documents.render import render
from ansinh.offices.queries import office, place_of
from ansinh.payments.models import CashPayment
from ansinh.platform.zone import local_day


def cash_paper(payment: CashPayment, *, at: datetime) -> bytes:
    """The paper as PDF."""
    holder, order = office(payment.office_code), payment.order
    mandate = payment.mandate
    return render(
        "cash_receipt",
        data={
            "agency": {
                "parent": holder.parent.name_vi if holder.parent else "Bảo hiểm xã hội Việt Nam",
                "name": holder.name_vi,
            },
            "document": {"number": order.code, "place": place_of(holder), "date": local_day(at)},
            "draft": False,
            "payment": {
                "owner": order.name,
                "receiver": payment.receiver_name,
                "paper": payment.receiver_paper,
                "mandate": mandate.paper_basis if mandate else None,
                "purpose": order.purpose_vi,
                "amount": payment.amount,
                "code": order.code,
                "post": payment.post,
                "payer": payment.payer.full_name,
            },
        },
        at=at,
    )
