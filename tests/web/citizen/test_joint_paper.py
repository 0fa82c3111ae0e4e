"""The page where a clinic reads its contract, signs it, or asks for a change; and the lists a contract appears in."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.test import Client

from ansinh.casework.models import JointPaper
from ansinh.dossiers.models import Dossier
from ansinh.people.models import StaffMember
from tests.signing.applicants import signed_pdf
from tests.web.citizen.conftest import MONDAY
from tests.web.citizen.test_organisations import signed_in, text
from tests.world import World
from tests.world_facilities import Clinic, a_clinic, controlled, filed

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
