"""The leader signs: in a capacity held that day, with a time-stamp, or queued until one can be had."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from ansinh.casework.models import Decision, DecisionState
from ansinh.casework.queues import in_view
from ansinh.casework.sign import FINISH, finish_signature, sign
from ansinh.counterparty.timestamps import Temper
from ansinh.dossiers.models import Dossier, IssuedDocument, State
from ansinh.dossiers.situation import situation_of
from ansinh.dossiers.withdraw import withdraw
from ansinh.dossiers.words import state_words
from ansinh.notifications.models import Message
from ansinh.people.models import Assignment, Officer, Role
from ansinh.platform.errors import Conflict, NotAllowed
from ansinh.platform.identifiers import uuid7
from ansinh.platform.models import AuditEvent, Job
from ansinh.platform.queue import drain
from ansinh.platform.storage import open_file
from ansinh.platform.zone import local_day
from ansinh.registry.benefits.grant import Ground, stop
from tests.casework.effects.scene import a_benefit, a_procedure, to_sign
from tests.casework.letters import text_of
from tests.casework.moves import MONDAY, a_dossier_to_sign
from tests.signing.tokens import needs_token, token_away
from tests.world import LONG_AGO, World

pytestmark = pytest.mark.django_db


def deputy(world: World, *, capacity: str, since: date = date(2020, 1, 1), until: date | None = None) -> None:
    """The leader is a deputy who holds a capacity for some days."""
    Officer.objects.filter(pk=world["leader"].officer_id).update(title_vi="Phó Giám đốc")
    post = Assignment.objects.get(officer_id=world["leader"].officer_id)
    Assignment.objects.filter(pk=post.pk).update(ended_at=LONG_AGO)
    Assignment.objects.create(
        officer_id=post.officer_id, office_code=post.office_code, function=post.function, role=post.role,
        capacity=capacity, valid_from=since, valid_to=until,
    )  # fmt: skip


def signed_by_deputy(world: World, dossier: Dossier, *, at: datetime) -> IssuedDocument | None:
    from dataclasses import replace

    return sign(dossier.pk, actor=replace(world["leader"], title_vi="Phó Giám đốc"), at=at)


def state(dossier: Dossier) -> tuple[str, str]:
    found = Dossier.objects.get(pk=dossier.pk)
    return found.state, found.decisions.get().state


def letter(issued: IssuedDocument) -> str:
    with open_file(issued.sha256) as file:
        return text_of(file.read())


def test_normally_the_letter_is_there_at_once(world: World) -> None:
    dossier = a_dossier_to_sign(world)
    issued = sign(dossier.pk, actor=world["leader"], at=MONDAY)
    assert issued is not None
    assert state(dossier) == (State.GRANTED, DecisionState.SIGNED)
    assert not Job.objects.filter(name=FINISH).exists()
    assert [event.kind for event in dossier.events.all()][-1] == "granted"
    assert "minh-chung" in letter(issued)


def test_the_head_of_an_agency_signs_in_her_own_right(world: World) -> None:
    issued = sign(a_dossier_to_sign(world).pk, actor=world["leader"], at=MONDAY)
    assert issued is not None
    assert Decision.objects.get().signed_capacity == ""
    assert "Chức vụ: Giám đốc" in letter(issued)


@pytest.mark.requirement("R-181")
@pytest.mark.parametrize("capacity", ["KT. GIÁM ĐỐC", "TL. GIÁM ĐỐC", "TUQ. GIÁM ĐỐC"])
def test_the_capacity_is_printed_over_the_name_and_in_the_block(world: World, capacity: str) -> None:
    deputy(world, capacity=capacity)
    issued = signed_by_deputy(world, a_dossier_to_sign(world), at=MONDAY)
    assert issued is not None
    text = letter(issued)
    assert f"{capacity} PHÓ GIÁM ĐỐC Ký số bởi: Võ Đình Nam Chức vụ: {capacity}, Phó Giám đốc" in text


@pytest.mark.requirement("R-181")
@pytest.mark.parametrize(
    ("since", "until", "held"),
    [
        (local_day(MONDAY), None, True),
        (local_day(MONDAY) + timedelta(days=1), None, False),
        (date(2020, 1, 1), local_day(MONDAY), True),
        (date(2020, 1, 1), local_day(MONDAY) - timedelta(days=1), False),
    ],
)
def test_the_capacity_must_be_held_on_the_very_day(world: World, since: date, until: date | None, held: bool) -> None:
    dossier = a_dossier_to_sign(world)
    deputy(world, capacity="KT. GIÁM ĐỐC", since=since, until=until)
    if held:
        assert signed_by_deputy(world, dossier, at=MONDAY)
        return
    with pytest.raises(NotAllowed, match="không giữ tư cách ký thay") as refused:
        signed_by_deputy(world, dossier, at=MONDAY)
    assert refused.value.code == "capacity-not-held"
    assert state(dossier) == (State.IN_PROGRESS, DecisionState.CONTROLLED)


def test_a_deputy_without_any_capacity_cannot_sign(world: World) -> None:
    dossier = a_dossier_to_sign(world)
    deputy(world, capacity="")
    with pytest.raises(NotAllowed, match="Xin chuyển người có thẩm quyền ký"):
        signed_by_deputy(world, dossier, at=MONDAY)


def test_the_database_knows_three_capacities(world: World) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        deputy(world, capacity="Thay mặt giám đốc")


@pytest.mark.parametrize("temper", ["down", "wrong"])
def test_when_time_stamps_are_down_the_approval_is_kept_and_queued(
    world: World, timestamps: Temper, temper: str
) -> None:
    dossier = a_dossier_to_sign(world)
    timestamps.now = temper
    assert sign(dossier.pk, actor=world["leader"], at=MONDAY) is None
    assert state(dossier) == (State.APPROVED, DecisionState.APPROVED)
    decision = Decision.objects.get()
    assert (decision.signed_by_id, decision.signed_at) == (world["leader"].officer_id, MONDAY)
    assert decision.number
    assert not dossier.documents.filter(kind="decision").exists()
    assert Job.objects.filter(name=FINISH).count() == 1
    assert [event.kind for event in dossier.events.all()][-1] == "approved"
    waiting = Dossier.objects.get(pk=dossier.pk)
    words = state_words(waiting, situation_of(waiting, today=local_day(MONDAY)))
    assert "chờ hoàn tất chữ ký số" in words.title
    assert list(in_view(world["leader"], "cho-dau", today=local_day(MONDAY))) == [waiting]


def test_when_they_are_back_the_same_step_is_done_once(world: World, timestamps: Temper) -> None:
    dossier = a_dossier_to_sign(world)
    drain(MONDAY)
    timestamps.now = "down"
    sign(dossier.pk, actor=world["leader"], at=MONDAY)
    drain(MONDAY + timedelta(seconds=1))
    assert state(dossier)[0] == State.APPROVED
    timestamps.now = "well"
    later = MONDAY + timedelta(days=2)
    drain(later)
    drain(later + timedelta(hours=2))
    found = Dossier.objects.get(pk=dossier.pk)
    assert (found.state, found.closed_at, found.stage_role) == (State.GRANTED, later, "")
    decision = Decision.objects.get()
    assert (decision.state, decision.signed_at) == (DecisionState.SIGNED, MONDAY)
    issued = dossier.documents.get(kind="decision")
    assert (issued.number, issued.issued_at) == (decision.number, later)
    assert "ngày 09 tháng 11 năm 2026" in letter(issued)  # dated as approved
    kinds = [event.kind for event in dossier.events.all()]
    assert kinds[-2:] == ["approved", "granted"]
    granted = dossier.events.get(kind="granted")
    assert granted.actor == world["leader"].label
    assert Message.objects.filter(purpose="result_ready").exists()
    assert not Job.objects.filter(name=FINISH).exists()
    assert finish_signature(dossier.pk, at=later) is None
    steps = AuditEvent.objects.filter(row_id=dossier.pk).order_by("id").values_list("from_state", "to_state", "actor")
    assert list(steps)[-2:] == [
        (State.IN_PROGRESS, State.APPROVED, world["leader"].label),
        (State.APPROVED, State.GRANTED, world["leader"].label),
    ]


@pytest.mark.requirement("R-181")
def test_a_delayed_signature_uses_the_capacity_of_the_day_of_approval(world: World, timestamps: Temper) -> None:
    dossier = a_dossier_to_sign(world)
    deputy(world, capacity="KT. GIÁM ĐỐC", until=local_day(MONDAY))
    timestamps.now = "down"
    assert signed_by_deputy(world, dossier, at=MONDAY) is None
    timestamps.now = "well"
    Officer.objects.filter(pk=world["leader"].officer_id).update(title_vi="Giám đốc")
    issued = finish_signature(dossier.pk, at=MONDAY + timedelta(days=3))
    assert issued is not None
    assert "Chức vụ: KT. GIÁM ĐỐC, Phó Giám đốc Cơ quan" in letter(issued)


@needs_token
@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # python-pkcs11 ends a search of a dead library
def test_when_the_token_is_away_the_approval_waits_just_as_well(world: World) -> None:
    dossier = a_dossier_to_sign(world)
    with token_away():
        assert sign(dossier.pk, actor=world["leader"], at=MONDAY) is None
    assert state(dossier) == (State.APPROVED, DecisionState.APPROVED)
    assert dossier.events.get(kind="approved").facts["why"] == "token-down"
    drain(MONDAY + timedelta(minutes=1))
    assert state(dossier) == (State.GRANTED, DecisionState.SIGNED)


def test_an_approval_that_became_impossible_goes_back_with_the_reason(world: World, timestamps: Temper) -> None:
    a_procedure({"key": "back", "does": "benefit_stopped",
                 "with": {"from": {"value": "2026-12"}, "reason": {"value": "đi nước ngoài"}}})  # fmt: skip
    paid = a_benefit()
    dossier = to_sign(world)
    timestamps.now = "down"
    assert sign(dossier.pk, actor=world["leader"], at=MONDAY) is None
    ground = Ground(uuid7(), "9/2026", MONDAY)
    stop(paid, from_month=date(2026, 11, 1), reason="quyết định khác", ground=ground)  # meanwhile, of another dossier
    timestamps.now = "well"
    drain(MONDAY + timedelta(hours=2))
    found = Dossier.objects.get(pk=dossier.pk)
    assert (found.state, found.stage_role, found.closed_at) == (State.IN_PROGRESS, Role.BENEFIT, None)
    decision = Decision.objects.get()
    assert decision.state == DecisionState.SENT_BACK
    assert "không còn thực hiện được" in decision.sent_back_note
    assert not dossier.documents.filter(kind="decision").exists()
    assert not Job.objects.filter(name=FINISH).exists()
    assert not Message.objects.filter(purpose="result_ready").exists()
    told = [event.kind for event in dossier.events.filter(public=True)]
    assert told[-2:] == ["approved", "approval_returned"]
    assert list(in_view(world["specialist"], "viec-cua-toi", today=local_day(MONDAY))) == [found]


def test_a_wait_of_days_never_gives_the_job_up(world: World, timestamps: Temper) -> None:
    dossier = a_dossier_to_sign(world)
    timestamps.now = "down"
    sign(dossier.pk, actor=world["leader"], at=MONDAY)
    moment = MONDAY
    for _ in range(30):
        moment += timedelta(minutes=2)
        drain(moment)
    job = Job.objects.get(name=FINISH)
    assert job.dead_at is None
    assert job.run_at <= moment + timedelta(minutes=1)
    timestamps.now = "well"
    drain(moment + timedelta(minutes=2))
    assert state(dossier)[0] == State.GRANTED


def test_an_approved_dossier_is_moved_by_nobody_else(world: World, timestamps: Temper) -> None:
    dossier = a_dossier_to_sign(world)
    timestamps.now = "down"
    sign(dossier.pk, actor=world["leader"], at=MONDAY)
    with pytest.raises(Conflict):
        sign(dossier.pk, actor=world["leader"], at=MONDAY)
    with pytest.raises(Conflict) as refused:
        withdraw(dossier.pk, actor=world.citizen, reason="", at=MONDAY)
    assert refused.value.code == "already-approved"
    assert Job.objects.filter(name=FINISH).count() == 1


def sql(statement: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_the_database_wants_signer_number_and_title_of_an_approval(world: World) -> None:
    decision: UUID = a_dossier_to_sign(world).decisions.get().pk
    with pytest.raises(DatabaseError, match="signed_decision_has_signer"):
        sql("UPDATE casework_decision SET state = 'approved' WHERE id = %s", decision)
