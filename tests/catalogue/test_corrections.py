"""Facts of a procedure are put right from a day on by two people; dossiers begun before keep what they had."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from ansinh.catalogue.corrections import Edits, approve, corrections, propose, refuse
from ansinh.catalogue.models import Correction, CorrectionState
from ansinh.catalogue.queries import folder_in_force, folders, version_in_force, versions_of
from ansinh.catalogue.uncertain import uncertain_facts
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Role
from ansinh.platform.errors import Conflict, Invalid, NotAllowed
from ansinh.platform.models import AuditEvent
from tests.world import PROVINCE_OFFICE, World, a_moment, a_world, an_officer
from tests.world_organisations import freeze

pytestmark = pytest.mark.django_db
SLUG = "huong-bhxh-mot-lan"
TODAY = date(2026, 11, 26)
AT = a_moment(TODAY)
NEXT_YEAR = date(2027, 1, 1)
FIVE_DAYS = Edits(deadlines={"usual": (5, "working_day")})


@pytest.fixture
def world() -> World:
    made = a_world()
    freeze(SLUG)
    return made


@pytest.fixture
def second(world: World) -> OfficerActor:
    return an_officer("admin-2", "Kiều Văn Đạt", "Quản trị hệ thống", ((PROVINCE_OFFICE, Role.SYSTEM_ADMIN),))


def proposed(world: World, edits: Edits = FIVE_DAYS, *, on: date = NEXT_YEAR) -> Correction:
    return propose(
        SLUG, edits=edits, in_force_from=on, document="Nghị định 01/2027/NĐ-CP, Điều 3", reason="Rút ngắn thời hạn",
        actor=world["admin"], at=AT,
    )  # fmt: skip


def test_an_approved_correction_holds_from_its_day_and_not_before(world: World, second: OfficerActor) -> None:
    before = version_in_force(SLUG, on=TODAY)
    version = approve(proposed(world).pk, actor=second, at=AT)
    assert version_in_force(SLUG, on=NEXT_YEAR - timedelta(days=1)).pk == before.pk
    assert version_in_force(SLUG, on=NEXT_YEAR).pk == version.pk
    (limit,) = folder_in_force(SLUG, on=NEXT_YEAR).procedure.deadlines
    assert (limit.value, limit.quality, limit.basis_vi) == (5, "sourced", "Nghị định 01/2027/NĐ-CP, Điều 3")
    assert folder_in_force(SLUG, on=TODAY).procedure.deadlines[0].value == 7
    assert [one.in_force_on for one in versions_of(SLUG)] == [NEXT_YEAR, before.in_force_from]
    assert folder_in_force(SLUG, on=NEXT_YEAR).examples


def test_nobody_approves_an_own_proposal(world: World) -> None:
    made = proposed(world)
    with pytest.raises(NotAllowed, match="không tự duyệt"):
        approve(made.pk, actor=world["admin"], at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.filter(pk=made.pk).update(decided_by=made.proposed_by_id)


def test_only_administrators_have_a_part_in_it(world: World) -> None:
    with pytest.raises(NotAllowed):
        propose(
            SLUG, edits=FIVE_DAYS, in_force_from=NEXT_YEAR, document="x", reason="y", actor=world["specialist"], at=AT
        )
    with pytest.raises(NotAllowed):
        corrections(world["leader"])
    assert corrections(world["director"]).count() == 0


def test_a_provincial_director_may_be_the_second_person_but_proposes_nothing(world: World) -> None:
    approve(proposed(world).pk, actor=world["director"], at=AT)
    with pytest.raises(NotAllowed):
        propose(
            SLUG, edits=FIVE_DAYS, in_force_from=NEXT_YEAR, document="x", reason="y", actor=world["director"], at=AT
        )


@pytest.mark.parametrize(
    ("edits", "on", "code"),
    [
        (Edits(), NEXT_YEAR, "nothing-corrected"),
        (FIVE_DAYS, TODAY - timedelta(days=1), "correction-in-the-past"),
        (Edits(deadlines={"usual": (5, "fortnight")}), NEXT_YEAR, "correction-not-possible"),
        (Edits(fee=-1), NEXT_YEAR, "correction-not-possible"),
        (Edits(deadlines={"no_such_limit": (5, "working_day")}), NEXT_YEAR, "correction-not-possible"),
        (Edits(papers={"si_book": "sometimes"}), NEXT_YEAR, "correction-not-possible"),
    ],
)
def test_what_is_not_possible_is_refused(world: World, edits: Edits, on: date, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        proposed(world, edits, on=on)
    assert refused.value.code == code


def test_papers_can_be_asked_no_more_and_a_fee_be_taken(world: World, second: OfficerActor) -> None:
    edits = Edits(fee=20_000, papers={"disease_proof": "none", "authorisation": "optional"})
    approve(proposed(world, edits).pk, actor=second, at=AT)
    folder = folder_in_force(SLUG, on=NEXT_YEAR)
    papers = {paper.key: paper for paper in folder.papers}
    assert folder.procedure.fee.amount == 20_000
    assert "disease_proof" not in papers
    assert (papers["authorisation"].required, papers["authorisation"].when) == ("optional", None)


def test_a_proposal_on_a_version_that_is_no_more_is_sent_back(world: World, second: OfficerActor) -> None:
    first, later = proposed(world), proposed(world, Edits(fee=20_000))
    approve(first.pk, actor=second, at=AT)
    with pytest.raises(Conflict, match="bản khác"):
        approve(later.pk, actor=second, at=AT)
    refuse(later.pk, why="Đề nghị lại trên bản mới", actor=second, at=AT)
    later.refresh_from_db()
    assert (later.state, later.version_id) == (CorrectionState.REFUSED, None)


def test_what_was_proposed_is_audited_and_never_rewritten(world: World, second: OfficerActor) -> None:
    made = proposed(world)
    approve(made.pk, actor=second, at=AT)
    seen = AuditEvent.objects.filter(table="catalogue_correction", row_id=made.pk).order_by("id")
    assert [(one.from_state, one.to_state) for one in seen] == [(None, "proposed"), ("proposed", "approved")]
    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.filter(pk=made.pk).update(document="khác")


def test_a_fact_put_right_is_uncertain_no_more(world: World, second: OfficerActor) -> None:
    slug = next(one.slug for one in folders() if any(fact.area == "deadline" for fact in uncertain_facts(one)))
    freeze(slug)
    folder = folder_in_force(slug, on=TODAY)
    fact = next(one for one in uncertain_facts(folder) if one.area == "deadline")
    limit = next(one for one in folder.procedure.deadlines if one.key == fact.key)
    made = propose(
        slug, edits=Edits(deadlines={limit.key: (limit.value + 1, limit.unit)}), in_force_from=NEXT_YEAR,
        document="Luật", reason="Đã đối chiếu", actor=world["admin"], at=AT,
    )  # fmt: skip
    approve(made.pk, actor=second, at=AT)
    assert fact.key not in {one.key for one in uncertain_facts(folder_in_force(slug, on=NEXT_YEAR))}
