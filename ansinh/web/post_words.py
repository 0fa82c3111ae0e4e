"""What the history of a dossier says of its postal items, to the applicant and at the desk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from ansinh.platform.language import translate
from ansinh.platform.vietnamese import date_vi

OF_POST: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "post_received": lambda facts: translate(
        "Đã nhận bưu gửi ngày {day} tại {office}.",
        day=date_vi(date.fromisoformat(facts["received_on"])),
        office=facts["office"],
    ),
    "post_sent": lambda facts: translate(
        "Đã gửi {what} qua bưu điện, số hiệu {number}.", what=facts["what"], number=facts["tracking"]
    ),
    "post_delivered": lambda facts: translate("Bưu điện đã phát bưu gửi {number}.", number=facts["tracking"]),
    "post_returned": lambda facts: translate(
        "Bưu điện hoàn về bưu gửi {number}: {reason}", number=facts["tracking"], reason=facts["reason"]
    ),
    "post_answered": lambda facts: translate(
        "Người nộp đã cho biết cách nhận bưu gửi {number}.", number=facts["tracking"]
    ),
    "post_kept": lambda facts: translate("Bưu gửi {number} được giữ tại quầy.", number=facts["tracking"]),
    "post_sent_again": lambda facts: translate("Bưu gửi {number} sẽ được gửi lại.", number=facts["tracking"]),
    "post_collected": lambda facts: translate("Đã trả bưu gửi {number} tại quầy.", number=facts["tracking"]),
}
"""Kind of the event → its sentence."""


def typed_by_an_officer(facts: Mapping[str, Any]) -> str:
    """Who typed it, and how the person confirmed it."""
    match facts.get("confirmed"):
        case "hand":
            return translate("Cán bộ kê khai giúp tại quầy; người nộp ký tay trên bản in.")
        case "form":
            return translate("Cán bộ gõ từ mẫu giấy có chữ ký của người nộp, gửi qua bưu điện.")
        case _:
            return translate("Cán bộ kê khai giúp tại quầy; người nộp xác nhận bằng mã gửi về máy mình.")
