"""The small world can be loaded on any day: what its people claim happened lately, seen from that day."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from ansinh.catalogue.freeze import freeze_all
from ansinh.demo import load
from ansinh.demo.accounts import world
from ansinh.demo.moved import moved
from ansinh.dossiers.models import Dossier
from tests.world import a_moment


@pytest.mark.parametrize("day", [date(2026, 11, 9), date(2027, 1, 29), date(2028, 2, 29), date(2029, 12, 31)])
@pytest.mark.django_db(transaction=True)
def test_every_dossier_of_the_small_world_is_filed_on_any_day(day: date, settings: Settings, tmp_path: Path) -> None:
    settings.FILES_DIR, settings.SIGNING_DIR = tmp_path / "files", tmp_path / "signing"
    freeze_all(at=a_moment(day))
    load(at=a_moment(day))
    assert Dossier.objects.count() == sum(row["until"] != "draft" for row in world()["dossiers"])


def test_recent_days_move_and_a_date_of_birth_stays() -> None:
    told = {"born": "1990-05-04", "children": [{"born": "2026-10-31"}], "month": "2026-12", "name": "Lan"}
    assert moved(told, written_for=date(2026, 11, 9), filed_on=date(2027, 1, 5)) == {
        "born": "1990-05-04",
        "children": [{"born": "2026-12-31"}],
        "month": "2027-02",
        "name": "Lan",
    }
    assert moved("2026-12-31", written_for=date(2026, 11, 9), filed_on=date(2027, 1, 5)) == "2027-02-28"


@pytest.mark.parametrize("filed", [date(2026, 11, 26), date(2026, 12, 1), date(2027, 2, 27)])
def test_what_begins_tomorrow_begins_tomorrow_and_what_happened_has_happened(filed: date) -> None:
    written = date(2026, 11, 9)
    tomorrow = filed + timedelta(days=1)
    assert moved("2026-11-10", written_for=written, filed_on=filed) == tomorrow.isoformat()
    assert moved("2027-11-09", written_for=written, filed_on=filed) == (filed + timedelta(days=365)).isoformat()
    assert date.fromisoformat(moved("2026-11-05", written_for=written, filed_on=filed)) <= filed
    assert moved("2026-12-01", written_for=written, filed_on=filed)[8:] == "01"
