"""The calendar at the desk: a day is entered with its document, read in the list, and made ordinary again."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from ansinh.casework.calendar_change import COUNT_ANEW
from ansinh.offices.models import CalendarDay
from ansinh.platform.models import Job
from tests.world import World

PAGE = "/can-bo/lich-nghi"
DAY = {"day.day": "7", "day.month": "12", "day.year": "2026", "basis": "Thông báo 1/TB-BNV"}


def test_an_administrator_enters_a_day_and_takes_it_back(world: World, browser: Callable[[str], Client]) -> None:
    admin = browser("admin")
    assert admin.post(PAGE, {**DAY, "kind": "swapped_off", "name": "Nghỉ bão"}).status_code == 302
    assert "Nghỉ bão" in admin.get(PAGE).content.decode()
    assert admin.post(PAGE, {**DAY, "kind": "ordinary", "name": "Không nghỉ nữa"}).status_code == 302
    page = admin.get(PAGE).content.decode()
    assert "Nghỉ bão" not in page and "Không nghỉ nữa" not in page
    assert CalendarDay.objects.get().kind == "ordinary"
    assert Job.objects.filter(name=COUNT_ANEW).count() == 4  # of each: at once, and of what moves meanwhile


def test_what_is_wrong_is_said_and_others_have_no_say(world: World, browser: Callable[[str], Client]) -> None:
    answer = browser("admin").post(PAGE, {**DAY, "kind": "ordinary", "name": "Không nghỉ"})
    assert answer.status_code == 422 and "đang là ngày thường" in answer.content.decode()
    assert browser("head").get(PAGE).status_code == 403
    assert browser("head").post(PAGE, {**DAY, "kind": "swapped_off", "name": "Nghỉ"}).status_code == 403
    assert not CalendarDay.objects.exists()
