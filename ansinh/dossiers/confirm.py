"""Ask for the transaction code that confirms a draft; the code holds for this content only (R-053, R-108)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ansinh.dossiers.access import Holder, the_draft
from ansinh.dossiers.completeness import completeness, draft_digest
from ansinh.people.actors import Citizen
from ansinh.people.models import Account, OneTimeCode
from ansinh.people.one_time_codes import issue
from ansinh.platform.errors import Invalid
from ansinh.platform.zone import local_day


def request_code(
    draft_id: UUID, *, actor: Citizen, channel: str, session_key: str, network: str, at: datetime
) -> OneTimeCode:
    """Send a code to the account's phone or mailbox, bound to the draft's digest; raises Invalid when gaps remain."""
    with transaction.atomic():
        draft = the_draft(draft_id, holder=Holder.of(actor))
        refuse_gaps(completeness(draft, today=local_day(at)).gaps)
        account = Account.objects.get(pk=actor.account_id)
        return issue(
            purpose="transaction",
            channel=channel,
            recipient=account.phone if channel == "sms" else account.email,
            session_key=session_key,
            bound_digest=draft_digest(draft),
            account_id=account.pk,
            network=network,
            about=draft.version.content["procedure"]["short_name_vi"][:40],
            at=at,
        )


def refuse_gaps(gaps: int) -> None:
    """Raise Invalid while something is missing."""
    if gaps:
        raise Invalid(
            "draft-incomplete",
            "Hồ sơ còn {n} chỗ cần làm nên chưa nộp được. Xin xem trang kiểm tra hồ sơ, "
            "mỗi chỗ có đường dẫn đến nơi cần sửa.",
            n=gaps,
        )
