"""Ask for an opinion, answer it, enter another agency's letter, or ask no more."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet

from ansinh.casework.access import refuse_others, the_dossier
from ansinh.casework.ledger_rows import given_back, lent
from ansinh.casework.models import Opinion, OpinionState
from ansinh.casework.opinions.elsewhere import asked_elsewhere, open_as_asked
from ansinh.casework.opinions.tell import tell_officer
from ansinh.dossiers.history import record
from ansinh.dossiers.models import Dossier
from ansinh.files.models import StoredFile
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Officer
from ansinh.people.officers.posts import held_assignments
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.platform.statements import KEPT, Statement, statement
from ansinh.platform.zone import local_day

SHORTEST = 10
LONGEST = 4000


@dataclass(frozen=True)
class Asked:
    """A question, the day it is wanted by, and whom: an officer of the agency, or another agency in words."""

    question: str
    wanted_by: date | None
    to_officer: UUID | None = None
    agency: str = ""
    to_office: str = ""
    """The office of a colleague elsewhere; empty: of the dossier's own office."""


@dataclass(frozen=True)
class Letter:
    """The other agency's letter as a scanned file."""

    number: str
    day: date | None
    file: StoredFile | None
    file_name: str = ""


def ask(dossier_id: UUID, *, actor: OfficerActor, asked: Asked, at: datetime) -> Opinion:
    """Ask: only whose step it is. Another agency has the dossier from now on, the office's clock runs on.

    A second press asks a colleague nothing again: it answers the question that waits. Raises NotFound, NotAllowed,
    Invalid; Conflict when the dossier is not at the office.
    """
    with transaction.atomic(), acting_as(actor.label):
        dossier = the_dossier(dossier_id, viewer=actor, lock=True)
        actor = refuse_others(dossier, actor=actor)
        _refuse_incomplete(asked, on=local_day(at))
        agency = " ".join(asked.agency.split())[:200]
        colleague = None if agency else _colleague(dossier, asked, actor, on=local_day(at))
        assert asked.wanted_by is not None
        question = asked.question.strip()[:LONGEST]
        if colleague is not None:
            same = dossier.opinions.filter(to_officer=colleague, asked_by_id=actor.officer_id, state=OpinionState.ASKED)
            waits = same.filter(question=question, wanted_by=asked.wanted_by).first()
            if waits is not None:
                return waits
        opinion = Opinion.objects.create(
            dossier=dossier, office_code=dossier.office_code, asked_by_id=actor.officer_id, asked_at=at,
            question=question, wanted_by=asked.wanted_by, to_officer=colleague, agency=agency,
            to_office="" if agency or asked.to_office == dossier.office_code else asked.to_office,
        )  # fmt: skip
        whom = agency or (colleague.full_name if colleague else "")
        if agency:
            lent(dossier, agency, at)
        _remember(dossier, at)
        record(
            dossier, "opinion_asked", actor=actor, at=at, public=bool(agency), whom=whom,
            wanted_by=asked.wanted_by.isoformat(),
        )  # fmt: skip
        if colleague is not None:
            tell_officer(colleague.pk, "opinion_asked", dossier, due=asked.wanted_by, at=at)
    return opinion


def answer(
    opinion_id: UUID, *, actor: OfficerActor, words: str, at: datetime, file: StoredFile | None = None, name: str = ""
) -> Opinion:
    """The colleague who was asked answers, with a paper if there is one. Raises NotFound, Invalid, Conflict."""
    with transaction.atomic(), acting_as(actor.label):
        opinion = _standing(opinion_id, actor, as_asked_on=local_day(at))
        if opinion.to_officer_id != actor.officer_id:
            raise NotAllowed("opinion-not-yours", "Câu hỏi này gửi cho người khác. Xin để người được hỏi trả lời.")
        _put(opinion, words, actor, at)
        opinion.file, opinion.file_name = file, name[:200]
        opinion.save()
        _told(opinion, actor, at)
    return opinion


