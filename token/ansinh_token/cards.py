"""Tokens by PKCS#11: the certificates they show, and a signature made inside them."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pkcs11
from asn1crypto import algos
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from pkcs11 import exceptions

from ansinh_token.certificates import Found, may_sign
from ansinh_token.papers import digest
from ansinh_token.refusals import Refused

_SHA256_INFO: Final = bytes.fromhex("3031300d060960864801650304020105000420")
"""DigestInfo before a SHA-256 digest (RFC 8017, 9.2, note 1). Older tokens know only CKM_RSA_PKCS, so we write it."""
_GONE: Final = (
    exceptions.DeviceRemoved, exceptions.TokenNotPresent, exceptions.NoSuchToken, exceptions.SlotIDInvalid,
    exceptions.TokenNotRecognised, exceptions.SessionHandleInvalid, exceptions.ObjectHandleInvalid,
)  # fmt: skip
_WRONG_PIN: Final = (exceptions.PinIncorrect, exceptions.PinLenRange, exceptions.PinInvalid)


class Cards:
    """The tokens behind these modules. One thing at a time: many modules do not bear threads."""

    def __init__(self, modules: Callable[[], Sequence[Path]]) -> None:
        self._modules = modules
        self._lock = threading.Lock()

    def certificates(self) -> list[Found]:
        """Every certificate for signing on every token plugged in. Raises Refused when there is none."""
        with self._lock:
            paths = self._modules()
            if not paths:
                raise Refused("no-module")
            tokens = [(path, slot) for path in paths for slot in _slots(path)]
            if not tokens:
                raise Refused("no-token")
            found = {one.id: one for path, slot in tokens for one in _shown_by(path, slot)}
        if not found:
            raise Refused("no-certificate")
        return list(found.values())

    def sign(self, certificate: Found, *, pin: str, data: bytes) -> bytes:
        """The signature over `data` by the certificate's algorithm, checked against the certificate. Raises Refused.

        RSA is PKCS#1 v1.5; of ECDSA r and s side by side, as tokens give them.
        """
        with self._lock, _failures_told(certificate):
            token = _token_of(certificate)
            if pkcs11.TokenFlag.USER_PIN_LOCKED in token.flags:
                raise Refused("pin-locked")
            try:
                with token.open(user_pin=pin) as session:
                    signature = _sign(session, certificate, digest(certificate.algorithm.hash_name, data))
            except _WRONG_PIN as wrong:
                raise _wrong_pin(_token_of(certificate)) from wrong
        if not _is_of(certificate, signature, data):
            raise Refused("no-key")
        return signature


def _slots(path: Path) -> list[Any]:
    """Slots with a token. The module is begun anew, for some notice a new token only then."""
    try:
        library = pkcs11.lib(str(path))
        library.reinitialize()
        return list(library.get_slots(token_present=True))
    except (exceptions.PKCS11Error, RuntimeError, OSError):
        return []  # a module without its reader or of another processor must not hide the others


def _shown_by(path: Path, slot: Any) -> Iterator[Found]:
    """The certificates a token shows without its PIN; a broken or empty token shows none."""
    try:
        token = slot.get_token()
        if pkcs11.TokenFlag.TOKEN_INITIALIZED not in token.flags:
            return
        with token.open() as session:
            objects = list(session.get_objects({pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE}))
            read = [(bytes(one[pkcs11.Attribute.VALUE]), bytes(one[pkcs11.Attribute.ID])) for one in objects]
    except (exceptions.PKCS11Error, RuntimeError):
        return
    for der, key_id in read:
        if may_sign(der):
            yield Found(der, str(path), slot.slot_id, bytes(token.serial), token.label.strip(), key_id)


def _token_of(certificate: Found) -> Any:
    """The token, also when it was pulled out and has just come back. Raises Refused."""
    try:
        return _of_these(pkcs11.lib(certificate.module).get_slots(token_present=True), certificate)
    except Refused:
        return _of_these(_slots(Path(certificate.module)), certificate)


def _of_these(slots: Sequence[Any], certificate: Found) -> Any:
    for slot in slots:
        token = slot.get_token()
        if bytes(token.serial) == certificate.token_serial and token.label.strip() == certificate.token_label:
            return token
    raise Refused("token-removed")


def _sign(session: Any, certificate: Found, hashed: bytes) -> bytes:
    wanted = {pkcs11.Attribute.CLASS: pkcs11.ObjectClass.PRIVATE_KEY, pkcs11.Attribute.ID: certificate.key_id}
    keys = list(session.get_objects(wanted))
    if not keys:
        raise Refused("no-key")
    if certificate.algorithm.number_bytes:
        return bytes(keys[0].sign(hashed, mechanism=pkcs11.Mechanism.ECDSA))
    return bytes(keys[0].sign(_SHA256_INFO + hashed, mechanism=pkcs11.Mechanism.RSA_PKCS))


def _wrong_pin(token: Any) -> Refused:
    if pkcs11.TokenFlag.USER_PIN_LOCKED in token.flags:
        return Refused("pin-locked")
    return Refused("last-pin-try" if pkcs11.TokenFlag.USER_PIN_FINAL_TRY in token.flags else "wrong-pin")


def _is_of(certificate: Found, signature: bytes, data: bytes) -> bool:
    key = serialization.load_der_public_key(certificate.parsed.public_key.dump())
    algorithm = certificate.algorithm
    used = hashes.SHA384() if algorithm.hash_name == "sha384" else hashes.SHA256()
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, data, padding.PKCS1v15(), used)
            return True
        if isinstance(key, ec.EllipticCurvePublicKey) and len(signature) == 2 * algorithm.number_bytes:
            key.verify(algos.DSASignature.from_p1363(signature).dump(), data, ec.ECDSA(used))
            return True
    except InvalidSignature:
        return False
    return False


@contextmanager
def _failures_told(certificate: Found) -> Iterator[None]:
    """What a token or its software says, as a refusal a person can read.

    Some software says only "general error" for a token that was pulled out, so we look whether it is still there.
    """
    try:
        yield
    except exceptions.PinLocked as wrong:
        raise Refused("pin-locked") from wrong
    except _GONE as wrong:
        raise Refused("token-removed") from wrong
    except (exceptions.PKCS11Error, RuntimeError) as wrong:
        _of_these(_slots(Path(certificate.module)), certificate)
        raise Refused("token-failed", what=type(wrong).__name__) from wrong
