"""Four invented procedures in the shape of frozen folders: small enough to read, whole enough to work on."""

from __future__ import annotations

from typing import Any

REGISTRATION = "dang-ky-gdt-ca-nhan"
ALLOWANCE = "tro-cap-mau"
BY_POST = "tro-cap-ban-chinh"
PROVINCIAL = "tro-cap-tinh"

DECISION = """#import "letter.typ": *
#show: letter.with(data, title: "QUYẾT ĐỊNH", subject: "Về việc giải quyết trợ cấp")
Giải quyết trợ cấp cho #data.person.full_name.
#ending(data)
"""


def contents() -> list[dict[str, Any]]:
    """The content of each procedure, as `catalogue.freeze` would store it."""
    return [
        _content(ALLOWANCE, "Trợ cấp mẫu", calculations=[_maternity()], check=True),
        _content(BY_POST, "Trợ cấp có bản chính", by_post=True),
        _content(PROVINCIAL, "Trợ cấp do tỉnh giải quyết", decided_at=["province"]),
        _registration(),
    ]


def _content(
    slug: str,
    name: str,
    *,
    decided_at: list[str] | None = None,
    by_post: bool = False,
    check: bool = False,
    calculations: list[dict[str, Any]] | None = None,
) -> dict[str, Any]:
    return {
        "format": 1,
        "slug": slug,
        "in_force_on": "2020-01-01",
        "procedure": _procedure(name, decided_at or ["bhxh_co_so", "province"], calculations or []),
        "documents": {"papers": _papers(by_post)},
        "stages": {"stages": _stages(check)},
        "form": {"sections": [_person_section(), _child_section()]},
        "decision_template": DECISION,
    }


def _procedure(name: str, decided_at: list[str], calculations: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "name_vi": name,
        "name_en": f"{name} (example)",
        "short_name_vi": name,
        "short_name_en": f"{name} (example)",
        "groups": ["A"],
        "field_vi": "Chế độ BHXH",
        "field_en": "Benefits",
        "summary_vi": "Thủ tục dùng trong kiểm thử.",
        "summary_en": "A procedure for tests.",
        "applicants": ["individual"],
        "agency": {"levels": decided_at, "name_vi": "Cơ quan BHXH", "name_en": "Social insurance office"},
        "route": {"received_by": "receiving_office", "decided_at": decided_at, "function": "benefits"},
        "channels": ["portal"],
        "result_channels": ["portal_download"],
        "level": "full_online",
        "online": True,
        "fee": {"amount": 0},
        "results": [{"key": "decision", "name_vi": "Quyết định trợ cấp", "name_en": "Decision"}],
        "deadlines": [
            {"key": "legal", "value": 7, "unit": "working_day", "counted_from": "valid_full_dossier",
             "name_vi": "Thời hạn giải quyết", "name_en": "Time limit"},
        ],
        "legal_basis": [
            {"number": "41/2024/QH15", "date": "2024-06-29", "status": "in_force", "title_vi": "Luật Bảo hiểm xã hội"},
        ],
        "calculations": calculations,
    }  # fmt: skip


def _papers(by_post: bool) -> list[dict[str, Any]]:
    papers: list[dict[str, Any]] = [
        {"key": "birth_certificate", "name_vi": "Giấy khai sinh của con", "name_en": "Birth certificate",
         "required": "always", "per_row_of": "children"},
        {"key": "discharge", "name_vi": "Giấy ra viện", "name_en": "Discharge paper", "required": "optional"},
    ]  # fmt: skip
    if by_post:
        papers.append(
            {"key": "request_original", "name_vi": "Bản chính đơn đề nghị", "name_en": "Original of the request",
             "required": "always", "original_needed": True, "original_by_post": True}
        )  # fmt: skip
    return papers


