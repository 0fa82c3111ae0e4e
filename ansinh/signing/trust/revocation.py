"""Is a certificate revoked? Asked of the material in the file, of what is kept, and of the issuer if it is listed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from asn1crypto import x509

from ansinh.signing.report import Revocation
from ansinh.signing.trust import crl, kept, ocsp
from ansinh.signing.trust.answers import Answer, NotBelieved, Question
from ansinh.signing.trust.egress import Fetch
from ansinh.signing.trust.listed import Authority

IN_THE_FILE: Final = "embedded"
MOST_ANSWERS: Final = 20


@dataclass(frozen=True)
class Material:
    """What a file brings for its own validation: certificates, OCSP answers and lists, in DER."""

    certificates: tuple[x509.Certificate, ...] = ()
    ocsp: tuple[bytes, ...] = field(default=())
    crls: tuple[bytes, ...] = field(default=())


def revocation_of(
    question: Question, *, authority: Authority, material: Material, fetch: Fetch, at: datetime
) -> Revocation:
    """The state at `question.moment`. One believed word of "revoked" outweighs every "good"; no word is "unknown"."""
    answers = [*_embedded(question, material), *_asked(question, authority=authority, fetch=fetch, at=at)]
    if not answers:
        return Revocation("unknown")
    source, answer = max(answers, key=lambda one: (one[1].revoked_at is not None, one[1].given_at))
    revoked = answer.revoked_at is not None and answer.revoked_at <= question.moment
    return Revocation(
        state="revoked" if revoked else "good",
        source=f"{answer.kind} {source}",
        checked_at=answer.given_at,
        revoked_at=answer.revoked_at,
    )


def _embedded(question: Question, material: Material) -> Iterator[tuple[str, Answer]]:
    for read, answers in ((ocsp.read, material.ocsp), (crl.read, material.crls)):
        for der in answers[:MOST_ANSWERS]:
            try:
                yield IN_THE_FILE, read(der, question)
            except NotBelieved:
                continue  # about another certificate, mostly


def _asked(
    question: Question, *, authority: Authority, fetch: Fetch, at: datetime
) -> Iterator[tuple[str, Answer]]:  # fmt: skip
    """OCSP first; the lists only where no OCSP answer came."""
    of_ocsp, of_lists = _addresses(question.certificate)
    for address in sorted(of_ocsp & authority.addresses):
        request = ocsp.request(question.certificate, question.issuer)
        answer = _answer(address, request, question, fetch=fetch, at=at)
        if answer:
            yield address, answer
            return
    for address in sorted(of_lists & authority.addresses):
        answer = _answer(address, b"", question, fetch=fetch, at=at)
        if answer:
            yield address, answer
            return


def _answer(address: str, request: bytes, question: Question, *, fetch: Fetch, at: datetime) -> Answer | None:
    known = kept.kept(address, request)
    if known is not None and (old := _believed(known, request, question)) and old.fresh_until >= at:
        return old
    new = kept.ask(address, request, fetch=fetch, at=at)
    if new is None:
        return None
    answer = _believed(new, request, question)
    if answer:
        kept.keep(address, request, new)
    return answer


def _believed(der: bytes, request: bytes, question: Question) -> Answer | None:
    try:
        return ocsp.read(der, question) if request else crl.read(der, question)
    except NotBelieved:
        return None


def _addresses(certificate: x509.Certificate) -> tuple[set[str], set[str]]:
    """Where the certificate says its issuer answers: OCSP, lists."""
    return set(certificate.ocsp_urls), {
        name.native
        for point in certificate.crl_distribution_points
        if isinstance(point["distribution_point"].native, list)
        for name in point["distribution_point"].chosen
        if name.name == "uniform_resource_identifier"
    }
