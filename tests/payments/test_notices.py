"""What banks report: signed, kept once, matched by code and amount; whatever does not fit waits for an officer."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ansinh.payments.codes import SIGNS, codes_in, grouped, new_code
from ansinh.payments.ledger import balance
from ansinh.payments.models import BankNotice, NoticeState, OrderState
from ansinh.payments.notices import record_notice
from ansinh.payments.orders import expire
from ansinh.payments.resolve import apply, give_back, noted, notices_to_resolve
from ansinh.people.actors import OfficerActor
from ansinh.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from tests.payments.money import NOW, again, body_of, reported, signed, to_collect
from tests.world import World

pytestmark = pytest.mark.django_db
NOTE = "Đã đối chiếu với sao kê ngân hàng."


def test_the_right_sum_with_the_code_pays_the_order(world: World) -> None:
    order = to_collect(world)
    notice = reported(body_of(order))
    assert (notice.state, notice.order) == (NoticeState.MATCHED, order)
    assert (again(order).state, again(order).bank_reference) == (OrderState.PAID, notice.reference)
    assert balance("health_contributions") == -631_800
    assert balance("unmatched") == 0


def test_the_same_notice_fifty_times_is_one_payment(world: World) -> None:
    body = body_of(to_collect(world))
    assert {reported(body).pk for _ in range(50)} == {BankNotice.objects.get().pk}
    assert balance("collection_bank") == 631_800


def test_fifty_mutants_of_a_notice_change_nothing(world: World) -> None:
    order = to_collect(world)
    body, chance = bytearray(body_of(order)), random.Random(7)
    signature = signed(bytes(body))
    for _ in range(50):
        mutant = bytearray(body)
        mutant[chance.randrange(len(mutant))] ^= 1 << chance.randrange(7)
        with pytest.raises(NotAllowed):
            record_notice(body=bytes(mutant), signed=signature, at=NOW)
    assert again(order).state == OrderState.AWAITING
    assert not BankNotice.objects.exists()


def test_the_same_reference_with_another_sum_is_put_before_an_officer(world: World, cashier: OfficerActor) -> None:
    order = to_collect(world)
    reported(body_of(order, reference="FT1"))
    other = reported(body_of(order, reference="FT1", amount=99))
    assert (other.state, other.problem) == (NoticeState.TO_RESOLVE, "contradicts")
    assert balance("collection_bank") == 631_800
    with pytest.raises(Conflict):
        give_back(other.pk, actor=cashier, note=NOTE, at=NOW)
    noted(other.pk, actor=cashier, note="Ngân hàng xác nhận gửi nhầm.", at=NOW)
    assert not notices_to_resolve(viewer=cashier)


@pytest.mark.parametrize(
    ("problem", "facts"),
    [
        ("wrong-amount", {"amount": 631_799}),
        ("wrong-amount", {"amount": 631_801}),
        ("unknown-code", {"content": "dong bao hiem cho me"}),
        ("late", {"at": (NOW + timedelta(days=8)).isoformat()}),
        ("wrong-account", {"account": "1234567890"}),
    ],
)
def test_money_that_does_not_fit_waits_and_is_not_lost(
    world: World, cashier: OfficerActor, problem: str, facts: dict[str, Any]
) -> None:
    order = to_collect(world)
    notice = reported(body_of(order, **facts))
    assert (notice.state, notice.problem) == (NoticeState.TO_RESOLVE, problem)
    assert again(order).state == OrderState.AWAITING
    assert list(notices_to_resolve(viewer=cashier)) == [notice]
    assert balance("unmatched") == (0 if problem == "wrong-account" else -notice.amount)


def test_paid_twice_goes_back_to_the_account_it_came_from(world: World, cashier: OfficerActor) -> None:
    order = to_collect(world)
    reported(body_of(order))
    second = reported(body_of(order))
    assert second.problem == "double"
    back = give_back(second.pk, actor=cashier, note=NOTE, at=NOW)
    assert (back.direction, back.amount, back.number) == ("out", 631_800, "3900205123456")
    assert (balance("unmatched"), balance("owed_to_people")) == (0, -631_800)


def test_two_parts_pay_one_order(world: World, cashier: OfficerActor) -> None:
    order = to_collect(world)
    first = reported(body_of(order, amount=600_000))
    with pytest.raises(Conflict) as short:
        apply(first.pk, code=order.code, actor=cashier, note=NOTE, at=NOW)
    assert short.value.code == "still-short"
    second = reported(body_of(order, amount=31_800))
    apply(second.pk, code=order.code, actor=cashier, note=NOTE, at=NOW)
    assert again(order).state == OrderState.PAID
    assert not notices_to_resolve(viewer=cashier)


def test_what_is_too_much_goes_back(world: World, cashier: OfficerActor) -> None:
    order = to_collect(world)
    apply(reported(body_of(order, amount=700_000)).pk, code=order.code, actor=cashier, note=NOTE, at=NOW)
    assert again(order).state == OrderState.PAID
    assert (balance("unmatched"), balance("owed_to_people")) == (0, -68_200)


def test_a_late_payment_is_taken_by_an_officer(world: World, cashier: OfficerActor) -> None:
    order = to_collect(world)
    later = NOW + timedelta(days=9)
    assert expire(at=later) == 1
    notice = reported(body_of(order, moved=later), at=later)
    assert notice.problem == "late"
    apply(notice.pk, code=grouped(order.code).lower(), actor=cashier, note=NOTE, at=later)
    assert again(order).state == OrderState.PAID


def test_on_its_last_day_an_order_still_stands(world: World) -> None:
    order = to_collect(world)
    assert expire(at=NOW + timedelta(days=7)) == 0
    assert reported(body_of(order, moved=NOW + timedelta(days=7, hours=14))).state == NoticeState.MATCHED


def test_who_is_no_cashier_sees_no_money(world: World) -> None:
    notice = reported(body_of(to_collect(world), amount=1))
    with pytest.raises(NotAllowed):
        notices_to_resolve(viewer=world["specialist"])
    with pytest.raises(NotAllowed):
        apply(notice.pk, code="x", actor=world["specialist"], note=NOTE, at=NOW)


def test_nothing_is_resolved_without_a_word(world: World, cashier: OfficerActor) -> None:
    notice = reported(body_of(to_collect(world), amount=1))
    with pytest.raises(Invalid) as refused:
        give_back(notice.pk, actor=cashier, note="  ", at=NOW)
    assert refused.value.code == "notice-needs-note"
    with pytest.raises(Invalid):
        apply(notice.pk, code="BHXH000000000000", actor=cashier, note=NOTE, at=NOW)
    give_back(notice.pk, actor=cashier, note=NOTE, at=NOW)
    with pytest.raises(NotFound):
        give_back(notice.pk, actor=cashier, note=NOTE, at=NOW)


@pytest.mark.parametrize(
    "facts",
    [
        {"amount": 0}, {"amount": "631800"}, {"amount": 1.5}, {"amount": True}, {"amount": 10**13 + 1},
        {"kind": "debit"}, {"bank": ""}, {"reference": "x" * 65}, {"at": "hôm qua"}, {"at": "2026-11-24T09:00:00"},
        {"content": "a\u0000b"},
        {"content": "\ud800"}, {"content": None}, {"payer_name": ["a"]},
    ],
)  # fmt: skip
def test_a_notice_that_cannot_be_read_is_refused(world: World, facts: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as refused:
        reported(body_of(to_collect(world), **facts))
    assert refused.value.code == "bank-notice-form"


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{}", b"\xff", b"[" * 5000])
def test_strange_bodies_are_refused(world: World, body: bytes) -> None:
    with pytest.raises(Invalid):
        reported(body)


@given(
    st.lists(st.sampled_from(["", " ", "-", "."]), min_size=16, max_size=16),
    st.sampled_from(["{}", "MBVCB 123 {} CT tu 0011", "{}dong bhyt"]),
    st.booleans(),
)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_a_code_is_found_in_what_banks_make_of_it(gaps: list[str], around: str, small: bool) -> None:
    code = new_code()
    text = around.format("".join(sign + gap for sign, gap in zip(code, gaps, strict=True)))
    assert code in codes_in(text.lower() if small else text)


def test_a_slip_of_the_pen_is_seen() -> None:
    code = new_code()
    for at in range(4, 16):
        for sign in SIGNS.replace(code[at], ""):
            assert codes_in(code[:at] + sign + code[at + 1 :]) == []
    for at in range(4, 15):
        if code[at] != code[at + 1]:
            assert codes_in(code[:at] + code[at + 1] + code[at] + code[at + 2 :]) == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["right", "double", "less", "more", "unknown", "give", "apply"]), max_size=14))
def test_whatever_comes_in_which_order_the_books_agree(
    world: World, cashier: OfficerActor, happenings: list[str]
) -> None:
    """The books are compared with the states after the test; here nothing may be created or lost on the way."""
    order = to_collect(world, 1_000, key=f"renewal:{random.getrandbits(64)}")
    before = balance("collection_bank")
    arrived = 0
    for what in happenings:
        if what in ("give", "apply"):
            waiting = notices_to_resolve(viewer=cashier).first()
            if waiting is None:
                continue
            try:
                if what == "give":
                    give_back(waiting.pk, actor=cashier, note=NOTE, at=NOW)
                else:
                    apply(waiting.pk, code=order.code, actor=cashier, note=NOTE, at=NOW)
            except Conflict as refused:
                assert refused.code in ("still-short", "order-closed")
            continue
        amount = {"less": 400, "more": 1_700}.get(what, 1_000)
        facts: dict[str, Any] = {"content": "khong ro"} if what == "unknown" else {}
        reported(body_of(order, amount=amount, **facts))
        arrived += amount
    assert balance("collection_bank") - before == arrived
