"""What banks tell us: money came in, a payment came back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from ansinh.api.answers import answer, endpoint, now
from ansinh.payments.notices import record_notice

LARGEST_NOTICE = 16 * 1024


@endpoint
def bank_notices(request: HttpRequest) -> HttpResponse:
    """POST: a notice signed in X-Signature. The answer says that it is kept; the same again gets the same answer."""
    body = request.body[: LARGEST_NOTICE + 1]
    notice = record_notice(body=body, signed=request.headers.get("X-Signature", ""), at=now())
    return answer({"reference": notice.reference, "received": True})
