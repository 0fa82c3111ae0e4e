"""Forward an issued letter along office → department → officer → units, its files checked each time (R-149, R-150)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from ansinh.directives.access import offices_drafted_for, refuse_unless_drafting, the_delivery, the_letter
from ansinh.directives.files import refuse_changed
from ansinh.directives.groups import members_on
from ansinh.directives.models import Letter, LetterState
from ansinh.directives.models_distribution import Delivery, DeliveryEvent, Holder
from ansinh.offices.departments import functions
from ansinh.offices.models import Level
from ansinh.offices.queries import and_below, office
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Officer, Organisation
from ansinh.people.models_organisations import OrganisationState
from ansinh.people.officers.posts import held_assignments, own_posts
from ansinh.people.officers.units import units_of
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotAllowed
from ansinh.platform.queue import defer
from ansinh.platform.zone import local_day

MOST_TARGETS = 100
TELL_HOLDERS = "directives.tell_holders"
"""Name of the job that tells holders of a letter by message."""
TOLD_AT_ONCE = 100


@dataclass(frozen=True)
class Target:
    """Where a letter is forwarded: an office, a department (`function` at `office_code`), an officer, or a group."""

    holder: str
    office_code: str
    function: str = ""
    officer_id: UUID | None = None


@dataclass(frozen=True)
class Order:
    """What the holders are to do, until when."""

    task: str = ""
    due_on: date | None = None


def forward(
    letter_id: UUID, targets: Sequence[Target], order: Order, *, actor: OfficerActor, at: datetime
) -> list[Delivery]:
    """Forward a letter of one's own office to offices, departments and officers. Those who have it are left out.

    Raises NotFound, NotAllowed, Invalid, Conflict (a draft, a changed file).
    """
    with transaction.atomic(), acting_as(actor.label):
        letter = the_letter(letter_id, viewer=actor, lock=True)
        refuse_unless_drafting(actor, letter.office_id)
        return _deliver(letter, None, targets, order, actor=actor, at=at)


def forward_on(
    delivery_id: UUID, targets: Sequence[Target], order: Order, *, actor: OfficerActor, at: datetime
) -> list[Delivery]:
    """Forward what was delivered: an office to its departments and officers, a department to its officers."""
    with transaction.atomic(), acting_as(actor.label):
        held = the_delivery(delivery_id, actor=actor, on=local_day(at), lock=True)
        allowed = {
            Holder.OFFICE: {Holder.OFFICE, Holder.DEPARTMENT, Holder.OFFICER}, Holder.DEPARTMENT: {Holder.OFFICER},
        }  # fmt: skip
        below = allowed.get(Holder(held.holder), set())
        if any(one.holder not in below for one in targets):
            raise NotAllowed(
                "not-down-the-line", "Văn bản đi theo thứ tự cơ quan, phòng, cán bộ, đơn vị. Xin chọn lại."
            )
        return _deliver(held.letter, held, targets, order, actor=actor, at=at)


def forward_to_units(delivery_id: UUID, order: Order, *, actor: OfficerActor, at: datetime) -> list[Delivery]:
    """An officer forwards the letter to every unit one looks after at that office. Raises NotFound, Invalid."""
    with transaction.atomic(), acting_as(actor.label):
        held = the_delivery(delivery_id, actor=actor, on=local_day(at), lock=True)
        if held.holder != Holder.OFFICER or held.officer_id != actor.officer_id:
            raise NotAllowed(
                "own-units-only", "Mỗi cán bộ chuyển cho các đơn vị mình phụ trách từ văn bản chuyển đến mình."
            )
        charges = units_of(actor.officer_id, on=local_day(at)).filter(office_code=held.office_id)
        units = {row.unit_code: row.unit_name for row in charges}
        if not units:
            raise Invalid("no-units-to-tell", "Ông/bà chưa phụ trách đơn vị nào ở cơ quan này nên chưa chuyển đi đâu.")
        known = _organisations(held.office_id, units)
        wanted = [
            Delivery(unit_code=code, unit_name=name, organisation=known.get(code))
            for code, name in sorted(units.items())
        ]
        return _keep(held.letter, held, wanted, held.office_id, order, actor=actor, at=at)


def forward_to_group(
    letter_id: UUID, group_id: UUID, order: Order, *, actor: OfficerActor, at: datetime
) -> list[Delivery]:
    """Send a letter to every member of a group of one's office (R-153). Raises NotFound, NotAllowed, Invalid."""
    with transaction.atomic(), acting_as(actor.label):
        letter = the_letter(letter_id, viewer=actor, lock=True)
        office_code, members = members_on(group_id, on=local_day(at))
        refuse_unless_drafting(actor, office_code)
        if not members:
            raise Invalid("group-empty", "Nhóm này chưa có nơi nhận nào. Xin ghi nơi nhận cho nhóm trước.")
        wanted = [
            Delivery(unit_code=one.unit_code, unit_name=one.name, organisation_id=one.organisation_id)
            for one in members
        ]
        return _keep(letter, None, wanted, office_code, order, actor=actor, at=at)


