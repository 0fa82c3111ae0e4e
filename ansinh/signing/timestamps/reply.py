"""Is this reply the time-stamp that was asked for, by an authority we trust to stamp time?"""

import asyncio
from datetime import datetime

from asn1crypto import cms, tsp
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError

from ansinh.signing.trust.listed import Purpose, TrustList


class BadReply(Exception):
    """What came is no time-stamp, or not the one that was asked for."""


def checked_token(reply: bytes, *, request: tsp.TimeStampReq, policy: str, listed: TrustList) -> cms.ContentInfo:
    """The token of a reply: granted, over our digest, with our nonce, under the wanted policy, signed by a
    certificate for time-stamping under an authority the list believes in that at the stamped moment. Raises BadReply.
    """
    try:
        response = tsp.TimeStampResp.load(reply, strict=True)
        if response["status"]["status"].native not in ("granted", "granted_with_mods"):
            raise BadReply(f"refused: {response['status'].native}")
        token = response["time_stamp_token"]
        _compare(token, request=request, policy=policy)
    except (ValueError, TypeError, KeyError, AttributeError) as unread:
        raise BadReply("no time-stamp reply") from unread
    _verify(token["content"], request=request, listed=listed)
    return token


def stamped_at(token: cms.ContentInfo) -> datetime:
    """The moment a token says."""
    moment: datetime = token["content"]["encap_content_info"]["content"].parsed["gen_time"].native
    return moment


def _compare(token: cms.ContentInfo, *, request: tsp.TimeStampReq, policy: str) -> None:
    if token["content_type"].native != "signed_data":
        raise BadReply("no signed data")
    content = token["content"]["encap_content_info"]
    if content["content_type"].native != "tst_info":
        raise BadReply("no time-stamp inside")
    info = content["content"].parsed
    if info["message_imprint"].native != request["message_imprint"].native:
        raise BadReply("another digest")
    if info["nonce"].native != request["nonce"].native:
        raise BadReply("another nonce")
    if policy and info["policy"].dotted != policy:
        raise BadReply("another policy")


def _verify(signed: cms.SignedData, *, request: tsp.TimeStampReq, listed: TrustList) -> None:
    digest = request["message_imprint"]["hashed_message"].native
    moment = signed["encap_content_info"]["content"].parsed["gen_time"].native
    believed = listed.believed(at=moment, purpose=Purpose.TIME_STAMPS)
    context = ValidationContext(
        trust_roots=[one.root for one in believed],
        other_certs=[known for one in believed for known in one.intermediates],
        allow_fetching=False, revocation_mode="soft-fail", weak_hash_algos={"md5", "sha1"}, moment=moment,
    )  # fmt: skip
    try:
        found = asyncio.run(validate_tst_signed_data(signed, context, lambda _: digest))
    except (SignatureValidationError, PathError, ValueError, TypeError, KeyError) as fault:
        raise BadReply(f"not verified: {fault}") from fault
    if not (found["intact"] and found["valid"] and found["trust_problem_indic"] is None):
        raise BadReply(f"not trusted: {found['trust_problem_indic']}")
