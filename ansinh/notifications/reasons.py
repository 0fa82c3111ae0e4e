"""Why a message did not arrive, by code, in words for people."""

from __future__ import annotations

from collections.abc import Mapping

REASONS: Mapping[str, str] = {
    "recipient-refused": "nhà mạng không nhận số hoặc địa chỉ này",
    "not-delivered": "nhà mạng không giao được tới máy",
    "network-unreachable": "không nối được với nhà mạng",
    "network-not-trusted": "chứng thư của máy chủ nhà mạng không đúng",
    "network-refuses-us": "nhà mạng chưa nhận kết nối của cơ quan",
    "network-busy": "nhà mạng đang bận",
    "network-answer-unclear": "nhà mạng trả lời không rõ",
    "too-many-to-recipient": "đã gửi quá nhiều tin tới số hoặc địa chỉ này trong ngày",
    "too-many-today": "cơ quan đã gửi hết số tin trong ngày",
    "out-of-time": "đã quá hạn gửi",
}


def in_words(reason: str) -> str:
    """The Vietnamese words for a reason (a msgid for `translate`)."""
    return REASONS.get(reason, "lý do chưa rõ")
