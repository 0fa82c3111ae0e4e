"""Counts kept while the office works equal a recount, whatever happens and in whichever order it is added up."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ansinh.casework.accept import accept
from ansinh.casework.models import Decision
from ansinh.catalogue.models import ProcedureVersion
from ansinh.dossiers.models import Dossier, State, SupplementItem, SupplementRequest
from ansinh.offices.models import Level, Office, Province
from ansinh.payments.models import Order, OrderState
from ansinh.people.models import Organisation
from ansinh.platform.identifiers import uuid7
from ansinh.platform.zone import VIETNAM, local_day
from ansinh.statistics.fold import FOLD, differences, fold, fold_all, mapping, rebuild
from ansinh.statistics.models import MONTHLY, DayCount, Fact, MonthCount
from ansinh.statistics.read import counts
from benchmarks.rig.aside import put_guards_aside
from tests.casework.moves import a_dossier_in_appraisal, asked
from tests.statistics.rows import a_closed_row
from tests.world import LOCAL_OFFICE, OTHER_OFFICE, World, a_moment, a_world

FILED = a_moment(date(2026, 11, 6))
MONDAY = a_moment(date(2026, 11, 9))
CHANNELS = ("portal", "counter", "post", "ivan")
Cell = tuple[date, str, str, str, str, str, str]

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return a_world()


def counted() -> Counter[Cell]:
    """Days added up and facts that wait, without cells of nothing."""
    cells: Counter[Cell] = Counter()
    columns = ("day", "office_code", "procedure", "channel", "kind", "measure", "bucket", "n")
    for model in (DayCount, Fact):
        for *cell, n in model.objects.values_list(*columns):
            cells[tuple(cell)] += n
    return Counter({cell: n for cell, n in cells.items() if n})


def recounted() -> Counter[Cell]:
    """What the rows say, worked out here and not by the database's functions (steps are left to `differences`)."""
    cells: Counter[Cell] = Counter()
    organisations = set(Organisation.objects.values_list("pk", flat=True))
    for one in Dossier.objects.all():
        kind = "organisation" if one.owner_id in organisations else "individual"
        at = (one.home_office, one.procedure)
        cells[local_day(one.submitted_at), *at, one.channel, kind, "filed", ""] += 1
        if one.accepted_at:
            cells[local_day(one.accepted_at), *at, "", "", "accepted", ""] += 1
        if one.closed_at:
            ended = local_day(one.closed_at)
            cells[ended, *at, "", "", "closed", one.state] += 1
            if one.state != State.WITHDRAWN:
                cells[ended, *at, "", "", "in_time", _in_time(one, ended)] += 1
                cells[ended, *at, "", "", "days", str((ended - local_day(one.submitted_at)).days)] += 1
    for asked_for in SupplementRequest.objects.select_related("dossier"):
        day, dossier = local_day(asked_for.asked_at), asked_for.dossier
        at = (dossier.home_office, dossier.procedure)
        cells[day, *at, "", "", "returned", str(asked_for.round)] += 1
        for item in asked_for.items.all():
            cells[day, *at, "", "", "return_reason", item.reason_code] += 1
    for decision in Decision.objects.filter(kind="refuse", state="signed").select_related("dossier"):
        assert decision.signed_at is not None
        at = (decision.dossier.home_office, decision.dossier.procedure)
        for reason in decision.reasons:
            cells[local_day(decision.signed_at), *at, "", "", "refusal_reason", reason["code"]] += 1
    for order in Order.objects.filter(direction="out", state="paid", due_on__isnull=False).select_related("dossier"):
        assert order.paid_at is not None and order.due_on is not None
        day, slug = local_day(order.paid_at), order.dossier.procedure if order.dossier else MONTHLY
        bucket = "late" if day > order.due_on else "in_time"
        cells[day, order.office_code, slug, "", "", "paid", bucket] += 1
    return cells


def _in_time(one: Dossier, ended: date) -> str:
    if one.was_late:
        return "late"
    days = [row["on"] for row in one.results_due if row["on"]]
    if not days:
        return "no_limit"
    return "early" if ended.isoformat() < min(days) else "on_time"


def without_steps(cells: Counter[Cell]) -> Counter[Cell]:
    return Counter({cell: n for cell, n in cells.items() if cell[5] != "step"})


