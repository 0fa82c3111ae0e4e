"""Registration dossiers are kept by a dated schedule, found, and destroyed after a second person agreed (R-062)."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db import IntegrityError, transaction

from ansinh.casework import registration
from ansinh.casework.models import DestructionList, DestructionState, ToDestroy
from ansinh.casework.retention import lists
from ansinh.casework.retention.destroy import NOBODY
from ansinh.casework.retention.schedule import kept
from ansinh.dossiers.models import Dossier, DossierEvent
from ansinh.files.models import StoredFile
from ansinh.people.actors import Citizen, OfficerActor
from ansinh.people.models import Role
from ansinh.platform import storage
from ansinh.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from ansinh.platform.queue import run_one
from ansinh.platform.zone import VIETNAM
from tests.casework.moves import MONDAY
from tests.world import LOCAL_OFFICE, World, a_paper, a_registration, a_submitted_dossier, an_officer, delegate

KEPT_UNTIL = date(2036, 12, 31)
OVER = datetime(2037, 1, 1, 8, 0, tzinfo=VIETNAM)
STILL = datetime(2036, 12, 31, 23, 59, tzinfo=VIETNAM)

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R-062")]


@pytest.fixture
def old(world: World) -> Dossier:
    """A registration approved on a Monday of November 2026, with two photographs."""
    dossier, counter = a_registration(world), world["counter"]
    assert dossier.account_id is not None
    for n, kind in enumerate(registration.missing_papers(dossier)):
        paper = a_paper(Citizen(dossier.account_id, dossier.account_id, ""), kind=kind, seed=n)
        registration.add_paper(dossier.pk, actor=counter, requirement=kind, paper=paper, at=MONDAY)
    registration.verify(
        dossier.pk, actor=counter, office_code=LOCAL_OFFICE, identity_matches=True, declaration_signed=True,
        app_guided=True, at=MONDAY,
    )  # fmt: skip
    delegate(counter, by=world["leader"])
    registration.approve(dossier.pk, actor=counter, at=MONDAY)
    dossier.refresh_from_db()
    return dossier


@pytest.fixture
def second_leader(world: World) -> OfficerActor:
    return an_officer("lanh-dao-hai", "Lưu Văn Sáu", "Phó Giám đốc", ((LOCAL_OFFICE, Role.LEADER),))


def listed(dossier: Dossier, *, by: OfficerActor) -> DestructionList:
    return lists.propose([dossier.pk], office_code=LOCAL_OFFICE, actor=by, at=OVER)


def work_off() -> None:
    while run_one(OVER):
        pass


def test_it_is_kept_to_the_end_of_the_tenth_year_after_closing(world: World, old: Dossier) -> None:
    found = kept(old.procedure, closed_on=MONDAY.date())
    assert found is not None and found.until == KEPT_UNTIL
    assert lists.due(viewer=world["head"], on=STILL.date()) == []
    assert [one.pk for one, _ in lists.due(viewer=world["head"], on=OVER.date())] == [old.pk]


def test_an_open_registration_and_every_other_procedure_stay(world: World) -> None:
    a_registration(world)
    claim = a_submitted_dossier(world)
    Dossier.objects.filter(pk=claim.pk).update(state="withdrawn", closed_at=MONDAY, stage_role="")
    assert lists.due(viewer=world["head"], on=date(2099, 1, 1)) == []


def test_approved_by_another_person_its_content_is_gone_and_its_proof_stays(
    world: World, old: Dossier, second_leader: OfficerActor
) -> None:
    files = sorted(set(old.papers.values_list("sha256", flat=True)))
    made = listed(old, by=world["head"])
    lists.approve(made.pk, actor=second_leader, at=OVER)
    work_off()
    old.refresh_from_db()
    assert (old.answers, old.applicant_name, old.applicant_key, old.phone, old.email, old.si_number) == (
        {}, NOBODY, "", "", "", "",
    )  # fmt: skip
    assert not old.papers.exists()
    assert not StoredFile.objects.filter(pk__in=files).exists()
    assert [storage.exists(one) for one in files] == [False, False]
    entry = ToDestroy.objects.get()
    assert (entry.number, entry.digest, entry.destroyed_at) == (old.number, old.digest, OVER)
    assert set(files) <= set(entry.files)
    made.refresh_from_db()
    assert made.state == DestructionState.DONE
    assert DossierEvent.objects.filter(dossier=old, kind="destroyed").count() == 1


def test_a_paper_that_another_dossier_holds_stays(world: World, old: Dossier, second_leader: OfficerActor) -> None:
    shared = old.papers.select_related("paper").first()
    assert shared is not None
    other = a_registration(world, id_number="090088000044", si_number="9000000044")
    registration.add_paper(other.pk, actor=world["counter"], requirement="id_photo", paper=shared.paper, at=MONDAY)
    lists.approve(listed(old, by=world["head"]).pk, actor=second_leader, at=OVER)
    work_off()
    assert storage.exists(shared.sha256)
    assert other.papers.count() == 1


def test_who_lists_does_not_approve(world: World, old: Dossier) -> None:
    made = listed(old, by=world["leader"])
    with pytest.raises(NotAllowed) as refused:
        lists.approve(made.pk, actor=world["leader"], at=OVER)
    assert refused.value.code == "two-people"
    with pytest.raises(IntegrityError), transaction.atomic():
        DestructionList.objects.update(state="approved", decided_by_id=world["leader"].officer_id, decided_at=OVER)


def test_a_head_does_not_approve_and_another_office_sees_nothing(world: World, old: Dossier) -> None:
    made = listed(old, by=world["leader"])
    with pytest.raises(NotAllowed):
        lists.approve(made.pk, actor=world["head"], at=OVER)
    with pytest.raises(NotFound):
        lists.the_list(made.pk, viewer=world["province_leader"])
    with pytest.raises(NotAllowed):
        lists.due(viewer=world["counter"], on=OVER.date())


def test_a_list_not_approved_needs_a_reason_and_frees_its_dossiers(
    world: World, old: Dossier, second_leader: OfficerActor
) -> None:
    made = listed(old, by=world["head"])
    assert lists.due(viewer=world["head"], on=OVER.date()) == []
    with pytest.raises(Invalid):
        lists.refuse(made.pk, actor=second_leader, reason=" ", at=OVER)
    lists.refuse(made.pk, actor=second_leader, reason="Đang có khiếu nại", at=OVER)
    assert [one.pk for one, _ in lists.due(viewer=world["head"], on=OVER.date())] == [old.pk]
    with pytest.raises(Conflict):
        lists.approve(made.pk, actor=second_leader, at=OVER)


def test_what_is_not_due_is_not_listed(world: World, old: Dossier) -> None:
    with pytest.raises(Conflict) as refused:
        lists.propose([old.pk], office_code=LOCAL_OFFICE, actor=world["head"], at=STILL)
    assert refused.value.code == "not-due"
    with pytest.raises(Invalid):
        lists.propose([], office_code=LOCAL_OFFICE, actor=world["head"], at=OVER)
