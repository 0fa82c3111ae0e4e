"""The signature as PDF readers want it: CMS SignedData, detached, CAdES-BES (ETSI EN 319 122-1, 319 142-1)."""

from asn1crypto import algos, cms, core, tsp, x509

from ansinh_token.algorithms import Algorithm
from ansinh_token.papers import sha256


def signed_attributes(*, digest: bytes, certificate: x509.Certificate) -> cms.CMSAttributes:
    """What the key signs: content type, message digest, the signer's certificate. No time: PAdES forbids one here."""
    signer = tsp.ESSCertIDv2({"cert_hash": sha256(certificate.dump())})
    return cms.CMSAttributes(
        [
            cms.CMSAttribute({"type": "content_type", "values": ["data"]}),
            cms.CMSAttribute({"type": "message_digest", "values": [digest]}),
            cms.CMSAttribute(
                {"type": "signing_certificate_v2", "values": [tsp.SigningCertificateV2({"certs": [signer]})]}
            ),
        ]
    )


def signed_data(
    *, attributes: cms.CMSAttributes, signature: bytes, certificate: x509.Certificate, algorithm: Algorithm
) -> bytes:
    """The finished ContentInfo, DER. `signature` as the token gives it: of ECDSA r and s side by side."""
    digest = algos.DigestAlgorithm({"algorithm": algorithm.hash_name})
    if algorithm.number_bytes:
        signature = algos.DSASignature.from_p1363(signature).dump()
    signer = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                {
                    "issuer_and_serial_number": cms.IssuerAndSerialNumber(
                        {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
                    )
                }
            ),
            "digest_algorithm": digest,
            "signed_attrs": attributes,
            "signature_algorithm": _named(algorithm),
            "signature": signature,
        }
    )
    content = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [digest],
            "encap_content_info": {"content_type": "data"},
            "certificates": [certificate],
            "signer_infos": [signer],
        }
    )
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": content}).dump())


def _named(algorithm: Algorithm) -> dict[str, object]:
    """RSA has empty parameters (RFC 3370, 3.2), ECDSA none (RFC 5754, 3.3)."""
    return {"algorithm": algorithm.cms} | ({} if algorithm.number_bytes else {"parameters": core.Null()})
