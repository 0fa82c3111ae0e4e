"""A passkey in software: answers as a browser with a device would, truly or not."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestedCredentialData, AuthenticatorData

UP, UV, BE, BS, AT = 0x01, 0x04, 0x08, 0x10, 0x40


@dataclass
class SoftKey:
    """One key for one site; `origin` is what the browser sees, `rp_id` what the key is for."""

    origin: str = "http://localhost:8000"
    rp_id: str = "localhost"
    flags: int = UP | UV
    counter: int = 0
    user: bytes = b""
    credential_id: bytes = field(default_factory=lambda: os.urandom(32))
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    @property
    def credential(self) -> AttestedCredentialData:
        """The public half, as a site keeps it."""
        public = ES256.from_cryptography_key(self.private.public_key())  # type: ignore[no-untyped-call]
        return AttestedCredentialData.create(Aaguid(bytes(16)), self.credential_id, public)

    def made(self, options: dict[str, Any]) -> str:
        """The answer to “make one”."""
        seen = self._client_data("webauthn.create", options)
        data = self._authenticator_data(bytes(self.credential), AT)
        attested = cbor.encode({"fmt": "none", "attStmt": {}, "authData": bytes(data)})
        return self._answer(clientDataJSON=seen, attestationObject=attested)

    def signed(self, options: dict[str, Any]) -> str:
        """The answer to “show one”."""
        seen = self._client_data("webauthn.get", options)
        data = bytes(self._authenticator_data(b"", 0))
        signature = self.private.sign(data + hashlib.sha256(seen).digest(), ec.ECDSA(SHA256()))
        return self._answer(clientDataJSON=seen, authenticatorData=data, signature=signature, userHandle=self.user)

    def _client_data(self, kind: str, options: dict[str, Any]) -> bytes:
        challenge = options["publicKey"]["challenge"]
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _authenticator_data(self, credential: bytes, more: int) -> AuthenticatorData:
        digest = hashlib.sha256(self.rp_id.encode()).digest()
        flags = AuthenticatorData.FLAG(self.flags | more)
        made: AuthenticatorData = AuthenticatorData.create(digest, flags, self.counter, credential)
        return made

    def _answer(self, **parts: bytes) -> str:
        name = websafe_encode(self.credential_id)
        response = {key: websafe_encode(value) for key, value in parts.items() if value}
        return json.dumps(
            {"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {}}
        )
