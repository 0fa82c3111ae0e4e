"""Jobs of letters that a leader decided to send: made and signed once, tried again while time-stamps are away."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ansinh.casework.apologies.issue import APOLOGY_LETTER, make_apology_letter
from ansinh.casework.complaints.answer import COMPLAINT_LETTER, make_complaint_letter
from ansinh.casework.extension_letter import EXTENSION_LETTER, make_extension_letter
from ansinh.casework.reopening.letter import (
    CONFIRMATION_LETTER,
    REOPENING_LETTER,
    make_confirmation_letter,
    make_reopening_letter,
)
from ansinh.platform.queue import task


@task(APOLOGY_LETTER)
def apology_letter(*, apology_id: str, at: datetime) -> None:
    """The letter of an apology the applicant was told of."""
    make_apology_letter(UUID(apology_id), at=at)


@task(EXTENSION_LETTER)
def extension_letter(*, change_id: str, at: datetime) -> None:
    """The notice of an extension."""
    make_extension_letter(UUID(change_id), at=at)


@task(COMPLAINT_LETTER)
def complaint_letter(*, complaint_id: str, at: datetime) -> None:
    """The answer to a complaint."""
    make_complaint_letter(UUID(complaint_id), at=at)


@task(REOPENING_LETTER)
def reopening_letter(*, reopening_id: str, at: datetime) -> None:
    """The notice that a result is looked at again."""
    make_reopening_letter(UUID(reopening_id), at=at)


@task(CONFIRMATION_LETTER)
def confirmation_letter(*, confirmation_id: str, at: datetime) -> None:
    """The notice that a result stands."""
    make_confirmation_letter(UUID(confirmation_id), at=at)