def _stages(check: bool) -> list[dict[str, Any]]:
    rows = [
        ("file", "submit", "Nộp hồ sơ", "File", "applicant"),
        ("intake", "intake", "Tiếp nhận", "Intake", "intake_officer"),
        *([("match", "check", "Đối chiếu quá trình đóng", "Match the record", "collection_officer")] if check else []),
        ("appraise", "appraise", "Thẩm định", "Appraise", "benefit_officer"),
        ("control", "control", "Kiểm soát", "Control", "department_head"),
        ("sign", "sign", "Ký duyệt", "Sign", "leader"),
        ("return", "return", "Trả kết quả", "Return the result", "intake_officer"),
    ]
    return [dict(zip(("key", "kind", "name_vi", "name_en", "role"), row, strict=True)) for row in rows]


def _person_section() -> dict[str, Any]:
    return {
        "key": "person",
        "title_vi": "Người hưởng",
        "title_en": "Beneficiary",
        "fields": [
            _field("full_name", "text", "Họ và tên", "Full name"),
            _field("date_of_birth", "date", "Ngày sinh", "Date of birth", year_only=True),
            _field("si_number", "si_number", "Mã số BHXH", "Social insurance number"),
            _field("phone", "phone", "Điện thoại liên hệ", "Telephone"),
            _field("receiving_office", "office", "Cơ quan BHXH nhận hồ sơ", "Office"),
            _field("bank_account", "bank_account", "Tài khoản nhận tiền", "Bank account"),
        ],
    }


def _child_section() -> dict[str, Any]:
    return {
        "key": "children",
        "title_vi": "Con",
        "title_en": "Children",
        "fields": [
            _field("born_on", "date", "Ngày sinh con", "Day of birth"),
            _field(
                "children", "table", "Các con", "Children", row_label_vi="Con", row_label_en="Child",
                columns=[_field("name", "text", "Họ tên con", "Name of the child")],
            ),
        ],
    }  # fmt: skip


def _maternity() -> dict[str, Any]:
    return {
        "key": "allowance",
        "benefit": "maternity_benefit",
        "name_vi": "Trợ cấp thai sản",
        "name_en": "Maternity allowance",
        "event": "born_on",
        "amount": ["amount"],
        "inputs": {"average": {"record": "participation_record.six_month_average"}, "children": {"value": 1}},
    }


def _registration() -> dict[str, Any]:
    content = _content(REGISTRATION, "Đăng ký giao dịch điện tử cá nhân")
    content["documents"] = {
        "papers": [
            {"key": "id_photo", "name_vi": "Ảnh giấy tờ tùy thân", "name_en": "Identity paper", "required": "always",
             "at_counter": True},
            {"key": "portrait", "name_vi": "Ảnh chân dung", "name_en": "Portrait", "required": "always",
             "at_counter": True},
            {"key": "declaration", "name_vi": "Tờ khai", "name_en": "Declaration", "required": "always",
             "made_by_portal": True},
        ]
    }  # fmt: skip
    content["stages"] = {
        "stages": [
            {"key": "file", "kind": "submit", "name_vi": "Nộp hồ sơ", "name_en": "File", "role": "applicant"},
            {"key": "counter", "kind": "intake", "name_vi": "Đối chiếu tại quầy", "name_en": "Counter",
             "role": "intake_officer"},
            {"key": "activate", "kind": "system", "name_vi": "Kích hoạt", "name_en": "Activate", "role": "system"},
        ]
    }  # fmt: skip
    content["form"] = {
        "sections": [
            {
                "key": "person",
                "title_vi": "Người đăng ký",
                "title_en": "Person",
                "fields": [
                    _field("full_name", "text", "Họ và tên", "Full name"),
                    _field("date_of_birth", "date", "Ngày sinh", "Date of birth", year_only=True),
                    _field("gender", "choice", "Giới tính", "Gender", catalogue="genders"),
                    _field("id_number", "id_number", "Số định danh cá nhân", "Identity number"),
                    _field("si_number", "si_number", "Mã số BHXH", "Social insurance number"),
                    _field("phone", "phone", "Điện thoại", "Telephone"),
                    _field("contact_address", "address", "Nơi ở", "Address"),
                    _field("receiving_office", "office", "Cơ quan BHXH", "Office"),
                ],
            }
        ]
    }
    return content


def _field(key: str, kind: str, label_vi: str, label_en: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "type": kind, "label_vi": label_vi, "label_en": label_en, **more}
