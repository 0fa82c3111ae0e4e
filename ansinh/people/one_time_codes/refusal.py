"""Why a code was not given or not accepted, and what the person can do next."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ansinh.people.models_one_time import OneTimeCode
from ansinh.platform.errors import DomainError

SENTENCES = {
    "code-not-six-digits": "Mã gồm 6 chữ số. Xin xem tin nhắn mới nhất rồi nhập đủ.",
    "code-wrong": "Mã không đúng. Xin xem tin nhắn mới nhất rồi nhập lại; còn {tries_left} lần thử.",
    "code-exhausted": "Mã đã nhập sai 5 lần nên không dùng được nữa. Xin yêu cầu mã mới.",
    "code-expired": "Mã đã quá hạn dùng. Xin yêu cầu mã mới.",
    "code-used": "Mã này đã dùng rồi; mỗi mã chỉ dùng một lần. Xin yêu cầu mã mới nếu cần.",
    "code-replaced": "Đã gửi mã mới hơn. Xin nhập mã trong tin nhắn mới nhất.",
    "code-other-session": "Mã này được yêu cầu ở một phiên khác. Xin yêu cầu mã mới trên trang này.",
    "code-other-content": "Nội dung đã thay đổi sau khi gửi mã. Xin đọc lại rồi yêu cầu mã mới.",
    "code-busy": "Mã này đang được kiểm tra ở một cửa sổ khác. Xin chờ vài giây rồi thử lại.",
    "resend-too-soon": "Mã vừa được gửi. Xin chờ {seconds} giây rồi yêu cầu gửi lại.",
    "resend-too-often": "Mã đã được gửi lại {resends} lần. Xin đổi sang cách nhận khác hoặc đến cơ quan BHXH gần nhất.",
    "code-abroad": "Mã chỉ gửi đến số di động Việt Nam. Xin dùng thư điện tử, hoặc đến cơ quan BHXH gần nhất.",
    "no-other-channel": "Mã này không còn cách gửi nào khác. Xin yêu cầu mã mới, hoặc đến cơ quan BHXH gần nhất.",
    "too-many-codes": "Đã yêu cầu quá nhiều mã. Xin thử lại sau {minutes} phút, hoặc đến cơ quan BHXH gần nhất.",
}


class CodeRefused(DomainError):
    """A code was not issued, not sent again or not accepted. `code` is a key of SENTENCES."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code, SENTENCES[code], **facts)


def refuse_closed(code: OneTimeCode, at: datetime) -> None:
    """Refuse a code that is used, replaced, out of tries or out of time, in this order."""
    if code.used_at is not None:
        raise CodeRefused("code-used")
    if code.tries_left == 0:
        raise CodeRefused("code-exhausted")
    if code.closed_at is not None:
        raise CodeRefused("code-replaced")
    if at >= code.expires_at or code.sealed_code is None:
        raise CodeRefused("code-expired")
