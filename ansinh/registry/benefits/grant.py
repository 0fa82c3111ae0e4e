"""What decisions do to monthly benefits: start, change, stop, resume, move. Each writes a dated row, none rewrites one.

Every function works in the caller's transaction, on a record the caller has locked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from ansinh.platform.errors import Conflict, NotFound
from ansinh.registry.benefits.standing import is_paid
from ansinh.registry.models import Entitlement, EntitlementChange, InsuredPerson

Kind = EntitlementChange.Kind


@dataclass(frozen=True)
class Ground:
    """The decision a change rests on."""

    dossier_id: UUID
    dossier_number: str
    at: datetime


@dataclass(frozen=True)
class Beneficiary:
    """A relative who is paid from the record of another; empty: the insured person."""

    name: str = ""
    born: str = ""
    personal_id_number: str = ""


THE_INSURED: Final = Beneficiary()


@dataclass(frozen=True)
class NewBenefit:
    """A benefit to be paid from `start_month` (first of a month), `monthly_amount` đồng."""

    benefit_type: str
    start_month: date
    monthly_amount: int
    payment_method: str
    paying_office: str
    bank_account: Mapping[str, Any] = field(default_factory=dict)
    beneficiary: Beneficiary = THE_INSURED


def start(person: InsuredPerson, new: NewBenefit, *, ground: Ground) -> Entitlement:
    """Put a benefit in payment. Raises Conflict when the same is paid to the same person in that month."""
    for one in _of(person):
        same = (one.benefit_type, one.beneficiary_name, one.beneficiary_birth)
        wanted = (new.benefit_type, new.beneficiary.name, new.beneficiary.born)
        if same == wanted and is_paid(one, on=new.start_month):
            raise Conflict(
                "benefit-already-paid",
                "Chế độ này đang được trả theo hồ sơ hưởng {number} nên không mở thêm. "
                "Xin điều chỉnh hồ sơ hưởng đó, hoặc không giải quyết hồ sơ này.",
                number=one.number,
            )
    before = Entitlement.objects.filter(number__startswith=f"{ground.dossier_number}-").count()
    return Entitlement.objects.create(
        insured=person,
        number=f"{ground.dossier_number}-{before + 1}",
        benefit_type=new.benefit_type,
        start_month=new.start_month.replace(day=1),
        monthly_amount=new.monthly_amount,
        payment_method=new.payment_method,
        bank_account=dict(new.bank_account),
        paying_office=new.paying_office,
        beneficiary_name=new.beneficiary.name,
        beneficiary_birth=new.beneficiary.born,
        beneficiary_id_number=new.beneficiary.personal_id_number,
        dossier_id=ground.dossier_id,
        granted_at=ground.at,
    )


def the_benefit(person: InsuredPerson, number: str, *, on: date) -> Entitlement:
    """The benefit of this number, or the only one paid to the person on a day.

    Raises NotFound, Conflict (`several-benefits`).
    """
    if number:
        named = [one for one in _of(person) if one.number == number]
        if not named:
            raise NotFound(
                "entitlement-unknown",
                "Không có hồ sơ hưởng số {number} của người này. Xin kiểm tra số hồ sơ hưởng.",
                number=number,
            )
        return named[0]
    paid = benefits_paid(person, on=on)
    if len(paid) != 1:
        raise Conflict(
            "several-benefits",
            "Người này đang hưởng {n} chế độ hằng tháng nên phải nêu số hồ sơ hưởng. Xin yêu cầu bổ sung số đó.",
            n=len(paid),
        )
    return paid[0]


def benefits_paid(person: InsuredPerson, *, on: date) -> list[Entitlement]:
    """The benefits paid to the person for the month of a day. Raises Conflict when there is none."""
    paid = [one for one in _of(person) if not one.beneficiary_name and is_paid(one, on=on)]
    if not paid:
        raise Conflict(
            "no-benefit-in-payment",
            "Tháng {month} người này không có chế độ hằng tháng nào đang trả. Xin kiểm tra lại hồ sơ hưởng.",
            month=f"{on:%m/%Y}",
        )
    return paid


def the_stopped(person: InsuredPerson, *, on: date) -> Entitlement:
    """The only benefit of the person that had begun and is not paid on a day. Raises Conflict (`several-benefits`)."""
    stopped = [
        one for one in _of(person) if not one.beneficiary_name and one.start_month <= on and not is_paid(one, on=on)
    ]
    if len(stopped) != 1:
        raise Conflict(
            "several-stopped",
            "Người này có {n} chế độ hằng tháng đang dừng nên phải nêu số hồ sơ hưởng. Xin yêu cầu bổ sung số đó.",
            n=len(stopped),
        )
    return stopped[0]


def change_amount(one: Entitlement, amount: int, *, from_month: date, reason: str, ground: Ground) -> EntitlementChange:
    """Another amount from a month on. Raises Conflict when it is not paid then."""
    _refuse_unpaid(one, on=from_month)
    return _write(one, Kind.AMOUNT, from_month, ground, monthly_amount=amount, reason=reason)


def stop(one: Entitlement, *, from_month: date, reason: str, ground: Ground) -> EntitlementChange:
    """Not paid from a month on. Raises Conflict when it is not paid then."""
    _refuse_unpaid(one, on=from_month)
    return _write(one, Kind.STOPPED, from_month, ground, reason=reason)


def resume(one: Entitlement, *, from_month: date, amount: int | None, ground: Ground) -> EntitlementChange:
    """Paid again from a month on. Raises Conflict when it is paid then, or had not begun."""
    if from_month < one.start_month or is_paid(one, on=from_month):
        raise Conflict(
            "benefit-not-stopped",
            "Hồ sơ hưởng {number} không bị dừng ở tháng {month} nên không có gì để trả tiếp. Xin kiểm tra tháng.",
            number=one.number,
            month=f"{from_month:%m/%Y}",
        )
    return _write(one, Kind.RESUMED, from_month, ground, monthly_amount=amount)


def move(
    one: Entitlement, *, office: str, place: Mapping[str, Any], from_month: date, ground: Ground
) -> EntitlementChange:
    """Paid by another office from a month on. Raises Conflict when it is not paid then."""
    _refuse_unpaid(one, on=from_month)
    return _write(one, Kind.PLACE, from_month, ground, paying_office=office, payment_place=dict(place))


def change_form(
    one: Entitlement, *, method: str, place: Mapping[str, Any], from_month: date, ground: Ground
) -> EntitlementChange:
    """Paid in another form from a month on; into which account is a matter of its own (registry.bank_accounts)."""
    _refuse_unpaid(one, on=from_month)
    return _write(one, Kind.METHOD, from_month, ground, payment_method=method, payment_place=dict(place))


def _refuse_unpaid(one: Entitlement, *, on: date) -> None:
    if not is_paid(one, on=on):
        raise Conflict(
            "benefit-not-paid",
            "Tháng {month} hồ sơ hưởng {number} chưa bắt đầu hoặc đã dừng nên không thay đổi được. "
            "Xin kiểm tra tháng bắt đầu thay đổi.",
            month=f"{on:%m/%Y}",
            number=one.number,
        )


def _write(one: Entitlement, kind: Kind, from_month: date, ground: Ground, **facts: Any) -> EntitlementChange:
    return EntitlementChange.objects.create(
        entitlement=one,
        kind=kind,
        valid_from=from_month.replace(day=1),
        dossier_id=ground.dossier_id,
        made_at=ground.at,
        **facts,
    )


def _of(person: InsuredPerson) -> list[Entitlement]:
    return list(person.entitlements.prefetch_related("changes").order_by("start_month", "number"))
