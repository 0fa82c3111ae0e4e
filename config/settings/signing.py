"""Where signing keys lie and who stamps the time."""

import os
from pathlib import Path

from config.settings.places import VAR_DIR

_USUAL_MODULES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
)


def _module() -> str:
    """The PKCS#11 module: the one named, else SoftHSM where its packages put it; empty when there is none."""
    named = os.environ.get("ANSINH_PKCS11_MODULE")
    if named:
        return "" if named == "none" else named
    return next((place for place in _USUAL_MODULES if Path(place).exists()), "")


PKCS11_MODULE = _module()
PKCS11_TOKEN = os.environ.get("ANSINH_PKCS11_TOKEN", "ansinh")
"""Label of the token. Its PIN is the secret `token-pin`."""
SOFT_TOKEN_DIR = VAR_DIR / "token"
SECRETS_DIR = VAR_DIR / "secrets"

AUTHORITY_URL = os.environ.get("ANSINH_AUTHORITY_URL", "http://127.0.0.1:8027/")
"""Where the demonstration authority publishes its revocation lists; written into its certificates when it is made."""

TIMESTAMP_URL = os.environ.get("ANSINH_TIMESTAMP_URL", "")
"""Address of the time-stamp authority (RFC 3161 over HTTP)."""
TIMESTAMP_REST_SECONDS = 5.0
"""After a failure the authority is left alone so long: a hundred signatures do not each wait for it."""
TIMESTAMP_POLICY = os.environ.get("ANSINH_TIMESTAMP_POLICY", "")
"""The policy (a dotted number) its stamps must be made under; empty: any of that authority."""
