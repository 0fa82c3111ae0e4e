"""Extensions have their ground, count by the law, and are told; nobody writes a due date by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from ansinh.casework.extend import Order, extend
from ansinh.casework.extension_letter import make_extension_letter
from ansinh.casework.models import DueChange
from ansinh.dossiers.models import Dossier, IssuedDocument
from ansinh.notifications.models import Notice
from ansinh.platform.errors import Conflict, DomainError, NotAllowed, NotFound
from ansinh.platform.storage import open_file
from ansinh.signing.authority import ensure_authority
from ansinh.signing.check import check_pdf
from tests.casework.moves import MONDAY, a_dossier_in_appraisal, answered, asked
from tests.walls_of import application_role
from tests.world import World, a_moment, a_submitted_dossier

THURSDAY = a_moment(date(2026, 11, 12))
STORM = Order("disaster", 5, "12/QĐ-UBND", date(2026, 11, 11), "Bão số 9, cơ quan phải sơ tán.")


def test_days_are_added_in_the_limits_own_kind_and_the_applicant_is_told(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)  # 7 working days from Monday 9: the 18th
    change = extend(dossier.pk, actor=world["head"], order=STORM, at=THURSDAY)
    dossier.refresh_from_db()
    assert (change.old_due, change.new_due, dossier.due_on) == (
        date(2026, 11, 18), date(2026, 11, 26), date(2026, 11, 26),
    )  # fmt: skip  # 24 November is a holiday
    assert "26/11/2026" in Notice.objects.get(dossier_id=dossier.pk, code="due_date_changed").body_vi
    assert dossier.events.get(kind="extended").facts["document"] == "12/QĐ-UBND"


def test_pauses_are_counted_beside_an_extension_as_if_the_limit_were_longer(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    asked(world, dossier, at=THURSDAY)
    change = extend(dossier.pk, actor=world["leader"], order=STORM, at=a_moment(date(2026, 11, 13)))
    assert change.new_due is None  # the applicant is awaited: there is no due date
    dossier = answered(world, dossier, at=a_moment(date(2026, 11, 19)))
    assert dossier.due_on == date(2026, 12, 3)  # 12 working days and the 5 of the pause


def test_one_document_extends_a_dossier_once(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    extend(dossier.pk, actor=world["head"], order=STORM, at=THURSDAY)
    with pytest.raises(Conflict) as again:
        extend(dossier.pk, actor=world["leader"], order=replace(STORM, document_number=" 12/QĐ-UBND "), at=THURSDAY)
    assert again.value.code == "extended-already"
    assert Dossier.objects.get(pk=dossier.pk).due_on == date(2026, 11, 26)
    extend(dossier.pk, actor=world["head"], order=replace(STORM, document_number="13/QĐ-UBND"), at=THURSDAY)
    assert Dossier.objects.get(pk=dossier.pk).due_on == date(2026, 12, 3)


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ({"ground": "because"}, "ground-unknown"),
        ({"why": " "}, "extension-needs-why"),
        ({"document_number": ""}, "extension-needs-document"),
        ({"document_day": None}, "extension-needs-document"),
        ({"document_day": date(2026, 11, 13)}, "document-in-future"),
        ({"days": 0}, "extension-days"),
        ({"days": 91}, "extension-days"),
    ],
)
def test_an_order_without_its_ground_is_refused(world: World, fault: dict[str, object], code: str) -> None:
    dossier = a_dossier_in_appraisal(world)
    with pytest.raises(DomainError) as refused:
        extend(dossier.pk, actor=world["head"], order=replace(STORM, **fault), at=THURSDAY)  # type: ignore[arg-type]
    assert refused.value.code == code


def test_only_who_leads_where_the_dossier_is_extends(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    with pytest.raises(NotAllowed):
        extend(dossier.pk, actor=world["specialist"], order=STORM, at=THURSDAY)
    with pytest.raises(NotFound):
        extend(dossier.pk, actor=world["other_specialist"], order=STORM, at=THURSDAY)


def test_without_a_clock_there_is_nothing_to_extend(world: World) -> None:
    with pytest.raises(Conflict):
        extend(a_submitted_dossier(world).pk, actor=world["head"], order=STORM, at=MONDAY)


BARE = (
    "INSERT INTO casework_duechange (id, dossier_id, kind, at, why_vi, ground, basis_vi, document_number, result_key,"
    " limit_unit, adds) SELECT gen_random_uuid(), id, 'extension', now(), 'x', '', '', '', '', '', 30"
    " FROM dossiers_dossier"
)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE casework_duechange SET adds = 30",
        "DELETE FROM casework_duechange",
        BARE,
    ],
    ids=["more days", "taken away", "without ground"],
)
def test_the_database_keeps_what_was_decided(world: World, statement: str) -> None:
    extend(a_dossier_in_appraisal(world).pk, actor=world["head"], order=STORM, at=THURSDAY)
    with pytest.raises(DatabaseError), transaction.atomic(), application_role(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert DueChange.objects.get().adds == 5
    assert Dossier.objects.get().due_on == date(2026, 11, 26)


def test_the_notice_is_a_letter_signed_by_who_decided_and_made_once(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    change = extend(dossier.pk, actor=world["leader"], order=STORM, at=THURSDAY)
    issued = make_extension_letter(change.pk, at=THURSDAY)
    assert issued is not None
    assert make_extension_letter(change.pk, at=THURSDAY) is None
    with open_file(issued.sha256) as file:
        report = check_pdf(file.read(), at=THURSDAY)
    assert report.signer is not None
    assert report.signer.common_name == "Võ Đình Nam"
    assert (issued.kind, issued.number.split("/")[1]) == ("extension", "GH-BHXH")
    assert issued.signed_by == "Giám đốc Võ Đình Nam"


def test_a_head_without_the_capacity_to_sign_letters_decides_and_the_portal_seals_it(world: World) -> None:
    ensure_authority(at=THURSDAY)
    change = extend(a_dossier_in_appraisal(world).pk, actor=world["head"], order=STORM, at=THURSDAY)
    make_extension_letter(change.pk, at=THURSDAY)
    issued = IssuedDocument.objects.get(pk=change.pk)
    assert issued.signed_by.startswith("BHXH")
    with open_file(issued.sha256) as file:
        report = check_pdf(file.read(), at=THURSDAY)
    assert report.signer is not None
    assert report.signer.common_name != "Trần Minh Châu"
