"""What is offered, and under which frozen version a dossier is made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet

from ansinh.catalogue.folder import ProcedureFolder
from ansinh.catalogue.loader import from_content, load_all
from ansinh.catalogue.models import Correction, CorrectionState, ProcedureVersion
from ansinh.platform.errors import NotFound
from ansinh.platform.statements import KEPT, Statement, statement

ROOT = Path(__file__).resolve().parents[2] / "procedures"


@cache
def folders() -> tuple[ProcedureFolder, ...]:
    """Every folder on disk, checked; a faulty one stops the program with file and line."""
    return load_all(ROOT)


def folder_in_force(slug: str, *, on: date) -> ProcedureFolder:
    """The procedure in force on a day, as its folder says or a correction put it right; raises NotFound."""
    candidates = [folder for folder in folders() if folder.slug == slug and folder.in_force_on <= on]
    if not candidates:
        raise NotFound("procedure-unknown", "Không có thủ tục này. Xin chọn lại trong danh sách dịch vụ.")
    folder = max(candidates, key=lambda folder: folder.in_force_on)
    version_id = (
        _corrected(slug)
        .filter(in_force_from__gte=folder.in_force_on, in_force_from__lte=on)
        .values_list("version_id", flat=True)
        .first()
    )
    return _as_corrected(version_id, folder) if version_id else folder


def _corrected(slug: str) -> QuerySet[Correction]:
    """The approved corrections of a procedure, the one that holds first."""
    rows = Correction.objects.filter(slug=slug, state=CorrectionState.APPROVED)
    return rows.order_by("-in_force_from", "-decided_at")


def _as_corrected(version_id: UUID, folder: ProcedureFolder) -> ProcedureFolder:
    return replace(frozen(version_id), examples=folder.examples)


def versions_of(slug: str) -> tuple[ProcedureFolder, ...]:
    """Every folder and every correction of a procedure, the newest first; of one day the last that was decided."""
    found = sorted((one for one in folders() if one.slug == slug), key=lambda one: one.in_force_on)
    by_day = {one.in_force_on: one for one in found}
    for day, version_id in reversed(_corrected(slug).values_list("in_force_from", "version_id")):
        before = [one for one in found if one.in_force_on <= day]
        if before and version_id is not None:
            by_day[day] = _as_corrected(version_id, before[-1])
    return tuple(by_day[day] for day in sorted(by_day, reverse=True))


def version_of_day(slug: str, day: str) -> ProcedureFolder:
    """The folder of a procedure that came into force on this day (YYYY-MM-DD); raises NotFound."""
    for folder in versions_of(slug):
        if folder.in_force_on.isoformat() == day:
            return folder
    raise NotFound("version-unknown", "Thủ tục này không có bản áp dụng từ ngày đó. Xin xem bản hiện hành.")


def services_on(day: date) -> tuple[ProcedureFolder, ...]:
    """One folder a procedure: the newest in force on `day`."""
    newest: dict[str, ProcedureFolder] = {}
    for folder in folders():
        if folder.in_force_on <= day and (
            folder.slug not in newest or newest[folder.slug].in_force_on < folder.in_force_on
        ):
            newest[folder.slug] = folder
    return tuple(newest.values())


def version_in_force(slug: str, *, on: date) -> ProcedureVersion:
    """The frozen version for a new dossier made on a day; raises NotFound."""
    version = (
        ProcedureVersion.objects.filter(slug=slug, in_force_from__lte=on)
        .order_by("-in_force_from", "-frozen_at")
        .first()
    )
    if version is None:
        raise NotFound("procedure-unknown", "Không có thủ tục này. Xin chọn lại trong danh sách dịch vụ.")
    return version


def newest(slugs: Iterable[str]) -> dict[str, ProcedureFolder]:
    """The newest frozen version of each of these procedures, in the order of the slugs."""
    return {slug: frozen(version_id) for slug, version_id in _newest(tuple(slugs)).rows()}


@lru_cache(KEPT)
def _newest(slugs: tuple[str, ...]) -> Statement:
    versions = ProcedureVersion.objects.filter(slug__in=slugs).order_by("slug", "-in_force_from", "-frozen_at")
    return statement(versions.distinct("slug").values_list("slug", "pk"))


def newest_version(slug: F | OuterRef) -> QuerySet[ProcedureVersion, Any]:
    """The id of the newest frozen version of a procedure that another query names."""
    versions = ProcedureVersion.objects.filter(slug=slug).order_by("-in_force_from", "-frozen_at")
    return versions.values("pk")[:1]


@lru_cache(maxsize=256)
def frozen(version_id: UUID) -> ProcedureFolder:
    """The procedure as it was frozen. Versions never change, so they are kept in memory."""
    return from_content(ProcedureVersion.objects.values_list("content", flat=True).get(pk=version_id))
