"""Letters and their reminders also go out as SMS and mail, to people and never to a screen alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ansinh.directives import distribute, follow
from ansinh.directives.distribute import Order, Target
from ansinh.notifications.models import Message, Notice
from ansinh.people.models import Account, Organisation
from ansinh.platform.queue.runner import drain
from tests.directives.conftest import an_issued_letter
from tests.directives.test_distribution import company as company
from tests.directives.test_distribution import down_the_line
from tests.web.officer.conftest import NOW
from tests.world import LOCAL_OFFICE, World


def told(code: str) -> set[str]:
    """Names of the accounts with a notice of this code."""
    accounts = Notice.objects.filter(code=code).values_list("account_id", flat=True)
    return set(Account.objects.filter(pk__in=accounts).values_list("display_name", flat=True))


@pytest.mark.requirement("R-149", "R-123")
def test_who_gets_a_letter_hears_of_it_office_department_officer_and_units(world: World, company: Organisation) -> None:
    Account.objects.filter(pk=world["collector"].account_id).update(phone="84900000002")
    letter = an_issued_letter(world)
    down_the_line(world, letter)
    drain(NOW)
    everybody = told("letter_arrived")
    assert {"Võ Đình Nam", "Phạm Văn Đức", world.citizen.name} <= everybody
    assert "Đỗ Thị Yến" not in everybody and "Hồ Thị Lành" not in everybody
    sms = Message.objects.get(purpose="letter_arrived", recipient="84900000002")
    assert "1/BHXH-CNTT" in sms.body and "khong ghi" in sms.body
    contact = Message.objects.get(purpose="letter_arrived", recipient="84900000001")  # of the unit without an account
    assert contact.account_id is None


@pytest.mark.requirement("R-156")
def test_a_reminder_is_a_message_too_with_the_day(world: World, company: Organisation) -> None:
    letter = an_issued_letter(world)
    order = Order("Triển khai", date(2026, 11, 20))
    distribute.forward(letter.pk, [Target("office", LOCAL_OFFICE)], order, actor=world["director"], at=NOW)
    drain(NOW)
    later = NOW + timedelta(days=10)
    assert follow.remind(at=later) == 1
    drain(later)
    assert told("letter_reminder") == {"Trần Minh Châu", "Võ Đình Nam", "Ngô Thị Sen"}
    assert "20/11/2026" in Notice.objects.filter(code="letter_reminder")[0].body_vi


def test_who_confirmed_meanwhile_is_not_reminded(world: World, company: Organisation) -> None:
    letter = an_issued_letter(world)
    order = Order("Triển khai", date(2026, 11, 20))
    (held,) = distribute.forward(letter.pk, [Target("office", LOCAL_OFFICE)], order, actor=world["director"], at=NOW)
    later = NOW + timedelta(days=10)
    follow.remind(at=later)
    follow.confirm_done(held.pk, actor=world["leader"], at=later)
    drain(later)
    assert told("letter_reminder") == set()
