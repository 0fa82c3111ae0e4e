"""Match what the post brought to a dossier: its scans join the papers, originals end the waiting, the day counts.

An item may come to any office (R-143): by its number a dossier is found wherever it lies. Only whose dossier it is and
where it lies is told there; the papers follow it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from ansinh.casework.access import dossiers_visible_to, stage_of
from ansinh.casework.happened import DossierMoved
from ansinh.casework.transitions import move, possible
from ansinh.catalogue.queries import frozen
from ansinh.dossiers.assist import begin_from_post
from ansinh.dossiers.history import record
from ansinh.dossiers.models import CLOSED_STATES, Dossier, DossierPaper, Draft
from ansinh.dossiers.originals import originals_of
from ansinh.dossiers.sign import offer_document
from ansinh.dossiers.submit import HandSigned, Submitted, submit
from ansinh.dossiers.words import REGISTRATIONS
from ansinh.files.models import Paper
from ansinh.law.names import search_key
from ansinh.offices.queries import office
from ansinh.people.actors import Citizen, OfficerActor
from ansinh.people.at_counter import PaperIdentity
from ansinh.people.models import Person
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, Invalid, NotFound
from ansinh.platform.events import publish
from ansinh.platform.row_security.viewer import as_the_house
from ansinh.platform.zone import local_day
from ansinh.post.incoming import open_item
from ansinh.post.models import IncomingItem, IncomingState
from ansinh.signing.models import Format

_NUMBER = re.compile(r"[0-9]{5,}/[0-9]{4}/[0-9]{5}")
MOST = 20
CHANNEL = "post"


@dataclass(frozen=True)
class Match:
    """What the officer says of it."""

    dossier_number: str
    requirement: str = ""
    """The paper of the procedure that the scans are; empty: none of them."""
    originals_complete: bool = False


def number_in(text: str) -> str:
    """The dossier number in a scanned receipt code (its address) or as typed; empty when there is none."""
    found = _NUMBER.search(text.replace("%2F", "/").replace("%2f", "/"))
    return found.group() if found else ""


def candidates(text: str, *, viewer: OfficerActor) -> list[Dossier]:
    """Open dossiers it may be for: by number anywhere, by SI number or name at the viewer's offices. Raises Invalid."""
    asked = " ".join(text.split())
    number = number_in(asked)
    if number:
        with as_the_house():
            return list(_open().filter(number=number))
    if len(asked) < 3:
        raise Invalid("match-needs-more", "Xin quét mã trên giấy tiếp nhận, hoặc nhập số hồ sơ, mã số BHXH, họ tên.")
    rows = dossiers_visible_to(viewer) & _open()
    digits = "".join(asked.split())
    rows = rows.filter(si_number=digits) if digits.isdigit() else rows.filter(applicant_key=search_key(asked))
    return list(rows.order_by("-submitted_at")[:MOST])


def match(item_id: UUID, said: Match, *, actor: OfficerActor, at: datetime) -> IncomingItem:
    """The item is for this dossier; with `originals_complete` the waiting ends and limits count from its day.

    Raises NotFound, Invalid (no scan, unknown paper), Conflict (dealt with, ended, nothing is awaited).
    """
    with transaction.atomic(), acting_as(actor.label):
        item = open_item(item_id, actor=actor)
        with as_the_house():
            dossier = _open().select_for_update().filter(number=number_in(said.dossier_number)).first()
            if dossier is None:
                raise NotFound("match-unknown", "Không có hồ sơ đang mở mang số này. Xin tìm lại.")
            _refuse_gaps(item, said, dossier)
            names = _keep_scans(item, said.requirement, dossier, actor=actor, at=at)
            item.state, item.dossier = IncomingState.MATCHED, dossier
            item.ended_at, item.ended_by_id = at, actor.officer_id
            item.save()
            dossier.last_event_at = at
            received: dict[str, Any] = {
                "received_on": item.received_on.isoformat(),
                "office": office(item.office_code).name_vi,
            }
            record(dossier, "post_received", actor=actor, at=at, number=item.number, papers=names, **received)
            if said.originals_complete:
                dossier.state = move("originals_received", dossier, stage=stage_of(dossier))
                dossier.counted_from = max(item.received_on, local_day(dossier.submitted_at))
            dossier.save(update_fields=["state", "counted_from", "last_event_at"])
            if said.originals_complete:
                record(dossier, "originals_received", actor=actor, at=at, note="", **received)
            code = "originals_received" if said.originals_complete else "post_received"
            publish(DossierMoved(dossier.pk, code, at))
    return item


