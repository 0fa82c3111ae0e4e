"""The evidence bundle of a dossier: one ZIP, sealed, checked anywhere by the verifier it contains."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Final

from ansinh.casework.evidence import told
from ansinh.casework.evidence.confirmation import confirmation_entries
from ansinh.casework.evidence.form import as_json
from ansinh.casework.evidence.proofs import proof_entries
from ansinh.casework.evidence.reader import Reader
from ansinh.casework.evidence.signed import signed_entries
from ansinh.casework.evidence.tools import tool_entries
from ansinh.casework.statement import seal_what_waits
from ansinh.dossiers.models import Dossier
from ansinh.platform.sealed_zip import Entry, archive, entry, refuse_too_large, stored_entry
from ansinh.platform.storage import open_file
from ansinh.signing.seal import seal_bytes

KIND: Final = "ansinh-bundle-1"
MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"


def evidence_bundle(dossier: Dossier, *, reader: Reader, at: datetime) -> Iterator[bytes]:
    """The ZIP, piece by piece; everything that can be refused is refused before the first piece.

    What waits is sealed first, so that the newest event has its proof too; when the log cannot be sealed now, the
    bundle proves what is sealed. Raises Conflict for a dossier too large.
    """
    seal_what_waits(at=at)
    entries = [
        *(entry(name, as_json(value)) for name, value in told.everything(dossier, reader=reader)),
        *_papers(dossier),
        *signed_entries(dossier),
        *confirmation_entries(dossier),
        *proof_entries(dossier),
        *tool_entries(at=at),
    ]
    refuse_too_large(entries)
    return archive([*entries, *_manifest(dossier, entries, at=at)])


def _papers(dossier: Dossier) -> list[Entry]:
    numbered = enumerate(told.papers_of(dossier), start=1)
    return [
        stored_entry(told.paper_file(number, paper), partial(open_file, paper.sha256)) for number, paper in numbered
    ]


def _manifest(dossier: Dossier, entries: list[Entry], *, at: datetime) -> list[Entry]:
    manifest = as_json(
        {
            "kind": KIND,
            "dossier": dossier.number,
            "made_at": at.isoformat(),
            "files": {one.name: one.sha256 for one in entries},
        }
    )
    signature = seal_bytes(f"{KIND}\0".encode() + manifest).hex().encode() + b"\n"
    return [entry(MANIFEST, manifest), entry(SIGNATURE, signature)]
