"""The light way of the API: no session, no cookies, no page headers; refusals of the frame itself are JSON too."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.security import SecurityMiddleware
from django.urls import get_resolver

from ansinh.api.answers import refusal
from ansinh.platform.language import translate

PREFIX = "/api/"
log = logging.getLogger(__name__)


class LightProfile:
    """Put it first: what begins with /api/ passes only the transport rules, everything else goes on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._api = SecurityMiddleware(_called)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer an API request, or pass a page on."""
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        response: HttpResponse = self._api(request)  # type: ignore[assignment]
        response.headers["Content-Length"] = str(len(response.content))
        return response


def _called(request: HttpRequest) -> HttpResponse:
    try:
        if "\0" in request.path_info or any("\0" in text for text in request.GET.values()):
            raise SuspiciousOperation("a NUL that no text holds")
        found = get_resolver().resolve(request.path_info)
        response: HttpResponse = found.func(request, *found.args, **found.kwargs)
    except Http404:
        return refusal(404, "address-unknown", translate("Không có địa chỉ này. Xin xem lại tài liệu."))
    except SuspiciousOperation:
        return refusal(400, "message-malformed", translate("Không đọc được nội dung gửi lên. Xin gửi lại."))
    except Exception:  # the boundary of the server: kept in the log, told without details
        log.exception("api request failed: %s", request.path)
        return refusal(500, "server-fault", translate("Máy chủ gặp lỗi, chưa ghi nhận gì. Xin gửi lại với cùng mã."))
    if response.status_code == 405:
        allowed = response.headers["Allow"]
        response = refusal(405, "method-not-allowed", translate("Địa chỉ này chỉ nhận {methods}.", methods=allowed))
        response.headers["Allow"] = allowed
    return response
