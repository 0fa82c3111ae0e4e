"""Ask for the transaction code that confirms a draft; the code holds for this content only (R-053, R-108)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ansinh.catalogue.queries import frozen
from ansinh.dossiers.access import Holder, the_draft
from ansinh.dossiers.completeness import completeness, draft_digest
from ansinh.dossiers.confirming import refuse_unsigned
from ansinh.dossiers.rows import forget_removed
from ansinh.people.actors import Citizen
from ansinh.people.models import Account, OneTimeCode
from ansinh.people.one_time_codes import issue
from ansinh.platform.errors import Invalid
from ansinh.platform.zone import local_day


def request_code(
    draft_id: UUID, *, actor: Citizen, channel: str, session_key: str, network: str, at: datetime
) -> OneTimeCode:
    """Send a code to the account's phone or mailbox, bound to the draft's digest.

    Raises Invalid when gaps remain, and where only a certificate confirms (`organisation-signs`).
    """
    with transaction.atomic():
        draft = the_draft(draft_id, holder=Holder.of(actor))
        refuse_unsigned(frozen(draft.version_id), draft.answers, actor=actor, on=local_day(at))
        refuse_gaps(completeness(draft, today=local_day(at)).gaps)
        forget_removed(draft)
        account = Account.objects.get(pk=actor.account_id)
        return issue(
            purpose="transaction",
            channel=channel,
            recipient=contact(channel, phone=account.phone, email=account.email),
            other=account.email if channel == "sms" else account.phone,
            session_key=session_key,
            bound_digest=draft_digest(draft),
            account_id=account.pk,
            network=network,
            about=draft.version.content["procedure"]["short_name_vi"][:39] + ".",
            at=at,
        )


def contact(channel: str, *, phone: str, email: str) -> str:
    """Where a code of this channel goes; raises Invalid for an unknown channel or one the person has not."""
    recipient = {"sms": phone, "email": email}.get(channel)
    if recipient is None:
        raise Invalid("channel-unknown", "Chưa chọn cách nhận mã. Xin chọn tin nhắn hoặc thư điện tử.")
    if not recipient:
        raise Invalid(
            "channel-missing", "Tài khoản chưa có số điện thoại hoặc thư điện tử này. Xin chọn cách nhận mã khác."
        )
    return recipient


def refuse_gaps(gaps: int) -> None:
    """Raise Invalid while something is missing."""
    if gaps:
        raise Invalid(
            "draft-incomplete",
            "Hồ sơ còn {n} chỗ cần làm nên chưa nộp được. Xin xem trang kiểm tra hồ sơ, "
            "mỗi chỗ có đường dẫn đến nơi cần sửa.",
            n=gaps,
        )
