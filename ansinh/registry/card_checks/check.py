"""Check a card at a facility's counter: for its staff while it has a contract, counted, written down, told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from ansinh.people.actors import Citizen, Right
from ansinh.people.models_organisations import Organisation, OrganisationKind
from ansinh.people.organisations.queries import organisation_of
from ansinh.platform.errors import Invalid, NotAllowed
from ansinh.platform.events import publish
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.platform.zone import local_day
from ansinh.registry.card_checks.answers import Answer, answer, limits
from ansinh.registry.card_checks.compare import Found, Typed, of_card, of_typed
from ansinh.registry.card_checks.happened import CardChecked
from ansinh.registry.cards import HealthCard, card_of_code
from ansinh.registry.contracts.queries import contract_of
from ansinh.registry.models import CardCheck
from ansinh.signing import qr_token

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Checked:
    """The answer; the card only where what was asked fits it."""

    answer: Answer
    card: HealthCard | None
    at: datetime


def check_typed(typed: Typed, *, actor: Citizen, at: datetime) -> Checked:
    """Answer about a typed number with name and birth date. Raises NotAllowed (`not-a-facility-user`, `no-contract`,
    `too-many-checks`).
    """
    facility = refuse_strangers(actor, at=at)
    with as_the_house():
        found = of_typed(typed, on=local_day(at))
    return _written(found, facility, actor=actor, way="typed", at=at)


def check_code(code: str, *, actor: Citizen, at: datetime) -> Checked:
    """Answer about the code a person shows. Raises Invalid for one that is not ours, not of a card or over."""
    facility = refuse_strangers(actor, at=at)
    read = qr_token.read(code.strip().rpartition("q=")[2])
    if read.kind is not qr_token.Kind.CARD:
        raise Invalid("not-a-card-code", "Mã này của một văn bản, không phải của thẻ BHYT. Xin quét mã trên trang thẻ.")
    if read.expired(at=at):
        raise Invalid("card-code-over", "Mã của thẻ đã hết hạn. Xin người bệnh bấm “Tạo mã mới” rồi quét lại.")
    with as_the_house():
        shown = card_of_code(read)
    if shown is not None and not shown.unchanged:
        raise Invalid(
            "card-code-over", "Thẻ vừa được sửa sau khi tạo mã. Xin người bệnh bấm “Tạo mã mới” rồi quét lại."
        )
    found = of_card(shown.card if shown else None, on=local_day(at))
    return _written(found, facility, actor=actor, way="code", at=at)


def checks_of(si_number: str, *, most: int = 20) -> list[CardCheck]:
    """Looks at the card of a person, newest first."""
    return list(CardCheck.objects.filter(si_number=si_number)[:most]) if si_number else []


def refuse_strangers(actor: Citizen, *, at: datetime) -> Organisation:
    """The facility the actor may check cards for now; raises NotAllowed as the checks do."""
    facility = organisation_of(actor.owner_id) if actor.behalf and actor.behalf.kind == "organisation" else None
    if facility is None or facility.kind != OrganisationKind.FACILITY or not actor.may(Right.READ):
        raise NotAllowed(
            "not-a-facility-user",
            "Tra thẻ BHYT dành cho người dùng của cơ sở khám chữa bệnh. Xin mở trang Tổ chức và làm việc thay cơ sở.",
        )
    if contract_of(facility.pk, on=local_day(at)) is None:
        raise NotAllowed(
            "no-contract",
            "Hôm nay cơ sở không có hợp đồng khám chữa bệnh BHYT nên không tra thẻ được. "
            "Xin hỏi cơ quan BHXH ký hợp đồng.",
        )
    _refuse_floods(actor, at=at)
    return facility


def _refuse_floods(actor: Citizen, *, at: datetime) -> None:
    allowed = limits(on=local_day(at))
    recent = CardCheck.objects.filter(account_id=actor.account_id, at__gt=at - HOUR)
    codes = list(recent.values_list("answer", flat=True)[: allowed.questions])
    misses = sum(not answer(code).usable and code != "010" for code in codes)
    if len(codes) >= allowed.questions or misses >= allowed.misses:
        raise NotAllowed(
            "too-many-checks",
            "Trong một giờ đã tra quá nhiều thẻ, hoặc quá nhiều lần không khớp. Xin đợi rồi tra tiếp; "
            "gấp thì nhập thông tin thẻ sau, khi kết thúc đợt khám.",
        )


def _written(found: Found, facility: Organisation, *, actor: Citizen, way: str, at: datetime) -> Checked:
    with transaction.atomic():
        CardCheck.objects.create(
            at=at, facility=facility, facility_code=facility.facility_code, facility_name=facility.name,
            account_id=actor.account_id, asked_by=actor.name, way=way, answer=found.code, si_number=found.si_number,
        )  # fmt: skip
        if found.card is not None:
            publish(CardChecked(found.si_number, facility.name, at))
    return Checked(answer(found.code), found.card, at)