def _deliver(
    letter: Letter, parent: Delivery | None, targets: Sequence[Target], order: Order, *, actor: OfficerActor,
    at: datetime,
) -> list[Delivery]:  # fmt: skip
    if not 0 < len(targets) <= MOST_TARGETS:
        raise Invalid("no-target", "Chưa chọn nơi chuyển đến, hoặc chọn quá {n} nơi. Xin xem lại.", n=MOST_TARGETS)
    today, made = local_day(at), []
    for one in targets:
        _refuse_wrong(one, letter, parent, actor, today)
        row = Delivery(holder=one.holder, function=one.function, officer_id=one.officer_id)
        made += _keep(letter, parent, [row], one.office_code, order, actor=actor, at=at, holder=one.holder)
    return made


def _refuse_wrong(one: Target, letter: Letter, parent: Delivery | None, actor: OfficerActor, today: date) -> None:
    place = office(one.office_code)
    if one.holder == Holder.OFFICE:
        # A letter goes down the line of offices, or up to the centre.
        reach = and_below([letter.office_id if parent is None else parent.office_id])
        if one.office_code not in reach and place.level != Level.CENTRAL:
            raise Invalid("office-out-of-line", "Chỉ chuyển được cho cơ quan trực thuộc. Xin chọn lại.")
        return
    if one.office_code not in ({letter.office_id} if parent is None else {parent.office_id}):
        raise Invalid("not-of-this-office", "Phòng, cán bộ phải thuộc cơ quan đang giữ văn bản. Xin chọn lại.")
    if one.holder == Holder.DEPARTMENT and one.function in functions():
        return
    if one.holder == Holder.OFFICER and one.officer_id is not None:
        here = [post for post in own_posts(one.officer_id, on=today) if post.office_code == one.office_code]
        fits = parent is None or parent.holder != Holder.DEPARTMENT or any(p.function == parent.function for p in here)
        if here and fits:
            return
    raise Invalid("target-unknown", "Nơi chuyển đến không còn ở cơ quan này hôm nay. Xin chọn lại.")


def _keep(
    letter: Letter, parent: Delivery | None, rows: Sequence[Delivery], office_code: str, order: Order, *,
    actor: OfficerActor, at: datetime, holder: str = Holder.UNIT,
) -> list[Delivery]:  # fmt: skip
    if letter.state != LetterState.ISSUED:
        raise Conflict("letter-not-issued", "Văn bản chưa phát hành thì chưa chuyển đi được.")
    if order.due_on is not None and order.due_on < local_day(at):
        raise Invalid("due-day-past", "Hạn thực hiện đã qua. Xin chọn từ hôm nay.")
    refuse_changed(letter)
    made = []
    for row in rows:
        row.letter, row.parent, row.holder, row.office_id = letter, parent, holder, office_code
        if _held_already(row):
            continue
        row.task, row.due_on = " ".join(order.task.split())[:500], order.due_on
        row.delivered_at, row.delivered_by_id = at, actor.officer_id
        row.save(force_insert=True)
        made.append(row)
    DeliveryEvent.objects.bulk_create(
        DeliveryEvent(delivery=row, at=at, kind="delivered", actor=actor.label) for row in made
    )
    for first in range(0, len(made), TOLD_AT_ONCE):
        chosen = [str(row.pk) for row in made[first : first + TOLD_AT_ONCE]]
        defer(TELL_HOLDERS, delivery_ids=chosen, code="letter_arrived", moment=at.isoformat())
    return made


def _held_already(row: Delivery) -> bool:
    same = Delivery.objects.filter(
        letter=row.letter, holder=row.holder, office_id=row.office_id, function=row.function,
        unit_code=row.unit_code, unit_name=row.unit_name,
    )  # fmt: skip
    return same.filter(Q(officer_id=row.officer_id) if row.officer_id else Q(officer__isnull=True)).exists()


def _organisations(office_code: str, codes: Iterable[str]) -> dict[str, Organisation]:
    rows = Organisation.objects.filter(
        managing_office=office_code, unit_code__in=list(codes), state=OrganisationState.ACTIVE
    )
    return {row.unit_code: row for row in rows}


def may_distribute(letter: Letter, actor: OfficerActor) -> bool:
    """Whether the officer sends this letter on its way."""
    return letter.state == LetterState.ISSUED and letter.office_id in offices_drafted_for(actor)


def officers_of(office_code: str, *, function: str, on: date) -> list[Officer]:
    """Officers with a post of a function at an office on a day; of every function when it is empty."""
    posts = held_assignments(on=on).filter(office_code=office_code)
    if function:
        posts = posts.filter(function=function)
    return list(Officer.objects.filter(assignments__in=posts).distinct().order_by("full_name"))
