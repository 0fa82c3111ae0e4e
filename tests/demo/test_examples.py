"""One dossier of each procedure stands before the desk after the first start: filed, taken in, decided; once each."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings

from ansinh.catalogue.freeze import freeze_all
from ansinh.catalogue.queries import services_on
from ansinh.demo.examples import EXAMPLE_JOB, defer_examples, file_examples
from ansinh.demo.load import load
from ansinh.dossiers.models import Dossier
from ansinh.dossiers.words import REGISTRATIONS
from ansinh.people.models import Organisation
from ansinh.platform.models import Job
from ansinh.platform.queue import run_one
from tests.world import a_moment

DAY = a_moment(date(2026, 11, 26))


@pytest.mark.django_db
def test_the_examples_stand_before_the_desk_once(settings: Settings, tmp_path: Path) -> None:
    settings.FILES_DIR, settings.SIGNING_DIR = tmp_path / "files", tmp_path / "signing"
    settings.SECRETS_DIR = tmp_path / "secrets"
    freeze_all(at=DAY)
    assert load(at=DAY)
    there = set(Dossier.objects.values_list("pk", flat=True))
    made = file_examples(at=DAY)
    online = {one.slug for one in services_on(DAY.date()) if one.procedure.online and one.form is not None}
    assert sorted(one.procedure for one in made) == sorted(online - REGISTRATIONS)
    states = set(Dossier.objects.exclude(pk__in=there).values_list("state", flat=True))
    assert {"submitted", "in_progress", "granted", "waiting_for_payment"} <= states
    kinds = Organisation.objects.filter(pk__in=[one.owner_id for one in made]).values_list("kind", flat=True)
    assert {"employer", "health_facility"} <= set(kinds)
    assert all(str(one.answers.get("id_number", "099")).startswith("099") for one in made)
    assert file_examples(at=DAY) == [] and not load(at=DAY)


@pytest.mark.django_db
def test_the_first_start_leaves_them_to_the_worker_behind_all_other_work(settings: Settings, tmp_path: Path) -> None:
    settings.FILES_DIR, settings.SIGNING_DIR = tmp_path / "files", tmp_path / "signing"
    settings.SECRETS_DIR = tmp_path / "secrets"
    freeze_all(at=DAY)
    load(at=DAY)
    Job.objects.all().delete()
    there = Dossier.objects.count()
    deferred = defer_examples(at=DAY)
    waiting = Job.objects.filter(name=EXAMPLE_JOB)
    assert waiting.count() == deferred >= 30 and set(waiting.values_list("priority", flat=True)) == {1000}
    assert run_one(DAY) == 1
    assert Dossier.objects.count() == there + 1
