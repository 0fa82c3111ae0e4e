"""The check of a card for the programs of hospitals: the names and codes their vendors know."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ansinh.registry.models import CardCheck, InsuredPerson
from tests.api.conftest import Program
from tests.api.test_openapi import check
from tests.world import PASSWORD, SI_NUMBER, World
from tests.world_facilities import CODE, Clinic, a_clinic

ASKED: dict[str, Any] = {
    "maCSKCB": CODE, "maThe": SI_NUMBER, "hoTen": "TRẦN THỊ MAI LAN", "ngaySinh": "12/05/1990",
}  # fmt: skip


@pytest.fixture
def clinic(world: World) -> Clinic:
    """A clinic with a contract, and Lan with a card."""
    InsuredPerson.objects.filter(pk=SI_NUMBER).update(
        card_number=f"DN490{SI_NUMBER}", card_level_percent=80, card_valid_from=date(2026, 1, 1),
        card_valid_to=date(2026, 12, 31), initial_facility=CODE,
    )  # fmt: skip
    return a_clinic(world)


def test_a_hospitals_program_asks_for_its_facility(clinic: Clinic, program: Program) -> None:
    clerk = Program(Program().send("POST", "tokens", {"login": "090185000114", "password": PASSWORD}).body["token"])
    answer = clerk.send("POST", "card-checks", ASKED)
    check(answer, "post", "card-checks")
    assert answer.body == {
        "maKetQua": "000", "ghiChu": "Thẻ còn giá trị", "maThe": f"DN490{SI_NUMBER}", "maSoBHXH": SI_NUMBER,
        "hoTen": "Trần Thị Mai Lan", "ngaySinh": "12/05/1990", "gioiTinh": "Nữ", "maDKBD": CODE,
        "gtTheTu": "01/01/2026", "gtTheDen": "31/12/2026", "mucHuong": "80",
    }  # fmt: skip
    wrong = clerk.send("POST", "card-checks", {**ASKED, "hoTen": "Lê Văn Bình"})
    assert wrong.body == {"maKetQua": "060", "ghiChu": "Họ tên không đúng"}
    assert CardCheck.objects.count() == 2


def test_another_facilitys_name_and_a_strangers_token_open_nothing(clinic: Clinic, program: Program) -> None:
    clerk = Program(Program().send("POST", "tokens", {"login": "090185000114", "password": PASSWORD}).body["token"])
    assert clerk.send("POST", "card-checks", {**ASKED, "maCSKCB": "90C02"}).body["code"] == "not-of-this-facility"
    assert program.send("POST", "card-checks", ASKED).body["code"] == "not-of-this-facility"
    assert not CardCheck.objects.exists()
