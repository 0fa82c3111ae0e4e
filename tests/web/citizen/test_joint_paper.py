"""The page where a clinic reads its contract, signs it, or asks for a change; and the lists a contract appears in."""

from __future__ import annotations

import base64
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from ansinh.casework.models import JointPaper
from ansinh.dossiers.models import Dossier
from ansinh.people.models import StaffMember
from ansinh.signing.authority import ensure_authority
from ansinh.signing.models import EvidenceRecord
from ansinh_token import cms
from ansinh_token.algorithms import RSA
from ansinh_token.pdf_paper import read_pdf
from tests.signing.applicants import signed_pdf
from tests.signing.pki import Holder, Pki
from tests.signing.remote_service import remote_signing
from tests.web.citizen.conftest import MONDAY
from tests.web.citizen.test_organisations import signed_in, text
from tests.world import World
from tests.world_facilities import Clinic, a_clinic, controlled, filed
from tests.world_organisations import FACILITY

pytestmark = pytest.mark.django_db
YEARLY = "ky-hop-dong-kcb-hang-nam"
ANSWERS: dict[str, Any] = {
    "valid_from": "2027-01-01",
    "valid_to": "2027-12-31",
    "has_changes": "no",
    "truth_commitment": True,
}


@pytest.fixture
def clinic(world: World) -> Clinic:
    """A clinic whose contract ends this year."""
    return a_clinic(world, YEARLY)


@pytest.fixture
def dossier(clinic: Clinic) -> Dossier:
    """A contract that waits for the clinic's signature."""
    return controlled(clinic, filed(clinic, YEARLY, at=MONDAY, **ANSWERS), at=MONDAY)


def working(clinic: Clinic, who: str) -> Client:
    """A browser of the chief or the clerk, working for the clinic."""
    login = {"chief": "090175000113", "clerk": "090185000114"}[who]
    client = signed_in(login)
    member = StaffMember.objects.get(account_id=getattr(clinic, who).account_id)
    client.post(f"/tai-khoan/lam-thay/{member.pk}/chuyen")
    return client


def der(holder: Holder) -> str:
    """The certificate as the token's page sends it."""
    return base64.b64encode(holder.certificate.dump()).decode()


def cms_of(pdf: bytes, holder: Holder) -> str:
    """What the token program answers for this PDF."""
    attributes = cms.signed_attributes(digest=read_pdf(pdf).digest, certificate=holder.certificate)
    made = cms.signed_data(
        attributes=attributes, signature=holder.sign(attributes.dump()), certificate=holder.certificate, algorithm=RSA
    )
    return base64.b64encode(made).decode()


def test_read_download_sign_and_send_back(clinic: Clinic, dossier: Dossier) -> None:
    chief, address = working(clinic, "chief"), f"/ho-so/{dossier.pk}/ky-van-ban"
    assert address in text(chief.get(f"/ho-so/{dossier.pk}"))
    page = text(chief.get(address))
    assert JointPaper.objects.get().decision.number in page and "Gửi văn bản đã ký" in page
    assert chief.get(f"{address}?xem=1").content.startswith(b"%PDF-")
    paper = chief.post(address, {"_make": "pdf"})
    assert paper.headers["Content-Disposition"].startswith("attachment")
    assert "Chưa chọn tệp nào" in text(chief.post(address, {}))
    signed = io.BytesIO(signed_pdf(paper.content, clinic.certificate, at=MONDAY))
    signed.name = "da-ky.pdf"
    sent = chief.post(address, {"da_ky": signed})
    assert sent.headers["Location"] == f"/ho-so/{dossier.pk}"
    shown = text(chief.get(f"/ho-so/{dossier.pk}"))
    assert address not in shown and "Đang chờ lãnh đạo ký" in shown
    assert chief.get(address).status_code == 302


def test_signed_at_a_remote_service_without_leaving_the_portal(
    clinic: Clinic, dossier: Dossier, settings: Settings, tmp_path: Path
) -> None:
    ensure_authority(at=MONDAY)
    chief, address = working(clinic, "chief"), f"/ho-so/{dossier.pk}/ky-van-ban"
    with remote_signing(
        settings, tmp_path / "remote", number=FACILITY, name="Phòng khám Sao Mai", at=MONDAY
    ) as service:
        assert f"{address}/ky-tu-xa" in text(chief.get(address))
        first = {"dich_vu": "trinh-dien"}
        assert "Dạng tờ khai" not in text(chief.get(f"{address}/ky-tu-xa"))
        assert "Phòng khám Sao Mai" in text(chief.post(f"{address}/ky-tu-xa", first))
        chosen = first | {"chung_thu": f"key-{FACILITY}"}
        assert "Ký và gửi văn bản" in text(chief.post(f"{address}/ky-tu-xa", chosen))
        wrong = chief.post(f"{address}/ky-tu-xa", chosen | {"_sign": "1", "otp": "abc"})
        assert wrong.status_code == 422 and "chưa đúng" in text(wrong)
        signed = chief.post(f"{address}/ky-tu-xa", chosen | {"_sign": "1", "otp": service.code(), "dang": "xml"})
    assert signed.headers["Location"] == f"/ho-so/{dossier.pk}"
    paper = JointPaper.objects.get()
    assert paper.evidence_id is not None
    assert (paper.state, paper.signer, EvidenceRecord.objects.get(pk=paper.evidence_id).way) == (
        "signed",
        "Phòng khám Sao Mai",
        "remote",
    )
    assert "Đang chờ lãnh đạo ký" in text(chief.get(f"/ho-so/{dossier.pk}"))
    assert chief.get(f"{address}/ky-tu-xa").headers["Location"] == f"/ho-so/{dossier.pk}"


