"""Revocation: asked of listed addresses only, believed only when fresh and the issuer's own, never silently good."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID

from ansinh.signing.report import SignatureReport
from ansinh.signing.trust import kept
from ansinh.signing.trust.egress import NoAnswer, fetcher
from ansinh.signing.xml.check import check_xml
from tests.signing.forms import filing
from tests.signing.issuer import Issuer, issuer, ocsp_answer
from tests.signing.papers import AT
from tests.signing.pki import Holder, Pki, Wanted, parsed, revocation_list, rsa_key

BEFORE = AT - timedelta(hours=2)


@pytest.fixture
def answers() -> Iterator[Issuer]:
    kept._silent.clear()
    with issuer() as state:
        yield state


class Case:
    """A company whose certificate names the issuer's addresses."""

    def __init__(self, pki: Pki, answers: Issuer, *, by: str, listed: bool = True, unknown: str = "refuse") -> None:
        self.address = f"{answers.address}{by}"
        place = Wanted(ocsp=self.address) if by == "ocsp" else Wanted(crl=self.address)
        self.certificate = pki.certificate(place, rsa_key())
        self.filing = filing(Holder(parsed(self.certificate), (), rsa_key()))
        self.pki = pki
        crl_of_root = f"{answers.address}root"
        pki.put_on_the_list(addresses=[self.address, crl_of_root] if listed else [], unknown=unknown)

    def report(self, **changes: Any) -> SignatureReport:
        return check_xml(self.filing, at=changes.get("at", AT)).report


def codes(report: SignatureReport) -> list[str]:
    return [one.code for one in report.findings]


def state(report: SignatureReport) -> str:
    return report.revocation.state if report.revocation else ""


# The intermediate has no address of its own here, so its state stays unknown and is warned of; the policy "warn" lets
# the signer's own state be seen.


@pytest.mark.parametrize("by", ["ocsp", "crl"])
def test_a_revoked_certificate_is_refused(pki: Pki, answers: Issuer, by: str) -> None:
    case = Case(pki, answers, by=by, unknown="warn")
    if by == "ocsp":
        answers.answer = lambda _: ocsp_answer(pki, case.certificate, revoked_at=BEFORE)
    else:
        answers.answer = lambda _: revocation_list(pki, {case.certificate.serial_number: BEFORE})
    report = case.report()
    assert codes(report) == ["revoked"]
    assert report.revocation is not None
    assert report.revocation.revoked_at == BEFORE
    assert report.revocation.source == f"{by} {case.address}"


@pytest.mark.parametrize("by", ["ocsp", "crl"])
def test_a_certificate_revoked_after_that_moment_was_good(pki: Pki, answers: Issuer, by: str) -> None:
    case = Case(pki, answers, by=by, unknown="warn")
    later = AT + timedelta(hours=1)
    if by == "ocsp":
        answers.answer = lambda _: ocsp_answer(pki, case.certificate, revoked_at=later, given=later)
    else:
        answers.answer = lambda _: revocation_list(pki, {case.certificate.serial_number: later}, given=later)
    report = case.report()
    assert codes(report) == []
    assert "revoked-later" in [one.code for one in report.warnings]


@pytest.mark.parametrize("by", ["ocsp", "crl"])
def test_an_issuer_is_asked_once_while_its_answer_is_fresh(pki: Pki, answers: Issuer, by: str) -> None:
    case = Case(pki, answers, by=by, unknown="warn")
    answers.answer = lambda _: ocsp_answer(pki, case.certificate) if by == "ocsp" else revocation_list(pki, {})
    assert codes(case.report()) == codes(case.report()) == []
    assert len(answers.asked) == 1


def test_a_kept_answer_that_ran_out_is_asked_for_again(pki: Pki, answers: Issuer) -> None:
    case = Case(pki, answers, by="ocsp", unknown="warn")
    answers.answer = lambda _: ocsp_answer(pki, case.certificate)
    case.report()
    later = AT + timedelta(days=2)
    answers.answer = lambda _: ocsp_answer(
        pki, case.certificate, revoked_at=AT + timedelta(days=1), given=later, until=later + timedelta(days=1)
    )
    assert codes(case.report(at=later)) == ["revoked"]
    assert len(answers.asked) == 2


UNBELIEVED_OCSP: dict[str, dict[str, Any]] = {
    "stale": {"given": AT - timedelta(days=9), "until": AT - timedelta(days=8)},
    "unknown to the issuer": {"status": ocsp.OCSPCertStatus.UNKNOWN},
    "badly signed": {"key": rsa_key(7)},
}


@pytest.mark.parametrize("name", UNBELIEVED_OCSP)
def test_an_ocsp_answer_that_is_not_believed_leaves_the_state_unknown(pki: Pki, answers: Issuer, name: str) -> None:
    case = Case(pki, answers, by="ocsp")
    answers.answer = lambda _: ocsp_answer(pki, case.certificate, **UNBELIEVED_OCSP[name])
    assert (codes(case.report()), state(case.report())) == (["revocation-unknown"], "unknown")


