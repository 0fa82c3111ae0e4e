"""What the applicant signed, in the evidence bundle: bound to the confirmation, checked by a plain Python."""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from lxml import etree
from pytest_django import Settings

from ansinh.casework.evidence.bundle import evidence_bundle
from ansinh.casework.evidence.reader import Reader
from ansinh.dossiers.models import Dossier
from ansinh.dossiers.sign import offer_document, submit_signed
from ansinh.signing import authority, keystore, seal
from ansinh.signing.models import Format, Way
from ansinh.signing.offers.make import offered_bytes
from ansinh.signing.trust.export import trusted_pem
from tests.signing.applicants import signed_pdf, signed_xml
from tests.signing.pki import Holder, Pki, rsa_key
from tests.verifier.conftest import Verify
from tests.verifier.plain import loaded
from tests.world import ID_NUMBER, World, a_draft, a_moment, a_world

pytestmark = pytest.mark.django_db
AT = a_moment(date(2026, 11, 26), hour=14)
FORMATS = (Format.PDF, Format.XML)


@pytest.fixture
def world(settings: Settings, tmp_path: Path) -> World:
    """People, offices, the agency's authority, a storage of this test's own."""
    settings.FILES_DIR = tmp_path / "files"
    authority.ensure_authority(at=AT - timedelta(days=30))
    return a_world()


@pytest.fixture
def pki(own_keys: None) -> Pki:
    """A licensed authority, on the trust list."""
    made = Pki()
    made.put_on_the_list()
    return made


@pytest.fixture
def trust(world: World, pki: Pki, tmp_path: Path) -> Path:
    """What the portal publishes as believed."""
    file = tmp_path / "trust.pem"
    file.write_bytes(trusted_pem(at=AT))
    return file


def mai_lan(pki: Pki, key: int = 0) -> Holder:
    return pki.holder(rsa_key(key), uid=f"CCCD:{ID_NUMBER}", name="Trần Thị Mai Lan")


def signed(content: bytes, holder: Holder, document_format: Format) -> bytes:
    return (signed_pdf if document_format == Format.PDF else signed_xml)(content, holder, at=AT)


def bundle_of(world: World, pki: Pki, document_format: Format) -> tuple[dict[str, bytes], str, bytes]:
    """The files of the bundle, the name of the signed document in it, and what was offered."""
    offer = offer_document(a_draft(world).pk, actor=world.citizen, document_format=document_format, at=AT)
    filed = submit_signed(
        draft_id=offer.subject, actor=world.citizen, offer_id=offer.pk,
        signed=signed(offered_bytes(offer), mai_lan(pki), document_format), way=Way.TOKEN, device="Firefox",
        idempotency_key="one", channel="portal", at=AT + timedelta(minutes=5),
    )  # fmt: skip
    dossier = Dossier.objects.get(pk=filed.dossier_id)
    files = loaded().files_of(b"".join(evidence_bundle(dossier, reader=Reader.APPLICANT, at=AT)))
    return files, f"evidence/{dossier.evidence_id}.signed.{document_format}", offered_bytes(offer)


def packed(files: dict[str, bytes], path: Path) -> Path:
    """The bundle sealed anew, as somebody with the portal's seal key could."""
    inside = {name: content for name, content in files.items() if not name.startswith("manifest.")}
    listed = {name: hashlib.sha256(content).hexdigest() for name, content in inside.items()}
    manifest = json.dumps({"kind": "ansinh-bundle-1", "files": listed}).encode()
    signature = seal.seal_bytes(b"ansinh-bundle-1\0" + manifest).hex().encode()
    everything = {**inside, "manifest.json": manifest, "manifest.sig": signature}
    path.write_bytes(b"".join(loaded().archive(everything.items())))
    return path


@pytest.mark.requirement("R-108")
@pytest.mark.parametrize("document_format", FORMATS)
def test_the_applicants_document_is_in_the_bundle_and_proves_itself(
    document_format: Format, world: World, pki: Pki, trust: Path, verifies: Verify, tmp_path: Path
) -> None:
    files, name, _ = bundle_of(world, pki, document_format)
    told = verifies("bundle", packed(files, tmp_path / "b.zip"), "--trust", trust)
    assert told.status == 0, told.words
    assert f"{name}: chữ ký đúng / signature right" in told.words
    assert "Trần Thị Mai Lan" in told.words


@pytest.mark.parametrize("document_format", FORMATS)
def test_another_document_of_the_same_person_is_not_the_confirmed_one(
    document_format: Format, world: World, pki: Pki, trust: Path, verifies: Verify, tmp_path: Path
) -> None:
    files, name, offered = bundle_of(world, pki, document_format)
    again = signed(offered, mai_lan(pki, key=2), document_format)
    for wrong in (files | {name: again}, {key: one for key, one in files.items() if key != name}):
        told = verifies("bundle", packed(wrong, tmp_path / "b.zip"), "--trust", trust)
        assert told.status == 1
        assert "không phải văn bản đã xác nhận" in told.words, told.words


