"""A monthly benefit that a replaced result started: with another amount or first month, never to be paid, granted anew.

It keeps its number, so that lists know which months they paid and only the difference is paid or asked back.

A first month before the one a benefit was granted with needs a benefit of its own for the months between, and another
account one for the months that were not paid into the account before: together they are the pieces of one benefit, each
paid within its own months.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ansinh.casework.effects import benefits
from ansinh.casework.effects.given import Done, Given
from ansinh.casework.effects.undoing.benefits import LATER, locked, refuse_changed_since, settled
from ansinh.casework.effects.undoing.earlier import Earlier, Undone, by_hand, why_replaced
from ansinh.casework.effects.undoing.overpaid import claimed, months_paid, settle
from ansinh.platform.vietnamese import money
from ansinh.registry.benefits import grant
from ansinh.registry.benefits.grant import NewBenefit
from ansinh.registry.benefits.standing import is_paid, standing_of
from ansinh.registry.models import Entitlement


def undo_started(earlier: Earlier) -> Undone:
    """The same benefit with another amount or first month is paid so; any other was never to be paid."""
    one, given = locked(earlier.made["entitlement"]), earlier.given
    pieces = _pieces_of(one)
    for piece in pieces:
        refuse_changed_since(piece, earlier)
    before = [claimed(piece, since=piece.start_month, given=given) for piece in pieces]
    new = benefits.new_benefit(earlier.instead) if earlier.instead is not None else None
    rest = [(more, f"Hồ sơ hưởng {more.number} theo đó", f"Benefit {more.number} follows") for more in before[1:]]
    if new is None or not _goes_on(pieces, new):
        _stand(pieces, None, given=given)
        vi = f"Hồ sơ hưởng {one.number} thôi trả từ tháng đầu {pieces[0].start_month:%m/%Y}"
        en = f"Benefit {one.number} is not paid from its first month {pieces[0].start_month:%m/%Y}"
        return settled([(before[0], vi, en), *rest], earlier)
    if any(_is_of_others(piece) for piece in pieces):
        raise by_hand(earlier, next_vi=LATER)
    had = _paid_first(pieces)
    pieces = _stand(pieces, new, given=given)
    vi, en = _words(one, had, new)
    if pieces[-1].number not in {each.number for each in before}:
        vi += f", từ tháng {pieces[-1].start_month:%m/%Y} vào tài khoản mới theo số {pieces[-1].number}"
        en += f", from {pieces[-1].start_month:%m/%Y} into the new account as {pieces[-1].number}"
    done = benefits.started(_piece_on(pieces, new.start_month), new.start_month, on=given.day)
    return settled([(before[0], vi, en), *rest], earlier, done=done)


def start_again(given: Given) -> Done:
    """Start the benefit; one that an earlier round of the dossier started and took back is paid again instead."""
    new, person = benefits.new_benefit(given), given.insured()
    rows = Entitlement.objects.filter(insured=person, dossier_id=given.dossier_id).order_by("start_month", "number")
    taken_back = [one for one in rows if _is_for_the_same(one, new)]
    is_taken_back = taken_back and not any(_is_of_others(one) or _is_paid_ever(one) for one in taken_back)
    if not is_taken_back or not _goes_on(taken_back, new):
        return benefits.start(given)
    pieces = [locked(one.number) for one in taken_back]
    before = [claimed(piece, since=piece.start_month, given=given) for piece in pieces]
    pieces = _stand(pieces, new, given=given)
    for one in before:
        settle(one, given=given)
    return benefits.started(_piece_on(pieces, new.start_month), new.start_month, on=given.day)


def _stand(pieces: Sequence[Entitlement], new: NewBenefit | None, *, given: Given) -> list[Entitlement]:
    """Let the pieces be paid as the new benefit says, each within its own months; None: not at all."""
    found = list(pieces)
    if new is not None and new.start_month < found[0].start_month:
        found.insert(0, grant.start(found[0].insured, new, ground=given.ground))
    later = None
    if new is not None and not _has_the_account(found[-1], new):
        later = replace(new, start_month=max(_next_unpaid(pieces), new.start_month))
    ends = [*(piece.start_month for piece in found[1:]), later.start_month if later is not None else None]
    for one, until in zip(found, ends, strict=True):
        _pay(one, new, until=until, given=given)
    if later is not None:  # the others are not paid any more from its first month on
        found.append(grant.start(found[0].insured, later, ground=given.ground))
    return found


def _pay(one: Entitlement, new: NewBenefit | None, *, until: date | None, given: Given) -> None:
    """Write what is missing month by month where something begins: paid from the first month of the new benefit until
    the next piece, with its amount and form, and in no other month.
    """
    ground, why = given.ground, why_replaced(given)[:300]
    marks = {one.start_month, *one.changes.values_list("valid_from", flat=True), *([until] if until else [])}
    if new is not None:
        marks.add(max(one.start_month, new.start_month))
    for month in sorted(marks):
        wanted = new if new is not None and new.start_month <= month and (until is None or month < until) else None
        if wanted is None:
            if is_paid(one, on=month):
                grant.stop(one, from_month=month, reason=why, ground=ground)
            continue
        if not is_paid(one, on=month):
            grant.resume(one, from_month=month, amount=wanted.monthly_amount, ground=ground)
        elif standing_of(one, on=month).monthly_amount != wanted.monthly_amount:
            grant.change_amount(one, wanted.monthly_amount, from_month=month, reason=why, ground=ground)
        if standing_of(one, on=month).payment_method != wanted.payment_method:
            grant.change_form(one, method=wanted.payment_method, place={}, from_month=month, ground=ground)


def _pieces_of(one: Entitlement) -> list[Entitlement]:
    """The benefit with those of the same dossier for other months of it, by first month, locked."""
    rows = Entitlement.objects.filter(insured=one.insured, dossier_id=one.dossier_id, benefit_type=one.benefit_type)
    same = [
        piece.number
        for piece in rows.order_by("start_month", "number")
        if piece.pk == one.pk or (_to_whom(piece) == _to_whom(one) and not _is_of_others(piece))
    ]
    return [locked(number) for number in same]


def _is_for_the_same(one: Entitlement, new: NewBenefit) -> bool:
    """Whether only amount, first month, form and account may differ."""
    whom = (new.beneficiary.name, new.beneficiary.born, new.beneficiary.personal_id_number)
    return (one.benefit_type, _to_whom(one)) == (new.benefit_type, whom)


def _goes_on(pieces: Sequence[Entitlement], new: NewBenefit) -> bool:
    """Whether the new result pays these pieces on. With another account only what money went for already stays: where
    none did, or another dossier changed them, the benefit begins anew.
    """
    if not _is_for_the_same(pieces[-1], new):
        return False
    if _has_the_account(pieces[-1], new):
        return True
    return _next_unpaid(pieces) > new.start_month and not any(_is_of_others(one) for one in pieces)


def _has_the_account(one: Entitlement, new: NewBenefit) -> bool:
    return dict(one.bank_account or {}) == dict(new.bank_account)


def _next_unpaid(pieces: Sequence[Entitlement]) -> date:
    """The month after the last for which money of a list went out; the first month where none did."""
    months = [month for one in pieces for month in months_paid(one)]
    if not months:
        return pieces[0].start_month
    last = max(months)
    return date(last.year + last.month // 12, last.month % 12 + 1, 1)


def _to_whom(one: Entitlement) -> tuple[str, str, str]:
    return one.beneficiary_name, one.beneficiary_birth, one.beneficiary_id_number or ""


def _is_of_others(one: Entitlement) -> bool:
    return any(change.dossier_id != one.dossier_id for change in one.changes.all())


def _is_paid_ever(one: Entitlement) -> bool:
    months = [one.start_month, *one.changes.values_list("valid_from", flat=True)]
    return any(is_paid(one, on=month) for month in months)


def _paid_first(pieces: Sequence[Entitlement]) -> tuple[int, date]:
    """Amount and first month until now."""
    for one in pieces:
        for month in sorted({one.start_month, *one.changes.values_list("valid_from", flat=True)}):
            if is_paid(one, on=month):
                return standing_of(one, on=month).monthly_amount, month
    return pieces[-1].monthly_amount, pieces[-1].start_month


def _piece_on(pieces: Sequence[Entitlement], month: date) -> Entitlement:
    return [one for one in pieces if one.start_month <= month][-1]


def _words(one: Entitlement, had: tuple[int, date], new: NewBenefit) -> tuple[str, str]:
    (amount, first), wanted = had, new.start_month
    was, now = money(amount), money(new.monthly_amount)
    if first == wanted:
        return (
            f"Hồ sơ hưởng {one.number}: mức {was} đổi thành {now} từ tháng {wanted:%m/%Y}",
            f"Benefit {one.number}: {was} becomes {now} from {wanted:%m/%Y}",
        )
    return (
        f"Hồ sơ hưởng {one.number}: tháng đầu {first:%m/%Y} mức {was} đổi thành tháng đầu {wanted:%m/%Y} mức {now}",
        f"Benefit {one.number}: {was} from {first:%m/%Y} becomes {now} from {wanted:%m/%Y}",
    )