def test_an_answer_about_another_certificate_is_none(pki: Pki, answers: Issuer) -> None:
    case = Case(pki, answers, by="ocsp")
    other = pki.certificate(Wanted(), rsa_key())
    answers.answer = lambda _: ocsp_answer(pki, other)
    assert codes(case.report()) == ["revocation-unknown"]


@pytest.mark.parametrize(("uses", "state_wanted"), [
    ((ExtendedKeyUsageOID.OCSP_SIGNING,), "revoked"),
    ((ExtendedKeyUsageOID.CLIENT_AUTH,), "unknown"),
])  # fmt: skip
def test_another_may_answer_only_when_the_issuer_says_so(
    pki: Pki, answers: Issuer, uses: tuple[x509.ObjectIdentifier, ...], state_wanted: str
) -> None:
    case = Case(pki, answers, by="ocsp", unknown="warn")
    responder = pki.certificate(Wanted(name="OCSP", uid="", uses=uses), rsa_key(5))
    answers.answer = lambda _: ocsp_answer(
        pki, case.certificate, key=rsa_key(5), responder=responder, certs=(responder,), revoked_at=BEFORE
    )
    assert state(case.report()) == state_wanted


UNBELIEVED_LISTS: dict[str, dict[str, Any]] = {
    "stale": {"given": AT - timedelta(days=9), "until": AT - timedelta(days=2)},
    "badly signed": {"key": rsa_key(7)},
    "of another issuer": {"issuer": x509.Name([])},
    "a delta": {"extensions": (x509.DeltaCRLIndicator(1),)},
    "for authorities only": {
        "extensions": (x509.IssuingDistributionPoint(None, None, False, True, None, False, False),)
    },
}


@pytest.mark.parametrize("name", UNBELIEVED_LISTS)
def test_a_list_that_is_not_believed_leaves_the_state_unknown(pki: Pki, answers: Issuer, name: str) -> None:
    case = Case(pki, answers, by="crl")
    answers.answer = lambda _: revocation_list(pki, {}, **UNBELIEVED_LISTS[name])
    assert codes(case.report()) == ["revocation-unknown"]


@pytest.mark.parametrize("content", [b"", b"0", b"<html>", b"\x30\x80" * 500])
@pytest.mark.parametrize("by", ["ocsp", "crl"])
def test_rubbish_is_no_answer(pki: Pki, answers: Issuer, by: str, content: bytes) -> None:
    answers.answer = lambda _: content
    assert codes(Case(pki, answers, by=by).report()) == ["revocation-unknown"]


def test_no_answer_is_a_warning_where_the_list_says_so(pki: Pki, answers: Issuer) -> None:
    report = Case(pki, answers, by="ocsp", listed=False, unknown="warn").report()
    assert report.valid
    assert "revocation-unknown" in [one.code for one in report.warnings]
    assert state(report) == "unknown"


@pytest.mark.parametrize("by", ["ocsp", "crl"])
def test_an_address_that_is_not_listed_is_never_contacted(pki: Pki, answers: Issuer, by: str) -> None:
    assert codes(Case(pki, answers, by=by, listed=False).report()) == ["revocation-unknown"]
    assert answers.asked == []


def test_a_strangers_certificate_makes_nobody_ask(pki: Pki, answers: Issuer) -> None:
    case = Case(Pki("CA lạ"), answers, by="ocsp")
    pki.put_on_the_list(slug="test", addresses=[case.address])
    assert codes(case.report()) == ["unknown-authority"]
    assert answers.asked == []


def test_a_redirect_is_not_followed(pki: Pki, answers: Issuer) -> None:
    case = Case(pki, answers, by="crl")
    with issuer() as elsewhere:
        answers.status, answers.headers = 302, {"Location": elsewhere.address}
        assert codes(case.report()) == ["revocation-unknown"]
        assert elsewhere.asked == []


def test_a_silent_issuer_is_left_alone_for_a_minute(pki: Pki, answers: Issuer) -> None:
    case = Case(pki, answers, by="ocsp")
    answers.status = 500
    for _ in range(3):
        case.report()
    assert len(answers.asked) == 1
    case.report(at=AT + timedelta(minutes=2))
    assert len(answers.asked) == 2


@pytest.mark.parametrize("address", [
    "http://127.0.0.1:1/", "file:///etc/hostname", "http://listed.example/../x", "http://listed.example@127.0.0.1/",
])  # fmt: skip
def test_the_one_way_out_asks_exactly_what_is_listed(address: str) -> None:
    with pytest.raises(NoAnswer):
        fetcher(frozenset({"http://listed.example/"}))(address, b"")


def test_only_plain_http_is_spoken() -> None:
    with pytest.raises(NoAnswer, match="not an http address"):
        fetcher(frozenset({"file:///etc/hostname"}))("file:///etc/hostname", b"")
