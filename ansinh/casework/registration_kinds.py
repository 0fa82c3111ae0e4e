"""What differs between registering oneself and registering a child: who is approved, and what stands against it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from ansinh.dossiers.models import Dossier
from ansinh.dossiers.words import CHILD_REGISTRATION, REGISTRATION
from ansinh.law.names import search_key
from ansinh.people.acting.ages import is_child
from ansinh.people.acting.establish import GUARDIAN_ALREADY, IN_CONFLICT, establish
from ansinh.people.acting.guardianships import guardianships_on
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Account, AccountState, Person
from ansinh.people.models_acting import GuardianKind, GuardianshipState
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.platform.zone import local_day

Blocker = tuple[str, str]
"""Code and Vietnamese sentence of what stands against the approval."""


@dataclass(frozen=True)
class RegistrationKind:
    """`blockers` besides papers and comparison; `activate` in the approving transaction; `told`: the event of it."""

    blockers: Callable[[Dossier, date], list[Blocker]]
    activate: Callable[[Dossier, OfficerActor, datetime], Account]
    told: str


@as_the_house()  # the number may be known from elsewhere, in rows this counter does not see
def _own_blockers(dossier: Dossier, on: date) -> list[Blocker]:
    blockers: list[Blocker] = []
    # A closed account keeps its login: it is reopened by an officer, not registered again.
    if Account.objects.filter(login=dossier.answers["id_number"]).exclude(dossier=dossier).exists():
        blockers.append(
            ("account-exists", "Số định danh này đã có tài khoản đang dùng. Xin hướng dẫn người dân lấy lại mật khẩu.")
        )
    si_number = dossier.answers.get("si_number") or ""
    holder = Person.objects.filter(si_number=si_number).first() if si_number else None
    if holder is not None and not _is_the_same(holder, dossier.answers):
        blockers.append(
            (
                "si-number-taken",
                "Mã số BHXH đã khai đang thuộc một người khác trong hệ thống. Xin đối chiếu lại với sổ hoặc thẻ BHYT.",
            )
        )
    return blockers


def _is_the_same(holder: Person, answers: dict[str, Any]) -> bool:
    """By number, or the grown child that had no number of its own when a guardian registered it."""
    if holder.personal_id_number:
        return str(holder.personal_id_number) == str(answers["id_number"])
    return holder.search_key == search_key(answers["full_name"]) and holder.date_of_birth == answers["date_of_birth"]


@as_the_house()
def _activate_own(dossier: Dossier, actor: OfficerActor, at: datetime) -> Account:
    answers = dossier.answers
    person = _person_registered(answers) or Person()
    person.personal_id_number = answers["id_number"]
    person.full_name, person.search_key = answers["full_name"], search_key(answers["full_name"])
    person.date_of_birth, person.sex = answers["date_of_birth"], answers["gender"]
    person.nationality = answers.get("nationality") or "VN"
    person.id_issue_date = answers.get("id_issue_date")
    person.id_issue_place = answers.get("id_issue_place") or ""
    person.si_number = answers.get("si_number") or ""
    person.phone, person.email = answers["phone"], answers.get("email") or ""
    person.contact_address, person.updated_at = answers["contact_address"], at
    person.save()
    account = Account.objects.select_for_update().get(pk=_account_id(dossier))
    account.login = person.personal_id_number
    account.person = person
    account.state = AccountState.ACTIVE
    account.activated_at = account.identity_checked_at = at
    account.save()
    dossier.owner_id = person.pk
    return account


def _person_registered(answers: dict[str, Any]) -> Person | None:
    """The person of this number, else of this SI number: a grown child keeps its row, and with it its dossiers."""
    by_number = Person.objects.select_for_update().filter(personal_id_number=answers["id_number"]).first()
    si_number = answers.get("si_number") or ""
    if by_number is not None or not si_number:
        return by_number
    return Person.objects.select_for_update().filter(si_number=si_number, personal_id_number="").first()


def known_child(dossier: Dossier) -> Person | None:
    """The person a registration of a child is about, if another guardian registered it before."""
    answers = dossier.answers
    numbers = (
        Q(personal_id_number=answers.get("id_number")) & ~Q(personal_id_number=""),
        Q(si_number=answers.get("si_number")) & ~Q(si_number=""),
        Q(birth_certificate=answers.get("birth_certificate_no"), search_key=search_key(answers["full_name"]))
        & Q(date_of_birth=answers["date_of_birth"])
        & ~Q(birth_certificate=""),
    )
    return next((found for one in numbers if (found := Person.objects.filter(one).first())), None)


@as_the_house()
def _child_blockers(dossier: Dossier, on: date) -> list[Blocker]:
    answers = dossier.answers
    blockers: list[Blocker] = []
    if not is_child(answers["date_of_birth"], on=on):
        blockers.append(("of-age", "Người này đã đủ 18 tuổi. Xin hướng dẫn tự đăng ký tài khoản của mình."))
    guardian = Account.objects.select_related("person").get(pk=_account_id(dossier))
    if guardian.state != AccountState.ACTIVE or guardian.person is None:
        blockers.append(("guardian-account-closed", "Tài khoản của người đăng ký đã đóng. Xin mở lại trước."))
    child = known_child(dossier)
    if child is None:
        return blockers
    if not _names_agree(child, answers):
        blockers.append(
            ("child-differs", "Số đã khai đang thuộc một người khác trong hệ thống. Xin đối chiếu lại giấy khai sinh.")
        )
    present = list(guardianships_on(on).filter(child=child))
    if any(one.state == GuardianshipState.FROZEN for one in present):
        blockers.append(IN_CONFLICT)
    if any(one.guardian_id == guardian.person_id for one in present):
        blockers.append(GUARDIAN_ALREADY)
    return blockers


def _names_agree(child: Person, answers: dict[str, Any]) -> bool:
    return (child.search_key, child.date_of_birth) == (search_key(answers["full_name"]), answers["date_of_birth"])


@as_the_house()
def _activate_child(dossier: Dossier, actor: OfficerActor, at: datetime) -> Account:
    answers = dossier.answers
    account = Account.objects.select_related("person").get(pk=_account_id(dossier))
    assert account.person_id is not None
    until = answers.get("guardianship_until")
    establish(
        child=known_child(dossier) or _new_child(answers, at=at),
        guardian_id=account.person_id,
        kind=answers["guardian_relation"],
        basis=_basis(dossier),
        valid_from=local_day(at),
        valid_to=date.fromisoformat(until) if until else None,
        dossier_id=dossier.pk,
        actor=actor,
        office_code=dossier.office_code,
        at=at,
    )
    return account


def _new_child(answers: dict[str, Any], *, at: datetime) -> Person:
    return Person.objects.create(
        full_name=answers["full_name"],
        search_key=search_key(answers["full_name"]),
        date_of_birth=answers["date_of_birth"],
        sex=answers["gender"],
        nationality=answers.get("nationality") or "VN",
        personal_id_number=answers.get("id_number") or "",
        si_number=answers.get("si_number") or "",
        birth_certificate=answers.get("birth_certificate_no") or "",
        phone=answers.get("child_phone") or "",
        contact_address=answers["contact_address"],
        updated_at=at,
    )


def _basis(dossier: Dossier) -> str:
    """The paper a guardianship rests on, as its history names it."""
    answers = dossier.answers
    if answers["guardian_relation"] == GuardianKind.GUARDIAN:
        return str(answers["guardianship_decision"])
    number = answers.get("birth_certificate_no")
    return f"Giấy khai sinh số {number}" if number else f"Giấy khai sinh trong hồ sơ {dossier.number}"


KINDS = {
    REGISTRATION: RegistrationKind(_own_blockers, _activate_own, "registration_approved"),
    CHILD_REGISTRATION: RegistrationKind(_child_blockers, _activate_child, "child_registered"),
}


def _account_id(dossier: Dossier) -> UUID:
    """A registration is always filed by an account."""
    assert dossier.account_id is not None
    return dossier.account_id
