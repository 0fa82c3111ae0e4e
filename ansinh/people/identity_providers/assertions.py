"""What a provider asserts of a person, read from its claims by the provider's own map."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ansinh.people.identity_providers.providers import Provider
from ansinh.people.identity_providers.refusals import IdentityRefused
from ansinh.platform.language import pick

_BORN = (
    re.compile(r"(?P<year>\d{4})-?(?P<month>\d\d)-?(?P<day>\d\d)"),
    re.compile(r"(?P<day>\d\d)/(?P<month>\d\d)/(?P<year>\d{4})"),
)


@dataclass(frozen=True)
class AssertedIdentity:
    """A person as a provider knows one. `subject` means something to this issuer only.

    `level` is the level of assurance (NĐ 69/2024/NĐ-CP: 2 is compared with the person). Facts it does not assert are
    empty.
    """

    provider: str
    issuer: str
    subject: str
    level: int
    personal_number: str = ""
    full_name: str = ""
    date_of_birth: str = ""


def assertion(provider: Provider, claims: Mapping[str, Any]) -> AssertedIdentity:
    """The facts in checked claims. Raises IdentityRefused for an organisation's identity."""
    map_, entry = provider.entry.claims, provider.entry
    kind = _text(claims, map_.kind)
    if kind and entry.person_kinds and kind not in entry.person_kinds:
        raise IdentityRefused(
            "identity-not-a-person",
            "Tài khoản ở {provider} là của một tổ chức. Xin đăng nhập bằng tài khoản cá nhân.",
            provider=pick(provider, "name"),
            why="kind",
        )
    number = _text(claims, map_.personal_number)
    return AssertedIdentity(
        provider=provider.key,
        issuer=provider.issuer,
        subject=str(claims["sub"]),
        level=entry.levels.get(_text(claims, map_.level), entry.base_level),
        personal_number=number if re.fullmatch(r"[0-9]{12}", number) else "",
        full_name=" ".join(_text(claims, map_.full_name).split())[:100],
        date_of_birth=_born(_text(claims, map_.date_of_birth)),
    )


def _text(claims: Mapping[str, Any], names: tuple[str, ...]) -> str:
    for name in names:
        value = claims.get(name)
        if isinstance(value, str | int) and str(value):
            return str(value)[:200]
    return ""


def _born(text: str) -> str:
    for form in _BORN:
        if found := form.fullmatch(text):
            try:
                return date(int(found["year"]), int(found["month"]), int(found["day"])).isoformat()
            except ValueError:
                return ""
    return ""
