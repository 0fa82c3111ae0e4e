"""How an issued result stands, and why it is looked at again, in words, for everybody."""

from __future__ import annotations

from ansinh.casework.models import Reopening
from ansinh.dossiers.standing import Standing
from ansinh.platform.language import pick, translate
from ansinh.platform.vietnamese import date_vi


def standing_words(standing: Standing) -> str:
    """One sentence; empty for a paper that stands."""
    if standing.at is None:
        return ""
    day = date_vi(standing.at)
    if standing.state == "replaced":
        return translate("Đã được thay bằng văn bản số {number} ngày {day}.", number=standing.number, day=day)
    return translate("Đang được xem xét lại từ ngày {day}.", day=day)


def round_words(made: Reopening) -> dict[str, object]:
    """A reopening for a page: on what ground, which result, until when."""
    return {
        "ground": pick(made, "ground"),
        "why": made.why,
        "basis": made.basis_vi,
        "number": made.decision.number,
        "closed_at": made.earlier_closed_at,
        "at": made.at,
        "document": made.document_number,
        "who": f"{made.decided_title} {made.decided_by.full_name}",
        "stands": made.confirmation if hasattr(made, "confirmation") else None,
    }
