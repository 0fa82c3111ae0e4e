"""How rights of officers end: posts, delegations, deputies, units. Each by the action that does it in the office."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from uuid import UUID

from ansinh.casework.accept import accept
from ansinh.casework.access import the_dossier
from ansinh.people import queries
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Absence, Assignment, Delegation, Deputy, Officer, Role
from ansinh.people.officers.absences import end_absence, end_deputy, name_deputy, record_absence
from ansinh.people.officers.assign import assign, end_assignment
from ansinh.people.officers.delegate import delegate, revoke
from ansinh.people.officers.departments import set_department
from ansinh.people.officers.units import Unit, give_unit, hand_over_units, in_charge_of
from ansinh.platform.errors import NotAllowed
from ansinh.platform.zone import VIETNAM, local_day
from tests.people.life_cycles.staged import A_SECOND, LifeCycle, can, held
from tests.world import LOCAL_OFFICE, OTHER_OFFICE, World, a_submitted_dossier, an_officer

PERSONS = "dang-ky-gdt-ca-nhan"
Right = Callable[[datetime], bool]


def now(officer_id: UUID, at: datetime) -> OfficerActor:
    """The officer as a request of this moment knows one. Raises NotAllowed without a post."""
    found = queries.officer(Officer.objects.get(pk=officer_id).account, on=local_day(at))
    if found is None:
        raise NotAllowed("no-post-today", "Hôm nay không có nhiệm vụ.")
    return found


def midnight_after(at: datetime) -> datetime:
    """The end of the day on the office wall."""
    return datetime.combine(local_day(at) + timedelta(days=1), time.min, tzinfo=VIETNAM)


def accepts(world: World, officer_id: UUID, at: datetime) -> Right:
    """The right to accept a dossier that lies at the counter."""
    dossier = a_submitted_dossier(world, at=at - timedelta(hours=1))
    return lambda moment: can(lambda: accept(dossier.pk, actor=now(officer_id, moment), at=moment))


def reads(world: World, officer_id: UUID, at: datetime) -> Right:
    """The right to open a dossier of the local office."""
    dossier = a_submitted_dossier(world, at=at - timedelta(hours=1))
    return lambda moment: can(lambda: the_dossier(dossier.pk, viewer=now(officer_id, moment)))


def approves(officer_id: UUID) -> Right:
    """The right to approve registrations of persons at the local office."""
    return lambda moment: (
        queries.delegation_to_approve(officer_id, office_code=LOCAL_OFFICE, procedure=PERSONS, on=local_day(moment))
        is not None
    )


def signs(officer_id: UUID) -> Right:
    """The right to sign at the local office in some capacity."""
    return lambda moment: (
        queries.capacity_to_sign(officer_id, office_code=LOCAL_OFFICE, role=Role.LEADER, on=local_day(moment))
        is not None
    )


def post(officer_id: UUID) -> Assignment:
    """The only post of an officer."""
    return Assignment.objects.get(officer_id=officer_id, ended_at__isnull=True)


def colleague(name: str = "dong-nghiep", role: str = Role.INTAKE) -> OfficerActor:
    """One more officer of the local office."""
    return an_officer(name, "Vũ Thị Mơ", "Cán bộ tiếp nhận", ((LOCAL_OFFICE, role),))


def give_back(officer_id: UUID, *, by: OfficerActor, at: datetime, last_day: bool = False) -> None:
    """The post ends at once, or tonight."""
    end_assignment(
        post(officer_id).pk, actor=by, last_day=local_day(at) if last_day else None, reason="Điều động",
        document_number="7/QĐ-BHXH", at=at,
    )  # fmt: skip


def away(world: World, name: str, at: datetime, *, days: int = 3) -> Absence:
    """Somebody of the local office is away from today on."""
    day = local_day(at)
    return record_absence(
        world[name].officer_id, actor=world["director"], valid_from=day, valid_to=day + timedelta(days=days), at=at
    )


def deputy_of(
    world: World, name: str, deputy: OfficerActor, at: datetime, *, days: int = 3, capacity: str = ""
) -> Deputy:
    """Somebody stands in for an officer of the local office from today on."""
    return name_deputy(
        away(world, name, at, days=days).pk, actor=world["director"], deputy_id=deputy.officer_id,
        office_code=LOCAL_OFFICE, capacity=capacity, document_number="8/QĐ-BHXH", at=at,
    )  # fmt: skip


def delegated(world: World, to: UUID, at: datetime, *, last_day: bool = False) -> Delegation:
    """The leader delegates the registrations of persons from today on."""
    return delegate(
        actor=world["leader"], office_code=LOCAL_OFFICE, to=to, procedures=[PERSONS], document_number="9/QĐ-BHXH",
        four_eyes=False, valid_from=local_day(at), valid_to=local_day(at) if last_day else None, at=at,
    )  # fmt: skip


def department(world: World, name: str, at: datetime, *does: str) -> UUID:
    """A department of the local office that does these functions from today on."""
    made = set_department(
        LOCAL_OFFICE, actor=world["leader"], name_vi=name, does=does, document_number="10/QĐ-BHXH",
        valid_from=local_day(at), at=at,
    )  # fmt: skip
    return made.pk


def _ended(right: Right, act: Callable[[], object], *, at: datetime) -> bool:
    held(right, at=at)
    act()
    return not right(at + A_SECOND)


def _over_at_midnight(right: Right, *, at: datetime) -> bool:
    midnight = midnight_after(at)
    held(right, at=midnight - A_SECOND)
    return not right(midnight)


def post_taken_back(world: World, at: datetime) -> bool:
    counter = world["counter"].officer_id
    return _ended(accepts(world, counter, at), lambda: give_back(counter, by=world["leader"], at=at), at=at)


def post_taken_back_reads_nothing(world: World, at: datetime) -> bool:
    counter = world["counter"].officer_id
    return _ended(reads(world, counter, at), lambda: give_back(counter, by=world["leader"], at=at), at=at)


def last_day_of_a_post(world: World, at: datetime) -> bool:
    counter = world["counter"].officer_id
    give_back(counter, by=world["leader"], at=at, last_day=True)
    return _over_at_midnight(reads(world, counter, at), at=at)


def moved_to_another_office(world: World, at: datetime) -> bool:
    counter = world["counter"].officer_id

    def move() -> None:
        assign(
            counter, actor=world["director"], office_code=OTHER_OFFICE, function="counter", role=Role.INTAKE,
            document_number="7/QĐ-BHXH", valid_from=local_day(at), at=at,
        )  # fmt: skip
        old = Assignment.objects.get(officer_id=counter, office_code=LOCAL_OFFICE)
        end_assignment(
            old.pk, actor=world["director"], last_day=None, reason="Điều động", document_number="7/QĐ-BHXH", at=at
        )

    return _ended(reads(world, counter, at), move, at=at)


def one_of_two_posts_taken_back(world: World, at: datetime) -> bool:
    counter = world["counter"].officer_id
    old = post(counter)
    assign(
        counter, actor=world["leader"], office_code=LOCAL_OFFICE, function="book_card", role=Role.CARD,
        document_number="7/QĐ-BHXH", valid_from=local_day(at), at=at,
    )  # fmt: skip
    gone = _ended(
        accepts(world, counter, at),
        lambda: end_assignment(
            old.pk, actor=world["leader"], last_day=None, reason="Điều động", document_number="7/QĐ-BHXH", at=at
        ),
        at=at,
    )
    return gone and reads(world, counter, at)(at + A_SECOND)


def manager_taken_back(world: World, at: datetime) -> bool:
    admin, specialist = world["admin"].officer_id, world["specialist"].officer_id

    def right(moment: datetime) -> bool:
        return can(
            lambda: assign(
                specialist, actor=now(admin, moment), office_code=LOCAL_OFFICE, function="book_card", role=Role.CARD,
                document_number="7/QĐ-BHXH", valid_from=local_day(moment), at=moment,
            )
        )  # fmt: skip

    return _ended(right, lambda: give_back(admin, by=world["director"], at=at), at=at)


def director_taken_back(world: World, at: datetime) -> bool:
    leader, counter = world["leader"].officer_id, world["counter"].officer_id

    def right(moment: datetime) -> bool:
        return can(
            lambda: delegate(
                actor=now(leader, moment), office_code=LOCAL_OFFICE, to=counter, procedures=[PERSONS],
                document_number="9/QĐ-BHXH", four_eyes=False, valid_from=local_day(moment), at=moment,
            )
        )  # fmt: skip

    return _ended(right, lambda: give_back(leader, by=world["director"], at=at), at=at)


def delegation_revoked(world: World, at: datetime) -> bool:
    counter = world["counter"].officer_id
    given = delegated(world, counter, at)
    return _ended(approves(counter), lambda: revoke(given.pk, actor=world["leader"], reason="Đổi người", at=at), at=at)


def last_day_of_a_delegation(world: World, at: datetime) -> bool:
    counter = world["counter"].officer_id
    delegated(world, counter, at, last_day=True)
    return _over_at_midnight(approves(counter), at=at)


def delegate_without_a_post(world: World, at: datetime) -> bool:
    counter = world["counter"].officer_id
    delegated(world, counter, at)
    return _ended(approves(counter), lambda: give_back(counter, by=world["leader"], at=at), at=at)


def left_the_department_delegated_to(world: World, at: datetime) -> bool:
    counter = world["counter"].officer_id
    delegated(world, department(world, "Bộ phận Một cửa", at, "benefits"), at)
    return _ended(approves(counter), lambda: give_back(counter, by=world["leader"], at=at), at=at)


def function_went_to_another_department(world: World, at: datetime) -> bool:
    delegated(world, department(world, "Bộ phận Một cửa", at, "benefits", "counter"), at)
    return _ended(approves(world["counter"].officer_id), lambda: department(world, "Tổ Chế độ", at, "benefits"), at=at)


def delegation_to_a_department_revoked(world: World, at: datetime) -> bool:
    given = delegated(world, department(world, "Bộ phận Một cửa", at, "benefits"), at)
    return _ended(
        approves(world["counter"].officer_id),
        lambda: revoke(given.pk, actor=world["director"], reason="Sáp nhập tổ", at=at),
        at=at,
    )


def leave_over(world: World, at: datetime) -> bool:
    other = colleague(role=Role.APPROVER)
    deputy_of(world, "counter", other, at, days=0)
    return _over_at_midnight(accepts(world, other.officer_id, at), at=at)


def back_from_leave(world: World, at: datetime) -> bool:
    other = colleague(role=Role.APPROVER)
    named = deputy_of(world, "counter", other, at)
    return _ended(
        accepts(world, other.officer_id, at),
        lambda: end_absence(named.absence_id, actor=world["leader"], at=at),
        at=at,
    )


def deputy_taken_back(world: World, at: datetime) -> bool:
    other = colleague(role=Role.APPROVER)
    named = deputy_of(world, "counter", other, at)
    return _ended(
        accepts(world, other.officer_id, at),
        lambda: end_deputy(named.pk, actor=world["leader"], reason="Đổi người", at=at),
        at=at,
    )


def deputy_away(world: World, at: datetime) -> bool:
    other, day = colleague(role=Role.APPROVER), local_day(at)
    deputy_of(world, "counter", other, at)
    return _ended(
        accepts(world, other.officer_id, at),
        lambda: record_absence(other.officer_id, actor=world["leader"], valid_from=day, valid_to=day, at=at),
        at=at,
    )


def deputy_without_a_post(world: World, at: datetime) -> bool:
    other = colleague(role=Role.APPROVER)
    deputy_of(world, "counter", other, at)
    return _ended(
        accepts(world, other.officer_id, at), lambda: give_back(other.officer_id, by=world["leader"], at=at), at=at
    )


def deputy_of_nobody(world: World, at: datetime) -> bool:
    other = colleague(role=Role.APPROVER)
    deputy_of(world, "counter", other, at)
    return _ended(
        accepts(world, other.officer_id, at),
        lambda: give_back(world["counter"].officer_id, by=world["leader"], at=at),
        at=at,
    )


def signing_deputy_taken_back(world: World, at: datetime) -> bool:
    head = world["head"]
    named = deputy_of(world, "leader", head, at, capacity="TUQ. GIÁM ĐỐC")
    return _ended(
        signs(head.officer_id),
        lambda: end_deputy(named.pk, actor=world["director"], reason="Giám đốc đã về", at=at),
        at=at,
    )


def signing_deputy_over(world: World, at: datetime) -> bool:
    deputy_of(world, "leader", world["head"], at, days=0, capacity="TUQ. GIÁM ĐỐC")
    return _over_at_midnight(signs(world["head"].officer_id), at=at)


def _looks_after(world: World, name: str, at: datetime) -> Right:
    give_unit(
        Unit(LOCAL_OFFICE, "TA0123A", "Trường Tiểu học Bờ Sông", "Lý Thị Thơm", "0900000401"),
        officer_id=world[name].officer_id, function="benefits", actor=world["leader"], valid_from=local_day(at), at=at,
    )  # fmt: skip

    def right(moment: datetime) -> bool:
        found = in_charge_of("TA0123A", office_code=LOCAL_OFFICE, on=local_day(moment)).get("benefits")
        return found is not None and found.pk == world[name].officer_id

    return right


def units_handed_over(world: World, at: datetime) -> bool:
    return _ended(
        _looks_after(world, "specialist", at),
        lambda: hand_over_units(
            world["specialist"].officer_id, to_officer=world["head"].officer_id, office_code=LOCAL_OFFICE,
            does=["benefits"], document_number="11/QĐ-BHXH", actor=world["leader"], valid_from=local_day(at), at=at,
        ),
        at=at,
    )  # fmt: skip


def unit_officer_left(world: World, at: datetime) -> bool:
    return _ended(
        _looks_after(world, "specialist", at),
        lambda: give_back(world["specialist"].officer_id, by=world["leader"], at=at),
        at=at,
    )


LIFE_CYCLES = tuple(
    LifeCycle(case.__name__, case)
    for case in (
        post_taken_back, post_taken_back_reads_nothing, last_day_of_a_post, moved_to_another_office,
        one_of_two_posts_taken_back, manager_taken_back, director_taken_back,
        delegation_revoked, last_day_of_a_delegation, delegate_without_a_post, left_the_department_delegated_to,
        function_went_to_another_department, delegation_to_a_department_revoked,
        leave_over, back_from_leave, deputy_taken_back, deputy_away, deputy_without_a_post, deputy_of_nobody,
        signing_deputy_taken_back, signing_deputy_over, units_handed_over, unit_officer_left,
    )
)  # fmt: skip
"""Every case of officers, by name."""
