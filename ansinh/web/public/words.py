"""Names of codes as people read them: whom a service is for, how one files, how time is counted.

The values are Vietnamese msgids; `named` says them in the reader's language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ansinh.catalogue.services import ServiceRow
from ansinh.platform.language import SOURCE, current, translate
from ansinh.web.roles import ROLES

APPLICANTS = {
    "individual": "Cá nhân",
    "guardian": "Cha mẹ, người giám hộ",
    "relative": "Thân nhân",
    "authorised_person": "Người được ủy quyền",
    "employer": "Người sử dụng lao động",
    "organisation": "Tổ chức",
    "health_facility": "Cơ sở khám, chữa bệnh",
    "collection_agent": "Tổ chức dịch vụ thu",
    "commune": "Ủy ban nhân dân cấp xã",
    "ivan_provider": "Tổ chức I-VAN",
    "office": "Cơ quan BHXH",
    "anonymous": "Ai cũng dùng được",
}
CHANNELS = {
    "portal": "Trực tuyến trên Cổng dịch vụ công của BHXH Việt Nam",
    "national_portal": "Trực tuyến trên Cổng dịch vụ công quốc gia",
    "vssid": "Ứng dụng VssID",
    "vneid": "Ứng dụng VNeID",
    "ivan": "Phần mềm của tổ chức I-VAN",
    "in_person": "Tại Bộ phận Một cửa của cơ quan BHXH",
    "post": "Gửi qua bưu điện",
    "post_office": "Tại điểm bưu điện, điểm chi trả",
    "collection_agent": "Qua tổ chức dịch vụ thu",
    "internet_banking": "Ngân hàng trực tuyến",
    "phone": "Gọi điện thoại",
    "sms": "Nhắn tin",
    "health_facility_counter": "Tại quầy của cơ sở khám, chữa bệnh",
    "assessment_gateway": "Cổng tiếp nhận dữ liệu giám định BHYT",
}
RESULT_CHANNELS = {
    "portal_download": "Xem và tải về trên trang này",
    "post": "Nhận qua bưu điện",
    "in_person": "Nhận tại cơ quan BHXH",
    "bank_transfer": "Tiền vào tài khoản ngân hàng",
    "cash": "Nhận tiền mặt",
    "vssid": "Xem trên ứng dụng VssID",
    "vneid": "Xem trên ứng dụng VNeID",
    "ivan": "Qua phần mềm của tổ chức I-VAN",
    "collection_agent": "Qua tổ chức dịch vụ thu",
    "email": "Thư điện tử",
    "sms": "Tin nhắn",
    "immediate": "Hiện ra ngay",
}
AGENCY_LEVELS = {
    "bhxh_co_so": "BHXH cơ sở",
    "province": "BHXH tỉnh, thành phố",
    "central": "BHXH Việt Nam",
}
LISTED_LEVELS = {
    "district": "BHXH quận, huyện",
    "province": "BHXH tỉnh",
    "central": "BHXH Việt Nam",
}
SERVICE_LEVELS = {
    "full_online": "Trực tuyến toàn trình",
    "partial_online": "Trực tuyến một phần",
    "information": "Chỉ có thông tin",
}
KINDS = {"account_procedure": "Tài khoản", "calculator": "Công cụ tính"}
COUNTED_FROM = {
    "valid_full_dossier": "Tính từ khi cơ quan nhận đủ hồ sơ hợp lệ.",
    "identity_verified_in_person": "Tính từ khi đối chiếu xong tại quầy.",
    "notice_received": "Tính từ khi cơ quan nhận được thông báo.",
    "otp_confirmed": "Tính từ khi xác nhận bằng mã.",
    "presentation": "Tính từ khi người bệnh đến cơ sở khám, chữa bệnh.",
    "quarterly_report_received": "Tính từ khi cơ quan nhận được báo cáo quý.",
    "request": "Tính từ khi có yêu cầu.",
    "settlement_notified": "Tính từ khi gửi thông báo quyết toán.",
    "supplement_received": "Tính từ khi nhận đủ phần bổ sung.",
}
LAW_STATES = {
    "in_force": "Đang có hiệu lực",
    "replaced": "Đã được thay thế",
    "replaced_in_part": "Được thay thế một phần",
    "historic": "Áp dụng cho việc đã qua",
}
UNCHECKED = "Chưa đối chiếu văn bản gốc"
ISSUED = {
    "receipt": "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
    "supplement": "Thông báo bổ sung hồ sơ",
    "decision": "Kết quả giải quyết",
    "refusal": "Thông báo không giải quyết hồ sơ",
    "declaration": "Tờ khai lập từ phần kê khai",
    "apology": "Phiếu xin lỗi và hẹn lại ngày trả kết quả",
    "extension": "Thông báo gia hạn giải quyết hồ sơ",
    "complaint": "Văn bản giải quyết khiếu nại",
    "reopening": "Thông báo xem xét lại kết quả giải quyết",
    "confirmation": "Thông báo giữ nguyên kết quả giải quyết",
    "result_xml": "Kết quả giải quyết dạng tệp XML",
}
TABLES: tuple[Mapping[str, str], ...] = (
    APPLICANTS, CHANNELS, RESULT_CHANNELS, AGENCY_LEVELS, LISTED_LEVELS, SERVICE_LEVELS, KINDS, COUNTED_FROM,
    LAW_STATES, ISSUED, ROLES,
)  # fmt: skip
"""Every table of this module, for the test that English is complete."""


def named(table: Mapping[str, str], code: str) -> str:
    """The name of one code; a code without a name is shown as it is."""
    return translate(table.get(code, code))


def names(table: Mapping[str, str], codes: Iterable[str]) -> list[str]:
    """The names of several codes, in their order."""
    return [named(table, code) for code in codes]


def published_agency(row: ServiceRow) -> str:
    """The agency the published list names: word for word in Vietnamese, by its levels in another language."""
    return row.agency_vi if current() == SOURCE else ", ".join(names(LISTED_LEVELS, row.levels))


def span(value: int, unit: str) -> str:
    """A time limit in words: `5 ngày làm việc`."""
    match unit:
        case "working_day":
            return translate("{n} ngày làm việc", n=value)
        case "calendar_day":
            return translate("{n} ngày", n=value)
        case "calendar_day_excluding_public_holidays":
            return translate("{n} ngày, không kể ngày lễ, tết", n=value)
        case "same_day":
            return translate("Trong ngày")
    return translate("Ngay khi yêu cầu")
