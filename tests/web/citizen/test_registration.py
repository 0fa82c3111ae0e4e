"""From nobody to somebody: register in a browser, be approved at a counter, sign in; and a forgotten password."""

import pytest
from django.test import Client

from ansinh.casework import registration
from ansinh.dossiers.models import Dossier
from ansinh.people.actors import Citizen
from ansinh.people.models import Account, AccountState
from tests.web.citizen.codes import last_code
from tests.web.citizen.conftest import MONDAY
from tests.world import ID_NUMBER, LOCAL_OFFICE, PASSWORD, World, a_paper, delegate

WORDS = "mưa rào tháng bảy"
PERSON = {
    "full_name": "Đặng Minh Khôi",
    "date_of_birth.day": "3",
    "date_of_birth.month": "2",
    "date_of_birth.year": "1988",
    "gender": "male",
    "id_number": "090088000027",
    "si_number": "9000000026",
    "phone": "0905000300",
    "contact_address.province": "90",
    "contact_address.commune": "90101",
    "contact_address.detail": "5 đường Bờ Sông",
    "receiving_office": LOCAL_OFFICE,
}


def register(client: Client, password: str = WORDS) -> str:
    """Fill and confirm; answers the beginning of the draft's addresses."""
    base = client.post("/dang-ky").headers["Location"].removesuffix("/person")
    person = client.post(f"{base}/person", PERSON)
    assert person.headers.get("Location") == f"{base}/giay-to", person.content.decode()
    assert "Đã đủ" in client.get(f"{base}/kiem-tra").content.decode()
    client.post(f"{base}/nop", {"channel": "sms"})
    done = client.post(f"{base}/nop/ma", {"code": last_code(), "password": password})
    assert done.headers.get("Location") == f"{base}/xong", done.content.decode()
    return base


@pytest.mark.requirement("R-067")
def test_registering_without_photos_gives_a_number_and_what_to_bring(stranger: Client, world: World) -> None:
    base = register(stranger)
    text = stranger.get(f"{base}/xong").content.decode()
    dossier = Dossier.objects.get()
    assert dossier.number in text and "BHXH cơ sở Hàm Rồng" in text and "Không phải in" in text
    assert Client().get(f"{base}/xong").headers["Location"] == "/dang-ky"


def test_the_communes_of_a_province_are_shown_on_asking(stranger: Client, world: World) -> None:
    base = stranger.post("/dang-ky").headers["Location"].removesuffix("/person")
    first = stranger.get(f"{base}/person").content.decode()
    assert "Hiện các xã, phường" in first and "Phường Hàm Rồng" not in first
    shown = stranger.post(f"{base}/person", {"contact_address.province": "90", "_show": "contact_address"})
    assert shown.headers["Location"] == f"{base}/person#contact_address.commune"
    assert "Phường Hàm Rồng" in stranger.get(f"{base}/person").content.decode()


def test_a_weak_password_costs_no_try_of_the_code(stranger: Client, world: World) -> None:
    base = stranger.post("/dang-ky").headers["Location"].removesuffix("/person")
    stranger.post(f"{base}/person", PERSON)
    stranger.post(f"{base}/nop", {"channel": "sms"})
    code = last_code()
    weak = stranger.post(f"{base}/nop/ma", {"code": code, "password": "12345678"})
    assert weak.status_code == 422 and 'href="#password"' in weak.content.decode()
    assert stranger.post(f"{base}/nop/ma", {"code": code, "password": WORDS}).status_code == 302


@pytest.mark.requirement("R-074")
def test_approved_at_the_counter_one_signs_in(stranger: Client, world: World) -> None:
    register(stranger)
    refused = stranger.post("/dang-nhap", {"login": "090088000027", "password": WORDS})
    assert refused.status_code == 422
    dossier, counter = Dossier.objects.get(), world["counter"]
    delegate(counter, by=world["leader"])
    account = Account.objects.get(state=AccountState.PENDING)
    owner = Citizen(account_id=account.pk, person_id=counter.officer_id, name="")
    for kind in registration.missing_papers(dossier):
        paper = a_paper(owner, kind=kind)
        registration.add_paper(dossier.pk, actor=counter, requirement=kind, paper=paper, at=MONDAY)
    registration.verify(
        dossier.pk, actor=counter, office_code=LOCAL_OFFICE, identity_matches=True, declaration_signed=True,
        app_guided=True, at=MONDAY,
    )  # fmt: skip
    registration.approve(dossier.pk, actor=counter, at=MONDAY)
    signed_in = stranger.post("/dang-nhap", {"login": "090 088 000 027", "password": WORDS})
    assert signed_in.headers["Location"] == "/ho-so"
    assert dossier.number in stranger.get("/ho-so").content.decode()


def test_a_forgotten_password_looks_the_same_for_everybody(stranger: Client, world: World) -> None:
    pages = []
    for login in (ID_NUMBER, "090000000000"):
        client = Client()
        assert client.post("/quen-mat-khau", {"login": login, "channel": "sms"}).headers["Location"] == (
            "/quen-mat-khau/ma"
        )
        text = client.get("/quen-mat-khau/ma").content.decode()
        pages.append("\n".join(line for line in text.splitlines() if "csrfmiddlewaretoken" not in line))
    assert pages[0] == pages[1]
    assert "Nếu thông tin này thuộc về một tài khoản" in pages[0]


def test_a_forgotten_password_is_chosen_anew(stranger: Client, browser: Client, world: World) -> None:
    stranger.post("/quen-mat-khau", {"login": ID_NUMBER, "channel": "sms"})
    done = stranger.post("/quen-mat-khau/ma", {"code": last_code(), "password": WORDS})
    assert done.headers["Location"] == "/dang-nhap?doi-xong=1"
    assert browser.get("/ho-so").status_code == 302, "sessions of the old password are over"
    assert stranger.post("/dang-nhap", {"login": ID_NUMBER, "password": PASSWORD}).status_code == 422
    assert stranger.post("/dang-nhap", {"login": ID_NUMBER, "password": WORDS}).status_code == 302
