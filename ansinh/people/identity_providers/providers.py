"""The identity providers of this installation: one YAML file each, with the days from and to which it is used.

    like: vneid                       # facts of a known provider (folder known/), each of which may be written anew
    issuer: https://sso.example.vn/auth/realms/citizen
    client_id: bhxh
    from: 2026-01-01
    to: 2028-01-01
    hosts: [keys.example.vn]          # where its endpoints lie, if not on the issuer's own host

They lie in `settings.IDENTITY_PROVIDERS_DIR`; the client's secret is the installation secret `oidc-<key>`. No other
address is ever asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal
from urllib.parse import urlsplit

import msgspec
import yaml
from django.conf import settings

from ansinh.platform.errors import NotFound
from ansinh.platform.secrets import secret

KNOWN: Final = Path(__file__).with_name("known")
ALGORITHMS: Final = ("RS256", "PS256", "ES256")
"""Signatures of ID tokens that may be believed at all; a file may name fewer."""
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


class Claims(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """For each fact the claims that may carry it, the first present one counts."""

    personal_number: tuple[str, ...] = ()
    full_name: tuple[str, ...] = ()
    date_of_birth: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"first_day": "from", "last_day": "to"}):
    name_vi: str
    name_en: str
    issuer: str
    client_id: str
    first_day: date
    last_day: date
    claims: Claims
    scopes: tuple[str, ...] = ("openid",)
    acr_values: str = ""
    levels: dict[str, int] = {}
    base_level: int = 1
    person_kinds: tuple[str, ...] = ()
    finds_by_number_from_level: int = 0
    algorithms: tuple[Literal["RS256", "PS256", "ES256"], ...] = ALGORITHMS
    client_auth: Literal["basic", "post"] = "basic"
    hosts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Provider:
    """One provider as it is used on a day."""

    key: str
    entry: _Entry

    @property
    def name_vi(self) -> str:
        """What people call it."""
        return self.entry.name_vi

    @property
    def name_en(self) -> str:
        """What people call it, in English."""
        return self.entry.name_en

    @property
    def issuer(self) -> str:
        """The name it signs with, exactly."""
        return self.entry.issuer

    @property
    def client_secret(self) -> str:
        """What it knows this portal by."""
        return secret(f"oidc-{self.key}", folder=settings.SECRETS_DIR)

    def may_be_asked(self, url: str) -> bool:
        """Whether an address belongs to this provider: encrypted (or this very machine), and on one of its hosts."""
        try:
            place, home = urlsplit(url), urlsplit(self.issuer)
            own = (place.hostname, place.port) == (home.hostname, home.port) or place.netloc in self.entry.hosts
        except ValueError:
            return False
        return (
            own and not place.username and (place.scheme == "https" or _is_this_machine(place.scheme, place.hostname))
        )

    def finds_by_number(self, level: int) -> bool:
        """Whether its word about the personal number is enough, at this level of assurance, to find an account by."""
        least = self.entry.finds_by_number_from_level
        return 0 < least <= level


def providers(*, on: date) -> list[Provider]:
    """The providers in use on a day, the national front door first. Raises ValueError naming a file that is wrong."""
    return [one for one in _all() if one.entry.first_day <= on <= one.entry.last_day]


def the_provider(key: str, *, on: date) -> Provider:
    """The provider of this key. Raises NotFound."""
    found = next((one for one in providers(on=on) if one.key == key), None)
    if found is None:
        raise NotFound(
            "identity-provider-unknown", "Cách đăng nhập này không còn dùng. Xin chọn cách khác ở trang đăng nhập."
        )
    return found


@cache
def known(key: str) -> Mapping[str, Any]:
    """The facts of a known provider."""
    facts: dict[str, Any] = yaml.safe_load((KNOWN / f"{key}.yaml").read_text(encoding="utf-8"))
    return facts


def _all() -> Iterator[Provider]:
    if settings.DEMO_IDENTITY_URL:
        for path in sorted(KNOWN.glob("*.yaml")):
            yield provider(
                path.stem,
                {
                    "like": path.stem, "issuer": f"{settings.DEMO_IDENTITY_URL}/{path.stem}", "client_id": "ansinh",
                    "from": date.min, "to": date.max,
                },
            )  # fmt: skip
    place = Path(settings.IDENTITY_PROVIDERS_DIR)
    if place.is_dir():
        for path in sorted(place.glob("*.yaml")):
            try:
                yield provider(path.stem, yaml.safe_load(path.read_text(encoding="utf-8")))
            except (ValueError, TypeError, OSError, yaml.YAMLError) as error:
                raise ValueError(f"identity provider {path.name}: {error}") from error


def provider(key: str, facts: Mapping[str, Any]) -> Provider:
    """A provider of these facts. Raises ValueError saying which is wrong (msgspec.ValidationError is one)."""
    given = dict(facts)
    like = given.pop("like", None)
    entry = msgspec.convert({**(known(str(like)) if like else {}), **given}, _Entry)
    home = urlsplit(entry.issuer)
    if home.scheme != "https" and not _is_this_machine(home.scheme, home.hostname):
        raise ValueError("issuer begins with https://")
    return Provider(key, entry)


def _is_this_machine(scheme: str, host: str | None) -> bool:
    return scheme == "http" and host in _LOOPBACK
