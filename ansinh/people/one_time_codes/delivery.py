"""What became of the message that carries a code, told in plain words."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ansinh.people.models_one_time import Channel, DeliveryState, OneTimeCode, Purpose
from ansinh.people.one_time_codes.fall_back import fall_back_if_stuck
from ansinh.people.one_time_codes.issue import LIFE
from ansinh.people.one_time_codes.wipe import wipe_later
from ansinh.platform.language import translate
from ansinh.platform.vietnamese import ZONE


def record_handed_over(*, message_id: UUID, at: datetime) -> None:
    """The network has the message. The first time, the ten minutes are counted anew from here."""
    with transaction.atomic():
        code = OneTimeCode.objects.select_for_update().filter(message_id=message_id).first()
        if code is None:
            return
        if code.delivery_state == DeliveryState.QUEUED:
            code.delivery_state = DeliveryState.HANDED_OVER
        code.handed_over_at = at
        if not code.extended and at < code.expires_at:
            code.extended, code.expires_at = True, at + LIFE
            wipe_later(code)
        code.save()


def record_delivered(*, message_id: UUID, at: datetime) -> None:
    """The network says that the device or mailbox has it."""
    OneTimeCode.objects.filter(message_id=message_id).update(
        delivery_state=DeliveryState.DELIVERED, delivered_at=at, delivery_error=""
    )


def record_failed(*, message_id: UUID, reason: str, at: datetime) -> None:
    """It will not arrive; `reason` in Vietnamese words (a msgid). The code goes the person's other way, if any."""
    with transaction.atomic():
        code = OneTimeCode.objects.select_for_update().filter(message_id=message_id).first()
        if code is None or code.delivery_state == DeliveryState.DELIVERED:
            return
        code.delivery_state, code.delivery_error = DeliveryState.FAILED, reason
        code.save(update_fields=["delivery_state", "delivery_error"])
        fall_back_if_stuck(code_id=code.pk, at=at)


def delivery_line(code: OneTimeCode) -> str:
    """One true sentence for the page, in the current language.

    For a password reset it is the same whether an account exists or not, so it tells nothing of delivery.
    """
    facts = {
        "sent": _clock(code.last_sent_at),
        "handed": _clock(code.handed_over_at),
        "delivered": _clock(code.delivered_at),
    }
    if code.purpose == Purpose.PASSWORD_RESET:
        return translate("Nếu thông tin này thuộc về một tài khoản, mã được gửi lúc {sent}.", **facts)
    if code.delivery_state == DeliveryState.FAILED:
        return translate(_FAILED[code.channel], reason=translate(code.delivery_error))
    line = translate(_LINES[code.channel, code.delivery_state], **facts)
    return f"{translate(_FELL_BACK[code.channel])} {line}" if code.fell_back_at else line


_LINES: dict[tuple[str, str], str] = {
    (Channel.SMS, DeliveryState.QUEUED): "Tin nhắn đang chờ gửi từ {sent}.",
    (
        Channel.SMS,
        DeliveryState.HANDED_OVER,
    ): "Tin nhắn đã giao cho nhà mạng lúc {handed}; nhà mạng chưa báo máy đã nhận.",
    (Channel.SMS, DeliveryState.DELIVERED): "Nhà mạng báo máy đã nhận tin nhắn lúc {delivered}.",
    (Channel.EMAIL, DeliveryState.QUEUED): "Thư đang chờ gửi từ {sent}.",
    (Channel.EMAIL, DeliveryState.HANDED_OVER): "Thư đã giao cho máy chủ thư lúc {handed}. Xin xem cả hộp thư rác.",
    (Channel.EMAIL, DeliveryState.DELIVERED): "Máy chủ thư báo hộp thư đã nhận lúc {delivered}.",
}
_FAILED: dict[str, str] = {
    Channel.SMS: "Chưa gửi được tin nhắn vì {reason}. Xin kiểm tra lại số, hoặc nhận mã bằng thư điện tử.",
    Channel.EMAIL: "Chưa gửi được thư vì {reason}. Xin kiểm tra lại địa chỉ, hoặc nhận mã bằng tin nhắn.",
}

_FELL_BACK: dict[str, str] = {
    Channel.EMAIL: "Tin nhắn chưa tới máy nên cùng mã đó đã gửi qua thư điện tử.",
    Channel.SMS: "Thư chưa tới hộp thư nên cùng mã đó đã gửi qua tin nhắn.",
}


def _clock(moment: datetime | None) -> str:
    return f"{moment.astimezone(ZONE):%H:%M}" if moment else ""
