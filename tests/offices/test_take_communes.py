"""A published list of communes becomes dated rows."""

from datetime import date

import pytest

from ansinh.offices.models import Commune, Province
from ansinh.offices.take_communes import ListedCommune, Taken, take_communes
from ansinh.platform.errors import Invalid

FIRST, LATER = date(2025, 7, 1), date(2027, 1, 1)
BA_DINH = ListedCommune("00004", "Phường Ba Đình", "01", 2)
NGOC_HA = ListedCommune("00008", "Phường Ngọc Hà", "01", 3)


@pytest.fixture(autouse=True)
def _hanoi(db: None) -> None:
    Commune.objects.all().delete()
    Province.objects.get_or_create(
        code="01", valid_from=FIRST, defaults={"name_vi": "Hà Nội", "name_en": "Hanoi", "kind": "city"}
    )


def _rows() -> set[tuple[str, str, date, date | None]]:
    return set(Commune.objects.values_list("code", "name_vi", "valid_from", "valid_to"))


def test_the_same_list_twice_changes_nothing() -> None:
    assert take_communes([BA_DINH, NGOC_HA], valid_from=FIRST, whole=True) == Taken(2, 0, 0, 0)
    before = _rows()
    assert take_communes([BA_DINH, NGOC_HA], valid_from=FIRST, whole=True) == Taken(0, 0, 0, 2)
    assert _rows() == before


def test_a_renamed_commune_keeps_its_old_name_for_old_days() -> None:
    take_communes([BA_DINH], valid_from=FIRST, whole=False)
    renamed = ListedCommune("00004", "Phường Ba Đình Mới", "01", 2)
    assert take_communes([renamed], valid_from=LATER, whole=False) == Taken(0, 1, 0, 0)
    assert _rows() == {
        ("00004", "Phường Ba Đình", FIRST, date(2026, 12, 31)),
        ("00004", "Phường Ba Đình Mới", LATER, None),
    }


def test_only_a_whole_list_ends_communes_it_does_not_name() -> None:
    take_communes([BA_DINH, NGOC_HA], valid_from=FIRST, whole=True)
    assert take_communes([BA_DINH], valid_from=LATER, whole=False).ended == 0
    assert take_communes([BA_DINH], valid_from=LATER, whole=True).ended == 1
    assert ("00008", "Phường Ngọc Hà", FIRST, date(2026, 12, 31)) in _rows()


def test_a_mistake_corrected_the_same_day_leaves_one_row() -> None:
    take_communes([ListedCommune("00004", "Phường Ba Đỉnh", "01", 2)], valid_from=FIRST, whole=False)
    take_communes([BA_DINH], valid_from=FIRST, whole=False)
    assert _rows() == {("00004", "Phường Ba Đình", FIRST, None)}


def test_every_bad_line_is_told_and_nothing_is_taken() -> None:
    bad = [ListedCommune("4", "Phường A", "01", 2), BA_DINH, ListedCommune("00004", "", "99", 4)]
    with pytest.raises(Invalid) as refusal:
        take_communes(bad, valid_from=FIRST, whole=True)
    assert [problem.split(":")[0] for problem in refusal.value.problems] == ["dòng 2", "dòng 4", "dòng 4", "dòng 4"]
    assert "dòng 2: mã xã phải gồm 5 chữ số" in str(refusal.value)
    assert _rows() == set()


def test_an_empty_list_ends_nothing() -> None:
    take_communes([BA_DINH], valid_from=FIRST, whole=True)
    with pytest.raises(Invalid):
        take_communes([], valid_from=LATER, whole=True)
    assert len(_rows()) == 1
