"""The form answers a code of the old map with the commune of today, and offers it."""

from __future__ import annotations

from datetime import date

from django.test import Client

from ansinh.catalogue.queries import frozen
from ansinh.dossiers.models import Draft
from ansinh.offices.former import ListedFormer, take_former
from tests.world import World, a_draft
from tests.world_organisations import freeze

SLUG = "huong-bhxh-mot-lan"


def test_the_page_offers_the_commune_of_today(world: World, browser: Client) -> None:
    freeze(SLUG)
    take_former(
        [ListedFormer("14001", "Xã Đồi Sim, huyện Bến Hải", "90101", 2)], last_day=date(2025, 6, 30), ground="NQ 99"
    )
    draft = a_draft(world, SLUG, papers=(), contact_address={"province": "12", "commune": "14001", "detail": "Thôn 3"})
    form = frozen(draft.version_id).form
    assert form is not None
    place = f"/ho-so/nhap/{draft.pk}/contact"
    page = browser.get(place).content.decode()
    assert '<option value="90101" selected>' in page and '<option value="90" selected>' in page
    assert "Trước đây ghi Xã Đồi Sim, huyện Bến Hải; nơi đó nay thuộc Phường Hàm Rồng" in page
    check = browser.get(f"/ho-so/nhap/{draft.pk}/kiem-tra").content.decode()
    assert "Mã 14001 là của Xã Đồi Sim, huyện Bến Hải" in check
    browser.post(place, {"contact_address.province": "90", "contact_address.commune": "90101"})
    draft = Draft.objects.get()
    assert draft.answers["contact_address"]["commune"] == "90101"
    assert "Đồi Sim" not in browser.get(f"/ho-so/nhap/{draft.pk}/kiem-tra").content.decode()
