"""What monthly lists paid above what a benefit is owed, month by month, and what of it was asked back before.

Lists know what they ordered for each month and pay what is missing by themselves; what they ordered too much nobody
but this takes back. A month that is missing something is never set off against another: the next list pays it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from ansinh.casework.effects.claims import drop_demand
from ansinh.casework.effects.given import Given
from ansinh.casework.effects.undoing.earlier import why_replaced
from ansinh.casework.effects.undoing.money import AT_THE_BANK, ask_back, give_back
from ansinh.casework.effects.undoing.older import note_older_months, span_of
from ansinh.casework.effects.undoing.uncollected import stop_uncollected
from ansinh.payments.models import Order, OrderState, PayrollLine
from ansinh.payments.moves import the_order
from ansinh.payments.orders import UNPAID_IN, Whose
from ansinh.people.models import Person
from ansinh.platform.errors import Conflict
from ansinh.platform.vietnamese import money
from ansinh.registry.benefits.standing import is_paid, standing_of
from ansinh.registry.models import Entitlement

# As the lists name whom they pay (payments.payroll_sql).
_PAYEE = """
SELECT coalesce(encode(CASE WHEN paid.beneficiary_name = '' THEN insured.personal_id_key
                            ELSE substring(paid.beneficiary_id_number from 1 for 16) END, 'hex'), paid.number)
