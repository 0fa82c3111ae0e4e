"""The demonstration authority: made once, by whoever starts first, readable by the portal alone."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from cryptography.x509.oid import NameOID

from ansinh.signing import keystore
from ansinh.signing.authority import PORTAL, ensure_authority, ensure_signer, signer
from ansinh.signing.check import check_pdf
from tests.signing.papers import AT, LEADER, NAME, ORGANISATION, prepare_keys, signed


def name_on(pdf: bytes) -> str:
    signer = check_pdf(pdf, at=AT).signer
    return signer.common_name if signer else ""


def test_keys_are_for_the_portals_user_alone(keys: Path) -> None:
    assert keys.stat().st_mode & 0o077 == 0
    files = [path for path in keys.iterdir() if path.suffix == ".pem"]
    assert {"root.key.pem", "issuing.key.pem", f"{PORTAL}.key.pem", f"{LEADER}.key.pem"} <= {f.name for f in files}
    assert all(path.stat().st_mode & 0o177 == 0 for path in files)


def test_a_certificate_names_person_organisation_and_an_invented_number(keys: Path) -> None:
    subject = keystore.load_certificate(LEADER).subject
    assert subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value == NAME
    assert subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)[0].value == ORGANISATION
    assert str(subject.get_attributes_for_oid(NameOID.USER_ID)[0].value).startswith("CCCD:999")


def test_a_second_start_makes_nothing_new(keys: Path) -> None:
    before = {path.name: path.read_bytes() for path in keys.iterdir() if path.is_file()}
    prepare_keys(at=AT + timedelta(days=1))
    assert {path.name: path.read_bytes() for path in keys.iterdir() if path.is_file()} == before


def test_web_server_and_worker_starting_together_make_one_authority(fresh_keys: Path) -> None:
    program = (
        "import sys, datetime, django; from django.conf import settings\n"
        "settings.configure(SIGNING_DIR=sys.argv[1])\n"
        "from ansinh.signing.authority import ensure_authority\n"
        "ensure_authority(at=datetime.datetime(2026, 11, 26, tzinfo=datetime.UTC))"
    )
    started = [subprocess.Popen([sys.executable, "-c", program, str(fresh_keys)]) for _ in range(3)]
    assert [process.wait(timeout=60) for process in started] == [0, 0, 0]
    root, issuing = keystore.load_certificate("root"), keystore.load_certificate("issuing")
    issuing.verify_directly_issued_by(root)
    keystore.load_certificate(PORTAL).verify_directly_issued_by(issuing)
    assert len(list(fresh_keys.glob("*.key.pem"))) == 3


def test_a_new_name_gives_a_new_certificate_and_old_papers_stay_valid(fresh_keys: Path) -> None:
    prepare_keys()
    old_paper, old_key = signed(), keystore.load_rsa_key(LEADER).private_numbers()
    ensure_signer(key_name=LEADER, full_name="Nguyễn Thị Ẩn", organisation=ORGANISATION, at=AT)
    assert keystore.load_rsa_key(LEADER).private_numbers() == old_key
    assert name_on(old_paper) == NAME
    assert name_on(signed()) == "Nguyễn Thị Ẩn"
    assert check_pdf(old_paper, at=AT).valid


def test_a_certificate_that_ran_out_is_renewed(fresh_keys: Path) -> None:
    ensure_authority(at=AT)
    first = keystore.load_certificate(PORTAL).serial_number
    ensure_authority(at=AT + timedelta(days=365 * 4))
    assert keystore.load_certificate(PORTAL).serial_number != first


def test_a_parsed_key_is_kept() -> None:
    assert signer(LEADER) is signer(LEADER)
