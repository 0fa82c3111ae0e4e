"""A worker seals the log by itself, also while a job runs."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from pytest_django import Settings

from ansinh.jobs.rounds import Rounds
from ansinh.platform.actor_context import acting_as
from ansinh.proof.models import Checkpoint, Place
from ansinh.signing import seal
from tests.world import an_account


@pytest.mark.django_db(transaction=True)
def test_what_happened_is_sealed_and_copied_within_seconds(settings: Settings, tmp_path: Path) -> None:
    from django.db import transaction

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
