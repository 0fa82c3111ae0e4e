"""Leave, and who stands in: it runs from a day to a day, ends by itself that night, and at once when taken back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from ansinh.people.actors import OfficerActor, Post
from ansinh.people.models_officers import Absence, Deputy
from ansinh.people.officers.assign import the_officer
from ansinh.people.officers.days import refuse_over
from ansinh.people.officers.history import record, rights_changed, the_document, the_reason
from ansinh.people.officers.posts import fits, own_posts, running_deputies, signs
from ansinh.people.officers.powers import (
    managed_offices,
    manages,
    may_delegate,
    refuse_oneself,
    refuse_unless_gives,
)
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from ansinh.platform.vietnamese import date_vi
from ansinh.platform.zone import local_day


def record_absence(
    officer_id: UUID, *, actor: OfficerActor, valid_from: date, valid_to: date, document_number: str = "", at: datetime
) -> Absence:
    """Keep that an officer is away on these days (both included); the officer's own posts stay.

    Raises NotAllowed, NotFound, Invalid, Conflict.
    """
    today = local_day(at)
    with transaction.atomic(), acting_as(actor.label):
        officer = the_officer(officer_id, lock=True)
        offices = _offices(officer_id, on=max(valid_from, today))
        _refuse_foreign(officer_id, offices, actor=actor, today=today)
        if valid_to < max(valid_from, today):
            raise Invalid(
                "absence-over",
                "Ngày cuối phải từ {day} trở đi. Xin xem lại hai ngày.",
                day=date_vi(max(valid_from, today)),
            )
        overlapping = officer.absences.filter(ended_at__isnull=True, valid_from__lte=valid_to, valid_to__gte=valid_from)
        if overlapping.exists():
            raise Conflict("absent-already", "{name} đã có kỳ vắng mặt trong thời gian đó.", name=officer.full_name)
        away = Absence.objects.create(
            officer=officer, valid_from=valid_from, valid_to=valid_to, document_number=document_number.strip()[:60]
        )
        for office_code in offices:
            record(
                "absence_recorded", actor=actor, office_code=office_code, about=officer_id, at=at,
                document=away.document_number, absence=str(away.pk), begins=valid_from, ends=valid_to,
            )  # fmt: skip
        rights_changed(_stood_in_by(officer_id), at=at)  # who is away does not stand in
    return away


def end_absence(absence_id: UUID, *, actor: OfficerActor, at: datetime) -> Absence:
    """The officer is back, or never went: whoever stood in stops at once. Raises NotFound, NotAllowed, Conflict."""
    today = local_day(at)
    with transaction.atomic(), acting_as(actor.label):
        away = the_absence(absence_id, actor=actor, today=today, lock=True)
        refuse_over(ended=away.ended_at is not None, valid_to=away.valid_to, today=today)
        away.ended_at = at
        away.save(update_fields=["ended_at"])
        deputies = away.deputies.filter(ended_at__isnull=True)
        for office_code in _offices(away.officer_id, on=today):
            record(
                "absence_ended", actor=actor, office_code=office_code, about=away.officer_id, at=at,
                absence=str(away.pk),
            )  # fmt: skip
        rights_changed([one.officer_id for one in deputies], at=at)
    return away


def name_deputy(
    absence_id: UUID,
    *,
    actor: OfficerActor,
    deputy_id: UUID,
    office_code: str,
    capacity: str = "",
    document_number: str = "",
    at: datetime,
) -> Deputy:
    """Name who stands in at an office while the absence runs.

    Only somebody of that office with a fitting post, who is not away then; posts that sign are given only with a
    `capacity` KT. or TUQ. and the number of its document. Raises NotFound, NotAllowed, Invalid, Conflict.
    """
    today = local_day(at)
    with transaction.atomic(), acting_as(actor.label):
        away = the_absence(absence_id, actor=actor, today=today, lock=True)
        refuse_over(ended=away.ended_at is not None, valid_to=away.valid_to, today=today)
        begins = max(away.valid_from, today)
        posts = [one for one in own_posts(away.officer_id, on=begins) if one.office_code == office_code]
        _refuse_who_may_not_name(away, posts, office_code, actor=actor, today=today)
        refuse_oneself(actor, deputy_id)
        deputy = the_officer(deputy_id, lock=True)
        capacity, document = _capacity(capacity, document_number)
        if capacity and not may_delegate(actor, office_code=office_code, on=today):
            raise NotAllowed("cannot-delegate-signing", "Chỉ giám đốc được giao ký thay hoặc ủy quyền ký.")
        _refuse_unfit(deputy_id, away, posts, capacity=capacity, on=begins)
        if away.deputies.filter(office_code=office_code, ended_at__isnull=True).exists():
            raise Conflict("deputy-already", "Kỳ vắng mặt này đã có người thay. Xin thôi người đó trước.")
        named = Deputy.objects.create(
            absence=away, officer=deputy, office_code=office_code, capacity=capacity, document_number=document
        )
        record(
            "deputy_named", actor=actor, office_code=office_code, about=away.officer_id, at=at, document=document,
            deputy=str(deputy_id), name=deputy.full_name, capacity=capacity, begins=begins, ends=away.valid_to,
        )  # fmt: skip
        if away.valid_from <= today:
            rights_changed([deputy_id], at=at)
    return named


def end_deputy(deputy_id: UUID, *, actor: OfficerActor, reason: str, at: datetime) -> Deputy:
    """The deputy stops standing in at once. Raises NotFound, NotAllowed, Invalid, Conflict."""
    today = local_day(at)
    with transaction.atomic(), acting_as(actor.label):
        rows = Deputy.objects.select_for_update(of=("self",)).select_related("absence", "officer")
        named = rows.filter(pk=deputy_id, office_code__in=managed_offices(actor, on=today)).first()
        if named is None:
            raise NotFound("deputy-unknown", "Không có người thay này ở cơ quan ông/bà quản lý. Xin tải lại trang.")
        refuse_over(ended=named.ended_at is not None, valid_to=named.absence.valid_to, today=today)
        why = the_reason(reason)
        named.ended_at = at
        named.save(update_fields=["ended_at"])
        record(
            "deputy_ended", actor=actor, office_code=named.office_code, about=named.absence.officer_id, at=at,
            document=named.document_number, deputy=str(named.officer_id), name=named.officer.full_name, reason=why,
        )  # fmt: skip
        rights_changed([named.officer_id], at=at)
    return named


def stood_in_for(officer_id: UUID, *, on: date) -> frozenset[UUID]:
    """The absent colleagues for whom the officer stands in on a day."""
    rows = running_deputies(on=on).filter(officer_id=officer_id)
    return frozenset(rows.values_list("absence__officer_id", flat=True))


def the_absence(absence_id: UUID, *, actor: OfficerActor, today: date, lock: bool = False) -> Absence:
    """An absence of somebody the actor manages, or of the actor. Raises NotFound."""
    rows = Absence.objects.select_for_update(of=("self",)) if lock else Absence.objects.all()
    found = rows.select_related("officer").filter(pk=absence_id).first()
    if found is not None:
        offices = _offices(found.officer_id, on=max(found.valid_from, today))
        try:
            _refuse_foreign(found.officer_id, offices, actor=actor, today=today)
        except NotFound:
            found = None
    if found is None:
        raise NotFound("absence-unknown", "Không có kỳ vắng mặt này ở cơ quan ông/bà quản lý. Xin tải lại trang.")
    return found


def _offices(officer_id: UUID, *, on: date) -> list[str]:
    return sorted({post.office_code for post in own_posts(officer_id, on=on)})


def _refuse_foreign(officer_id: UUID, offices: Sequence[str], *, actor: OfficerActor, today: date) -> None:
    """Somebody of another office is answered as if there were nobody; a manager may record one's own leave."""
    own_leave = officer_id == actor.officer_id and manages(actor, on=today)
    if not own_leave and not managed_offices(actor, on=today) & set(offices):
        raise NotFound("officer-unknown", "Không có cán bộ này ở cơ quan ông/bà quản lý. Xin xem lại mã cán bộ.")


