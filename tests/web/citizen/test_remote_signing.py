"""Signing at a remote service: its certificate, its one-time code, and its bad days, each with a sentence."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from ansinh.dossiers.models import Dossier, Draft
from ansinh.signing.authority import ensure_authority
from ansinh.signing.models import EvidenceRecord
from ansinh.signing.remote import egress
from tests.signing.remote_service import Running, remote_signing
from tests.web.citizen.conftest import MONDAY
from tests.world import ID_NUMBER, World, a_draft

FIRST = {"dich_vu": "trinh-dien"}
SECOND = FIRST | {"chung_thu": f"key-{ID_NUMBER}"}


@pytest.fixture
def service(world: World, settings: Settings, tmp_path: Path) -> Iterator[Running]:
    """The service knows the applicant."""
    ensure_authority(at=MONDAY)
    with remote_signing(settings, tmp_path / "remote", number=ID_NUMBER, name="Trần Thị Mai Lan", at=MONDAY) as made:
        yield made


def post(browser: Client, draft: Draft, values: dict[str, Any]) -> HttpResponse:
    return browser.post(f"/ho-so/nhap/{draft.pk}/nop/ky-tu-xa", values)  # type: ignore[return-value]


def sign(browser: Client, draft: Draft, otp: str, **more: str) -> HttpResponse:
    return post(browser, draft, SECOND | {"_sign": "1", "otp": otp} | more)


@pytest.mark.requirement("R-054")
@pytest.mark.parametrize("form", ["pdf", "xml"])
def test_certificate_code_signature_receipt(browser: Client, world: World, service: Running, form: str) -> None:
    draft = a_draft(world)
    chosen = {"dang": form}
    assert 'value="remote"' in browser.get(f"/ho-so/nhap/{draft.pk}/kiem-tra").content.decode()
    assert "ở dịch vụ nào" in browser.get(f"/ho-so/nhap/{draft.pk}/nop/ky-tu-xa").content.decode()
    assert "Trần Thị Mai Lan" in post(browser, draft, FIRST | chosen).content.decode()
    told = post(browser, draft, SECOND | chosen).content.decode()
    assert "vừa gửi mã OTP" in told and f'name="dang" value="{form}"' in told
    wrong = sign(browser, draft, "000000" if service.code() != "000000" else "000001", **chosen)
    assert wrong.status_code == 422 and "chưa đúng" in wrong.content.decode()
    done = sign(browser, draft, service.code(), **chosen)
    dossier = Dossier.objects.get()
    assert done.headers["Location"] == f"/ho-so/{dossier.pk}/giay-tiep-nhan"
    evidence = EvidenceRecord.objects.select_related("offer").get()
    assert evidence.offer is not None
    assert (evidence.way, evidence.offer.format) == ("remote", form)
    assert "ký số từ xa" in browser.get(done.headers["Location"]).content.decode()


@pytest.mark.parametrize(
    ("mood", "words"),
    [("busy", "không đúng chuẩn"), ("undelivered", "không đúng chuẩn"), ("refuse", "từ chối ký (mã access_denied)")],
)
def test_a_bad_day_of_the_service_is_a_sentence(
    browser: Client, world: World, service: Running, mood: str, words: str
) -> None:
    draft = a_draft(world)
    post(browser, draft, SECOND)
    service.moods[ID_NUMBER] = mood
    answer = sign(browser, draft, service.code())
    assert answer.status_code in {422, 503} and words in answer.content.decode()
    assert not Dossier.objects.exists()


def test_a_service_that_is_down(browser: Client, world: World, service: Running, settings: Settings) -> None:
    settings.DEMO_REMOTE_SIGNING_URL = "http://127.0.0.1:9"
    answer = post(browser, a_draft(world), FIRST)
    assert "không trả lời. Hồ sơ vẫn còn nguyên" in answer.content.decode()


def test_a_person_the_service_does_not_know(
    browser: Client, world: World, settings: Settings, tmp_path: Path
) -> None:  # fmt: skip
    ensure_authority(at=MONDAY)
    with remote_signing(settings, tmp_path / "remote", number="090080000011", name="Hà Văn Bình", at=MONDAY):
        answer = post(browser, a_draft(world), FIRST)
        assert "không có chứng thư số nào" in answer.content.decode()
        other = post(browser, a_draft(world), FIRST | {"chung_thu": "key-090080000011"})
        assert "không có chứng thư số nào" in other.content.decode()


def test_version_two_names_hashes_and_secrets_its_own_way() -> None:
    asked = {"credentialID": "x", "hash": ["aa"], "numSignatures": 1, "OTP": "1"}
    assert egress.as_spoken("v1", "credentials/authorize", asked) is asked
    assert egress.as_spoken("v2", "credentials/authorize", asked) == {
        "credentialID": "x", "hashes": ["aa"], "numSignatures": 1, "authData": [{"id": "OTP", "value": "1"}],
        "hashAlgorithmOID": "2.16.840.1.101.3.4.2.1",
    }  # fmt: skip
