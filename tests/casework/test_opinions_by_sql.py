"""Opinions past the pages: as the program's role, with the keys of an officer, nobody asks or answers for another."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from ansinh.casework.models import Opinion, OpinionState
from ansinh.casework.opinions.ask import Asked, answer, ask, withdraw
from ansinh.casework.reading import to_look_at
from ansinh.dossiers.models import Dossier
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Assignment
from ansinh.people.views_of import view_of_officer
from ansinh.platform.row_security.viewer import learn
from tests.casework.moves import a_dossier_in_appraisal
from tests.walls_of import seen_as
from tests.world import LOCAL_OFFICE, OTHER_OFFICE, World, a_moment

TUESDAY, WEDNESDAY, SATURDAY = (a_moment(date(2026, 11, day)) for day in (10, 11, 14))
WANTED = date(2026, 11, 13)
WORDS = "Khớp với sổ gốc lưu tại kho."
GIVEN = "UPDATE casework_opinion SET state = 'answered', answer = 'Khớp.', answered_by_id = %s, answered_at = %s"
ASKED = (
    "INSERT INTO casework_opinion (id, dossier_id, office_code, asked_by_id, asked_at, question, wanted_by,"
    " to_officer_id, to_office, agency, state, answer, document_number, file_name)"
    " VALUES (gen_random_uuid(), %s, %s, %s, %s, 'Sổ gốc có khớp không?', %s, %s, %s, '', 'asked', '', '', '')"
)


def asked_elsewhere(world: World) -> tuple[Dossier, Opinion]:
    """The specialist asks the specialist of another local office, until Friday."""
    dossier = a_dossier_in_appraisal(world)
    asked = Asked("Sổ gốc có khớp không?", WANTED, world["other_specialist"].officer_id, to_office=OTHER_OFFICE)
    return dossier, ask(dossier.pk, actor=world["specialist"], asked=asked, at=TUESDAY)


def refused(viewer: OfficerActor, statement: str, *values: Any, opened: Dossier | None = None) -> bool:
    """Whether the database refuses it to the pages of this officer, or touches no row; nothing stays."""
    try:
        with transaction.atomic(), seen_as(view_of_officer(viewer)):
            if opened is not None:
                learn(opened=opened.pk)
            with connection.cursor() as cursor:
                cursor.execute(statement, values)
                touched = cursor.rowcount
            transaction.set_rollback(True)
    except DatabaseError:
        return True
    return bool(touched == 0)


def asks(world: World, dossier: Dossier, by: str, of: str, to_office: str = "", **other: Any) -> bool:
    """Whether the database refuses this question, put by the pages of `by`."""
    facts = {"office": dossier.office_code, "asker": world[by].officer_id, **other}
    return refused(
        world[by], ASKED, dossier.pk, facts["office"], facts["asker"], TUESDAY, WANTED, world[of].officer_id, to_office,
        opened=dossier,
    )  # fmt: skip


def test_only_an_officer_of_the_office_asks_and_only_a_colleague_of_the_office_named(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    assert not asks(world, dossier, "specialist", "collector")
    assert not asks(world, dossier, "specialist", "other_specialist", OTHER_OFFICE)
    assert asks(world, dossier, "specialist", "collector", OTHER_OFFICE)  # does not work there
    assert asks(world, dossier, "specialist", "other_specialist")  # nor here
    assert asks(world, dossier, "specialist", "specialist")
    assert asks(world, dossier, "other_specialist", "other_counter", OTHER_OFFICE)  # has not got the dossier
    assert asks(world, dossier, "other_specialist", "collector", office=OTHER_OFFICE)
    assert asks(world, dossier, "specialist", "collector", asker=world["head"].officer_id)  # in another's name


def test_whoever_was_asked_answers_in_time_and_nobody_else(world: World) -> None:
    dossier, _ = asked_elsewhere(world)
    me = world["other_specialist"]
    assert not refused(me, GIVEN, me.officer_id, WEDNESDAY, opened=dossier)
    assert refused(me, GIVEN, me.officer_id, SATURDAY, opened=dossier)
    assert refused(me, GIVEN, world["specialist"].officer_id, WEDNESDAY, opened=dossier)
    for other in ("other_counter", "specialist", "head"):
        assert refused(world[other], GIVEN, me.officer_id, WEDNESDAY, opened=dossier), other
        assert refused(world[other], GIVEN, world[other].officer_id, WEDNESDAY, opened=dossier), other


def test_a_post_that_ended_or_a_dossier_that_moved_on_ends_the_question(world: World) -> None:
    dossier, _ = asked_elsewhere(world)
    me = world["other_specialist"]
    posts = Assignment.objects.filter(officer_id=me.officer_id)
    posts.update(ended_at=TUESDAY)
    assert refused(me, GIVEN, me.officer_id, WEDNESDAY, opened=dossier)
    posts.update(ended_at=None)
    assert not refused(me, GIVEN, me.officer_id, WEDNESDAY, opened=dossier)
    Dossier.objects.filter(pk=dossier.pk).update(office_code="90000", last_event_at=WEDNESDAY)
    assert refused(me, GIVEN, me.officer_id, WEDNESDAY, opened=dossier)


def test_whoever_is_asked_from_elsewhere_takes_no_question_back(world: World) -> None:
    dossier, _ = asked_elsewhere(world)
    withdrawn = "UPDATE casework_opinion SET state = 'withdrawn'"
    assert refused(world["other_specialist"], withdrawn, opened=dossier)
    assert not refused(world["specialist"], withdrawn)


def test_nothing_is_asked_or_answered_about_a_decided_dossier(world: World) -> None:
    dossier, _ = asked_elsewhere(world)
    Dossier.objects.filter(pk=dossier.pk).update(
        state="withdrawn", closed_at=WEDNESDAY, due_on=None, last_event_at=WEDNESDAY
    )
    me = world["other_specialist"]
    assert refused(me, GIVEN, me.officer_id, WEDNESDAY, opened=dossier)
    assert asks(world, dossier, "specialist", "collector")


@pytest.mark.parametrize("act", ["answered", "withdrawn"])
def test_what_the_pages_do_the_database_lets_through(world: World, act: str) -> None:
    dossier, opinion = asked_elsewhere(world)
    assert opinion.office_code == LOCAL_OFFICE
    if act == "answered":
        with seen_as(view_of_officer(world["other_specialist"])):
            to_look_at(dossier.pk, reader=world["other_specialist"], at=WEDNESDAY)
            answer(opinion.pk, actor=world["other_specialist"], words=WORDS, at=WEDNESDAY)
    else:
        with seen_as(view_of_officer(world["specialist"])):
            withdraw(opinion.pk, actor=world["specialist"], at=WEDNESDAY)
    opinion.refresh_from_db()
    assert opinion.state == OpinionState(act) and opinion.dossier_id == dossier.pk
