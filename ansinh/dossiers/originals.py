"""The originals a filed dossier still waits for."""

from __future__ import annotations

from ansinh.catalogue.folder import Paper as Requirement
from ansinh.catalogue.queries import frozen
from ansinh.dossiers.models import Dossier
from ansinh.dossiers.requirements import originals_awaited
from ansinh.dossiers.signed_document import signed_document


def originals_of(dossier: Dossier) -> tuple[Requirement, ...]:
    """Originals that must come by post (R-089); a digital signature stands in the place of those it may replace."""
    folder = frozen(dossier.version_id)
    replaceable = any(paper.original_by_post_unless == "digital_signature" for paper in folder.papers)
    return originals_awaited(folder, dossier.answers, signed=replaceable and signed_document(dossier) is not None)
