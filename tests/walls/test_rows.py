"""Through SQL as the application's role: nobody without keys sees a row, everybody sees only the own ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from ansinh.casework.hand_over import hand_over
from ansinh.dossiers.models import Dossier, DossierPaper
from ansinh.people import queries as people
from ansinh.people.actors import Citizen, OfficerActor
from ansinh.people.models import Account, Assignment
from ansinh.people.views_of import view_of_citizen, view_of_officer
from ansinh.platform.row_security.viewer import NOBODY, Kind, Viewer, at_any_counter
from ansinh.walls.build import table_of
from ansinh.walls.register import walls
from tests.walls.people import a_neighbour, filled
from tests.walls_of import application_role, seen_as
from tests.world import OTHER_OFFICE, World, a_moment, a_registration, a_world

TODAY = a_moment(date(2026, 11, 9))
PUBLIC = Viewer(Kind.PUBLIC, browser="một trình duyệt nào đó")


@dataclass(frozen=True)
class Given:
    """The world, a dossier of its citizen at the local office, and a neighbour with as much."""

    world: World
    neighbour: Citizen
    dossier: Dossier


@pytest.fixture
def given(db: None, settings: Any, tmp_path: Any) -> Iterator[Given]:
    """One row at least in every table with a wall, of the citizen and of the neighbour."""
    settings.FILES_DIR, settings.SIGNING_DIR = tmp_path / "files", tmp_path / "signing"
    world = a_world()
    neighbour = a_neighbour()
    filled(world, world.citizen)
    filled(world, neighbour)
    a_registration(world)
    yield Given(world, neighbour, Dossier.objects.filter(owner_id=world.citizen.person_id).earliest("submitted_at"))


def test_every_walled_table_has_rows_to_hide(given: Given) -> None:
    assert [label for label in walls() if not apps.get_model(label)._default_manager.exists()] == []


@pytest.mark.parametrize("viewer", [NOBODY, PUBLIC], ids=["nobody", "a passer-by"])
def test_without_keys_no_row_of_a_person_is_seen(given: Given, viewer: Viewer) -> None:
    with seen_as(viewer):
        assert {label: _count(label) for label in walls()} == dict.fromkeys(walls(), 0)


def test_a_citizen_sees_the_own_rows_and_nobody_elses(given: Given) -> None:
    for label in walls():
        everything = _keys(label)
        with seen_as(view_of_citizen(given.world.citizen)):
            own = _keys(label)
        with seen_as(view_of_citizen(given.neighbour)):
            others = _keys(label)
        assert not own & others, label
        assert own < everything, label
    with seen_as(view_of_citizen(given.world.citizen)):
        assert set(Dossier.objects.values_list("owner_id", flat=True)) == {given.world.citizen.person_id}


def test_an_officer_sees_the_dossiers_of_todays_offices(given: Given) -> None:
    with seen_as(view_of_officer(given.world["specialist"])):
        assert Dossier.objects.filter(pk=given.dossier.pk).exists()
        assert given.dossier.papers.exists() and given.dossier.events.exists()
        assert Account.objects.filter(pk=given.world.citizen.account_id).exists()
    with seen_as(view_of_officer(given.world["other_specialist"])):
        assert not Dossier.objects.filter(pk=given.dossier.pk).exists()
        assert not given.dossier.papers.exists() and not given.dossier.events.exists()
        assert not Account.objects.filter(pk=given.world.citizen.account_id).exists()


def test_a_transferred_dossier_takes_its_rows_along(given: Given) -> None:
    before, after = given.world["counter"], given.world["other_counter"]
    with seen_as(view_of_officer(before)):
        hand_over(given.dossier.pk, actor=before, to_office=OTHER_OFFICE, reason="Người nộp đã chuyển nhà", at=TODAY)
        assert not Dossier.objects.filter(pk=given.dossier.pk).exists()
        assert not given.dossier.events.exists()
    with seen_as(view_of_officer(after)):
        assert Dossier.objects.filter(pk=given.dossier.pk).exists()
        assert given.dossier.events.filter(kind="handed_over").exists()


def test_an_assignment_that_ended_opens_nothing_on_the_next_day(given: Given) -> None:
    Assignment.objects.filter(officer_id=given.world["counter"].officer_id).update(valid_to=date(2026, 11, 9))
    account = Account.objects.get(pk=given.world["counter"].account_id)
    assert isinstance(people.officer(account, on=date(2026, 11, 9)), OfficerActor)
    assert people.officer(account, on=date(2026, 11, 10)) is None
    with seen_as(Viewer(Kind.OFFICER, account_id=account.pk)):
        assert _count("dossiers.Dossier") == 0


def test_a_registration_is_seen_at_every_counter(given: Given) -> None:
    with seen_as(view_of_officer(given.world["other_counter"])):
        assert set(Dossier.objects.values_list("procedure", flat=True)) == {"dang-ky-gdt-ca-nhan"}


def test_rows_of_others_cannot_be_changed_or_deleted(given: Given) -> None:
    everything = {label: _keys(label) for label in walls()}
    before = {label: _content(table_of(label)) for label in walls()}
    with seen_as(view_of_citizen(given.neighbour)), connection.cursor() as cursor:
        for label in walls():
            table, key = table_of(label), apps.get_model(label)._meta.pk.column
            theirs = list(everything[label] - _keys(label))
            assert theirs, label
            for change in (f"DELETE FROM {table}", f"UPDATE {table} SET {key} = {key}"):
                try:
                    with transaction.atomic():
                        cursor.execute(f"{change} WHERE {key} = ANY(%s)", [theirs])
                        assert cursor.rowcount == 0, change
                except DatabaseError as refused:
                    assert "permission denied" in str(refused), change  # of a table that only grows
    assert {label: _content(table_of(label)) for label in walls()} == before


IN_THEIR_NAME = {
    "a notice": """INSERT INTO notifications_notice (id, account_id, code, facts, title_vi, title_en, body_vi, body_en,
        idempotency, created_at)
        VALUES (gen_random_uuid(), %(their_account)s, 'x', '{}', '', '', '', '', 'x', now())""",
    "a token": """INSERT INTO people_accesstoken (digest, account_id, created_at, expires_at)
        VALUES ('x', %(their_account)s, now(), now())""",
    "an event": """INSERT INTO dossiers_dossierevent (dossier_id, at, kind, actor, actor_name, actor_title, office_code,
        facts, public) VALUES (%(their_dossier)s, now(), 'x', 'x', 'x', '', '90001', '{}', true)""",
    "a dossier": "UPDATE dossiers_dossier SET owner_id = %(them)s",
    "a draft": "UPDATE dossiers_draft SET owner_id = %(them)s, account_id = NULL, session_key = 'x'",
    "a paper": "UPDATE files_paper SET owner_id = %(their_account)s, kind = id::text",
}


@pytest.mark.parametrize("statement", IN_THEIR_NAME.values(), ids=IN_THEIR_NAME)
def test_nothing_can_be_given_to_others_or_written_in_their_name(given: Given, statement: str) -> None:
    them = given.world.citizen
    values: dict[str, UUID] = {
        "them": them.person_id, "their_account": them.account_id, "their_dossier": given.dossier.pk,
    }  # fmt: skip
    with (
        seen_as(view_of_citizen(given.neighbour)),
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, values)


def test_the_door_opens_no_more_than_it_needs(given: Given) -> None:
    with seen_as(Viewer(Kind.DOOR)):
        seen = {label for label in walls() if _count(label)}
    assert seen == {
        "people.Person", "people.Account", "people.AccessToken", "people.SignInAttempt", "people.OneTimeCode",
        "people.SignedInSession", "people.Passkey", "people.AuthenticatorApp", "people.RecoveryCode",
        "people.DoorGuard", "people.FormerContact", "people.LinkedIdentity", "people.Recovery", "people.RecoveryPaper",
        "people.Guardianship", "people.Mandate", "people.ActingEvent",
        "people.Organisation", "people.StaffMember", "people.StaffInvitation", "people.OrganisationEvent",
        "dossiers.Dossier", "dossiers.IssuedDocument", "signing.EvidenceRecord",
        "registry.InsuredPerson", "registry.ContributionPeriod", "registry.ContributionSupport",
        "registry.Entitlement", "registry.EntitlementChange", "registry.BookEntry", "registry.CardChange",
        "registry.Certificate", "registry.ContributionPayment", "registry.LeaveSpell",
        "registry.ParticipationChange", "registry.PersonalDataChange", "registry.RecoveryClaim",
        "registry.RecoveryCancellation",
        "registry.UnpaidBenefit", "registry.BankAccountChange", "registry.IssuedNumber",
    }  # fmt: skip


def test_a_counter_finds_people_from_everywhere_and_none_of_their_dossiers(given: Given) -> None:
    office = view_of_officer(given.world["other_counter"])
    with seen_as(office), at_any_counter():
        seen = {label for label in walls() if _count(label)}
        assert set(Dossier.objects.values_list("procedure", flat=True)) == {"dang-ky-gdt-ca-nhan"}
    assert {"people.Person", "people.Recovery", "people.Guardianship", "registry.BankAccountChange"} <= seen
    assert seen.isdisjoint(
        {"people.Passkey", "people.AuthenticatorApp", "people.SignedInSession", "dossiers.Draft", "people.Reading"}
    )


def test_a_broken_glass_opens_exactly_that_dossier(given: Given) -> None:
    office = view_of_officer(given.world["other_specialist"])
    with seen_as(replace(office, opened=given.dossier.pk)):
        seen = Dossier.objects.exclude(procedure="dang-ky-gdt-ca-nhan")
        assert [one.pk for one in seen] == [given.dossier.pk]
        assert given.dossier.papers.exists() and given.dossier.events.exists() and given.dossier.documents.exists()
        assert set(DossierPaper.objects.exclude(dossier__in=seen).values_list("dossier__procedure", flat=True)) <= {
            "dang-ky-gdt-ca-nhan"
        }


def test_the_program_can_switch_nothing_off(given: Given) -> None:
    for statement in (
        "ALTER TABLE dossiers_dossier DISABLE ROW LEVEL SECURITY",
        "DROP POLICY wall ON dossiers_dossier",
        "SET session_replication_role = replica",
        "TRUNCATE dossiers_dossier CASCADE",
        "UPDATE platform_auditevent SET actor = ''",
        "DELETE FROM dossiers_dossierevent",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('x', 'x', now())",
    ):
        with application_role(), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def _count(label: str) -> int:
    return len(_keys(label))


def _keys(label: str) -> set[Any]:
    return set(apps.get_model(label)._default_manager.values_list("pk", flat=True))


def _content(table: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT md5(string_agg(one::text, '|' ORDER BY one::text)) FROM {table} one")
        return list(cursor.fetchall())
