"""The page of a code offers the person's other contact: the same code goes there."""

from __future__ import annotations

import pytest
from django.test import Client

from ansinh.notifications.models import Message
from ansinh.people.models import Account, OneTimeCode
from tests.web.citizen.codes import last_code
from tests.world import World, a_draft


@pytest.mark.requirement("R-049")
@pytest.mark.django_db
def test_the_same_code_goes_to_the_mailbox(browser: Client, world: World) -> None:
    Account.objects.filter(pk=world.citizen.account_id).update(email="lan@example.vn")
    draft = a_draft(world)
    page = browser.post(f"/ho-so/nhap/{draft.pk}/nop", {"channel": "sms"}).headers["Location"]
    assert "la••@example.vn" in browser.get(page).content.decode()
    before = last_code()
    answer = browser.post(page, {"_again": "other"}).content.decode()
    assert "vẫn là mã cũ" in answer
    assert "Tin nhắn chưa tới máy nên cùng mã đó đã gửi qua thư điện tử." in answer
    assert last_code() == before
    assert OneTimeCode.objects.count() == 1
    assert set(Message.objects.values_list("recipient", flat=True)) == {"84905000278", "lan@example.vn"}
    assert 'value="other"' not in browser.get(page).content.decode()


@pytest.mark.django_db
def test_the_page_of_a_forgotten_password_offers_nothing_that_tells(stranger: Client, world: World) -> None:
    Account.objects.filter(pk=world.citizen.account_id).update(email="lan@example.vn")
    pages = []
    for login in ("090190000018", "090190000555"):
        stranger.post("/quen-mat-khau", {"login": login, "channel": "sms"})
        pages.append(stranger.get("/quen-mat-khau/ma").content.decode())
    assert all('value="other"' not in page for page in pages)
    assert all("example.vn" not in page for page in pages)
