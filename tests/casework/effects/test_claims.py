"""Money claimed back: booked beside the books, cancelled by an entry of its own, and seen by whoever it concerns."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from ansinh.casework.effects.claims import claims_of
from ansinh.casework.models import EffectReversal
from ansinh.dossiers.models import Dossier
from ansinh.notifications.models import Notice
from ansinh.payments.claims import book_cancelled
from ansinh.payments.ledger import balance
from ansinh.payments.models import LedgerTransaction, Order
from ansinh.payments.reconcile import differences
from ansinh.people.actors import System
from ansinh.registry.models import RecoveryCancellation, RecoveryClaim
from tests.casework.effects.scene import a_procedure, granted
from tests.casework.effects.test_records import effect
from tests.casework.effects.test_undoing import opened, refused
from tests.casework.effects.test_undoing_rounds import again, refused_after
from tests.payments.money import body_of, reported
from tests.walls_of import application_role
from tests.world import World, a_moment


def test_a_claim_stands_in_the_books_until_it_is_cancelled(world: World) -> None:
    dossier, first = refused_after(world)
    claim = RecoveryClaim.objects.get()
    assert (claim.amount, claim.order_id) == (first.amount, Order.objects.get(direction="in").pk)
    assert (balance("to_recover"), balance("recovery_expected")) == (first.amount, -first.amount)
    dossier = again(world, dossier, first.amount)
    cancelled = RecoveryCancellation.objects.get(claim=claim)
    assert (cancelled.dossier_id, cancelled.cancelled_by) == (dossier.pk, world["leader"].label)
    assert "thay thế" in cancelled.why
    assert balance("to_recover") == 0
    assert LedgerTransaction.objects.filter(key=f"claim:{claim.pk}:cancelled", dossier=dossier).exists()
    assert differences() == []
    notice = Notice.objects.get(dossier_id=dossier.pk, code="claim_cancelled")
    assert "không phải nộp" in notice.body_vi
    (shown,) = claims_of(dossier)
    assert (shown.cancellation, shown.paid_at) == (cancelled, None)


def test_a_claim_whose_money_came_is_not_to_be_recovered_any_more(world: World) -> None:
    dossier, _ = refused_after(world)
    moved = a_moment(date(2026, 11, 14))
    reported(body_of(Order.objects.get(direction="in"), moved=moved), at=moved)
    assert balance("to_recover") == 0
    assert differences() == []
    (shown,) = claims_of(dossier)
    assert shown.paid_at is not None
    with pytest.raises(DatabaseError, match="was paid"), transaction.atomic():
        _cancelled_by_sql(RecoveryClaim.objects.get(), dossier, booked=True)


def test_the_database_cancels_no_claim_without_its_booking(world: World) -> None:
    dossier, _ = refused_after(world)
    claim = RecoveryClaim.objects.get()
    with pytest.raises(DatabaseError, match="without the booking"), transaction.atomic():
        _cancelled_by_sql(claim, dossier, booked=False)
    again(world, dossier, 1_000_000)
    table = "registry_recoverycancellation"
    for statement in (f"UPDATE {table} SET why = 'y'", f"DELETE FROM {table}"):
        with pytest.raises(DatabaseError), transaction.atomic(), application_role(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_claim_that_a_decision_made_is_undone_by_the_machine(world: World) -> None:
    a_procedure(effect("recovery_claim", amount=1_500_000, why="hưởng trùng"))
    dossier = granted(world)
    assert balance("to_recover") == 1_500_000
    refused(world, opened(world, dossier))
    assert balance("to_recover") == 0
    assert "1.500.000" in EffectReversal.objects.get().says_vi
    assert RecoveryClaim.objects.get().cancellation.why


def _cancelled_by_sql(claim: RecoveryClaim, dossier: Dossier, *, booked: bool) -> None:
    """What somebody with the password of the application could try."""
    if booked:
        book_cancelled(claim, office_code=dossier.office_code, actor=System(), at=claim.made_at)
    RecoveryCancellation.objects.create(
        claim=claim, insured_id=claim.insured_id, why="x", cancelled_by="system", cancelled_by_name="x",
        dossier_id=dossier.pk, made_at=claim.made_at,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
