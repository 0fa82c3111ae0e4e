"""Keys inside a PKCS#11 token: made there, used there, never exported.

A session stays open and keeps the keys it has found. When the token does not do as asked, the library is started
anew and the work done once more; when that fails too, the token is away.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from typing import Any, Final, TypeVar

import pkcs11
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key
from pkcs11.util.rsa import encode_rsa_public_key

from ansinh.platform.errors import Conflict, NotFound
from ansinh.signing.keys.interface import TokenDown
from ansinh.signing.keys.library import Start, running, start_of, started_anew, turn

Answer = TypeVar("Answer")
_PRIVATE: Final = {
    pkcs11.Attribute.SENSITIVE: True,
    pkcs11.Attribute.EXTRACTABLE: False,
    pkcs11.Attribute.PRIVATE: True,
    pkcs11.Attribute.SIGN: True,
    pkcs11.Attribute.DECRYPT: False,
    pkcs11.Attribute.UNWRAP: False,
}


class _Session:
    """An open session with the keys it has found, for as long as this start of the library."""

    def __init__(self, session: Any, start: Start | None) -> None:
        self.raw = session
        self.start = start
        self._private: dict[str, Any] = {}
        self._public: dict[str, rsa.RSAPublicKey] = {}

    def private_key(self, name: str) -> Any:
        """Raises NotFound."""
        if name not in self._private:
            found = self._find(pkcs11.ObjectClass.PRIVATE_KEY, name)
            if found is None:
                raise NotFound(
                    "no-signing-key", "Người ký này chưa có khóa ký. Xin báo người quản trị cấp chứng thư số."
                )
            self._private[name] = found
        return self._private[name]

    def public_key(self, name: str) -> rsa.RSAPublicKey | None:
        """The public half, or None."""
        if name not in self._public:
            found = self._find(pkcs11.ObjectClass.PUBLIC_KEY, name)
            if found is None:
                return None
            self._public[name] = _public(found)
        return self._public[name]

    def _find(self, kind: Any, name: str) -> Any:
        """The object, or None. python-pkcs11 ends a search that could not begin, or was not read to its end, whenever
        it is collected, be it in the middle of another call: so none is begun in a session that has died.
        """
        with suppress(pkcs11.RandomNoRNG, pkcs11.FunctionNotSupported):  # it answers: the session lives
            self.raw.generate_random(64)
        found = list(self.raw.get_objects({pkcs11.Attribute.CLASS: kind, pkcs11.Attribute.LABEL: name}))
        return found[0] if found else None


class TokenKeys:
    """The token of this label in that module, opened with the PIN. One serves all threads of a process.

    Inside of `alone` no other process opens the token.
    """

    def __init__(
        self, *, module: str, label: str, pin: Callable[[], str], alone: Callable[[], AbstractContextManager[None]]
    ) -> None:
        self._module, self._label, self._pin, self._alone = module, label, pin, alone
        self._session: _Session | None = None
        self._wrong_pin = ""

    def public_key(self, name: str) -> rsa.RSAPublicKey | None:
        """The public half, or None. Raises TokenDown."""
        return self._with_session(lambda session: session.public_key(name))

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
        return self._with_session(
            lambda session: bytes(session.private_key(name).sign(data, mechanism=pkcs11.Mechanism.SHA256_RSA_PKCS))
        )

    def _with_session(self, work: Callable[[_Session], Answer]) -> Answer:
        with turn():
            try:
                return work(self._opened(running))
            except pkcs11.PKCS11Error:
                self._session = None
            try:
                return work(self._opened(started_anew))
            except pkcs11.PKCS11Error as away:
                self._session = None
                raise TokenDown from away

    def _opened(self, library: Callable[[str], Any]) -> _Session:
        """The session; where there is none of this start, the token is looked up in `library` and opened."""
        if self._session is not None and self._session.start == start_of(self._module):
            return self._session
        pin = self._pin()
        if pin == self._wrong_pin:  # a token locks itself after a few wrong ones
            raise _wrong()
        try:
            with self._alone():
                token = library(self._module).get_token(token_label=self._label)
                self._session = _Session(token.open(user_pin=pin, rw=True), start_of(self._module))
        except (pkcs11.PinIncorrect, pkcs11.PinLocked) as wrong:
            self._wrong_pin = pin
            raise _wrong() from wrong
        return self._session


def _wrong() -> Conflict:
    return Conflict(
        "token-pin-wrong",
        "Mã PIN của thiết bị giữ khóa ký không đúng. Xin báo người quản trị xem bí mật token-pin.",
    )


def _public(key: Any) -> rsa.RSAPublicKey:
    public = load_der_public_key(encode_rsa_public_key(key))
    if not isinstance(public, rsa.RSAPublicKey):
        raise TypeError("the token's key is no RSA key")
    return public