def a_row(version: ProcedureVersion, random: Random, n: int) -> Dossier:
    office = random.choice([LOCAL_OFFICE, OTHER_OFFICE])
    at = FILED - timedelta(hours=random.randrange(2000))
    return Dossier(
        number=f"{90000 + n}/2026/{office}", home_office=office, office_code=office, chosen_office=office,
        version=version, procedure=random.choice(["che-do-thai-san", "gia-han-the-bhyt", "khong-ro"]),
        owner_id=uuid7(), applicant_name="Bà Mẫu", applicant_key="ba mau", answers={}, digest="0" * 64,
        draft_id=uuid7(), channel=random.choice(CHANNELS), state=State.SUBMITTED, stage="intake",
        stage_role="intake_officer", submitted_at=at, last_event_at=at,
    )  # fmt: skip


class History:
    """Steps that rows can take, drawn at random; also those that only raw SQL takes."""

    def __init__(self, world: World, random: Random) -> None:
        self.random = random
        self.version = ProcedureVersion.objects.order_by("pk").first()
        self.officer = world["specialist"].officer_id
        self.n = 0

    def step(self) -> None:
        name = self.random.choice(
            ["file", "file_many", "accept", "ask", "close", "close", "reopen", "refile", "refuse", "organise", "fold",
             "remove", "relabel", "order", "pay", "pay", "pay_many", "give_back"]
        )  # fmt: skip
        getattr(self, name)()

    def some(self, **wanted: Any) -> Dossier | None:
        found = list(Dossier.objects.filter(**wanted))
        return self.random.choice(found) if found else None

    def file(self) -> None:
        assert self.version is not None
        self.n += 1
        a_row(self.version, self.random, self.n).save(force_insert=True)

    def file_many(self) -> None:
        assert self.version is not None
        rows = [a_row(self.version, self.random, self.n + 1 + extra) for extra in range(self.random.randrange(1, 9))]
        self.n += len(rows)
        Dossier.objects.bulk_create(rows)

    def accept(self) -> None:
        if one := self.some(state=State.SUBMITTED):
            due = local_day(one.submitted_at) + timedelta(days=self.random.randrange(1, 20))
            one.state, one.accepted_at = State.IN_PROGRESS, one.submitted_at + timedelta(hours=30)
            one.results_due = self.random.choice([[], [{"on": due.isoformat()}, {"on": None}]])
            one.save()

    def ask(self) -> None:
        if one := self.some(closed_at__isnull=True):
            one.supplement_requests.filter(answered_at__isnull=True).update(answered_at=MONDAY)
            asked_for = SupplementRequest.objects.create(
                dossier=one, round=one.supplement_requests.count() + 1, asked_at=one.submitted_at + timedelta(days=2),
                asked_by_id=self.officer, answer_by=date(2026, 12, 1),
            )  # fmt: skip
            SupplementItem.objects.bulk_create(
                SupplementItem(
                    request=asked_for,
                    target_kind="field",
                    target=f"a{k}",
                    reason_code=code,
                    clause="x",
                    wrong="x",
                    good="x",
                )
                for k, code in enumerate(self.random.choices(["paper-missing", "paper-wrong"], k=2))
            )

    def close(self) -> None:
        if one := self.some(closed_at__isnull=True):
            state = self.random.choice([State.GRANTED, State.REFUSED, State.WITHDRAWN])
            Dossier.objects.filter(pk=one.pk).update(
                state=state, closed_at=one.submitted_at + timedelta(days=self.random.randrange(25)), due_on=None,
                was_late=state != State.WITHDRAWN and self.random.random() < 0.3,
            )  # fmt: skip

    def reopen(self) -> None:
        if one := self.some(closed_at__isnull=False):
            Dossier.objects.filter(pk=one.pk).update(state=State.IN_PROGRESS, closed_at=None, was_late=False)

    def refile(self) -> None:
        """Only a correction by SQL changes when or how something was filed."""
        if one := self.some():
            with connection.cursor() as cursor:
                cursor.execute(
                    "UPDATE dossiers_dossier SET submitted_at = submitted_at - interval '5 days', channel = %s"
                    " WHERE id = %s",
                    [self.random.choice(CHANNELS), one.pk],
                )
            one.supplement_requests.update(asked_at=one.submitted_at)

    def refuse(self) -> None:
        if one := self.some(closed_at__isnull=True):
            decision = Decision.objects.create(
                dossier=one, kind="refuse", state="sent_back", proposed_by_id=self.officer, proposed_at=MONDAY,
                reasons=[{"code": "not-competent"}, {"code": "condition-not-met"}],
            )  # fmt: skip
            if self.random.random() < 0.7:
                Decision.objects.filter(pk=decision.pk).update(
                    state="signed", signed_at=MONDAY, signed_by_id=self.officer, number="1", signed_title="Giám đốc"
                )

    def organise(self) -> None:
        if one := self.some():
            Organisation.objects.get_or_create(
                pk=one.owner_id,
                defaults={
                    "kind": "employer", "name": "Công ty Mẫu", "search_key": "cong ty mau",
                    "managing_office": LOCAL_OFFICE, "valid_from": date(2020, 1, 1),
                    "tax_code": f"01{one.number[:5]:0>8}",
                },
            )  # fmt: skip

    def order(self) -> None:
        """A benefit to pay; some belong to a dossier, money that is no benefit has no last day."""
        made = self.random.randrange(1, 4)
        Order.objects.bulk_create(
            Order(
                key=uuid7().hex,
                code=uuid7().hex[-16:],
                direction="out",
                state=OrderState.READY,
                amount=1,
                name="x",
                account="benefits",
                purpose_vi="x",
                purpose_en="x",
                dossier=self.some(),
                created_at=MONDAY,
                office_code=self.random.choice([LOCAL_OFFICE, OTHER_OFFICE]),
                due_on=self.random.choice([None, local_day(MONDAY) + timedelta(days=self.random.randrange(9))]),
            )
            for _ in range(made)
        )

    def pay(self) -> None:
        ready = list(Order.objects.filter(state__in=[OrderState.READY, OrderState.RETURNED]))
        if ready:
            one = self.random.choice(ready)
            one.state = OrderState.PAID
            one.paid_at = one.closed_at = MONDAY + timedelta(hours=self.random.randrange(300))
            one.save()

    def pay_many(self) -> None:
        paid_at = MONDAY + timedelta(hours=self.random.randrange(300))
        Order.objects.filter(state=OrderState.READY).update(
            state=OrderState.PAID, paid_at=paid_at, closed_at=paid_at
        )  # fmt: skip

    def give_back(self) -> None:
        paid = list(Order.objects.filter(state=OrderState.PAID))
        if paid:
            Order.objects.filter(pk=self.random.choice(paid).pk).update(state=OrderState.RETURNED, closed_at=None)

    def remove(self) -> None:
        one = self.some(supplement_requests__isnull=True, decisions__isnull=True, orders__isnull=True)
        if one is not None:
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM dossiers_dossier WHERE id = %s", [one.pk])

    def relabel(self) -> None:
        SupplementItem.objects.filter(reason_code="paper-wrong").update(reason_code="paper-expired")

    def fold(self) -> None:
        fold(most=self.random.randrange(1, 12))


