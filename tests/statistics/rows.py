"""Dossiers as the database has them, put there without the acts that lead to them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from ansinh.catalogue.models import ProcedureVersion
from ansinh.dossiers.models import Dossier, State
from ansinh.platform.identifiers import uuid7


def a_row(*, filed: datetime, office: str, **facts: Any) -> Dossier:
    """One that was filed and waits; of any procedure, also one that no folder knows."""
    number = Dossier.objects.count() + 70_001
    return Dossier.objects.create(
        **{
            "number": f"{number}/{filed.year}/{office}", "home_office": office, "office_code": office,
            "chosen_office": office, "version": ProcedureVersion.objects.order_by("pk")[0],
            "procedure": "che-do-thai-san", "owner_id": uuid7(), "applicant_name": "Bà Mẫu",
            "applicant_key": "ba mau", "answers": {}, "digest": "0" * 64, "draft_id": uuid7(), "channel": "portal",
            "state": State.SUBMITTED, "stage": "intake", "stage_role": "intake_officer", "submitted_at": filed,
            "last_event_at": filed, **facts,
        }
    )  # fmt: skip


def a_closed_row(*, filed: datetime, days: int, office: str, late: bool = False, **facts: Any) -> Dossier:
    """One with its result after so many days, due on that day or, late, the day before."""
    ended = filed + timedelta(days=days)
    due = (ended - timedelta(days=1 if late else 0)).date().isoformat()
    return a_row(
        filed=filed, office=office,
        **{"state": State.GRANTED, "stage_role": "", "accepted_at": filed, "closed_at": ended, "was_late": late,
           "results_due": [{"on": due}], **facts},
    )  # fmt: skip
