"""What was said to whom: notices of a person, messages about a dossier."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from ansinh.notifications.models import Message, MessageQuerySet, Notice


def notices_of(
    account_id: UUID, *, owner_id: UUID | None = None, limit: int = 50, before: datetime | None = None
) -> list[Notice]:
    """The notices of one account, newest first; `before` continues an earlier list.

    They are of one's own matters, or with `owner_id` of that person's or organisation's.
    """
    older = Q(created_at__lt=before) if before else Q()
    mine = Notice.objects.filter(older, account_id=account_id, owner_id=owner_id)
    return list(mine.order_by("-created_at", "-id")[:limit])


def unread_count(account_id: UUID, *, owner_id: UUID | None = None) -> int:
    """How many notices the person has not opened, of one's own matters or of this owner's."""
    return Notice.objects.filter(account_id=account_id, owner_id=owner_id, read_at=None).count()


def messages_about(dossier_id: UUID) -> MessageQuerySet:
    """The SMS and e-mails about a dossier with their state, newest first. Texts of codes are masked in them."""
    return Message.objects.about(dossier_id)


def mark_all_read(*, account_id: UUID, owner_id: UUID | None = None, at: datetime) -> None:
    """Note that the person opened the list of notices; what came after `at` stays new."""
    mine = Notice.objects.filter(account_id=account_id, owner_id=owner_id)
    mine.filter(read_at=None, created_at__lte=at).update(read_at=at)


def mark_read_about(dossier_id: UUID, *, account_id: UUID, at: datetime) -> None:
    """Note that the owner opened the dossier and so read what was said of it; the first time counts."""
    Notice.objects.filter(account_id=account_id, dossier_id=dossier_id, read_at=None, created_at__lte=at).update(
        read_at=at
    )
