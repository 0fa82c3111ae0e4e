"""Write down who looked: before the page is shown, in its own request (threat 16)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from ansinh.people.actors import OfficerActor
from ansinh.people.models import Reading
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


def record(looks: Iterable[tuple[Shown, Why]], *, reader: OfficerActor, page: PageKind, at: datetime) -> None:
    """Write a reading for each (what is shown, why).

    The same look within one span of `rules.window` is written once, so that reloading fills nothing; the database
    decides, so that of simultaneous first looks exactly one is kept. Raises DomainError for a look without a subject.
    """
    span = _span_start(at, rules.window(on=local_day(at)))
    rows = [_row(shown, why, reader=reader, page=page, at=at, span=span) for shown, why in looks]
    Reading.objects.bulk_create(rows, ignore_conflicts=True)


def _row(shown: Shown, why: Why, *, reader: OfficerActor, page: PageKind, at: datetime, span: datetime) -> Reading:
    if shown.subject_id is None and shown.dossier_id is None:
        raise DomainError("reading-of-nobody", "Lượt xem phải ghi rõ xem hồ sơ nào hoặc của ai.")
    return Reading(
        at=at,
        span_start=span,
        officer_id=reader.officer_id,
        reader_name=reader.name,
        reader_title=reader.title_vi,
        office_code=why.office_code,
        subject_id=shown.subject_id,
        dossier_id=shown.dossier_id,
        dossier_number=shown.dossier_number,
        page=page,
        ground=why.ground,
        why_vi=why.text_vi,
        why_en=why.text_en,
        opening_id=why.opening_id,
    )


def _span_start(at: datetime, window: timedelta) -> datetime:
    return at - (at - _EPOCH) % window