@pytest.mark.requirement("R-138", "R-188")
@given(seed=st.integers(0, 10_000))
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_counts_equal_a_recount_after_any_history(world: World, seed: int) -> None:
    with transaction.atomic():
        history = History(world, Random(seed))
        put_guards_aside()  # they come back with the rollback
        for _ in range(40):
            history.step()
        assert without_steps(counted()) == recounted()
        assert [str(one) for one in differences()] == []
        fold_all()
        assert not Fact.objects.exists()
        assert without_steps(counted()) == recounted()
        assert [str(one) for one in differences()] == []
        transaction.set_rollback(True)


@pytest.mark.requirement("R-138")
def test_what_officers_do_is_counted_at_the_office_that_was_filed_at(world: World) -> None:
    dossier = a_dossier_in_appraisal(world, at=MONDAY)
    asked(world, dossier, at=MONDAY + timedelta(hours=1))
    cells = counted()
    day, at = local_day(MONDAY), (dossier.home_office, dossier.procedure)
    assert cells[local_day(dossier.submitted_at), *at, "portal", "individual", "filed", ""] == 1
    assert cells[day, *at, "", "", "accepted", ""] == 1
    assert cells[day, *at, "", "", "returned", "1"] == 1
    assert cells[day, *at, "", "", "return_reason", "paper-unreadable"] == 1
    assert {cell[6] for cell in cells if cell[5] == "step"} == {"accepted", "checked"}
    assert list(differences()) == []


