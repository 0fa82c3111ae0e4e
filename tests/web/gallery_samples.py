"""Invented people and dossiers that the gallery shows."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from ansinh.web.ledger import LedgerDay
from ansinh.web.page import Link, NavItem, Notice, Option

DAY = date(2026, 11, 27)
DOSSIERS = (
    NavItem("Dịch vụ", "/"),
    NavItem("Hồ sơ", "/ho-so", current=True),
    NavItem("Giấy tờ", "/kho"),
    NavItem("Thẻ", "/the"),
)
PUBLIC = (NavItem("Dịch vụ", "/", current=True), NavItem("Tra cứu hồ sơ", "/tra-cuu"), NavItem("Trợ giúp", "/tro-giup"))
DESK = (
    NavItem("Việc của tôi", "/viec", current=True),
    NavItem("Văn bản chỉ đạo", "/van-ban"),
    NavItem("Số liệu", "/so-lieu"),
)
ERRORS = {
    "phone": "Số điện thoại có 10 chữ số, mới nhập 9. Xin nhập lại.",
    "reason": "Lý do dài quá 1.000 chữ. Xin viết ngắn hơn.",
    "salary": "“tám triệu” chưa phải là số. Xin nhập bằng chữ số, ví dụ 8.600.000.",
    "last_month": "Tháng 13 không có trong lịch. Xin nhập từ 1 đến 12.",
    "surgery": "Chưa chọn có hay không. Xin chọn một ô.",
    "children": "Cần khai ít nhất một con.",
    "children[0].date_of_birth": "31/04/2026 không có trong lịch vì tháng 4 có 30 ngày. Xin xem lại giấy khai sinh.",
    "payment": "Chưa chọn cách nhận tiền. Xin chọn một cách.",
    "reasons": "Chưa chọn việc nào. Xin chọn ít nhất một.",
    "bank_account.number": "Số tài khoản Agribank có 13 chữ số, mới nhập 12. Xin nhập đủ.",
    "relationship": "Chưa chọn quan hệ. Xin chọn trong danh sách.",
    "address.commune": "Chưa chọn xã, phường. Xin chọn trong danh sách.",
    "guardian.id_number": "Số định danh có 12 chữ số. Xin nhập lại.",
    "papers.birth": "“Khai sinh 2.pdf” nặng 24 MB, quá mức 10 MB. Xin chụp lại bằng điện thoại.",
    "oath": "Chưa đánh dấu vào ô cam đoan.",
}


def options(*labels: str) -> list[Option]:
    return [Option(f"v{number}", label) for number, label in enumerate(labels)]


FIELDS: dict[str, Any] = {
    "payment": "account",
    "options": [
        Option("account", "Vào tài khoản ngân hàng", hint="Nhanh nhất, thường trong ngày ký quyết định"),
        Option("cash", "Tiền mặt tại cơ quan BHXH", hint="Mang theo căn cước khi đến nhận"),
        Option("employer", "Qua đơn vị đang làm việc"),
    ],
    "banks": [Option("agribank", "Agribank"), Option("bidv", "BIDV")],
    "relationships": [Option("mother", "Mẹ"), Option("father", "Cha")],
    "provinces": [Option("44", "Quảng Trị"), Option("46", "Huế"), Option("48", "Đà Nẵng")],
    "communes": options("Phường Đông Hà", "Xã Gio Linh", "Xã Đakrông"),
    "rows": [{"legend": "Con thứ nhất", "remove_label": "Bỏ con thứ nhất"}],
    "removed": "",
    "papers": [
        {
            "id": "p1",
            "name": "Khai sinh trang 1.jpg",
            "size": 1_887_437,
            "state": "received",
            "view_href": "/xem",
            "removable": True,
        },
        {"id": "p2", "name": "Giấy ra viện.heic", "size": 3_250_585, "state": "sending", "percent": 62},
        {
            "id": "p3",
            "name": "Sổ hộ khẩu cũ.exe",
            "state": "refused",
            "reason": "Tệp này không phải ảnh hay PDF. Xin chụp ảnh giấy rồi gửi lại.",
            "removable": True,
        },
        {"id": "p4", "name": "Đơn.pdf", "size": 120_000, "state": "waiting"},
    ],
}


def ledger_days() -> list[LedgerDay]:
    owners = "oooaccaaaaacc" + "a" + "c" + "ooo"
    names = {"o": "office", "a": "applicant", "c": "closed"}
    marks = {11: "Hôm nay", len(owners) - 1: "Hạn mới"}
    return [
        LedgerDay(
            date(2026, 11, 10) + timedelta(number), names[owner], number > 11, marks.get(number, ""), number == 17
        )
        for number, owner in enumerate(owners)
    ]


def long_days() -> list[LedgerDay]:
    owners = ("office",) * 20 + ("post",) * 30 + ("agency",) * 60 + ("applicant",) * 30 + ("late",) * 20
    return [LedgerDay(date(2026, 1, 5) + timedelta(number), owner) for number, owner in enumerate(owners)]


DOSSIER: dict[str, Any] = {
    "day": DAY,
    "late": False,
    "keys": [
        {"owner": "office", "text": "Cơ quan BHXH làm: 2 ngày"},
        {"owner": "applicant", "text": "Chờ ông/bà: 6 ngày"},
        {"owner": "closed", "text": "Ngày nghỉ, không tính"},
        {"owner": "office", "text": "Viền đứt: dự kiến", "future": True},
    ],
    "intervals": [
        {"begin": "10/11 09:40", "end": "12/11 15:20", "holder": "Cơ quan: Lê Quang Huy thẩm định", "days": 2}
    ],
    "steps": [
        {"label": "Đã nộp", "note": "09/11 20:14", "state": "done"},
        {"label": "Đã tiếp nhận", "note": "10/11 09:40", "state": "done"},
        {"label": "Thẩm định", "note": "Đang chờ bổ sung", "state": "now"},
        {"label": "Ký duyệt", "note": "Chưa đến"},
        {"label": "Đã rút", "note": "12/11", "state": "stopped"},
    ],
    "tasks": [
        {"label": "Người hưởng", "note": "lấy từ sổ BHXH", "state": "done"},
        {
            "label": "Con",
            "state": "gap",
            "gaps": [{"href": "/f#x", "text": "Ngày sinh của con: 31/04/2026 không có trong lịch"}],
        },
        {"label": "Sổ BHXH", "note": "cơ quan BHXH đã có", "state": "not_needed"},
        {"label": "Nhận tiền", "href": "/f", "state": "not_begun"},
    ],
    "entries": [
        {
            "at": datetime(2026, 11, 12, 8, 20, tzinfo=UTC),
            "who": "Lê Quang Huy, chuyên viên Chế độ BHXH",
            "text": "Đề nghị ông/bà bổ sung 2 chỗ.",
            "links": [{"label": "Phiếu yêu cầu bổ sung (PDF)", "href": "/phieu"}],
        },
        {
            "at": datetime(2026, 11, 9, 13, 14, tzinfo=UTC),
            "who": "Trần Thị Mai Lan",
            "own": True,
            "text": "Đã nộp hồ sơ.",
        },
    ],
}

QUEUE_ROWS = [
    {
        "id": "1",
        "number": "04071/2026/04401",
        "href": "/ho-so/1",
        "due": {"text": "Trễ 1 ngày", "kind": "bad", "icon": "alert", "note": "20/11"},
        "person": "Hoàng Văn Thuận",
        "service": "Ốm đau",
        "stage": "Thẩm định",
        "remark": "Thư xin lỗi đã soạn, hẹn mới 25/11",
    },
    {
        "id": "2",
        "number": "04102/2026/04401",
        "href": "/ho-so/2",
        "due": {"text": "Hôm nay 17:00", "kind": "wait", "icon": "clock"},
        "person": "Phan Thị Bích Ngọc",
        "service": "Tử tuất, mai táng",
        "stage": "Trình ký",
        "remark": "",
    },
    {
        "id": "3",
        "number": "04140/2026/04401",
        "href": "/ho-so/3",
        "due": {"text": "Còn 1 ngày", "kind": "days", "note": "25/11"},
        "selected": True,
        "person": "Công ty TNHH May Hiếu Giang, 38 người",
        "service": "Thai sản (01B-HSB)",
        "stage": "Thẩm định",
        "remark": "Khẩn",
    },
    {
        "id": "4",
        "number": "04090/2026/04401",
        "href": "/ho-so/4",
        "due": {"text": "Đang dừng", "icon": "pause", "note": "từ 16/11"},
        "person": "Lý Thị Kim Chi",
        "service": "Tử tuất",
        "stage": "Chờ người nộp",
        "remark": "Chờ bổ sung 1 giấy",
    },
]
COLUMNS = [
    {"label": "Hạn", "sort_href": "?xep=han", "sorted": "ascending"},
    {"label": "Số hồ sơ"},
    {"label": "Người nộp"},
    {"label": "Thủ tục"},
    {"label": "Bước"},
    {"label": "Lưu ý"},
]
RECEIVED = [
    {
        "name": "Tờ khai (mẫu 14-HSB)",
        "size": 4096,
        "digest": "9f2c41d70b8e5a63c1f477d092ae3b186d05e4c980fb217a5c3eb96d14a8f072",
    }
]

FOOT = (Link("Số ngày giải quyết thật của từng cơ quan", "/so-lieu"), Link("Mã nguồn mở", "/ma-nguon"))
NOTICE = Notice("Thứ Ba 24/11/2026 nghỉ Ngày Văn hóa Việt Nam: quầy đóng cửa.", Link("Xem lịch nghỉ", "/lich"))
CITIZEN: dict[str, Any] = {
    "nav": DOSSIERS,
    "support_phone": "1900 9068",
    "office_name": "BHXH cơ sở Đông Hà",
    "office_href": "/co-quan",
    "account_name": "Mai Lan",
    "account_href": "/tai-khoan",
    "sign_out_href": "/thoat",
    "foot_links": FOOT,
}
