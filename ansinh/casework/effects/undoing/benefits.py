"""Monthly benefits of a replaced result: another amount from the first month, or undone; what lists paid is set off."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.db.models import Prefetch

from ansinh.casework.effects import benefits
from ansinh.casework.effects.given import Done, Function
from ansinh.casework.effects.kept import kept_inputs
from ansinh.casework.effects.undoing.earlier import Earlier, Undone, by_hand
from ansinh.casework.effects.undoing.overpaid import Claimed, claimed, settle
from ansinh.platform.vietnamese import money
from ansinh.registry.benefits import grant
from ansinh.registry.benefits.standing import Standing, is_paid, standing_of
from ansinh.registry.models import Entitlement, EntitlementChange

LATER = "Hồ sơ hưởng đã có thay đổi theo hồ sơ khác. Xin bộ phận chi trả lập văn bản điều chỉnh từng tháng."
AGAIN: Final[Mapping[str, Function]] = {
    "benefit_changed": benefits.change,
    "benefit_stopped": benefits.stop,
    "benefit_resumed": benefits.resume,
    "payment_place_moved": benefits.move,
    "payment_form_changed": benefits.change_form,
}
"""What the new result does in the place of a change: at once, because money is set off against what stands then."""
Kind = EntitlementChange.Kind


def undo_started(earlier: Earlier) -> Undone:
    """The same benefit with another amount changes from its first month; any other was never to be paid."""
    one = _locked(earlier.made["entitlement"])
    _refuse_changed_since(one, earlier)
    before = claimed(one, since=one.start_month, earlier=earlier)
    new, ground = earlier.instead, earlier.given.ground
    if new is not None and _only_the_amount_differs(earlier):
        had = standing_of(one, on=one.start_month).monthly_amount
        grant.change_amount(
            one, new["monthly_amount"], from_month=one.start_month, reason=earlier.why[:300], ground=ground
        )
        was, now = money(had), money(new["monthly_amount"])
        vi = f"Hồ sơ hưởng {one.number}: mức {was} đổi thành {now} từ tháng {one.start_month:%m/%Y}"
        en = f"Benefit {one.number}: {was} becomes {now} from {one.start_month:%m/%Y}"
        return _settled([(before, vi, en)], earlier, done=Done(dict(earlier.made)))
    if is_paid(one, on=one.start_month):
        grant.stop(one, from_month=one.start_month, reason=earlier.why[:300], ground=ground)
    vi = f"Hồ sơ hưởng {one.number} thôi trả từ tháng đầu {one.start_month:%m/%Y}"
    en = f"Benefit {one.number} is not paid from its first month {one.start_month:%m/%Y}"
    return _settled([(before, vi, en)], earlier)


def undo_changes(earlier: Earlier) -> Undone:
    """A change, stop, resumption or move is answered by what restores the standing before; the new one follows."""
    numbers = earlier.made.get("changes") or [one for one in [earlier.made.get("change")] if one]
    changes = list(EntitlementChange.objects.select_related("entitlement").filter(pk__in=numbers))
    if earlier.made.get("account_change"):
        raise by_hand(earlier, next_vi="Tài khoản nhận tiền đổi theo thủ tục riêng: xin mở trang Tài khoản nhận tiền.")
    undone: list[tuple[Claimed, str, str]] = []
    for change in changes:
        one = _locked(change.entitlement.number)
        _refuse_changed_since(one, earlier)
        before, month = claimed(one, since=change.valid_from, earlier=earlier), f"{change.valid_from:%m/%Y}"
        if _is_overwritten(change, earlier):
            vi = f"Hồ sơ hưởng {one.number} theo kết quả mới từ tháng {month}"
            en = f"Benefit {one.number} stands as the new result says from {month}"
        else:
            _restore(one, change, earlier)
            vi = f"Hồ sơ hưởng {one.number} trở lại như trước tháng {month}"
            en = f"Benefit {one.number} stands as before {month}"
        undone.append((before, vi, en))
    done = AGAIN[earlier.applied.does](earlier.instead) if earlier.instead is not None else None
    return _settled(undone, earlier, done=done)


def _is_overwritten(change: EntitlementChange, earlier: Earlier) -> bool:
    """Whether the new result says the same thing anew of the same benefit from the same month: its row is the later."""
    new = earlier.instead
    if new is None or change.kind in (Kind.STOPPED, Kind.RESUMED) or new["from"].replace(day=1) != change.valid_from:
        return False
    kept = kept_inputs(new.does, new.inputs)
    return all(kept.get(name) == earlier.inputs.get(name) for name in ("si_number", "entitlement"))


def _restore(one: Entitlement, change: EntitlementChange, earlier: Earlier) -> None:
    before = _without_the_dossier(one, change)
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


def _without_the_dossier(one: Entitlement, change: EntitlementChange) -> Standing:
    """As it stood in the month of the change before the dossier touched it: another may have changed it that month."""
    others = Prefetch("changes", EntitlementChange.objects.exclude(dossier_id=change.dossier_id))
    return standing_of(Entitlement.objects.prefetch_related(others).get(pk=one.pk), on=change.valid_from)


def _settled(undone: list[tuple[Claimed, str, str]], earlier: Earlier, *, done: Done | None = None) -> Undone:
    """Money that lists paid too much is asked back, once; what is owed more the next list pays as arrears."""
    vi: list[str] = []
    en: list[str] = []
    made: dict[str, Any] = {}
    for before, says_vi, says_en in undone:
        moved = settle(before, earlier=earlier)
        vi.append(f"{says_vi}; {moved.says_vi}.")
        en.append(f"{says_en}; {moved.says_en}.")
        made |= {"entitlement": before.number, **({"order": moved.order.code} if moved.order else {})}
    return Undone(" ".join(vi) or "Không có thay đổi nào để gỡ.", " ".join(en) or "Nothing to undo.", made, done)


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
