"""From a certificate to an authority on the list, as it was believed at a moment (RFC 5280, section 6)."""

from collections import OrderedDict
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from threading import Lock
from typing import Any, Final, TypeVar

from asn1crypto import x509
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    DisallowedAlgorithmError,
    ExpiredError,
    NotYetValidError,
    PathBuildingError,
    ValidationError,
)

from ansinh.signing.trust.algorithms import is_strong
from ansinh.signing.trust.listed import Authority, Purpose, TrustList, fingerprint
from ansinh.signing.trust.parsed import MALFORMED

T = TypeVar("T")
MOST_KEPT: Final = 4096
MOST_CERTIFICATES: Final = 20
"""A file brings at most so many; the rest is not looked at."""


@dataclass(frozen=True)
class Chain:
    """The path from the signer up to the root (both included), or what is wrong."""

    path: tuple[x509.Certificate, ...] = ()
    authority: Authority | None = None
    faults: tuple[str, ...] = field(default=())


def chain_of(
    certificate: x509.Certificate,
    *,
    others: tuple[x509.Certificate, ...],
    listed: TrustList,
    at: datetime,
    purpose: Purpose,
) -> Chain:
    """The chain at that moment. The signer's own days are judged by the caller; a chain that was found is kept
    for the day, and the days of every certificate in it are looked at again each time."""
    others = others[:MOST_CERTIFICATES]
    key = (
        listed.version, purpose, at.date(), certificate.dump(), tuple(fingerprint(one) for one in others),
    )  # fmt: skip
    found = _KEPT.get(key)
    if found is None:
        found = _found(certificate, others=others, listed=listed, at=at, purpose=purpose)
        if not found.faults:
            _KEPT.put(key, found)
    return Chain(faults=("expired",)) if _ran_out(found.path[1:], at) else found


def days_fault(certificate: x509.Certificate, at: datetime) -> str:
    """ "not-yet-valid", "expired" or nothing."""
    if at < certificate.not_valid_before:
        return "not-yet-valid"
    return "expired" if at > certificate.not_valid_after else ""


def _found(
    certificate: x509.Certificate, *, others: tuple[x509.Certificate, ...], listed: TrustList, at: datetime,
    purpose: Purpose,
) -> Chain:  # fmt: skip
    believed = listed.believed(at=at, purpose=purpose)
    context = ValidationContext(
        trust_roots=[one.root for one in believed],
        other_certs=[*(known for one in believed for known in one.intermediates), *others],
        moment=_within(certificate, at),
        allow_fetching=False,
        revocation_mode="soft-fail",  # revocation is judged by revocation.py
        weak_hash_algos={"md2", "md5", "sha1"},
        time_tolerance=timedelta(0),
    )
    try:
        found = _without_loop(CertificateValidator(certificate, validation_context=context).async_validate_path())
    except DisallowedAlgorithmError:
        return Chain(faults=("weak-algorithm",))
    except ExpiredError:
        return Chain(faults=("expired",))
    except NotYetValidError:
        return Chain(faults=("not-yet-valid",))
    except (PathBuildingError, ValidationError, *MALFORMED):
        return Chain(faults=("unknown-authority",))
    path = tuple(reversed(list(found)))
    root = fingerprint(path[-1])
    authority = next(one for one in believed if fingerprint(one.root) == root)
    strong = all(is_strong(one) for one in path[:-1])
    return Chain(path=path, authority=authority, faults=() if strong else ("weak-algorithm",))


def _without_loop(coroutine: Coroutine[Any, Any, T]) -> T:
    """The result of a coroutine that waits for nothing: nothing is fetched here, and a loop may be running already."""
    try:
        coroutine.send(None)
    except StopIteration as done:
        result: T = done.value
        return result
    raise RuntimeError("the validation of a path waited for something")


def _within(certificate: x509.Certificate, at: datetime) -> datetime:
    """The nearest moment in the certificate's own days, so that a chain of an expired one is still named."""
    first: datetime = certificate.not_valid_before
    last: datetime = certificate.not_valid_after
    return min(max(at, first), last)


def _ran_out(path: tuple[x509.Certificate, ...], at: datetime) -> bool:
    return any(days_fault(one, at) for one in path)


_Key = tuple[str, Purpose, date, bytes, tuple[str, ...]]


class _Kept:
    """Chains found, newest last."""

    def __init__(self) -> None:
        self._chains: OrderedDict[_Key, Chain] = OrderedDict()
        self._lock = Lock()

    def get(self, key: _Key) -> Chain | None:
        with self._lock:
            return self._chains.get(key)

    def put(self, key: _Key, chain: Chain) -> None:
        with self._lock:
            self._chains[key] = chain
            if len(self._chains) > MOST_KEPT:
                self._chains.popitem(last=False)


_KEPT: Final = _Kept()
