"""Who does a step of a procedure, as people read it."""

from typing import Final

ROLES: Final = {
    "applicant": "Ông/bà làm",
    "intake_officer": "Bộ phận Một cửa",
    "benefit_officer": "Chuyên viên chế độ BHXH",
    "collection_officer": "Chuyên quản thu",
    "card_officer": "Cán bộ sổ, thẻ",
    "health_assessor": "Giám định viên BHYT",
    "finance_officer": "Kế toán chi trả",
    "department_head": "Trưởng phòng hoặc tổ trưởng",
    "leader": "Lãnh đạo cơ quan BHXH",
    "approving_officer": "Người được giao phê duyệt đăng ký",
    "health_facility_staff": "Cơ sở khám, chữa bệnh",
    "system": "Hệ thống tự làm",
}
"""Role of stages.yaml → words."""
