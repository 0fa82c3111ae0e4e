"""Where a sign-in leads: an address of ours that was asked for, or the person's own first page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from ansinh.web.citizen.frame import address


def after(onward: str, *, person: bool, secure: bool) -> str:
    """The asked address if it is ours; else the first page of a person, or of an officer."""
    return safe_onward(onward, secure=secure) or (reverse("citizen:home") if person else address("officer:home") or "/")


def safe_onward(onward: str, *, secure: bool) -> str:
    """The address if it lies here; else empty: nobody is led to a foreign page by a link of ours."""
    ours = (
        onward.startswith("/")
        and not onward.startswith("//")
        and url_has_allowed_host_and_scheme(onward, allowed_hosts=set(), require_https=secure)
    )
    return onward if ours else ""
