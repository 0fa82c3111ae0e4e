"""Load the reference rows once; what an administrator changed later is left alone."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.db import transaction

from ansinh.offices.models import FaceEntry, Level, Office, Province, SupportLine
from ansinh.platform.yaml_files import load_own
from ansinh.platform.zone import VIETNAM

NEW_MAP = date(2025, 7, 1)
OLD_MAP_ENDS = date(2025, 6, 30)
OLD_MAP_BEGINS = date(2008, 8, 1)
CENTRAL = "00000"


def load_reference() -> None:
    """The 34 provinces with their offices, the 63 before them, the national support line (R-117)."""
    with transaction.atomic():
        if Province.objects.exists():
            return
        rows = load_own(Path(__file__).with_name("provinces.yaml"))
        _provinces(rows)
        _offices(rows["now"])
        _links()
        SupportLine.objects.create(
            label_vi="Tổng đài hỗ trợ BHXH",
            label_en="Social insurance support line",
            phone="1900 9068",
            hours="24/7",
            valid_from=OLD_MAP_BEGINS,
        )


def _provinces(rows: dict[str, list[dict[str, Any]]]) -> None:
    made = Province.objects.bulk_create(
        Province(code=row["code"], name_vi=row["name_vi"], name_en=row["name_en"], kind=row["kind"], valid_from=NEW_MAP)
        for row in rows["now"]
    )
    now = {province.code: province for province in made}
    Province.objects.bulk_create(
        Province(
            code=row["code"],
            name_vi=row["name_vi"],
            name_en="",
            kind="province",
            valid_from=OLD_MAP_BEGINS,
            valid_to=OLD_MAP_ENDS,
            merged_into=now[row["now"]],
        )
        for row in rows["before_2025_07_01"]
    )


def _links() -> None:
    """The two portals every province leads to; its own site and one-stop portal are written by the province."""
    national = (
        ("national_portal", "Cổng dịch vụ công quốc gia", "National public service portal", "https://dichvucong.gov.vn/"),
        (
            "vss_portal", "Cổng dịch vụ công BHXH Việt Nam", "VSS public service portal",
            "https://dichvucong.baohiemxahoi.gov.vn/",
        ),
    )  # fmt: skip
    FaceEntry.objects.bulk_create(
        FaceEntry(
            office_id=CENTRAL, kind=kind, label_vi=name_vi, label_en=name_en, address=address, valid_from=NEW_MAP,
            written_by="reference", written_at=datetime.combine(NEW_MAP, time.min, tzinfo=VIETNAM),
        )
        for kind, name_vi, name_en, address in national
    )  # fmt: skip


def _offices(rows: list[dict[str, Any]]) -> None:
    central = Office.objects.create(
        code=CENTRAL,
        name_vi="Bảo hiểm xã hội Việt Nam",
        name_en="Vietnam Social Security",
        level=Level.CENTRAL,
        province_code="01",
        address="Hà Nội",
        phone="1900 9068",
        valid_from=OLD_MAP_BEGINS,
    )
    Office.objects.bulk_create(
        Office(
            code=f"0{row['code']}00",
            name_vi=row["office"],
            name_en=f"{row['name_en']} Social Insurance",
            level=Level.PROVINCE,
            parent=central,
            province_code=row["code"],
            address=row["name_vi"],
            phone="1900 9068",
            valid_from=NEW_MAP,
        )
        for row in rows
    )
