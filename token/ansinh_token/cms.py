"""The signature as PDF readers want it: CMS SignedData, detached, CAdES-BES (ETSI EN 319 122-1, 319 142-1)."""

from typing import Final

from asn1crypto import algos, cms, core, tsp, x509

from ansinh_token.papers import sha256

_SHA256: Final = {"algorithm": "sha256"}


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


def signed_data(*, attributes: cms.CMSAttributes, signature: bytes, certificate: x509.Certificate) -> bytes:
    """The finished ContentInfo, DER."""
    algorithm = algos.DigestAlgorithm(_SHA256)
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
            "digest_algorithm": algorithm,
            "signed_attrs": attributes,
            "signature_algorithm": {"algorithm": "rsassa_pkcs1v15", "parameters": core.Null()},
            "signature": signature,
        }
    )
    content = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [algorithm],
            "encap_content_info": {"content_type": "data"},
            "certificates": [certificate],
            "signer_infos": [signer],
        }
    )
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": content}).dump())
