"""The trust list: dated, explicit, and what a certificate must be to be believed."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID

from ansinh.signing.certificates import YEAR, Subject, authority_certificate
from ansinh.signing.trust import folder
from ansinh.signing.xml.check import check_xml
from tests.signing.crafted import MORE, Habits, crafted
from tests.signing.forms import filing
from tests.signing.papers import AT
from tests.signing.pki import Holder, Pki, parsed, rsa_key


def codes(content: bytes, **given: Any) -> list[str]:
    return [one.code for one in check_xml(content, at=given.get("at", AT)).report.findings]


def test_an_authority_is_believed_from_its_first_to_its_last_day(pki: Pki) -> None:
    content = filing(pki.holder())
    for first, last, expected in ((0, 0, []), (-9, -1, ["unknown-authority"]), (1, 9, ["unknown-authority"])):
        days = {"first_day": AT.date() + timedelta(days=first), "last_day": AT.date() + timedelta(days=last)}
        pki.put_on_the_list(first_day=days["first_day"], last_day=days["last_day"])
        assert codes(content) == expected, days


def test_without_an_entry_nobody_is_believed(pki: Pki) -> None:
    (folder.folder() / "test.yaml").unlink()
    assert folder.trust_list().authorities == ()
    assert codes(filing(pki.holder())) == ["unknown-authority"]


def test_an_intermediate_of_the_list_completes_a_file_that_brings_none(pki: Pki) -> None:
    content = filing(pki.holder())
    assert codes(content) == []
    pki.put_on_the_list(intermediates=[])
    assert codes(content) == ["unknown-authority"]


@pytest.mark.parametrize("wrong", ["name: x", "[]", "{", "name: [", "unknown: perhaps"])
def test_a_wrong_entry_names_its_file(pki: Pki, wrong: str) -> None:
    (folder.folder() / "broken.yaml").write_text(wrong, encoding="utf-8")
    with pytest.raises(ValueError, match=r"broken\.yaml"):
        folder.trust_list()


@pytest.mark.parametrize(("wanted", "expected"), [
    ({"uses": (ExtendedKeyUsageOID.SERVER_AUTH,)}, ["wrong-use"]),
    ({"uses": (ExtendedKeyUsageOID.TIME_STAMPING,)}, ["wrong-use"]),
    ({"uses": (ExtendedKeyUsageOID.OCSP_SIGNING,)}, ["wrong-use"]),
    ({"signs": False}, ["wrong-use"]),
    ({"uses": ()}, []),
    ({"uses": (ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.EMAIL_PROTECTION)}, []),
    ({"last": AT - timedelta(seconds=1)}, ["expired"]),
    ({"last": AT}, []),
    ({"first": AT + timedelta(seconds=1)}, ["not-yet-valid"]),
    ({"first": AT}, []),
])  # fmt: skip
def test_what_a_certificate_must_be(pki: Pki, wanted: dict[str, Any], expected: list[str]) -> None:
    assert codes(filing(pki.holder(**wanted))) == expected


def test_a_certificate_that_ran_out_since_proves_nothing_without_a_time_stamp(pki: Pki) -> None:
    content = filing(pki.holder())
    assert codes(content, at=AT + 2 * YEAR) == ["expired"]
    assert codes(content, at=AT + timedelta(days=1)) == []


def test_a_signature_from_the_future_is_refused(pki: Pki) -> None:
    content = filing(pki.holder())
    assert codes(content, at=AT - timedelta(hours=1)) == ["signed-in-future"]
    assert codes(content, at=AT - timedelta(minutes=5)) == []


def test_short_keys_and_small_curves_are_weak(pki: Pki) -> None:
    assert codes(filing(pki.holder(key=rsa_key(0, 1024)))) == ["weak-algorithm"]
    small = ec.generate_private_key(ec.SECP192R1())
    assert codes(crafted(pki.holder(key=small), Habits(method=f"{MORE}ecdsa-sha256"))) == ["weak-algorithm"]


def test_a_signer_may_not_issue_certificates_to_others(pki: Pki) -> None:
    """A company's own certificate in the place of an authority."""
    company = pki.holder(key=rsa_key(3))
    child = Pki("giả")
    child.issuing_key = rsa_key(3)
    child.issuing = authority_certificate(
        Subject("giả", "giả"), key=rsa_key(3), issuer=None, issuer_key=rsa_key(3), not_before=AT - YEAR, years=5
    )
    forged = child.holder()
    content = filing(Holder(forged.certificate, (company.certificate, parsed(child.issuing)), forged.key))
    assert codes(content) == ["unknown-authority"]


def test_the_root_itself_signs_no_filings(pki: Pki) -> None:
    found = codes(filing(Holder(parsed(pki.root), (), pki.root_key)))
    assert "wrong-use" in found


def test_a_chain_is_found_where_a_loop_of_events_is_running_already(pki: Pki) -> None:
    content = filing(pki.holder())

    async def inside() -> list[str]:
        return codes(content)

    assert asyncio.run(inside()) == []
