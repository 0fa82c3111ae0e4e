"""An officer types for a person at the counter; the record says who typed, and that the person confirmed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ansinh.dossiers import assist, drafts
from ansinh.dossiers.access import Holder
from ansinh.dossiers.models import Dossier, Draft
from ansinh.people.models import Account, Assignment, Person
from ansinh.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from ansinh.platform.zone import local_day
from tests.world import FILED_AT, LOCAL_OFFICE, OTHER_OFFICE, World, a_world
from tests.world_procedures import ALLOWANCE

AT = FILED_AT

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R-193")]


@pytest.fixture
def world() -> World:
    return a_world()


def begun(world: World, **more: object) -> Draft:
    person = Person.objects.get(pk=world.citizen.person_id)
    given = {"actor": world["counter"], "office_code": LOCAL_OFFICE, "identity_matches": True, "at": AT, **more}
    return assist.begin_for(person, ALLOWANCE, **given)  # type: ignore[arg-type]


def test_the_draft_is_the_persons_own_and_the_officer_reaches_it_today(world: World) -> None:
    draft = begun(world)
    assert draft.owner_id == world.citizen.person_id
    assert [one.pk for one in drafts.open_drafts(Holder.of(world.citizen))] == [draft.pk]
    found, owner = assist.assisted(draft.pk, actor=world["counter"], at=AT + timedelta(hours=1))
    assert (found.pk, owner.person_id) == (draft.pk, world.citizen.person_id)
    assert [one.draft_id for one in assist.assisted_today(actor=world["counter"], at=AT)] == [draft.pk]


def test_tomorrow_and_for_anybody_else_it_is_as_if_it_did_not_exist(world: World) -> None:
    draft = begun(world)
    with pytest.raises(NotFound):
        assist.assisted(draft.pk, actor=world["counter"], at=AT + timedelta(days=1))
    for stranger in ("other_counter", "specialist", "leader"):
        with pytest.raises(NotFound):
            assist.assisted(draft.pk, actor=world[stranger], at=AT)
    assert assist.assisted_today(actor=world["counter"], at=AT + timedelta(days=1)) == []


def test_who_left_the_counter_does_not_go_on(world: World) -> None:
    draft = begun(world)
    counter = world["counter"]
    Assignment.objects.filter(officer_id=counter.officer_id).update(valid_to=local_day(AT) - timedelta(days=1))
    gone = type(counter)(counter.officer_id, counter.account_id, counter.name, counter.title_vi, posts=())
    with pytest.raises(NotFound):
        assist.assisted(draft.pk, actor=gone, at=AT)


@pytest.mark.parametrize(
    ("change", "error"),
    [({"identity_matches": False}, Invalid), ({"office_code": OTHER_OFFICE}, NotAllowed)],
)
def test_it_begins_only_with_the_person_compared_at_the_own_counter(
    world: World, change: dict[str, object], error: type[Exception]
) -> None:
    with pytest.raises(error):
        begun(world, **change)
    with pytest.raises(NotAllowed):
        begun(world, actor=world["specialist"])
    assert not Draft.objects.exists()


def test_a_person_without_an_account_registers_first(world: World) -> None:
    Account.objects.filter(pk=world.citizen.account_id).update(state="closed")
    with pytest.raises(Conflict) as refused:
        begun(world)
    assert refused.value.code == "no-account"
    assert not Dossier.objects.exists()
