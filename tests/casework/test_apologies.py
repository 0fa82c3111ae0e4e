"""The apology is drafted before the overrun, signed by a leader, told with its new day; never two for one due date."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from ansinh.casework.apologies.draft import standing_drafts, tend
from ansinh.casework.apologies.issue import (
    make_apology_letter,
    promise_of,
    rewrite,
    sign_apology,
)
from ansinh.casework.extend import extend
from ansinh.casework.models import Apology, ApologyState
from ansinh.casework.sign import sign
from ansinh.dossiers.models import Dossier, IssuedDocument
from ansinh.notifications.models import Message, Notice
from ansinh.platform.errors import Conflict, DomainError, NotAllowed, NotFound
from ansinh.platform.storage import open_file
from ansinh.signing.check import check_pdf
from tests.casework.moves import a_dossier_in_appraisal, a_dossier_to_sign, asked
from tests.casework.test_extend import STORM
from tests.walls_of import application_role
from tests.world import World, a_moment

DUE, PROMISED = date(2026, 11, 18), date(2026, 11, 26)  # 7 working days from Monday 9; 24 November is a holiday
THURSDAY, FRIDAY, MONDAY_AFTER = (a_moment(date(2026, 11, day)) for day in (12, 13, 16))
WHY = "Phải đối chiếu lại quá trình đóng với cơ quan khác."


def _drafted(world: World) -> Dossier:
    dossier = a_dossier_in_appraisal(world)
    tend(at=MONDAY_AFTER)
    return dossier


def _signed(world: World, dossier: Dossier, **other: Any) -> Apology:
    facts = {"actor": world["leader"], "promised_on": PROMISED, "reason": WHY, "at": MONDAY_AFTER, **other}
    return sign_apology(dossier.pk, **facts)


@pytest.mark.requirement("R-120")
def test_it_is_drafted_two_working_days_before_the_due_date_and_once(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    assert tend(at=FRIDAY) == (0, 0)
    assert tend(at=MONDAY_AFTER) == (1, 0)
    assert tend(at=MONDAY_AFTER) == (0, 0)
    draft = standing_drafts().get()
    assert (draft.dossier_id, draft.due_on, draft.promised_on) == (dossier.pk, DUE, date(2026, 11, 26))
    assert "thẩm định" in draft.reason_vi.lower()
    assert not Notice.objects.filter(code="apology").exists()  # nothing was sent


def test_a_dossier_that_ends_in_time_needs_none(world: World) -> None:
    dossier = a_dossier_to_sign(world)
    tend(at=MONDAY_AFTER)
    sign(dossier.pk, actor=world["leader"], at=MONDAY_AFTER)
    assert not standing_drafts().exists()  # at once, before the next round
    assert tend(at=MONDAY_AFTER) == (0, 1)
    assert Apology.objects.get().state == ApologyState.DROPPED


def test_a_moved_due_date_drops_the_draft_and_brings_a_new_one_near_the_new_day(world: World) -> None:
    dossier = _drafted(world)
    extend(dossier.pk, actor=world["head"], order=STORM, at=MONDAY_AFTER)
    assert tend(at=MONDAY_AFTER) == (0, 1)
    tend(at=a_moment(date(2026, 11, 25)))
    assert standing_drafts().get().due_on == date(2026, 11, 26)


def test_while_the_applicant_is_awaited_there_is_nothing_to_apologise_for(world: World) -> None:
    dossier = _drafted(world)
    asked(world, dossier, at=MONDAY_AFTER)
    assert not standing_drafts().exists()


def test_the_leader_signs_and_the_applicant_gets_day_and_letter(world: World) -> None:
    dossier = _drafted(world)
    apology = _signed(world, dossier)
    notice = Notice.objects.get(dossier_id=dossier.pk, code="apology")
    assert "26/11/2026" in notice.title_vi
    assert WHY.rstrip(".") in notice.body_vi
    assert Message.objects.filter(dossier_id=dossier.pk, purpose="apology", channel="sms").exists()
    dossier.refresh_from_db()
    assert dossier.due_on == DUE  # late stays late; the new day is a promise
    assert promise_of(dossier) == apology
    issued = make_apology_letter(apology.pk, at=MONDAY_AFTER)
    assert issued is not None
    assert make_apology_letter(apology.pk, at=MONDAY_AFTER) is None
    assert IssuedDocument.objects.filter(dossier=dossier, kind="apology").count() == 1
    with open_file(issued.sha256) as file:
        report = check_pdf(file.read(), at=MONDAY_AFTER)
    assert report.signer is not None
    assert "Võ Đình Nam" in issued.signed_by


def test_who_works_on_it_may_change_the_words_but_not_sign(world: World) -> None:
    dossier = _drafted(world)
    changed = rewrite(dossier.pk, actor=world["specialist"], promised_on=PROMISED, reason=WHY, at=MONDAY_AFTER)
    assert changed.reason_vi == WHY
    with pytest.raises(NotAllowed):
        _signed(world, dossier, actor=world["specialist"])
    with pytest.raises(NotAllowed):
        rewrite(dossier.pk, actor=world["counter"], promised_on=PROMISED, reason=WHY, at=MONDAY_AFTER)
    with pytest.raises(NotFound):
        _signed(world, dossier, actor=world["other_specialist"])


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ({"promised_on": None}, "apology-day"),
        ({"promised_on": DUE}, "apology-day"),
        ({"reason": "Trễ."}, "apology-needs-why"),
    ],
)
def test_a_letter_without_day_or_reason_is_refused(world: World, fault: dict[str, Any], code: str) -> None:
    with pytest.raises(DomainError) as refused:
        _signed(world, _drafted(world), **fault)
    assert refused.value.code == code


def test_nobody_apologises_twice_for_one_day(world: World) -> None:
    dossier = _drafted(world)
    _signed(world, dossier)
    tend(at=a_moment(date(2026, 11, 20)))
    with pytest.raises(Conflict):
        _signed(world, dossier)
    with pytest.raises(IntegrityError), transaction.atomic():
        Apology.objects.create(
            dossier=dossier, due_on=DUE, promised_on=PROMISED, reason_vi="x", drafted_at=MONDAY_AFTER
        )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE casework_apology SET promised_on = promised_on + 30",
        "UPDATE casework_apology SET state = 'dropped'",
        "DELETE FROM casework_apology",
    ],
)
def test_the_database_keeps_what_was_sent(world: World, statement: str) -> None:
    _signed(world, _drafted(world))
    with pytest.raises(DatabaseError), transaction.atomic(), application_role(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Apology.objects.get().promised_on == PROMISED


def test_the_database_wants_a_signer_for_what_is_sent(world: World) -> None:
    _drafted(world)
    with pytest.raises(DatabaseError), transaction.atomic(), application_role(), connection.cursor() as cursor:
        cursor.execute("UPDATE casework_apology SET state = 'issued', number = '1/XL'")
