"""Monthly benefits of a replaced result: another amount from the first month, or undone; what lists paid is set off."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Max

from ansinh.casework.effects.given import Done
from ansinh.casework.effects.kept import kept_inputs
from ansinh.casework.effects.undoing.earlier import Earlier, Undone, by_hand
from ansinh.casework.effects.undoing.money import ask_back
from ansinh.payments.models import OrderState, PayrollLine
from ansinh.payments.orders import Whose
from ansinh.people.models import Person
from ansinh.platform.vietnamese import money
from ansinh.registry.benefits import grant
from ansinh.registry.benefits.standing import is_paid, standing_of
from ansinh.registry.models import Entitlement, EntitlementChange

LATER = "Hồ sơ hưởng đã có thay đổi theo hồ sơ khác. Xin bộ phận chi trả lập văn bản điều chỉnh từng tháng."
Kind = EntitlementChange.Kind


def undo_started(earlier: Earlier) -> Undone:
    """The same benefit with another amount changes from its first month; any other was never to be paid."""
    one = _locked(earlier.made["entitlement"])
    _refuse_changed_since(one, earlier)
    new, ground = earlier.instead, earlier.given.ground
    if new is not None and _only_the_amount_differs(earlier):
        grant.change_amount(
            one, new["monthly_amount"], from_month=one.start_month, reason=earlier.why[:300], ground=ground
        )
        before, after = money(one.monthly_amount), money(new["monthly_amount"])
        vi = f"Hồ sơ hưởng {one.number}: mức {before} đổi thành {after} từ tháng {one.start_month:%m/%Y}"
        en = f"Benefit {one.number}: {before} becomes {after} from {one.start_month:%m/%Y}"
        return _with_claim(one, earlier, since=one.start_month, vi=vi, en=en, done=Done(dict(earlier.made)))
    if is_paid(one, on=one.start_month):
        grant.stop(one, from_month=one.start_month, reason=earlier.why[:300], ground=ground)
    vi = f"Hồ sơ hưởng {one.number} thôi trả từ tháng đầu {one.start_month:%m/%Y}"
    en = f"Benefit {one.number} is not paid from its first month {one.start_month:%m/%Y}"
    return _with_claim(one, earlier, since=one.start_month, vi=vi, en=en)


def undo_changes(earlier: Earlier) -> Undone:
    """A change, stop, resumption or move is answered by the one that restores what stood before."""
    numbers = earlier.made.get("changes") or [earlier.made["change"]]
    changes = list(EntitlementChange.objects.select_related("entitlement").filter(pk__in=numbers))
    if earlier.made.get("account_change"):
        raise by_hand(earlier, next_vi="Tài khoản nhận tiền đổi theo thủ tục riêng: xin mở trang Tài khoản nhận tiền.")
    vi: list[str] = []
    en: list[str] = []
    made: dict[str, Any] = {}
    for change in changes:
        one = _locked(change.entitlement.number)
        _refuse_changed_since(one, earlier)
        _restore(one, change, earlier)
        words = _with_claim(
            one, earlier, since=change.valid_from,
            vi=f"Hồ sơ hưởng {one.number} trở lại như trước tháng {change.valid_from:%m/%Y}",
            en=f"Benefit {one.number} stands as before {change.valid_from:%m/%Y}",
        )  # fmt: skip
        vi.append(words.says_vi)
        en.append(words.says_en)
        made |= words.made
    return Undone(" ".join(vi) or "Không có thay đổi nào để gỡ.", " ".join(en) or "Nothing to undo.", made)


def _restore(one: Entitlement, change: EntitlementChange, earlier: Earlier) -> None:
    before = standing_of(one, on=change.valid_from - timedelta(days=1))
    ground, since = earlier.given.ground, change.valid_from
    match change.kind:
        case Kind.AMOUNT:
            grant.change_amount(one, before.monthly_amount, from_month=since, reason=earlier.why[:300], ground=ground)
        case Kind.STOPPED:
            grant.resume(one, from_month=since, amount=None, ground=ground)
        case Kind.RESUMED:
            grant.stop(one, from_month=since, reason=earlier.why[:300], ground=ground)
        case Kind.PLACE:
            grant.move(one, office=before.paying_office, place=before.payment_place, from_month=since, ground=ground)
        case _:
            grant.change_form(
                one, method=before.payment_method, place=before.payment_place, from_month=since, ground=ground
            )


def _with_claim(
    one: Entitlement, earlier: Earlier, *, since: date, vi: str, en: str, done: Done | None = None
) -> Undone:
    """Ask back what lists paid above what is owed now; what is owed more the next list pays as arrears."""
    one = _locked(one.number)
    over = overpaid(one, since=since)
    made: dict[str, Any] = {"entitlement": one.number}
    if not over:
        more_vi, more_en = "các tháng còn thiếu trả cùng danh sách tới", "what is owed comes with the next list"
        return Undone(f"{vi}; {more_vi}.", f"{en}; {more_en}.", made, done)
    owner = Person.objects.filter(si_number=one.insured_id).first() if not one.beneficiary_name else None
    whose = Whose(
        owner.pk if owner else None, one.beneficiary_name or one.insured.full_name,
        earlier.given.dossier.office_code, earlier.given.dossier_id,
    )  # fmt: skip
    order = ask_back(over, whose=whose, earlier=earlier, insured=one.insured, benefit=one.number)
    made["order"] = order.code
    return Undone(
        f"{vi}; đã chi thừa {money(over)}, cần nộp lại theo lệnh {order.code}.",
        f"{en}; {money(over)} was paid too much and is asked back by order {order.code}.",
        made, done,
    )  # fmt: skip


def overpaid(one: Entitlement, *, since: date) -> int:
    """Đồng that monthly lists hold for the months from `since` on, above what these months are owed now."""
    lines = PayrollLine.objects.filter(
        insured_id=one.insured_id, living=True, month__gte=since, order__isnull=False
    ).exclude(order__state=OrderState.CANCELLED)
    last = lines.aggregate(last=Max("month"))["last"]
    if last is None:
        return 0
    parts = [part for parts in lines.values_list("parts", flat=True) for part in parts if part[0] == one.number]
    from_the_start = since == one.start_month
    listed = sum(int(part[1]) + (int(part[2]) if from_the_start else 0) for part in parts)
    return max(0, listed - sum(_owed(one, month) for month in _months(since, last)))


def _owed(one: Entitlement, month: date) -> int:
    return standing_of(one, on=month).monthly_amount if is_paid(one, on=month) else 0


def _months(first: date, last: date) -> list[date]:
    months, month = [], first.replace(day=1)
    while month <= last:
        months.append(month)
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return months


def _only_the_amount_differs(earlier: Earlier) -> bool:
    assert earlier.instead is not None
    new = kept_inputs(earlier.instead.does, earlier.instead.inputs)
    names = (set(new) | set(earlier.inputs)) - {"monthly_amount"}
    return all(new.get(name) == earlier.inputs.get(name) for name in names)


def _locked(number: str) -> Entitlement:
    return Entitlement.objects.select_for_update(of=("self",)).select_related("insured").get(number=number)


def _refuse_changed_since(one: Entitlement, earlier: Earlier) -> None:
    if one.changes.filter(made_at__gt=earlier.applied.at).exclude(dossier_id=earlier.given.dossier_id).exists():
        raise by_hand(earlier, next_vi=LATER)
