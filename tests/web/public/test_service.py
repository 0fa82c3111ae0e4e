"""The page of one service: what to prepare by case, honest limits, where the button leads."""

import re

import pytest

from ansinh.catalogue.freeze import freeze_all
from ansinh.catalogue.published import service_list
from ansinh.catalogue.queries import folders
from ansinh.dossiers.models import Draft
from ansinh.dossiers.real_time import MEASURE
from ansinh.people.models import Account
from ansinh.platform.models import Job
from ansinh.web.public.papers_by_case import preparation
from tests.browsers import Client
from tests.web.public.conftest import NOW
from tests.world import World


def html(reader: Client, slug: str) -> str:
    return reader.get(f"/dich-vu/{slug}").content.decode()


def test_papers_are_sorted_by_the_case(world: World) -> None:
    maternity = next(folder for folder in folders() if folder.slug == "che-do-thai-san")
    found = preparation(maternity)
    adoption = next(case for case in found.cases if case.title == "Nhận nuôi con dưới 6 tháng tuổi")
    assert [line.name for line in adoption.lines] == ["Giấy chứng nhận nuôi con nuôi và biên bản giao nhận"]
    miscarriage = next(case for case in found.cases if case.title.startswith("Sẩy thai"))
    assert [line.when for line in miscarriage.lines] == [
        "Khi “Hình thức điều trị” là “Nội trú”",
        "Khi “Hình thức điều trị” là “Ngoại trú”",
    ]
    assert "Giấy chứng tử của mẹ" in [line.name for line in found.besides]


def test_every_paper_a_person_brings_is_named(reader: Client) -> None:
    for folder in folders():
        page = html(reader, folder.slug)
        for paper in folder.papers:
            if not paper.made_by_portal:
                assert str(paper.name_vi).replace("&", "&amp;").replace('"', "&#34;") in page, (folder.slug, paper.key)


@pytest.mark.requirement("R-170")
def test_laws_stand_with_their_day_and_validity(reader: Client) -> None:
    page = html(reader, "che-do-thai-san")
    assert "Luật Bảo hiểm xã hội (41/2024/QH15)</span>, ban hành 29/06/2024." in page
    assert "Đang có hiệu lực. Chưa đối chiếu văn bản gốc." in page
    assert "Đã được thay thế." in page


@pytest.mark.requirement("R-194")
def test_a_service_says_for_whom_and_since_when(reader: Client) -> None:
    page = html(reader, "che-do-thai-san")
    assert "Cá nhân, Người sử dụng lao động" in page
    assert "<dt>Quy định áp dụng từ</dt><dd>01/07/2025" in page


@pytest.mark.parametrize(
    ("slug", "stranger", "holder"),
    [
        ("tai-khoan-cong", "/dang-ky", "/tai-khoan"),
        ("cap-ma-xac-thuc-giao-dich", "/dang-nhap?tiep=", "/tai-khoan/ma-xac-thuc"),
        ("uoc-tinh-muc-dong-muc-huong", "/tinh-thu/bhxh-tu-nguyen", "/tinh-thu/bhxh-tu-nguyen"),
    ],
)
def test_a_service_that_is_a_page_of_ours_leads_there(
    reader: Client, world: World, slug: str, stranger: str, holder: str
) -> None:
    before = main_button(reader, slug)
    assert before.startswith(stranger)
    reader.force_login(Account.objects.get(pk=world.citizen.account_id))
    after = main_button(reader, slug)
    assert after == holder and reader.get(after).status_code == 200
    assert "Chưa nộp trực tuyến ở đây" not in html(reader, slug)


def test_the_account_service_leads_to_every_way_in(reader: Client) -> None:
    page = html(reader, "tai-khoan-cong")
    assert all(f'href="{address}"' in page for address in ("/dang-ky", "/dang-nhap", "/quen-mat-khau", "/khoi-phuc"))


def main_button(reader: Client, slug: str) -> str:
    """Where the one main button of a service leads."""
    found = re.findall(r'<a class="btn go" href="([^"]+)"', html(reader, slug))
    assert len(found) == 1
    return str(found[0])


def test_a_service_not_filed_here_has_no_button_but_the_other_ways(reader: Client) -> None:
    for folder in folders():
        page, filed = html(reader, folder.slug), folder.procedure.online
        assert ("Chưa nộp trực tuyến ở đây" in page) is not filed, folder.slug
        assert ("btn go" in page) is filed, folder.slug
        assert filed or 'id="cach-nop"' in page, folder.slug


@pytest.mark.requirement("R-186")
def test_a_case_is_chosen_before_the_claim_begins(reader: Client, world: World) -> None:
    reader.force_login(Account.objects.get(pk=world.citizen.account_id))
    page = html(reader, "thay-doi-hinh-thuc-linh")
    assert 'action="/ho-so/bat-dau/thay-doi-hinh-thuc-linh"' in page
    assert 'name="truong_hop" value="to_account"' in page
    assert "Bắt đầu kê khai" in page


def test_who_has_not_signed_in_comes_back_here(reader: Client) -> None:
    page = html(reader, "che-do-thai-san")
    assert 'href="/dang-nhap?tiep=%2Fdich-vu%2Fche-do-thai-san"' in page
    assert 'href="/dang-ky"' in page


def test_registration_leads_to_the_registration(reader: Client) -> None:
    assert '<a class="btn go" href="/dang-ky">' in html(reader, "dang-ky-gdt-ca-nhan")


def test_an_officer_is_told_to_use_an_own_account(reader: Client, world: World) -> None:
    reader.force_login(Account.objects.get(pk=world["counter"].account_id))
    page = html(reader, "che-do-thai-san")
    assert "Tài khoản cán bộ không dùng để nộp hồ sơ" in page
    assert "/ho-so/bat-dau" not in page


def test_reading_a_page_again_and_again_queues_one_measuring(reader: Client) -> None:
    for slug in ("che-do-om-dau", "che-do-om-dau", "che-do-thai-san"):
        html(reader, slug)
    assert Job.objects.filter(name=MEASURE).count() == 1


@pytest.mark.requirement("R-186")
def test_every_case_of_a_service_filed_here_answers_its_form() -> None:
    by_slug = {folder.slug: folder for folder in folders()}
    filed = [row for row in service_list().rows if by_slug[row.procedure].form is not None and row.cases]
    assert filed
    for row in filed:
        form = by_slug[row.procedure].form
        assert form is not None
        keys = {field.key for field in form.fields()}
        for case in row.cases:
            assert set(case.answers) <= keys, (row.row, case.key)
            assert case.answers or case.key == row.cases[-1].key, (row.row, case.key)


@pytest.mark.requirement("R-186")
def test_the_chosen_case_is_answered_in_the_draft(reader: Client, world: World) -> None:
    freeze_all(at=NOW)
    reader.force_login(Account.objects.get(pk=world.citizen.account_id))
    answer = reader.post("/ho-so/bat-dau/thay-doi-hinh-thuc-linh", {"truong_hop": "to_account"})
    assert answer.status_code == 302
    assert Draft.objects.get().answers["payment_method"] == "bank_account"
