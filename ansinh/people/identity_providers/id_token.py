"""The checks of an ID token (OpenID Connect Core 1.0, 3.1.3.7): nothing of it is read before its signature holds."""

from __future__ import annotations

import hmac
from datetime import datetime
from typing import Any, Final

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet, RSAKey

from ansinh.people.identity_providers import discovery
from ansinh.people.identity_providers.providers import Provider
from ansinh.people.identity_providers.refusals import refused

CLOCKS_DIFFER_SECONDS: Final = 60
OLDEST_SECONDS: Final = 600
"""A token made longer ago than this is not the answer to a sign-in of just now."""
LONGEST: Final = 16_384


def checked(token: str, *, provider: Provider, nonce: str, at: datetime) -> dict[str, Any]:
    """The claims of a genuine token for this portal and this very sign-in. Raises IdentityRefused, ProviderDown."""
    if len(token) > LONGEST:
        raise refused(provider, "malformed")
    try:
        header = jws.extract_compact(token.encode()).headers()
    except (JoseError, ValueError) as error:
        raise refused(provider, "malformed") from error
    algorithm = header.get("alg")
    if algorithm not in provider.entry.algorithms:
        raise refused(provider, "algorithm")
    key = _key(provider, header.get("kid"), kind="EC" if algorithm == "ES256" else "RSA")
    try:
        claims = jwt.decode(token, key, algorithms=[algorithm]).claims
    except (JoseError, ValueError) as error:
        raise refused(provider, "signature") from error
    why = _fault(claims, provider=provider, nonce=nonce, at=at)
    if why:
        raise refused(provider, why)
    return dict(claims)


def _key(provider: Provider, name: Any, *, kind: str) -> RSAKey | ECKey:
    found = _named(discovery.keys(provider), name, kind) or _named(
        discovery.keys(provider, unknown_key=True), name, kind
    )
    if found is None:
        raise refused(provider, "key")
    return found


def _named(keys: KeySet, name: Any, kind: str) -> RSAKey | ECKey | None:
    """The key of this name; a token without a name is believed only where the provider has one such key."""
    fitting = [
        key for key in keys.keys
        if isinstance(key, RSAKey | ECKey) and key.key_type == kind and name in (None, key.kid)
    ]  # fmt: skip
    return fitting[0] if len(fitting) == 1 else None


def _fault(claims: dict[str, Any], *, provider: Provider, nonce: str, at: datetime) -> str:
    """Which check fails; empty when all hold."""
    now, audience = at.timestamp(), claims.get("aud")
    audiences = [audience] if isinstance(audience, str) else audience if isinstance(audience, list) else []
    ends, made, subject = claims.get("exp"), claims.get("iat"), claims.get("sub")
    if claims.get("iss") != provider.issuer:
        return "issuer"
    if provider.entry.client_id not in audiences:
        return "audience"
    if (len(audiences) > 1 or "azp" in claims) and claims.get("azp") != provider.entry.client_id:
        return "audience"
    if not isinstance(ends, int | float) or now >= ends + CLOCKS_DIFFER_SECONDS:
        return "expired"
    if not isinstance(made, int | float) or not -CLOCKS_DIFFER_SECONDS <= now - made <= OLDEST_SECONDS:
        return "not of now"
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        return "nonce"
    if not isinstance(subject, str) or not 0 < len(subject) <= 255:
        return "subject"
    return ""
