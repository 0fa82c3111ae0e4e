"""Finish a registration, of oneself or of a child, at any office in the country (R-060 … R-078).

Missing photos are added here and are never a ground to return it; the declaration is printed here, never demanded; only
a named delegate approves, and only what is complete.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from ansinh.casework.happened import DossierMoved, RegistrationApproved
from ansinh.casework.models import RegistrationCheck
from ansinh.casework.registration_kinds import KINDS
from ansinh.catalogue.queries import frozen
from ansinh.dossiers.history import record
from ansinh.dossiers.models import Dossier, DossierPaper, State
from ansinh.dossiers.requirements import asked_papers
from ansinh.files.models import Paper
from ansinh.law.identifiers import IdentifierWarning, personal_id_warnings
from ansinh.law.names import search_key
from ansinh.offices.counters import refuse_paused, refuse_where_all_paused
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Account, Delegation, Role
from ansinh.people.queries import delegation_to_approve
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from ansinh.platform.events import publish
from ansinh.platform.zone import local_day
from ansinh.proof.guard import refuse_when_unsealed
from ansinh.registry.queries import insured_person

COUNTER = (Role.INTAKE, Role.APPROVER)


@dataclass(frozen=True)
class Comparison:
    """One fact as declared and as the registry holds it."""

    key: str
    declared: str
    registry: str

    @property
    def differs(self) -> bool:
        """Whether the registry holds something else."""
        return bool(self.registry) and self.registry != self.declared


def find(
    *, actor: OfficerActor, number: str = "", si_number: str = "", name: str = "", born: str = ""
) -> list[Dossier]:
    """Registrations by number, SI number, or name and birth date, whatever office was chosen (R-069, R-070, R-180)."""
    _refuse_unless_counter(actor)
    rows: QuerySet[Dossier] = Dossier.objects.filter(procedure__in=KINDS)
    if number.strip():
        rows = rows.filter(number=number.strip())
    elif si_number.strip():
        rows = rows.filter(si_number=si_number.strip())
    elif name.strip() and born.strip():
        # A declaration may know only the year of birth, and so may the paper.
        rows = rows.filter(
            Q(applicant_born=born[:4]) | Q(applicant_born__startswith=born), applicant_key=search_key(name)
        )
    else:
        raise Invalid(
            "search-needs-more",
            "Xin nhập số hồ sơ, hoặc mã số BHXH, hoặc họ tên kèm ngày sinh sau khi xem giấy tờ tùy thân.",
        )
    return list(rows.order_by("-submitted_at")[:20])


def waiting_for_approval(*, actor: OfficerActor) -> list[Dossier]:
    """Registrations compared at the viewer's offices that nobody has approved yet, oldest comparison first."""
    _refuse_unless_counter(actor)
    rows = Dossier.objects.filter(
        procedure__in=KINDS, state=State.SUBMITTED, registration_check__office_code__in=actor.office_codes
    )
    return list(rows.order_by("registration_check__verified_at")[:50])


def check_of(dossier: Dossier) -> RegistrationCheck | None:
    """What was compared so far, with who did it."""
    return RegistrationCheck.objects.filter(dossier=dossier).select_related("verified_by", "approved_by").first()


def the_registration(dossier_id: UUID, *, actor: OfficerActor, lock: bool = False) -> Dossier:
    """A registration, for any counter officer in the country. Raises NotFound, NotAllowed."""
    _refuse_unless_counter(actor)
    rows = Dossier.objects.filter(procedure__in=KINDS)
    found = (rows.select_for_update() if lock else rows).filter(pk=dossier_id).first()
    if found is None:
        raise NotFound("registration-not-found", "Không có hồ sơ đăng ký này. Xin tìm lại bằng số hồ sơ.")
    return found


