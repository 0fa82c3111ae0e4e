"""The calculators: what they answer, what they ask, and that nothing personal stands in their addresses."""

import csv
import json
import re
from datetime import date
from html import unescape
from io import BytesIO, StringIO
from urllib.parse import parse_qsl, urlencode
from zipfile import ZipFile

import pytest

from ansinh.catalogue.freeze import freeze_all
from ansinh.catalogue.queries import folder_in_force
from ansinh.dossiers.models import Draft
from ansinh.people.models import Account
from ansinh.web.estimated import answers_of_estimate, claim_answers, named_answers
from ansinh.web.public.calculators.chart import Lines, Series
from ansinh.web.public.calculators.register import CALCULATORS
from ansinh.web.public.calculators.tables import csv_text, xlsx
from ansinh.web.public.estimates import CALCULATOR_OF
from tests.browsers import Client
from tests.world import LONG_AGO, World

GIVEN: dict[str, dict[str, object]] = {
    "luong-huu": {
        "gender": "female", "birth.month": "3", "birth.year": "1975", "compulsory_months": "230",
        "voluntary_months": "0", "average": "7.500.000", "keeps_paying": "yes", "disability": "none",
        "hazardous_months": "0",
    },
    "bhxh-mot-lan": {
        "reason": "left_12_months", "first_joined.month": "1", "first_joined.year": "2010",
        "last_contribution_month.month": "6", "last_contribution_month.year": "2025", "contribution_months": "120",
        "months_before_2014": "30", "average": "6.000.000", "gender": "female", "birth.month": "3",
        "birth.year": "1985", "supported_months": "0",
    },
    "bhxh-tu-nguyen": {
        "gender": "male", "birth.month": "5", "birth.year": "1980", "income": "3.000.000", "support_group": "other",
        "payment": "3", "years_planned": "15", "compulsory_months": "0", "voluntary_months": "0",
    },
    "thai-san": {
        "situation": "mother", "birth.day": "4", "birth.month": "5", "birth.year": "2026", "children": "1",
        "birth_order": "1", "average": "8.600.000", "months_in_12": "12", "paid_birth_month": "yes",
    },
    "om-dau": {
        "situation": "own", "leave_from.day": "2", "leave_from.month": "11", "leave_from.year": "2026",
        "leave_to.day": "6", "leave_to.month": "11", "leave_to.year": "2026", "wage": "9.600.000",
        "contribution_months": "50", "condition": "normal", "rest": "saturday_sunday", "used_days": "0",
    },
    "bhyt-ho-gia-dinh": {"members": "4", "months": "12"},
    "tu-tuat": {
        "death.day": "3", "death.month": "8", "death.year": "2026", "status": "contributor",
        "compulsory_months": "240", "voluntary_months": "0", "months_before_2014": "90", "average": "7.000.000",
        "work_related": "no", "relatives[0].relative": "child", "relatives[0].birth.month": "4",
        "relatives[0].birth.year": "2018", "relatives[0].disabled": "no",
    },
}  # fmt: skip


LOST = {
    "situation": "loss",
    "leave_from.day": "2",
    "leave_from.month": "6",
    "leave_from.year": "2026",
    "earlier_births": "0",
}


