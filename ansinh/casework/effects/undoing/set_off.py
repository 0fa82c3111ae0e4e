"""Money that earlier rounds of a dossier left open is set off against what the new result moves for the same person.

A result that was refused after all leaves a demand for what it had paid. Granted once more, the money is with the
person already: the demand is cancelled, and only the difference is paid, or claimed. A demand that two officers
cancelled before counts in the same way, once; none of it is asked for again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from uuid import UUID

from django.db.models import Q

from ansinh.casework.effects.claims import drop_demand, forgiven_of
from ansinh.casework.effects.given import Done, Given
from ansinh.casework.effects.payments import collect, pay_out, whose_order
from ansinh.casework.effects.undoing.earlier import why_replaced
from ansinh.casework.effects.undoing.money import (
    AT_THE_BANK,
    NOT_YET_PAID,
    ask_back,
    asked_at_most,
    give_back,
    insured_of,
    on_its_way,
)
from ansinh.casework.models import AppliedEffect, EffectReversal
from ansinh.payments.models import Order
from ansinh.payments.moves import the_order
from ansinh.payments.orders import UNPAID_IN, Whose, stop_out


def pay_out_again(given: Given) -> Done:
    """Pay what the person does not have yet. Raises Conflict (`order-on-its-way`)."""
    return _moved(given, given["payee"], amount=given["amount"], do=pay_out)


def collect_again(given: Given) -> Done:
    """Collect what the person did not pay yet, or has not been given back yet. Raises Conflict (`order-on-its-way`)."""
    return _moved(given, given.dossier.applicant_name, amount=given["amount"], do=collect)


def _moved(given: Given, name: str, *, amount: int, do: Callable[[Given], Done]) -> Done:
    whose = whose_order(given, name)
    direction = "in" if do is pay_out else "out"
    left_open = _left_open(given, whose, direction=direction)
    if not left_open:
        return do(given)
    forgiven = [one for one in left_open if one.pk in forgiven_of(given.dossier)]
    behind = [the_order(pk) for pk in _orders_behind(given, left_open) if pk not in {one.pk for one in forgiven}]
    for one in left_open:
        if one not in forgiven:
            _cancel(one, given)
    missing = asked_at_most(amount - sum(one.amount for one in left_open), forgiven)
    made = _difference(missing, given, whose, do=do) if missing else None
    first = behind[0] if behind else left_open[0]
    orders = [*behind, *([made] if made else [])] or [first]
    return Done(
        {
            "order": (made or first).code,
            "order_id": str(orders[0].pk),
            "orders": [str(one.pk) for one in orders],
            "set_off": [one.code for one in left_open],
        }
    )


def _left_open(given: Given, whose: Whose, *, direction: str) -> list[Order]:
    """Demands of the person (or money to be given back) that undoing made in this dossier, that nobody paid yet, or
    that are not asked for any more, and that no effect counts as its own or counted once, locked.
    """
    made_by, any_effect = ("back" if direction == "in" else "more"), "[^:]+"
    if whose.owner_id is None:  # two of the same name may stand in one list: only what the same row left
        any_effect = given.effect.replace("[", "\\[").replace("]", "\\]")
    same = Q(owner_id=whose.owner_id) if whose.owner_id else Q(owner_id=None, name=whose.name[:100])
    states = UNPAID_IN if direction == "in" else (*NOT_YET_PAID, *AT_THE_BANK)
    open_ones = Q(state__in=states) | Q(pk__in=forgiven_of(given.dossier))
    rows = Order.objects.filter(
        same, open_ones, dossier_id=given.dossier_id, direction=direction,
        key__regex=f"^dossier:{given.dossier_id}:{made_by}:{any_effect}:[0-9]+$",
    )  # fmt: skip
    standing = AppliedEffect.objects.filter(dossier_id=given.dossier_id, reversal=None)
    counted = {pk for made in standing.values_list("made", flat=True) for pk in made.get("orders") or ()}
    every = AppliedEffect.objects.filter(dossier_id=given.dossier_id, made__has_key="set_off")
    set_off = {code for made in every.values_list("made", flat=True) for code in made["set_off"]}
    found = rows.order_by("created_at", "pk").values_list("pk", "code")
    return [the_order(pk) for pk, code in found if str(pk) not in counted and code not in set_off]


def _orders_behind(given: Given, left_open: Iterable[Order]) -> list[UUID]:
    """The orders by which the money moved that is set off now: whoever undoes the new effect counts them again."""
    undone = EffectReversal.objects.filter(
        dossier_id=given.dossier_id, made__order__in=[one.code for one in left_open]
    ).select_related("effect")
    found: dict[UUID, None] = {}
    for one in undone:
        made = one.effect.made
        found |= dict.fromkeys(UUID(pk) for pk in made.get("orders") or [made["order_id"]])
    return list(found)


def _cancel(order: Order, given: Given) -> None:
    if order.state in AT_THE_BANK:
        raise on_its_way(order)
    if order.direction == "in":
        drop_demand(order, why=why_replaced(given), given=given)
    else:
        stop_out(order, actor=given.actor, at=given.at, why=why_replaced(given))


def _difference(missing: int, given: Given, whose: Whose, *, do: Callable[[Given], Done]) -> Order:
    if missing > 0:
        purpose = f"{given['purpose']} (chênh lệch)"[:200]
        done = do(replace(given, inputs={**given.inputs, "amount": missing, "purpose": purpose}))
        return the_order(UUID(str(done.facts["order_id"])))
    start = f"dossier:{given.dossier_id}"
    if do is pay_out:
        owner = insured_of(whose.owner_id)
        return ask_back(-missing, f"{start}:back:{given.effect}", whose=whose, given=given, insured=owner)
    return give_back(-missing, f"{start}:more:{given.effect}", whose=whose, given=given)
