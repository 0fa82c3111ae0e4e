"""A dossier that waits for the applicant's money: the order of what the law computes, and what follows once it is paid.

The office's clock does not run meanwhile. Paid, the dossier goes to the office, or is finished by the machine where
the procedure says so (finish.py).
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from ansinh.casework.compute import Computed, compute
from ansinh.casework.effects.take_effect import refuse_impossible
from ansinh.casework.happened import DossierMoved
from ansinh.casework.models import Decision
from ansinh.catalogue.folder import Payment
from ansinh.catalogue.queries import frozen
from ansinh.dossiers.access import refuse_without, the_dossier
from ansinh.dossiers.history import record
from ansinh.dossiers.models import CLOSED_STATES, Dossier, State
from ansinh.eforms.conditions import evaluate
from ansinh.eforms.visibility import asked_answers
from ansinh.law.outcome import plain
from ansinh.payments.models import Order, OrderState
from ansinh.payments.moves import moved, the_order
from ansinh.payments.orders import Purpose, Whose, cancel_in, living, order_in, order_out
from ansinh.people.actors import Citizen, Right, System
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, DomainError
from ansinh.platform.events import publish
from ansinh.platform.queue import defer
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.platform.zone import local_day
from ansinh.registry.bank_accounts.account import BankAccount

FINISH_PAID = "casework.finish_paid"
"""Name of the job that finishes a paid dossier by the rule of its procedure."""
PAYMENT_RECEIPT = "casework.payment_receipt"
"""Name of the job that makes the receipt of a payment."""


def key_of(dossier_id: UUID) -> str:
    """What the order of a dossier is for."""
    return f"dossier:{dossier_id}:payment"


@as_the_house()  # the order follows from the filing, whoever files
def ask_for_payment(dossier_id: UUID, *, version_id: UUID, at: datetime) -> Order | None:
    """Make the order of a dossier just filed and let the dossier wait for it, in the transaction of the filing.

    None where nothing is to be paid, where the law cannot say how much, and where the machine could not do what the
    money is for (no card to extend): then an officer looks first, and nobody has paid in vain. Where the frozen version
    knows no payment, not even the dossier is looked at.
    """
    if frozen(version_id).procedure.payment is None:
        return None
    dossier = Dossier.objects.select_for_update().get(pk=dossier_id)
    if dossier.state != State.SUBMITTED:
        return None
    order = _order(dossier, at=at)
    if order is not None:
        dossier.state = State.WAITING_FOR_PAYMENT
        dossier.save(update_fields=["state"])
        _record_asked(dossier, order, at=at)
    return order


def ask_again(dossier_id: UUID, *, actor: Citizen, at: datetime) -> Order:
    """A new order in the place of one that is past its day, with the figures of today. Raises NotFound, Conflict."""
    refuse_without(Right.PAY, actor=actor)
    with transaction.atomic(), acting_as(actor.label):
        dossier = the_dossier(dossier_id, actor=actor, lock=True)
        with as_the_house():
            present = living(key_of(dossier.pk))
            if present is not None and not is_late(present, at=at):
                return present
            if present is not None:
                moved(the_order(present.pk), "expired", actor=System(), at=at)
            order = _order(dossier, at=at) if dossier.state == State.WAITING_FOR_PAYMENT else None
        if order is None:
            raise Conflict("payment-not-asked", "Hồ sơ này không chờ nộp tiền. Xin tải lại trang.")
        _record_asked(dossier, order, at=at)
    return order


def is_late(order: Order, *, at: datetime) -> bool:
    """Whether the last day of an order in has passed."""
    return order.state == OrderState.EXPIRED or (order.due_on is not None and order.due_on < local_day(at))


def leave_to_office(dossier: Dossier, problem: DomainError, *, at: datetime) -> None:
    """Write down for the officers why the machine does not finish the dossier."""
    record(dossier, "left_to_office", actor=System(), at=at, public=False, code=problem.code, why=str(problem))


def open_order(dossier: Dossier) -> Order | None:
    """The newest order the applicant pays for this dossier, open, past its day or paid; None: there is none."""
    return dossier.orders.filter(key=key_of(dossier.pk)).order_by("-created_at").first()


def go_on(order_id: UUID, *, at: datetime) -> None:
    """The money of an order in is here: its dossier goes on, or the money back when nobody waits for it any more."""
    order = Order.objects.get(pk=order_id)
    if order.dossier_id is None or order.key != key_of(order.dossier_id):
        return
    dossier = Dossier.objects.select_for_update().get(pk=order.dossier_id)
    record(dossier, "payment_received", actor=System(), at=at, amount=order.amount, code=order.code)
    defer(PAYMENT_RECEIPT, order_id=str(order.pk))
    if dossier.state in CLOSED_STATES:
        give_back(dossier.pk, at=at)
        return
    if dossier.state != State.WAITING_FOR_PAYMENT:
        return
    dossier.state, dossier.last_event_at = State.SUBMITTED, at
    dossier.save(update_fields=["state", "last_event_at"])
    publish(DossierMoved(dossier.pk, "payment_received", at, {"amount": order.amount}))
    payment = frozen(dossier.version_id).procedure.payment
    if payment is not None and payment.then == "done":
        defer(FINISH_PAID, dossier_id=str(dossier.pk))


@as_the_house()
def was_paid_for(dossier: Dossier) -> bool:
    """Whether money came in for it before it was decided: it is spent by the grant, or went back with the refusal."""
    return Order.objects.filter(key=key_of(dossier.pk), state=OrderState.PAID).exists()


@as_the_house()
def give_back(dossier_id: UUID, *, at: datetime) -> None:
    """A dossier ended without what was paid for: its order is cancelled, or the money goes back where it came from."""
    for order_id in Order.objects.filter(dossier_id=dossier_id, direction="in").values_list("pk", flat=True):
        order = the_order(order_id)
        cancel_in(order, actor=System(), at=at, why="dossier ended")
        if order.state == OrderState.PAID:
            order_out(
                f"refund:{order.pk}",
                order.amount,
                purpose=Purpose(
                    "refund",
                    f"Hoàn trả tiền đã nộp cho hồ sơ {order.dossier.number if order.dossier else ''}",
                    f"Returned: {order.purpose_en}",
                ),
                whose=Whose(order.owner_id, order.name, order.office_code, order.dossier_id),
                to=_payer(order),
                from_account=order.account,
                actor=System(),
                at=at,
            )


def _order(dossier: Dossier, *, at: datetime) -> Order | None:
    payment = frozen(dossier.version_id).procedure.payment
    if payment is None or not _is_due(payment, dossier):
        return None
    lines = compute(dossier, on=local_day(at))
    amount = _amount(payment, lines)
    if not amount:
        return None
    if payment.then == "done" and (problem := _what_stops(dossier, lines, amount, at=at)) is not None:
        leave_to_office(dossier, problem, at=at)
        return None
    return order_in(
        key_of(dossier.pk),
        amount,
        purpose=Purpose(
            payment.fund,
            payment.purpose_vi,
            payment.purpose_en,
            _day(payment.from_day, lines),
            _day(payment.to_day, lines),
        ),
        whose=Whose(dossier.owner_id, dossier.applicant_name, dossier.office_code, dossier.pk),
        actor=System(),
        at=at,
    )


def _what_stops(dossier: Dossier, lines: list[Computed], amount: int, *, at: datetime) -> DomainError | None:
    """Why the effects of the paid dossier could not be done today; None: they can."""
    decision = Decision(
        dossier=dossier, kind="grant", by_rule=True, amount=amount, computed_amount=amount,
        outcomes=[one.to_json() for one in lines], proposed_at=at, signed_at=at,
    )  # fmt: skip
    try:
        refuse_impossible(dossier, decision, actor=System(), at=at)
    except DomainError as problem:
        return problem
    return None


def _is_due(payment: Payment, dossier: Dossier) -> bool:
    form = frozen(dossier.version_id).form
    assert form is not None
    return payment.when is None or evaluate(payment.when, asked_answers(form, dossier.answers))


def _amount(payment: Payment, lines: list[Computed]) -> int | None:
    """The sum in đồng; None when a line of it could not be computed."""
    found = [one for one in lines if one.key.split("[")[0] in payment.amount_of]
    if any(one.amount is None for one in found):
        return None
    return sum(one.amount or 0 for one in found)


def _day(named: tuple[str, str] | None, lines: list[Computed]) -> date | None:
    if named is None:
        return None
    key, name = named
    values = (one.outcome.values.get(name) for one in lines if one.key == key and one.outcome is not None)
    text = next((str(plain(value)) for value in values if value is not None), "")
    return date.fromisoformat(text if len(text) == 10 else f"{text}-01") if text else None


def _record_asked(dossier: Dossier, order: Order, *, at: datetime) -> None:
    assert order.due_on is not None
    record(
        dossier, "payment_asked", actor=System(), at=at, amount=order.amount, code=order.code,
        pay_by=order.due_on.isoformat(),
    )  # fmt: skip


def _payer(order: Order) -> BankAccount | None:
    """Where the money of an order came from, as the bank reported it; None: the payable account of the person."""
    notice = order.notices.exclude(payer_account="").order_by("received_at").first()
    return BankAccount(notice.payer_bank, notice.payer_account, notice.payer_name) if notice else None
