"""Readings outside one's own work that are worth a question (threat 16): flags with the rows behind them.

Nothing here accuses or refuses: each flag is a count against a dated threshold, and a head looks at its rows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median_low
from uuid import UUID

from django.db.models import TextChoices

from ansinh.dossiers.models import Dossier
from ansinh.law.names import search_key
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Person, Reading
from ansinh.people.models_readings import Ground
from ansinh.people.readings import rules
from ansinh.people.readings.review import reviewed_offices
from ansinh.platform.errors import NotFound
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.platform.zone import local, local_day

OUTSIDE = (Ground.PURPOSE, Ground.BREAK_GLASS, Ground.LOOK_UP)
"""Grounds of a look that is not the reader's own work."""
ON_DUTY = (Ground.DUTY,)
"""Pages about people that a duty opens (a counter, the paid accounts): work, unless somebody only browses there."""


class Sign(TextChoices):
    """What is unusual about one look."""

    OUTSIDE = "outside", "Ngoài việc của mình"
    DUTY = "duty", "Trang về người dân"
    SURNAME = "surname", "Cùng họ với người xem"
    CLOSED = "closed", "Hồ sơ đã kết thúc"
    NIGHT = "night", "Ngoài giờ, ban đêm"


SENTENCES: Mapping[Sign, str] = {
    Sign.OUTSIDE: "{n} hồ sơ ngoài việc của mình trong {days} ngày; thường thấy ở cơ quan: {usual}",
    Sign.DUTY: "{n} người đã xem ở các trang của quầy trong {days} ngày; thường thấy ở cơ quan: {usual}",
    Sign.SURNAME: "{n} hồ sơ của người cùng họ trong {days} ngày; theo tỷ lệ họ này ở cơ quan: khoảng {usual}",
    Sign.CLOSED: "{n} hồ sơ đã kết thúc trong {days} ngày; ngưỡng hỏi lại: {usual}",
    Sign.NIGHT: "{n} lượt xem ban đêm trong {days} ngày; ngưỡng hỏi lại: {usual}",
}


@dataclass(frozen=True)
class Flag:
    """A sign that passed its threshold: `count` against what is `usual`, over `days`."""

    sign: Sign
    count: int
    usual: int
    days: int


@dataclass(frozen=True)
class Row:
    """One look outside the reader's own dossiers, with its signs."""

    reading: Reading
    signs: tuple[Sign, ...]


@dataclass(frozen=True)
class Reader:
    """An officer with the flags and the rows behind them, newest first."""

    officer_id: UUID
    name: str
    flags: tuple[Flag, ...]
    rows: tuple[Row, ...]


@as_the_house()  # of every office below the reviewer, where the review itself asked whom one may watch
def unusual_readers(reviewer: OfficerActor, *, at: datetime) -> list[Reader]:
    """Officers of the reviewer's offices with at least one flag, most flags first. Raises NotAllowed."""
    flagged = [one for one in _readers(reviewer, at=at) if one.flags]
    return sorted(flagged, key=lambda one: (-len(one.flags), -len(one.rows), one.name))


@as_the_house()
def rows_behind(officer_id: UUID, *, reviewer: OfficerActor, at: datetime) -> Reader:
    """One officer of the reviewer's offices, flagged or not. Raises NotFound for one who looked at nothing there."""
    found = next((one for one in _readers(reviewer, at=at) if one.officer_id == officer_id), None)
    if found is None:
        raise NotFound("reader-not-found", "Không có lượt xem ngoài việc nào của người này. Xin xem lại danh sách.")
    return found


def _readers(reviewer: OfficerActor, *, at: datetime) -> list[Reader]:
    limits = rules.misuse(on=local_day(at))
    offices = reviewed_offices(reviewer, on=local_day(at))
    looks = list(
        Reading.objects.filter(
            office_code__in=offices, ground__in=OUTSIDE + ON_DUTY, at__gt=at - timedelta(days=limits.days), at__lte=at
        )
        .exclude(officer_id=reviewer.officer_id)
        .order_by("-at", "-id")
    )
    facts = _facts(looks)
    by_officer: dict[UUID, list[Row]] = defaultdict(list)
    for one in looks:
        by_officer[one.officer_id].append(Row(one, _signs(one, facts, limits)))
    usual = _usual(by_officer, facts)
    return [
        Reader(officer_id, rows[0].reading.reader_name, tuple(_flags(rows, usual, limits)), tuple(rows))
        for officer_id, rows in by_officer.items()
    ]


