"""Registrations at any counter, in a browser without JavaScript: found, compared, completed, approved."""

from typing import Any

import pytest

from ansinh.casework import registration
from ansinh.dossiers.models import Dossier
from ansinh.people.models import AccountState
from tests.browsers import Client
from tests.files import samples
from tests.web.officer.test_desk import Browser, at, words
from tests.world import OTHER_OFFICE, World, a_registration, delegate

# --- registrations ---


def desk_of(dossier: Dossier, page: str = "") -> str:
    """The address of a registration."""
    return f"/can-bo/dang-ky/{dossier.pk}" + (f"/{page}" if page else "")


def photograph(client: Client, dossier: Dossier, kind: str) -> Any:
    """Upload a picture at the counter."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile(f"{kind}.jpg", samples.jpeg() + kind.encode(), content_type="image/jpeg")
    return client.post(desk_of(dossier, "anh"), {"_upload": kind, kind: file}, follow=True)


@pytest.mark.requirement("R-069")
@pytest.mark.requirement("R-070")
@pytest.mark.requirement("R-180")
@pytest.mark.parametrize(
    "query",
    [
        {"so": "00001/2026/90001"},
        {"ma": "9000000026"},
        {"ten": "dang minh khoi", "sinh.day": "3", "sinh.month": "2", "sinh.year": "1988"},
    ],
)
def test_a_registration_is_found_at_any_counter(world: World, browser: Browser, query: dict[str, str]) -> None:
    dossier = a_registration(world)
    found = browser("other_counter").get("/can-bo/dang-ky", query)
    assert (found.status_code, found.headers.get("Location")) == (302, desk_of(dossier))


def test_a_name_without_birth_date_asks_for_it(browser: Browser) -> None:
    page = browser("counter").get("/can-bo/dang-ky", {"ten": "Khôi"})
    assert page.status_code == 422
    assert "họ tên kèm ngày sinh" in words(page)


def test_only_counters_open_registrations(world: World, browser: Browser) -> None:
    dossier = a_registration(world)
    for page in ("", "phe-duyet"):
        assert browser("specialist").get(desk_of(dossier, page)).status_code == 403
    assert browser("specialist").get("/can-bo/dang-ky").status_code == 403
    for page in ("anh", "doi-chieu", "phe-duyet"):
        assert browser("specialist").post(desk_of(dossier, page), {"office": "90001"}).status_code in (302, 403)
    assert registration.check_of(dossier) is None


@pytest.mark.requirement("R-063")
@pytest.mark.requirement("R-067")
@pytest.mark.requirement("R-073")
@pytest.mark.requirement("R-076")
def test_the_counter_of_another_office_finishes_and_approves(world: World, browser: Browser) -> None:
    delegate(world["other_counter"], by=world["leader"], office=OTHER_OFFICE)
    dossier, client = a_registration(world), browser("other_counter")
    first = words(client.get(desk_of(dossier)))
    assert "Đặng Minh Khôi: còn 3 việc trước khi phê duyệt" in first
    assert "Phê duyệt đăng ký" not in first
    assert client.get(desk_of(dossier, "phe-duyet")).status_code == 302
    assert client.post(desk_of(dossier, "phe-duyet")).status_code == 409
    for kind in ("id_photo", "portrait"):
        assert "Đã thêm" in words(photograph(client, dossier, kind))
    assert client.get(at(dossier, "to-khai.pdf")).content.startswith(b"%PDF")
    ticks = {"office": OTHER_OFFICE, "identity_matches": "1", "declaration_signed": "1", "app_guided": "1"}
    done = client.post(desk_of(dossier, "doi-chieu"), ticks, follow=True)
    assert "đã đủ, phê duyệt được" in words(done)
    assert "Tài khoản được kích hoạt" in words(client.get(desk_of(dossier, "phe-duyet")))
    result = client.post(desk_of(dossier, "phe-duyet"), follow=True)
    assert "dùng được từ bây giờ" in words(result)
    dossier.refresh_from_db()
    assert dossier.account is not None
    assert dossier.account.state == AccountState.ACTIVE
    again = client.post(desk_of(dossier, "phe-duyet"), follow=True)
    assert again.status_code == 200


@pytest.mark.requirement("R-078")
def test_without_delegation_the_reason_stands_in_words(world: World, browser: Browser) -> None:
    dossier = a_registration(world)
    page = words(browser("counter").get(desk_of(dossier)))
    assert "chưa được giám đốc giao phê duyệt" in page


def test_a_file_that_is_no_picture_is_refused_beside_its_field(world: World, browser: Browser) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    dossier = a_registration(world)
    file = SimpleUploadedFile("anh.jpg", b"MZ this is a program", content_type="image/jpeg")
    page = browser("counter").post(desk_of(dossier, "anh"), {"_upload": "portrait", "portrait": file})
    assert page.status_code == 422
    assert 'href="#portrait"' in page.content.decode()


def test_what_was_compared_waits_for_an_approver(world: World, browser: Browser) -> None:
    dossier = a_registration(world)
    client = browser("counter")
    client.post(desk_of(dossier, "doi-chieu"), {"office": "90001", "identity_matches": "1", "declaration_signed": "1"})
    assert "Đã đối chiếu, chờ phê duyệt" in words(client.get("/can-bo/dang-ky"))


def test_a_registration_opened_as_a_dossier_leads_to_its_own_page(world: World, browser: Browser) -> None:
    dossier = a_registration(world)
    assert browser("counter").get(at(dossier)).headers["Location"] == desk_of(dossier)