def enter_answer(opinion_id: UUID, *, actor: OfficerActor, words: str, letter: Letter, at: datetime) -> Opinion:
    """Whoever works on the dossier enters what the other agency wrote; the office has the dossier again."""
    with transaction.atomic(), acting_as(actor.label):
        opinion = _standing(opinion_id, actor)
        actor = refuse_others(opinion.dossier, actor=actor)
        if not opinion.agency:
            raise NotAllowed("opinion-not-yours", "Câu hỏi này gửi cho người khác. Xin để người được hỏi trả lời.")
        if not letter.number.strip() or letter.day is None or letter.file is None:
            raise Invalid("opinion-needs-letter", "Chưa đủ văn bản trả lời. Xin ghi số, ngày và gửi tệp quét văn bản.")
        if letter.day > local_day(at):
            raise Invalid("document-in-future", "Ngày văn bản ở sau hôm nay. Xin ghi đúng ngày của văn bản.")
        _put(opinion, words, actor, at)
        opinion.document_number, opinion.document_day = letter.number.strip()[:60], letter.day
        opinion.file, opinion.file_name = letter.file, letter.file_name[:200]
        opinion.save()
        given_back(opinion.dossier, opinion.agency, at)
        _told(opinion, actor, at)
    return opinion


def withdraw(opinion_id: UUID, *, actor: OfficerActor, at: datetime) -> Opinion:
    """Whoever works on the dossier asks no more."""
    with transaction.atomic(), acting_as(actor.label):
        opinion = _standing(opinion_id, actor)
        actor = refuse_others(opinion.dossier, actor=actor)
        opinion.state = OpinionState.WITHDRAWN
        opinion.save()
        if opinion.agency:
            given_back(opinion.dossier, opinion.agency, at)
        _remember(opinion.dossier, at)
        record(opinion.dossier, "opinion_withdrawn", actor=actor, at=at, public=False, whom=whom_of(opinion))
    return opinion


def opinions_of(dossier: Dossier) -> list[Opinion]:
    """All that was asked about a dossier, newest first."""
    rows = dossier.opinions.select_related("asked_by", "to_officer", "answered_by", "file")
    return list(rows.order_by("-asked_at", "-id"))


def to_give(viewer: OfficerActor) -> QuerySet[Opinion]:
    """What the viewer was asked at the own office and has not answered, of open dossiers, soonest wanted first."""
    rows = _asked_here(viewer.officer_id, viewer.office_codes).select_related("dossier", "asked_by")
    return rows.order_by("-dossier__urgent", "wanted_by", "asked_at")


def _asked_here(officer_id: UUID, office_codes: Collection[str]) -> QuerySet[Opinion]:
    return Opinion.objects.filter(
        to_officer_id=officer_id, to_office="", state=OpinionState.ASKED, dossier__closed_at__isnull=True,
        dossier__office_code=F("office_code"), office_code__in=office_codes,
    )  # fmt: skip


def count_asked(viewer: OfficerActor, *, on: date) -> int:
    """How many questions wait for the viewer, of the own office and of others, in one query."""
    with as_the_house():  # only the number of one's own questions: dossiers of other offices are not seen yet
        return _waiting(viewer.officer_id, viewer.office_codes, on).count()


@lru_cache(KEPT)
def _waiting(officer_id: UUID, office_codes: frozenset[str], on: date) -> Statement:
    own = Q(pk__in=_asked_here(officer_id, office_codes).values("pk"))
    elsewhere = Q(pk__in=asked_elsewhere(officer_id, office_codes, on=on).values("pk"))
    return statement(Opinion.objects.filter(own | elsewhere).values("pk"))


def was_asked_about(dossier: Dossier, *, reader: OfficerActor) -> bool:
    """Whether a question about the dossier waits for this officer."""
    return to_give(reader).filter(dossier=dossier).exists()


