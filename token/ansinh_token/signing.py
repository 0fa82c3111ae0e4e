"""From the press to the signature: term of the certificate, what the key signs, the finished container."""

from datetime import datetime

from ansinh_token import cms
from ansinh_token.cards import Cards
from ansinh_token.orders import Order, base64_text
from ansinh_token.refusals import Refused


def sign_order(order: Order, *, cards: Cards, pin: str, at: datetime) -> dict[str, str]:
    """The result for the portal, base64: `cms` of a PDF, `signature` of an XML; and the certificate. Raises Refused."""
    if not pin:
        raise Refused("pin-missing")
    certificate = order.certificate
    if not certificate.is_in_force(at):
        parsed = certificate.parsed
        raise Refused(
            "certificate-expired", not_before=_day(parsed.not_valid_before), not_after=_day(parsed.not_valid_after)
        )
    told = {"certificate": base64_text(certificate.der)}
    if order.paper.kind == "xml":
        return told | {"signature": base64_text(cards.sign(certificate, pin=pin, data=order.paper.signed_info))}
    attributes = cms.signed_attributes(digest=order.paper.digest, certificate=certificate.parsed)
    signature = cards.sign(certificate, pin=pin, data=attributes.dump())
    made = cms.signed_data(
        attributes=attributes, signature=signature, certificate=certificate.parsed, algorithm=certificate.algorithm
    )
    return told | {"cms": base64_text(made)}


def _day(moment: datetime) -> str:
    return f"{moment:%d/%m/%Y}"
