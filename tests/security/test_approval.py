"""Approving a registration: one more delegation is no way round four eyes."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.casework.registration import approval_blockers, verify
from ansinh.dossiers.models import Dossier
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Role
from tests.world import LOCAL_OFFICE, OTHER_OFFICE, World, a_moment, a_registration, an_officer, delegate

MONDAY = a_moment(date(2026, 11, 9))


@pytest.fixture
def roving(world: World) -> OfficerActor:
    """Somebody with a post at two counters."""
    posts = ((LOCAL_OFFICE, Role.APPROVER), (OTHER_OFFICE, Role.APPROVER))
    return an_officer("hai-noi", "Cao Thị Lệ", "Cán bộ tiếp nhận", posts)


def compared(dossier: Dossier, actor: OfficerActor, office: str) -> set[str]:
    """What stops this officer after comparing at this office."""
    verify(
        dossier.pk, actor=actor, office_code=office, identity_matches=True, declaration_signed=True,
        app_guided=True, at=MONDAY,
    )  # fmt: skip
    dossier.refresh_from_db()
    return {code for code, _ in approval_blockers(dossier, actor=actor, on=MONDAY.date())}


@pytest.mark.django_db
def test_a_delegation_of_a_left_office_approves_nothing(world: World) -> None:
    actor = an_officer("mot-noi", "Cao Thị Lệ", "Cán bộ tiếp nhận", ((OTHER_OFFICE, Role.APPROVER),))
    delegate(actor, by=world["leader"], office=LOCAL_OFFICE)
    assert "no-delegation" in compared(a_registration(world), actor, OTHER_OFFICE)


@pytest.mark.django_db
def test_four_eyes_of_this_office_are_not_closed_by_a_second_delegation(world: World, roving: OfficerActor) -> None:
    delegate(roving, by=world["leader"], office=LOCAL_OFFICE)
    delegate(roving, by=world["leader"], office=OTHER_OFFICE, four_eyes=True)
    assert "four-eyes" in compared(a_registration(world), roving, OTHER_OFFICE)
