"""Whoever has no account yet may not fill the disk, and a password is not the telephone in another spelling."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from ansinh.dossiers.models import Draft
from ansinh.files.models import Paper
from ansinh.people import asked_often
from ansinh.people.passwords import refuse_weak_password
from ansinh.platform.errors import Invalid
from ansinh.web.citizen.papers import MOST_PHOTOS, PHOTOS
from ansinh.web.public.account.register import BEGUN, MOST_BEGUN
from tests.web.citizen.test_filing import photo
from tests.world import World, a_moment

AT = a_moment(date(2026, 11, 9))
HERE = "127.0.0.1"


def asked(what: str, times: int) -> None:
    """This network asked that often more within the hour."""
    for _ in range(times):
        asked_often.take(what, network=HERE, most=10_000, at=AT)


@pytest.mark.django_db
def test_one_network_does_not_fill_the_disk_without_an_account(stranger: Client, world: World) -> None:
    base = str(stranger.post("/dang-ky").headers["Location"]).rpartition("/")[0]
    assert stranger.post(f"{base}/giay-to", {"portrait": photo()}).status_code == 302
    asked(PHOTOS, MOST_PHOTOS - 1)
    assert stranger.post(f"{base}/giay-to", {"id_photo": photo()}).status_code == 403
    assert Paper.objects.count() == 1


@pytest.mark.django_db
def test_one_network_does_not_begin_registrations_without_end(stranger: Client, world: World) -> None:
    asked(BEGUN, MOST_BEGUN)
    assert stranger.post("/dang-ky").status_code == 403
    assert not Draft.objects.exists()


@pytest.mark.parametrize("password", ["0905000278", "84905000278", "+84905000278", "0905.000.278", "0905000278a"])
def test_a_telephone_in_any_spelling_is_no_password(password: str) -> None:
    with pytest.raises(Invalid) as refused:
        refuse_weak_password(password, personal_facts=["84905000278"])
    assert refused.value.code == "password-personal"