def text_of(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()[:4000]
    return answer.content.decode().replace("\u00a0", " ")


def h1(html: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", html)
    assert found
    return found[1]


def asked(slug: str, **changed: object) -> str:
    return f"/tinh-thu/{slug}?{urlencode(GIVEN[slug] | changed)}"


@pytest.mark.requirement("R-042")
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_calculator_answers_in_both_languages(reader: Client, language: str) -> None:
    reader.cookies["ngon_ngu"] = language
    assert set(GIVEN) == {one.slug for one in CALCULATORS}
    for one in CALCULATORS:
        assert '<form method="get"' in text_of(reader, f"/tinh-thu/{one.slug}")
        html = text_of(reader, asked(one.slug))
        assert re.search(r"\d đ", h1(html)), one.slug
        assert not re.search(r'\sstyle=|<script>|<style|\son\w+="', html)


@pytest.mark.parametrize(
    ("slug", "changed", "sentence"),
    [
        ("luong-huu", {}, "Lương hưu khoảng 5.250.000 đ mỗi tháng"),
        ("luong-huu", {"keeps_paying": "no"}, "Lương hưu khoảng 4.050.000 đ mỗi tháng"),
        (
            "luong-huu",
            {"compulsory_months": "100", "keeps_paying": "no"},
            "Chưa đủ năm đóng để hưởng lương hưu, còn thiếu 6 năm 8 tháng",
        ),
        ("bhxh-mot-lan", {}, "BHXH một lần khoảng 114.000.000 đ"),
        (
            "bhxh-mot-lan",
            {"supported_months": "12", "support_percent": "10"},
            "BHXH một lần khoảng 113.604.000 đ",
        ),
        ("bhxh-tu-nguyen", {}, "Mỗi lần đóng 1.782.000 đ, lương hưu về sau khoảng 1.200.000 đ mỗi tháng"),
        (
            "bhxh-tu-nguyen",
            {"years_planned": "10"},
            "Mỗi lần đóng 1.782.000 đ; sau 10 năm còn thiếu 5 năm để có lương hưu",
        ),
        ("thai-san", {}, "Thai sản khoảng 56.280.000 đ, nghỉ đến 03/11/2026"),
        (
            "thai-san",
            {"birth.month": "8", "birth_order": "2"},
            "Thai sản khoảng 65.260.000 đ, nghỉ đến 03/03/2027",
        ),
        ("thai-san", {"situation": "voluntary", "children": "2"}, "Trợ cấp thai sản tự nguyện 4.000.000 đ"),
        (
            "thai-san",
            {"situation": "father", "surgery": "no"},
            "Cha nghỉ 5 ngày làm việc, nhận khoảng 1.791.667 đ",
        ),
        (
            "thai-san",
            {
                "situation": "adoption",
                "adoption_date.day": "2",
                "adoption_date.month": "6",
                "adoption_date.year": "2026",
                "adoption_leave": "yes",
            },
            "Nhận nuôi con: khoảng 48.253.333 đ",
        ),
        (
            "thai-san",
            {
                "situation": "adoption",
                "adoption_date.day": "2",
                "adoption_date.month": "6",
                "adoption_date.year": "2026",
                "adoption_leave": "no",
            },
            "Nhận nuôi con: khoảng 4.680.000 đ",
        ),
        (
            "thai-san",
            {
                "situation": "adoption",
                "adoption_date.day": "4",
                "adoption_date.month": "11",
                "adoption_date.year": "2026",
                "adoption_leave": "no",
            },
            "Con nuôi đã đủ 6 tháng tuổi nên không có trợ cấp",
        ),
        ("thai-san", LOST | {"gestation_weeks": "12"}, "Được nghỉ tối đa 20 ngày, trợ cấp khoảng 5.733.333 đ"),
        ("thai-san", LOST | {"gestation_weeks": "22"}, "Được nghỉ 6 tháng, trợ cấp khoảng 51.600.000 đ"),
        (
            "thai-san",
            LOST | {"gestation_weeks": "22", "leave_from.month": "7", "earlier_births": "1"},
            "Được nghỉ 7 tháng, trợ cấp khoảng 60.200.000 đ",
        ),
        (
            "thai-san",
            LOST | {"gestation_weeks": "22", "months_in_12": "5"},
            "Được nghỉ tối đa 50 ngày, trợ cấp khoảng 14.333.333 đ",
        ),
        ("om-dau", {}, "Tiền ốm đau khoảng 1.500.000 đ cho 5 ngày"),
        ("om-dau", {"used_days": "27"}, "Tiền ốm đau khoảng 900.000 đ cho 3 ngày"),
        ("om-dau", {"situation": "child", "child_age": "2"}, "Tiền ốm đau khoảng 1.500.000 đ cho 5 ngày"),
        ("om-dau", {"situation": "long", "used_days": "28"}, "Tiền ốm đau khoảng 1.200.000 đ cho 5 ngày"),
        ("bhyt-ho-gia-dinh", {}, "Cả hộ đóng 3.825.360 đ cho 12 tháng"),
        ("tu-tuat", {}, "Mai táng 25.300.000 đ; hằng tháng 1.265.000 đ hoặc một lần 255.500.000 đ"),
        ("tu-tuat", {"compulsory_months": "120"}, "Mai táng 25.300.000 đ; tuất một lần 115.500.000 đ"),
    ],
)
def test_the_sentence_carries_the_amount(reader: Client, slug: str, changed: dict[str, str], sentence: str) -> None:
    assert h1(text_of(reader, asked(slug, **changed))) == sentence


def test_the_result_shows_conditions_steps_articles_and_doubts(reader: Client) -> None:
    html = text_of(reader, asked("bhxh-mot-lan"))
    assert "Không đóng 16 tháng trọn" in html
    assert "41/2024/QH15 Điều 70" in html
    assert "6.000.000 × 19 = 114.000.000" in html
    assert "Chưa xác nhận được:" in html
    assert "Chuẩn hộ nghèo khu vực nông thôn" in html


def test_a_missing_condition_is_said_beside_the_amount(reader: Client) -> None:
    html = text_of(reader, asked("thai-san", months_in_12="5"))
    assert "Còn điều kiện chưa đạt" in html
    assert "Đóng 5 tháng từ 05/2025 đến 04/2026, cần đủ 6 tháng" in html


def test_each_picture_has_its_figures_in_a_table(reader: Client) -> None:
    bars = text_of(reader, asked("luong-huu"))
    assert bars.count('<svg class="bar"') == 11
    assert bars.count('stroke-dasharray="4 3"') == 5
    lines = text_of(reader, asked("bhxh-mot-lan"))
    assert lines.count("<polyline") == 2
    assert "−75.240.000 đ" in lines
    assert "<text" not in bars + lines


def test_a_line_under_nothing_is_drawn_under_the_line_of_nothing() -> None:
    drawn = Lines("", (), (), (Series("", [-50, 0, 50]),), "", ())
    assert drawn.points(drawn.series[0]) == "0,219 500,110 1000,1"
    assert drawn.zero == 110
    assert Lines("", (), (), (Series("", [0, 10]),), "", ()).zero == 219


@pytest.mark.parametrize(
    ("slug", "changed", "sentence"),
    [
        ("luong-huu", {"birth.year": "2075"}, "2075"),
        ("luong-huu", {"compulsory_months": "601"}, "lớn hơn mức cao nhất 600"),
        ("luong-huu", {"average": "nhiều"}, "“nhiều” chưa đọc được thành số"),
        ("bhxh-tu-nguyen", {"income": "1.400.000"}, "phải từ 1.500.000 đến 50.600.000"),
        ("bhxh-tu-nguyen", {"years_planned": "41"}, "lớn hơn mức cao nhất 40 năm"),
        ("bhyt-ho-gia-dinh", {"members": "21"}, "lớn hơn mức cao nhất 20"),
        ("om-dau", {"leave_to.year": "2029"}, "Mỗi lần tính nhiều nhất một năm nghỉ"),
        ("om-dau", {"leave_to.year": "9999"}, "9999"),
        ("tu-tuat", {"death.year": "2024"}, "2024"),
    ],
)
def test_what_cannot_be_worked_out_says_why_and_keeps_the_answer(
    reader: Client, slug: str, changed: dict[str, str], sentence: str
) -> None:
    html = text_of(reader, asked(slug, **changed), 422)
    assert sentence in html
    assert "<title>Lỗi: " in html


def test_an_answer_that_opens_a_question_asks_it_without_blame(reader: Client) -> None:
    html = text_of(reader, asked("bhxh-tu-nguyen", payment="ahead"))
    assert "Theo câu vừa trả lời, còn vài câu nữa." in html
    assert 'name="prepay_years"' in html
    assert "Chưa có" not in html
    html = text_of(reader, asked("bhxh-tu-nguyen", payment="ahead", prepay_years="2"))
    assert h1(html).startswith("Mỗi lần đóng 13.7")


def test_a_wrong_answer_does_not_blame_the_questions_it_opens(reader: Client) -> None:
    given = LOST | {"situation": "loss", "gestation_weeks": "50", "average": ""}
    html = text_of(reader, f"/tinh-thu/thai-san?{urlencode(given)}", 422)
    assert "Còn 3 chỗ cần sửa" in html
    assert 'name="months_in_12"' in html and "Chưa có số tháng có đóng" not in html


def test_relatives_are_added_and_taken_away(reader: Client) -> None:
    two = text_of(reader, asked("tu-tuat", _add="relatives"))
    assert "Thân nhân 2" in two
    assert h1(two) == "Tính thử chế độ tử tuất"
    one = text_of(reader, asked("tu-tuat", _add="relatives", _remove="relatives[1]"))
    assert "Thân nhân 2" not in one
    text_of(reader, asked("tu-tuat", _remove="relatives[99]", _add="nobody"))


def test_the_address_to_pass_on_has_only_the_figures(reader: Client) -> None:
    html = text_of(reader, asked("luong-huu", full_name="Trần Thị Mai Lan", si_number="9000000018", utm="x"))
    found = re.search(r'class="quiet" href="([^"]+)"', html)
    assert found
    shared = unescape(found[1])
    assert dict(parse_qsl(shared.partition("?")[2])) == {key: str(value) for key, value in GIVEN["luong-huu"].items()}
    assert h1(text_of(reader, shared)) == h1(html)


def test_nothing_personal_can_be_asked() -> None:
    personal = {"text", "long_text", "si_number", "id_number", "phone", "email", "person", "bank_account", "address"}
    for one in CALCULATORS:
        for field in one.form.fields():
            assert not {field.type, *(column.type for column in field.columns)} & personal, one.slug


def test_who_signed_in_finds_the_form_filled_and_kept_from_caches(reader: Client, world: World) -> None:
    account = Account.objects.get(pk=world.citizen.account_id)
    reader.force_login(account)
    answer = reader.get("/tinh-thu/luong-huu")
    html = answer.content.decode()
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "Vài ô đã điền sẵn từ tài khoản và sổ BHXH" in html
    assert "Sổ BHXH" in html
    assert account.person is not None
    assert account.person.full_name not in html.partition("<main")[2]


def test_one_button_opens_the_prefilled_claim(reader: Client, world: World) -> None:
    html = text_of(reader, asked("thai-san"))
    assert "Đăng nhập để kê khai hồ sơ đã điền sẵn" in html
    reader.force_login(Account.objects.get(pk=world.citizen.account_id))
    html = text_of(reader, asked("thai-san"))
    assert '<form method="post" action="/ho-so/bat-dau/che-do-thai-san">' in html
    freeze_all(at=LONG_AGO)
    begun = reader.post("/ho-so/bat-dau/che-do-thai-san")
    assert begun.status_code == 302
    draft = Draft.objects.get(account_id=world.citizen.account_id, version__slug="che-do-thai-san")
    assert "account" in draft.sources.values()
    assert "kê khai hồ sơ đã điền sẵn" in text_of(reader, asked("bhyt-ho-gia-dinh")).lower()
    # sickness is claimed by the employer: no person is led to a form that would be refused
    assert "kê khai hồ sơ đã điền sẵn" not in text_of(reader, asked("om-dau")).lower()


def test_the_claim_opens_with_the_case_chosen_and_the_figures_filled_in(reader: Client, world: World) -> None:
    freeze_all(at=LONG_AGO)
    html = text_of(reader, asked("thai-san", birth_order="2"))
    found = re.search(r'href="(/dang-nhap[^"]+)"', html.partition("<main")[2])
    assert found
    onward = dict(parse_qsl(unescape(found[1]).partition("?")[2]))["tiep"]
    reader.force_login(Account.objects.get(pk=world.citizen.account_id))
    offered = text_of(reader, onward)
    assert "Những gì đã nhập khi tính thử được điền sẵn" in offered
    hidden = re.search(r'name="tinh_thu" value="([^"]+)"', offered)
    assert hidden
    assert reader.post("/ho-so/bat-dau/che-do-thai-san", {"tinh_thu": unescape(hidden[1])}).status_code == 302
    draft = Draft.objects.get(account_id=world.citizen.account_id, version__slug="che-do-thai-san")
    wanted = {"mat_case": "birth", "child_birth_date": "2026-05-04", "child_count": 1, "birth_order": 2}
    assert {key: draft.answers[key] for key in wanted} == wanted
    signed_in = text_of(reader, asked("thai-san", birth_order="2"))
    assert f'name="tinh_thu" value="{hidden[1]}"' in signed_in


def test_what_the_claim_would_not_take_is_not_filled_in(reader: Client, world: World) -> None:
    """A birth that is only expected: the case goes over, the day does not."""
    reader.force_login(Account.objects.get(pk=world.citizen.account_id))
    html = text_of(reader, asked("thai-san", **{"birth.year": "2027"}))
    hidden = re.search(r'name="tinh_thu" value="([^"]+)"', html)
    assert hidden and json.loads(unescape(hidden[1])) == {"mat_case": "birth", "child_count": 1, "birth_order": 1}


def test_an_address_from_somebody_else_fills_in_no_account_and_no_name(reader: Client, world: World) -> None:
    freeze_all(at=LONG_AGO)
    reader.force_login(Account.objects.get(pk=world.citizen.account_id))
    sent = {"mat_case": "adoption", "bank_account": {"number": "1", "holder": "X"}, "payment_method": "bank_account",
            "full_name": "X", "phone": "84900000000"}  # fmt: skip
    plain = reader.post("/ho-so/bat-dau/che-do-thai-san").status_code
    assert reader.post("/ho-so/bat-dau/che-do-thai-san", {"tinh_thu": json.dumps(sent)}).status_code == plain == 302
    usual, tricked = Draft.objects.filter(account_id=world.citizen.account_id).order_by("created_at", "pk")
    assert tricked.answers == {**usual.answers, "mat_case": "adoption"}


@pytest.mark.parametrize("text", ["[]", "{", "3", "[" * 3000, '{"mat_case": "x"' + " " * 5000 + "}", '"a"'])
def test_what_is_no_estimate_fills_nothing_in(text: str) -> None:
    assert answers_of_estimate("che-do-thai-san", text) == {}


def test_every_named_answer_is_a_question_of_its_claim(db: None) -> None:
    for one in CALCULATORS:
        folder = folder_in_force(one.procedure, on=date(2026, 11, 23))
        asked_there = {field.key: field for field in folder.form.fields()} if folder.form else {}
        for key, source in named_answers(one.slug).items():
            assert key in asked_there and not (asked_there[key].read_only and asked_there[key].prefill), (one.slug, key)
            given = source if isinstance(source, str) else source.get("from") or source["rows"]
            assert one.form.field(given), (one.slug, given)


def test_relatives_go_over_to_the_claim_without_what_the_estimate_does_not_know() -> None:
    answers = {"death": "2026-08-03", "status": "contributor", "relatives": [{"relative": "child", "birth": "2018-04"},
               {"relative": "mother", "birth": "1950-01"}]}  # fmt: skip
    assert claim_answers("tu-tuat", answers) == {
        "date_of_death": "2026-08-03",
        "relatives_table": [{"relation": "child"}, {"relation": "mother", "relative_gender": "female"}],
    }


def test_the_table_of_a_picture_comes_as_text_and_as_a_spreadsheet(reader: Client) -> None:
    html = text_of(reader, asked("bhxh-mot-lan"))
    hrefs = [unescape(one) for one in re.findall(r'href="([^"]+/bang-1\.(?:xlsx|csv)[^"]*)"', html)]
    assert len(hrefs) == 2
    sheet, text = (reader.get(one) for one in hrefs)
    assert text.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert text.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(text.content.decode("utf-8-sig"))))
    assert rows[0] == ["Đến hết năm", "Lương hưu cộng dồn (đ)", "Một lần (đ)"]
    assert ["2031", "-75240000", "114000000"] in rows
    with ZipFile(BytesIO(sheet.content)) as book:
        written = book.read("xl/worksheets/sheet1.xml").decode()
        assert "<v>-75240000</v>" in written and "<f>" not in written
    assert 'filename="bhxh-mot-lan-1.xlsx"' in sheet.headers["Content-Disposition"]


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_words_never_become_a_formula(words: str) -> None:
    chart = Lines("=T", ("=H",), (), (), "", [(words, ), (-5, )])  # fmt: skip
    assert [row[0] for row in csv.reader(StringIO(csv_text(chart).removeprefix("\ufeff"), newline=""))][1:] == [
        f"'{words}",
        "-5",
    ]
    with ZipFile(BytesIO(xlsx(chart))) as book:
        assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()


@pytest.mark.parametrize("address", ["luong-huu/bang-1.csv", "khong-co/bang-1.csv"])
def test_a_table_without_a_result_is_not_found(reader: Client, address: str) -> None:
    text_of(reader, f"/tinh-thu/{address}", 404)
    for file in ("bang-9.csv", "bang-0.csv", "bang-1.exe"):
        assert reader.get(asked("luong-huu").replace("?", f"/{file}?")).status_code == 404


def test_every_service_with_an_amount_leads_to_its_calculator(reader: Client) -> None:
    slugs = {one.slug for one in CALCULATORS}
    assert set(CALCULATOR_OF.values()) == slugs
    for one in CALCULATORS:
        assert CALCULATOR_OF[one.procedure] == one.slug
    for service, slug in CALCULATOR_OF.items():
        assert f'href="/tinh-thu/{slug}"' in text_of(reader, f"/dich-vu/{service}")
    assert 'href="/tinh-thu"' in text_of(reader, "/")


def test_an_unknown_calculator_says_what_to_do(reader: Client) -> None:
    assert "Xin chọn lại trong danh sách" in text_of(reader, "/tinh-thu/khong-co", 404)
