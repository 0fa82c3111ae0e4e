"""Where to after signing in: only to an address of our own."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def local(request: HttpRequest, wanted: str) -> str:
    """The wanted address if it is a path of this site, else empty."""
    if not wanted.startswith("/") or wanted.startswith("//"):
        return ""
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=set(), require_https=request.is_secure())
    return wanted if ours else ""
