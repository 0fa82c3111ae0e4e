"""Hand in a claim file, or take one back, while nothing has been filed on its quarter."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from ansinh.dossiers.access import refuse_without
from ansinh.dossiers.claims.look import look_through, place_of
from ansinh.dossiers.claims.period import first_of, of_day
from ansinh.dossiers.claims.read import read
from ansinh.dossiers.models import ClaimFile, ClaimState, Dossier, State
from ansinh.people.actors import Citizen, Right
from ansinh.people.models_organisations import Organisation, OrganisationKind
from ansinh.people.organisations.queries import organisation_of
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from ansinh.platform.storage import put
from ansinh.platform.xml import parse

SETTLEMENT = "thanh-toan-kcb-co-so"
LARGEST = 20 * 1024 * 1024


def hand_in(content: bytes, *, name: str, actor: Citizen, at: datetime) -> ClaimFile:
    """Read the file, look through its rows, count it and keep it with what was found.

    Raises Invalid (what is wrong), Conflict (sent before, quarter filed).
    """
    facility = facility_of(actor)
    refuse_without(Right.FILE, actor=actor)
    root = parse(content)
    totals = read(root)
    if totals.facility_code != facility.facility_code:
        raise Invalid(
            "claims-of-another",
            "Tệp của cơ sở mã {facility}, không phải cơ sở {own}. Xin chọn đúng tệp.",
            facility=totals.facility_code or "(trống)",
            own=facility.facility_code,
        )
    quarter = of_day(totals.first_day)
    if of_day(totals.last_day) != quarter:
        raise Invalid(
            "claims-of-two-quarters", "Tệp có hồ sơ của hai quý khác nhau. Xin xuất riêng từng quý rồi gửi lại."
        )
    with transaction.atomic(), acting_as(actor.label):
        Organisation.objects.select_for_update(of=("self",)).get(pk=facility.pk)
        _refuse_filed(facility.pk, quarter)
        stored = put(BytesIO(content), limit=LARGEST)
        counted = ClaimFile.objects.filter(facility=facility, state=ClaimState.COUNTED)
        if counted.filter(sha256=stored.sha256).exists():
            raise Conflict("claims-sent-before", "Tệp này đã gửi và đang được tính. Xin chọn tệp khác.")
        looked = look_through(
            root,
            name=name,
            quarter=quarter,
            sent_before=_stays_before(counted.filter(first_day__gte=first_of(quarter))),
        )
        return ClaimFile.objects.create(
            facility=facility, facility_code=facility.facility_code, sha256=stored.sha256, size=stored.size,
            name=name[:200], first_day=totals.first_day, last_day=totals.last_day, records=totals.records,
            total_cost=totals.total_cost, fund_amount=totals.fund_amount, patient_amount=totals.patient_amount,
            uploaded_by_id=actor.account_id, uploaded_at=at, rules=looked.edition, errors=looked.errors,
            warnings=looked.warnings, findings=looked.findings, stays=looked.stays,
        )  # fmt: skip


def take_back(file_id: UUID, *, actor: Citizen, at: datetime) -> None:
    """The file counts no more. A second press is nothing. Raises NotFound, Conflict once its quarter is filed."""
    facility = facility_of(actor)
    refuse_without(Right.FILE, actor=actor)
    with transaction.atomic(), acting_as(actor.label):
        found = ClaimFile.objects.select_for_update().filter(pk=file_id, facility=facility).first()
        if found is None:
            raise NotFound("claim-file-not-found", "Không có tệp này. Xin tải lại trang.")
        if found.state == ClaimState.TAKEN_BACK:
            return
        _refuse_filed(facility.pk, of_day(found.first_day))
        found.state = ClaimState.TAKEN_BACK
        found.save(update_fields=["state"])


def facility_of(actor: Citizen) -> Organisation:
    """The health facility the actor works for. Raises NotAllowed."""
    found = organisation_of(actor.owner_id) if actor.shares_drafts else None
    if found is None or found.kind != OrganisationKind.FACILITY:
        raise NotAllowed(
            "not-a-facility-user", "Trang này dành cho người dùng của cơ sở khám chữa bệnh. Xin mở trang Tổ chức."
        )
    return found


def _stays_before(files: QuerySet[ClaimFile]) -> dict[str, str]:
    """Keys of stays in the files that count, and where they are."""
    return {
        key: place_of(name, number)
        for name, keys in files.values_list("name", "stays")
        for number, key in enumerate(keys, start=1)
    }


def _refuse_filed(facility_id: UUID, quarter: tuple[int, int]) -> None:
    """What a filed settlement rests on does not change under it."""
    year, number = quarter
    filed = Dossier.objects.filter(
        owner_id=facility_id, procedure=SETTLEMENT, answers__year=year, answers__quarter=f"q{number}"
    )
    if filed.exclude(state__in=[State.REFUSED, State.WITHDRAWN]).exists():
        raise Conflict(
            "quarter-filed",
            "Quý {quarter}/{year} đã có hồ sơ quyết toán nên không thêm, bớt tệp được. Xin rút hồ sơ đó trước, "
            "hoặc hỏi giám định viên.",
            quarter=number,
            year=year,
        )
