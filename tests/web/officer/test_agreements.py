"""The page on which an office enters contracts, points and branches."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.offices.models import Commune
from ansinh.people.models import CollectionPoint, Organisation, ServiceContract
from tests.web.officer.test_desk import Browser, words
from tests.world import World, delegate
from tests.world_organisations import PROVIDER, a_provider, an_agent, an_organisation

BEGINS = {"begins.day": "9", "begins.month": "11", "begins.year": "2026"}
LAST_DAY = {"last_day.day": "30", "last_day.month": "11", "last_day.year": "2026"}


@pytest.fixture(autouse=True)
def delegated(world: World) -> None:
    """The counter approves what organisations ask."""
    delegate(world["counter"], by=world["leader"])
    Commune.objects.get_or_create(
        code="90101", defaults={"province_code": "90", "name_vi": "Xã Bờ Sông", "valid_from": date(2025, 7, 1)}
    )


def page_of(organisation: Organisation) -> str:
    return f"/can-bo/to-chuc/{organisation.pk}/hop-dong"


def test_a_contract_is_entered_and_ended(world: World, browser: Browser) -> None:
    provider = an_organisation(PROVIDER, "Truyền Nhận Số Lam Giang", kind="ivan_provider")
    desk, page = browser("counter"), page_of(provider)
    assert page in desk.get(f"/can-bo/to-chuc/{provider.pk}").content.decode()
    assert 'id="number"' in desk.get(page, {"viec": "contract"}).content.decode()
    empty = desk.post(page, {"viec": "contract", **BEGINS})
    assert empty.status_code == 422 and "Xin điền mục “Số hợp đồng”" in words(empty)
    done = desk.post(page, {"viec": "contract", "number": "12/TT", **BEGINS}, follow=True)
    assert "Đã ghi hợp đồng." in words(done) and "12/TT" in words(done)
    row = ServiceContract.objects.get()
    again = desk.post(page, {"viec": "contract", "number": "13/TT", **BEGINS})
    assert again.status_code == 422 and "Đã có hợp đồng trong thời gian đó" in words(again)
    end = {"viec": "end-contract", "dong": str(row.pk), "reason": "Văn bản 5/TB", **LAST_DAY}
    assert "đến 30/11/2026" in words(desk.post(page, end, follow=True))
    history = words(desk.get(f"/can-bo/to-chuc/{provider.pk}"))
    assert "kết thúc sau ngày 30/11/2026: Văn bản 5/TB" in history


def test_points_of_an_agent_are_opened_and_closed(world: World, browser: Browser) -> None:
    agent = an_agent()
    desk, page = browser("counter"), page_of(agent)
    assert Commune.objects.get(code="90101").name_vi in words(desk.get(page, {"viec": "point"}))
    given = {
        "viec": "point", "code": "DT-90-009", "name": "Điểm thu Cầu Đá", "commune": "90101",
        "address": "9 đường Bờ Sông", "phone": "", **BEGINS,
    }  # fmt: skip
    assert "Đã mở điểm thu." in words(desk.post(page, given, follow=True))
    row = CollectionPoint.objects.get(code="DT-90-009")
    close = {"viec": "end-point", "dong": str(row.pk), **LAST_DAY}
    assert "Đã ghi ngày ngừng điểm thu." in words(desk.post(page, close, follow=True))
    row.refresh_from_db()
    assert row.valid_to == date(2026, 11, 30)


def test_a_branch_is_added_and_listed(world: World, browser: Browser) -> None:
    company = an_organisation()
    desk, page = browser("counter"), page_of(company)
    given = {
        "viec": "branch", "name": "Chi nhánh Bến xe", "unit": "ta0999b", "contact_name": "Lý Thị Thơm",
        "contact_phone": "0900000401",
    }  # fmt: skip
    done = words(desk.post(page, given, follow=True))
    assert "Đã thêm chi nhánh." in done and "TA0999B" in done and "dùng mã số thuế của tổ chức" in done
    assert 'viec" value="contract"' not in desk.get(page, {"viec": "contract"}).content.decode(), "not of an employer"


def test_a_row_of_another_organisation_is_not_ended_here(world: World, browser: Browser) -> None:
    provider, agent = a_provider(), an_agent()
    theirs = ServiceContract.objects.get(organisation=agent)
    end = {"viec": "end-contract", "dong": str(theirs.pk), "reason": "x", **LAST_DAY}
    answer = browser("counter").post(page_of(provider), end)
    assert answer.status_code == 422
    theirs.refresh_from_db()
    assert theirs.valid_to is None


@pytest.mark.parametrize(("who", "status"), [("leader", 422), ("other_counter", 404), ("citizen", 403)])
def test_nobody_else_enters_anything(world: World, browser: Browser, who: str, status: int) -> None:
    provider = an_organisation(PROVIDER, "Truyền Nhận Số Lam Giang", kind="ivan_provider")
    answer = browser(who).post(page_of(provider), {"viec": "contract", "number": "12/TT", **BEGINS})
    assert answer.status_code == status
    assert not ServiceContract.objects.exists()
