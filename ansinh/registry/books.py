"""The social-insurance book: issued, corrected, closed; which paid months still count.

Every function that writes works in the caller's transaction, on a record the caller has locked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Final

from ansinh.platform.errors import Conflict
from ansinh.registry.benefits.grant import Ground
from ansinh.registry.models import BookEntry, ContributionPeriod, InsuredPerson

USED_UP: Final = "one_time"
"""Why a book is closed whose months were paid off at once: they count for nothing any more (law 41 article 70)."""


def counted_periods(person: InsuredPerson) -> list[ContributionPeriod]:
    """The periods that count: of merged books too, without the months that were paid off at once. Nothing is saved."""
    entries = list(person.book_entries.all())
    numbers = [one.merged_number for one in entries if one.merged_number]
    periods = list(person.periods.all())
    if numbers:
        periods += ContributionPeriod.objects.filter(insured_id__in=numbers)
    ends = [one.on for one in still_closed(entries) if one.what == USED_UP]
    if not ends:
        return periods
    first = _month_after(max(ends))
    return [_from(period, first) for period in periods if period.to_month >= first]


def still_closed(entries: Sequence[BookEntry]) -> list[BookEntry]:
    """The closings that no later result lifted."""
    lifted = Counter((one.what, one.on) for one in entries if one.kind == "reopened")
    found = []
    for one in entries:
        if one.kind == "closed" and not lifted[one.what, one.on]:
            found.append(one)
        elif one.kind == "closed":
            lifted[one.what, one.on] -= 1
    return found


def issue(person: InsuredPerson, *, on: date, reason: str, ground: Ground) -> BookEntry:
    """Issue the book, or another copy of it."""
    return _write(person, "issued", on, ground, note=reason)


def correct(person: InsuredPerson, *, on: date, what: str, note: str, merged: str, ground: Ground) -> BookEntry:
    """Correct the book; `merged` is the number of a book that joins it, or of the book itself, which stays.

    Raises Conflict for one that cannot join.
    """
    merged = "" if merged == person.pk else merged
    if merged:
        _refuse_merging(merged)
    return _write(person, "corrected", on, ground, what=what, note=note, merged_number=merged)


def close(person: InsuredPerson, *, on: date, why: str, months: int | None, ground: Ground) -> BookEntry:
    """Close the book at a day. Raises Conflict when it was closed for the same reason at that day or later."""
    if any(one.what == why and one.on >= on for one in still_closed(list(person.book_entries.all()))):
        raise Conflict(
            "book-closed-already",
            "Sổ BHXH của {name} đã chốt rồi. Xin kiểm tra hồ sơ đã giải quyết trước đó.",
            name=person.full_name,
        )
    return _write(person, "closed", on, ground, what=why, months=months)


def take_back(person: InsuredPerson, entry: BookEntry, *, on: date, note: str, ground: Ground) -> BookEntry:
    """Answer an entry of a result that was replaced: a closing is lifted, anything else noted as holding no more."""
    if entry.kind == "closed":
        return _write(person, "reopened", entry.on, ground, what=entry.what, note=note)
    return _write(person, "corrected", on, ground, what="taken_back", note=note)


def confirm_unemployment(person: InsuredPerson, *, on: date, months: int | None, ground: Ground) -> BookEntry:
    """Confirm the unemployment-insurance time that was not used."""
    return _write(person, "unemployment", on, ground, months=months)


def _refuse_merging(number: str) -> None:
    if not InsuredPerson.objects.filter(pk=number).exists():
        raise Conflict(
            "merged-book-unknown", "Không có sổ mang mã số {number}. Xin yêu cầu kiểm tra lại mã số.", number=number
        )
    if BookEntry.objects.filter(merged_number=number).exists():
        raise Conflict("book-merged-already", "Sổ {number} đã gộp vào một sổ khác rồi. Xin bỏ sổ này.", number=number)


def _from(period: ContributionPeriod, first: date) -> ContributionPeriod:
    if period.from_month >= first:
        return period
    values = {field.attname: getattr(period, field.attname) for field in period._meta.concrete_fields}
    return ContributionPeriod(**{**values, "from_month": first})


def _month_after(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _write(person: InsuredPerson, kind: str, on: date, ground: Ground, **facts: object) -> BookEntry:
    return BookEntry.objects.create(
        insured=person, kind=kind, on=on, dossier_id=ground.dossier_id, made_at=ground.at, **facts
    )
