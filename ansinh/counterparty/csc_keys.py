"""Keys of the invented people at the remote signing service: in SoftHSM where its module is there, else in files."""

from __future__ import annotations

import os
import subprocess
import threading
from datetime import datetime, timedelta
from pathlib import Path
from shutil import which
from typing import Any, Final, Protocol

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed

from ansinh.signing.certificates import Subject, crl_addresses, rsa_key_of, signer_certificate
from ansinh.signing.lists import issuer_in

MODULES: Final = (
    "/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/pkcs11/libsofthsm2.so", "/usr/local/lib/softhsm/libsofthsm2.so",
)  # fmt: skip
BITS: Final = 2048
PERSONAL_DIGITS: Final = 12
"""A number of another length is a tax code."""
SERVICE: Final = "An Sinh Ký từ xa (trình diễn)"
BACKDATED: Final = timedelta(days=30)
LABEL, PIN = "An Sinh remote signing", "2580"
_DIGEST_INFO: Final = bytes.fromhex("3031300d060960864801650304020105000420")
"""DigestInfo of SHA-256 (RFC 8017, 9.2): what PKCS #1 v1.5 pads."""


class Keys(Protocol):
    """Where the keys lie."""

    def public_key(self, name: str) -> rsa.RSAPublicKey:
        """The public half of the key of this name, made at its first use."""

    def sign(self, name: str, digest: bytes) -> bytes:
        """PKCS #1 v1.5 over a SHA-256 digest."""


def keys(folder: Path) -> tuple[Keys, str]:
    """The keys, and where they lie in words for whoever starts the service."""
    module = next((one for one in MODULES if Path(one).exists()), None)
    if module is None or which("softhsm2-util") is None:
        return FileKeys(folder), "files"
    return TokenKeys(folder, module), "SoftHSM"


class FileKeys:
    """Keys in files: only for a demonstration on a machine without SoftHSM."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder, self._lock = folder, threading.Lock()

    def public_key(self, name: str) -> rsa.RSAPublicKey:
        """See Keys."""
        return self._key(name).public_key()

    def sign(self, name: str, digest: bytes) -> bytes:
        """See Keys."""
        return self._key(name).sign(digest, padding.PKCS1v15(), Prehashed(hashes.SHA256()))

    def _key(self, name: str) -> rsa.RSAPrivateKey:
        path = self._folder / f"{name}.pem"
        with self._lock:
            if not path.exists():
                made = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
                pem = made.private_bytes(
                    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
                )
                path.touch(mode=0o600)
                path.write_bytes(pem)
            return rsa_key_of(path.read_bytes())


class TokenKeys:
    """Keys in a SoftHSM token of the service's own; they never leave it."""

    def __init__(self, folder: Path, module: str) -> None:
        import pkcs11  # the module is loaded only where there is one

        objects = folder / "objects"
        objects.mkdir(mode=0o700, parents=True, exist_ok=True)
        configuration = folder / "softhsm2.conf"
        configuration.write_text(f"directories.tokendir = {objects}\nobjectstore.backend = file\nlog.level = ERROR\n")
        os.environ["SOFTHSM2_CONF"] = str(configuration)
        if not any(objects.iterdir()):
            command = ["softhsm2-util", "--init-token", "--free", "--label", LABEL, "--pin", PIN, "--so-pin", PIN * 2]
            subprocess.run(command, check=True, capture_output=True)
        self._pkcs11: Any = pkcs11
        self._library = pkcs11.lib(module)
        self._lock = threading.Lock()

    def public_key(self, name: str) -> rsa.RSAPublicKey:
        """See Keys."""
        kinds, attribute = self._pkcs11.ObjectClass, self._pkcs11.Attribute
        with self._lock, self._session() as session:
            found = list(session.get_objects({attribute.CLASS: kinds.PUBLIC_KEY, attribute.LABEL: name}))
            public = (
                found[0]
                if found
                else session.generate_keypair(self._pkcs11.KeyType.RSA, BITS, label=name, store=True)[0]
            )
            modulus, exponent = public[attribute.MODULUS], public[attribute.PUBLIC_EXPONENT]
        numbers = rsa.RSAPublicNumbers(int.from_bytes(exponent, "big"), int.from_bytes(modulus, "big"))
        return numbers.public_key()

    def sign(self, name: str, digest: bytes) -> bytes:
        """See Keys."""
        with self._lock, self._session() as session:
            key = session.get_key(object_class=self._pkcs11.ObjectClass.PRIVATE_KEY, label=name)
            return bytes(key.sign(_DIGEST_INFO + digest, mechanism=self._pkcs11.Mechanism.RSA_PKCS))

    def _session(self) -> Any:
        return self._library.get_token(token_label=LABEL).open(rw=True, user_pin=PIN)


def certificate(
    public_key: rsa.RSAPublicKey, *, name: str, number: str, authority: Path, folder: Path, at: datetime
) -> list[bytes]:
    """The person's certificate under the demonstration authority and its issuer's, DER; made once and kept."""
    issuing = x509.load_pem_x509_certificate((authority / "issuing.cert.pem").read_bytes())
    path = folder / f"{number}.cert.pem"
    kept = x509.load_pem_x509_certificate(path.read_bytes()) if path.exists() else None
    if kept is None or kept.issuer != issuing.subject or kept.public_key() != public_key:
        kept = signer_certificate(
            _subject(name, number),
            public_key=public_key,
            issuer=issuer_in(authority, "issuing"),
            not_before=at - BACKDATED,
            years=3,
            list_at=next((f"{where.rpartition('/')[0]}/issuing.crl" for where in crl_addresses(issuing)), ""),
        )
        path.write_bytes(kept.public_bytes(serialization.Encoding.PEM))
    return [one.public_bytes(serialization.Encoding.DER) for one in (kept, issuing)]


def _subject(name: str, number: str) -> Subject:
    if len(number) == PERSONAL_DIGITS:
        return Subject(name, SERVICE, f"CCCD:{number}")
    return Subject(name, name, f"MST:{number}")
