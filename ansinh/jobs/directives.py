"""Jobs of letters and campaigns: the signed PDF of an issued one, the list of units, messages to who is asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from ansinh.directives import files
from ansinh.directives.campaigns import follow
from ansinh.directives.campaigns.open import LIST_UNITS, TELL_UNITS, list_units
from ansinh.directives.distribute import TELL_HOLDERS
from ansinh.directives.issue import MAKE_PDF
from ansinh.directives.tell import tell_holders
from ansinh.platform.queue import task


@task(MAKE_PDF)
def make_pdf(*, letter_id: str, at: datetime) -> None:
    """Sign the letter; while time-stamps or the token are away the job is tried again."""
    files.make_pdf(UUID(letter_id), at=at)


@task(TELL_HOLDERS)
def tell_who_holds(*, delivery_ids: Sequence[str], code: str, moment: str, at: datetime) -> None:
    """Tell the holders of a letter by message, once however often the job runs."""
    tell_holders([UUID(one) for one in delivery_ids], code, at=datetime.fromisoformat(moment))


@task(LIST_UNITS)
def list_campaign_units(*, campaign_id: str, place: int, at: datetime) -> None:
    """Put the units of one office on the list of a campaign."""
    list_units(UUID(campaign_id), place=place, at=at)


@task(TELL_UNITS)
def tell_campaign_units(*, unit_ids: Sequence[str], code: str, moment: str, at: datetime) -> None:
    """Tell units what a campaign asks, once however often the job runs."""
    follow.tell_units([UUID(one) for one in unit_ids], code, at=datetime.fromisoformat(moment))
