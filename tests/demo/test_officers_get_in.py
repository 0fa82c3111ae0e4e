"""What `./start` prints is enough to reach the desk: the page of the outside world shows the officers' codes."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings as present
from pytest_django import Settings

from ansinh.catalogue.freeze import freeze_all
from ansinh.counterparty.authenticators import SECRET, Authenticators
from ansinh.demo import load
from ansinh.demo.accounts import world
from ansinh.people.doors import officers, totp
from ansinh.people.doors.factors import factors_of
from ansinh.people.models import Account, AuthenticatorApp
from ansinh.platform.errors import NotAllowed
from ansinh.platform.secrets import secret
from tests.world import a_moment

DAY = a_moment(date(2026, 11, 9))
PEOPLE = Path(officers.__file__).parents[2] / "demo" / "world.yaml"


@pytest.fixture
def loaded(transactional_db: None, settings: Settings, tmp_path: Path) -> None:
    """The invented world, loaded as `./start` does."""
    settings.FILES_DIR, settings.SIGNING_DIR = tmp_path / "files", tmp_path / "signing"
    settings.SECRETS_DIR = tmp_path / "secrets"
    freeze_all(at=DAY)
    load(at=DAY)


def test_every_code_that_is_shown_opens_the_second_step_once(loaded: None) -> None:
    shown = Authenticators(PEOPLE, secret(SECRET, folder=present.SECRETS_DIR), now=lambda: DAY).shown()
    assert {one.login for one in shown} == {row["login"] for row in world()["officers"]}
    for one in shown:
        account = Account.objects.get(login=one.login)
        totp.use(account.pk, one.code, at=DAY)
        with pytest.raises(NotAllowed):
            totp.use(account.pk, one.code, at=DAY)


def test_a_start_after_a_long_rest_wakes_the_officers(loaded: None) -> None:
    later = DAY + timedelta(days=90)
    account = Account.objects.get(login="chuyenvien")
    with pytest.raises(NotAllowed):
        officers.refuse_unused(account, at=later)
    load(at=later)
    officers.refuse_unused(account, at=later)


def test_outside_the_demonstration_nobody_is_given_an_app(loaded: None, settings: Settings) -> None:
    AuthenticatorApp.objects.all().delete()
    settings.DEMO = False
    load(at=DAY)
    assert not any(factors_of(one.pk).any for one in Account.objects.all())
