"""Sign-in by a provider's word, through the pages, as a browser goes."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from django.test import Client
from pytest_django import Settings

from ansinh.dossiers.models import Draft
from ansinh.people.models import Account, LinkedIdentity, SignedInSession
from tests.people.identity.conftest import AT
from tests.people.identity.issuer import CLIENT, Issuer
from tests.web.citizen.conftest import set_clock
from tests.world import ID_NUMBER, PASSWORD, World, later

LAN = {"preferred_username": ID_NUMBER, "name": "Trần Thị Mai Lan", "birthdate": "1990-05-12", "acr": "2"}


@pytest.fixture
def offered(fake: Issuer, settings: Settings, world: World, tmp_path: object) -> Issuer:
    """The issuer as a provider of this installation, called VNeID; Lan was compared with her papers."""
    from pathlib import Path

    place = Path(str(tmp_path)) / "providers"
    place.mkdir()
    facts = {"like": "vneid", "issuer": fake.url, "client_id": CLIENT, "from": "2026-01-01", "to": "2026-12-31"}
    (place / "vneid.yaml").write_text(yaml.safe_dump(facts), encoding="utf-8")
    settings.IDENTITY_PROVIDERS_DIR, settings.DEMO_IDENTITY_URL = place, ""
    Account.objects.filter(pk=world.citizen.account_id).update(identity_checked_at=AT)
    fake.claims = dict(LAN)
    return fake


def goes(client: Client, offered: Issuer, start: str = "/dang-nhap/qua/vneid") -> str:
    """Press the button, sign in there; where the browser ends up."""
    away = client.get(start)
    assert away.status_code == 302, away.content.decode()
    asked = {name: values[0] for name, values in parse_qs(urlsplit(away.headers["Location"]).query).items()}
    assert (asked["code_challenge_method"], asked["response_type"], asked["client_id"]) == ("S256", "code", CLIENT)
    offered.nonce = asked["nonce"]
    back = urlsplit(asked["redirect_uri"]).path
    answer = client.get(back, {"code": "c", "state": asked["state"]})
    return answer.headers.get("Location", "") if answer.status_code == 302 else answer.content.decode()


def signed_in(client: Client) -> bool:
    """Whether the browser has a session with an account."""
    return client.get("/ho-so").status_code == 200


@pytest.mark.requirement("R-051")
@pytest.mark.requirement("R-052")
def test_the_sign_in_page_offers_the_provider_and_it_signs_in(stranger: Client, offered: Issuer) -> None:
    page = stranger.get("/dang-nhap?tiep=/giay-to").content.decode()
    assert "/dang-nhap/qua/vneid?tiep=%2Fgiay-to" in page
    assert goes(stranger, offered, "/dang-nhap/qua/vneid?tiep=/giay-to") == "/giay-to"
    assert signed_in(stranger)
    session = SignedInSession.objects.get()
    assert (session.method, session.factor) == ("vneid", "vneid_2")


def test_the_session_gets_a_new_key(stranger: Client, offered: Issuer) -> None:
    stranger.get("/dang-nhap/qua/vneid")
    before = stranger.cookies["sessionid"].value
    goes(stranger, offered)
    assert stranger.cookies["sessionid"].value != before


def test_a_foreign_page_is_not_led_on_to(stranger: Client, offered: Issuer) -> None:
    assert goes(stranger, offered, "/dang-nhap/qua/vneid?tiep=//evil.example/") == "/ho-so"


@pytest.mark.parametrize("state", ["", "invented"])
def test_an_answer_nobody_asked_for_is_refused(stranger: Client, offered: Issuer, state: str) -> None:
    stranger.get("/dang-nhap/qua/vneid")
    answer = stranger.get("/dang-nhap/qua/vneid/ve", {"code": "c", "state": state})
    assert answer.status_code == 422
    assert "bắt đầu lại" in answer.content.decode()
    assert not signed_in(stranger)


def test_an_answer_brought_by_another_browser_is_refused(stranger: Client, offered: Issuer) -> None:
    away = stranger.get("/dang-nhap/qua/vneid").headers["Location"]
    state = parse_qs(urlsplit(away).query)["state"][0]
    victim = Client()
    assert victim.get("/dang-nhap/qua/vneid/ve", {"code": "c", "state": state}).status_code == 422
    assert not signed_in(victim)


def test_a_state_opens_once_and_for_minutes(stranger: Client, offered: Issuer, settings: Settings) -> None:
    away = stranger.get("/dang-nhap/qua/vneid").headers["Location"]
    asked = parse_qs(urlsplit(away).query)
    set_clock(settings, later(AT, minutes=11))
    answer = stranger.get("/dang-nhap/qua/vneid/ve", {"code": "c", "state": asked["state"][0]})
    assert answer.status_code == 422
    assert offered.asked.count("/token") == 0


def test_saying_no_at_the_provider_leads_back_kindly(stranger: Client, offered: Issuer) -> None:
    away = stranger.get("/dang-nhap/qua/vneid").headers["Location"]
    state = parse_qs(urlsplit(away).query)["state"][0]
    answer = stranger.get("/dang-nhap/qua/vneid/ve", {"error": "access_denied", "state": state})
    assert "chưa đồng ý" in answer.content.decode()


def test_the_answer_of_another_issuer_is_refused(stranger: Client, offered: Issuer) -> None:
    away = stranger.get("/dang-nhap/qua/vneid").headers["Location"]
    state = parse_qs(urlsplit(away).query)["state"][0]
    answer = stranger.get("/dang-nhap/qua/vneid/ve", {"code": "c", "state": state, "iss": "https://evil.example"})
    assert answer.status_code == 422


def test_a_provider_that_is_down_says_so(stranger: Client, offered: Issuer) -> None:
    offered.status, offered.body = 500, b"{}"
    answer = stranger.get("/dang-nhap/qua/vneid")
    assert answer.status_code == 422
    assert "không trả lời" in answer.content.decode()


def test_the_same_mailbox_opens_nothing(stranger: Client, offered: Issuer, world: World) -> None:
    Account.objects.filter(pk=world.citizen.account_id).update(email="lan@example.vn")
    offered.claims = {"email": "lan@example.vn", "email_verified": True, "phone_number": "+84905000278", "acr": "2"}
    assert goes(stranger, offered) == "/dang-nhap/chua-lien-ket"
    assert not signed_in(stranger)


def test_without_an_account_the_registration_is_prefilled(stranger: Client, offered: Issuer) -> None:
    offered.claims = {**LAN, "preferred_username": "090195000054", "name": "Hoàng Thị Trúc", "birthdate": "1995-09-24"}
    assert goes(stranger, offered) == "/dang-nhap/chua-lien-ket"
    page = stranger.get("/dang-nhap/chua-lien-ket").content.decode()
    assert "Hoàng Thị Trúc" in page
    assert stranger.post("/dang-ky").status_code == 302
    answers = Draft.objects.get().answers
    assert (answers["full_name"], answers["date_of_birth"], answers["id_number"]) == (
        "Hoàng Thị Trúc", "1995-09-24", "090195000054",
    )  # fmt: skip


def test_level_1_signs_in_the_usual_way_first_and_links(stranger: Client, offered: Issuer, world: World) -> None:
    offered.claims = {**LAN, "acr": "1"}
    assert goes(stranger, offered) == "/dang-nhap/chua-lien-ket"
    page = stranger.get("/dang-nhap/chua-lien-ket").content.decode()
    assert "/dang-nhap?tiep=%2Ftai-khoan%2Flien-ket" in page
    onward = {"login": ID_NUMBER, "password": PASSWORD, "tiep": "/tai-khoan/lien-ket"}
    assert stranger.post("/dang-nhap", onward).headers["Location"] == "/tai-khoan/lien-ket"
    assert "Trần Thị Mai Lan" in stranger.get("/tai-khoan/lien-ket").content.decode()
    assert not LinkedIdentity.objects.exists(), "nothing is linked before the person confirms"
    refused = stranger.post("/tai-khoan/lien-ket", {"password": "sai"})
    assert refused.status_code == 422
    assert stranger.post("/tai-khoan/lien-ket", {"password": PASSWORD}).headers["Location"].startswith("/tai-khoan?")
    assert LinkedIdentity.objects.get().account_id == world.citizen.account_id


def test_linking_listing_and_removing_in_the_account_page(stranger: Client, offered: Issuer, world: World) -> None:
    stranger.post("/dang-nhap", {"login": ID_NUMBER, "password": PASSWORD})
    assert "/tai-khoan/lien-ket/vneid" in stranger.get("/tai-khoan").content.decode()
    assert goes(stranger, offered, "/tai-khoan/lien-ket/vneid") == "/tai-khoan/lien-ket"
    stranger.post("/tai-khoan/lien-ket", {"password": PASSWORD})
    remove = f"/tai-khoan/lien-ket/{LinkedIdentity.objects.get().pk}/bo"
    assert remove in stranger.get("/tai-khoan").content.decode()
    assert stranger.get(remove).status_code == 200
    assert stranger.post(remove).status_code == 302
    assert LinkedIdentity.objects.get().state == "ended"
