"""Signatures of a rightful key that still may not be believed: made with it, over less or by other means."""

import pytest

from ansinh.signing.xml.check import check_xml
from tests.signing.crafted import C14N, ENVELOPED, MORE, Habits, canonical, crafted
from tests.signing.forms import filing
from tests.signing.papers import AT
from tests.signing.pki import Pki

DSIG = "http://www.w3.org/2000/09/xmldsig#"
PART = b'<Hoso><Phan Id="p"><MaSoThue>0301234567</MaSoThue></Phan><CKy_Dvi>@</CKy_Dvi></Hoso>'


def codes(content: bytes) -> list[str]:
    checked = check_xml(content, at=AT)
    assert checked.signed is None
    return [one.code for one in checked.report.findings]


def transform(name: str, inside: str = "") -> tuple[str, ...]:
    return (f'<Transform Algorithm="{ENVELOPED}"/>', f'<Transform Algorithm="{name}">{inside}</Transform>')


def test_a_signature_over_one_part_is_not_over_the_whole(pki: Pki) -> None:
    part = canonical(b'<Phan Id="p"><MaSoThue>0301234567</MaSoThue></Phan>')
    content = crafted(pki.holder(), Habits(uri="#p", transforms=(), document=PART), digested=part)
    assert codes(content) == ["not-whole-document"]


@pytest.mark.parametrize("uri", ["#xpointer(/)", "http://127.0.0.1:9/x", "file:///etc/hostname", "x.xml", "#absent"])
def test_a_reference_elsewhere_is_not_followed(pki: Pki, uri: str) -> None:
    assert codes(crafted(pki.holder(), Habits(uri=uri))) == ["not-whole-document"]


@pytest.mark.parametrize(
    "transforms",
    [
        transform("http://www.w3.org/TR/1999/REC-xpath-19991116", "<XPath>self::x</XPath>"),
        transform("http://www.w3.org/TR/1999/REC-xslt-19991116"),
        transform(f"{DSIG}base64"),
        transform(f"{C14N}#WithComments"),
        (*transform(C14N), f'<Transform Algorithm="{C14N}"/>'),
        (f'<Transform Algorithm="{C14N}"/>', f'<Transform Algorithm="{ENVELOPED}"/>'),
    ],
)
def test_other_transformations_are_refused(pki: Pki, transforms: tuple[str, ...]) -> None:
    assert codes(crafted(pki.holder(), Habits(transforms=transforms))) == ["forbidden-transform"]


@pytest.mark.parametrize(
    "habits",
    [
        Habits(method=f"{DSIG}hmac-sha1"),
        Habits(method=f"{MORE}hmac-sha256"),
        Habits(method=f"{DSIG}rsa-sha1"),
        Habits(digest_method=f"{DSIG}sha1"),
    ],
)
def test_weak_and_shared_secret_algorithms_are_refused(pki: Pki, habits: Habits) -> None:
    assert codes(crafted(pki.holder(), habits)) == ["weak-algorithm"]


def test_a_signature_without_the_enveloped_transform_signs_nothing_sure(pki: Pki) -> None:
    assert codes(crafted(pki.holder(), Habits(transforms=()))) == ["not-whole-document"]


def test_two_references_to_the_whole_are_one_too_many(pki: Pki) -> None:
    again = (
        f'<Reference URI=""><Transforms><Transform Algorithm="{ENVELOPED}"/></Transforms>'
        f'<DigestMethod Algorithm="{Habits.digest_method}"/><DigestValue>AAAA</DigestValue></Reference>'
    )
    assert codes(crafted(pki.holder(), Habits(more_references=again))) == ["not-whole-document"]


def test_a_further_reference_may_only_name_the_signatures_own_object(pki: Pki) -> None:
    other = (
        f'<Reference URI="#p"><DigestMethod Algorithm="{Habits.digest_method}"/>'
        "<DigestValue>AAAA</DigestValue></Reference>"
    )
    content = crafted(pki.holder(), Habits(more_references=other, document=PART))
    assert codes(content) == ["not-whole-document"]


def test_a_key_beside_the_certificate_may_not_be_another(pki: Pki) -> None:
    content = filing(pki.holder())
    start = content.index(b"<Modulus>") + 9
    assert codes(content[:start] + (b"B" if content[start : start + 1] != b"B" else b"C") + content[start + 1 :]) == [
        "signature-broken"
    ]


def test_a_text_is_whole_even_where_its_signer_split_it(pki: Pki) -> None:
    """Character data in pieces (CDATA) is one text in what is given to read."""
    document = b"<Hoso><MaSoThue>0301<![CDATA[2345]]>67</MaSoThue><CKy_Dvi>@</CKy_Dvi></Hoso>"
    signed = check_xml(crafted(pki.holder(), Habits(document=document)), at=AT).signed
    assert signed is not None
    assert signed.findtext("MaSoThue") == "0301234567"
