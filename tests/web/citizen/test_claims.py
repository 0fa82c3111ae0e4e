"""The page of treatment costs: faults of a file by record, table, row and column, and the same for the assessor."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ansinh.dossiers.models import ClaimFile
from ansinh.registry.models import InsuredPerson
from tests.dossiers.claim_samples import CARD, envelope, record
from tests.dossiers.test_claims import SETTLEMENT
from tests.web.citizen.sick_lists import text_of as text
from tests.web.citizen.test_joint_paper import working
from tests.world import SI_NUMBER, World
from tests.world_facilities import Clinic, a_clinic

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic(world: World) -> Clinic:
    """A clinic with a contract, and Lan with a card."""
    InsuredPerson.objects.filter(pk=SI_NUMBER).update(
        card_number=CARD, card_level_percent=80, card_valid_from=date(2026, 1, 1), card_valid_to=date(2026, 12, 31)
    )
    return a_clinic(world, SETTLEMENT)


def test_faults_are_shown_by_place_before_anything_is_filed(clinic: Clinic) -> None:
    clerk = working(clinic, "clerk")
    wrong = envelope(record("HS-7", row={"MA_BAC_SI": "", "SO_LUONG": "2"}))
    sent = SimpleUploadedFile("q3.xml", wrong, content_type="text/xml")
    assert clerk.post("/du-lieu-chi-phi", {"tep": sent}).status_code == 302
    file = ClaimFile.objects.get()
    assert "3 lỗi phải sửa" in text(clerk.get("/du-lieu-chi-phi"))
    page = text(clerk.get(f"/du-lieu-chi-phi?loi={file.pk}"))
    assert "1 (HS-7) XML3, dòng 1 MA_BAC_SI Cột MA_BAC_SI bắt buộc nhưng đang trống. F01, phải sửa" in page
    assert "THANH_TIEN_BV là 1.000.000,5, phải là 2.000.001" in page
    clerk.cookies["ngon_ngu"] = "en"
    assert "XML3, row 1 MA_BAC_SI The column MA_BAC_SI is required" in text(
        clerk.get(f"/du-lieu-chi-phi?loi={file.pk}")
    )


def test_a_file_of_another_facility_shows_nothing(clinic: Clinic) -> None:
    clerk = working(clinic, "clerk")
    for wanted in ("01a21bfc-3de9-7379-b669-f9babe9391a6", "abc"):
        assert "Lỗi trong tệp" not in text(clerk.get(f"/du-lieu-chi-phi?loi={wanted}&trang=x"))
