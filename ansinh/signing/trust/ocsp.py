"""OCSP (RFC 6960): the request for one certificate, and an answer that is believed or not."""

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from asn1crypto import algos, core, ocsp, x509

from ansinh.signing.trust.algorithms import signed_by
from ansinh.signing.trust.answers import Answer, NotBelieved, Question
from ansinh.signing.trust.chain import days_fault
from ansinh.signing.trust.parsed import MALFORMED
from ansinh.signing.trust.use import OCSP_SIGNING, extended_uses

WITHOUT_NEXT: Final = timedelta(days=1)
"""How long an answer counts that does not say when the next one comes."""
_NAMING: Final = {"sha1": hashlib.sha1, "sha256": hashlib.sha256}
"""Digests by which a certificate is named; no signature rests on them."""


def request(certificate: x509.Certificate, issuer: x509.Certificate) -> bytes:
    """The question in DER, without a nonce so that issuers may answer from a cache."""
    named = ocsp.CertId({
        "hash_algorithm": algos.DigestAlgorithm({"algorithm": "sha1"}),
        "issuer_name_hash": hashlib.sha1(certificate.issuer.dump(), usedforsecurity=False).digest(),
        "issuer_key_hash": hashlib.sha1(_key_bits(issuer), usedforsecurity=False).digest(),
        "serial_number": certificate.serial_number,
    })  # fmt: skip
    body = ocsp.TBSRequest({"request_list": [ocsp.Request({"req_cert": named})]})
    return bytes(ocsp.OCSPRequest({"tbs_request": body}).dump())


def read(der: bytes, question: Question) -> Answer:
    """What the answer says. Raises NotBelieved."""
    try:
        return _read(der, question)
    except MALFORMED as error:
        raise NotBelieved("not an OCSP answer") from error


def _read(der: bytes, question: Question) -> Answer:
    response = ocsp.OCSPResponse.load(der, strict=True)
    if response["response_status"].native != "successful":
        raise NotBelieved("no answer was given")
    basic = response.basic_ocsp_response
    body = basic["tbs_response_data"]
    single = next((one for one in body["responses"] if _names(one["cert_id"], question)), None)
    if single is None:
        raise NotBelieved("an answer about another certificate")
    given = single["this_update"].native
    fresh_until = single["next_update"].native or given + WITHOUT_NEXT
    if fresh_until < question.moment:
        raise NotBelieved("a stale answer")
    if not any(_made(basic, responder) for responder in _responders(basic, question, body["produced_at"].native)):
        raise NotBelieved("a badly signed answer, or a stranger's")
    return Answer(kind="ocsp", given_at=given, fresh_until=fresh_until, revoked_at=_revoked_at(single["cert_status"]))


def _revoked_at(status: Any) -> datetime | None:
    if status.name == "good":
        return None
    if status.name == "revoked":
        moment: datetime = status.chosen["revocation_time"].native
        return moment
    raise NotBelieved("the issuer does not know this certificate")


def _names(cert_id: ocsp.CertId, question: Question) -> bool:
    naming = _NAMING.get(cert_id["hash_algorithm"]["algorithm"].native)
    return naming is not None and (
        cert_id["issuer_name_hash"].native,
        cert_id["issuer_key_hash"].native,
        cert_id["serial_number"].native,
    ) == (
        naming(question.certificate.issuer.dump()).digest(),
        naming(_key_bits(question.issuer)).digest(),
        question.certificate.serial_number,
    )


def _responders(basic: Any, question: Question, produced: datetime) -> Iterator[x509.Certificate]:
    """The issuer itself, and those whom it let answer in its place."""
    yield question.issuer
    for one in basic["certs"] if not isinstance(basic["certs"], core.Void) else ():
        delegated = (
            one.issuer == question.issuer.subject
            and OCSP_SIGNING in (extended_uses(one) or ())
            and not days_fault(one, produced)
        )
        if delegated and signed_by(
            question.issuer, signature=one["signature_value"].native,
            message=one["tbs_certificate"].dump(), algorithm=one["signature_algorithm"],
        ):  # fmt: skip
            yield one


def _made(basic: Any, responder: x509.Certificate) -> bool:
    return signed_by(
        responder,
        signature=basic["signature"].native,
        message=basic["tbs_response_data"].dump(),
        algorithm=basic["signature_algorithm"],
    )


def _key_bits(certificate: x509.Certificate) -> bytes:
    return bytes(certificate.public_key["public_key"])
