"""What decisions write into a record besides benefits, cards and books: joining and leaving, months paid, leaves.

Every function works in the caller's transaction, on a record the caller has locked.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from ansinh.platform.errors import Conflict
from ansinh.registry.benefits.grant import Ground
from ansinh.registry.models import (
    Certificate,
    ContributionPayment,
    ContributionPeriod,
    InsuredPerson,
    LeaveSpell,
    ParticipationChange,
    RecoveryCancellation,
    RecoveryClaim,
)

LASTING = ("compulsory", "voluntary")
"""Funds whose months count for a pension."""


def participates(person: InsuredPerson, fund: str, *, employer_code: str = "", on: date) -> bool:
    """Whether the person is in the fund in the month of a day, at that employer where one is named.

    Without any change on record the months paid decide: somebody paid for takes part.
    """
    changes = person.participation_changes.filter(fund=fund, from_month__lte=on)
    if employer_code:
        changes = changes.filter(employer_code__in=["", employer_code])
    last = changes.order_by("-from_month", "-id").first()
    if last is not None:
        return last.kind != "ended"
    return person.periods.filter(fund=fund, from_month__lte=on).exists()


def start(
    person: InsuredPerson, *, fund: str, month: date, salary: int | None, employer: tuple[str, str], ground: Ground
) -> ParticipationChange:
    """Join a fund. Raises Conflict when the person joined already, at that employer, and did not leave."""
    code, name = employer
    same = person.participation_changes.filter(fund=fund, employer_code=code).order_by("-from_month", "-id").first()
    if same is not None and same.kind != "ended":
        raise Conflict(
            "participates-already",
            "{name} đang tham gia tại đơn vị này nên không ghi tăng nữa. Xin dùng điều chỉnh, hoặc bỏ dòng này.",
            name=person.full_name,
        )
    return _change(person, "started", fund, month, ground, salary=salary, employer_code=code, employer_name=name)


def change(
    person: InsuredPerson, *, fund: str, month: date, salary: int, reason: str, employer: tuple[str, str],
    ground: Ground,
) -> ParticipationChange:  # fmt: skip
    """Pay on another level from a month on. Raises Conflict when the person does not take part then."""
    _refuse_absent(person, fund, employer[0], on=month)
    code, name = employer
    return _change(
        person, "changed", fund, month, ground,
        salary=salary, reason=reason, employer_code=code, employer_name=name,
    )  # fmt: skip


def end(
    person: InsuredPerson, *, fund: str, month: date, reason: str, employer_code: str, ground: Ground
) -> ParticipationChange:
    """Leave a fund: `month` is the first one no longer paid. Raises Conflict when the person does not take part."""
    _refuse_absent(person, fund, employer_code, on=month)
    return _change(person, "ended", fund, month, ground, reason=reason, employer_code=employer_code)


def pay(
    person: InsuredPerson, *, fund: str, first: date, last: date, salary: int | None, amount: int | None,
    employer: str, ground: Ground,
) -> ContributionPayment:  # fmt: skip
    """Record months paid; those of a lasting fund count in the history. Raises Conflict for a month paid before."""
    if last < first:
        raise Conflict("months-order", "Tháng cuối phải sau hoặc bằng tháng đầu. Xin yêu cầu sửa lại tháng đóng.")
    if fund in ("voluntary", "health"):
        _refuse_paid(person, fund, first, last)
    if fund in LASTING:
        if not salary:
            raise Conflict(
                "salary-missing", "Chưa có mức tiền lương, thu nhập làm căn cứ đóng. Xin yêu cầu bổ sung mức đóng."
            )
        ContributionPeriod.objects.create(
            insured=person, from_month=first, to_month=last, fund=fund, salary=salary, employer_name=employer
        )
    return ContributionPayment.objects.create(
        insured=person, fund=fund, from_month=first, to_month=last, salary=salary, amount=amount,
        employer_name=employer, dossier_id=ground.dossier_id, made_at=ground.at,
    )  # fmt: skip


def record_leave(
    person: InsuredPerson, *, kind: str, first: date, last: date, days: int | None, employer: str, ground: Ground
) -> LeaveSpell:
    """Record days off. Raises Conflict for a day already paid for in the same kind of leave."""
    if person.leaves.filter(kind=kind, from_day__lte=last, to_day__gte=first).exists():
        raise Conflict(
            "leave-already-recorded",
            "{name} đã được giải quyết chế độ này cho một phần thời gian nghỉ đó. Xin kiểm tra ngày nghỉ.",
            name=person.full_name,
        )
    if last < first:
        raise Conflict("days-order", "Ngày nghỉ cuối phải từ ngày đầu trở đi. Xin yêu cầu sửa lại ngày nghỉ.")
    return LeaveSpell.objects.create(
        insured=person, kind=kind, from_day=first, to_day=last, days=days, employer_name=employer,
        dossier_id=ground.dossier_id, made_at=ground.at,
    )  # fmt: skip


def claim_back(
    person: InsuredPerson, *, amount: int, why: str, debtor: str, entitlement: str, ground: Ground,
    order_id: UUID | None = None,
) -> RecoveryClaim:  # fmt: skip
    """Claim money back that was paid without right; `order_id` asks for it."""
    return RecoveryClaim.objects.create(
        insured=person, amount=amount, why=why[:300], debtor=debtor[:160], entitlement_number=entitlement,
        order_id=order_id, dossier_id=ground.dossier_id, made_at=ground.at,
    )  # fmt: skip


def cancel_claim(claim: RecoveryClaim, *, why: str, by: tuple[str, str], ground: Ground) -> RecoveryCancellation:
    """The claim does not stand any more; `by`: label and name of whoever cancels it."""
    label, name = by
    return RecoveryCancellation.objects.create(
        claim=claim, insured_id=claim.insured_id, why=why[:300], cancelled_by=label, cancelled_by_name=name[:100],
        dossier_id=ground.dossier_id, made_at=ground.at,
    )  # fmt: skip


def certify(person: InsuredPerson, *, kind: str, year: int | None, number: str, ground: Ground) -> Certificate:
    """Give a certificate under the number of the decision."""
    return Certificate.objects.create(
        insured=person, kind=kind[:160], year=year, number=number, dossier_id=ground.dossier_id, made_at=ground.at
    )


def _refuse_absent(person: InsuredPerson, fund: str, employer_code: str, *, on: date) -> None:
    if not participates(person, fund, employer_code=employer_code, on=on):
        raise Conflict(
            "does-not-participate",
            "Tháng {month} {name} không tham gia tại đơn vị này. Xin kiểm tra tháng và người trong danh sách.",
            month=f"{on:%m/%Y}",
            name=person.full_name,
        )


def _refuse_paid(person: InsuredPerson, fund: str, first: date, last: date) -> None:
    spans = (person.contribution_payments.filter(fund=fund), person.periods.filter(fund=fund))
    if any(rows.filter(from_month__lte=last, to_month__gte=first).exists() for rows in spans):
        raise Conflict(
            "month-already-paid",
            "Có tháng trong khoảng {first} đến {last} đã đóng rồi. Xin kiểm tra lại các tháng đóng.",
            first=f"{first:%m/%Y}",
            last=f"{last:%m/%Y}",
        )


def _change(
    person: InsuredPerson, kind: str, fund: str, month: date, ground: Ground, **facts: object
) -> ParticipationChange:
    if person.participation_changes.filter(
        fund=fund, kind=kind, from_month=month.replace(day=1), employer_code=facts.get("employer_code", "")
    ).exists():
        raise Conflict(
            "participation-already-recorded",
            "Thay đổi này của {name} trong tháng {month} đã được ghi rồi. Xin bỏ dòng trùng.",
            name=person.full_name,
            month=f"{month:%m/%Y}",
        )
    return ParticipationChange.objects.create(
        insured=person, fund=fund, kind=kind, from_month=month.replace(day=1), dossier_id=ground.dossier_id,
        made_at=ground.at, **facts,
    )  # fmt: skip
