"""Where a sign-in leads: an address of ours that was asked for, or the person's own first page."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from ansinh.people.models import Account
from ansinh.web.citizen.frame import address
from ansinh.web.onward import local


def after(request: HttpRequest, account: Account, onward: str) -> str:
    """The asked address if it is ours; else the first page of a person, or of an officer."""
    if wanted := local(request, onward):
        return wanted
    return (address("officer:home") or "/can-bo") if account.person_id is None else reverse("citizen:home")