def colleagues_to_ask(
    dossier: Dossier, *, actor: OfficerActor, on: date, office_code: str = ""
) -> list[tuple[Officer, str]]:
    """Officers with a post today at an office (none: the dossier's), with the role, by name; not the one who asks."""
    at_office = office_code or dossier.office_code
    held = held_assignments(on=on).filter(office_code=at_office).exclude(officer_id=actor.officer_id)
    rows = held.select_related("officer").order_by("officer__full_name", "officer_id", "role")
    found: dict[UUID, tuple[Officer, str]] = {}
    for post in rows:
        found.setdefault(post.officer_id, (post.officer, post.role))
    return list(found.values())


def whom_of(opinion: Opinion) -> str:
    """Who was asked, in words."""
    return opinion.agency or (opinion.to_officer.full_name if opinion.to_officer else "")


def _colleague(dossier: Dossier, asked: Asked, actor: OfficerActor, *, on: date) -> Officer:
    for one, _role in colleagues_to_ask(dossier, actor=actor, on=on, office_code=asked.to_office):
        if one.pk == asked.to_officer:
            return one
    raise Invalid("opinion-of-whom", "Chưa chọn hỏi ai. Xin chọn một đồng nghiệp, hoặc ghi tên cơ quan khác.")


def _standing(opinion_id: UUID, actor: OfficerActor, *, as_asked_on: date | None = None) -> Opinion:
    """The question, still open, with its dossier locked first as every action does.

    `as_asked_on`: also for the officer of another office whose question stands on that day.
    """
    known = Opinion.objects.filter(pk=opinion_id).values_list("dossier_id", flat=True).first()
    if known is None:
        raise NotFound("opinion-gone", "Không có câu hỏi này. Xin tải lại trang hồ sơ.")
    asked = open_as_asked(known, reader=actor, on=as_asked_on, lock=True) if as_asked_on else None
    dossier = asked or the_dossier(known, viewer=actor, lock=True)
    opinion = Opinion.objects.select_for_update(of=("self",)).select_related("to_officer").get(pk=opinion_id)
    opinion.dossier = dossier
    if opinion.state != OpinionState.ASKED or dossier.closed_at is not None:
        raise Conflict("opinion-over", "Câu hỏi này đã có ý kiến, đã thôi hỏi hoặc hồ sơ đã xong. Xin tải lại trang.")
    return opinion


def _put(opinion: Opinion, words: str, actor: OfficerActor, at: datetime) -> None:
    if len(words.strip()) < SHORTEST:
        raise Invalid("opinion-empty", "Chưa ghi ý kiến. Xin viết ít nhất một câu.")
    opinion.state, opinion.answer = OpinionState.ANSWERED, words.strip()[:LONGEST]
    opinion.answered_by_id, opinion.answered_at = actor.officer_id, at


def _told(opinion: Opinion, actor: OfficerActor, at: datetime) -> None:
    _remember(opinion.dossier, at)
    public = bool(opinion.agency)
    record(opinion.dossier, "opinion_given", actor=actor, at=at, public=public, whom=whom_of(opinion))
    if opinion.asked_by_id != actor.officer_id:
        tell_officer(opinion.asked_by_id, "opinion_given", opinion.dossier, due=None, at=at)


def _remember(dossier: Dossier, at: datetime) -> None:
    dossier.last_event_at = at
    dossier.save(update_fields=["last_event_at"])


def _refuse_incomplete(asked: Asked, *, on: date) -> None:
    if len(asked.question.strip()) < SHORTEST:
        raise Invalid("opinion-question", "Chưa ghi cần hỏi gì. Xin viết ít nhất một câu.")
    if asked.wanted_by is None or asked.wanted_by < on:
        raise Invalid("opinion-day", "Chưa có ngày cần trả lời, hoặc ngày đó đã qua. Xin chọn từ hôm nay trở đi.")
    if asked.agency.strip() and asked.to_officer is not None:
        raise Invalid("opinion-of-whom", "Chưa chọn hỏi ai. Xin chọn một đồng nghiệp, hoặc ghi tên cơ quan khác.")
