"""How an issued result stands today: in force, being looked at again, or replaced by a later one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from ansinh.dossiers.models import CLOSED_STATES, RESULT_XML, Dossier, IssuedDocument

RESULTS: Final = ("decision", "refusal")
"""Kinds of papers that say how a dossier was decided; the result as XML goes with them."""


@dataclass(frozen=True)
class Standing:
    """`again`: looked at again since `at`; `replaced`: by the paper `number` of the moment `at`."""

    state: Literal["stands", "again", "replaced"] = "stands"
    at: datetime | None = None
    number: str = ""


STANDS: Final = Standing()


def standing_of(document: IssuedDocument, dossier: Dossier) -> Standing:
    """Of one paper; anything but a result stands."""
    if document.kind not in (*RESULTS, RESULT_XML) or dossier.reopened_at is None:
        return STANDS
    later = dossier.documents.filter(kind__in=RESULTS, issued_at__gt=document.issued_at).exclude(number=document.number)
    following = later.order_by("issued_at").first()
    if following is not None:
        return Standing("replaced", following.issued_at, following.number)
    if dossier.state not in CLOSED_STATES and document.issued_at <= dossier.reopened_at:
        return Standing("again", dossier.reopened_at)
    return STANDS
