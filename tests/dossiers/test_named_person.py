"""An organisation writes of the person it names; nobody writes over what the own account knows of oneself."""

from __future__ import annotations

import pytest

from ansinh.dossiers import drafts
from ansinh.dossiers.access import Holder
from ansinh.dossiers.models import Draft
from ansinh.people.actors import Citizen
from tests.world import SI_NUMBER, World, a_moment, a_world
from tests.world_organisations import TODAY, a_firm, acting_for, freeze

pytestmark = pytest.mark.django_db
PENSION = "luong-huu-can-bo-xa"
AT = a_moment(TODAY, hour=14)
OF_ANOTHER = {
    "full_name": "Lê Minh Đức", "si_number": "9000000117", "date_of_birth": "1965-05-09", "filed_by": "organisation",
    "gender": "male",
}  # fmt: skip


@pytest.fixture
def world() -> World:
    """Offices, a person, and the pension."""
    made = a_world()
    freeze(PENSION)
    return made


def saved(actor: Citizen) -> Draft:
    """What is kept when somebody posts the name of another."""
    holder = Holder.of(actor)
    return drafts.save(drafts.begin(PENSION, holder=holder, at=AT).pk, holder=holder, answers=OF_ANOTHER, at=AT)


def test_an_employer_names_the_worker(world: World) -> None:
    firm = a_firm()
    answers = saved(acting_for(firm.clerk, firm.company)).answers
    assert {key: answers[key] for key in OF_ANOTHER} == OF_ANOTHER
    assert answers["organisation"] == firm.company.name


def test_a_person_stays_who_the_account_says(world: World) -> None:
    answers = saved(world.citizen).answers
    assert (answers["full_name"], answers["si_number"]) == ("Trần Thị Mai Lan", SI_NUMBER)
    assert answers["filed_by"] == "person"
