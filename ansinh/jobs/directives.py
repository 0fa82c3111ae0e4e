"""Jobs of letters: the signed PDF of an issued one."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ansinh.directives import files
from ansinh.directives.issue import MAKE_PDF
from ansinh.platform.queue import task


@task(MAKE_PDF)
def make_pdf(*, letter_id: str, at: datetime) -> None:
    """Sign the letter; while time-stamps or the token are away the job is tried again."""
    files.make_pdf(UUID(letter_id), at=at)
