"""A claim cancelled by itself: two officers, a coded ground; what was paid goes back, later results count it once."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from ansinh.casework.claims.cancel import (
    Reason,
    agree_to_cancel,
    can_propose,
    decline_to_cancel,
    proposals_to_decide,
    propose_cancelling,
)
from ansinh.casework.effects.claims import cancel, claims_of
from ansinh.casework.models import CancellationProposal, CancellationState
from ansinh.dossiers.models import Dossier
from ansinh.notifications.models import Notice
from ansinh.payments.ledger import balance
from ansinh.payments.models import Order, OrderState
from ansinh.payments.reconcile import differences
from ansinh.people.actors import OfficerActor, System
from ansinh.people.models import Role
from ansinh.people.views_of import view_of_officer
from ansinh.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from ansinh.registry.models import RecoveryClaim
from tests.casework.effects.scene import a_procedure, granted
from tests.casework.effects.test_records import effect
from tests.casework.effects.test_undoing import FRIDAY, opened, refused
from tests.casework.effects.test_undoing_money import asked_back
from tests.casework.effects.test_undoing_rounds import (
    DAYS,
    a_pension,
    again,
    paid_once,
    refused_after,
    to_be_paid,
    to_be_paid_to_the_person,
)
from tests.payments.money import body_of, reported
from tests.walls_of import seen_as
from tests.world import LOCAL_OFFICE, World, a_moment, an_officer

MONDAY = a_moment(date(2026, 11, 16))
WHY = "Khoản đã chi cho bà Lan là đúng theo sổ gốc."
RIGHTLY = Reason("paid-rightly", WHY)
DIED = Reason("died-without-estate", "Gia đình xác nhận không có di sản để lại.", "12/XN-UBND", date(2026, 11, 10))


def finance() -> OfficerActor:
    """Who deals with the money of claims at the office of the dossier."""
    return an_officer("ketoan-thu", "Đinh Thị Thu", "Kế toán chi trả", ((LOCAL_OFFICE, Role.FINANCE),))


def proposed(dossier: Dossier, *, by: OfficerActor, reason: Reason = RIGHTLY) -> CancellationProposal:
    claim = RecoveryClaim.objects.get(dossier_id=dossier.pk)
    return propose_cancelling(dossier.pk, claim.pk, actor=by, reason=reason, at=MONDAY)


def cancelled(world: World, dossier: Dossier, *, by: str = "ketoan-thu", at: datetime = MONDAY) -> CancellationProposal:
    """The newest claim is cancelled by two."""
    claim = RecoveryClaim.objects.filter(dossier_id=dossier.pk, cancellation=None).latest("made_at", "id")
    officer = an_officer(by, "Đinh Thị Thu", "Kế toán chi trả", ((LOCAL_OFFICE, Role.FINANCE),))
    asked = propose_cancelling(dossier.pk, claim.pk, actor=officer, reason=RIGHTLY, at=at)
    return agree_to_cancel(dossier.pk, asked.pk, actor=world["leader"], at=at)


def collected(order: Order) -> None:
    reported(body_of(order, moved=FRIDAY), at=FRIDAY)


def test_two_officers_cancel_what_nobody_paid_and_the_person_is_told(world: World) -> None:
    dossier, first = refused_after(world)
    asked = proposed(dossier, by=finance())
    (waiting,) = proposals_to_decide(viewer=world["leader"])
    assert (waiting, waiting.state) == (asked, CancellationState.PROPOSED)
    assert asked_back() == [first.amount]  # nothing happens before a leader agrees
    agree_to_cancel(dossier.pk, asked.pk, actor=world["leader"], at=MONDAY)
    assert asked_back() == []
    assert Order.objects.get(direction="in").state == OrderState.CANCELLED
    assert (balance("to_recover"), balance("recovery_expected")) == (0, 0)
    assert differences() == []
    (shown,) = claims_of(dossier)
    assert shown.cancellation is not None
    assert WHY.rstrip(".") in shown.cancellation.why
    assert shown.cancellation.cancelled_by == world["leader"].label
    notice = Notice.objects.get(dossier_id=dossier.pk, code="claim_cancelled")
    assert "không phải nộp" in notice.body_vi
    kinds = list(dossier.events.filter(at=MONDAY).order_by("pk").values_list("kind", "public"))
    assert kinds == [("cancelling_proposed", False), ("claim_cancelled", True)]


def test_what_was_paid_in_is_owed_to_the_person_and_goes_back_whole(world: World) -> None:
    dossier, first = refused_after(world)
    collected(Order.objects.get(direction="in"))
    with pytest.raises(Invalid, match="chỉ hủy khoản chưa nộp"):
        proposed(dossier, by=finance(), reason=DIED)
    made = cancelled(world, dossier, by="ketoan-hai")
    assert made.back_id is not None
    back = Order.objects.get(pk=made.back_id)
    assert (back.direction, back.amount, back.owner_id) == ("out", first.amount, world.citizen.person_id)
    assert balance("owed_to_people") == -first.amount
    assert balance("to_recover") == 0
    assert differences() == []
    (shown,) = claims_of(dossier)
    assert (shown.given_back, shown.stands) == (back.code, False)
    notice = Notice.objects.get(dossier_id=dossier.pk, code="claim_given_back")
    assert back.code in notice.body_vi
    with pytest.raises(Conflict, match="đã hủy"):
        proposed(dossier, by=world["head"])


def test_who_may_not_and_what_is_not_said_is_refused(world: World) -> None:
    dossier, _ = refused_after(world)
    assert not can_propose(dossier, viewer=world["specialist"])
    with pytest.raises(NotAllowed):
        proposed(dossier, by=world["specialist"])
    with pytest.raises(NotFound):
        proposed(dossier, by=world["director"])
    for reason, says in (
        (Reason("x", WHY), "lý do"), (Reason("paid-rightly", "Sai"), "vì sao"),
        (Reason("court-judgment", WHY), "văn bản"),
        (Reason("court-judgment", WHY, "1/BA", date(2027, 1, 1)), "sau hôm nay"),
    ):  # fmt: skip
        with pytest.raises(Invalid, match=says):
            proposed(dossier, by=world["head"], reason=reason)
    both = an_officer("hai-vai", "Võ Thị Hai", "Phó Giám đốc", ((LOCAL_OFFICE, Role.HEAD), (LOCAL_OFFICE, Role.LEADER)))
    asked = proposed(dossier, by=both)
    for one in (both, world["head"], world["specialist"]):
        with pytest.raises(NotAllowed):
            agree_to_cancel(dossier.pk, asked.pk, actor=one, at=MONDAY)
    with pytest.raises(Conflict, match="đang có đề nghị"):
        proposed(dossier, by=world["head"])
    with pytest.raises(Invalid, match="vì sao không đồng ý"):
        decline_to_cancel(dossier.pk, asked.pk, actor=world["leader"], note=" ", at=MONDAY)
    decline_to_cancel(dossier.pk, asked.pk, actor=world["leader"], note="Sổ gốc chưa rõ.", at=MONDAY)
    assert asked_back() != []
    with pytest.raises(Conflict, match="Không còn đề nghị"):
        agree_to_cancel(dossier.pk, asked.pk, actor=world["leader"], at=MONDAY)
    proposed(dossier, by=world["head"])  # declined once, it may be asked again


def test_while_the_dossier_is_open_its_new_result_says_what_becomes_of_the_claim(world: World) -> None:
    dossier, _ = refused_after(world)
    asked = proposed(dossier, by=world["head"])
    opened(world, dossier, at=DAYS[0])
    with pytest.raises(Conflict, match="kết quả mới"):
        agree_to_cancel(dossier.pk, asked.pk, actor=world["leader"], at=DAYS[0])


def test_money_that_a_later_result_counted_is_not_given_back(world: World) -> None:
    dossier, first = refused_after(world)
    collected(Order.objects.get(direction="in"))
    dossier = again(world, dossier, first.amount)  # paid once more: the money that came back is counted
    with pytest.raises(Conflict, match="đã tính vào bù trừ"):
        proposed(dossier, by=world["head"])


def test_paid_between_proposal_and_answer_a_ground_for_the_unpaid_gives_nothing_back(world: World) -> None:
    dossier, _ = refused_after(world)
    asked = proposed(dossier, by=world["head"], reason=DIED)
    collected(Order.objects.get(direction="in"))
    with pytest.raises(Conflict, match="sau khi có đề nghị"):
        agree_to_cancel(dossier.pk, asked.pk, actor=world["leader"], at=MONDAY)


@pytest.mark.parametrize("was_paid", [False, True])
@pytest.mark.parametrize(
    ("more", "paid_out", "asked"), [(0, [], []), (500, [500], []), (-500, [], []), (-1_000_000, [], [])]
)
def test_granted_again_after_it_the_money_counts_as_paid_and_is_not_asked_again(
    world: World, more: int, paid_out: list[int], asked: list[int], was_paid: bool
) -> None:
    dossier, first = refused_after(world)
    if was_paid:
        collected(Order.objects.get(direction="in"))
    cancelled(world, dossier)
    going_back = [first.amount] if was_paid else []
    dossier = again(world, dossier, first.amount + more)
    assert (to_be_paid(), asked_back()) == ([*going_back, *paid_out], asked)
    assert differences() == []


@pytest.mark.parametrize(("then", "paid_out", "asked"), [(0, [], []), (-300, [], [300]), (400, [400], [])])
def test_of_a_lowered_result_what_was_cancelled_is_not_asked_again(
    world: World, then: int, paid_out: list[int], asked: list[int]
) -> None:
    dossier, first = paid_once(world)
    lower = first.amount - 400
    dossier = again(world, dossier, lower)
    assert asked_back() == [400]
    cancelled(world, dossier, at=DAYS[0])
    # the person has 400 above the result; more than that is paid, less than that is asked
    dossier = again(world, dossier, first.amount + then if then > 0 else lower + then, day=1)
    assert (to_be_paid(), asked_back()) == (paid_out, asked)
    dossier = refused(world, opened(world, dossier, at=DAYS[2]), at=DAYS[2])
    again(world, dossier, first.amount, day=3)  # granted once more: nobody is paid twice
    assert to_be_paid() == []
    assert differences() == []


def test_refused_after_a_lowered_result_only_the_rest_is_asked_and_granted_again_nothing_moves(world: World) -> None:
    dossier, first = paid_once(world)
    dossier = again(world, dossier, first.amount - 400)
    cancelled(world, dossier, at=DAYS[0])
    dossier = refused(world, opened(world, dossier, at=DAYS[1]), at=DAYS[1])
    assert asked_back() == [first.amount - 400]
    again(world, dossier, first.amount, day=2)
    assert (to_be_paid(), asked_back()) == ([], [])


def test_granted_refused_and_granted_again_after_it_nobody_is_paid_twice(world: World) -> None:
    dossier, first = refused_after(world)
    cancelled(world, dossier)
    dossier = again(world, dossier, first.amount)
    dossier = refused(world, opened(world, dossier, at=DAYS[1]), at=DAYS[1])
    assert asked_back() == [first.amount]  # a new refusal of what was granted anew
    again(world, dossier, first.amount, day=2)
    assert (to_be_paid(), asked_back()) == ([], [])


@pytest.mark.parametrize("was_paid", [False, True])
def test_of_a_pension_what_was_cancelled_counts_as_kept(world: World, was_paid: bool) -> None:
    dossier = refused(world, opened(world, a_pension(world)))
    if was_paid:
        collected(Order.objects.get(direction="in"))
    cancelled(world, dossier)
    going_back = [10_000_000] if was_paid else []
    dossier = again(world, dossier, 5_000_000)
    assert (to_be_paid_to_the_person(dossier), asked_back()) == (going_back, [])
    dossier = again(world, dossier, 4_000_000, day=1)
    assert (to_be_paid_to_the_person(dossier), asked_back()) == (going_back, [2_000_000])
    assert differences() == []


def test_a_claim_of_the_result_itself_is_cancelled_and_made_anew_by_a_new_one(world: World) -> None:
    a_procedure(effect("recovery_claim", amount=1_500_000, why="hưởng trùng"))
    dossier = granted(world)
    cancelled(world, dossier)
    assert balance("to_recover") == 0
    again(world, dossier, 1_000_000)
    first, second = RecoveryClaim.objects.order_by("made_at")
    assert not hasattr(second, "cancellation")
    assert first.cancellation.cancelled_by == world["leader"].label
    assert balance("to_recover") == 1_500_000
    assert differences() == []


def test_the_database_takes_neither_half_of_it_alone(world: World) -> None:
    dossier, _ = paid_once(world)
    dossier = refused(world, opened(world, dossier, at=FRIDAY))
    asked = proposed(dossier, by=world["head"])
    claim = RecoveryClaim.objects.get()
    for who, values in (
        ("leader", f"state = 'agreed', decided_by_id = '{world['leader'].officer_id}'"),  # nothing is cancelled
        ("head", f"state = 'agreed', decided_by_id = '{world['leader'].officer_id}'"),  # in another's name
        ("head", f"state = 'agreed', decided_by_id = '{world['head'].officer_id}'"),  # by who proposed it
        ("leader", f"why = 'x', state = 'declined', decided_by_id = '{world['leader'].officer_id}'"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), seen_as(view_of_officer(world[who])):
            _run(f"UPDATE casework_cancellationproposal SET {values}, decided_at = now() WHERE id = '{asked.pk}'")
    with pytest.raises(DatabaseError), transaction.atomic(), seen_as(view_of_officer(world["head"])):
        _run(f"DELETE FROM casework_cancellationproposal WHERE id = '{asked.pk}'")
    never_opened = granted(world, at=DAYS[0])
    own = RecoveryClaim.objects.create(
        insured_id=claim.insured_id, amount=5, why="x", dossier_id=never_opened.pk, made_at=DAYS[0]
    )
    with pytest.raises(DatabaseError, match="by two officers"), transaction.atomic():
        cancel(own, why="x", dossier=never_opened, actor=System(), at=DAYS[0])
        _run("SELECT 1")


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
