"""Officers who browse stand out; officers who work do not (threat 16, test R16)."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from ansinh.casework.misuse import Sign, rows_behind, unusual_readers
from ansinh.dossiers.models import Dossier
from ansinh.law.names import search_key
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Person, Reading, Role
from ansinh.people.models_readings import Ground, PageKind
from ansinh.people.readings import Shown, Why, record
from ansinh.platform.errors import NotAllowed, NotFound
from ansinh.platform.identifiers import uuid7
from tests.world import LOCAL_OFFICE, OTHER_OFFICE, World, a_moment, a_submitted_dossier, an_officer

TODAY = a_moment(date(2026, 11, 30), 16)
SURNAMES = ("Nguyễn", "Nguyễn", "Nguyễn", "Nguyễn", "Trần", "Trần", "Lê", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Khổng")
OFFICERS, DAYS, SEED = 60, 30, 20261130


def look(
    reader: OfficerActor, dossier: Dossier, *, at: datetime, ground: Ground = Ground.PURPOSE, page: str = "dossier"
) -> None:
    """One look for a purpose."""
    why = Why(ground, "Giám sát: kiểm tra hồ sơ tuần này", "", LOCAL_OFFICE)
    record([(Shown(None, dossier.pk, dossier.number), why)], reader=reader, page=PageKind(page), at=at)


class Month:
    """A month of an office with sixty officers, a few of whom browse; every look goes through `record`."""

    def __init__(self, world: World) -> None:
        self.chance = random.Random(SEED)
        first = a_submitted_dossier(world, papers=())
        self.dossiers = self._dossiers(first)
        names = [f"{self.chance.choice(SURNAMES)} Văn {number}" for number in range(OFFICERS)]
        self.officers = [
            an_officer(f"m{number}", name, "Chuyên viên", ((LOCAL_OFFICE, Role.BENEFIT),))
            for number, name in enumerate(names)
        ]

    def _dossiers(self, first: Dossier) -> list[Dossier]:
        """Copies of one filed dossier under other names; a third of them closed long ago."""
        made = []
        for number in range(900):
            surname = self.chance.choice(SURNAMES)
            copy = Dossier.objects.get(pk=first.pk)
            copy.pk, copy.draft_id, copy.number = uuid7(), uuid7(), f"{number + 10000}/2026/{LOCAL_OFFICE}"
            copy.applicant_name = f"{surname} Thị {number}"
            copy.applicant_key = search_key(copy.applicant_name)
            if number % 3 == 0:
                copy.state, copy.closed_at = "granted", TODAY - timedelta(days=60)
                copy.submitted_at = TODAY - timedelta(days=70)
            made.append(copy)
        return Dossier.objects.bulk_create(made)

    def work(self, reader: OfficerActor) -> None:
        """What everybody does: own cases each day, now and then another one with a purpose."""
        for day in range(DAYS):
            for _ in range(4):
                look(reader, self.chance.choice(self.dossiers), at=self._hour(day), ground=Ground.CASE)
            if self.chance.random() < 0.12:
                look(reader, self.chance.choice(self.dossiers), at=self._hour(day))

    def browse(self, reader: OfficerActor, way: Sign) -> None:
        """What a misuser does in one of four ways."""
        chosen = {
            Sign.OUTSIDE: self.chance.sample(self.dossiers, 30),
            Sign.SURNAME: [one for one in self.dossiers if one.applicant_key.startswith("khong ")][:8],
            Sign.CLOSED: self.chance.sample([one for one in self.dossiers if one.closed_at], 12),
            Sign.NIGHT: self.chance.sample([one for one in self.dossiers if not one.closed_at], 7),
        }[way]
        for number, dossier in enumerate(chosen):
            hour = 22 if way is Sign.NIGHT else 10
            look(reader, dossier, at=a_moment(date(2026, 11, 2 + number % 28), hour, number % 60))

    def _hour(self, day: int) -> datetime:
        return TODAY - timedelta(days=day, minutes=self.chance.randrange(0, 8 * 60))


@pytest.fixture
def month(world: World) -> Month:
    """Everybody worked for a month."""
    made = Month(world)
    for reader in made.officers:
        made.work(reader)
    return made


@pytest.mark.requirement("R-167")
def test_twenty_who_browse_among_sixty_are_found_and_the_others_left_alone(world: World, month: Month) -> None:
    misusers: dict[UUID, Sign] = {}
    kin = an_officer("khong", "Khổng Văn Lợi", "Chuyên viên", ((LOCAL_OFFICE, Role.BENEFIT),))
    month.officers[0] = kin
    ways = [Sign.SURNAME, *(way for way in (Sign.OUTSIDE, Sign.CLOSED, Sign.NIGHT) for _ in range(7))][:20]
    for reader, way in zip(month.officers, ways, strict=False):
        month.browse(reader, way)
        misusers[reader.officer_id] = way
    found = {one.officer_id: one for one in unusual_readers(world["leader"], at=TODAY)}
    caught = [key for key, way in misusers.items() if key in found and way in {flag.sign for flag in found[key].flags}]
    false = set(found) - set(misusers)
    assert len(caught) >= 19
    assert len(false) <= 1


def test_the_rows_behind_a_flag_are_those_it_counted(world: World) -> None:
    dossiers = [a_submitted_dossier(world, papers=()) for _ in range(5)]
    reader = world["specialist"]
    for number, dossier in enumerate(dossiers):
        look(reader, dossier, at=a_moment(date(2026, 11, 20 + number), 21))
    look(reader, dossiers[0], at=a_moment(date(2026, 11, 25), 10), ground=Ground.CASE)
    flagged = unusual_readers(world["leader"], at=TODAY)
    assert [(one.name, [(flag.sign, flag.count) for flag in one.flags]) for one in flagged] == [
        ("Lê Quang Huy", [(Sign.NIGHT, 5)])
    ]
    rows = rows_behind(reader.officer_id, reviewer=world["leader"], at=TODAY).rows
    assert Counter(Sign.NIGHT in row.signs for row in rows) == {True: 5}


def at_the_counter(reader: OfficerActor, person_id: UUID, *, at: datetime) -> None:
    """One look on a page about people."""
    why = Why(Ground.DUTY, "Đối chiếu người đến quầy", "", LOCAL_OFFICE)
    record([(Shown(person_id), why)], reader=reader, page=PageKind.RECOVERY, at=at)


def people(count: int, surname: str = "Trần") -> list[UUID]:
    """So many people of one surname."""
    made = Person.objects.bulk_create(
        Person(
            full_name=f"{surname} Văn {number}", search_key=search_key(f"{surname} Văn {number}"), sex="male",
            date_of_birth="1980", personal_id_number=f"{number:012}", updated_at=TODAY,
        )
        for number in range(count)
    )  # fmt: skip
    return [one.pk for one in made]


def test_who_browses_the_pages_of_the_counter_stands_out_among_those_who_work_there(world: World) -> None:
    known = people(60)
    for name in ("counter", "province_counter", "collector"):
        for number, person_id in enumerate(known[:8]):
            at_the_counter(world[name], person_id, at=a_moment(date(2026, 11, 20), 9, number))
    for number, person_id in enumerate(known):
        at_the_counter(world["specialist"], person_id, at=a_moment(date(2026, 11, 21), 9, number % 60))
    flagged = unusual_readers(world["leader"], at=TODAY)
    assert [(one.name, [(flag.sign, flag.count, flag.usual) for flag in one.flags]) for one in flagged] == [
        ("Lê Quang Huy", [(Sign.DUTY, 60, 8)])
    ]


def test_a_busy_counter_where_everybody_is_busy_is_no_sign(world: World) -> None:
    known = people(50)
    for name in ("counter", "collector", "specialist"):
        for number, person_id in enumerate(known):
            at_the_counter(world[name], person_id, at=a_moment(date(2026, 11, 20), 9, number))
    assert unusual_readers(world["leader"], at=TODAY) == []


def test_kin_and_nights_count_on_pages_of_the_counter_too(world: World) -> None:
    kin = an_officer("khong", "Khổng Văn Lợi", "Cán bộ tiếp nhận", ((LOCAL_OFFICE, Role.INTAKE),))
    others = people(40)
    for number, person_id in enumerate(others[:20]):
        at_the_counter(world["counter"], person_id, at=a_moment(date(2026, 11, 20), 9, number))
    Person.objects.filter(pk__in=others[35:]).update(search_key="khong van x")
    for number, person_id in enumerate(others[35:]):
        at_the_counter(kin, person_id, at=a_moment(date(2026, 11, 23), 21, number))
    flagged = {one.name: {flag.sign for flag in one.flags} for one in unusual_readers(world["leader"], at=TODAY)}
    assert flagged == {"Khổng Văn Lợi": {Sign.SURNAME, Sign.NIGHT}}


def test_a_common_surname_is_no_sign(world: World) -> None:
    dossiers = [a_submitted_dossier(world, papers=()) for _ in range(6)]
    namesake = an_officer("tran", "Trần Văn Ba", "Chuyên viên", ((LOCAL_OFFICE, Role.BENEFIT),))
    for number, dossier in enumerate(dossiers):
        look(namesake, dossier, at=a_moment(date(2026, 11, 20), 9 + number))
    assert unusual_readers(world["leader"], at=TODAY) == [], "everybody here is called Trần"


def test_only_reviewers_look_and_only_at_their_offices(world: World) -> None:
    dossier = a_submitted_dossier(world, papers=())
    look(world["specialist"], dossier, at=TODAY)
    with pytest.raises(NotAllowed):
        unusual_readers(world["specialist"], at=TODAY)
    elsewhere = an_officer("other_leader", "Ngô Thị Sen", "Giám đốc", ((OTHER_OFFICE, Role.LEADER),))
    with pytest.raises(NotFound):
        rows_behind(world["specialist"].officer_id, reviewer=elsewhere, at=TODAY)
    assert rows_behind(world["specialist"].officer_id, reviewer=world["province_leader"], at=TODAY).rows
    assert Reading.objects.count() == 1
