"""The head and foot of the desk, and the sentence that says what was just done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch

from ansinh.casework.assignment.rules import managed
from ansinh.casework.calendar_change import ENTERS as KEEP_CALENDAR
from ansinh.casework.issuing.queries import GIVES
from ansinh.casework.retention.lists import PROPOSES
from ansinh.catalogue import corrections as procedure_corrections
from ansinh.offices.queries import office_names
from ansinh.payments.batches import RELEASES as PAYS
from ansinh.people.actors import OfficerActor
from ansinh.people.data_rights.requests import is_handler
from ansinh.people.doors.officers import MAY_UNLOCK
from ansinh.people.doors.rules import door_rules
from ansinh.people.models import Role
from ansinh.people.officers.powers import manages, speaks_for
from ansinh.people.readings.review import is_reviewer
from ansinh.platform.language import pick, translate
from ansinh.post.access import KEEPS_POST
from ansinh.registry.bank_accounts.settle import COMPARES, DECIDES
from ansinh.registry.numbers.keep import KEEPS as KEEPS_NUMBERS
from ansinh.statistics.areas import SEES
from ansinh.statistics.registrations import STEERS
from ansinh.web.actors import render
from ansinh.web.addresses import address
from ansinh.web.clock import today
from ansinh.web.page import Link, NavItem, Page
from ansinh.web.support import foot_support

WORK, REGISTRATIONS, RECOVERIES = "work", "registrations", "recoveries"
ACTING, BANK_ACCOUNTS, ORGANISATIONS = "acting", "bank-accounts", "organisations"
CONTRACTS, PAYMENTS, ISSUING = "contracts", "payments", "issuing"
STAFF, DUTIES, OVERSIGHT, DATA_REQUESTS = "staff", "duties", "oversight", "data-requests"
CORRECTIONS, COUNTERS, FACE, FIGURES, ASSIGNING = "corrections", "counters", "face", "figures", "assigning"
REMOTE = "remote_areas"
POST, INCOMING = "post", "incoming"
LETTERS, ANNOUNCEMENTS, PROBLEMS, CAMPAIGNS = "letters", "announcements", "problems", "campaigns"
CALENDAR, NUMBERS = "calendar", "number-ranges"
CORRECTS = procedure_corrections.PROPOSES | procedure_corrections.DECIDES
SAID = "desk_said"
COUNTER, MANAGING = "counter", "managing"
COUNTER_ROLES = frozenset({Role.INTAKE, Role.APPROVER})
KEEP_CONTRACTS = frozenset({Role.HEALTH, Role.LEADER})
"""Whose work the treatment contracts of health facilities are."""


@dataclass(frozen=True)
class Place:
    """A place of the desk: the word it has, the route to it, what is done there."""

    key: str
    label: str
    route: str
    note: str


def desk(
    request: HttpRequest,
    officer: OfficerActor,
    template: str,
    title: str,
    *,
    current: str = "",
    back: tuple[str, str] | None = None,
    problems: int = 0,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """A page of the desk; `said` in its context is what the last act did, told once."""
    page = head(request, officer, title, current=current, back=back, problems=problems)
    said = request.session.pop(SAID, "") if SAID in request.session else ""
    idle = int(door_rules(today()).officer.idle.total_seconds())
    return render(request, f"officer/{template}", status=status, page=page, said=said, idle_seconds=idle, **context)


def head(
    request: HttpRequest,
    officer: OfficerActor,
    title: str,
    *,
    current: str = "",
    back: tuple[str, str] | None = None,
    problems: int = 0,
) -> Page:
    """What the layout of the desk needs to know of a page."""
    offices = office_names(set(officer.office_codes))
    return Page(
        title,
        nav=_nav(officer, current),
        office_name=", ".join(pick(offices[code], "name") for code in sorted(offices)),
        **foot_support(province_code=min((one.province_code for one in offices.values()), default="")),
        account_name=officer.name,
        account_href=_address("doors:home"),
        sign_out_href=_address("account:sign-out"),
        search_href=address("officer:search"),
        search_value=request.GET.get("q", "") if request.path == address("officer:search") else "",
        home_href=address("officer:home"),
        back=back,
        foot_links=_foot(officer),
        problems=problems,
    )


def say(request: HttpRequest, sentence: str) -> None:
    """The next page of the desk tells this."""
    request.session[SAID] = sentence


def at_counter(officer: OfficerActor) -> bool:
    """Whether registrations are this officer's work."""
    return any(post.role in COUNTER_ROLES for post in officer.posts)


