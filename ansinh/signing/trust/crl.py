"""A list of revoked certificates as an answer (RFC 5280, section 5): full lists of the issuer itself only."""

from datetime import datetime
from typing import Final

from asn1crypto import crl
from cryptography import x509 as fast

from ansinh.signing.trust.algorithms import signed_by
from ansinh.signing.trust.answers import Answer, NotBelieved, Question
from ansinh.signing.trust.parsed import MALFORMED

_KNOWN: Final = {"issuing_distribution_point", "crl_number", "authority_key_identifier"}


def read(der: bytes, question: Question) -> Answer:
    """What the list says. Raises NotBelieved."""
    try:
        return _read(der, question)
    except MALFORMED as error:
        raise NotBelieved("not a list of revoked certificates") from error


def _read(der: bytes, question: Question) -> Answer:
    signed = crl.CertificateList.load(der, strict=True)
    body = signed["tbs_cert_list"]
    issuer = question.issuer
    usage = issuer.key_usage_value
    if body["issuer"] != question.certificate.issuer or (usage is not None and "crl_sign" not in usage.native):
        raise NotBelieved("the list of another issuer")
    _refuse_parts(signed, about_authority=bool(question.certificate.ca))
    if body["next_update"].native is None or body["next_update"].native < question.moment:
        raise NotBelieved("a stale list")
    if not signed_by(
        issuer, signature=signed["signature"].native, message=body.dump(), algorithm=signed["signature_algorithm"]
    ):
        raise NotBelieved("a badly signed list")
    return Answer(
        kind="crl",
        given_at=body["this_update"].native,
        fresh_until=body["next_update"].native,
        revoked_at=_revoked_at(der, signed, question.certificate.serial_number),
    )


def _refuse_parts(signed: crl.CertificateList, *, about_authority: bool) -> None:
    """No delta, no indirect list, none that leaves this kind of certificate or some reasons out."""
    for extension in signed["tbs_cert_list"]["crl_extensions"]:
        name = extension["extn_id"].native
        if name == "delta_crl_indicator" or (extension["critical"].native and name not in _KNOWN):
            raise NotBelieved("a list of a kind that is not read")
    point = signed.issuing_distribution_point_value
    if point is None:
        return
    left_out = "only_contains_user_certs" if about_authority else "only_contains_ca_certs"
    if (
        point["indirect_crl"].native
        or point[left_out].native
        or point["only_contains_attribute_certs"].native
        or point["only_some_reasons"].native is not None
    ):
        raise NotBelieved("a list that leaves this certificate out")


def _revoked_at(der: bytes, signed: crl.CertificateList, serial: int) -> datetime | None:
    if serial > 0:  # national lists are long: this reader does not unfold every entry
        found = fast.load_der_x509_crl(der).get_revoked_certificate_by_serial_number(serial)
        return found.revocation_date_utc if found else None
    for entry in signed["tbs_cert_list"]["revoked_certificates"]:
        if entry["user_certificate"].native == serial:
            moment: datetime = entry["revocation_date"].native
            return moment
    return None