def compare(dossier: Dossier) -> list[Comparison]:
    """What was declared beside what the registry holds, for the officer's eyes (R-072)."""
    answers: dict[str, Any] = dossier.answers
    insured = insured_person(dossier.si_number)
    held = {
        "full_name": insured.full_name if insured else "",
        "date_of_birth": insured.date_of_birth if insured else "",
        "gender": insured.sex if insured else "",
        "id_number": insured.personal_id_number if insured else "",
    }
    return [Comparison(key, str(answers.get(key, "")), value) for key, value in held.items()]


def odd_number(dossier: Dossier) -> tuple[IdentifierWarning, ...]:
    """Where the declared personal number disagrees with the declared sex or year of birth (R-072).

    Warnings for the officer who holds the paper, never a ground to refuse: numbers issued wrongly exist.
    """
    answers: dict[str, Any] = dossier.answers
    number, born = str(answers.get("id_number") or ""), str(answers.get("date_of_birth") or "")
    if not re.fullmatch(r"\d{12}", number):
        return ()
    sex = answers.get("gender")
    return personal_id_warnings(
        number, sex=sex if sex in ("male", "female") else None, birth_year=int(born[:4]) if born[:4].isdigit() else None
    )


def missing_papers(dossier: Dossier) -> list[str]:
    """Keys of photos and papers the dossier still lacks; the counter adds them, nobody returns it for them."""
    present = set(dossier.papers.values_list("requirement", flat=True))
    asked = asked_papers(frozen(dossier.version_id), dossier.answers, given=())
    needed = [one.requirement.key for one in asked if one.requirement.required != "optional"]
    return [key for key in needed if key not in present]


def add_paper(dossier_id: UUID, *, actor: OfficerActor, requirement: str, paper: Paper, at: datetime) -> DossierPaper:
    """Put a photo taken at the counter into the registration (R-067). Raises Conflict while no counter here is open."""
    refuse_where_all_paused((post.office_code for post in actor.posts if post.role in COUNTER), on=local_day(at))
    with transaction.atomic(), acting_as(actor.label):
        dossier = _open_registration(dossier_id, actor=actor)
        if requirement not in {one.key for one in frozen(dossier.version_id).papers if one.is_a_file}:
            raise Invalid("unknown-target", "Hồ sơ này không có mục “{target}”. Xin chọn lại.", target=requirement)
        added = DossierPaper.objects.create(
            dossier=dossier,
            requirement=requirement,
            paper=paper,
            sha256=paper.file_id,
            name=paper.name,
            size=paper.file.size,
            added_at=at,
            added_by_officer_id=actor.officer_id,
        )
        record(dossier, "paper_added", actor=actor.doing(*COUNTER), at=at, requirement=requirement, name=paper.name)
    return added


def verify(
    dossier_id: UUID,
    *,
    actor: OfficerActor,
    office_code: str,
    identity_matches: bool,
    declaration_signed: bool,
    app_guided: bool,
    at: datetime,
) -> RegistrationCheck:
    """Keep what was compared at this office, which may differ from the chosen one (R-076, R-077).

    Raises Conflict (`counter-paused`): without a comparison at an open counter nothing is approved.
    """
    refuse_paused(office_code, on=local_day(at))
    with transaction.atomic(), acting_as(actor.label):
        dossier = _open_registration(dossier_id, actor=actor)
        if office_code not in actor.office_codes:
            raise NotAllowed("not-your-office", "Ông/bà không được phân công ở cơ quan này hôm nay.")
        check, _ = RegistrationCheck.objects.update_or_create(
            dossier=dossier,
            defaults={
                "office_code": office_code,
                "identity_matches": identity_matches,
                "declaration_signed": declaration_signed,
                "app_guided": app_guided,
                "verified_by_id": actor.officer_id,
                "verified_at": at,
            },
        )
        dossier.office_code = office_code
        dossier.last_event_at = at
        dossier.save(update_fields=["office_code", "last_event_at"])
        record(
            dossier,
            "registration_verified",
            actor=actor.doing(*COUNTER, at_office=office_code),
            at=at,
            identity_matches=identity_matches,
            declaration_signed=declaration_signed,
            app_guided=app_guided,
        )
    return check