def counter_work(officer: OfficerActor) -> list[Place]:
    """What this officer does for people at a counter, and about the accounts they are paid to."""
    found = []
    if at_counter(officer):
        found += [
            Place(
                REGISTRATIONS, translate("Đăng ký tại quầy"), "officer:registrations",
                translate("Đối chiếu người với giấy tờ, phê duyệt tài khoản"),
            ),
            Place(
                "assist", translate("Nộp giúp tại quầy"), "assist:begin",
                translate("Kê khai hộ, người dân xác nhận"),
            ),
            Place(
                RECOVERIES, translate("Khôi phục tài khoản"), "officer:recoveries",
                translate("Người không còn điện thoại, thư điện tử cũ"),
            ),
            Place(
                ACTING, translate("Đại diện, ủy quyền"), "officer:acting-people",
                translate("Ai đại diện cho ai; chấm dứt, tạm dừng, người đã mất"),
            ),
            Place(
                ORGANISATIONS, translate("Tổ chức"), "officer:organisations",
                translate("Người dùng, hợp đồng, điểm thu của tổ chức do cơ quan quản lý"),
            ),
            Place(
                "complaint_paper", translate("Đơn khiếu nại"), "officer:complaint-paper-above",
                translate("Đơn trên giấy gửi thẳng đến cơ quan này về kết quả của cơ quan cấp dưới"),
            ),
        ]  # fmt: skip
    if any(post.role in COMPARES | DECIDES for post in officer.posts):
        note = translate("Yêu cầu đổi chờ đối chiếu, chờ duyệt")
        found.append(Place(BANK_ACCOUNTS, translate("Tài khoản nhận tiền"), "officer:bank-accounts", note))
    if any(post.role in GIVES for post in officer.posts):
        note = translate("Chờ in, chờ trả tại quầy, chờ gửi bưu điện; phôi đã dùng")
        found.append(Place(ISSUING, translate("Thẻ, sổ bản giấy"), "officer:issuing", note))
    if any(post.role in KEEPS_POST for post in officer.posts):
        came = translate("Vào sổ, quét, khớp hồ sơ; thư chưa khớp và số ngày")
        found.append(Place(INCOMING, translate("Bưu gửi đến"), "officer:incoming", came))
        note = translate("Nhãn, số hiệu, tệp của bưu điện; thư hoàn về")
        found.append(Place(POST, translate("Bưu gửi đi"), "officer:postal", note))
    if any(post.role in PAYS for post in officer.posts):
        note = translate("Lệnh chi chờ lập danh sách, chờ duyệt; tiền về cần xử lý")
        found.append(Place(PAYMENTS, translate("Chi trả"), "officer:payments", note))
    return found


