"""A large invented world by COPY: people with accounts and records, dossiers with history, at many offices.

The same seed gives the same world. Every row passes the tables' own constraints and triggers.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from ansinh.catalogue.queries import frozen, version_in_force
from ansinh.demo.bulk import before_the_wall, without_indexes
from ansinh.demo.fill_answers import PAID_FROM, PAID_TO, case_answers
from ansinh.demo.names import Name, Names
from ansinh.dossiers.models import State
from ansinh.offices.queries import open_offices
from ansinh.people.models import Account, Officer, Person
from ansinh.platform.errors import Invalid
from ansinh.platform.sealed_fields.copied import sealer
from ansinh.platform.zone import local_day
from ansinh.registry.models import InsuredPerson

BATCH = 20_000
FILLED = (
    "people_person", "people_account", "registry_insuredperson", "registry_contributionperiod", "dossiers_dossier",
    "dossiers_dossierevent", "platform_auditevent",
)  # fmt: skip
ASKED = ("dossiers_supplementrequest", "dossiers_supplementitem")
_FIRST = "9800000000"
NO_PASSWORD = "!filled"  # noqa: S105 - Django's form of "cannot sign in"
SPREAD = timedelta(days=320)
SLUGS = (
    "che-do-thai-san", "huong-bhxh-mot-lan", "cap-lai-doi-dieu-chinh-so-the", "thay-doi-hinh-thuc-linh",
    "luong-huu-tu-nguyen-bao-luu", "che-do-tu-tuat",
)  # fmt: skip
STATES: tuple[tuple[str, int], ...] = (
    (State.GRANTED, 80), (State.REFUSED, 3), (State.WITHDRAWN, 2), (State.IN_PROGRESS, 9), (State.SUBMITTED, 3),
    (State.WAITING_FOR_APPLICANT, 2), (State.WAITING_FOR_ORIGINALS, 1),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Person:
    index: int
    id: UUID
    account_id: UUID
    name: Name
    sex: str
    born: date
    office: str

    @property
    def si_number(self) -> str:
        return f"98{self.index:08d}"

    @property
    def personal_id(self) -> str:
        return f"098{self.index:09d}"

    @property
    def phone(self) -> str:
        return f"8480{self.index:08d}"


def fill(*, people: int, dossiers: int, seed: int, at: datetime, progress: Callable[[str], None] = print) -> str:
    """Add so many people and dossiers; a world that was filled before is left alone. Answers what was done in words.

    Raises Invalid for dossiers without people.
    """
    if dossiers and not people:
        raise Invalid(
            "dossiers-without-people", "Hồ sơ cần có người nộp: xin cho --people ít nhất là 1. / --people is missing."
        )
    random = Random(seed)  # noqa: S311 - invented data, no secret
    offices = [office.code for office in open_offices(on=local_day(at))]
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM people_person WHERE si_number = %s", [_FIRST])
        if cursor.fetchone():
            return "Dữ liệu lớn đã có sẵn, không thêm nữa. / Filled before, nothing added."
    with transaction.atomic(), before_the_wall((*FILLED, *ASKED)), without_indexes(FILLED) as put_back:
        everyone = list(_people(people, offices, random, at))
        progress(f"{people} người / people …")
        for start in range(0, len(everyone), BATCH):
            _copy_people(everyone[start : start + BATCH], at, random)
        progress(f"{dossiers} hồ sơ / dossiers …")
        counters: Counter[tuple[str, int]] = Counter(_known_counters())
        made = _dossiers(everyone, dossiers, counters, random, at)
        while batch := [row for row, _ in zip(made, range(BATCH), strict=False)]:
            _copy_dossiers(batch)
        _save_counters(counters)
        progress("Dựng lại chỉ mục / building the indexes …")
        put_back()
    progress("Cập nhật thống kê của cơ sở dữ liệu / analysing …")
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM (ANALYZE) {', '.join(FILLED)}")
    return f"{people} người, {dossiers} hồ sơ ở {len(offices)} cơ quan. / {people} people, {dossiers} dossiers."


def _people(count: int, offices: list[str], random: Random, at: datetime) -> Iterator[_Person]:
    names = Names(random)
    today = local_day(at).toordinal()
    for index in range(count):
        sex = "female" if random.random() < 0.5 else "male"
        yield _Person(
            index=index,
            id=_uuid7(at - SPREAD, index, random),
            account_id=_uuid7(at - SPREAD, index, random),
            name=names.draw(sex),
            sex=sex,
            born=date.fromordinal(today - random.randrange(18 * 365, 85 * 365)),
            office=offices[index % len(offices)],
        )


def _copy_people(people: list[_Person], at: datetime, random: Random) -> None:
    moment, address = at.isoformat(), json.dumps({"province": "44", "commune": "19333", "detail": "số 1"})
    person_number, login = sealer(Person, "personal_id_number"), sealer(Account, "login")
    insured_number = sealer(InsuredPerson, "personal_id_number")
    with transaction.atomic():
        _copy(
            "people_person (id, full_name, search_key, date_of_birth, sex, nationality, personal_id_number,"
            " id_issue_place, si_number, phone, email, contact_address, updated_at)",
            (
                (one.id, one.name.full, one.name.key, one.born.isoformat(), one.sex, "VN",
                 person_number(one.id, one.personal_id), "", one.si_number, one.phone, "", address, moment)
                for one in people
            ),
        )  # fmt: skip
        _copy(
            "people_account (id, password, login, person_id, state, phone, email, display_name, language, created_at,"
            " activated_at)",
            (
                (one.account_id, NO_PASSWORD, login(one.account_id, one.personal_id), one.id, "active", one.phone, "",
                 one.name.full, "vi", moment, moment)
                for one in people
            ),
        )  # fmt: skip
        _copy(
            "registry_insuredperson (si_number, full_name, search_key, date_of_birth, sex, personal_id_number,"
            " managing_office, paper_book_number, card_number, initial_facility, state_support_received, updated_on)",
            (
                (one.si_number, one.name.full, one.name.key, one.born.isoformat(), one.sex,
                 insured_number(one.si_number, one.personal_id), one.office, "", "", "", 0, at.date().isoformat())
                for one in people
            ),
        )  # fmt: skip
        _copy(
            "registry_contributionperiod (insured_id, from_month, to_month, fund, scale, salary, over_frame_percent,"
            " seniority_percent, hazardous, employer_code, employer_name)",
            (
                (one.si_number, f"{PAID_FROM}-01", f"{PAID_TO}-01", "compulsory", "employer",
                 random.randrange(50, 200) * 100_000, 0, 0, "f", "", "")
                for one in people
            ),
        )  # fmt: skip


def _dossiers(
    people: list[_Person], count: int, counters: Counter[tuple[str, int]], random: Random, at: datetime
) -> Iterator[dict[str, Any]]:
    kinds = [(slug, *_version(slug, at)) for slug in SLUGS]
    states = [state for state, weight in STATES for _ in range(weight)]
    asked_by = Officer.objects.values_list("pk", flat=True).first()
    if asked_by is None:
        states = [state for state in states if state != State.WAITING_FOR_APPLICANT]
    for index in range(count):
        person = people[index % len(people)]
        slug, version_id, intake, appraisal = kinds[index % len(kinds)]
        state = random.choice(states)
        is_open = state not in (State.GRANTED, State.REFUSED, State.WITHDRAWN)
        age = 2 + random.random() * (12 if is_open else SPREAD.days)
        submitted = at - timedelta(days=age)
        year = local_day(submitted).year
        counters[person.office, year] += 1
        accepted = (
            submitted + timedelta(hours=5) if state not in (State.SUBMITTED, State.WAITING_FOR_ORIGINALS) else None
        )
        due = local_day(submitted) + timedelta(days=9)
        yield {
            "id": _uuid7(submitted, index, random),
            "draft": _uuid7(submitted, index, random),
            "number": f"{counters[person.office, year]:05d}/{year}/{person.office}",
            "person": person,
            "slug": slug,
            "version": version_id,
            "state": state,
            "stage": appraisal if state == State.IN_PROGRESS else intake,
            "is_open": is_open,
            "submitted_at": submitted,
            "submitted": submitted.isoformat(),
            "accepted": accepted.isoformat() if accepted else None,
            "closed": None if is_open else min(submitted + timedelta(days=6), at).isoformat(),
            "asked": (submitted + timedelta(hours=30)).isoformat(),
            "asked_by": asked_by,
            "answer_by": (local_day(submitted) + timedelta(days=31)).isoformat(),
            "due": due.isoformat() if state == State.IN_PROGRESS else None,
        }


def _copy_dossiers(rows: list[dict[str, Any]]) -> None:
    with transaction.atomic(), _looked_at_together():
        _copy(
            "dossiers_dossier (id, number, home_office, office_code, chosen_office, version_id, procedure, account_id,"
            " owner_id, applicant_name, applicant_key, applicant_born, si_number, phone, email, answers, digest,"
            " draft_id, channel, state, stage, stage_role, urgent, submitted_at, accepted_at, closed_at, due_on,"
            " results_due, last_event_at)",
            (_dossier_row(row, row["person"]) for row in rows),
        )
        _copy(
            "dossiers_dossierevent (dossier_id, at, kind, actor, actor_name, actor_title, office_code, facts, public)",
            (event for row in rows for event in _event_rows(row, row["person"])),
        )
        waiting = [row for row in rows if row["state"] == State.WAITING_FOR_APPLICANT]
        _copy(
            "dossiers_supplementrequest (id, dossier_id, round, asked_at, asked_by_id, answer_by, letter_sha256)",
            ((_request_id(row), row["id"], 1, row["asked"], row["asked_by"], row["answer_by"], "") for row in waiting),
        )
        _copy(
            "dossiers_supplementitem (request_id, target_kind, target, reason_code, clause, wrong, good, answered)",
            (
                (_request_id(row), "field", "bank_account", "bank-account-not-holder", "Luật 41/2024/QH15",
                 "Tên chủ tài khoản thiếu chữ lót.", "Tên viết đúng như trên căn cước.", "f")
                for row in waiting
            ),
        )  # fmt: skip


@contextmanager
def _looked_at_together() -> Iterator[None]:
    """What guards a dossier asks for rows that come after it: its requests, and their pinned reasons."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def _request_id(row: dict[str, Any]) -> UUID:
    return UUID(int=row["id"].int ^ 1)