def _refuse_who_may_not_name(
    away: Absence, posts: Sequence[Post], office_code: str, *, actor: OfficerActor, today: date
) -> None:
    if not posts:
        raise Invalid("no-post-to-stand-in-for", "Người vắng mặt không có nhiệm vụ ở cơ quan này vào ngày đó.")
    if away.officer_id != actor.officer_id:
        refuse_unless_gives(actor, {post.role for post in posts}, office_code=office_code, on=today)


def _capacity(typed: str, document_number: str) -> tuple[str, str]:
    capacity = " ".join(typed.split())[:60]
    if not capacity:
        return "", " ".join(document_number.split())[:60]
    if not re.match(r"^(KT|TUQ)\. \S", capacity):
        raise Invalid("deputy-capacity-form", "Tư cách ký của người thay bắt đầu bằng KT. hoặc TUQ.")
    return capacity, the_document(document_number)


def _refuse_unfit(deputy_id: UUID, away: Absence, posts: Sequence[Post], *, capacity: str, on: date) -> None:
    if deputy_id == away.officer_id:
        raise Invalid("own-deputy", "Không ai tự thay mình. Xin chọn người khác.")
    overlapping = Absence.objects.filter(
        officer_id=deputy_id, ended_at__isnull=True, valid_from__lte=away.valid_to, valid_to__gte=on
    )
    if overlapping.exists():
        raise Invalid("deputy-away", "Người được chọn cũng vắng mặt trong thời gian đó. Xin chọn người khác.")
    own = own_posts(deputy_id, on=on)
    fitting = [post for post in posts if fits(post, own, on=on)]
    if not fitting:
        raise Invalid(
            "deputy-does-not-fit",
            "Người được chọn không có nhiệm vụ phù hợp ở cơ quan này. Xin chọn người cùng cơ quan, cùng mảng việc.",
        )
    if not capacity and all(signs(post, on=on) for post in fitting):
        raise Invalid(
            "deputy-without-document",
            "Thay người ký thì văn bản phải ghi KT. hoặc TUQ. Xin ghi tư cách ký và số văn bản.",
        )


def _stood_in_by(officer_id: UUID) -> list[UUID]:
    running = Deputy.objects.filter(officer_id=officer_id, ended_at__isnull=True, absence__ended_at__isnull=True)
    return [officer_id] if running.exists() else []
