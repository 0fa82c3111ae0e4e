"""Counting what a network asks: the limit holds, the hour passes, neighbours do not pay for each other."""

from datetime import datetime, timedelta

import pytest

from ansinh.people.asked_often import give_back, take
from ansinh.people.models_one_time import OneTimeCounter
from ansinh.platform.errors import NotAllowed
from ansinh.platform.zone import VIETNAM

AT = datetime(2026, 11, 23, 9, 40, tzinfo=VIETNAM)
pytestmark = pytest.mark.django_db


def ask(network: str = "203.0.113.7", *, at: datetime = AT, most: int = 2) -> None:
    take("look-up", network=network, most=most, at=at)


def test_beyond_the_limit_one_waits_until_the_hour_is_over() -> None:
    ask()
    ask()
    with pytest.raises(NotAllowed) as refused:
        ask()
    assert refused.value.code == "asked-too-often"
    assert refused.value.facts == {"n": 20}
    ask(at=AT + timedelta(minutes=20))


def test_another_network_is_not_slowed() -> None:
    ask(most=1)
    ask("203.0.113.8", most=1)


def test_an_ipv6_household_counts_as_one() -> None:
    ask("2001:db8:1:2::1", most=1)
    with pytest.raises(NotAllowed):
        ask("2001:db8:1:2:ffff::9", most=1)


def test_what_was_answered_does_not_count() -> None:
    for _ in range(5):
        ask(most=1)
        give_back("look-up", network="203.0.113.7", at=AT)


def test_without_an_address_nothing_is_counted() -> None:
    for _ in range(3):
        ask("", most=1)
    assert not OneTimeCounter.objects.exists()


def test_old_hours_are_forgotten() -> None:
    ask()
    ask(at=AT + timedelta(hours=3))
    assert OneTimeCounter.objects.count() == 1
