"""Keys inside a PKCS#11 token: made there, used there, never exported.

One `TokenKeys` serves all threads of a process, one at a time: python-pkcs11 starts a library without the locks of
threads (C_Initialize without arguments), and one that is entered by two at once crashes. A signature takes a
millisecond. The session stays open; when the token was away, the library is started anew and the work done once
more. After a fork the child starts the library for itself, as PKCS#11 asks.
"""

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final, TypeVar

import pkcs11
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key
from pkcs11.util.rsa import encode_rsa_public_key

from ansinh.platform.errors import Conflict, NotFound
from ansinh.signing.keys.interface import TokenDown

Answer = TypeVar("Answer")
_PRIVATE: Final = {
    pkcs11.Attribute.SENSITIVE: True,
    pkcs11.Attribute.EXTRACTABLE: False,
    pkcs11.Attribute.PRIVATE: True,
    pkcs11.Attribute.SIGN: True,
    pkcs11.Attribute.DECRYPT: False,
    pkcs11.Attribute.UNWRAP: False,
}
_started_in: dict[str, int] = {}
"""Module → the process that last started its library."""


class _Session:
    """An open session with the private keys it has looked up."""

    def __init__(self, session: Any) -> None:
        self.raw = session
        self._keys: dict[str, Any] = {}

    def private_key(self, name: str) -> Any:
        if name not in self._keys:
            self._keys[name] = self.find(pkcs11.ObjectClass.PRIVATE_KEY, name)
        if self._keys[name] is None:
            del self._keys[name]
            raise NotFound("no-signing-key", "Người ký này chưa có khoá ký. Xin báo người quản trị cấp chứng thư số.")
        return self._keys[name]

    def find(self, kind: Any, name: str) -> Any:
        """The object, or None. The search is read to its end: one left open is ended whenever it is collected."""
        found = list(self.raw.get_objects({pkcs11.Attribute.CLASS: kind, pkcs11.Attribute.LABEL: name}))
        return found[0] if found else None


class TokenKeys:
    """The token of this label in that module, opened with the PIN."""

    def __init__(self, *, module: str, label: str, pin: Callable[[], str]) -> None:
        self._module, self._label, self._pin = module, label, pin
        self._turn = threading.Lock()
        self._session: _Session | None = None

    def public_key(self, name: str) -> rsa.RSAPublicKey | None:
        """The public half, or None. Raises TokenDown."""

        def look(session: _Session) -> rsa.RSAPublicKey | None:
            found = session.find(pkcs11.ObjectClass.PUBLIC_KEY, name)
            return None if found is None else _public(found)

        return self._with_session(look)

    def create(self, name: str, *, bits: int) -> rsa.RSAPublicKey:
        """Make the pair inside the token. Raises TokenDown."""

        def make(session: _Session) -> rsa.RSAPublicKey:
            public, _ = session.raw.generate_keypair(
                pkcs11.KeyType.RSA, bits, id=name.encode(), label=name, store=True, private_template=_PRIVATE
            )
            return _public(public)

        return self._with_session(make)

    def sign(self, name: str, data: bytes) -> bytes:
        """The raw signature. Raises NotFound, TokenDown."""

        def make(session: _Session) -> bytes:
            return bytes(session.private_key(name).sign(data, mechanism=pkcs11.Mechanism.SHA256_RSA_PKCS))

        return self._with_session(make)

    def _with_session(self, work: Callable[[_Session], Answer]) -> Answer:
        """Do the work; once more when the token was away meanwhile."""
        try:
            return self._once(work)
        except pkcs11.PKCS11Error:
            pass
        try:
            return self._once(work)
        except pkcs11.PKCS11Error as away:
            raise TokenDown from away

    def _once(self, work: Callable[[_Session], Answer]) -> Answer:
        with self._turn:
            session = self._session or self._connect()
            try:
                return work(session)
            except pkcs11.PKCS11Error:
                self._session = None
                raise

    def _connect(self) -> _Session:
        """Start the library, find the token, log in."""
        _start(self._module)
        token = pkcs11.lib(self._module).get_token(token_label=self._label)
        try:
            self._session = _Session(token.open(user_pin=self._pin(), rw=True))
        except (pkcs11.PinIncorrect, pkcs11.PinLocked) as wrong:
            raise Conflict(
                "token-pin-wrong",
                "Mã PIN của thiết bị giữ khoá ký không đúng. Xin báo người quản trị xem bí mật token-pin.",
            ) from wrong
        return self._session


def _start(module: str) -> None:
    """Start the library in this process, anew when it runs already; the state inherited by a fork is dropped."""
    inherited = module in _started_in
    library = pkcs11.lib(module)
    if inherited:
        with suppress(pkcs11.PKCS11Error):  # not running (any more): as it should be
            library.finalize()
        library.initialize()
    _started_in[module] = os.getpid()


def _public(key: Any) -> rsa.RSAPublicKey:
    public = load_der_public_key(encode_rsa_public_key(key))
    if not isinstance(public, rsa.RSAPublicKey):
        raise TypeError("the token's key is no RSA key")
    return public
