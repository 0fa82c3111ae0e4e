"""What no browser sends is refused before a view reads it: a NUL in an address, a query or a form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse


class PlainInput:
    """Put it after the CSRF check, which has read the form by then. PostgreSQL keeps no NUL in text."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; the work is in `process_view`."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """Raise SuspiciousOperation (400) for a NUL anywhere."""
        values = (text for posted in (request.GET, request.POST) for _, texts in posted.lists() for text in texts)
        if "\0" in request.path_info or any("\0" in text for text in values):
            raise SuspiciousOperation("a NUL that no text holds")


def small_number(typed: str) -> int | None:
    """A whole number from 0 to 999999999 as an address or a hidden field has it; None for anything else."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 9 else None
