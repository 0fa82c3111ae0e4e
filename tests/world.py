"""A small invented world: one province office, two local ones, an officer for each role, a person with an account.

`a_world()` makes it; `a_submitted_dossier(world)` files a dossier through the real submission path.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction

from ansinh.catalogue.loader import content_digest
from ansinh.catalogue.models import ProcedureVersion
from ansinh.catalogue.queries import frozen
from ansinh.dossiers.models import Dossier, Draft, DraftPaper
from ansinh.dossiers.submit import file_draft
from ansinh.files.models import Paper, StoredFile
from ansinh.files.receive import receive
from ansinh.law.names import search_key
from ansinh.offices.models import Commune, Jurisdiction, Level, Office, Province
from ansinh.people import queries as people
from ansinh.people.actors import Citizen, OfficerActor
from ansinh.people.models import Account, Assignment, Delegation, Officer, Passkey, Person, Role
from ansinh.people.officers.posts import with_deputyships
from ansinh.platform.identifiers import uuid7
from ansinh.platform.storage import put
from ansinh.platform.zone import VIETNAM
from ansinh.registry.models import ContributionPeriod, InsuredPerson
from tests.files import samples
from tests.soft_key import SoftKey
from tests.walls_of import seeing_all
from tests.world_procedures import ALLOWANCE, REGISTRATION, contents

LONG_AGO = datetime(2020, 1, 2, tzinfo=UTC)
FILED_AT = datetime(2026, 11, 6, 20, 14, tzinfo=VIETNAM)
PASSWORD = "rừng tre xanh 88"
PROVINCE_OFFICE, LOCAL_OFFICE, OTHER_OFFICE = "90000", "90001", "90002"
SI_NUMBER, ID_NUMBER = "9000000018", "090190000018"
_hash: list[str] = []
_examined: dict[int, tuple[str, int]] = {}


@dataclass(frozen=True)
class World:
    """Who and what there is. `officers` has one actor for each name below."""

    citizen: Citizen
    officers: dict[str, OfficerActor]

    def __getitem__(self, name: str) -> OfficerActor:
        """The officer of that name."""
        return self.officers[name]


REGISTRATIONS = ("dang-ky-gdt-ca-nhan", "dang-ky-gdt-duoi-18", "dang-ky-gdt-to-chuc")
STAFF = (
    ("counter", "Nguyễn Thị Hoa", "Cán bộ tiếp nhận", LOCAL_OFFICE, Role.INTAKE),
    ("collector", "Phạm Văn Đức", "Chuyên quản thu", LOCAL_OFFICE, Role.COLLECTION),
    ("specialist", "Lê Quang Huy", "Chuyên viên chế độ BHXH", LOCAL_OFFICE, Role.BENEFIT),
    ("head", "Trần Minh Châu", "Tổ trưởng chế độ BHXH", LOCAL_OFFICE, Role.HEAD),
    ("leader", "Võ Đình Nam", "Giám đốc", LOCAL_OFFICE, Role.LEADER),
    ("admin", "Ngô Thị Sen", "Quản trị hệ thống", LOCAL_OFFICE, Role.SYSTEM_ADMIN),
    ("other_counter", "Đỗ Thị Yến", "Cán bộ tiếp nhận", OTHER_OFFICE, Role.INTAKE),
    ("other_specialist", "Bùi Văn Long", "Chuyên viên chế độ BHXH", OTHER_OFFICE, Role.BENEFIT),
    ("province_counter", "Hồ Thị Lành", "Cán bộ tiếp nhận", PROVINCE_OFFICE, Role.INTAKE),
    ("province_specialist", "Mai Văn Tú", "Chuyên viên chế độ BHXH", PROVINCE_OFFICE, Role.BENEFIT),
    ("director", "Tạ Quốc Việt", "Giám đốc BHXH tỉnh", PROVINCE_OFFICE, Role.PROVINCIAL_DIRECTOR),
    ("province_leader", "Lưu Thị Kim", "Phó Giám đốc", PROVINCE_OFFICE, Role.LEADER),
)

_STAFF_IDS = {name: UUID(f"01890000-0000-7000-8000-{number:012d}") for number, (name, *_) in enumerate(STAFF)}
"""The same in every test: a signer's key bears the officer's number, and to make one in a token takes its time."""


@seeing_all()
def a_world() -> World:
    """Offices, staff, a person and the frozen procedures."""
    _offices()
    ProcedureVersion.objects.bulk_create(
        [
            ProcedureVersion(
                slug=content["slug"],
                in_force_from=date(2020, 1, 1),
                digest=content_digest(content),
                content=content,
                frozen_at=LONG_AGO,
            )
            for content in contents()
        ]
    )
    return World(citizen=_citizen(), officers=_staff())


def _staff() -> dict[str, OfficerActor]:
    """Everybody of STAFF at once: most tests need a few of them, so that they must not cost much."""
    accounts = [_account(f"can-bo-{name}", full) for name, full, *_ in STAFF]
    officers = [
        Officer(id=_STAFF_IDS[name], account=account, full_name=full, title_vi=title)
        for account, (name, full, title, _, _) in zip(accounts, STAFF, strict=True)
    ]
    posts = [_post(one, office, role) for one, (_, _, _, office, role) in zip(officers, STAFF, strict=True)]
    Account.objects.bulk_create(accounts)
    Officer.objects.bulk_create(officers)
    Assignment.objects.bulk_create(posts)
    return {name: _actor(post) for (name, *_), post in zip(STAFF, posts, strict=True)}


def _post(officer: Officer, office: str, role: str) -> Assignment:
    return Assignment(
        officer=officer, office_code=office, function="benefits", role=role,
        capacity="KT. GIÁM ĐỐC" if officer.title_vi == "Phó Giám đốc" else "", valid_from=date(2020, 1, 1),
    )  # fmt: skip


def _actor(post: Assignment) -> OfficerActor:
    """What `people.officer` finds for somebody with one post; tests/people/test_officer_rules.py holds it to that."""
    who = post.officer
    held = with_deputyships(who.pk, [post], on=date(2026, 11, 9), stands_in=False)
    return OfficerActor(who.pk, who.account_id, who.full_name, who.title_vi, held)


def an_officer(login: str, full_name: str, title: str, posts: tuple[tuple[str, str], ...]) -> OfficerActor:
    """An officer with an account `login` and these (office, role) posts, since long ago."""
    account = an_account(f"can-bo-{login}", full_name)
    officer = Officer.objects.create(account=account, full_name=full_name, title_vi=title)
    Assignment.objects.bulk_create([_post(officer, office, role) for office, role in posts])
    actor = people.officer(account, on=date(2026, 11, 9))
    assert actor is not None
    return actor


def an_account(login: str, name: str, **more: Any) -> Account:
    """An active account that opens with PASSWORD."""
    account = _account(login, name, **more)
    account.save(force_insert=True)
    return account


def _account(login: str, name: str, **more: Any) -> Account:
    if not _hash:
        _hash.append(make_password(PASSWORD))
    values = {"state": "active", "activated_at": LONG_AGO, "phone": "84905000278", **more}
    return Account(login=login, display_name=name, password=_hash[0], created_at=LONG_AGO, **values)


def delegate(actor: OfficerActor, *, by: OfficerActor, office: str = LOCAL_OFFICE, **more: Any) -> Delegation:
    """The director gives this officer the right to approve registrations at an office."""
    values = {
        "document_number": "12/QĐ-BHXH", "valid_from": date(2026, 1, 1), "procedures": list(REGISTRATIONS), **more,
    }  # fmt: skip
    return Delegation.objects.create(
        officer_id=actor.officer_id,
        given_by_id=by.officer_id,
        office_code=office,
        **values,
    )


def a_submitted_dossier(
    world: World,
    slug: str = ALLOWANCE,
    *,
    at: datetime = FILED_AT,
    office: str = LOCAL_OFFICE,
    papers: tuple[tuple[str, str], ...] = (("birth_certificate", "children[0]"),),
    **answers: Any,
) -> Dossier:
    """A dossier the citizen filed at an office, with one photograph for each (requirement, row)."""
    draft = a_draft(world, slug, at=at, office=office, papers=papers, **answers)
    with transaction.atomic():
        dossier_id = uuid7()
        folder = frozen(draft.version_id)
        file_draft(
            draft, dossier_id=dossier_id, folder=folder, actor=world.citizen, digest="0" * 64,
            evidence_id=None, channel="portal", at=at,
        )  # fmt: skip
    return Dossier.objects.get(pk=dossier_id)


def a_draft(
    world: World,
    slug: str = ALLOWANCE,
    *,
    at: datetime = FILED_AT,
    office: str = LOCAL_OFFICE,
    papers: tuple[tuple[str, str], ...] = (("birth_certificate", "children[0]"),),
    **answers: Any,
) -> Draft:
    """A complete draft of the citizen."""
    draft = Draft.objects.create(
        version=ProcedureVersion.objects.get(slug=slug),
        account_id=world.citizen.account_id,
        owner_id=world.citizen.owner_id,
        answers={**_answers(slug), "receiving_office": office, **answers},
        created_at=at,
        updated_at=at,
    )
    for requirement, row in papers:
        paper = a_paper(world.citizen, kind=requirement, at=at)
        DraftPaper.objects.create(draft=draft, requirement=requirement, row=row, paper=paper)
    return draft


def a_registration(world: World, *, at: datetime = FILED_AT, office: str = LOCAL_OFFICE, **answers: Any) -> Dossier:
    """A registration of somebody whose account still waits, without any photograph."""
    account = an_account(f"pending:{uuid7().hex}", "Đặng Minh Khôi", state="pending", activated_at=None)
    applicant = Citizen(account_id=account.pk, person_id=account.pk, name=account.display_name)
    given = World(citizen=applicant, officers=world.officers)
    return a_submitted_dossier(given, REGISTRATION, at=at, office=office, papers=(), **answers)


def a_passkey(account_id: UUID, *, at: datetime = FILED_AT) -> Passkey:
    """A passkey of this account; its private half is lost."""
    key = SoftKey()
    return Passkey.objects.create(
        account_id=account_id, credential_id=key.credential_id, credential=bytes(key.credential),
        backup_eligible=False, backed_up=False, name="Điện thoại", created_at=at,
    )  # fmt: skip


def a_paper(owner: Citizen, *, kind: str, at: datetime = FILED_AT, seed: int = 0) -> Paper:
    """A photograph in the store of this person; another `seed` is another picture.

    Each picture is examined once in a run, as an upload is (a process of its own): it cannot turn out differently.
    """
    picture, name = _picture(seed), f"{kind}.jpg"
    if seed not in _examined:
        paper = receive(io.BytesIO(picture), owner_id=owner.account_id, name=name, kind=kind, at=at)
        _examined[seed] = (paper.file.media_type, paper.page_count)
        return paper
    media_type, pages = _examined[seed]
    stored = put(io.BytesIO(picture), limit=len(picture))
    StoredFile.objects.get_or_create(
        sha256=stored.sha256, defaults={"size": stored.size, "media_type": media_type, "created_at": at}
    )
    paper, _ = Paper.objects.get_or_create(
        owner_id=owner.account_id, file_id=stored.sha256, kind=kind, discarded_at=None,
        defaults={"name": name, "page_count": pages, "uploaded_at": at},
    )  # fmt: skip
    return paper


@cache
def _picture(seed: int) -> bytes:
    return samples.image_bytes("JPEG", samples.picture(width=400 + seed))


def _offices() -> None:
    since = date(2025, 7, 1)
    Province.objects.create(code="90", name_vi="Sông Lam", name_en="Song Lam", kind="province", valid_from=since)
    Commune.objects.create(code="90101", province_code="90", name_vi="Phường Hàm Rồng", valid_from=since)
    province: Office | None = None
    rows = (
        (PROVINCE_OFFICE, "BHXH tỉnh Sông Lam", "Social Insurance of Song Lam", Level.PROVINCE),
        (LOCAL_OFFICE, "BHXH cơ sở Hàm Rồng", "Social Insurance of Ham Rong", Level.LOCAL),
        (OTHER_OFFICE, "BHXH cơ sở Cửa Lò", "Social Insurance of Cua Lo", Level.LOCAL),
    )
    for code, name_vi, name_en, level in rows:
        made = Office.objects.create(
            code=code, name_vi=name_vi, name_en=name_en, level=level, parent=province, province_code="90",
            address="12 đường Bờ Sông", phone="1900 9068", valid_from=since,
        )  # fmt: skip
        province = province or made
    Jurisdiction.objects.create(office_id=LOCAL_OFFICE, commune_code="90101", valid_from=since)


def _citizen() -> Citizen:
    person = Person.objects.create(
        full_name="Trần Thị Mai Lan", search_key=search_key("Trần Thị Mai Lan"), date_of_birth="1990-05-12",
        sex="female", personal_id_number=ID_NUMBER, si_number=SI_NUMBER, phone="84905000278", updated_at=LONG_AGO,
    )  # fmt: skip
    account = an_account(ID_NUMBER, person.full_name, person=person)
    insured = InsuredPerson.objects.create(
        si_number=SI_NUMBER, full_name=person.full_name, search_key=person.search_key, date_of_birth="1990-05-12",
        sex="female", personal_id_number=ID_NUMBER, managing_office=LOCAL_OFFICE, updated_on=date(2026, 1, 1),
    )  # fmt: skip
    ContributionPeriod.objects.create(
        insured=insured, from_month=date(2024, 1, 1), to_month=date(2026, 4, 1), fund="compulsory", salary=8_600_000
    )
    return Citizen(account_id=account.pk, person_id=person.pk, name=person.full_name)


def _answers(slug: str) -> dict[str, Any]:
    if slug == REGISTRATION:
        return {
            "full_name": "Đặng Minh Khôi",
            "date_of_birth": "1988-02-03",
            "gender": "male",
            "id_number": "090088000027",
            "si_number": "9000000026",
            "phone": "84905000300",
            "contact_address": {"province": "90", "commune": "90101", "detail": "5 đường Bờ Sông"},
        }
    return {
        "full_name": "Trần Thị Mai Lan",
        "date_of_birth": "1990-05-12",
        "si_number": SI_NUMBER,
        "phone": "84905000278",
        "bank_account": {"bank": "970405", "number": "3900205123456", "holder": "TRAN THI LAN"},
        "born_on": "2026-05-04",
        "children": [{"name": "Lê Trần An Nhiên"}],
    }


def a_moment(day: date, hour: int = 9, minute: int = 40) -> datetime:
    """That time on the office wall."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=VIETNAM)


def later(moment: datetime, **span: int) -> datetime:
    """`moment` plus a timedelta."""
    return moment + timedelta(**span)
