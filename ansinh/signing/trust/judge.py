"""One certificate judged for one use at its moments: algorithms, use, days, chain, revocation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import x509

from ansinh.signing.report import Revocation
from ansinh.signing.trust.algorithms import is_strong
from ansinh.signing.trust.answers import Question
from ansinh.signing.trust.chain import chain_of, days_fault
from ansinh.signing.trust.egress import fetcher
from ansinh.signing.trust.listed import Purpose, TrustList
from ansinh.signing.trust.revocation import Material, revocation_of
from ansinh.signing.trust.use import may


@dataclass(frozen=True)
class Judged:
    """Codes of what is wrong, codes of what to know, and the revocation state of the whole chain (worst counts)."""

    faults: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    authority: str = ""
    revocation: Revocation = Revocation("unknown")  # noqa: RUF009 - frozen


def judge(
    certificate: x509.Certificate,
    *,
    listed: TrustList,
    moments: Sequence[datetime],
    at: datetime,
    purpose: Purpose,
    material: Material,
) -> Judged:
    """`moments`: when it must have been in force (what the signer claims and what is proven); the last is proven.

    `at` is when the question is put. Only addresses of the authority found are ever contacted.
    """
    faults = [] if is_strong(certificate) else ["weak-algorithm"]
    if not may(certificate, purpose):
        faults.append("wrong-use")
    faults += [fault for moment in moments if (fault := days_fault(certificate, moment))]
    proven = moments[-1]
    chain = chain_of(certificate, others=material.certificates, listed=listed, at=proven, purpose=purpose)
    faults += chain.faults
    if chain.authority is None:
        return Judged(tuple(dict.fromkeys(faults)))
    fetch = fetcher(chain.authority.addresses)
    states = [
        revocation_of(
            Question(one, issuer, proven), authority=chain.authority, material=material, fetch=fetch, at=at
        )
        for one, issuer in zip(chain.path, chain.path[1:], strict=False)
    ]  # fmt: skip
    more, warnings = _weighed(states, unknown_refused=chain.authority.unknown == "refuse")
    return Judged(tuple(dict.fromkeys(faults + more)), warnings, chain.authority.name, _worst(states))


def _weighed(states: list[Revocation], *, unknown_refused: bool) -> tuple[list[str], tuple[str, ...]]:
    faults: list[str] = []
    warnings: list[str] = []
    if any(one.state == "revoked" for one in states):
        faults.append("revoked")
    if any(one.state == "unknown" for one in states):
        (faults if unknown_refused else warnings).append("revocation-unknown")
    if any(one.state == "good" and one.revoked_at for one in states):
        warnings.append("revoked-later")
    return faults, tuple(warnings)


def _worst(states: list[Revocation]) -> Revocation:
    order = ("revoked", "unknown", "good")
    return min(states, key=lambda one: order.index(one.state), default=Revocation("unknown"))
