"""The identities of an account: listed, linked by its holder, removed, but never the last way in."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ansinh.people.change_password import prove_password
from ansinh.people.doors.factors import is_last_way_in
from ansinh.people.happened import IdentityLinked, IdentityUnlinked
from ansinh.people.identity_providers.assertions import AssertedIdentity
from ansinh.people.identity_providers.providers import Provider
from ansinh.people.models import Account, LinkedIdentity, LinkState
from ansinh.platform.actor_context import acting_as
from ansinh.platform.errors import Conflict, NotFound
from ansinh.platform.events import publish
from ansinh.platform.language import pick
from ansinh.platform.row_security.viewer import at_the_door


def linked_identities(account_id: UUID) -> list[LinkedIdentity]:
    """What opens the account besides its password, oldest link first."""
    return list(LinkedIdentity.objects.filter(account_id=account_id, state=LinkState.LINKED).order_by("linked_at"))


def link(
    account_id: UUID, *, asserted: AssertedIdentity, provider: Provider, password: str, network: str, at: datetime
) -> LinkedIdentity:
    """The identity opens this account from now on; the password proves who is sitting there.

    Raises Invalid (password), Conflict: somebody else's number, an identity or an account that is linked already.
    """
    prove_password(account_id, password, network=network, at=at)
    with transaction.atomic(), acting_as(f"account:{account_id}"):
        account = Account.objects.select_for_update(of=("self",)).select_related("person").get(pk=account_id)
        number = account.person.personal_id_number if account.person else ""
        if asserted.personal_number and asserted.personal_number != number:
            raise Conflict(
                "identity-of-another-person",
                "Số định danh mà {provider} xác nhận khác số của tài khoản này nên không liên kết được.",
                provider=pick(provider, "name"),
            )
        open_links = LinkedIdentity.objects.filter(issuer=asserted.issuer, state=LinkState.LINKED)
        with at_the_door():  # whoever else holds it
            elsewhere = open_links.filter(subject=asserted.subject).exclude(account=account).exists()
        if elsewhere:
            raise Conflict(
                "identity-linked-elsewhere",
                "Tài khoản {provider} này đang liên kết với một tài khoản BHXH khác. Xin mang căn cước đến cơ quan "
                "BHXH gần nhất.",
                provider=pick(provider, "name"),
            )
        if (held := open_links.filter(account=account).first()) is not None:
            if held.subject == asserted.subject:
                return held
            raise Conflict(
                "identity-linked-already",
                "Tài khoản này đã liên kết với một tài khoản {provider} khác. Xin bỏ liên kết cũ trước.",
                provider=pick(provider, "name"),
            )
        made = LinkedIdentity.objects.create(
            account=account, provider=asserted.provider, issuer=asserted.issuer, subject=asserted.subject,
            by_number=False, linked_at=at,
        )  # fmt: skip
        publish(IdentityLinked(account.pk, provider.name_vi, at))
    return made


def the_link(link_id: UUID, *, account_id: UUID) -> LinkedIdentity:
    """An identity of this account that is still linked. Raises NotFound."""
    found = LinkedIdentity.objects.filter(pk=link_id, account_id=account_id, state=LinkState.LINKED).first()
    if found is None:
        raise NotFound("identity-not-linked", "Liên kết này không còn. Xin tải lại trang tài khoản.")
    return found


def unlink(link_id: UUID, *, account_id: UUID, name: str, at: datetime) -> None:
    """End the link; `name` is what the provider is called. Raises NotFound, Conflict for the last way in."""
    with transaction.atomic(), acting_as(f"account:{account_id}"):
        account = Account.objects.select_for_update().get(pk=account_id)
        ended = the_link(link_id, account_id=account_id)
        if is_last_way_in(account):
            raise Conflict(
                "last-way-in",
                "Đây là cách đăng nhập duy nhất của tài khoản nên chưa bỏ được. Xin đặt mật khẩu trước.",
            )
        ended.state, ended.ended_at = LinkState.ENDED, at
        ended.save(update_fields=["state", "ended_at"])
        publish(IdentityUnlinked(account_id, name, at))


def end_links(account_id: UUID, *, at: datetime) -> None:
    """End every link of an account, in the caller's transaction: its holder starts anew (recovery)."""
    for one in LinkedIdentity.objects.select_for_update().filter(account_id=account_id, state=LinkState.LINKED):
        one.state, one.ended_at = LinkState.ENDED, at
        one.save(update_fields=["state", "ended_at"])