def begin_form(item_id: UUID, person: Person | PaperIdentity, slug: str, *, actor: OfficerActor, at: datetime) -> Draft:
    """A draft typed from the scanned form of an item (2-CBH and any other). Raises NotFound, Invalid, Conflict."""
    with transaction.atomic():
        item = open_item(item_id, actor=actor)
        if not item.scans.exists():
            raise Invalid("match-unscanned", "Chưa quét giấy tờ trong bưu gửi. Xin quét rồi khớp.")
        return begin_from_post(person, slug, actor=actor, office_code=item.office_code, incoming_id=item.pk, at=at)


def file_form(
    draft_id: UUID, item_id: UUID, *, actor: OfficerActor, owner: Citizen, originals_complete: bool, at: datetime
) -> Submitted:
    """File what was typed from the scanned, signed form of an item: the scan is its confirmation, its day counts.

    Raises what `submit` and `match` raise, and Invalid while nothing is scanned.
    """
    with transaction.atomic(), acting_as(actor.label), as_the_house():
        item = open_item(item_id, actor=actor)
        scan = item.scans.select_related("file").first()
        if scan is None:
            raise Invalid("match-unscanned", "Chưa quét giấy tờ trong bưu gửi. Xin quét rồi khớp.")
        offer = offer_document(draft_id, actor=owner, document_format=Format.PDF, at=at, by_hand=True)
        filed = submit(
            draft_id=draft_id,
            actor=owner,
            confirmation=HandSigned(offer.pk, scan.file_id, scan.file.size, actor, item.office_code, "form"),
            idempotency_key=f"draft-{draft_id}",
            channel=CHANNEL,
            at=at,
            typed_by=actor,
        )
        match(item_id, Match(filed.number, "", originals_complete), actor=actor, at=at)
        # Limits count from the stamp although the form was typed later; accepting reads it.
        Dossier.objects.filter(pk=filed.dossier_id).update(counted_from=item.received_on)
    return filed


def awaits_originals(dossier: Dossier) -> bool:
    """Whether the dossier stands still until originals come."""
    return possible("originals_received", dossier, stage=stage_of(dossier))


def papers_it_may_be(dossier: Dossier) -> list[tuple[str, str, str]]:
    """(key, Vietnamese name, English name) of the papers of the procedure, the awaited originals first."""
    awaited = [one.key for one in originals_of(dossier)] if awaits_originals(dossier) else []
    papers = sorted(frozen(dossier.version_id).papers, key=lambda one: (one.key not in awaited, one.name_vi))
    return [(one.key, one.name_vi, one.name_en) for one in papers]


def _open() -> QuerySet[Dossier]:
    return Dossier.objects.exclude(state__in=CLOSED_STATES).exclude(procedure__in=REGISTRATIONS)


def _refuse_gaps(item: IncomingItem, said: Match, dossier: Dossier) -> None:
    if not item.scans.exists():
        raise Invalid("match-unscanned", "Chưa quét giấy tờ trong bưu gửi. Xin quét rồi khớp.")
    if said.requirement and said.requirement not in {one.key for one in frozen(dossier.version_id).papers}:
        raise Invalid("unknown-target", "Hồ sơ này không có mục “{target}”. Xin chọn lại.", target=said.requirement)
    if said.originals_complete and not awaits_originals(dossier):
        raise Conflict("nothing-awaited", "Hồ sơ này không chờ bản chính. Xin bỏ dấu “đủ bản chính”.")


def _keep_scans(
    item: IncomingItem, requirement: str, dossier: Dossier, *, actor: OfficerActor, at: datetime
) -> list[str]:
    scans = list(item.scans.select_related("file"))
    if requirement and dossier.account_id is not None:
        for scan in scans:
            paper, _ = Paper.objects.get_or_create(
                owner_id=dossier.account_id, file=scan.file, kind=requirement, discarded_at=None,
                defaults={"name": scan.name, "page_count": scan.page_count, "uploaded_at": at},
            )  # fmt: skip
            DossierPaper.objects.create(
                dossier=dossier, requirement=requirement, paper=paper, sha256=scan.file_id, name=scan.name,
                size=scan.file.size, added_at=at, added_by_officer_id=actor.officer_id,
            )  # fmt: skip
    return [scan.name for scan in scans]
