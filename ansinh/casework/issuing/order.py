"""Put what a decision gave on the list of what is to be printed, in the transaction of the grant."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from ansinh.casework.models import AppliedEffect, IssueItem
from ansinh.dossiers.models import Dossier
from ansinh.registry.models import BookEntry, CardChange, InsuredPerson

PRINTED: Final = {"card_issued": "card", "book_issued": "book"}
"""Effect → what comes of it on paper."""


def order_prints(dossier: Dossier, effects: Iterable[AppliedEffect], *, at: datetime) -> list[IssueItem]:
    """One item for each card and book, unless the applicant takes the result electronically."""
    channel = dossier.answers.get("result_channel")
    if channel == "electronic":
        return []
    given = [one for one in effects if one.does in PRINTED]
    people = _people(given)
    return IssueItem.objects.bulk_create(
        IssueItem(
            dossier=dossier,
            effect=one,
            kind=PRINTED[one.does],
            si_number=people[one.pk].pk,
            person_name=people[one.pk].full_name,
            office_code=dossier.office_code,
            by_post=channel == "post",
            ordered_at=at,
        )
        for one in given
    )


def _people(effects: Iterable[AppliedEffect]) -> dict[UUID, InsuredPerson]:
    """Whose card or book each effect gave."""
    rows = {str(one.made.get("change") or one.made.get("entry")): one.pk for one in effects}
    changes = CardChange.objects.filter(pk__in=rows).select_related("insured")
    entries = BookEntry.objects.filter(pk__in=rows).select_related("insured")
    return {rows[str(one.pk)]: one.insured for one in changes} | {rows[str(one.pk)]: one.insured for one in entries}
