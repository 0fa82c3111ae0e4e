"""People find services with the words they have."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ansinh.catalogue.loader import load_all
from ansinh.catalogue.search import Catalogue, Filters, likeness
from ansinh.catalogue.services import read_services
from ansinh.catalogue.synonyms import read_synonyms

ROOT = Path(__file__).resolve().parents[2] / "procedures"
FOLDERS = load_all(ROOT)
SLUGS = frozenset(folder.slug for folder in FOLDERS)
SERVICES = read_services(ROOT, slugs=SLUGS)
CATALOGUE = Catalogue(FOLDERS, SERVICES, read_synonyms(ROOT, slugs=SLUGS))

QUERIES = [
    ("bảo hiểm xã hội một lần", "huong-bhxh-mot-lan"),
    ("bhxh 1 lan", "huong-bhxh-mot-lan"),
    ("rut bao hiem", "huong-bhxh-mot-lan"),
    ("rút bhxh một lần", "huong-bhxh-mot-lan"),
    ("lãnh bảo hiểm một lần", "huong-bhxh-mot-lan"),
    ("bhxh mot lna", "huong-bhxh-mot-lan"),
    ("one-time benefit", "huong-bhxh-mot-lan"),
    ("thai sản", "che-do-thai-san"),
    ("thai san", "che-do-thai-san"),
    ("tahi san", "che-do-thai-san"),
    ("che do tai san", "che-do-thai-san"),
    ("sinh con", "che-do-thai-san"),
    ("tiền sinh em bé", "che-do-thai-san"),
    ("vo sinh con chong duoc nghi may ngay", "che-do-thai-san"),
    ("maternity", "che-do-thai-san"),
    ("nhan con nuoi", "che-do-thai-san"),
    ("tử tuất", "che-do-tu-tuat"),
    ("tu tuat", "che-do-tu-tuat"),
    ("tiền tuất", "che-do-tu-tuat"),
    ("tien tuat hang thang", "che-do-tu-tuat"),
    ("mai táng phí", "che-do-tu-tuat"),
    ("mai tang", "che-do-tu-tuat"),
    ("chế độ khi người thân qua đời", "che-do-tu-tuat"),
    ("survivor", "che-do-tu-tuat"),
    ("lương hưu tự nguyện", "luong-huu-tu-nguyen-bao-luu"),
    ("luong huu bao luu", "luong-huu-tu-nguyen-bao-luu"),
    ("sổ hưu", "luong-huu-tu-nguyen-bao-luu"),
    ("so huu", "luong-huu-tu-nguyen-bao-luu"),
    ("ve huu", "luong-huu-tu-nguyen-bao-luu"),
    ("mất sổ bảo hiểm", "cap-lai-doi-dieu-chinh-so-the"),
    ("mat the bao hiem y te", "cap-lai-doi-dieu-chinh-so-the"),
    ("làm lại thẻ bhyt", "cap-lai-doi-dieu-chinh-so-the"),
    ("gop so bhxh", "cap-lai-doi-dieu-chinh-so-the"),
    ("sai ngay sinh tren so", "cap-lai-doi-dieu-chinh-so-the"),
    ("đổi nơi khám chữa bệnh ban đầu", "cap-lai-doi-dieu-chinh-so-the"),
    ("cap laii so", "cap-lai-doi-dieu-chinh-so-the"),
    ("TK1-TS", "cap-lai-doi-dieu-chinh-so-the"),
    ("mẫu 2-CBH", "thay-doi-hinh-thuc-linh"),
    ("2cbh", "thay-doi-hinh-thuc-linh"),
    ("nhận lương hưu qua ngân hàng", "thay-doi-hinh-thuc-linh"),
    ("nhan luong huu qua atm", "thay-doi-hinh-thuc-linh"),
    ("đổi tài khoản nhận lương hưu", "thay-doi-hinh-thuc-linh"),
    ("hinh thuc lĩnh", "thay-doi-hinh-thuc-linh"),
    ("ủy quyền lĩnh thay", "uy-quyen-linh-thay"),
    ("nho nguoi khac nhan thay luong huu", "uy-quyen-linh-thay"),
    ("ốm đau", "che-do-om-dau"),
    ("nghi om", "che-do-om-dau"),
    ("con ốm", "che-do-om-dau"),
    ("tai nan lao dong", "tnld-bnn-lan-dau"),
    ("bệnh nghề nghiệp tái phát", "tnld-bnn-tai-phat"),
    ("dưỡng sức", "duong-suc-phuc-hoi"),
    ("báo tăng lao động", "bhxh-bat-buoc-dieu-chinh-dong"),
    ("d02-lt", "bhxh-bat-buoc-dieu-chinh-dong"),
    ("mua bảo hiểm y tế hộ gia đình", "dang-ky-dong-cap-the-bhyt"),
    ("gia han the bhyt", "gia-han-the-bhyt"),
    ("bao hiem tu nguyen", "bhxh-tu-nguyen"),
    ("hoan tra tien dong trung", "hoan-tra-tien-da-dong"),
    ("thanh toán viện phí", "thanh-toan-truc-tiep-kcb"),
    ("thanh toan truc tiep", "thanh-toan-truc-tiep-kcb"),
    ("chuyển lương hưu sang tỉnh khác", "di-chuyen-noi-huong"),
    ("đi định cư nước ngoài", "tro-cap-mot-lan-dinh-cu-nuoc-ngoai"),
    ("đăng ký tài khoản", "dang-ky-gdt-ca-nhan"),
    ("dang ky giao dich dien tu ca nhan", "dang-ky-gdt-ca-nhan"),
    ("quên mật khẩu", "tai-khoan-cong"),
    ("mã otp", "cap-ma-xac-thuc-giao-dich"),
    ("i-van", "dang-ky-su-dung-ivan"),
    ("nhà giáo thâm niên", "tro-cap-nha-giao"),
    ("quyet dinh 613", "tro-cap-qd91-qd613"),
    ("ký hợp đồng khám chữa bệnh", "ky-hop-dong-kcb"),
    ("1.014173", "huong-bhxh-mot-lan"),
    ("thai sản ở Quảng Bình", "che-do-thai-san"),
]


@pytest.mark.requirement("R-033")
@pytest.mark.parametrize(("query", "wanted"), QUERIES)
def test_the_wanted_service_is_among_the_first_three(query: str, wanted: str) -> None:
    found = CATALOGUE.search(query).found
    assert wanted in [one.folder.slug for one in found[:3]], [(one.folder.slug, one.score) for one in found[:6]]


def test_nonsense_finds_nothing() -> None:
    assert CATALOGUE.search("xyzzy qwrtp").found == ()


def test_an_empty_query_shows_everything_open() -> None:
    assert len(CATALOGUE.search("  ").found) == len(FOLDERS)


@pytest.mark.requirement("R-169")
def test_old_words_are_understood() -> None:
    answer = CATALOGUE.search("thai sản Kiên Giang")
    assert answer.province_now == "An Giang"
    assert answer.found[0].folder.slug == "che-do-thai-san"
    assert CATALOGUE.search("dịch vụ mức độ 4").narrowed.service_level == "full_online"
    assert CATALOGUE.search("bảo hiểm xã hội huyện").narrowed.level == "bhxh_co_so"
    assert CATALOGUE.search("tien tuat").found[0].via == "tiền tuất"


@pytest.mark.requirement("R-034")
@pytest.mark.requirement("R-035")
@pytest.mark.requirement("R-036")
def test_filters_narrow_the_list() -> None:
    def slugs(filters: Filters) -> set[str]:
        return {one.folder.slug for one in CATALOGUE.search("", filters=filters).found}

    assert slugs(Filters(group="B")) >= {"huong-bhxh-mot-lan", "thay-doi-hinh-thuc-linh"}
    assert "che-do-tu-tuat" not in slugs(Filters(level="bhxh_co_so"))
    here = {folder.slug for folder in FOLDERS if folder.procedure.online and "D" in folder.procedure.groups}
    assert slugs(Filters(online=True, group="D")) == here >= {"cap-lai-doi-dieu-chinh-so-the"}
    assert "thanh-toan-kcb-co-so" in slugs(Filters(applicant="health_facility"))
    assert "gia-han-the-bhyt" in slugs(Filters(channel="internet_banking"))
    partial = {folder.slug for folder in FOLDERS if folder.procedure.level == "partial_online"}
    assert slugs(Filters(service_level="partial_online")) == partial >= {"dang-ky-gdt-ca-nhan", "dang-ky-gdt-duoi-18"}


@pytest.mark.requirement("R-032")
def test_a_service_is_closed_before_it_opened() -> None:
    before = CATALOGUE.search("", filters=Filters(open_on=date(2023, 10, 15))).found
    after = CATALOGUE.search("", filters=Filters(open_on=date(2023, 10, 16))).found
    assert len(before) <= len(after) == len(FOLDERS)


@pytest.mark.parametrize(
    ("left", "right", "is_slip"),
    [
        ("tuat", "taut", True),
        ("luong", "luongg", True),
        ("so", "se", False),
        ("thai", "thay", True),
        ("nuoc", "ngoai", False),
    ],
)
def test_a_slip_is_one_letter(left: str, right: str, is_slip: bool) -> None:
    assert (likeness(left, right) >= 0.62) is is_slip


@pytest.mark.requirement("R-028")
@pytest.mark.requirement("R-026")
def test_the_list_has_thirty_rows_in_five_groups() -> None:
    assert len(SERVICES.rows) == 30
    assert {key: len(SERVICES.in_group(key)) for key in "ABCDE"} == {"A": 4, "B": 5, "C": 15, "D": 2, "E": 4}
    assert {row.row for row in SERVICES.rows if row.added_on} == {"B5", "D2"}
    assert len({row.procedure for row in SERVICES.rows}) == 28


@pytest.mark.requirement("R-025")
def test_one_service_may_stand_in_two_groups() -> None:
    assert [row.row for row in SERVICES.rows_of("huong-bhxh-mot-lan")] == ["B5", "C12"]
    assert [row.row for row in SERVICES.rows_of("dang-ky-dong-cap-the-bhyt")] == ["D2", "E3"]


@pytest.mark.requirement("R-186")
def test_cases_inside_a_row_can_be_chosen() -> None:
    by_slug = {folder.slug: folder for folder in FOLDERS}
    assert {row.row for row in SERVICES.rows if row.cases} >= {"B1", "B2", "C6", "C8", "C9", "D1", "E2", "E5"}
    for row in SERVICES.rows:
        form = by_slug[row.procedure].form
        for case in row.cases:
            for key, value in case.answers.items():
                assert form is not None
                offered = {choice.value for choice in form.field(key).choices}
                assert set(value if isinstance(value, list) else [value]) <= offered
