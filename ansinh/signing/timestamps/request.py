"""What an authority is asked (RFC 3161, 2.4.1)."""

import secrets

from asn1crypto import tsp

_NONCE_BITS = 63


def request_for(digest: bytes, *, policy: str = "") -> tsp.TimeStampReq:
    """A request over this SHA-256, with a fresh nonce, for a token with its certificates."""
    values = {
        "version": "v1",
        "message_imprint": {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": digest},
        "nonce": secrets.randbits(_NONCE_BITS) | 1,
        "cert_req": True,
    }
    if policy:
        values["req_policy"] = policy
    return tsp.TimeStampReq(values)
