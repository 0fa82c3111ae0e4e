"""A person's credentials at a remote signing service, and documents signed with them: pyHanko's signer, our way out."""

import asyncio
import base64
import binascii
import io
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Any, Self

from asn1crypto import x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.csc_signer import (
    CSCAuthorizationInfo,
    CSCAuthorizationManager,
    CSCCredentialInfo,
    CSCServiceSessionInfo,
    CSCSigner,
    fetch_certs_in_csc_credential,
)

from ansinh.signing.models import Format
from ansinh.signing.offers.external import RESERVED_BYTES, ApplicantSigner
from ansinh.signing.offers.xml import SIGNATURE_PATH
from ansinh.signing.remote.egress import ask, wrong_answer
from ansinh.signing.remote.services import Service
from ansinh.signing.report import CertificateFacts, ExpectedSigner, Signer
from ansinh.signing.trust.names import facts_of, signer_of
from ansinh.signing.trust.parsed import MALFORMED, parsed
from ansinh.signing.xml.names import SIGNATURE_METHODS
from ansinh.signing.xml.sign import as_xml_writes, finish_xml, prepare_xml


@dataclass(frozen=True)
class Credential:
    """A key of the person at the service. `wants_pin` and `wants_otp` say what it is opened with."""

    id: str
    signer: Signer
    certificate: CertificateFacts
    wants_pin: bool
    wants_otp: bool
    sends_otp: bool


@dataclass(frozen=True)
class Secrets:
    """What the person types to allow one signature; empty where the key wants none. Never kept."""

    pin: str
    otp: str


def credentials(service: Service, *, holder: ExpectedSigner) -> list[Credential]:
    """The keys of a person or an organisation there that can sign. Raises RemoteDown, RemoteRefused."""
    listed = ask(service, "credentials/list", {"userID": f"{holder.kind}:{holder.number}", "maxResults": 10})
    ids = listed.get("credentialIDs")
    if not isinstance(ids, list) or not all(isinstance(one, str) for one in ids):
        raise wrong_answer(service)
    return [found for one in ids[:10] if (found := _credential(service, one)) is not None]


def send_otp(service: Service, credential_id: str) -> None:
    """Have the service send its one-time code. Raises RemoteDown, RemoteRefused."""
    ask(service, "credentials/sendOTP", {"credentialID": credential_id})


def sign(
    service: Service, credential_id: str, offered: bytes, *, document_format: Format, secrets: Secrets, at: datetime
) -> bytes:
    """The offered document signed with that key: PAdES B-B, or XML in our profile. Raises RemoteDown, RemoteRefused."""
    try:
        return asyncio.run(_sign(service, credential_id, offered, document_format, secrets=secrets, at=at))
    except (SigningError, *MALFORMED) as error:
        raise wrong_answer(service) from error


async def _sign(
    service: Service, credential_id: str, offered: bytes, document_format: Format, *, secrets: Secrets, at: datetime
) -> bytes:
    session = _Session(service)
    place = CSCServiceSessionInfo(service.url, credential_id, api_ver=service.api)
    info = await fetch_certs_in_csc_credential(session, place)  # type: ignore[arg-type]
    signer = CSCSigner(session, _Authorization(service, place, info, secrets))  # type: ignore[arg-type]
    if document_format == Format.XML:
        return await _sign_xml(signer, offered, at=at)
    out = await ApplicantSigner(signer, at=at).async_sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(offered)), bytes_reserved=RESERVED_BYTES
    )
    return bytes(out.getvalue())


async def _sign_xml(signer: CSCSigner, offered: bytes, *, at: datetime) -> bytes:
    """The service gets the hash of SignedInfo, as it gets that of a PDF's signed attributes."""
    prepared = prepare_xml(offered, certificate=signer.signing_cert, at=at, path=SIGNATURE_PATH)
    value = await signer.async_sign_raw(prepared.signed_info, SIGNATURE_METHODS[prepared.method][1])
    return finish_xml(prepared.xml, as_xml_writes(value, method=prepared.method))


class _Authorization(CSCAuthorizationManager):
    """Asks for the activation of exactly the hash that is about to be signed."""

    def __init__(
        self, service: Service, place: CSCServiceSessionInfo, info: CSCCredentialInfo, secrets: Secrets
    ) -> None:  # fmt: skip
        super().__init__(place, info)
        self._service, self._secrets = service, secrets

    async def authorize_signature(self, hash_b64s: list[str]) -> CSCAuthorizationInfo:
        """One activation for one signature."""
        request = self.format_csc_auth_request(
            pin=self._secrets.pin or None, otp=self._secrets.otp or None, hash_b64s=hash_b64s
        )
        return self.parse_csc_auth_response(ask(self._service, "credentials/authorize", request))


class _Session:
    """What pyHanko posts through, in the place of aiohttp's session: only to the service, by `egress.ask`."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def post(self, url: str, *, json: dict[str, Any], **_: Any) -> "_Answer":
        """The call whose endpoint ends this address."""
        return _Answer(self._service, url.split(f"/csc/{self._service.api}/", 1)[1], json)


class _Answer:
    def __init__(self, service: Service, endpoint: str, values: dict[str, Any]) -> None:
        self._service, self._endpoint, self._values = service, endpoint, values

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    async def json(self) -> dict[str, Any]:
        return ask(self._service, self._endpoint, self._values)


def _credential(service: Service, credential_id: str) -> Credential | None:
    wanted = {"credentialID": credential_id, "certificates": "single", "certInfo": False, "authInfo": True}
    told = ask(service, "credentials/info", wanted)
    try:
        certificate: x509.Certificate = parsed(base64.b64decode(told["cert"]["certificates"][0], validate=True))
        if told["key"]["status"] != "enabled":
            return None
        pin, otp = told.get("PIN") or {}, told.get("OTP") or {}
        return Credential(
            id=credential_id,
            signer=signer_of(certificate),
            certificate=facts_of(certificate),
            wants_pin=str(pin.get("presence", "false")) == "true",
            wants_otp=str(otp.get("presence", "false")) == "true",
            sends_otp=otp.get("type") == "online",
        )
    except (binascii.Error, *MALFORMED) as error:
        raise wrong_answer(service) from error
