"""A token in software (SoftHSM2), in a folder of its own; the process finds it by SOFTHSM2_CONF."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pkcs11
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from pkcs11.util.ec import decode_ec_private_key
from pkcs11.util.rsa import decode_rsa_private_key
from pkcs11.util.x509 import decode_x509_certificate

PIN = "472913"
_PLACES = (
    "/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/pkcs11/libsofthsm2.so", "/usr/local/lib/softhsm/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so", r"C:\SoftHSM2\lib\softhsm2-x64.dll",
)  # fmt: skip


def module_path() -> Path:
    """SoftHSM's module; skips the test, saying so, where there is none."""
    found = next((Path(one) for one in _PLACES if Path(one).exists()), None)
    if found is None or shutil.which("softhsm2-util") is None:
        pytest.skip("SoftHSM2 is missing: apt install softhsm2")
    return found.resolve()


Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@dataclass(frozen=True)
class SoftToken:
    """One token. `folder` holds its configuration and its objects."""

    folder: Path
    module: Path
    label: str = "Token của Hoa"

    @property
    def configuration(self) -> Path:
        """The file SOFTHSM2_CONF names."""
        return self.folder / "softhsm2.conf"

    @property
    def environment(self) -> dict[str, str]:
        """The environment in which this token is plugged in."""
        return os.environ | {"SOFTHSM2_CONF": str(self.configuration)}

    def make(self) -> None:
        """Plug in an empty token."""
        (self.folder / "objects").mkdir(parents=True)
        self.configuration.write_text(
            f"directories.tokendir = {self.folder / 'objects'}\nobjectstore.backend = file\nlog.level = ERROR\n",
            encoding="utf-8",
        )
        command = ["softhsm2-util", "--init-token", "--free", "--label", self.label, "--pin", PIN, "--so-pin", "9" * 8]
        subprocess.run(command, env=self.environment, check=True, capture_output=True)

    def keep(self, *, key: Key | None, certificate: bytes, key_id: bytes = b"\x01") -> None:
        """Put a certificate on it, with its key or (None) without."""
        library = pkcs11.lib(str(self.module))
        library.reinitialize()
        with library.get_token(token_label=self.label).open(rw=True, user_pin=PIN) as session:
            more = {pkcs11.Attribute.ID: key_id, pkcs11.Attribute.TOKEN: True}
            session.create_object(decode_x509_certificate(certificate) | more)
            if key is not None:
                der = key.private_bytes(
                    serialization.Encoding.DER,
                    serialization.PrivateFormat.TraditionalOpenSSL,
                    serialization.NoEncryption(),
                )
                decode = decode_rsa_private_key if isinstance(key, rsa.RSAPrivateKey) else decode_ec_private_key
                session.create_object(decode(der) | more)

    def unplug(self) -> None:
        """Take it away."""
        (self.folder / "objects").rename(self.folder / "elsewhere")
        (self.folder / "objects").mkdir()

    def plug_in(self) -> None:
        """Bring it back."""
        (self.folder / "objects").rmdir()
        (self.folder / "elsewhere").rename(self.folder / "objects")
