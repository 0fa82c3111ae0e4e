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
from ansinh.signing.xml.check import check_xml


def signed_entries(dossier: Dossier) -> Iterator[Entry]:
    """`signed/<n>-<kind>.pdf` or `.xml` and the report beside it."""
    for number, document in enumerate(dossier.documents.order_by("issued_at", "pk"), start=1):
        name = f"signed/{number:02d}-{document.kind}"
        with open_file(document.sha256) as file:
            content = file.read()
        yield entry(f"{name}.{document.extension}", content)
        yield entry(f"{name}.report.json", as_json(_report(document, content)))


def _report(document: IssuedDocument, content: bytes) -> dict[str, object]:
    if document.extension == "xml":
        report = check_xml(content, at=document.issued_at).report
    else:  # our own paper: it needs no child process to be read in
        report = report_of(examine(content), at=document.issued_at, expected_uid=None, digest=document.sha256)
    return {
        "title": document.title,
        "number": document.number,
        "issued_at": document.issued_at,
        "valid": report.valid,
        "report": asdict(report),
    }
