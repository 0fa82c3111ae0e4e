"""Language, letters and headers of every page."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from ansinh.platform import language
from ansinh.web import display
from ansinh.web.ledger import LedgerDay, ledger_cells
from ansinh.web.middleware import PageMiddleware
from tests.web.gallery_samples import ledger_days, long_days

FACTORY = RequestFactory()


def answer(request: HttpRequest) -> HttpResponse:
    shown = display.current()
    return HttpResponse(f"{language.current()} {shown.big} {shown.other_letters} {shown.other_language}")


def ask(address: str, *, cookies: dict[str, str] | None = None, post: bool = False) -> HttpResponse:
    request = FACTORY.post(address) if post else FACTORY.get(address)
    request.COOKIES.update(cookies or {})
    return PageMiddleware(answer)(request)


def test_a_page_is_vietnamese_in_normal_letters_until_asked() -> None:
    response = ask("/tim?q=thai+sản")
    assert response.content.decode() == "vi False ?q=thai+s%E1%BA%A3n&chu=to ?q=thai+s%E1%BA%A3n&lang=en"
    assert response["Content-Language"] == "vi"


def test_cookies_are_followed() -> None:
    response = ask("/", cookies={"ngon_ngu": "en", "chu": "to"})
    assert response.content.decode() == "en True ?chu=thuong ?lang=vi"
    assert language.current() == "vi"


@pytest.mark.parametrize(
    ("address", "cookie", "value", "back"),
    [
        ("/tim?q=a&lang=en&trang=2", "ngon_ngu", "en", "/tim?q=a&trang=2"),
        ("/?chu=to", "chu", "to", "/"),
        ("//evil.example/?lang=en", "ngon_ngu", "en", "/%2Fevil.example/"),
    ],
)
def test_a_preference_is_kept_and_leads_back_to_the_same_address(
    address: str, cookie: str, value: str, back: str
) -> None:
    request = FACTORY.get("/")
    request.path, _, request.META["QUERY_STRING"] = address.partition("?")
    response = PageMiddleware(answer)(request)
    assert response.status_code == 302
    assert response["Location"] == back
    assert response.cookies[cookie].value == value
    assert response.cookies[cookie]["samesite"] == "Lax"


@pytest.mark.parametrize("address", ["/?lang=fr", "/?chu=rất+to", "/?lang="])
def test_unknown_preferences_are_ignored(address: str) -> None:
    assert ask(address).status_code == 200


def test_a_form_that_is_sent_is_never_redirected() -> None:
    assert ask("/?lang=en", post=True).status_code == 200


def test_an_unknown_cookie_means_vietnamese() -> None:
    assert ask("/", cookies={"ngon_ngu": "xx"})["Content-Language"] == "vi"


def test_signed_in_pages_stay_out_of_caches_and_public_ones_need_not() -> None:
    assert ask("/", cookies={"sessionid": "s"})["Cache-Control"] == "private, no-store"
    assert "Cache-Control" not in ask("/").headers


def test_every_page_forbids_what_it_never_uses() -> None:
    response = ask("/")
    assert "microphone=()" in response["Permissions-Policy"]
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Cookie" in response["Vary"]


def test_the_ledger_draws_days_then_weeks_then_months() -> None:
    days = ledger_days()
    assert [cell.text for cell in ledger_cells(days)][:3] == ["10", "11", "12"]
    assert ledger_cells(days)[-1].last
    weeks = ledger_cells(long_days())
    assert len(weeks) == 23
    assert [cell.text for cell in weeks if cell.text] == ["1", "2", "3", "4", "5", "6"]
    assert weeks[-1].owner == "late"
    months = ledger_cells([*long_days(), *(LedgerDay(day.day.replace(year=2027), "office") for day in long_days()),
                           *(LedgerDay(day.day.replace(year=2028), "closed") for day in long_days())])  # fmt: skip
    assert [cell.text for cell in months[:2]] == ["1", "2"]
    assert months[-1].owner == "closed"
