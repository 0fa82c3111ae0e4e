"""A plan that is kept stands behind the wall of whoever looks, and is kept to the end of its transaction only."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from ansinh.dossiers.models import Dossier
from ansinh.platform.plans import keep_plans
from ansinh.platform.row_security.viewer import NOBODY, Kind, Viewer, viewing
from tests.walls_of import application_role
from tests.world import a_submitted_dossier, a_world

HOUSE = Viewer(Kind.HOUSE)
AS_OFTEN_AS_IT_TAKES_TO_BE_PREPARED = 6


def mode() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW plan_cache_mode")
        return str(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_plans_are_kept_to_the_end_of_the_transaction() -> None:
    before = mode()
    with transaction.atomic():
        keep_plans()
        assert mode() == "force_generic_plan"
    assert mode() == before


@pytest.mark.django_db
def test_a_kept_plan_shows_nobody_what_the_house_sees() -> None:
    number = a_submitted_dossier(a_world()).number
    keep_plans()
    with application_role():
        for viewer, seen in ((HOUSE, True), (NOBODY, False), (HOUSE, True)):
            for _ in range(AS_OFTEN_AS_IT_TAKES_TO_BE_PREPARED):
                with viewing(viewer):
                    assert Dossier.objects.filter(number=number).exists() is seen
