"""Signed-in sessions: what opens them, and that everything old stops with the next request."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.sessions.models import Session
from pytest_django import DjangoAssertNumQueries, Settings

from ansinh.notifications.models import Notice
from ansinh.people.doors import sessions
from ansinh.people.doors.devices import device_words
from ansinh.people.doors.rules import door_rules
from ansinh.people.happened import RightsChanged
from ansinh.people.models import Account, SignedInSession
from ansinh.people.queries import token_holder
from ansinh.people.tokens import give_token
from ansinh.platform.events import publish
from ansinh.web.clock import now
from tests.browsers import Client
from tests.world import ID_NUMBER, PASSWORD, World, a_moment, a_world

MONDAY = a_moment(date(2026, 11, 9))
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"
TYPED = {"login": ID_NUMBER, "password": PASSWORD}


@pytest.fixture
def world(db: None, settings: Settings) -> World:
    """The invented world on a Monday morning."""
    settings.CLOCK = lambda: MONDAY
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    return a_world()


@pytest.fixture
def account(world: World) -> Account:
    """The citizen's."""
    return Account.objects.get(pk=world.citizen.account_id)


def signed_in(headers: dict[str, str] | None = None) -> Client:
    """A browser of its own in which the citizen signed in through the form."""
    client = Client(headers=headers or {})
    assert client.post("/dang-nhap", TYPED).status_code == 302
    return client


def is_in(client: Client) -> bool:
    """Whether the browser still opens the person's own pages."""
    return client.get("/tai-khoan").status_code == 200


def begun(account: Account, device_digest: str, network: str = "203.0.113.77") -> SignedInSession:
    """A session of that browser."""
    made = sessions.begin(
        account, method="password", device="Firefox, Linux", device_digest=device_digest, network=network, at=now()
    )
    return SignedInSession.objects.get(pk=made)


def test_the_session_says_how_where_and_from_what_in_words(world: World) -> None:
    signed_in({"user-agent": CHROME})
    row = SignedInSession.objects.get()
    assert (row.method, row.device, row.network, row.factor) == ("password", "Chrome, Windows", "127.0.0.0/24", "")


@pytest.mark.parametrize(
    ("header", "words"),
    [
        (CHROME, "Chrome, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux"),
        ("Mozilla/5.0 (Linux; Android 15) SamsungBrowser/28.0 Chrome/130.0 Safari/537.36", "Samsung Internet, Android"),
        ("curl/8.0", ""),
        ("", ""),
    ],
)
def test_a_device_has_a_name_people_know(header: str, words: str) -> None:
    assert device_words(header) == words


def test_a_network_is_kept_coarse() -> None:
    assert sessions.coarse("203.0.113.77") == "203.0.113.0/24"
    assert sessions.coarse("2001:db8:1:2:3:4:5:6") == "2001:db8:1::/48"
    assert sessions.coarse("") == ""


def test_a_cookie_of_before_the_sign_in_opens_nothing(world: World) -> None:
    browser = Client()
    browser.post("/quen-mat-khau", {"login": ID_NUMBER, "channel": "sms"})
    planted = browser.cookies["sessionid"].value
    browser.post("/dang-nhap", TYPED)
    attacker = Client()
    attacker.cookies["sessionid"] = planted
    assert is_in(browser) and not is_in(attacker)


def test_a_session_of_djangos_without_our_row_opens_nothing(world: World, account: Account) -> None:
    browser = signed_in()
    SignedInSession.objects.all().delete()
    assert Session.objects.exists() and not is_in(browser)


def test_signing_out_ends_the_session_and_its_old_cookie(world: World) -> None:
    browser = signed_in()
    stolen = browser.cookies["sessionid"].value
    browser.post("/dang-xuat")
    thief = Client()
    thief.cookies["sessionid"] = stolen
    assert not is_in(browser) and not is_in(thief)
    assert SignedInSession.objects.get().ended_why == "signed_out"


def test_signing_in_again_ends_what_was_open_in_the_same_browser(world: World) -> None:
    browser = signed_in()
    first = SignedInSession.objects.get().pk
    browser.post("/dang-nhap", TYPED)
    assert SignedInSession.objects.get(pk=first).ended_why == "replaced"
    assert is_in(browser)


def test_everything_old_stops_when_rights_change(world: World, account: Account) -> None:
    browsers = [signed_in() for _ in range(5)]
    token, _ = give_token(ID_NUMBER, PASSWORD, network="203.0.113.7", at=MONDAY)
    assert all(is_in(one) for one in browsers) and token_holder(token, at=MONDAY)
    publish(RightsChanged(account_id=account.pk, at=MONDAY))
    assert not any(is_in(one) for one in browsers)
    assert token_holder(token, at=MONDAY) is None


def test_a_new_password_keeps_only_the_session_that_set_it(world: World) -> None:
    mine, other = signed_in(), signed_in()
    token, _ = give_token(ID_NUMBER, PASSWORD, network="203.0.113.7", at=MONDAY)
    before = mine.cookies["sessionid"].value
    answer = mine.post("/tai-khoan/mat-khau", {"old_password": PASSWORD, "new_password": "sông xanh núi biếc"})
    assert answer.status_code == 302 and is_in(mine) and not is_in(other)
    assert mine.cookies["sessionid"].value != before
    assert token_holder(token, at=MONDAY) is None


def test_a_closed_account_is_out_at_once(world: World, account: Account) -> None:
    browser = signed_in()
    Account.objects.filter(pk=account.pk).update(state="closed")
    assert not is_in(browser)


def test_a_session_ends_by_itself_after_its_hours(world: World, settings: Settings) -> None:
    browser = signed_in()
    life = door_rules(MONDAY.date()).citizen_session
    settings.CLOCK = lambda: MONDAY + life - timedelta(seconds=1)
    assert is_in(browser)
    settings.CLOCK = lambda: MONDAY + life
    assert not is_in(browser)


def test_looking_at_the_session_takes_one_query_and_writes_once_a_minute(
    account: Account, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    row = begun(account, "a")
    with django_assert_num_queries(1):
        assert sessions.present(row.pk, at=MONDAY + timedelta(seconds=59)) is not None
    with django_assert_num_queries(2):
        sessions.present(row.pk, at=MONDAY + timedelta(seconds=60))
    with django_assert_num_queries(1):
        sessions.present(row.pk, at=MONDAY + timedelta(seconds=100))
    row.refresh_from_db()
    assert row.seen_at == MONDAY + timedelta(seconds=60)


def test_the_holder_hears_of_a_browser_never_seen_but_not_of_the_first(account: Account) -> None:
    begun(account, "at home")
    begun(account, "at home")
    assert not Notice.objects.filter(code="new_device").exists()
    begun(account, "elsewhere")
    told = Notice.objects.get(code="new_device")
    assert "Firefox, Linux" in told.body_vi


def test_a_browser_keeps_its_mark_for_the_next_sign_in(world: World) -> None:
    browser = signed_in()
    browser.post("/dang-xuat")
    browser.post("/dang-nhap", TYPED)
    assert not Notice.objects.filter(code="new_device").exists()
    signed_in()
    assert Notice.objects.filter(code="new_device").count() == 1


def test_nobody_ends_the_session_of_another(account: Account, world: World) -> None:
    row = begun(account, "a")
    assert not sessions.end(row.pk, account_id=world["counter"].account_id, why="ended_by_holder", at=MONDAY)
    assert sessions.end(row.pk, account_id=account.pk, why="ended_by_holder", at=MONDAY)
    assert not sessions.end(row.pk, account_id=account.pk, why="ended_by_holder", at=MONDAY)
