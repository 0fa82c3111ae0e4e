"""Which place of keys this installation has."""

import os
from contextlib import AbstractContextManager, nullcontext
from typing import Final

from django.conf import settings

from ansinh.platform.errors import Conflict
from ansinh.platform.secrets import secret
from ansinh.signing import keystore
from ansinh.signing.keys.files import FileKeys
from ansinh.signing.keys.interface import KeyProvider

NO_MODULE = (
    "Chưa có mô-đun PKCS#11 để giữ khóa ký. Xin cài SoftHSM hoặc đặt ANSINH_PKCS11_MODULE tới mô-đun của thiết bị."
)


_made: Final[dict[tuple[int, str], KeyProvider]] = {}
"""One for each process and module: a fork inherits its parent's, and makes its own."""


def provider() -> KeyProvider:
    """The token of the configured module; files only in a demonstration without one. Raises Conflict."""
    which = os.getpid(), settings.PKCS11_MODULE
    if which not in _made:
        return _made.setdefault(which, _make())  # threads that come together all get the first one's
    return _made[which]


def in_files() -> bool:
    """Whether keys lie in files, which only a demonstration may do."""
    return not settings.PKCS11_MODULE


def _make() -> KeyProvider:
    module = settings.PKCS11_MODULE
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
            so_pin = secret("token-so-pin", folder=settings.SECRETS_DIR)
            softhsm.make_token(module, folder=settings.SOFT_TOKEN_DIR, label=label, pin=_pin(), so_pin=so_pin)
        return TokenKeys(module=module, label=label, pin=_pin, alone=_alone)
    return TokenKeys(module=module, label=label, pin=_pin, alone=nullcontext)


def _alone() -> AbstractContextManager[None]:
    """SoftHSM writes its token at each log-in; a process that reads it meanwhile finds none."""
    return keystore.locked(settings.SOFT_TOKEN_DIR)


def _pin() -> str:
    return secret("token-pin", folder=settings.SECRETS_DIR)
