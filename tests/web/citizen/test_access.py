"""Nobody sees what is another's, and no page is open by oversight."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from ansinh.law.names import search_key
from ansinh.people.models import Person
from tests.web.citizen.test_filing import begin
from tests.world import ID_NUMBER, LONG_AGO, PASSWORD, World, a_paper, a_submitted_dossier, an_account

PUBLIC_OF_MINE = {
    "sign-in", "by-passkey", "passkey-question", "second-step", "sign-out",
    "forgotten", "reset", "register", "papers", "paper", "replace-paper", "paper-picture",
    "check", "finish", "code", "registered", "section", "autosave",
    "federated", "federated-back", "identity-unknown",
    "recovery", "recovery-contact", "recovery-code", "stop-recovery",
}  # fmt: skip
PARTS = {
    "slug": "tro-cap-mau", "draft_id": uuid4(), "dossier_id": uuid4(), "document_id": uuid4(), "paper_id": uuid4(),
    "attached_id": 1, "number": 1, "key": "x", "section_key": "person",
    "change_id": uuid4(), "link_id": uuid4(), "basis_id": uuid4(), "guardianship_id": uuid4(), "mandate_id": uuid4(),
    "export_id": uuid4(), "request_id": uuid4(), "provider": "vneid",
    "organisation_id": uuid4(), "member_id": uuid4(), "invitation_id": uuid4(), "certificate_id": 1,
    "person_id": uuid4(), "delivery_id": uuid4(), "attachment_id": uuid4(), "postal_id": uuid4(),
    "unit_id": uuid4(),
}  # fmt: skip


def views_of(area: str) -> dict[str, URLPattern]:
    """Every named address of an area."""
    found: dict[str, URLPattern] = {}

    def walk(patterns: list[URLPattern | URLResolver], within: str) -> None:
        for one in patterns:
            if isinstance(one, URLResolver):
                walk(one.url_patterns, one.app_name or within)
            elif within == area and one.name:
                found[one.name] = one

    walk(get_resolver().url_patterns, "")
    return found


def address_of(area: str, name: str, pattern: URLPattern) -> str:
    """The page's address with some parts."""
    wanted = {key: PARTS[key] for key in pattern.pattern.converters}
    return reverse(f"{area}:{name}", kwargs=wanted)


@pytest.mark.django_db
def test_every_page_of_a_citizen_needs_the_sign_in(stranger: Client) -> None:
    pages = views_of("citizen")
    assert len(pages) > 20
    for name, pattern in pages.items():
        assert pattern.callback.audience == "citizen", name  # type: ignore[attr-defined]
        answer = stranger.get(address_of("citizen", name, pattern))
        assert answer.status_code == 302 and answer.headers["Location"].startswith("/dang-nhap?tiep="), name


def test_open_pages_of_the_account_area_are_known_by_name() -> None:
    pages = views_of("account")
    assert set(pages) == PUBLIC_OF_MINE
    assert all(one.callback.audience == "public" for one in pages.values())  # type: ignore[attr-defined]


def test_what_is_anothers_does_not_exist(browser: Client, world: World) -> None:
    dossier = a_submitted_dossier(world)
    paper = a_paper(world.citizen, kind="portrait")
    section = begin(browser)
    person = Person.objects.create(
        full_name="Hà Văn Bình", search_key=search_key("Hà Văn Bình"), date_of_birth="1980-01-01", sex="male",
        personal_id_number="090080000011", updated_at=LONG_AGO,
    )  # fmt: skip
    an_account("090080000011", "Hà Văn Bình", person=person)
    other = Client()
    other.post("/dang-nhap", {"login": "090080000011", "password": PASSWORD})
    for address in (
        section,
        section.replace("/person", "/giay-to"),
        f"/ho-so/{dossier.pk}",
        f"/ho-so/{dossier.pk}/giay-tiep-nhan",
        f"/ho-so/{dossier.pk}/rut",
        f"/ho-so/{dossier.pk}/giay-to/{dossier.papers.get().pk}/trang/1",
        f"/giay-to/{paper.pk}/trang/1",
    ):
        assert other.get(address).status_code == 404, address
        assert browser.get(address).status_code == 200, address


def test_signed_in_pages_stay_out_of_every_cache(browser: Client) -> None:
    assert browser.get("/ho-so").headers["Cache-Control"] == "private, no-store"


def test_after_the_sign_in_one_is_where_one_wanted_to_be(world: World) -> None:
    client = Client()
    typed = {"login": ID_NUMBER, "password": PASSWORD}
    assert client.post("/dang-nhap", {**typed, "tiep": "/giay-to"}).headers["Location"] == "/giay-to"
    for elsewhere in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"):
        client.post("/dang-xuat")
        assert client.post("/dang-nhap", {**typed, "tiep": elsewhere}).headers["Location"] == "/ho-so", elsewhere


def test_the_session_is_new_after_the_sign_in(world: World) -> None:
    client = Client()
    client.post("/dang-ky")
    before = client.cookies["sessionid"].value
    client.post("/dang-nhap", {"login": ID_NUMBER, "password": PASSWORD})
    assert client.cookies["sessionid"].value != before


def test_a_new_password_ends_the_other_sessions(browser: Client, world: World) -> None:
    other = Client()
    other.post("/dang-nhap", {"login": ID_NUMBER, "password": PASSWORD})
    words = {"old_password": PASSWORD, "new_password": "sông xanh núi biếc"}
    assert browser.post("/tai-khoan/mat-khau", words).status_code == 302
    assert browser.get("/tai-khoan").status_code == 200
    assert other.get("/tai-khoan").status_code == 302


def test_a_wrong_password_says_nothing_about_accounts(world: World) -> None:
    client = Client()
    wrong = client.post("/dang-nhap", {"login": ID_NUMBER, "password": "không phải"}).content.decode()
    unknown = client.post("/dang-nhap", {"login": "090000000000", "password": "không phải"}).content.decode()
    assert "chưa đúng" in wrong
    assert wrong.replace(ID_NUMBER, "") == unknown.replace("090000000000", "") or "chưa đúng" in unknown


def test_a_box_left_empty_is_named_and_nobody_is_called_wrong(world: World) -> None:
    answer = Client().post("/dang-nhap", {"login": "", "password": " "})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#login"' in text and 'href="#password"' in text
    assert "Chưa có mật khẩu" in text and "chưa đúng" not in text


def test_signing_out_takes_a_post(browser: Client) -> None:
    browser.get("/dang-xuat")
    assert browser.get("/ho-so").status_code == 200
    browser.post("/dang-xuat")
    assert browser.get("/ho-so").status_code == 302
