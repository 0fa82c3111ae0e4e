"""Data of invented papers, complete as `ansinh/documents/README.md` lists them."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

AT = datetime(2026, 11, 9, 13, 14, 37, tzinfo=UTC)
STRANGE = '#panic("x") *đậm* $1/0$ @nguồn <nhãn> \\ `mã` // chú thích [ngoặc'

LETTER: dict[str, Any] = {
    "agency": {"parent": "Bảo hiểm xã hội tỉnh Quảng Trị", "name": "BHXH cơ sở Đông Hà"},
    "document": {"number": "1208/QĐ-BHXH", "place": "Đông Hà", "date": date(2026, 2, 5)},
    "draft": False,
    "recipients": ["Bà Trần Thị Mai Lan", "Lưu: hồ sơ 04128/2026/04401"],
    "signature": {
        "capacity": "KT. Giám đốc",
        "position": "Phó Giám đốc",
        "full_name": "Nguyễn Thị Ngọc Ẩn",
        "organisation": "BHXH cơ sở Đông Hà",
        "signed_at": AT,
    },
    "person": {"salutation": "Bà", "full_name": "Trần Thị Mai Lan", "si_number": "4520123456"},
    "dossier": {
        "number": "04128/2026/04401",
        "procedure": "Giải quyết chế độ thai sản",
        "procedure_code": "1.014166",
        "submitted_at": AT,
        "counted_from": datetime(2026, 11, 10, 0, 30, tzinfo=UTC),
    },
}

RECEIPT: dict[str, Any] = LETTER | {
    "office": "BHXH cơ sở Đông Hà, tỉnh Quảng Trị",
    "results": [
        {"name": "Quyết định hưởng", "due": None, "why_not": "Thời hạn tính từ khi nhận đủ bản chính."},
        {"name": "Sổ BHXH", "due": date(2026, 11, 27)},
        {"name": "Thẻ BHYT", "due": datetime(2026, 11, 27, 10, tzinfo=UTC)},
    ],
    "items": [
        {"name": "Khai sinh trang 1.jpg", "size": 1890000, "sha256": "3be870c296f1d4a5" * 4},
        {"name": "Giấy_ra_viện_" * 9 + ".heic", "size": 900, "sha256": "e07b5d9412ac8f36" * 4},
    ],
    "originals": ["Sổ BHXH bản chính"],
    "evidence": "Xác nhận bằng mã giao dịch gửi tới 09•• ••• 278.",
    "qr_address": "https://ansinh.example/kiem/04128-2026-04401",
    "check_address": "ansinh.example/kiem",
}

SUPPLEMENT: dict[str, Any] = LETTER | {
    "items": [
        {
            "subject": "Giấy chứng sinh",
            "given": "Chứng sinh.jpg, ảnh mờ",
            "wrong": "Không đọc được ngày sinh của con.",
            "why": "Ngày sinh quyết định thời gian hưởng.",
            "right": "Ảnh chụp thẳng, đủ bốn góc.",
            "reason_code": "GT-03",
            "article": "Luật 41/2024/QH15, Điều 61",
        },
        {"subject": "Số tài khoản", "wrong": "Thiếu chữ số.", "why": "Để trả tiền.", "right": "13 chữ số."},
    ],
    "reply_by": date(2026, 12, 12),
    "if_missed": "Quá ngày này, hồ sơ được dừng và có thể nộp lại.",
}

REFUSAL: dict[str, Any] = LETTER | {
    "reasons": [{"text": "Chưa đóng đủ 06 tháng.", "article": "Luật 41/2024/QH15, Điều 50", "code": "DK-01"}],
    "what_next": ["Nộp lại khi đủ thời gian đóng.", "Khiếu nại trong 90 ngày."],
}

DECLARATION: dict[str, Any] = LETTER | {
    "form_code": "14-HSB",
    "sections": [
        {
            "title": "Người khai",
            "rows": [
                {"label": "Ngày sinh", "value": "1994-03-12"},
                {"label": "Sinh đôi", "value": False},
                {"label": "Tiền lương", "value": 8200000},
                {"label": "Điện thoại", "value": None},
            ],
            "tables": [{"caption": "Các con", "columns": ["Họ tên", "Ngày sinh"], "rows": [["Lê Ánh", "2026-10-01"]]}],
        }
    ],
    "confirmation": None,
}

PAPERS = {
    "receipt": RECEIPT,
    "supplement_request": SUPPLEMENT,
    "refusal": REFUSAL,
    "declaration": DECLARATION,
}

DECISION = """
#import "letter.typ": *
#show: letter.with(data, title: "Quyết định", subject: "Về việc hưởng chế độ thai sản")
#authority("Giám đốc " + data.agency.name)
#grounds(data.grounds)
#decides()
#article(1)[#data.person.salutation #strong(data.person.full_name) được hưởng trợ cấp thai sản.]
#article(2)[Mức hưởng: #amount(data.calculation.amount, data.calculation.amount_words).]
#steps(data.calculation.steps, total: data.calculation.amount)
#ending(data)
"""

DECISION_DATA: dict[str, Any] = LETTER | {
    "grounds": ["Luật Bảo hiểm xã hội số 41/2024/QH15", "Xét hồ sơ số 04128/2026/04401."],
    "calculation": {
        "amount": 56280000,
        "steps": [
            {"label": "Mức bình quân tiền lương", "article": "Luật 41/2024/QH15, Điều 59", "amount": 9380000},
            {"label": "Số tháng nghỉ", "article": "Điều 53", "value": 6},
        ],
    },
}


def decision_in(folder: Path, text: str = DECISION) -> Path:
    """A procedure's decision template."""
    path = folder / "decision.typ"
    path.write_text(text, encoding="utf-8")
    return path
