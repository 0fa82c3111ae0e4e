"""A code of the old map is the commune of today: in a form, in what is prefilled, and by the list an agency loads."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ansinh.cli.main import main
from ansinh.dossiers.lists import check_lists
from ansinh.eforms.parse import parse_form
from ansinh.eforms.visibility import asked_answers
from ansinh.offices.former import ListedFormer, take_former, today_of
from ansinh.offices.models import Commune, FormerCommune, Province
from ansinh.offices.queries import present_address
from ansinh.platform.errors import Invalid

TODAY, NEW_MAP, OLD_ENDS = date(2026, 11, 23), date(2025, 7, 1), date(2025, 6, 30)
GROUND = "Nghị quyết 99/NQ-UBTVQH15 (minh họa)"
FORM = parse_form(
    {"sections": [{"key": "home", "title_vi": "Nơi ở", "title_en": "Home", "fields": [
        {"key": "contact_address", "type": "address", "label_vi": "Địa chỉ", "label_en": "Address"}]}]},
    where="form",
)  # fmt: skip


@pytest.fixture
def the_map(db: None) -> None:
    """Hàm Rồng took one old commune whole and a part of another, whose rest went to Bến Sông."""
    Province.objects.get_or_create(
        code="90", valid_from=NEW_MAP, defaults={"name_vi": "Sông Lam", "name_en": "Song Lam", "kind": "province"}
    )
    for code, name in (("90101", "Phường Hàm Rồng"), ("90102", "Xã Bến Sông")):
        if not Commune.objects.filter(code=code).exists():
            Commune.objects.create(code=code, province_code="90", name_vi=name, valid_from=NEW_MAP)
    rows = [("14001", "Xã Đồi Sim, huyện Bến Hải", "90101"), ("14002", "Xã Cát", "90101"), ("14002", "Xã Cát", "90102")]
    listed = [ListedFormer(*row, line=number) for number, row in enumerate(rows, start=2)]
    assert take_former(listed, last_day=OLD_ENDS, ground=GROUND) == 3


def said(commune: str, province: str = "90") -> list[tuple[str, str]]:
    answers = {"contact_address": {"province": province, "commune": commune}}
    return [(one.code, str(one.sentence)) for one in check_lists(FORM, asked_answers(FORM, answers), on=TODAY)]


@pytest.mark.usefixtures("the_map")
def test_the_form_says_which_commune_it_is_today() -> None:
    assert said("90101") == []
    ((code, sentence),) = said("14001")
    assert code == "commune-became"
    assert "Mã 14001 là của Xã Đồi Sim, huyện Bến Hải" in sentence and "xin chọn Phường Hàm Rồng" in sentence
    ((code, sentence),) = said("14002")
    assert code == "commune-divided" and "chia vào Phường Hàm Rồng, Xã Bến Sông" in sentence
    assert [code for code, _ in said("77777")] == ["not-in-list"]


@pytest.mark.usefixtures("the_map")
def test_what_is_prefilled_is_already_the_commune_of_today() -> None:
    assert present_address({"province": "12", "commune": "14001", "detail": "5"}, on=TODAY) == {
        "province": "90", "commune": "90101", "detail": "5",
    }  # fmt: skip
    assert today_of("14001", on=OLD_ENDS) is None, "it was itself until then"
    assert today_of("90101", on=TODAY) is None


def test_the_agency_loads_its_list_and_a_wrong_one_changes_nothing(
    the_map: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "former.csv"
    path.write_text("code,name,became\n14003,Xã Gò,90102\n14001,Xã Đồi Sim,90101\n", encoding="utf-8")
    command = ["import", "former", str(path), "--from", "2025-07-01", "--ground", GROUND]
    assert main(command) == 0 and "Thêm / added 1" in capsys.readouterr().out
    assert main(command) == 0 and "Thêm / added 0" in capsys.readouterr().out
    assert FormerCommune.objects.get(code="14003").last_day == OLD_ENDS
    with pytest.raises(Invalid, match="không có xã mới mang mã 90999"):
        take_former([ListedFormer("14004", "Xã Bãi", "90999", 2)], last_day=OLD_ENDS, ground=GROUND)
    assert main([*command[:-1], ""]) == 1 and "chưa ghi nghị quyết" in capsys.readouterr().err