def _dossier_row(row: dict[str, Any], person: _Person) -> tuple[Any, ...]:
    office = person.office
    stage, role = row["stage"]
    answers = json.dumps(
        {
            "full_name": person.name.full,
            "date_of_birth": person.born.isoformat(),
            "si_number": person.si_number,
            "id_number": person.personal_id,
            "phone": person.phone,
            "contact_address": {"province": "44", "commune": "19333", "detail": "số 1"},
            "payment_method": "bank_account",
            "bank_account": {"bank": "970405", "number": f"39{person.index:011d}", "holder": person.name.key.upper()},
            "receiving_office": office,
            "truth_commitment": True,
            **case_answers(
                row["slug"], si_number=person.si_number, sex=person.sex, submitted_on=local_day(row["submitted_at"])
            ),
        },
        ensure_ascii=False,
    )
    return (
        row["id"], row["number"], office, office, office, row["version"], row["slug"], person.account_id,
        person.id, person.name.full, person.name.key, person.born.isoformat(), person.si_number, person.phone, "",
        answers, "0" * 64, row["draft"], "portal", row["state"], stage, role if row["is_open"] else "", "f",
        row["submitted"], row["accepted"], row["closed"], row["due"], "[]",
        row["closed"] or row["accepted"] or row["submitted"],
    )  # fmt: skip