FROM registry_entitlement paid JOIN registry_insuredperson insured ON insured.si_number = paid.insured_id
WHERE paid.id = %s
"""


@dataclass(frozen=True)
class Claimed:
    """A benefit before something of it is undone: đồng that lists paid too much by then, and orders that ask for it."""

    number: str
    since: date
    over: int
    orders: tuple[Order, ...]

    @property
    def asked(self) -> int:
        """Đồng that earlier rounds of the dossier asked back, paid or not, less what they gave back."""
        return sum(_signed(one) for one in self.orders)

    @property
    def moved(self) -> int:
        """Đồng of it that nobody can take back any more."""
        return sum(_signed(one) for one in self.orders if one.direction == "out" or one.state == OrderState.PAID)


@dataclass(frozen=True)
class Moved:
    """What came of it, in words, and the order where money moves."""

    says_vi: str
    says_en: str
    order: Order | None = None


def claimed(one: Entitlement, *, since: date, given: Given) -> Claimed:
    """How a locked benefit stands before it is changed; what any earlier round of the dossier asked for it counts."""
    rows = Order.objects.filter(
        dossier_id=given.dossier_id, key__startswith=f"dossier:{given.dossier_id}:back:",
        key__contains=f":{one.number}:",
    )  # fmt: skip
    living = rows.exclude(state=OrderState.CANCELLED).order_by("pk").values_list("pk", flat=True)
    orders = tuple(the_order(pk) for pk in living)
    return Claimed(one.number, since, overpaid(one, since=since), orders)


def settle(before: Claimed, *, given: Given) -> Moved:
    """After the benefit was changed: ask for what is paid too much now, give back what was asked too much before.

    Raises Conflict (`list-on-its-way`).
    """
    one = Entitlement.objects.select_related("insured").get(number=before.number)
    _refuse_list_on_its_way(one, since=before.since)
    stopped = stop_uncollected(one, _lines_of(one, since=before.since), given=given)
    moved = _with_older_months(_moved(one, before, given=given), one, since=before.since, given=given)
    if not stopped:
        return moved
    codes = ", ".join(order.code for order in stopped)
    return replace(
        moved, says_vi=f"dừng chi {codes} chưa lĩnh; {moved.says_vi}",
        says_en=f"{codes} was not collected and is stopped; {moved.says_en}",
    )  # fmt: skip


def _with_older_months(moved: Moved, one: Entitlement, *, since: date, given: Given) -> Moved:
    """The months that are owed since it is granted again and that no list to come asks for are said beside it."""
    held = _held(one, _lines_of(one, since=since).filter(order__isnull=False), since=since)
    if held.lump or since != one.start_month:  # nobody knows which months a list made up then
        return moved
    older = note_older_months(one, _months(since, given.day), listed=held.months, given=given)
    if not older:
        return moved
    span = span_of(older)
    return replace(
        moved, says_vi=f"{moved.says_vi}; các tháng {span} danh sách không trả bù nữa, chờ người hưởng xin truy lĩnh",
        says_en=f"{moved.says_en}; no list pays {span} any more, the person asks for these as arrears",
    )  # fmt: skip


def _moved(one: Entitlement, before: Claimed, *, given: Given) -> Moved:
    wanted = max(0, before.asked + overpaid(one, since=before.since) - before.over)
    if wanted == before.asked:
        return Moved("các tháng còn thiếu trả cùng danh sách tới", "what is owed comes with the next list")
    paid_back = before.moved
    for waiting in before.orders:
        if waiting.state in UNPAID_IN:
            drop_demand(waiting, why=why_replaced(given), given=given)
    owner = Person.objects.filter(si_number=one.insured_id).first() if not one.beneficiary_name else None
    whose = Whose(
        owner.pk if owner else None, one.beneficiary_name or one.insured.full_name,
        given.dossier.office_code, given.dossier_id,
    )  # fmt: skip
    name = f"dossier:{given.dossier_id}:back:{given.effect}:{one.number}"
    if wanted > paid_back:
        over = wanted - paid_back
        order = ask_back(over, name, whose=whose, given=given, insured=one.insured, benefit=one.number)
        return Moved(
            f"đã chi thừa {money(over)}, cần nộp lại theo lệnh {order.code}",
            f"{money(over)} was paid too much and is asked back by order {order.code}", order,
        )  # fmt: skip
    if wanted < paid_back:
        back = paid_back - wanted
        order = give_back(back, f"{name}:given", whose=whose, given=given)
        return Moved(
            f"trả lại {money(back)} đã thu thừa theo lệnh {order.code}",
            f"{money(back)} that was collected too much is given back by order {order.code}", order,
        )  # fmt: skip
    return Moved("không còn khoản nào phải nộp lại", "nothing is to be paid back any more")


def overpaid(one: Entitlement, *, since: date) -> int:
    """Đồng that monthly lists hold for the months from `since` on, above what each of these months is owed now."""
    ordered = _lines_of(one, since=since).filter(order__isnull=False)
    held = _held(one, ordered.exclude(order__state=OrderState.CANCELLED), since=since)
    listed, lump = held.months, held.lump
    months = [month for month in listed if month >= since]
    over = sum(max(0, listed[month] - _owed(one, month)) for month in months)
    if lump:
        missing = sum(max(0, _owed(one, month) - listed[month]) for month in _months(since, max(months)))
        over += max(0, lump - missing)
    return over


def months_paid(one: Entitlement) -> list[date]:
    """Months for which money of lists went out, or is with the bank: what waits at the desk or came back did not."""
    lines = _lines_of(one, since=one.start_month).filter(order__state__in=(*AT_THE_BANK, OrderState.PAID))
    return sorted(month for month, amount in _held(one, lines, since=one.start_month).months.items() if amount)


@dataclass(frozen=True)
class _Held:
    """Đồng that lines of lists hold for a benefit by month, and what they made up without saying for which months."""

    months: Counter[date]
    lump: int


def _held(one: Entitlement, lines: QuerySet[PayrollLine], *, since: date) -> _Held:
    listed: Counter[date] = Counter()
    lump = 0
    for month, parts in lines.values_list("month", "parts"):
        for number, amount, arrears, *made_up in parts:
            if number != one.number:
                continue
            listed[month] += int(amount)
            if made_up:
                for key, more in made_up[0].items():
                    listed[date.fromisoformat(f"{key}-01")] += int(more)
            elif since == one.start_month:  # lists of before 2026-12 do not say which months they made up
                lump += int(arrears)
    return _Held(listed, lump)


def _refuse_list_on_its_way(one: Entitlement, *, since: date) -> None:
    """A list prepared with the old amount and not released yet would pay it after everything was set off."""
    for month, parts in _lines_of(one, since=since).filter(order=None, blocked="").values_list("month", "parts"):
        if any(part[0] == one.number and int(part[1]) > _owed(one, month) for part in parts):
            raise Conflict(
                "list-on-its-way",
                "Danh sách chi tháng {month} đã lập theo kết quả cũ, chưa duyệt chi. Xin duyệt chi hoặc hủy danh sách "
                "đó ở trang Chi trả hằng tháng, rồi ký lại.",
                month=f"{month:%m/%Y}",
            )


def _lines_of(one: Entitlement, *, since: date) -> QuerySet[PayrollLine]:
    """Lines of living lists that may hold something of the benefit."""
    payee = RawSQL(_PAYEE, [one.pk])  # noqa: S611 - the statement is ours, the value a parameter
    return PayrollLine.objects.filter(
        Q(insured_id=one.insured_id) | Q(payee=payee), living=True, month__gte=since, amount__gt=0
    )


def _signed(order: Order) -> int:
    return order.amount if order.direction == "in" else -order.amount


def _owed(one: Entitlement, month: date) -> int:
    return standing_of(one, on=month).monthly_amount if is_paid(one, on=month) else 0


def _months(first: date, last: date) -> list[date]:
    months, month = [], first.replace(day=1)
    while month <= last:
        months.append(month)
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return months
