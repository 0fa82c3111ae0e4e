"""Ask, take in hand, extend once, answer: requests of a person about one's own data (R25)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from ansinh.offices.queries import work_calendar
from ansinh.people.actors import Citizen, OfficerActor, Right
from ansinh.people.data_rights import rules
from ansinh.people.data_rights.clock import acknowledge_by, answer_by
from ansinh.people.happened import RequestMoved
from ansinh.people.models import DataRequest, Protection, Reading
from ansinh.people.models_rights import Outcome, RequestKind, RequestState
from ansinh.people.readings.rules import sentence
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from ansinh.platform.events import publish
from ansinh.platform.zone import local_day

ASKABLE = tuple(kind for kind in RequestKind if kind not in {RequestKind.WITHDRAW, RequestKind.ASK_READING})
"""Kinds chosen on the form; the two others begin at a consent and at a look."""


def ask(
    actor: Citizen,
    *,
    kind: str,
    words: str,
    office_code: str,
    at: datetime,
    reading: Reading | None = None,
    purpose: str = "",
) -> DataRequest:
    """Begin a request; both clocks run from the day after.

    Raises Invalid for an unknown kind or no words, NotAllowed for who acts for somebody without the right to file.
    """
    if not actor.may(Right.FILE):
        raise NotAllowed(
            "may-not-file", "Ông/bà chưa được giao quyền nộp yêu cầu thay người này. Xin nhờ người có quyền."
        )
    if reading is None and not purpose:
        known_kind(kind)
    asked_on, calendar = local_day(at), work_calendar()
    with transaction.atomic(), acting_as(actor.label):
        made = DataRequest.objects.create(
            kind=kind,
            subject_id=actor.owner_id,
            account_id=actor.account_id,
            office_code=office_code,
            words=sentence(words, on=asked_on),
            purpose=purpose,
            reading=reading,
            asked_at=at,
            acknowledge_by=acknowledge_by(kind, asked_on=asked_on, calendar=calendar),
            due_on=answer_by(kind, asked_on=asked_on, was_extended=False, calendar=calendar),
        )
        publish(RequestMoved(made.pk, "data_request_asked", at))
    return made


def known_kind(kind: str) -> RequestKind:
    """A kind that the form offers. Raises Invalid."""
    if kind not in ASKABLE:
        raise Invalid("request-kind-missing", "Chưa chọn yêu cầu. Xin chọn một mục trong danh sách.")
    return RequestKind(kind)


def known_outcome(outcome: str) -> Outcome:
    """One of the outcomes. Raises Invalid."""
    if outcome not in Outcome.values:
        raise Invalid("outcome-missing", "Chưa chọn kết quả. Xin chọn một mục.")
    return Outcome(outcome)


def take_in_hand(request_id: UUID, *, actor: OfficerActor, at: datetime) -> DataRequest:
    """Say that it is being dealt with: this stops the first clock. Raises NotFound, NotAllowed, Conflict."""
    with transaction.atomic(), acting_as(actor.label):
        found = _open(request_id, actor=actor, at=at)
        if found.state != RequestState.ASKED:
            raise Conflict("request-in-hand", "Yêu cầu này đã có người tiếp nhận. Xin tải lại trang.")
        found.state, found.in_hand_at, found.in_hand_by_id = RequestState.IN_HAND, at, actor.officer_id
        found.save(update_fields=["state", "in_hand_at", "in_hand_by_id"])
        publish(RequestMoved(found.pk, "data_request_in_hand", at))
    return found


def extend(request_id: UUID, *, actor: OfficerActor, reason: str, at: datetime) -> DataRequest:
    """Give the request its one extension, with a reason the person reads. Raises Conflict after one, or when late."""
    with transaction.atomic(), acting_as(actor.label):
        found = _open(request_id, actor=actor, at=at)
        if found.extended_at is not None:
            raise Conflict("extended-once", "Yêu cầu này đã gia hạn một lần; pháp luật không cho gia hạn thêm.")
        if local_day(at) > found.due_on:
            raise Conflict("extension-too-late", "Đã quá hạn trả lời nên không gia hạn được. Xin trả lời ngay.")
        found.extended_at, found.extension_reason = at, sentence(reason, on=local_day(at))
        found.due_on = answer_by(
            found.kind, asked_on=local_day(found.asked_at), was_extended=True, calendar=work_calendar()
        )
        found.save(update_fields=["extended_at", "extension_reason", "due_on"])
        publish(RequestMoved(found.pk, "data_request_extended", at))
    return found


def answer(request_id: UUID, *, actor: OfficerActor, outcome: str, words: str, at: datetime) -> DataRequest:
    """Answer with reasons; a restriction that is granted protects the person from then on.

    Raises NotFound, NotAllowed, Conflict, Invalid.
    """
    known_outcome(outcome)
    with transaction.atomic(), acting_as(actor.label):
        found = _open(request_id, actor=actor, at=at)
        found.answer = sentence(words, on=local_day(at))
        found.state, found.outcome = RequestState.ANSWERED, outcome
        found.answered_at, found.answered_by_id = at, actor.officer_id
        found.save(update_fields=["state", "outcome", "answer", "answered_at", "answered_by_id"])
        if found.kind == RequestKind.RESTRICT and outcome != Outcome.REFUSED:
            _protect(found, by=actor, at=at)
        publish(RequestMoved(found.pk, "data_request_answered", at))
    return found


def restriction_of(request: DataRequest) -> Protection | None:
    """The protection that a granted restriction still gives."""
    return Protection.objects.filter(basis_id=request.pk, ended_at__isnull=True).first()


def protection_ended(request: DataRequest) -> Protection | None:
    """The protection of a granted restriction, once it has ended."""
    return Protection.objects.filter(basis_id=request.pk, ended_at__isnull=False).first()


def end_restriction(request_id: UUID, *, actor: OfficerActor, reason: str, at: datetime) -> Protection:
    """End the protection of a granted restriction from today on; the person is told. Raises NotFound, Conflict."""
    with transaction.atomic(), acting_as(actor.label):
        found = the_request(request_id, officer=actor, on=local_day(at))
        held = Protection.objects.select_for_update().filter(basis_id=found.pk, ended_at__isnull=True).first()
        if held is None:
            raise Conflict("no-restriction", "Yêu cầu này không còn hạn chế nào đang áp dụng. Xin tải lại trang.")
        held.end_reason = sentence(reason, on=local_day(at))
        held.ended_by_id, held.ended_at, held.valid_to = actor.officer_id, at, local_day(at) - timedelta(days=1)
        held.save(update_fields=["end_reason", "ended_by", "ended_at", "valid_to"])
        publish(RequestMoved(found.pk, "restriction_ended", at))
    return held


def requests_of(subject_id: UUID) -> list[DataRequest]:
    """What a person asked, newest first."""
    return list(DataRequest.objects.filter(subject_id=subject_id).order_by("-asked_at"))


def own_request(request_id: UUID, *, subject_id: UUID) -> DataRequest:
    """One's own request. Raises NotFound."""
    found = DataRequest.objects.filter(pk=request_id, subject_id=subject_id).select_related("reading").first()
    if found is None:
        raise NotFound("request-not-found", "Không có yêu cầu này. Xin xem lại danh sách yêu cầu.")
    return found


