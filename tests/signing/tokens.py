"""A token that is taken out for a while."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings

from ansinh.signing.keys import provider

needs_token = pytest.mark.skipif(not settings.PKCS11_MODULE, reason="SoftHSM is missing: apt install softhsm2")


@contextmanager
def token_away() -> Iterator[None]:
    """Inside the block the module finds no token, and its library was stopped behind our back."""
    from ansinh.signing.keys.library import running, turn

    provider().public_key("portal")
    tokens = settings.SOFT_TOKEN_DIR / "tokens"
    away = tokens.rename(tokens.with_name("away"))
    tokens.mkdir(mode=0o700)
    with turn():
        running(settings.PKCS11_MODULE).finalize()
    try:
        yield
    finally:
        tokens.rmdir()
        away.rename(tokens)
