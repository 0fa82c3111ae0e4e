"""A result as a signed XML file: of our schema, by the leader's key, believed by xmlsec1 and by our check."""

import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from lxml import etree

from ansinh.casework.pins import Pin
from ansinh.casework.propose import RefusalReason, control, propose_refusal
from ansinh.casework.results import SCHEMA, SIGNATURE_PATH
from ansinh.casework.sign import sign
from ansinh.casework.sign_many import sign_many
from ansinh.dossiers.models import RESULT_XML, Dossier
from ansinh.platform.storage import open_file
from ansinh.signing.check_file import check_file
from ansinh.signing.xml.check import check_xml
from tests.casework.moves import MONDAY, a_dossier_in_appraisal, a_dossier_to_sign
from tests.world import World

pytestmark = pytest.mark.django_db


def xml_of(dossier: Dossier) -> bytes:
    with open_file(dossier.documents.get(kind=RESULT_XML).sha256) as file:
        return file.read()


def test_a_result_is_also_a_file_for_programs(world: World) -> None:
    dossier = a_dossier_to_sign(world)
    letter = sign(dossier.pk, actor=world["leader"], at=MONDAY)
    assert letter is not None and (letter.kind, letter.media_type) == ("decision", "application/pdf")
    content = xml_of(dossier)
    etree.XMLSchema(etree.parse(SCHEMA)).assertValid(etree.fromstring(content))
    checked = check_xml(content, at=MONDAY, path=SIGNATURE_PATH)
    assert checked.report.findings == ()
    assert checked.report.signer is not None and checked.signed is not None
    assert checked.report.signer.common_name == world["leader"].name
    assert checked.report.signed_at == MONDAY
    facts = checked.signed.find("XACNHAN_GDICH/TTGDICH")
    assert facts is not None
    decision = dossier.decisions.get()
    assert [facts.findtext(name) for name in ("SO_HSO", "MA_GDICH", "MA_KQUA")] == [
        dossier.number, decision.number, "1",
    ]  # fmt: skip
    assert facts.findtext("SO_TIEN") == (None if decision.amount is None else str(decision.amount))


def test_a_refusal_lists_its_reasons_for_programs(world: World) -> None:
    dossier = a_dossier_in_appraisal(world)
    reason = RefusalReason("condition-not-met", "Mới đóng 4 tháng,\nluật cần < 6 & hơn.", Pin("field", "born_on"))
    propose_refusal(dossier.pk, actor=world["specialist"], reasons=[reason], note="", at=MONDAY)
    control(dossier.pk, actor=world["head"], note="", at=MONDAY)
    letter = sign(dossier.pk, actor=world["leader"], at=MONDAY)
    assert letter is not None and letter.kind == "refusal"
    content = xml_of(dossier)
    etree.XMLSchema(etree.parse(SCHEMA)).assertValid(etree.fromstring(content))
    checked = check_xml(content, at=MONDAY, path=SIGNATURE_PATH)
    assert checked.report.findings == () and checked.signed is not None
    facts = checked.signed.find("XACNHAN_GDICH/TTGDICH")
    assert facts is not None
    assert [facts.findtext(name) for name in ("MA_KQUA", "KQUA", "SO_TIEN")] == ["0", "Không được giải quyết", None]
    (told,) = facts.findall("CTIET_LOI/LOI")
    assert told.findtext("MA_LOI") == "condition-not-met"
    name = dossier.decisions.get().reasons[0]["name_vi"]
    assert told.findtext("MOTA_LOI") == f"{name}. Mới đóng 4 tháng, luật cần < 6 & hơn."
    wrong = content.replace(b"condition-not-met", b"condition-is-met", 1)
    assert [one.code for one in check_file(wrong, at=MONDAY).findings] == ["digest-broken"]


def test_xmlsec1_believes_the_file(world: World, tmp_path: Path) -> None:
    if shutil.which("xmlsec1") is None:
        pytest.skip("xmlsec1 is missing: apt install xmlsec1")
    dossier = a_dossier_to_sign(world)
    sign(dossier.pk, actor=world["leader"], at=MONDAY)
    (tmp_path / "result.xml").write_bytes(xml_of(dossier))
    done = subprocess.run(
        ["xmlsec1", "--verify", "--enabled-key-data", "x509", "--verification-time", f"{MONDAY:%Y-%m-%d %H:%M:%S}",
         "--trusted-pem", Path(settings.SIGNING_DIR) / "root.cert.pem",
         "--untrusted-pem", Path(settings.SIGNING_DIR) / "issuing.cert.pem", tmp_path / "result.xml"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.stdout + done.stderr).startswith("OK"), done.stderr


def test_a_changed_amount_is_found(world: World) -> None:
    dossier = a_dossier_to_sign(world)
    sign(dossier.pk, actor=world["leader"], at=MONDAY)
    content = xml_of(dossier)
    changed = content.replace(b"<MA_KQUA>1<", b"<MA_KQUA>0<")
    assert changed != content
    assert [one.code for one in check_file(changed, at=MONDAY).findings] == ["digest-broken"]


def test_signing_many_gives_each_its_file(world: World) -> None:
    dossier = a_dossier_to_sign(world)
    (done,) = sign_many([dossier.pk], actor=world["leader"], at=MONDAY)
    assert done.outcome == "signed"
    assert sorted(dossier.documents.values_list("kind", flat=True))[-2:] == ["decision", "result_xml"]