@pytest.mark.parametrize("document_format", FORMATS)
def test_a_signature_of_an_unknown_authority_is_not_believed(
    document_format: Format, world: World, pki: Pki, trust: Path, verifies: Verify, tmp_path: Path
) -> None:
    files, _, _ = bundle_of(world, pki, document_format)
    only_ours = tmp_path / "ours.pem"
    names = [authority.ROOT, authority.ISSUING]
    only_ours.write_bytes(b"".join(keystore.certificate_path(one).read_bytes() for one in names))
    told = verifies("bundle", packed(files, tmp_path / "b.zip"), "--trust", only_ours)
    assert told.status == 1
    assert "không có trong danh sách tin cậy" in told.words, told.words


@pytest.mark.parametrize("curve", [ec.SECP256R1(), ec.SECP384R1()])
@pytest.mark.parametrize("document_format", FORMATS)
def test_documents_signed_on_elliptic_curves_are_right_by_themselves(
    document_format: Format, curve: ec.EllipticCurve, world: World, pki: Pki, trust: Path, verifies: Verify,
    tmp_path: Path,
) -> None:  # fmt: skip
    offer = offer_document(a_draft(world).pk, actor=world.citizen, document_format=document_format, at=AT)
    holder = pki.holder(ec.generate_private_key(curve), uid=f"CCCD:{ID_NUMBER}", name="Trần Thị Mai Lan")
    content = signed(offered_bytes(offer), holder, document_format)
    paper = tmp_path / "to-khai"
    paper.write_bytes(content)
    told = verifies("paper", paper, "--trust", trust)
    assert told.status == 0, told.words
    place = content.index(b"2026-05-04") if document_format == Format.XML else 4000
    paper.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
    assert verifies("paper", paper, "--trust", trust).status == 1


def test_a_changed_signed_xml_is_refused_by_itself(
    world: World, pki: Pki, trust: Path, verifies: Verify, tmp_path: Path
) -> None:
    files, name, _ = bundle_of(world, pki, Format.XML)
    right = files[name].decode()
    paper = tmp_path / "to-khai.xml"
    wrongs: dict[str, str] = {
        "bị thay đổi": right.replace("Trần Thị Mai Lan", "Trần Thị Mai Lam", 1),
        "chữ ký không đúng": right.replace("<SignatureValue>", "<SignatureValue>AAAA", 1),
        "không theo hồ sơ": right.replace("<NoiDung>", "<NoiDung><!-- x -->", 1),
        "cần đúng một chữ ký": right.replace("<NoiDung>", f'<NoiDung><Signature xmlns="{DS}"/>', 1),
        "không phủ toàn bộ": right.replace('URI=""', 'URI="#x"', 1),
        "thuật toán ký yếu": right.replace("xmldsig-more#rsa-sha256", "xmldsig-more#rsa-md5", 1),
        "hỏng": right[:-3],
    }
    paper.write_text(right)
    assert verifies("paper", paper, "--trust", trust).status == 0
    for words, wrong in wrongs.items():
        assert wrong != right, words
        paper.write_text(wrong)
        told = verifies("paper", paper, "--trust", trust)
        assert told.status == 1, (words, told.words)
        assert words in told.words, (words, told.words)


DS = "http://www.w3.org/2000/09/xmldsig#"
WRITTEN = (
    '<a b="2" a="1&#10;&quot;&lt;\t">x &amp; &gt; &#13; y<![CDATA[<z>]]></a>',
    '<p:a xmlns:p="urn:p" xmlns="urn:d" xmlns:unused="urn:u"><b xmlns="" c="1"><p:c p:z="1" y="2"/></b><d/></p:a>',
    '<a xmlns:z="urn:a" xmlns:y="urn:b" z:k="1" y:k="2" k="3"><b xmlns:z="urn:c"><z:c xmlns:z="urn:a"/></b></a>',
    '<a xml:lang="vi"><b/>\r\n<c></c></a>',
)


@pytest.mark.parametrize("exclusive", [False, True])
@pytest.mark.parametrize("written", WRITTEN)
def test_the_canonical_form_is_that_of_libxml2(written: str, exclusive: bool) -> None:
    verifier: Any = loaded()
    ours = b"".join(verifier.canonical(verifier.read_xml(written.encode()), exclusive=exclusive))
    theirs = etree.tostring(etree.fromstring(written), method="c14n", exclusive=exclusive, with_comments=False)
    assert ours == theirs