def _event_rows(row: dict[str, Any], person: _Person) -> Iterator[tuple[Any, ...]]:
    actor = f"account:{person.account_id}"
    filed_as = State.WAITING_FOR_ORIGINALS if row["state"] == State.WAITING_FOR_ORIGINALS else State.SUBMITTED
    facts = json.dumps({"number": row["number"], "state": filed_as})
    yield (row["id"], row["submitted"], "submitted", actor, person.name.full, "", person.office, facts, "t")
    if row["accepted"]:
        yield (row["id"], row["accepted"], "accepted", "system", "Hệ thống", "", person.office, "{}", "t")
    if row["state"] == State.WAITING_FOR_APPLICANT:
        asked = json.dumps({"round": 1, "items": 1, "answer_by": row["answer_by"]})
        yield (
            row["id"], row["asked"], "supplement_requested", "system", "Hệ thống", "", person.office, asked, "t"
        )  # fmt: skip
    if row["closed"]:
        yield (row["id"], row["closed"], row["state"], "system", "Hệ thống", "", person.office, "{}", "t")


def _version(slug: str, at: datetime) -> tuple[UUID, tuple[str, str], tuple[str, str]]:
    version = version_in_force(slug, on=local_day(at))
    stages = frozen(version.pk).stages
    intake = next(stage for stage in stages if stage.kind == "intake")
    appraisal = next(stage for stage in stages if stage.kind == "appraise")
    return version.pk, (intake.key, intake.role), (appraisal.key, appraisal.role)


def _known_counters() -> dict[tuple[str, int], int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT office_code, year, last FROM dossiers_numbercounter")
        return {(office, year): last for office, year, last in cursor.fetchall()}


def _save_counters(counters: Counter[tuple[str, int]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO dossiers_numbercounter (office_code, year, last) VALUES (%s, %s, %s)"
            " ON CONFLICT (office_code, year) DO UPDATE SET last = excluded.last",
            [(office, year, last) for (office, year), last in counters.items()],
        )


def _copy(target: str, rows: Iterable[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor, cursor.cursor.copy(f"COPY {target} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _uuid7(moment: datetime, index: int, random: Random) -> UUID:
    milliseconds = int(moment.astimezone(UTC).timestamp() * 1000) + index % 1000
    tail = random.getrandbits(74)
    return UUID(int=(milliseconds << 80) | (7 << 76) | ((tail >> 62) << 64) | (2 << 62) | (tail & ((1 << 62) - 1)))
