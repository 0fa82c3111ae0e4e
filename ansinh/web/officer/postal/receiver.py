"""Who gets a postal item: as the dossier says, until the officer types otherwise."""

from __future__ import annotations

from django.http import HttpRequest

from ansinh.dossiers.models import Dossier
from ansinh.law.identifiers import show_phone
from ansinh.offices.queries import one_line
from ansinh.post.outgoing import Receiver
from ansinh.web.clock import today


def posted_receiver(request: HttpRequest) -> Receiver:
    """As typed."""
    return Receiver(*(request.POST.get(name, "") for name in ("recipient", "phone", "address")))


def receiver_of(dossier: Dossier, request: HttpRequest, *, name: str = "", address: str = "") -> Receiver:
    """What stands in the boxes: as typed, else the applicant with the address for results."""
    if "recipient" in request.POST:
        return posted_receiver(request)
    answers = dossier.answers
    held = answers.get("result_address") or answers.get("contact_address") or {}
    where = address or (one_line(held, on=today()) if held else "")
    return Receiver(name or dossier.applicant_name, show_phone(dossier.phone) if dossier.phone else "", where)
