"""The list of treatment contracts on the desk: of the offices where one works, and no other's."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from tests.world import OTHER_OFFICE, World
from tests.world_facilities import a_contract
from tests.world_organisations import FACILITY, an_organisation


def test_an_office_lists_what_it_signed(world: World, browser: Callable[[str], Client]) -> None:
    clinic = an_organisation(FACILITY, "Phòng khám Sao Mai", kind="health_facility", facility_code="90C01")
    other = an_organisation("9999000084", "Trạm xá Cửa Lò", kind="health_facility", facility_code="90C02")
    a_contract(clinic, world)
    a_contract(other, world, office_code=OTHER_OFFICE)
    page = browser("leader").get("/can-bo/hop-dong-kcb").content.decode()
    assert "Phòng khám Sao Mai" in page and "2026/HĐKCB-BHYT" in page and "Trạm xá" not in page
    assert "Hợp đồng KCB" in browser("leader").get("/can-bo/quan-ly").content.decode()
    assert "chưa ký hợp đồng nào" in browser("leader").get("/can-bo/hop-dong-kcb?tim=hoa").content.decode()
    assert browser("citizen").get("/can-bo/hop-dong-kcb").status_code == 403
