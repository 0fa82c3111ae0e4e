"""Addresses written by an older map are read by the present one; nothing that was written is lost."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.offices.models import Commune, Province
from ansinh.offices.queries import present_address

TODAY, NEW_MAP, OLD_ENDS = date(2026, 11, 23), date(2025, 7, 1), date(2025, 6, 30)


@pytest.fixture
def provinces(db: None) -> None:
    """The old province 98 became 99; one of its communes stayed, one ended."""
    now = Province.objects.create(code="99", name_vi="Sông Xanh", name_en="", kind="province", valid_from=NEW_MAP)
    Province.objects.create(
        code="98", name_vi="Đồi Sim", name_en="", kind="province", valid_from=date(2008, 8, 1), valid_to=OLD_ENDS,
        merged_into=now,
    )  # fmt: skip
    Commune.objects.create(code="98001", province_code="99", name_vi="Phường Hàm Rồng", valid_from=NEW_MAP)
    Commune.objects.create(
        code="98002", province_code="98", name_vi="Xã Bến Cũ", valid_from=date(2008, 8, 1), valid_to=OLD_ENDS
    )


@pytest.mark.usefixtures("provinces")
@pytest.mark.parametrize(
    ("written", "read"),
    [
        ({"province": "98", "commune": "98001"}, {"province": "99", "commune": "98001"}),
        ({"province": "99", "commune": "98001"}, {"province": "99", "commune": "98001"}),
        ({"commune": "98001", "detail": "5"}, {"commune": "98001", "detail": "5", "province": "99"}),
        (
            {"province": "98", "commune": "98002", "detail": "Thôn 3"},
            {"province": "99", "detail": "Thôn 3, Xã Bến Cũ (cũ)"},
        ),
        ({"province": "98", "commune": "98002"}, {"province": "99", "detail": "Xã Bến Cũ (cũ)"}),
        ({"province": "98"}, {"province": "99"}),
        ({"province": "77", "commune": "77777"}, {"province": "77", "commune": "77777"}),
        ({}, {}),
    ],
)
def test_an_old_address_is_read_by_the_map_of_today(written: dict[str, str], read: dict[str, str]) -> None:
    assert present_address(written, on=TODAY) == read
