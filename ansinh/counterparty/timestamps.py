"""The time-stamp authority: RFC 3161 over HTTP, with the keys of the demonstration authority.

Also publishes the authority's revocation lists: GET /issuing.crl and /root.crl.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Final, TypeVar

from asn1crypto import algos, cms, core, pem, tsp, x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from ansinh.counterparty.web import Answered, Asked, serve
from ansinh.signing.certificates import rsa_key_of
from ansinh.signing.lists import list_of

POLICY: Final = "1.3.6.1.4.1.58888.1.1"
"""The policy this authority stamps under, unless another is asked for."""
Part = TypeVar("Part", bound=core.Asn1Value)
TEMPERS: Final = ("well", "down", "slow", "wrong")
"""Answers at once; is out of order; answers too late; stamps something else."""
SLOW_SECONDS: Final = 6.0
LISTS: Final = {"/issuing.crl": "issuing", "/root.crl": "root"}


class _Rejection(core.Sequence):  # type: ignore[misc]
    """A TimeStampResp without a token, which RFC 3161 permits and asn1crypto's own class does not."""

    _fields = [("status", tsp.PKIStatusInfo)]  # noqa: RUF012 - as asn1crypto wants it


class Temper:
    """How the authority behaves now; changed by whoever reads its page."""

    def __init__(self) -> None:
        self.now = "well"


class TimestampAuthority:
    """Stamps with `time-stamps.key.pem` of a folder, which may appear later."""

    def __init__(
        self, folder: Callable[[], Path], temper: Temper, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._folder, self._temper, self._clock = folder, temper, clock
        self._lock = threading.Lock()
        self._serial = secrets.randbits(48)

    def answer(self, asked: Asked) -> Answered:
        """One request."""
        if asked.method == "GET" and asked.path in LISTS:
            return self._list(LISTS[asked.path])
        if asked.method != "POST":
            return Answered(404, "text/plain", b"not found")
        temper = self._temper.now
        if temper == "down":
            return Answered(503, "text/plain", b"out of order")
        if temper == "slow":
            time.sleep(SLOW_SECONDS)
        try:
            request = tsp.TimeStampReq.load(asked.body, strict=True)
            body = self._granted(request, wrong=temper == "wrong")
        except (ValueError, TypeError, KeyError):
            body = _refused("bad_data_format")
        except FileNotFoundError:
            return Answered(503, "text/plain", b"no key yet")
        return Answered(200, "application/timestamp-reply", body)

    def _list(self, name: str) -> Answered:
        try:
            return Answered(200, "application/pkix-crl", list_of(self._folder(), name, at=self._clock()))
        except FileNotFoundError:
            return Answered(404, "text/plain", b"no list yet")

    def _granted(self, request: tsp.TimeStampReq, *, wrong: bool) -> bytes:
        if request["message_imprint"]["hash_algorithm"]["algorithm"].native not in ("sha256", "sha384", "sha512"):
            return _refused("bad_alg")
        info = self._info(request, wrong=wrong)
        token = _token(info, folder=self._folder())
        return bytes(tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": token}).dump())

    def _info(self, request: tsp.TimeStampReq, *, wrong: bool) -> tsp.TSTInfo:
        imprint = request["message_imprint"]
        if wrong:
            imprint = tsp.MessageImprint(
                {"hash_algorithm": imprint["hash_algorithm"], "hashed_message": hashlib.sha256(b"wrong").digest()}
            )
        with self._lock:
            self._serial += 1
            serial = self._serial
        values = {
            "version": "v1",
            "policy": request["req_policy"].native or POLICY,
            "message_imprint": imprint,
            "serial_number": serial,
            "gen_time": self._clock().astimezone(UTC).replace(microsecond=0),
            "accuracy": {"seconds": 1},
        }
        if request["nonce"].native is not None:
            values["nonce"] = request["nonce"].native
        return tsp.TSTInfo(values)


def serve_timestamps(authority: TimestampAuthority, host: str, port: int) -> ThreadingHTTPServer:
    """Listen for those who want a stamp."""
    return serve(authority.answer, host, port)


def _token(info: tsp.TSTInfo, *, folder: Path) -> cms.ContentInfo:
    """The info signed with the attributes RFC 3161 and RFC 5816 want."""
    key = rsa_key_of((folder / "time-stamps.key.pem").read_bytes())
    own, issuing = (_certificate(folder / f"{name}.cert.pem") for name in ("time-stamps", "issuing"))
    content = info.dump()
    named = tsp.SigningCertificateV2({"certs": [{"cert_hash": hashlib.sha256(own.dump()).digest()}]})
    attributes = _encoded(
        cms.CMSAttributes(
            [
                _attribute("content_type", "tst_info"),
                _attribute("message_digest", hashlib.sha256(content).digest()),
                _attribute("signing_certificate_v2", _encoded(named)),
            ]
        )
    )
    sid = cms.IssuerAndSerialNumber({"issuer": own.issuer, "serial_number": own.serial_number})
    signer = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier("issuer_and_serial_number", _encoded(sid)),
            "digest_algorithm": {"algorithm": "sha256"},
            "signed_attrs": attributes,
            "signature_algorithm": {"algorithm": "rsassa_pkcs1v15"},
            "signature": key.sign(attributes.dump(), padding.PKCS1v15(), hashes.SHA256()),
        }
    )
    made = cms.ContentInfo(
        {
            "content_type": "signed_data",
            "content": {
                "version": "v3",
                "digest_algorithms": [algos.DigestAlgorithm({"algorithm": "sha256"})],
                "encap_content_info": {"content_type": "tst_info", "content": core.ParsableOctetString(content)},
                "certificates": [own, issuing],
                "signer_infos": [_encoded(signer)],
            },
        }
    )
    return _encoded(made)


def _encoded(made: Part) -> Part:
    """The same in its encoding: asn1crypto encodes what it was given in parts anew, twice at every level, whenever any
    of it is asked for.
    """
    loaded: Part = type(made).load(made.dump())
    return loaded


def _attribute(kind: str, value: object) -> cms.CMSAttribute:
    return cms.CMSAttribute({"type": kind, "values": [value]})


def _certificate(path: Path) -> x509.Certificate:
    return x509.Certificate.load(pem.unarmor(path.read_bytes())[2])


def _refused(why: str) -> bytes:
    return bytes(_Rejection({"status": {"status": "rejection", "fail_info": {why}}}).dump())
