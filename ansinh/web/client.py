"""What a request says about where it comes from: its network address and its browser."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from ansinh.platform.client_address import client_address


def network(request: HttpRequest) -> str:
    """The client's network address; behind our own proxy the last hop it names. Empty when there is none."""
    return client_address(request.META, behind_proxy=settings.SECURE_PROXY_SSL_HEADER is not None)


def device(request: HttpRequest) -> str:
    """What the browser calls itself, for the evidence of a confirmation; no address."""
    return str(request.META.get("HTTP_USER_AGENT", ""))[:200]
