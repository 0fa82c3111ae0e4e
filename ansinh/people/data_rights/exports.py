"""A copy of one's data: asked for, made by a job, downloadable for some hours, then wiped."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from ansinh.people.actors import Citizen
from ansinh.people.data_rights import rules
from ansinh.people.happened import ExportMade
from ansinh.people.models import DataExport
from ansinh.platform import queue
from ansinh.platform.errors import Conflict, NotFound
from ansinh.platform.events import publish
from ansinh.platform.sealing import seal_octets, unseal_octets
from ansinh.platform.zone import local_day

MAKE_JOB, WIPE_JOB = "data_exports.make", "data_exports.wipe"
_SEALED_FOR = "people.data_export"


def ask_for_copy(actor: Citizen, *, at: datetime) -> DataExport:
    """Queue the making of a copy. Raises Conflict beyond the number of a day, or while one is being made."""
    with transaction.atomic():
        lately = DataExport.objects.filter(account_id=actor.account_id, asked_at__gt=at - timedelta(days=1))
        if lately.filter(made_at__isnull=True).exists():
            raise Conflict("export-being-made", "Bản sao đang được chuẩn bị. Xin đợi vài phút rồi tải lại trang.")
        most = rules.exports_a_day(on=local_day(at))
        if lately.count() >= most:
            raise Conflict(
                "export-too-often",
                "Mỗi ngày lấy được {most} bản sao. Xin tải bản đã có hoặc thử lại ngày mai.",
                most=most,
            )
        made = DataExport.objects.create(subject_id=actor.owner_id, account_id=actor.account_id, asked_at=at)
        queue.defer(MAKE_JOB, export_id=str(made.pk))
    return made


def keep(export: DataExport, content: bytes, *, at: datetime) -> None:
    """Keep the finished copy, sealed for its row, until its hours are over; its owner is told."""
    export.sealed = seal_octets(content, row=export.pk, purpose=_SEALED_FOR)
    export.sha256, export.size = sha256(content).hexdigest(), len(content)
    export.made_at, export.ends_at = at, at + rules.export_time(on=local_day(at))
    export.save()
    queue.defer(WIPE_JOB, run_at=export.ends_at, export_id=str(export.pk))
    publish(ExportMade(export.pk, export.account_id, export.ends_at, at))


def wipe(*, export_id: UUID, at: datetime) -> None:
    """Forget the content of a copy whose hours are over."""
    DataExport.objects.filter(pk=export_id, ends_at__lte=at).update(sealed=None)


def copies_of(actor: Citizen, *, limit: int = 5) -> list[DataExport]:
    """The newest copies the actor ordered of whom one acts for now, without their content."""
    return list(_of(actor).defer("sealed").order_by("-asked_at")[:limit])


def content_of(export_id: UUID, *, actor: Citizen, at: datetime) -> bytes:
    """The ZIP. Raises NotFound for another's, one not yet made, one whose hours or whose right to act are over."""
    found = _of(actor).filter(pk=export_id, ends_at__gt=at).first()
    if found is None or found.sealed is None:
        raise NotFound("export-not-found", "Bản sao này không còn hoặc chưa xong. Xin yêu cầu bản mới.")
    return unseal_octets(bytes(found.sealed), row=found.pk, purpose=_SEALED_FOR)


def _of(actor: Citizen) -> QuerySet[DataExport]:
    return DataExport.objects.filter(account_id=actor.account_id, subject_id=actor.owner_id)
