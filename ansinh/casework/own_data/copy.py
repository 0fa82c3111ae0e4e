"""The copy of a person's data: a ZIP with JSON for programs and a page for people, its digests signed by the portal."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from ansinh.casework.evidence.form import as_json
from ansinh.casework.own_data.page import readable_page
from ansinh.casework.own_data.rows import Owner, held, written_out
from ansinh.people.data_rights.exports import keep
from ansinh.people.data_rights.register import categories
from ansinh.people.models import DataExport
from ansinh.platform.sealed_zip import Entry, archive, entry
from ansinh.signing.seal import seal_bytes, seal_key_id

KIND: Final = "ansinh-own-data-1"


def make(export_id: UUID, *, at: datetime) -> None:
    """Make the copy that was asked for and keep it sealed; one already made stays as it is."""
    export = DataExport.objects.select_for_update().get(pk=export_id)
    if export.made_at is None:
        owner = Owner.of(export.subject_id, account_id=export.account_id)
        keep(export, b"".join(archive(_entries(everything(owner), at=at))), at=at)


def everything(owner: Owner) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """Category → table → rows, as plain values."""
    return {one.key: {part.table: written_out(part) for part in held(owner, one)} for one in categories() if one.copied}


def _entries(found: dict[str, dict[str, list[dict[str, Any]]]], *, at: datetime) -> list[Entry]:
    files = [
        entry("du-lieu.json", as_json({"made_at": at, "data": found})),
        entry("doc-truoc.html", readable_page(found, at=at).encode()),
    ]
    digests = {one.name: one.sha256 for one in files}
    manifest = as_json({"kind": KIND, "made_at": at, "seal_key": seal_key_id(), "files": digests})
    signature = seal_bytes(f"{KIND}\0".encode() + manifest).hex().encode() + b"\n"
    return [*files, entry("manifest.json", manifest), entry("manifest.sig", signature)]
