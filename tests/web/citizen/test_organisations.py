"""The pages of an organisation's staff: what each may see and press, in both languages; strangers are told nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from ansinh.people.models import OrganisationCertificate, StaffInvitation, StaffMember
from ansinh.people.organisations.change_staff import end_membership
from tests.web.citizen.conftest import MONDAY
from tests.world import ID_NUMBER, LONG_AGO, PASSWORD, World
from tests.world_organisations import (
    BRANCH,
    Firm,
    a_firm,
    a_mandate,
    a_person,
    a_provider,
    an_agent,
    an_organisation,
    freeze,
    hired,
)

pytestmark = pytest.mark.django_db
NUMBERS = {"chief": "090185000101", "clerk": "090185000102", "reader": "090185000103"}


@pytest.fixture
def firm(world: World) -> Firm:
    """A company with three of its staff, and what it files."""
    freeze("dang-ky-su-dung-ivan", "dang-ky-gdt-to-chuc")
    return a_firm()


def signed_in(login: str) -> Client:
    """A browser of this person."""
    client = Client()
    assert client.post("/dang-nhap", {"login": login, "password": PASSWORD}).status_code == 302
    return client


def text(answer: Any) -> str:
    return str(answer.content.decode())


def address(firm: Firm) -> str:
    return f"/to-chuc/{firm.company.pk}"


def acts(client: Client, firm: Firm, who: str) -> Client:
    """The browser works for the company."""
    member = StaffMember.objects.get(account_id=getattr(firm, who).account_id)
    assert client.post(f"/tai-khoan/lam-thay/{member.pk}/chuyen").headers["Location"] == "/ho-so"
    return client


@pytest.mark.requirement("R-080")
def test_who_works_nowhere_learns_how_to_begin(browser: Client, firm: Firm) -> None:
    page = text(browser.get("/to-chuc"))
    assert "chưa làm việc cho tổ chức nào" in page and firm.company.name not in page
    assert "/dich-vu/dang-ky-gdt-to-chuc" in page
    assert browser.get(address(firm)).status_code == 404


@pytest.mark.requirement("R-080")
@pytest.mark.requirement("R-160")
def test_the_page_shows_people_roles_contact_and_history(firm: Firm) -> None:
    an_organisation(BRANCH, "Chi nhánh Cam Ranh", parent=firm.company, unit_code="YN0002B")
    a_mandate(firm.company, a_provider())
    page = text(signed_in(NUMBERS["reader"]).get(address(firm)))
    for shown in ("Phạm Thị Hạnh", "Vũ Thị Ngọc Ánh, 0905 000 111", "Chi nhánh Cam Ranh", "YN0002B", "Truyền Nhận Số"):
        assert shown in page, shown
    for hidden in ("Mời người dùng", "Đổi, cho thôi", "Thu hồi", NUMBERS["chief"]):
        assert hidden not in page, hidden


def test_the_pages_read_in_english(firm: Firm) -> None:
    chief = signed_in(NUMBERS["chief"])
    chief.cookies["ngon_ngu"] = "en"
    for page, words in ((address(firm), "Invite somebody"), ("/to-chuc", "My organisations")):
        assert words in text(chief.get(page))
    assert "Send the invitation" in text(chief.get(f"{address(firm)}/moi"))


@pytest.mark.requirement("R-080")
def test_an_invitation_from_the_form_to_the_first_look(firm: Firm) -> None:
    chief = signed_in(NUMBERS["chief"])
    page = f"{address(firm)}/moi"
    wrong = chief.post(page, {"number": "12", "roles": ["read"]})
    assert wrong.status_code == 422 and 'id="number"' in text(wrong) and 'href="#number"' in text(wrong)
    assert chief.post(page, {"number": ID_NUMBER}).status_code == 422
    for number in (ID_NUMBER, "090185000199"):
        sent = chief.post(page, {"number": number, "roles": ["file", "read"]}, follow=True)
        assert f"Đã mời số •••• {number[-4:]}" in text(sent)
    guest = signed_in(ID_NUMBER)
    assert "Có 1 lời mời của tổ chức" in text(guest.get("/tai-khoan"))
    assert "Phạm Thị Hạnh mời ông/bà" in text(guest.get("/to-chuc"))
    invitation = StaffInvitation.objects.get(personal_id_number=ID_NUMBER)
    accepted = guest.post(f"/to-chuc/loi-moi/{invitation.pk}", {"_accept": "1"}, follow=True)
    assert "Trần Thị Mai Lan nhận lời mời" in text(accepted)
    assert guest.post(f"/to-chuc/loi-moi/{invitation.pk}", {"_accept": "1"}).status_code == 404


def test_a_declined_and_a_withdrawn_invitation_leave_the_page(firm: Firm) -> None:
    chief = signed_in(NUMBERS["chief"])
    chief.post(f"{address(firm)}/moi", {"number": ID_NUMBER, "roles": ["read"]})
    first = StaffInvitation.objects.get()
    chief.post(f"{address(firm)}/loi-moi/{first.pk}/rut")
    guest = signed_in(ID_NUMBER)
    assert "Nhận lời" not in text(guest.get("/to-chuc"))
    chief.post(f"{address(firm)}/moi", {"number": ID_NUMBER, "roles": ["read"]})
    second = StaffInvitation.objects.get(state="open")
    guest.post(f"/to-chuc/loi-moi/{second.pk}", {"_decline": "1"})
    assert "từ chối lời mời" in text(chief.get(address(firm)))
    assert StaffMember.objects.count() == 3


def test_roles_are_changed_and_somebody_is_let_go(firm: Firm) -> None:
    chief, clerk = signed_in(NUMBERS["chief"]), StaffMember.objects.get(account_id=firm.clerk.account_id)
    page = f"{address(firm)}/nguoi-dung/{clerk.pk}"
    assert chief.post(page, {"_change": "1"}).status_code == 422
    changed = chief.post(page, {"_change": "1", "roles": ["read", "sign"]}, follow=True)
    assert "Đã đổi vai trò của Vũ Thị Ngọc Ánh" in text(changed)
    assert "trước là Xem hồ sơ, Lập hồ sơ, nay là Xem hồ sơ, Ký và nộp" in text(changed)
    assert "không còn là người dùng" in text(chief.post(page, {"_end": "1"}, follow=True))
    assert chief.get(page).status_code == 404


def test_the_last_administrator_is_told_why_not(firm: Firm) -> None:
    chief, member = signed_in(NUMBERS["chief"]), StaffMember.objects.get(account_id=firm.chief.account_id)
    answer = chief.post(f"{address(firm)}/nguoi-dung/{member.pk}", {"_end": "1"})
    assert answer.status_code == 422 and "người quản lý cuối cùng" in text(answer)


def test_a_reader_leaves_and_manages_nobody(firm: Firm) -> None:
    reader = signed_in(NUMBERS["reader"])
    mine, other = (StaffMember.objects.get(account_id=getattr(firm, who).account_id) for who in ("reader", "clerk"))
    for page in (f"nguoi-dung/{other.pk}", "moi", "lien-he"):
        assert reader.get(f"{address(firm)}/{page}").status_code == 404, page
    left = reader.post(f"{address(firm)}/nguoi-dung/{mine.pk}", {"_end": "1"})
    assert left.headers["Location"] == "/to-chuc"
    assert reader.get(address(firm)).status_code == 404


@pytest.mark.requirement("R-080")
def test_a_session_that_acts_falls_back_when_the_membership_ends(firm: Firm) -> None:
    clerk = acts(signed_in(NUMBERS["clerk"]), firm, "clerk")
    assert f"Hồ sơ của {firm.company.name}" in text(clerk.get("/ho-so"))
    begun = clerk.post("/ho-so/bat-dau/dang-ky-su-dung-ivan").headers["Location"]
    assert clerk.get(begun).status_code == 200
    end_membership(StaffMember.objects.get(account_id=firm.clerk.account_id).pk, actor=firm.chief, at=MONDAY)
    assert firm.company.name not in text(clerk.get("/ho-so"))
    assert clerk.get(begun).status_code == 404


def test_a_reader_sees_the_organisations_dossiers_and_begins_none(firm: Firm) -> None:
    reader = acts(signed_in(NUMBERS["reader"]), firm, "reader")
    assert reader.get("/ho-so").status_code == 200
    assert reader.post("/ho-so/bat-dau/dang-ky-su-dung-ivan").status_code == 403
    assert reader.post("/tai-khoan/lam-thay/thoi").status_code == 302
    assert "Hồ sơ của tôi" in text(reader.get("/ho-so"))


def test_only_signing_is_offered_for_an_organisations_draft(firm: Firm) -> None:
    chief = acts(signed_in(NUMBERS["chief"]), firm, "chief")
    begun = chief.post("/ho-so/bat-dau/dang-ky-su-dung-ivan").headers["Location"]
    base = begun.rpartition("/")[0]
    chief.post(f"{base}/request", {"request_type": "stop"})
    chief.post(f"{base}/commitment", {"truth_commitment": "true"})
    finish = chief.get(f"{base}/nop")
    asked = chief.post(f"{base}/nop", {"channel": "sms"})
    assert finish.status_code in (200, 302) and "không bằng mã" in text(asked)


def test_certificates_and_mandates_are_ended_after_a_page_that_says_what_it_means(firm: Firm) -> None:
    known = OrganisationCertificate.objects.create(
        organisation=firm.company, sha256="ab" * 32, serial="4711", issuer="CA thử", valid_from=LONG_AGO,
        valid_to=MONDAY, known_since=LONG_AGO,
    )  # fmt: skip
    mandate = a_mandate(firm.company, a_provider())
    chief = signed_in(NUMBERS["chief"])
    for page, told in ((f"chung-thu/{known.pk}", "Đã ngừng dùng"), (f"i-van/{mandate.pk}", "Đã thu hồi ủy quyền")):
        assert "Từ bây giờ" in text(chief.get(f"{address(firm)}/{page}"))
        assert told in text(chief.post(f"{address(firm)}/{page}", follow=True))


def test_the_contact_person_is_changed(firm: Firm) -> None:
    chief = signed_in(NUMBERS["chief"])
    page = f"{address(firm)}/lien-he"
    assert chief.post(page, {"name": "", "phone": "0905000222"}).status_code == 422
    assert chief.post(page, {"name": "Lý Quốc Bảo", "phone": "123"}).status_code == 422
    assert "Lý Quốc Bảo, 0905 000 222" in text(
        chief.post(page, {"name": "Lý Quốc Bảo", "phone": "0905000222"}, follow=True)
    )


def test_an_agent_sees_its_points_and_contract_and_a_provider_its_mandates(firm: Firm) -> None:
    keeper = a_person("Đoàn Văn Thắng", "090185000114")
    agent, provider = an_agent(), a_provider()
    a_mandate(firm.company, provider)
    for organisation in (agent, provider):
        hired(organisation, keeper, "read")
    client = signed_in("090185000114")
    points = text(client.get(f"/to-chuc/{agent.pk}"))
    assert "DT-90-001" in points and "Điểm thu Bến xe" in points and "03/HĐ-DVT" in points
    mandates = text(client.get(f"/to-chuc/{provider.pk}"))
    assert firm.company.name in mandates and "đang dùng" in mandates and "07/TT-IVAN" in mandates


def test_a_person_cannot_begin_what_is_for_organisations(browser: Client, firm: Firm) -> None:
    service = text(browser.get("/dich-vu/dang-ky-su-dung-ivan"))
    assert "Chọn tổ chức" in service and "Bắt đầu kê khai" not in service
    answer = browser.post("/ho-so/bat-dau/dang-ky-su-dung-ivan")
    assert answer.status_code == 409 and "dành cho tổ chức" in text(answer)
    assert browser.post("/ho-so/bat-dau/dang-ky-gdt-to-chuc").status_code == 302
