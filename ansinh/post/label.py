"""The label of an item: who sends, who receives, the number as a bar code; A6, several in one file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ansinh.documents.code128 import code128_svg
from ansinh.documents.render import render
from ansinh.offices.queries import office
from ansinh.platform.vietnamese import date_vi
from ansinh.platform.zone import local_day
from ansinh.post.models import OutgoingItem


def labels(items: Sequence[OutgoingItem], *, at: datetime) -> bytes:
    """PDF bytes, a page an item. The contents are named by kind only: what a card or decision says is nobody else's."""
    return render("postal_label", data={"labels": [_label(one, at=at) for one in items]}, at=at)


def _label(item: OutgoingItem, *, at: datetime) -> dict[str, str]:
    sender = office(item.office_code)
    return {
        "number": item.number,
        "code": code128_svg(item.number),
        "tracking": item.tracking_number,
        "tracking_code": code128_svg(item.tracking_number) if item.tracking_number else "",
        "sender": sender.name_vi,
        "sender_address": sender.address,
        "sender_phone": sender.phone,
        "recipient": item.recipient,
        "phone": item.phone,
        "address": item.address,
        "contents": item.get_contents_display(),
        "day": date_vi(local_day(at)),
    }
