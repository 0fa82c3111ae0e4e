"""Open data and the page that tells how long a service really took."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from tests.statistics.rows import a_closed_row
from tests.world import LOCAL_OFFICE, World, a_moment, a_world

NOW = a_moment(date(2026, 11, 9))
SERVICE = "/dich-vu/che-do-thai-san"


@pytest.fixture(autouse=True)
def place(settings: Settings, tmp_path: Path) -> None:
    settings.CLOCK = lambda: NOW
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def world(db: None) -> World:
    made = a_world()
    for n in range(23):
        a_closed_row(filed=a_moment(date(2026, 10, 5)), days=1 + n % 10, office=LOCAL_OFFICE)
    a_closed_row(filed=a_moment(date(2026, 10, 5)), days=3, office=LOCAL_OFFICE, procedure="gia-han-the-bhyt")
    return made


def test_a_month_is_downloaded_with_small_counts_hidden(world: World) -> None:
    client = Client()
    page = client.get("/du-lieu-mo").content.decode()
    assert "2026-10.csv" in page and "2026-11.csv" not in page and "được che bằng dấu *" in page
    text = client.get("/du-lieu-mo/2026-10.csv").content.decode("utf-8-sig")
    rows = {(row["province_code"], row["service"]): row for row in csv.DictReader(io.StringIO(text))}
    assert rows["90", "gia-han-the-bhyt"]["filed"] == "*"
    told = json.loads(client.get("/du-lieu-mo/2026-10.json").content)
    assert [one["name"] for one in told["columns"]] == list(next(iter(rows.values())))
    assert len(told["rows"]) == len(rows)


@pytest.mark.parametrize("address", ["2026-11.csv", "2026-13.csv", "2026-10.xml", "x.csv", "2020-01.json"])
def test_a_month_that_is_not_published_is_not_found(world: World, address: str) -> None:
    assert Client().get(f"/du-lieu-mo/{address}").status_code == 404


def test_the_real_time_of_an_office_is_told_and_linked(world: World) -> None:
    client = Client()
    assert f'{SERVICE}/thuc-te"' in client.get(SERVICE).content.decode()
    page = client.get(f"{SERVICE}/thuc-te", {"tinh": "90", "co-quan": LOCAL_OFFICE}).content.decode()
    assert "một nửa số kết quả đến trong 5 ngày, chín phần mười trong 9 ngày" in page
    assert "từ 20" in page and "Từ 01/05/2026 đến hết 31/10/2026." in page
    few = client.get("/dich-vu/gia-han-the-bhyt/thuc-te").content.decode()
    assert "Chưa đủ số liệu" in few and "khoảng" not in few
    assert client.get("/dich-vu/khong-co/thuc-te").status_code == 404
