"""A name is found on the newest dossiers and on old ones; the names of an office are kept by the database."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connections, transaction

from ansinh.casework import search
from ansinh.casework.hand_over import hand_over
from ansinh.casework.search import find
from ansinh.dossiers.models import Dossier, FiledName
from ansinh.people.views_of import view_of_officer
from ansinh.platform.row_security.viewer import as_the_house
from tests.casework.moves import MONDAY, a_dossier_in_appraisal
from tests.walls_of import seen_as
from tests.world import LOCAL_OFFICE, OTHER_OFFICE, World, a_submitted_dossier

LATER = MONDAY + timedelta(days=2)


def names(office: str) -> set[str]:
    return set(FiledName.objects.filter(office_code=office).values_list("name", flat=True))


def test_a_name_on_old_dossiers_is_found_too(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    old = a_dossier_in_appraisal(world)
    Dossier.objects.filter(pk=old.pk).update(applicant_key="vuong thi ngoc lan")
    newer = [a_submitted_dossier(world, at=LATER) for _ in range(3)]
    monkeypatch.setattr(search, "NEWEST", 1)
    search._among_newest.cache_clear()
    assert find(world["specialist"], "Ngọc Lan") == [old]
    assert find(world["specialist"], "ngoc la", limit=1) == [old]
    assert set(find(world["specialist"], newer[0].applicant_name)) == set(newer)
    assert find(world["other_specialist"], "Ngọc Lan") == []
    search._among_newest.cache_clear()


def test_signs_of_patterns_stand_for_themselves(world: World) -> None:
    a_dossier_in_appraisal(world)
    assert find(world["specialist"], "%") == []
    assert find(world["specialist"], "_") == []


def test_a_name_goes_over_with_the_last_dossier(world: World) -> None:
    first, second = a_submitted_dossier(world), a_submitted_dossier(world)
    key = first.applicant_key
    assert names(LOCAL_OFFICE) == {key}
    hand_over(first.pk, actor=world["counter"], to_office=OTHER_OFFICE, reason="Chuyển nơi ở.", at=MONDAY)
    assert (names(LOCAL_OFFICE), names(OTHER_OFFICE)) == ({key}, {key})
    hand_over(second.pk, actor=world["counter"], to_office=OTHER_OFFICE, reason="Chuyển nơi ở.", at=MONDAY)
    assert (names(LOCAL_OFFICE), names(OTHER_OFFICE)) == (set(), {key})


def test_a_destroyed_name_is_kept_nowhere(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    Dossier.objects.filter(pk=dossier.pk).update(applicant_key="")
    assert names(LOCAL_OFFICE) == {""}


def test_names_of_another_office_are_behind_the_wall(world: World) -> None:
    key = a_submitted_dossier(world).applicant_key
    with seen_as(view_of_officer(world["specialist"])):
        assert names(LOCAL_OFFICE) == {key}
    with seen_as(view_of_officer(world["other_specialist"])):
        assert names(LOCAL_OFFICE) == set()


@pytest.mark.django_db(transaction=True)
def test_a_name_stays_where_a_dossier_comes_while_the_last_one_goes(world: World) -> None:
    """Who destroys waits for who files, and then sees that the name is still needed."""
    last, comes = a_submitted_dossier(world), a_submitted_dossier(world)
    Dossier.objects.filter(pk=comes.pk).update(applicant_key="another")
    holding, destroyed = threading.Event(), threading.Event()

    def destroy() -> None:
        with as_the_house():
            holding.wait(20)
            Dossier.objects.filter(pk=last.pk).update(applicant_key="")
            destroyed.set()
        connections.close_all()

    thread = threading.Thread(target=destroy)
    thread.start()
    with transaction.atomic():
        Dossier.objects.filter(pk=comes.pk).update(applicant_key=last.applicant_key)
        holding.set()
        assert not destroyed.wait(1)
    thread.join(20)
    assert destroyed.is_set()
    assert last.applicant_key in names(LOCAL_OFFICE)
