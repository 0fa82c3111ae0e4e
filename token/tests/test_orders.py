"""A request waits for its time and no longer, and is signed by one press alone."""

import threading

import pytest

from ansinh_token.certificates import Found
from ansinh_token.orders import KEPT_SECONDS, WAITS_SECONDS, Order, Orders
from ansinh_token.papers import Paper
from ansinh_token.refusals import Refused


class Clock:
    """Seconds the test moves."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    """The clock of the test."""
    return Clock()


@pytest.fixture
def orders(clock: Clock) -> Orders:
    """No request yet."""
    return Orders(now=clock)


def asked(orders: Orders, origin: str = "https://cong.example.vn") -> Order:
    certificate = Found(b"", "module.so", 0, b"1", "Token", b"\x01")
    return orders.ask(
        paper=Paper(kind="pdf", shown=b"%PDF-", digest=b"\x01" * 32),
        certificate=certificate,
        pairing_id="pairing",
        origin=origin,
        title="Tờ khai",
        dossier_number="03706/2026/07906",
    )


def code_of_signing(orders: Orders, order: Order) -> str:
    with pytest.raises(Refused) as refused:
        orders.sign(order, by=lambda one: {"cms": "x"})
    return refused.value.code


def test_a_request_runs_out(orders: Orders, clock: Clock) -> None:
    order = asked(orders)
    clock.seconds += WAITS_SECONDS
    assert code_of_signing(orders, order) == "timed-out"
    assert orders.find(order.id).refusal is not None
    assert orders.waiting() == []
    clock.seconds += KEPT_SECONDS
    with pytest.raises(Refused, match="request-unknown"):
        orders.find(order.id)


def test_a_result_can_be_collected_for_a_while(orders: Orders, clock: Clock) -> None:
    order = asked(orders)
    orders.sign(order, by=lambda one: {"cms": "x"})
    assert code_of_signing(orders, order) == "already-done"
    clock.seconds += KEPT_SECONDS - 1
    assert orders.find(order.id, pairing_id="pairing").result == {"cms": "x"}
    clock.seconds += 1
    with pytest.raises(Refused, match="request-unknown"):
        orders.find(order.id)


def test_two_presses_at_once_sign_once(orders: Orders) -> None:
    order, begun, go, made = asked(orders), threading.Event(), threading.Event(), []

    def slowly(one: Order) -> dict[str, str]:
        begun.set()
        go.wait(10)
        made.append(one.id)
        return {"cms": "x"}

    first = threading.Thread(target=lambda: orders.sign(order, by=slowly))
    first.start()
    assert begun.wait(10)
    assert code_of_signing(orders, order) == "already-done"
    go.set()
    first.join()
    assert made == [order.id]


def test_whoever_waits_is_told_at_once(orders: Orders) -> None:
    order = asked(orders)
    threading.Timer(0.05, lambda: orders.sign(order, by=lambda one: {"cms": "x"})).start()
    orders.await_end(order, seconds=10)
    assert order.state == "signed"


def test_a_locked_pin_ends_the_request(orders: Orders) -> None:
    def locked(one: Order) -> dict[str, str]:
        raise Refused("pin-locked")

    order = asked(orders)
    with pytest.raises(Refused, match="pin-locked"):
        orders.sign(order, by=locked)
    assert order.state == "refused"
    assert code_of_signing(orders, order) == "pin-locked"


def test_a_failure_nobody_foresaw_ends_the_request(orders: Orders) -> None:
    def broken(one: Order) -> dict[str, str]:
        raise KeyError("unforeseen")

    order = asked(orders)
    with pytest.raises(KeyError):
        orders.sign(order, by=broken)
    assert order.refusal is not None
    assert order.refusal.code == "token-failed"


def test_two_portals_do_not_stand_in_each_others_way(orders: Orders) -> None:
    asked(orders)
    assert asked(orders, origin="https://khac.example.vn").state == "waiting"