def test_a_backlog_is_taken_without_comparing_every_fact_with_every_other(world: World) -> None:
    some_facts = """INSERT INTO statistics_fact (day, office_code, procedure, channel, kind, measure, bucket, n)
        SELECT '2026-11-09', %s, 'che-do-thai-san', 'portal', 'individual', 'filed', '', 1
        FROM generate_series(1, 2000)"""
    with connection.cursor() as cursor:
        cursor.execute(some_facts, [LOCAL_OFFICE])
        cursor.execute("DELETE FROM statistics_fact")
        cursor.execute("ANALYZE statistics_fact")  # the queue was empty when the database last looked
        cursor.execute(some_facts, [LOCAL_OFFICE])
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {FOLD}", {"most": 1000, **mapping()})
        taking = next(one for one in cursor.fetchone()[0][0]["Plan"]["Plans"] if one.get("Subplan Name") == "CTE taken")
    assert taking["Plans"][0]["Actual Rows"] == 1000
    assert Fact.objects.count() == 1000
    assert taking["Plans"][0].get("Rows Removed by Join Filter", 0) == 0
    assert DayCount.objects.get(measure="filed").n == 1000


def test_a_month_counts_for_office_province_and_country(world: World) -> None:
    accept(a_dossier(world).pk, actor=world["counter"], at=MONDAY)
    fold_all()
    months = MonthCount.objects.filter(measure="accepted")
    assert set(months.values_list("area", "n")) == {(LOCAL_OFFICE, 1), ("P90", 1), ("VN", 1)}
    assert "" in set(months.values_list("service", flat=True))
    assert set(months.values_list("month", flat=True)) == {date(2026, 11, 1)}


def test_what_an_office_of_a_merged_province_ends_later_counts_for_what_the_province_became(world: World) -> None:
    now = Province.objects.get(code="90")
    Province.objects.create(
        code="89", name_vi="Sông Cả", name_en="", kind="province", valid_from=date(2008, 8, 1),
        valid_to=date(2025, 6, 30), merged_into=now,
    )  # fmt: skip
    Office.objects.create(
        code="08901", name_vi="BHXH huyện", name_en="", level=Level.DISTRICT, province_code="89", address="-",
        phone="-", valid_from=date(2010, 1, 1), valid_to=date(2025, 6, 30),
    )  # fmt: skip
    a_closed_row(filed=a_moment(date(2025, 6, 30)), days=1, office="08901")
    for folded in (False, True):
        if folded:
            fold_all()
        told = counts(
            areas=["P89", "P90", "08901", "VN"], measures=["filed", "closed"], first=date(2025, 6, 1),
            last=date(2025, 7, 1), by=("month", "area", "measure"),
        )  # fmt: skip
        assert {key: n for key, n in told.items() if key[1].startswith("P")} == {
            (date(2025, 6, 1), "P89", "filed"): 1, (date(2025, 7, 1), "P90", "closed"): 1,
        }  # fmt: skip
    assert list(differences()) == []


def test_a_day_is_a_day_in_vietnam(world: World) -> None:
    version = ProcedureVersion.objects.order_by("pk").first()
    assert version is not None
    row = a_row(version, Random(1), 1)
    row.submitted_at = datetime(2026, 11, 9, 0, 30, tzinfo=VIETNAM)  # the 8th in Greenwich
    row.save(force_insert=True)
    assert Fact.objects.get(measure="filed").day == date(2026, 11, 9)


@pytest.mark.tampers
def test_a_count_that_was_changed_is_found_and_not_repaired(world: World) -> None:
    a_dossier(world)
    fold_all()
    DayCount.objects.filter(measure="filed").update(n=2)
    found = list(differences())
    assert [(one.table, one.counted, one.recounted) for one in found] == [("day", 2, 1)]
    assert list(differences()) == found
    rebuild()
    assert list(differences()) == []


def test_the_office_in_the_number_never_changes(world: World) -> None:
    dossier = a_dossier(world)
    with pytest.raises(Exception, match="never change"):
        Dossier.objects.filter(pk=dossier.pk).update(home_office=OTHER_OFFICE)


def a_dossier(world: World) -> Dossier:
    from tests.world import a_submitted_dossier

    return a_submitted_dossier(world)


def test_a_person_a_child_without_account_and_an_organisation_are_told_apart(world: World) -> None:
    firm = Organisation.objects.create(
        kind="employer", name="Công ty Mẫu", search_key="cong ty mau", managing_office=LOCAL_OFFICE,
        valid_from=date(2020, 1, 1), tax_code="0101234567",
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT statistics_kind(owner, 'x') FROM unnest(%s::uuid[]) WITH ORDINALITY one(owner, place)"
            " ORDER BY place",
            [[world.citizen.person_id, uuid7(), firm.pk]],
        )
        assert [kind for (kind,) in cursor.fetchall()] == ["individual", "individual", "organisation"]
