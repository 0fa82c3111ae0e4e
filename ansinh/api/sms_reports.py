"""What the SMS network tells us of a message: delivered or not."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from ansinh.api.answers import answer, endpoint, now
from ansinh.notifications.delivery import record_callback


@endpoint
def sms_reports(request: HttpRequest) -> HttpResponse:
    """POST: a report signed in X-Signature. 404 for a message not known yet, so that the network asks again."""
    record_callback(body=request.body, signed=request.headers.get("X-Signature", ""), at=now())
    return answer(None)
