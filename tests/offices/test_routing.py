"""Which office a person is proposed, by dated data."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.offices.models import Jurisdiction, Level, Office
from ansinh.offices.queries import deciding_office, receiving_office

TODAY = date(2026, 11, 23)


@pytest.fixture
def offices(db: None) -> None:
    """A province with two local offices; the district office of before became the first."""
    province = _office("99100", "BHXH tỉnh Sông Xanh", Level.PROVINCE, parent=None)
    local = _office("99101", "BHXH cơ sở Bến Tre Xanh", Level.LOCAL, parent=province)
    _office("99102", "BHXH cơ sở Đồi Sim", Level.LOCAL, parent=province)
    old = _office("99150", "BHXH huyện Bến Cũ", Level.DISTRICT, parent=province)
    Office.objects.filter(pk=old.pk).update(valid_to=date(2025, 6, 30), merged_into=local)
    Jurisdiction.objects.create(office_id="99102", commune_code="99001", valid_from=date(2025, 7, 1))


def _office(code: str, name: str, level: str, *, parent: Office | None) -> Office:
    return Office.objects.create(
        code=code,
        name_vi=name,
        name_en=name,
        level=level,
        parent=parent,
        province_code="99",
        address="",
        phone="",
        valid_from=date(2019, 1, 1),
    )


@pytest.mark.usefixtures("offices")
@pytest.mark.requirement("R-113")
def test_the_office_that_manages_the_record_is_proposed_first() -> None:
    assert receiving_office(managing_office="99101", commune_code="99001", on=TODAY) == "99101"


@pytest.mark.usefixtures("offices")
def test_a_district_office_of_before_resolves_to_what_it_became() -> None:
    assert receiving_office(managing_office="99150", commune_code="", on=TODAY) == "99101"
    assert receiving_office(managing_office="99150", commune_code="", on=date(2025, 6, 30)) == "99150"


@pytest.mark.usefixtures("offices")
def test_without_a_record_the_commune_decides_and_an_unknown_commune_proposes_nothing() -> None:
    assert receiving_office(managing_office="", commune_code="99001", on=TODAY) == "99102"
    assert receiving_office(managing_office="", commune_code="99999", on=TODAY) == ""


@pytest.mark.usefixtures("offices")
@pytest.mark.requirement("R-115")
def test_a_procedure_of_the_province_goes_up_and_one_of_the_local_office_stays() -> None:
    local = Office.objects.get(pk="99101")
    up = deciding_office("che-do-tu-tuat", received_at=local, decided_at=("province",), on=TODAY)
    stays = deciding_office("che-do-thai-san", received_at=local, decided_at=("bhxh_co_so", "province"), on=TODAY)
    assert (up.code, stays.code) == ("99100", "99101")
