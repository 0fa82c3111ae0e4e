"""Notes only colleagues read, dossiers that belong together, and dossiers that may be the same."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import Error, connection, transaction

from ansinh.casework.hand_over import hand_over
from ansinh.casework.models import DossierLink, DuplicateVerdict, InternalNote, LinkKind
from ansinh.casework.related.duplicates import alike, judge
from ansinh.casework.related.links import link, links_of, unlink
from ansinh.casework.related.notes import note, notes_of
from ansinh.dossiers.models import Dossier
from ansinh.dossiers.withdraw import withdraw
from ansinh.platform.errors import Conflict, Invalid, NotFound
from ansinh.platform.identifiers import uuid7
from tests.casework.moves import MONDAY
from tests.world import OTHER_OFFICE, World, a_registration, a_submitted_dossier
from tests.world_procedures import PROVINCIAL

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R-110")]
TODAY = date(2026, 11, 9)


def of_another(dossier: Dossier) -> Dossier:
    """The same dossier as that of another record of the person."""
    Dossier.objects.filter(pk=dossier.pk).update(owner_id=uuid7())
    return Dossier.objects.get(pk=dossier.pk)


def test_a_note_is_kept_with_its_author_and_only_grows(world: World) -> None:
    dossier = a_submitted_dossier(world)
    note(dossier.pk, actor=world["counter"], text=" Đã gọi điện, hẹn thứ Năm. ", at=MONDAY)
    note(dossier.pk, actor=world["head"], text="Chờ thêm một ngày.", at=MONDAY + timedelta(hours=1))
    assert [(one.officer.full_name, one.text) for one in notes_of(dossier)] == [
        ("Trần Minh Châu", "Chờ thêm một ngày."), ("Nguyễn Thị Hoa", "Đã gọi điện, hẹn thứ Năm."),
    ]  # fmt: skip
    for statement in ("UPDATE casework_internalnote SET text = 'x'", "DELETE FROM casework_internalnote"):
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert not dossier.events.filter(public=True).exclude(kind="submitted").exists()


def test_an_empty_note_and_a_note_of_another_office_are_refused(world: World) -> None:
    dossier = a_submitted_dossier(world)
    with pytest.raises(Invalid):
        note(dossier.pk, actor=world["counter"], text="  ", at=MONDAY)
    with pytest.raises(NotFound):
        note(dossier.pk, actor=world["other_counter"], text="x", at=MONDAY)
    assert not InternalNote.objects.exists()


def test_linked_dossiers_show_each_other_and_which_follows_which(world: World) -> None:
    first, second = a_submitted_dossier(world), a_submitted_dossier(world)
    made = link(second.pk, actor=world["counter"], number=first.number, kind="follows", at=MONDAY)
    assert [(one.number, one.forward) for one in links_of(second, viewer=world["counter"])] == [(first.number, True)]
    assert [(one.number, one.forward) for one in links_of(first, viewer=world["counter"])] == [(second.number, False)]
    with pytest.raises(Conflict):
        link(second.pk, actor=world["counter"], number=first.number, kind="follows", at=MONDAY)
    unlink(made.pk, actor=world["counter"], at=MONDAY)
    assert links_of(first, viewer=world["counter"]) == []
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM casework_dossierlink")


def test_a_link_to_itself_to_nothing_or_of_no_kind_is_refused(world: World) -> None:
    dossier = a_submitted_dossier(world)
    with pytest.raises(Invalid):
        link(dossier.pk, actor=world["counter"], number=dossier.number, kind="follows", at=MONDAY)
    with pytest.raises(Invalid):
        link(dossier.pk, actor=world["counter"], number=dossier.number, kind="x", at=MONDAY)
    with pytest.raises(NotFound):
        link(dossier.pk, actor=world["counter"], number="00009/2026/90001", kind="follows", at=MONDAY)


def test_what_went_to_another_office_shows_its_number_alone(world: World) -> None:
    first, second = a_submitted_dossier(world), a_submitted_dossier(world)
    link(second.pk, actor=world["counter"], number=first.number, kind="follows", at=MONDAY)
    hand_over(first.pk, actor=world["counter"], to_office=OTHER_OFFICE, reason="Chuyển nhà", at=MONDAY)
    (shown,) = links_of(second, viewer=world["counter"])
    assert (shown.number, shown.dossier_id) == (first.number, None)


def test_the_same_request_twice_is_shown_with_what_is_the_same(world: World) -> None:
    first, second = a_submitted_dossier(world), a_submitted_dossier(world)
    a_submitted_dossier(world, PROVINCIAL)
    (found,) = alike(second, on=TODAY)
    assert found.number == first.number
    assert {"person", "procedure", "name_and_birth"} <= set(found.same)


def test_a_request_closed_long_ago_is_no_duplicate(world: World) -> None:
    first, second = a_submitted_dossier(world), a_submitted_dossier(world)
    withdraw(first.pk, actor=world.citizen, reason="Nộp nhầm", at=MONDAY)
    assert len(alike(second, on=TODAY)) == 1
    assert alike(second, on=TODAY + timedelta(days=200)) == []


def test_a_person_recorded_twice_is_found_by_name_and_birth(world: World) -> None:
    first, second = of_another(a_submitted_dossier(world)), a_submitted_dossier(world)
    (found,) = alike(second, on=TODAY)
    assert found.dossier_id == first.pk
    assert "person" not in found.same
    assert "name_and_birth" in found.same


def test_registrations_are_compared_elsewhere(world: World) -> None:
    a_registration(world)
    assert alike(a_registration(world), on=TODAY) == []


def test_not_a_duplicate_is_kept_and_nobody_is_asked_again(world: World) -> None:
    first, second = a_submitted_dossier(world), a_submitted_dossier(world)
    kept = judge(
        second.pk, actor=world["counter"], other_id=first.pk, verdict="different", reason="Hai con khác nhau", at=MONDAY
    )
    assert "procedure" in kept.same
    assert alike(second, on=TODAY) == alike(first, on=TODAY) == []
    with pytest.raises(Conflict):
        judge(second.pk, actor=world["counter"], other_id=first.pk, verdict="same", reason="x", at=MONDAY)
    assert not DossierLink.objects.exists()


def test_what_lies_at_another_office_is_seen_and_not_judged_from_here(world: World) -> None:
    first, second = a_submitted_dossier(world), a_submitted_dossier(world)
    hand_over(first.pk, actor=world["counter"], to_office=OTHER_OFFICE, reason="Chuyển nhà", at=MONDAY)
    assert [one.office_code for one in alike(second, on=TODAY)] == [OTHER_OFFICE]
    with pytest.raises(NotFound):
        judge(second.pk, actor=world["counter"], other_id=first.pk, verdict="same", reason="x", at=MONDAY)


def test_a_duplicate_is_linked_and_stays_open(world: World) -> None:
    first, second = a_submitted_dossier(world), a_submitted_dossier(world)
    judge(second.pk, actor=world["counter"], other_id=first.pk, verdict="same", reason="Nộp hai lần", at=MONDAY)
    assert DossierLink.objects.get().kind == LinkKind.SAME_MATTER
    assert Dossier.objects.filter(closed_at=None).count() == 2


@pytest.mark.parametrize(("verdict", "reason"), [("", "x"), ("same", " "), ("maybe", "x")])
def test_a_verdict_needs_a_word_and_a_reason(world: World, verdict: str, reason: str) -> None:
    first, second = a_submitted_dossier(world), a_submitted_dossier(world)
    with pytest.raises(Invalid):
        judge(second.pk, actor=world["counter"], other_id=first.pk, verdict=verdict, reason=reason, at=MONDAY)
    with pytest.raises(NotFound):
        judge(second.pk, actor=world["counter"], other_id=uuid7(), verdict="same", reason="x", at=MONDAY)
    assert not DuplicateVerdict.objects.exists()
