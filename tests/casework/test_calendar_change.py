"""A day of the calendar counts open dossiers anew; old and new day are kept, and told only when they differ."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import transaction

from ansinh.casework.accept import accept
from ansinh.casework.calendar_change import AGAIN, COUNT_ANEW, EnteredDay, count_anew, enter_day, tet_is_entered
from ansinh.casework.models import DueChange
from ansinh.dossiers.models import Dossier
from ansinh.notifications.models import Notice
from ansinh.offices.closed_days import special_days
from ansinh.offices.queries import work_calendar
from ansinh.platform.errors import DomainError, NotAllowed
from ansinh.platform.models import Job
from ansinh.platform.queue import drain
from tests.casework.effects import scene
from tests.casework.moves import a_dossier_in_appraisal, asked
from tests.threads import aside
from tests.world import World, a_moment, a_submitted_dossier

THURSDAY = a_moment(date(2026, 11, 12))
OFF = EnteredDay(date(2026, 11, 16), "swapped_off", "Nghỉ hoán đổi", "Thông báo 1/TB-BNV")
WHY = "Lịch nghỉ thay đổi: ngày 16/11/2026, Nghỉ hoán đổi (Thông báo 1/TB-BNV)"


def test_a_day_off_moves_the_due_dates_behind_it_and_no_others(world: World) -> None:
    later, earlier = a_dossier_in_appraisal(world), a_dossier_in_appraisal(world, at=a_moment(date(2026, 11, 2)))
    waiting = a_dossier_in_appraisal(world)
    asked(world, waiting, at=THURSDAY)
    enter_day(OFF, actor=world["admin"], at=THURSDAY)
    assert count_anew(None, why=WHY, at=THURSDAY) is None
    days = dict(Dossier.objects.values_list("pk", "due_on"))
    assert (days[later.pk], days[earlier.pk], days[waiting.pk]) == (date(2026, 11, 19), date(2026, 11, 11), None)
    change = DueChange.objects.get()
    assert (change.dossier_id, change.kind, change.old_due, change.new_due, change.why_vi) == (
        later.pk, "calendar", date(2026, 11, 18), date(2026, 11, 19), WHY,
    )  # fmt: skip
    assert "19/11/2026" in Notice.objects.get(code="due_date_changed").body_vi
    count_anew(None, why=WHY, at=THURSDAY)  # once more changes nothing
    assert DueChange.objects.count() == 1


def test_dossiers_are_counted_in_slices_until_none_is_left(world: World) -> None:
    for _ in range(3):
        a_dossier_in_appraisal(world)
    enter_day(OFF, actor=world["admin"], at=THURSDAY)
    after = count_anew(None, why=WHY, at=THURSDAY, most=2)
    assert DueChange.objects.count() == 2
    assert count_anew(after, why=WHY, at=THURSDAY, most=2) is None
    assert DueChange.objects.count() == 3


def test_entering_a_day_queues_the_counting_at_once_and_for_what_is_moving(world: World) -> None:
    enter_day(OFF, actor=world["admin"], at=THURSDAY)
    at_once, later = Job.objects.filter(name=COUNT_ANEW).order_by("run_at")
    assert at_once.run_at < THURSDAY and later.run_at == THURSDAY + AGAIN


def test_the_second_counting_is_of_what_moved_since(world: World) -> None:
    a_dossier_in_appraisal(world)
    moved = a_dossier_in_appraisal(world, at=THURSDAY)
    enter_day(OFF, actor=world["admin"], at=THURSDAY)
    count_anew(None, why=WHY, at=THURSDAY, since=THURSDAY - AGAIN)
    assert [one.dossier_id for one in DueChange.objects.all()] == [moved.pk]


@pytest.mark.django_db(transaction=True)
def test_a_dossier_accepted_while_the_day_is_entered_is_counted_with_it(transactional_db: None, world: World) -> None:
    filed = a_submitted_dossier(world)
    Job.objects.all().delete()
    with transaction.atomic():  # accepted with the calendar of before, committed after everything was counted anew
        assert accept(filed.pk, actor=world["counter"], at=THURSDAY).due_on == date(2026, 11, 23)
        aside(lambda: enter_day(OFF, actor=world["admin"], at=THURSDAY))
        aside(lambda: drain(THURSDAY))
    assert not DueChange.objects.exists()
    drain(THURSDAY + AGAIN)
    assert Dossier.objects.get(pk=filed.pk).due_on == date(2026, 11, 25)  # the 24th is a day off
    assert DueChange.objects.get().why_vi == WHY


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ({"kind": "holiday"}, "day-kind-unknown"),
        ({"name": ""}, "day-needs-basis"),
        ({"basis": " "}, "day-needs-basis"),
        ({"day": date(2026, 11, 9)}, "day-passed"),
        ({"day": date(2026, 11, 14)}, "day-of-week"),
        ({"kind": "make_up_working"}, "day-of-week"),
        ({"kind": "ordinary"}, "day-ordinary"),
    ],
)
def test_a_day_without_its_document_is_refused(world: World, fault: dict[str, object], code: str) -> None:
    with pytest.raises(DomainError) as refused:
        enter_day(replace(OFF, **fault), actor=world["admin"], at=THURSDAY)  # type: ignore[arg-type]
    assert refused.value.code == code


def test_only_the_administrator_keeps_the_calendar(world: World) -> None:
    with pytest.raises(NotAllowed):
        enter_day(OFF, actor=world["leader"], at=THURSDAY)


def test_the_coming_year_without_tet_is_noticed(world: World) -> None:
    assert not tet_is_entered(2027)
    for day in range(4, 11):
        entered = EnteredDay(date(2027, 2, day), "public_holiday", "Tết Nguyên đán", "Thông báo 2/TB-BNV")
        enter_day(entered, actor=world["admin"], at=THURSDAY)
    assert tet_is_entered(2027)


def test_a_day_off_after_the_first_result_moves_the_later_one(world: World) -> None:
    results = [{"key": key, "name_vi": name, "name_en": name} for key, name in (("card", "Thẻ"), ("book", "Sổ"))]
    limits = [
        {"key": key, "value": value, "unit": "working_day", "counted_from": "valid_full_dossier", "for_result": key}
        for key, value in (("card", 2), ("book", 7))
    ]
    scene.a_procedure(results=results, deadlines=limits)
    dossier = scene.in_appraisal(world)
    enter_day(OFF, actor=world["admin"], at=THURSDAY)
    for _ in range(2):  # once more changes nothing
        count_anew(None, why=WHY, at=THURSDAY)
    dossier.refresh_from_db()
    assert dossier.due_on == date(2026, 11, 11)
    assert {row["key"]: row["on"] for row in dossier.results_due} == {"card": "2026-11-11", "book": "2026-11-19"}
    change = DueChange.objects.get()
    assert (change.result_key, change.old_due, change.new_due) == ("book", date(2026, 11, 18), date(2026, 11, 19))
    assert "kết quả “Sổ”" in Notice.objects.get(code="due_date_changed").body_vi


TET = date(2027, 2, 4)
"""A Thursday that is computed as the first day of the leave."""


def test_a_computed_day_off_that_the_government_does_not_give_is_worked(world: World) -> None:
    dossier = a_dossier_in_appraisal(world, at=a_moment(date(2027, 1, 27)))
    assert (work_calendar().is_working_day(TET), dossier.due_on) == (False, date(2027, 2, 12))
    enter_day(EnteredDay(TET, "ordinary", "Không nghỉ", "Thông báo 3/TB-BNV"), actor=world["admin"], at=THURSDAY)
    assert work_calendar().is_working_day(TET) and special_days(TET, TET) == []
    count_anew(None, why=WHY, at=a_moment(date(2027, 1, 28)))
    assert Dossier.objects.get(pk=dossier.pk).due_on == date(2027, 2, 11)


@pytest.mark.parametrize(
    "wrong", [OFF, EnteredDay(date(2026, 11, 14), "make_up_working", "Làm bù", "Thông báo 1/TB-BNV")]
)
def test_a_day_entered_by_mistake_is_what_its_weekday_says_again(world: World, wrong: EnteredDay) -> None:
    before = work_calendar().is_working_day(wrong.day)
    enter_day(wrong, actor=world["admin"], at=THURSDAY)
    assert work_calendar().is_working_day(wrong.day) is not before
    enter_day(replace(wrong, kind="ordinary", name="Nhập nhầm"), actor=world["admin"], at=THURSDAY)
    assert work_calendar().is_working_day(wrong.day) is before
