"""The file that a batch is printed from: a page for each card and book, with what stands on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from ansinh.casework.models import IssueItem
from ansinh.documents.render import render
from ansinh.offices.queries import office
from ansinh.platform.vietnamese import date_vi
from ansinh.registry.card_changes import held_card
from ansinh.registry.models import InsuredPerson


def print_sheet(items: Sequence[IssueItem], *, at: datetime) -> bytes:
    """PDF bytes, in the order of the items."""
    rows = InsuredPerson.objects.filter(pk__in={one.si_number for one in items}).prefetch_related("card_changes")
    people = {one.pk: one for one in rows}
    pages = [_page(one, people[one.si_number]) for one in items]
    return render("issue_sheet", data={"pages": pages, "day": date_vi(at.date())}, at=at)


def _page(item: IssueItem, person: InsuredPerson) -> dict[str, Any]:
    where = office(item.office_code)
    common = {
        "kind": item.kind,
        "name": person.full_name,
        "born": _written(person.date_of_birth),
        "sex": person.get_sex_display(),
        "si_number": person.pk,
        "office": where.name_vi,
        "dossier": item.dossier.number,
    }
    if item.kind == "book":
        return common
    card = held_card(person)
    return {
        **common,
        "number": card.number,
        "valid_from": date_vi(card.valid_from) if card.valid_from else "",
        "valid_to": date_vi(card.valid_to) if card.valid_to else "",
        "facility": card.facility,
    }


def _written(born: str) -> str:
    return date_vi(date.fromisoformat(born)) if len(born) == 10 else born
