"""Write down who looked: before the page is shown, in its own request (threat 16)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import connection

from ansinh.people.actors import OfficerActor
from ansinh.people.models_readings import Ground, PageKind
from ansinh.people.readings import rules
from ansinh.platform.errors import DomainError
from ansinh.platform.zone import local_day

_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Shown:
    """Whose facts a page shows: a person or organisation, a dossier, or both."""

    subject_id: UUID | None = None
    dossier_id: UUID | None = None
    dossier_number: str = ""


@dataclass(frozen=True)
class Why:
    """What permits a reading, in words the person reads; `opening_id` when something was opened for it."""

    ground: Ground
    text_vi: str
    text_en: str
    office_code: str
    opening_id: UUID | None = None


# A list shows fifty dossiers: one statement of the same words for any number, and the database turns columns to rows.
_WRITE: Final = """
INSERT INTO people_reading ("at", span_start, officer_id, reader_name, reader_title, page,
    subject_id, dossier_id, dossier_number, ground, why_vi, why_en, office_code, opening_id)
SELECT %s, %s, %s, %s, %s, %s, look.* FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::text[], %s::text[],
    %s::text[], %s::text[], %s::uuid[]) look
ON CONFLICT DO NOTHING
"""


def record(looks: Iterable[tuple[Shown, Why]], *, reader: OfficerActor, page: PageKind, at: datetime) -> None:
    """Write a reading for each (what is shown, why).

    The same look within one span of `rules.window` is written once, so that reloading fills nothing; the database
    decides, so that of simultaneous first looks exactly one is kept. Raises DomainError for a look without a subject.
    """
    rows = [_row(shown, why) for shown, why in looks]
    if not rows:
        return
    span = _span_start(at, rules.window(on=local_day(at)))
    columns = map(list, zip(*rows, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(
            _WRITE, [at, span, reader.officer_id, reader.name, reader.title_vi, PageKind(page).value, *columns]
        )


def _row(shown: Shown, why: Why) -> tuple[Any, ...]:
    if shown.subject_id is None and shown.dossier_id is None:
        raise DomainError("reading-of-nobody", "Lượt xem phải ghi rõ xem hồ sơ nào hoặc của ai.")
    return (
        shown.subject_id, shown.dossier_id, shown.dossier_number, Ground(why.ground).value, why.text_vi, why.text_en,
        why.office_code, why.opening_id,
    )  # fmt: skip


def _span_start(at: datetime, window: timedelta) -> datetime:
    return at - (at - _EPOCH) % window