def approval_blockers(dossier: Dossier, *, actor: OfficerActor, on: date) -> list[tuple[str, str]]:
    """Why this officer cannot approve now: (code, Vietnamese sentence); empty when approval is open (R-063, R-078)."""
    blockers: list[tuple[str, str]] = []
    check = RegistrationCheck.objects.filter(dossier=dossier).first()
    if missing_papers(dossier):
        blockers.append(("papers-missing", "Còn thiếu ảnh hoặc giấy tờ. Xin chụp bổ sung tại quầy."))
    if check is None or not check.identity_matches:
        blockers.append(("identity-not-compared", "Chưa đối chiếu người với giấy tờ tùy thân."))
    if check is None or not check.declaration_signed:
        blockers.append(("declaration-not-signed", "Chưa in tờ khai và lấy chữ ký của người đăng ký tại quầy."))
    delegations = _delegations(actor, dossier, on=on)
    if not delegations:
        blockers.append(
            ("no-delegation", "Ông/bà chưa được giám đốc giao phê duyệt đăng ký. Xin chuyển người được giao.")
        )
    elif check is not None and check.verified_by_id == actor.officer_id and any(one.four_eyes for one in delegations):
        blockers.append(("four-eyes", "Người đối chiếu không được tự phê duyệt theo văn bản giao quyền."))
    blockers += KINDS[dossier.procedure].blockers(dossier, on)
    return blockers


def approve(dossier_id: UUID, *, actor: OfficerActor, at: datetime) -> Account:
    """Approve: the account works, or the child has its guardian (R-074); answers the account of who registered.

    Raises Conflict with the first reason while anything is missing.
    """
    with transaction.atomic(), acting_as(actor.label):
        dossier = _open_registration(dossier_id, actor=actor)
        refuse_when_unsealed()
        for code, sentence in approval_blockers(dossier, actor=actor, on=local_day(at)):
            raise Conflict(code, sentence)
        delegation = _delegations(actor, dossier, on=local_day(at))[0]
        assert dossier.account_id is not None
        RegistrationCheck.objects.filter(dossier=dossier).update(
            approved_by_id=actor.officer_id, approved_at=at, delegation=delegation
        )
        kind = KINDS[dossier.procedure]
        account = kind.activate(dossier, actor, at)
        dossier.state = State.GRANTED
        dossier.stage_role = ""
        dossier.accepted_at = dossier.accepted_at or at
        dossier.closed_at = dossier.last_event_at = at
        dossier.save()
        record(dossier, "registration_approved", actor=actor, at=at, delegation=delegation.document_number)
        publish(RegistrationApproved(dossier.pk, account.pk, at))
        publish(DossierMoved(dossier.pk, kind.told, at))
    return account


def _open_registration(dossier_id: UUID, *, actor: OfficerActor) -> Dossier:
    dossier = the_registration(dossier_id, actor=actor, lock=True)
    if dossier.state != State.SUBMITTED:
        raise Conflict("registration-closed", "Hồ sơ đăng ký này đã xử lý xong. Xin tải lại trang.")
    return dossier


def _delegations(actor: OfficerActor, dossier: Dossier, *, on: date) -> list[Delegation]:
    """Rights to approve at the actor's offices of that day, the office that compared the person first (R-060)."""
    offices = sorted(actor.office_codes, key=lambda code: (code != dossier.office_code, code))
    found = (
        delegation_to_approve(actor.officer_id, office_code=code, procedure=dossier.procedure, on=on)
        for code in offices
    )
    return [one for one in found if one is not None]


def _refuse_unless_counter(actor: OfficerActor) -> None:
    if not any(post.role in COUNTER for post in actor.posts):
        raise NotAllowed("not-at-counter", "Việc này của cán bộ tiếp nhận hoặc người được giao phê duyệt đăng ký.")