def test_signed_with_a_token_on_the_computer(clinic: Clinic, dossier: Dossier, settings: Settings) -> None:
    chief, address = working(clinic, "chief"), f"/ho-so/{dossier.pk}/ky-van-ban/ky-token"
    settings.TOKEN_PORT = 8765
    assert f"{address}/chuan-bi" in text(chief.get(address))

    def asked(page: str, **values: object) -> Any:
        return chief.post(f"{address}/{page}", json.dumps(values), content_type="application/json")

    stranger = asked("chuan-bi", certificate=der(Pki().holder(uid="MST:9999000044", name="Công ty Khác")), format="pdf")
    assert stranger.status_code == 422 and "message" in stranger.json()
    made = asked("chuan-bi", certificate=der(clinic.certificate), format="xml").json()
    assert made["kind"] == "pdf"
    document = base64.b64decode(made["document"])
    done = asked("xong", signature=cms_of(document, clinic.certificate))
    assert done.json() == {"href": f"/ho-so/{dossier.pk}"}
    paper = JointPaper.objects.get()
    assert paper.evidence_id is not None
    assert (paper.state, EvidenceRecord.objects.get(pk=paper.evidence_id).way) == ("signed", "token")
    assert asked("chuan-bi", certificate=der(clinic.certificate)).json() == {"href": f"/ho-so/{dossier.pk}"}


@pytest.mark.parametrize("page", ["ky-tu-xa", "ky-token", "ky-token/chuan-bi", "ky-token/xong"])
def test_whoever_may_not_sign_is_led_back_and_a_stranger_learns_nothing(
    clinic: Clinic, dossier: Dossier, browser: Client, page: str
) -> None:
    address = f"/ho-so/{dossier.pk}/ky-van-ban"
    clerk = working(clinic, "clerk").post(f"{address}/{page}")
    assert (clerk.status_code, clerk.headers["Location"]) == (302, address)
    assert browser.post(f"{address}/{page}").status_code == 404
    assert JointPaper.objects.get().state == "offered"


def test_an_unsigned_file_says_why_and_a_wish_goes_back(clinic: Clinic, dossier: Dossier) -> None:
    chief, address = working(clinic, "chief"), f"/ho-so/{dossier.pk}/ky-van-ban"
    unsigned = io.BytesIO(chief.post(address, {"_make": "pdf"}).content)
    unsigned.name = "chua-ky.pdf"
    refused = chief.post(address, {"da_ky": unsigned})
    assert refused.status_code == 422 and "unsigned" in text(refused)
    empty = chief.post(address, {"_decline": "1", "why": ""})
    assert empty.status_code == 422 and "điều gì cần sửa" in text(empty)
    assert chief.post(address, {"_decline": "1", "why": "Sai số giường"}).status_code == 302
    assert "Sai số giường" in text(chief.get(f"/ho-so/{dossier.pk}"))


def test_a_colleague_reads_and_cannot_sign_a_stranger_learns_nothing(
    clinic: Clinic, dossier: Dossier, browser: Client
) -> None:
    address = f"/ho-so/{dossier.pk}/ky-van-ban"
    page = text(working(clinic, "clerk").get(address))
    assert "Xem văn bản" in page and "Gửi văn bản đã ký" not in page
    assert browser.get(address).status_code == 404


def test_a_facility_sees_its_contract_and_everybody_that_it_has_one(clinic: Clinic, browser: Client) -> None:
    own = text(working(clinic, "chief").get(f"/to-chuc/{clinic.facility.pk}"))
    assert "2026/HĐKCB-BHYT" in own and "Đang có hiệu lực" in own
    public = text(Client().get("/co-so-kcb?tim=sao+mai"))
    for shown in ("Phòng khám Sao Mai", "90C01", "Cấp cơ bản", "Ngoại trú", "BHXH cơ sở Hàm Rồng", "8 đường Bến Đò"):
        assert shown in public, shown
    for hidden in ("2026/HĐKCB-BHYT", "3900205990044", "12/GPHĐ", "Ngô Thị"):
        assert hidden not in public, hidden
    assert "Không có cơ sở nào như vậy" in text(Client().get("/co-so-kcb?tim=hoa+sen"))
