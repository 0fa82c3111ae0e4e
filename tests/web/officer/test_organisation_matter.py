"""The desk's page of an organisation's registration: what stands against it, the comparison, one press to approve."""

from collections.abc import Callable

import pytest
from django.test import Client

from ansinh.dossiers.models import Dossier, State
from ansinh.people.models import StaffMember
from tests.world import World, delegate
from tests.world_organisations import a_firm, freeze, registration_of

pytestmark = pytest.mark.django_db
Browser = Callable[[str], Client]


@pytest.fixture
def dossier(world: World) -> Dossier:
    """A company registers with papers."""
    freeze("dang-ky-gdt-to-chuc")
    return registration_of(world.citizen)


def page(client: Client, dossier: Dossier) -> str:
    answer = client.get(f"/can-bo/ho-so/{dossier.pk}/to-chuc")
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.mark.requirement("R-080")
def test_from_the_list_to_the_approval(world: World, browser: Browser, dossier: Dossier) -> None:
    delegate(world["counter"], by=world["leader"])
    desk, here = browser("counter"), f"/can-bo/ho-so/{dossier.pk}"
    assert "Công ty May Đồng Xanh 10" in desk.get("/can-bo").content.decode()
    assert f"{here}/to-chuc" in desk.get(here).content.decode()
    assert f"{here}/de-xuat" not in desk.get(here).content.decode()
    before = page(desk, dossier)
    assert "còn 1 việc trước khi phê duyệt" in before and "Chưa đối chiếu giấy tờ" in before
    assert f'action="{here}/to-chuc/phe-duyet"' not in before
    desk.post(f"{here}/to-chuc/doi-chieu", {"papers_match": "1", "signed": "1"})
    assert f'action="{here}/to-chuc/phe-duyet"' in page(desk, dossier)
    desk.post(f"{here}/to-chuc/phe-duyet")
    again = desk.post(f"{here}/to-chuc/phe-duyet", follow=True)
    assert again.status_code == 200
    dossier.refresh_from_db()
    assert dossier.state == State.GRANTED
    assert "Đã phê duyệt theo văn bản giao quyền 12/QĐ-BHXH." in page(desk, dossier)


def test_who_has_no_delegation_sees_why_and_approves_nothing(world: World, browser: Browser, dossier: Dossier) -> None:
    desk = browser("counter")
    assert "chưa được giám đốc giao phê duyệt" in page(desk, dossier)
    assert desk.post(f"/can-bo/ho-so/{dossier.pk}/to-chuc/phe-duyet").status_code == 409


def test_a_tax_code_that_is_taken_is_told_to_the_officer_only(world: World, browser: Browser) -> None:
    freeze("dang-ky-gdt-to-chuc")
    firm = a_firm()
    dossier = registration_of(world.citizen, representative_name="Đào Thị Sen", contact_name="Đào Thị Sen")
    assert "Mã số thuế này đã có tổ chức đăng ký" in page(browser("counter"), dossier)
    shown = browser("citizen").get(f"/ho-so/{dossier.pk}").content.decode()
    assert not any(told in shown for told in ("đã có tổ chức đăng ký", firm.chief.name, firm.clerk.name))


def test_the_page_reads_in_english(world: World, browser: Browser, dossier: Dossier) -> None:
    desk = browser("counter")
    desk.cookies["ngon_ngu"] = "en"
    assert "Compare the organisation" in page(desk, dossier)


@pytest.mark.requirement("R-080")
@pytest.mark.requirement("R-160")
def test_the_office_finds_an_organisation_and_helps_where_it_has_no_administrator(
    world: World, browser: Browser
) -> None:
    firm = a_firm()
    desk, here = browser("counter"), f"/can-bo/to-chuc/{firm.company.pk}"
    for typed in ("9999000037", "dong xanh"):
        assert "Vũ Thị Ngọc Ánh" in desk.get("/can-bo/to-chuc", {"tim": typed}).content.decode(), typed
    assert (
        "không quản lý tổ chức nào"
        in browser("other_counter").get("/can-bo/to-chuc", {"tim": "9999000037"}).content.decode()
    )
    assert browser("other_counter").get(here).status_code == 404
    chief = StaffMember.objects.get(account_id=firm.chief.account_id)
    assert desk.post(here, {"_end": str(chief.pk)}).status_code == 422
    delegate(world["counter"], by=world["leader"])
    assert "không còn là người dùng" in desk.post(here, {"_end": str(chief.pk)}, follow=True).content.decode()
    assert desk.post(here, {"_invite": "1", "number": "12"}).status_code == 422
    invited = desk.post(here, {"_invite": "1", "number": "090185000199"}, follow=True).content.decode()
    assert "•••• 0199 làm người quản lý" in invited
    assert desk.post(here, {"_close": "1", "reason": ""}).status_code == 422
    closed = desk.post(here, {"_close": "1", "reason": "Giải thể theo 7/QĐ"}, follow=True).content.decode()
    assert "Tổ chức đã ngừng giao dịch" in closed and 'name="_close"' not in closed
