"""What permits an officer to look at a dossier now: the case itself, else what was opened for a purpose (threat 16)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from ansinh.casework.access import may_work_on, stage_of, the_dossier
from ansinh.casework.ask_again import to_decide
from ansinh.casework.opinions.ask import was_asked_about
from ansinh.casework.opinions.elsewhere import open_as_asked, reads_as_asked
from ansinh.casework.registration import the_registration
from ansinh.dossiers.models import CLOSED_STATES, Dossier, DossierEvent, State
from ansinh.dossiers.words import REGISTRATIONS
from ansinh.people.actors import OfficerActor
from ansinh.people.models import Opening, Role
from ansinh.people.readings import Ground, Shown, Why, rules
from ansinh.people.readings.openings import break_glass, open_with_purpose, protected, the_opening, why_opened
from ansinh.platform.errors import Conflict, NotFound
from ansinh.platform.row_security.viewer import at_the_door, learn
from ansinh.platform.zone import local_day

_COUNTER = frozenset({Role.INTAKE, Role.APPROVER})


def to_look_at(dossier_id: UUID, *, reader: OfficerActor, at: datetime) -> Dossier:
    """A dossier of the reader's offices, a registration for any counter, one behind a glass the reader broke, or one
    about which another office asked the reader.

    Raises NotFound for every other one.
    """
    try:
        return the_dossier(dossier_id, viewer=reader)
    except NotFound:
        if the_opening(dossier_id, reader=reader, at=at, glass_only=True) is not None:
            learn(opened=dossier_id)
            return Dossier.objects.get(pk=dossier_id)
        asked = open_as_asked(dossier_id, reader=reader, on=local_day(at))
        if asked is not None:
            return asked
        if not _at_counter(reader):
            raise
        return the_registration(dossier_id, actor=reader)


def shown(dossier: Dossier) -> Shown:
    """What a page of the dossier shows, and whose it is."""
    return Shown(subject_id=dossier.owner_id, dossier_id=dossier.pk, dossier_number=dossier.number)


def why_looks(dossier: Dossier, *, reader: OfficerActor, at: datetime) -> Why | None:
    """What permits the look; None when a purpose must be chosen (or, behind a glass, when the glass must be broken)."""
    own = why_own(dossier, reader=reader)
    if own is not None:
        return own
    on = local_day(at)
    if dossier.procedure not in REGISTRATIONS and (
        was_asked_about(dossier, reader=reader)
        or reads_as_asked(dossier.pk, reader=reader, on=on)
        or to_decide(reader).filter(dossier=dossier).exists()
    ):
        return _why(Ground.CASE, dossier, reader)
    is_protected = bool(protected([dossier.owner_id], at=at))
    opening = the_opening(dossier.pk, reader=reader, at=at, glass_only=is_protected)
    if opening is not None:
        return why_opened(opening)
    if is_protected or not _acted_lately(dossier, reader=reader, at=at):
        return None
    return _why(Ground.JUST_ACTED, dossier, reader)


def why_own(dossier: Dossier, *, reader: OfficerActor) -> Why | None:
    """The case as the reason, when the present step is the reader's."""
    if dossier.procedure in REGISTRATIONS:
        ready = dossier.state == State.SUBMITTED and _at_counter(reader)
        return _why(Ground.COUNTER, dossier, reader) if ready else None
    if dossier.state in CLOSED_STATES or not may_work_on(dossier, viewer=reader):
        return None
    return _why(Ground.CASE, dossier, reader)


def why_found(dossier: Dossier, *, reader: OfficerActor) -> Why:
    """Why a dossier stands in a list of search results."""
    return why_own(dossier, reader=reader) or _why(Ground.LOOK_UP, dossier, reader)


def needs_broken_glass(dossier: Dossier, *, at: datetime) -> bool:
    """Whether a purpose is not enough, because the owner is protected."""
    return bool(protected([dossier.owner_id], at=at))


def hidden_among(dossiers: Sequence[Dossier], *, reader: OfficerActor, at: datetime) -> frozenset[UUID]:
    """Dossiers of a list whose owners are protected and which are not the reader's to do: they show no name."""
    owners = protected([one.owner_id for one in dossiers], at=at)
    return frozenset(one.pk for one in dossiers if one.owner_id in owners and why_own(one, reader=reader) is None)


def open_for_purpose(dossier_id: UUID, *, reader: OfficerActor, purpose: str, sentence: str, at: datetime) -> Opening:
    """Open a dossier of one's own office that stands at somebody else's step or is closed.

    Raises NotFound, Invalid; Conflict when the owner is protected.
    """
    found = to_look_at(dossier_id, reader=reader, at=at)
    if needs_broken_glass(found, at=at):
        raise Conflict(
            "glass-needed", "Hồ sơ này được bảo vệ riêng, chỉ người đang xử lý được xem. Xin dùng trang Mở khẩn cấp."
        )
    office = _office(found, reader)
    return open_with_purpose(shown(found), reader=reader, office_code=office, purpose=purpose, sentence=sentence, at=at)


def break_glass_of(number: str, *, reader: OfficerActor, legal_ground: str, sentence: str, at: datetime) -> Opening:
    """Open the dossier of exactly this number anywhere in the country. Raises NotFound, Invalid."""
    rules.chosen(legal_ground, break_glass=True, on=local_day(at))
    rules.sentence(sentence, on=local_day(at))
    with at_the_door():  # found by its exact number alone, and only named to the record
        found = Dossier.objects.filter(number="".join(number.split())).first()
    if found is None:
        raise NotFound("number-not-found", "Không có hồ sơ mang số này. Xin gõ đủ số, dạng 00012/2026/00100.")
    office = _office(found, reader)
    return break_glass(
        shown(found), reader=reader, office_code=office, legal_ground=legal_ground, sentence=sentence, at=at
    )


def _acted_lately(dossier: Dossier, *, reader: OfficerActor, at: datetime) -> bool:
    since = at - rules.after_act(on=local_day(at))
    return DossierEvent.objects.filter(dossier=dossier, actor=reader.label, at__gte=since, at__lte=at).exists()


def _why(ground: Ground, dossier: Dossier, reader: OfficerActor) -> Why:
    stage = stage_of(dossier)
    return Why(ground, stage.name_vi, stage.name_en, _office(dossier, reader))


def _office(dossier: Dossier, reader: OfficerActor) -> str:
    """Where the reader works as one reads: the office of the dossier if it is one of theirs."""
    return dossier.office_code if dossier.office_code in reader.office_codes else reader.posts[0].office_code


def _at_counter(reader: OfficerActor) -> bool:
    return any(post.role in _COUNTER for post in reader.posts)