def managing_work(officer: OfficerActor) -> list[Place]:
    """What this officer does about colleagues, and answers for the office."""
    found = []
    if any(post.role in SEES for post in officer.posts):
        note = translate("Đúng hạn, trễ, thời gian thật, lý do trả lại; theo nơi và thủ tục")
        found.append(Place(FIGURES, translate("Số liệu"), "figures:dashboard", note))
    if any(post.role in KEEP_CONTRACTS for post in officer.posts):
        note = translate("Hợp đồng khám chữa bệnh BHYT của các cơ sở")
        found.append(Place(CONTRACTS, translate("Hợp đồng KCB"), "officer:contracts", note))
    if managed(officer):
        note = translate("Quy tắc giao việc, lượng việc của từng người, ai làm thủ tục nào")
        found.append(Place(ASSIGNING, translate("Phân công hồ sơ"), "officer:assigning", note))
    if manages(officer, on=today()):
        note = translate("Phân công, giao quyền, vắng mặt, tài khoản cán bộ")
        found.append(Place(STAFF, translate("Nhân sự"), "officer:staff", note))
    if speaks_for(officer, on=today()):
        note = translate("Tạm dừng, mở lại nhận hồ sơ trực tiếp; cơ quan gần nhất")
        face = translate("Đầu mối, liên kết, điện thoại hỗ trợ trên trang công khai")
        found.append(Place(FACE, translate("Trang công khai"), "officer:faces", face))
        banner = translate("Bảo trì, phiên bản mới, tin của tỉnh: biểu ngữ có ngày")
        found.append(Place(ANNOUNCEMENTS, translate("Thông báo công khai"), "officer:announcements", banner))
        found.append(Place(COUNTERS, translate("Quầy tiếp nhận"), "officer:counters", note))
        far = translate("Vùng sâu, vùng xa: khiếu nại ở đó được trả lời trong thời hạn dài hơn")
        found.append(Place(REMOTE, translate("Địa bàn đi lại khó khăn"), "officer:remote-areas", far))
        asked = translate("Cơ quan cấp dưới hỏi, chờ trả lời; báo cấp trên")
        found.append(Place(PROBLEMS, translate("Vướng mắc"), "officer:problem-reports", asked))
    if is_reviewer(officer, on=today()):
        note = translate("Mở khẩn cấp, lượt xem nên hỏi lại, người được bảo vệ riêng")
        found.append(Place(OVERSIGHT, translate("Giám sát"), "officer:oversight", note))
    if is_handler(officer, on=today()):
        note = translate("Hạn trả lời theo luật; việc gần hạn trước")
        found.append(Place(DATA_REQUESTS, translate("Yêu cầu về dữ liệu"), "officer:data-requests", note))
    if any(post.role in CORRECTS for post in officer.own_posts):
        note = translate("Thời hạn, lệ phí, giấy tờ chưa đối chiếu; điều chỉnh có ngày")
        found.append(Place(CORRECTIONS, translate("Dữ kiện của thủ tục"), "officer:corrections", note))
    if any(post.role in KEEP_CALENDAR for post in officer.posts):
        note = translate("Ngày nghỉ, ngày làm bù; tính lại hạn của hồ sơ đang mở")
        found.append(Place(CALENDAR, translate("Lịch nghỉ"), "officer:calendar", note))
    if any(post.role in KEEPS_NUMBERS for post in officer.posts):
        note = translate("Dải số để cấp mã số BHXH lần đầu: đã cấp, còn lại, nhập thêm")
        found.append(Place(NUMBERS, translate("Dải mã số BHXH"), "officer:number-ranges", note))
    return found


def _nav(officer: OfficerActor, current: str) -> list[NavItem]:
    """One's own work, then at most two words for the rest: a telephone has room for no more."""
    items = [NavItem(translate("Việc của tôi"), address("officer:home"), current == WORK)]
    for key, word, places in (
        (COUNTER, translate("Tại quầy"), counter_work(officer)),
        (MANAGING, translate("Quản lý"), managing_work(officer)),
    ):
        here = current == key or current in {one.key for one in places}
        if len(places) == 1:
            items.append(NavItem(places[0].label, address(places[0].route), here))
        elif places:
            items.append(NavItem(word, address(f"officer:{key}"), here))
    return items


def _foot(officer: OfficerActor) -> list[Link]:
    roles = {post.role for post in officer.posts}
    duties = (
        (STEERS, translate("Tiến độ đăng ký"), "officer:registration-progress"),
        (PROPOSES, translate("Hồ sơ hết thời hạn lưu"), "officer:retention"),
        (MAY_UNLOCK, translate("Cán bộ không vào được"), "officer:locked"),
    )
    own = Link(translate("Nhiệm vụ của tôi"), address("officer:my-duties"))
    letters = Link(translate("Văn bản"), address("officer:letters"))
    campaigns = Link(translate("Chiến dịch"), address("officer:campaigns"))
    problems = Link(translate("Báo vướng mắc"), address("officer:problem-reports"))
    return [
        own,
        letters,
        campaigns,
        problems,
        *(Link(words, address(name)) for duty, words, name in duties if roles & duty),
    ]


def _address(name: str) -> str:
    try:
        return address(name)
    except NoReverseMatch:
        return ""