def is_handler(officer: OfficerActor, *, on: date) -> bool:
    """Whether this officer answers requests anywhere."""
    return any(post.role in rules.handler_roles(on=on) for post in officer.posts)


def requests_for(officer: OfficerActor, *, on: date) -> QuerySet[DataRequest]:
    """Requests of the offices where this officer answers, except questions about one's own looks. Raises NotAllowed."""
    offices = {post.office_code for post in officer.posts if post.role in rules.handler_roles(on=on)}
    if not offices:
        raise NotAllowed(
            "not-a-handler", "Trang này của lãnh đạo và trưởng bộ phận được giao trả lời yêu cầu về dữ liệu cá nhân."
        )
    own_look = Q(reading__isnull=False, reading__officer_id=officer.officer_id)
    return DataRequest.objects.filter(office_code__in=offices).exclude(own_look)


def the_request(request_id: UUID, *, officer: OfficerActor, on: date) -> DataRequest:
    """A request this officer may answer. Raises NotFound, NotAllowed."""
    found = requests_for(officer, on=on).filter(pk=request_id).select_related("reading", "account__person").first()
    if found is None:
        raise NotFound("request-not-found", "Không có yêu cầu này. Xin xem lại danh sách yêu cầu.")
    return found


def _open(request_id: UUID, *, actor: OfficerActor, at: datetime) -> DataRequest:
    the_request(request_id, officer=actor, on=local_day(at))
    found = DataRequest.objects.select_for_update().get(pk=request_id)
    if found.state == RequestState.ANSWERED:
        raise Conflict("request-answered", "Yêu cầu này đã trả lời xong. Xin tải lại trang.")
    return found


def _protect(found: DataRequest, *, by: OfficerActor, at: datetime) -> None:
    Protection.objects.create(
        subject_id=found.subject_id,
        reason=found.answer,
        set_by_id=by.officer_id,
        set_at=at,
        basis_id=found.pk,
        valid_from=local_day(at),
    )
