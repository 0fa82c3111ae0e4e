"""A worker seals the log by itself, also while a job runs."""

from __future__ import annotations

import os
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from pytest_django import Settings

from ansinh.jobs.rounds import TIDYING, Rounds, tidy
from ansinh.payments.models import OrderState
from ansinh.platform.actor_context import acting_as
from ansinh.proof.models import Checkpoint, Place
from ansinh.signing import seal
from tests.payments.money import NOW, again, to_collect
from tests.world import a_world, an_account


@pytest.mark.django_db(transaction=True)
def test_what_happened_is_sealed_and_copied_within_seconds(settings: Settings, tmp_path: Path) -> None:
    settings.SIGNING_DIR = tmp_path / "signing"
    settings.PROOF_PLACES = [tmp_path / "first", tmp_path / "second"]
    seal._key.cache_clear()
    with transaction.atomic(), acting_as("officer:lan"):
        an_account("lan", "Lê Thị Lan")
    rounds = Rounds()
    rounds.start()
    limit = time.monotonic() + 10
    while Place.objects.filter(confirmed_size=1).count() != 2 and time.monotonic() < limit:
        time.sleep(0.05)
    rounds.stop()
    seal._key.cache_clear()
    assert Checkpoint.objects.get().size == 1
    assert [place.confirmed_size for place in Place.objects.all()] == [1, 1]


@pytest.mark.django_db
def test_a_part_of_the_tidying_that_fails_holds_up_no_other(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A folder lies where files in passing are kept, and cannot be removed like one: the orders are ended before it,
    and the part after it has its turn too.
    """
    order = to_collect(a_world())
    settings.FILES_DIR = tmp_path
    stuck = tmp_path / "passing" / "thu-muc-la"
    stuck.mkdir(parents=True)
    long_ago = (NOW - timedelta(days=400)).timestamp()
    os.utime(stuck, (long_ago, long_ago))
    done: list[str] = []

    def last(*, at: datetime) -> int:
        done.append("last")
        return 1

    tidy(at=NOW + timedelta(days=30), parts=(("broken", _broken), *TIDYING, ("last", last)))
    assert again(order).state == OrderState.EXPIRED
    assert done == ["last"]
    failed = [one.getMessage() for one in caplog.records if one.levelname == "ERROR"]
    assert failed == ["tidying failed: broken", "tidying failed: passing files removed"]


def _broken(*, at: datetime) -> int:
    """What a lost table would do, in a transaction of its own as every part has."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM bang_khong_co")
    return 0
