"""Changes of monthly benefits by a replaced result: answered by what restores the standing; what lists paid is set off.

A change done anew after it was undone in an earlier round is set off against what that round asked back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.db.models import Prefetch

from ansinh.casework.effects import benefits
from ansinh.casework.effects.given import Done, Function, Given
from ansinh.casework.effects.kept import kept_inputs
from ansinh.casework.effects.undoing.earlier import Earlier, Undone, by_hand
from ansinh.casework.effects.undoing.overpaid import Claimed, claimed, settle
from ansinh.registry.benefits import grant
from ansinh.registry.benefits.standing import Standing, standing_of
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


def undo_changes(earlier: Earlier) -> Undone:
    """A change, stop, resumption or move is answered by what restores the standing before; the new one follows."""
    numbers = earlier.made.get("changes") or [one for one in [earlier.made.get("change")] if one]
    changes = list(EntitlementChange.objects.select_related("entitlement").filter(pk__in=numbers))
    if earlier.made.get("account_change"):
        raise by_hand(earlier, next_vi="Tài khoản nhận tiền đổi theo thủ tục riêng: xin mở trang Tài khoản nhận tiền.")
    undone: list[tuple[Claimed, str, str]] = []
    for change in changes:
        one = locked(change.entitlement.number)
        refuse_changed_since(one, earlier)
        before, month = claimed(one, since=change.valid_from, given=earlier.given), f"{change.valid_from:%m/%Y}"
        if _is_overwritten(change, earlier):
            vi = f"Hồ sơ hưởng {one.number} theo kết quả mới từ tháng {month}"
            en = f"Benefit {one.number} stands as the new result says from {month}"
        else:
            _restore(one, change, earlier)
            vi = f"Hồ sơ hưởng {one.number} trở lại như trước tháng {month}"
            en = f"Benefit {one.number} stands as before {month}"
        undone.append((before, vi, en))
    done = AGAIN[earlier.applied.does](earlier.instead) if earlier.instead is not None else None
    return settled(undone, earlier, done=done)


def changed_again(given: Given) -> Done:
    """The change done by a new result, where none of the result that is replaced stands against it: what earlier rounds
    of the dossier asked back of the same benefits is asked once, and no more than is too much now.
    """
    stood = [claimed(locked(one.number), since=since, given=given) for one, since in _changed_before(given)]
    before = [one for one in stood if one.orders]
    done = AGAIN[given.does](given)
    moved = [settle(one, given=given) for one in before]
    orders = [one.order.code for one in moved if one.order]
    return Done({**done.facts, **({"settled_by": orders} if orders else {})})


def _changed_before(given: Given) -> list[tuple[Entitlement, date]]:
    """Benefits of the person that earlier rounds of the dossier changed, each with the first month they touched."""
    rows = EntitlementChange.objects.filter(dossier_id=given.dossier_id, entitlement__insured_id=given.insured().pk)
    first: dict[Entitlement, date] = {}
    for change in rows.select_related("entitlement").order_by("-valid_from"):
        first[change.entitlement] = change.valid_from
    return list(first.items())


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


def settled(undone: Sequence[tuple[Claimed, str, str]], earlier: Earlier, *, done: Done | None = None) -> Undone:
    """Money that lists paid too much is asked back, once; what is owed more the next list pays as arrears."""
    vi: list[str] = []
    en: list[str] = []
    made: dict[str, Any] = {}
    for before, says_vi, says_en in undone:
        moved = settle(before, given=earlier.given)
        vi.append(f"{says_vi}; {moved.says_vi}.")
        en.append(f"{says_en}; {moved.says_en}.")
        made |= {"entitlement": before.number, **({"order": moved.order.code} if moved.order else {})}
    return Undone(" ".join(vi) or "Không có thay đổi nào để gỡ.", " ".join(en) or "Nothing to undo.", made, done)


def locked(number: str) -> Entitlement:
    """The benefit of this number."""
    return Entitlement.objects.select_for_update(of=("self",)).select_related("insured").get(number=number)


def refuse_changed_since(one: Entitlement, earlier: Earlier) -> None:
    """Raise Conflict where another dossier changed it after the effect was done."""
    if one.changes.filter(made_at__gt=earlier.applied.at).exclude(dossier_id=earlier.given.dossier_id).exists():
        raise by_hand(earlier, next_vi=LATER)
