"""A small town to play in: the offices of the demonstration, and an officer for whatever step comes up."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from django.contrib.auth.hashers import make_password

from ansinh.demo.accounts import world
from ansinh.demo.numbers import make_numbers
from ansinh.demo.offices import make_offices
from ansinh.offices.reference.load import load_reference
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Account, AccountState, Assignment, Delegation, Officer, Role
from ansinh.people.queries import HEAD_OF_AGENCY, officer
from ansinh.platform.zone import VIETNAM
from ansinh.signing.authority import ensure_authority

OFFICE: Final = "04401"
"""Where a dossier goes whose example names an office that the town does not have."""
PROVINCE: Final = "44"
COMMUNE: Final = "19333"
SINCE: Final = date(2020, 1, 1)
LONG_AGO: Final = datetime(2020, 1, 1, tzinfo=VIETNAM)
_NAMES: Final = {
    Role.INTAKE: ("Hồ Thị Thu Sương", "Cán bộ tiếp nhận"),
    Role.BENEFIT: ("Lê Quang Huy", "Chuyên viên chế độ"),
    Role.COLLECTION: ("Phạm Văn Đức", "Chuyên quản thu"),
    Role.CARD: ("Đinh Thị Hải Yến", "Chuyên viên sổ thẻ"),
    Role.HEALTH: ("Mai Văn Tú", "Giám định viên"),
    Role.FINANCE: ("Trịnh Công Bình", "Kế toán chi trả"),
    Role.HEAD: ("Võ Minh Tuấn", "Tổ trưởng"),
    Role.LEADER: ("Nguyễn Thị Bạch Mai", "Giám đốc"),
    Role.APPROVER: ("Phan Gia Khiêm", "Cán bộ tiếp nhận"),
}


def build_town(*, at: datetime) -> None:
    """Provinces, offices, and the authority that certifies signatures. In the caller's transaction."""
    ensure_authority(at=at)
    load_reference()
    make_offices(world()["offices"])
    make_numbers(at=at)


def officer_of(role: str, *, at_office: str, on: date, but: Collection[UUID] = ()) -> OfficerActor | None:
    """Who holds the role at the office on a day, other than these officers; None when nobody does."""
    held = Assignment.objects.filter(office_code=at_office, role=role, ended_at=None).order_by("officer_id")
    for post in held.select_related("officer__account"):
        actor = officer(post.officer.account, on=on)
        if actor is not None and actor.officer_id not in but and actor.has(role, at_office=at_office):
            return actor
    return None


def hired(role: str, *, at_office: str, on: date, but: Collection[UUID] = ()) -> OfficerActor:
    """`officer_of`; where nobody (else) holds the role there somebody does from now on."""
    found = officer_of(role, at_office=at_office, on=on, but=but)
    if found is not None:
        return found
    name, title = _NAMES.get(Role(role), ("Trần Văn Lâm", "Chuyên viên"))
    account = Account.objects.create(
        login=f"{role}-{at_office}-{len(but)}", password=make_password(None), state=AccountState.ACTIVE,
        display_name=name, created_at=LONG_AGO, activated_at=LONG_AGO,
    )  # fmt: skip
    made = Officer.objects.create(id=_number_of(account.login), account=account, full_name=name, title_vi=title)
    Assignment.objects.create(
        officer=made, office_code=at_office, function="office", role=role, valid_from=SINCE,
        capacity="" if title == HEAD_OF_AGENCY else "TL. GIÁM ĐỐC",
    )  # fmt: skip
    actor = officer(account, on=on)
    assert actor is not None
    return actor


def _number_of(login: str) -> UUID:
    """The same in every town, so that the officer's key is found and not made again."""
    return uuid5(NAMESPACE_URL, f"town:{login}")


def delegate(actor: OfficerActor, *, procedure: str, at_office: str) -> None:
    """Let the officer approve a procedure of registration at the office."""
    if not Delegation.objects.filter(officer_id=actor.officer_id, procedures__contains=[procedure]).exists():
        Delegation.objects.create(
            officer_id=actor.officer_id, given_by_id=actor.officer_id, office_code=at_office,
            document_number="215/QĐ-BHXH", procedures=[procedure], valid_from=SINCE,
        )  # fmt: skip
