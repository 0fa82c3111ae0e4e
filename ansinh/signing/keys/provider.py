"""Which place of keys this installation has."""

import os
from functools import cache

from django.conf import settings

from ansinh.platform.errors import Conflict
from ansinh.platform.secrets import secret
from ansinh.signing import keystore
from ansinh.signing.keys.files import FileKeys
from ansinh.signing.keys.interface import KeyProvider

NO_MODULE = (
    "Chưa có mô-đun PKCS#11 để giữ khoá ký. Xin cài SoftHSM hoặc đặt ANSINH_PKCS11_MODULE tới mô-đun của thiết bị."
)


def provider() -> KeyProvider:
    """The token of the configured module; files only in a demonstration without one. Raises Conflict."""
    return _of_process(os.getpid(), settings.PKCS11_MODULE)


def in_files() -> bool:
    """Whether keys lie in files, which only a demonstration may do."""
    return not settings.PKCS11_MODULE


@cache
def _of_process(pid: int, module: str) -> KeyProvider:
    """One for each process: a fork inherits the parent's, and never uses it (nor drops its open sessions)."""
    if not module:
        if not settings.DEMO:
            raise Conflict("no-key-module", NO_MODULE)
        return FileKeys()
    # A machine without a module need not be able to load what speaks to one.
    from ansinh.signing.keys import softhsm
    from ansinh.signing.keys.pkcs11 import TokenKeys

    label = settings.PKCS11_TOKEN
    if softhsm.is_softhsm(module):
        softhsm.configure(settings.SOFT_TOKEN_DIR)
        if settings.DEMO:
            with keystore.locked(settings.SOFT_TOKEN_DIR):
                softhsm.make_token(
                    module, label=label, pin=_pin(), so_pin=secret("token-so-pin", folder=settings.SECRETS_DIR)
                )
    return TokenKeys(module=module, label=label, pin=_pin)


def _pin() -> str:
    return secret("token-pin", folder=settings.SECRETS_DIR)