@dataclass(frozen=True)
class _Fact:
    surname: str
    closed_at: datetime | None


@dataclass(frozen=True)
class _Usual:
    """Of the offices looked at: distinct dossiers, and people on duty pages, of a reader; the share of each surname."""

    dossiers: int
    people: int
    share: Mapping[str, float]


def _facts(looks: Iterable[Reading]) -> dict[UUID, _Fact]:
    """Of every dossier looked at, and of every person looked at outside a dossier."""
    things = {_thing(one): one.dossier_id is not None for one in looks}
    dossiers = Dossier.objects.filter(pk__in=[key for key, is_dossier in things.items() if is_dossier])
    people = Person.objects.filter(pk__in=[key for key, is_dossier in things.items() if not is_dossier])
    return {
        **{
            key: _Fact(_surname(name), at) for key, name, at in dossiers.values_list("pk", "applicant_key", "closed_at")
        },
        **{key: _Fact(_surname(name), None) for key, name in people.values_list("pk", "search_key")},
    }


def _signs(one: Reading, facts: Mapping[UUID, _Fact], limits: rules.Misuse) -> tuple[Sign, ...]:
    fact = facts.get(_thing(one))
    hour = local(one.at).hour
    found = {
        Sign.OUTSIDE: one.ground in OUTSIDE,
        Sign.DUTY: one.ground in ON_DUTY,
        Sign.SURNAME: fact is not None and fact.surname == _surname(search_key(one.reader_name)),
        Sign.CLOSED: fact is not None and fact.closed_at is not None and fact.closed_at <= one.at,
        Sign.NIGHT: hour >= limits.night_from or hour < limits.night_to,
    }
    return tuple(sign for sign, holds in found.items() if holds)


def _usual(by_officer: Mapping[UUID, list[Row]], facts: Mapping[UUID, _Fact]) -> _Usual:
    surnames = Counter(fact.surname for fact in facts.values())
    return _Usual(
        dossiers=_median(_things(rows, Sign.OUTSIDE) for rows in by_officer.values()),
        people=_median(_things(rows, Sign.DUTY) for rows in by_officer.values()),
        share={name: count / len(facts) for name, count in surnames.items()},
    )


def _flags(rows: list[Row], usual: _Usual, limits: rules.Misuse) -> Iterable[Flag]:
    """The thresholds of rules.yaml against one officer's rows."""
    outside = _things(rows, Sign.OUTSIDE)
    if outside >= max(limits.outside_at_least, limits.outside_times_median * usual.dossiers):
        yield Flag(Sign.OUTSIDE, outside, usual.dossiers, limits.days)
    people = _things(rows, Sign.DUTY)
    if people >= max(limits.duty_at_least, limits.duty_times_median * usual.people):
        yield Flag(Sign.DUTY, people, usual.people, limits.days)
    surname = _surname(search_key(rows[0].reading.reader_name))
    kin, expected = _things(rows, Sign.SURNAME), usual.share.get(surname, 0.0) * _things(rows)
    if kin >= limits.surname_at_least and kin >= limits.surname_share_times * expected:
        yield Flag(Sign.SURNAME, kin, round(expected), limits.days)
    closed = _things(rows, Sign.CLOSED)
    if closed >= limits.closed_at_least:
        yield Flag(Sign.CLOSED, closed, limits.closed_at_least, limits.days)
    night = sum(Sign.NIGHT in row.signs for row in rows)
    if night >= limits.night_at_least:
        yield Flag(Sign.NIGHT, night, limits.night_at_least, limits.days)


def _things(rows: Iterable[Row], sign: Sign | None = None) -> int:
    """Distinct dossiers, or people outside one, among the rows (with this sign)."""
    return len({_thing(row.reading) for row in rows if sign is None or sign in row.signs})


def _thing(one: Reading) -> UUID:
    found = one.dossier_id or one.subject_id
    assert found is not None  # a reading is about somebody
    return found


def _median(counts: Iterable[int]) -> int:
    """Of those who looked at anything in this way."""
    looked = [count for count in counts if count]
    return median_low(looked) if looked else 0


def _surname(key: str) -> str:
    return key.partition(" ")[0]
