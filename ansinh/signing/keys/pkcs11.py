"""Keys inside a PKCS#11 token: made there, used there, never exported.

One `TokenKeys` serves all threads of a process. Sessions are kept open and lent to one thread at a time; when the
token was away, the library is started anew once nobody uses it. After a fork the child starts the library for
itself, as PKCS#11 asks.
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
            self._keys[name] = self.raw.get_key(pkcs11.ObjectClass.PRIVATE_KEY, label=name)
        return self._keys[name]


class TokenKeys:
    """The token of this label in that module, opened with the PIN."""

    def __init__(self, *, module: str, label: str, pin: Callable[[], str]) -> None:
        self._module, self._label, self._pin = module, label, pin
        self._turn = threading.Condition()
        self._token: Any = None
        self._login: Any = None
        self._free: list[_Session] = []
        self._lent = 0
        self._lost = True

    def public_key(self, name: str) -> rsa.RSAPublicKey | None:
        """The public half, or None. Raises TokenDown."""

        def look(session: _Session) -> rsa.RSAPublicKey | None:
            try:
                return _public(session.raw.get_key(pkcs11.ObjectClass.PUBLIC_KEY, label=name))
            except pkcs11.NoSuchKey:
                return None

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

        try:
            return self._with_session(make)
        except pkcs11.NoSuchKey as absent:
            raise NotFound(
                "no-signing-key", "Người ký này chưa có khoá ký. Xin báo người quản trị cấp chứng thư số."
            ) from absent

    def _with_session(self, work: Callable[[_Session], Answer]) -> Answer:
        """Do the work; once more when the token was away meanwhile."""
        try:
            return self._once(work)
        except pkcs11.NoSuchKey:
            raise
        except pkcs11.PKCS11Error:
            pass
        try:
            return self._once(work)
        except pkcs11.NoSuchKey:
            raise
        except pkcs11.PKCS11Error as away:
            raise TokenDown from away

    def _once(self, work: Callable[[_Session], Answer]) -> Answer:
        session = self._borrow()
        try:
            answer = work(session)
        except pkcs11.NoSuchKey:
            self._give_back(session)
            raise
        except BaseException:
            self._give_back(None)
            raise
        self._give_back(session)
        return answer

    def _borrow(self) -> _Session:
        with self._turn:
            while self._lost and self._lent:
                self._turn.wait()
            if self._lost:
                self._connect()
            session = self._free.pop() if self._free else _Session(self._token.open(rw=True))
            self._lent += 1
            return session

    def _give_back(self, session: _Session | None) -> None:
        """Take a session back; None says that it failed and the library is to be started anew."""
        with self._turn:
            self._lent -= 1
            if session is None:
                self._lost = True
            else:
                self._free.append(session)
            self._turn.notify_all()

    def _connect(self) -> None:
        """Start the library, find the token, log in. The session of the log-in stays open: with it the log-in ends."""
        self._free.clear()
        self._token = self._login = None
        _start(self._module)
        self._token = pkcs11.lib(self._module).get_token(token_label=self._label)
        try:
            self._login = self._token.open(user_pin=self._pin(), rw=True)
        except (pkcs11.PinIncorrect, pkcs11.PinLocked) as wrong:
            raise Conflict(
                "token-pin-wrong",
                "Mã PIN của thiết bị giữ khoá ký không đúng. Xin báo người quản trị xem bí mật token-pin.",
            ) from wrong
        self._lost = False


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
