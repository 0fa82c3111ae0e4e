"""Orders of a replaced result: stopped while unpaid; of what is paid only the difference moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from ansinh.casework.effects.claims import claim_by_order, drop_demand, forgiven_of
from ansinh.casework.effects.given import Done, Given
from ansinh.casework.effects.payments import collect, pay_out
from ansinh.casework.effects.undoing.earlier import Earlier, Undone, why_replaced
from ansinh.casework.models import AppliedEffect
from ansinh.payments.models import Order, OrderState
from ansinh.payments.moves import the_order
from ansinh.payments.orders import UNPAID_IN, Purpose, Whose, order_in, order_out, stop_out
from ansinh.people.models import Person
from ansinh.platform.errors import Conflict
from ansinh.platform.vietnamese import money
from ansinh.registry.models import InsuredPerson

ENDED = (OrderState.CANCELLED, OrderState.EXPIRED)
NOT_YET_PAID = (OrderState.READY, OrderState.RETURNED)
AT_THE_BANK = (OrderState.BATCHED, OrderState.SENT)


@dataclass(frozen=True)
class _Moved:
    """Money that went to the person (below 0: came from), in đồng, and the codes of orders that were stopped.

    `forgiven`: what of it nobody asks back once more, since two officers cancelled these demands.
    """

    paid: int
    stopped: tuple[str, ...]
    forgiven: tuple[Order, ...] = ()

    def difference(self, wanted: int) -> int:
        """What is still to be paid for the person to have `wanted`; below 0: to be asked back."""
        return asked_at_most(wanted - self.paid, self.forgiven)


def undo_payment(earlier: Earlier) -> Undone:
    """Unpaid orders are stopped; what was paid is set off against what the new result pays the same person.

    Raises Conflict (`order-on-its-way`) while the bank has one of them.
    """
    orders = [the_order(UUID(one)) for one in earlier.made.get("orders") or [earlier.made["order_id"]]]
    moved = _settled(orders, earlier)
    first = orders[0]
    new = earlier.instead if earlier.instead and _same_payee(earlier) else None
    if not moved.paid:
        vi, en = _stopped_words(moved.stopped)
        return Undone(vi, en, {"stopped": list(moved.stopped)})
    wanted = _signed_amount(new) if new else 0
    difference = moved.difference(wanted)
    order = _difference(difference, first, new, earlier) if difference else None
    made = {"stopped": list(moved.stopped), "paid": moved.paid, **({"order": order.code} if order else {})}
    vi, en = _difference_words(moved.paid, difference, order)
    done = None
    if new is not None:
        kept = [one for one in orders if one not in moved.forgiven] + ([order] if order else [])
        done = Done(
            {
                "order": (order or first).code,
                "order_id": str(first.pk),
                "orders": [str(one.pk) for one in kept],
                **({"set_off": [one.code for one in moved.forgiven]} if moved.forgiven else {}),
            }
        )
    return Undone(vi, en, made, done)


def asked_at_most(difference: int, forgiven: Sequence[Order]) -> int:
    """A difference less what is not asked back once more; what is to be paid stays as it is."""
    return difference if difference > 0 else min(0, difference + sum(one.amount for one in forgiven))


def orders_stand(applied: AppliedEffect) -> bool:
    """Whether each order of an effect is paid or still will be; one that was stopped or ran out is neither."""
    made: Mapping[str, Any] = applied.made
    orders = made.get("orders") or [made["order_id"]]
    return not Order.objects.filter(pk__in=orders, state__in=ENDED).exists()


def ask_back(
    amount: int, name: str, *, whose: Whose, given: Given, insured: InsuredPerson | None, benefit: str = ""
) -> Order:
    """What was paid too much: an order the person pays by, and the claim in the record where there is one."""
    purpose = Purpose("recovery", "Thu hồi khoản đã chi thừa theo kết quả cũ", "Paid too much under the earlier result")
    key = f"{name}:{given.round}"
    order = order_in(key, amount, purpose=purpose, whose=whose, actor=given.actor, at=given.at)
    if insured is not None:
        claim_by_order(order, insured, why=why_replaced(given), benefit=benefit, given=given)
    return order


def give_back(amount: int, name: str, *, whose: Whose, given: Given) -> Order:
    """What was collected too much: an order to the person, in cash where nobody knows an account."""
    purpose = Purpose("refund", "Trả lại khoản đã thu thừa theo kết quả cũ", "Collected too much before")
    return order_out(
        f"{name}:{given.round}", amount, purpose=purpose, whose=whose, in_cash=whose.owner_id is None,
        actor=given.actor, at=given.at,
    )  # fmt: skip


def on_its_way(order: Order) -> Conflict:
    """The refusal while the bank may still pay an order: nobody knows yet what is left to settle."""
    return Conflict(
        "order-on-its-way",
        "Lệnh chi {order} của kết quả cũ đang trong tệp gửi ngân hàng. Xin gỡ khỏi danh sách ở trang Chi trả, "
        "hoặc đợi ngân hàng báo, rồi ký lại.",
        order=order.code,
    )


def insured_of(owner_id: UUID | None) -> InsuredPerson | None:
    """The record of whoever is paid, locked; None where there is none."""
    if owner_id is None:
        return None
    number = Person.objects.filter(pk=owner_id).values_list("si_number", flat=True).first()
    return InsuredPerson.objects.select_for_update().filter(pk=number).first() if number else None


def _settled(orders: Sequence[Order], earlier: Earlier) -> _Moved:
    paid, stopped, forgiven = 0, [], forgiven_of(earlier.given.dossier)
    for order in orders:
        if order.pk in forgiven:  # what came for it went back
            continue
        sign = 1 if order.direction == "out" else -1
        if order.state == OrderState.PAID:
            paid += sign * order.amount
        elif order.state in NOT_YET_PAID:
            stop_out(order, actor=earlier.given.actor, at=earlier.given.at, why=earlier.why)
            stopped.append(order.code)
        elif order.state in UNPAID_IN:
            drop_demand(order, why=earlier.why, given=earlier.given)
            stopped.append(order.code)
        elif order.state in AT_THE_BANK:
            raise on_its_way(order)
    return _Moved(paid, tuple(stopped), tuple(one for one in orders if one.pk in forgiven))


def _same_payee(earlier: Earlier) -> bool:
    assert earlier.instead is not None
    return bool(earlier.instead.get("payee") == earlier.inputs.get("payee"))


def _signed_amount(new: Given) -> int:
    amount = int(new["amount"])
    return amount if new.does == "payment_order_out" else -amount


def _difference(amount: int, first: Order, new: Given | None, earlier: Earlier) -> Order:
    """An order for what is still to be paid, or to be paid back."""
    whose = Whose(first.owner_id, first.name, earlier.given.dossier.office_code, earlier.given.dossier_id)
    start = f"dossier:{earlier.given.dossier_id}"
    if amount > 0 and new is not None and new.does == "payment_order_out":
        more = replace(new, inputs={**new.inputs, "amount": amount, "purpose": f"{new['purpose']} (chênh lệch)"[:200]})
        return _order_of(pay_out(more))
    if amount > 0:
        return give_back(amount, f"{start}:more:{earlier.applied.name}", whose=whose, given=earlier.given)
    if new is not None and new.does == "payment_order_in":
        return _order_of(collect(replace(new, inputs={**new.inputs, "amount": -amount})))
    name = f"{start}:back:{earlier.applied.name}"
    return ask_back(-amount, name, whose=whose, given=earlier.given, insured=insured_of(first.owner_id))


def _order_of(done: Done) -> Order:
    return the_order(UUID(str(done.facts["order_id"])))


def _stopped_words(stopped: Sequence[str]) -> tuple[str, str]:
    if not stopped:
        return (
            "Lệnh cũ không còn hiệu lực, chưa có tiền nào chuyển.",
            "The earlier order had ended, no money had moved.",
        )
    codes = ", ".join(stopped)
    return f"Hủy lệnh {codes}, chưa có tiền nào chuyển.", f"Order {codes} is cancelled, no money had moved."


def _difference_words(paid: int, difference: int, order: Order | None) -> tuple[str, str]:
    had: dict[str, Any] = {"vi": f"đã chi {money(paid)}", "en": f"{money(paid)} had been paid"}
    if paid < 0:
        had = {"vi": f"đã thu {money(-paid)}", "en": f"{money(-paid)} had been collected"}
    if order is None:
        return f"Kết quả cũ {had['vi']}; không còn chênh lệch.", f"{had['en']}; there is no difference."
    if difference > 0:
        return (
            f"Kết quả cũ {had['vi']}; chi thêm {money(difference)} theo lệnh {order.code}.",
            f"{had['en']}; {money(difference)} more is paid by order {order.code}.",
        )
    return (
        f"Kết quả cũ {had['vi']}; cần nộp lại {money(-difference)} theo lệnh {order.code}.",
        f"{had['en']}; {money(-difference)} is to be paid back by order {order.code}.",
    )
