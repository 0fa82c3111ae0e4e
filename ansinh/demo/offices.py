"""The local offices of the demonstration, and the communes they serve."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ansinh.offices.models import Commune, Jurisdiction, Level, Office
from ansinh.offices.reference.load import NEW_MAP
from ansinh.platform.yaml_files import load_own


def make_offices(rows: list[dict[str, Any]]) -> None:
    """Make these offices with the communes of `communes.yaml`; provinces and their offices are there already."""
    communes = load_own(Path(__file__).with_name("communes.yaml"))
    Commune.objects.bulk_create(
        Commune(code=row["code"], province_code=row["province"], name_vi=row["name_vi"], valid_from=NEW_MAP)
        for row in communes
    )
    offices = Office.objects.bulk_create(
        Office(
            code=row["code"],
            name_vi=row["name_vi"],
            name_en=row["name_en"],
            level=Level.LOCAL,
            parent_id=f"0{row['province']}00",
            province_code=row["province"],
            address=row["address"],
            phone=row["phone"],
            valid_from=NEW_MAP,
        )
        for row in rows
    )
    Jurisdiction.objects.bulk_create(
        Jurisdiction(office=office, commune_code=code, valid_from=NEW_MAP)
        for office, row in zip(offices, rows, strict=True)
        for code in row["communes"]
    )
