"""Why a sign-in at a provider did not end in a sign-in here."""

from __future__ import annotations

import logging

from ansinh.people.identity_providers.providers import Provider
from ansinh.platform.errors import NotAllowed, NotNow
from ansinh.platform.language import pick

log = logging.getLogger(__name__)


class ProviderDown(NotNow):
    """The provider does not answer, too slowly, too much, or not in its protocol."""


class IdentityRefused(NotAllowed):
    """The provider answered, but its answer is not believed; `facts["why"]` names the check that failed."""


def down(provider: Provider, why: str) -> ProviderDown:
    """The refusal for a provider that cannot be spoken with."""
    log.warning("identity provider %s: %s", provider.key, why)
    return ProviderDown(
        "identity-provider-down",
        "{provider} không trả lời. Xin thử lại sau ít phút, hoặc đăng nhập bằng mật khẩu.",
        provider=pick(provider, "name"),
        why=why,
    )


def refused(provider: Provider, why: str) -> IdentityRefused:
    """The refusal for an answer that must not be believed."""
    log.warning("identity provider %s: answer refused, %s", provider.key, why)
    return IdentityRefused(
        "identity-not-believed",
        "Xác nhận của {provider} không hợp lệ hoặc đã quá hạn nên chưa đăng nhập. "
        "Xin bắt đầu lại; nếu vẫn vậy, xin đăng nhập bằng mật khẩu.",
        provider=pick(provider, "name"),
        why=why,
    )
