"""Two officers type one number in the same moment, or at two offices: the slower one is told, and nothing breaks."""

from __future__ import annotations

import pytest

from ansinh.people.views_of import view_of_officer
from ansinh.platform.errors import Conflict
from ansinh.post import outgoing
from ansinh.post.models import IncomingItem, OutgoingItem, OutgoingState
from tests.casework.moves import MONDAY
from tests.post.test_incoming import entered
from tests.post.test_outgoing import prepared
from tests.threads import refusal_of_the_slower
from tests.walls_of import seen_as
from tests.world import OTHER_OFFICE, World, a_submitted_dossier, a_world

NUMBER = "EE123456789VN"


@pytest.fixture
def busy_world(transactional_db: None) -> World:
    """The world, committed."""
    return a_world()


@pytest.mark.django_db(transaction=True)
def test_one_tracking_number_for_two_items(busy_world: World) -> None:
    dossier = a_submitted_dossier(busy_world)
    first, second = prepared(busy_world, dossier), prepared(busy_world, dossier)

    def handed(item: OutgoingItem) -> OutgoingItem:
        return outgoing.hand_to_post(item.pk, tracking_number=NUMBER, actor=busy_world["counter"], at=MONDAY)

    assert refusal_of_the_slower(lambda: handed(first), lambda: handed(second)) == "tracking-used"
    second.refresh_from_db()
    assert (second.state, second.tracking_number) == (OutgoingState.PREPARED, "")
    assert dossier.events.filter(kind="post_sent").count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_envelope_entered_by_two(busy_world: World) -> None:
    assert refusal_of_the_slower(lambda: entered(busy_world), lambda: entered(busy_world)) == "incoming-entered"
    assert IncomingItem.objects.count() == 1


def test_an_envelope_that_another_office_entered_is_refused_with_the_same_sentence(db: None) -> None:
    world = a_world()
    entered(world)
    with seen_as(view_of_officer(world["other_counter"])), pytest.raises(Conflict, match="xem lại số hiệu"):
        entered(world, office=OTHER_OFFICE, by="other_counter")
