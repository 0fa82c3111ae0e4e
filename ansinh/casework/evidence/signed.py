"""Papers the office gave, each with the report on its signature."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from ansinh.casework.evidence.form import as_json
from ansinh.dossiers.models import Dossier, IssuedDocument
from ansinh.platform.sealed_zip import Entry, entry
from ansinh.platform.storage import open_file
from ansinh.signing.check import report_of
from ansinh.signing.examine import examine


def signed_entries(dossier: Dossier) -> Iterator[Entry]:
    """`signed/<kind>-<n>.pdf` and the report beside it."""
    for number, document in enumerate(dossier.documents.order_by("issued_at", "pk"), start=1):
        name = f"signed/{number:02d}-{document.kind}"
        with open_file(document.sha256) as file:
            pdf = file.read()
        yield entry(f"{name}.pdf", pdf)
        yield entry(f"{name}.report.json", as_json(_report(document, pdf)))


def _report(document: IssuedDocument, pdf: bytes) -> dict[str, object]:
    # Our own paper: it needs no child process to be read in.
    report = report_of(examine(pdf), at=document.issued_at, expected_uid=None, digest=document.sha256)
    return {
        "title": document.title,
        "number": document.number,
        "issued_at": document.issued_at,
        "valid": report.valid,
        "report": asdict(report),
    }
