"""The state of a dossier in words: who holds it, doing what, until when, and what the applicant has to do.

Applicant, officer, public look-up and notices say the same. Sentences are in the current language.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ansinh.catalogue.queries import frozen
from ansinh.dossiers.models import Dossier, State
from ansinh.dossiers.originals import originals_of
from ansinh.eforms.problems import lower_first
from ansinh.law.calendar import WorkCalendar
from ansinh.law.deadlines import working_days_between
from ansinh.offices.models import Office
from ansinh.platform.language import pick, translate
from ansinh.platform.vietnamese import date_vi, money, weekday_vi

REGISTRATION, CHILD_REGISTRATION = "dang-ky-gdt-ca-nhan", "dang-ky-gdt-duoi-18"
REGISTRATIONS = frozenset({REGISTRATION, CHILD_REGISTRATION})
"""Finished at the counter of any office, and by nobody else."""
Kind = Literal["", "wait", "bad", "ok"]


@dataclass(frozen=True)
class Situation:
    """What is needed besides the dossier: where it is, what day it is, and what was asked of the applicant.

    Lists that show titles only may leave the office out.
    """

    office: Office | None
    today: date
    calendar: WorkCalendar
    asked: int = 0
    answer_by: date | None = None
    to_pay: int | None = None
    """Đồng of the order that waits for the applicant's money, payable until `answer_by`."""


@dataclass(frozen=True)
class StateWords:
    """`title` is a whole sentence; `to_do` what the applicant must do, empty when nothing; `following` what comes next.

    `kind` is the colour's word: wait (for the applicant), bad (late), ok (done) or empty.
    """

    title: str
    to_do: str
    following: str
    kind: Kind = ""
    days_late: int = 0


def state_words(dossier: Dossier, situation: Situation) -> StateWords:
    """The dossier's state in words."""
    own_words = _OWN_WORDS.get((dossier.procedure, State(dossier.state)))
    if own_words is not None:
        return own_words(dossier, situation)
    return _WORDS[State(dossier.state)](dossier, situation)


def days_late(dossier: Dossier, situation: Situation) -> int:
    """Working days past the promised day; 0 while in time or without one."""
    if dossier.due_on is None or dossier.due_on >= situation.today:
        return 0
    return max(1, working_days_between(dossier.due_on, situation.today, calendar=situation.calendar))


def due_words(day: date) -> str:
    """`17:00, thứ Sáu 27/11/2026`."""
    return translate("17:00, {weekday} {day}", weekday=translate(weekday_vi(day)), day=date_vi(day))


def _submitted(_: Dossier, where: Situation) -> StateWords:
    return StateWords(
        title=translate("Đã nhận, chờ kiểm tra"),
        to_do="",
        following=translate(
            "{office} kiểm tra hồ sơ, thường trong 8 giờ làm việc, rồi báo ngày hẹn trả kết quả.", office=_name(where)
        ),
    )


def _originals(dossier: Dossier, where: Situation) -> StateWords:
    awaited = originals_of(dossier)
    return StateWords(
        title=translate("Đang chờ bản chính qua bưu điện"),
        to_do=translate(
            "gửi bản chính ({names}) đến {office}, {address}. Ngoài phong bì xin ghi số hồ sơ.",
            names="; ".join(pick(paper, "name") for paper in awaited),
            office=_name(where),
            address=_address(where),
        ),
        following=translate("Nhận được bản chính, cơ quan kiểm tra rồi thời hạn giải quyết mới bắt đầu tính."),
        kind="wait",
    )


def _payment(_: Dossier, where: Situation) -> StateWords:
    if where.to_pay is not None and where.answer_by is not None:
        to_do = translate(
            "nộp {amount} bằng mã dưới đây, chậm nhất ngày {day}.",
            amount=money(where.to_pay),
            day=date_vi(where.answer_by),
        )
    else:
        to_do = translate("mở hồ sơ để xem số tiền và lấy mã nộp tiền.")
    return StateWords(
        title=translate("Đang chờ ông/bà nộp tiền"),
        to_do=to_do,
        following=translate("Ngân hàng báo tiền đã về là hồ sơ được làm tiếp ngay. Thời hạn của cơ quan chưa tính."),
        kind="wait",
    )


def _in_progress(dossier: Dossier, where: Situation) -> StateWords:
    if _stage_kind(dossier) == "applicant_sign":
        return _to_sign(where)
    if dossier.reopened_at is not None:
        return _looked_at_again(dossier, where)
    late = days_late(dossier, where)
    until = due_words(dossier.due_on) if dossier.due_on else ""
    if late:
        return StateWords(
            title=translate("Quá hẹn {n} ngày làm việc; xin lỗi ông/bà", n=late),
            to_do="",
            following=translate("{office} đang {work} và phải trả kết quả sớm nhất.", **_doing(dossier, where)),
            kind="bad",
            days_late=late,
        )
    following = (
        translate("{office} đang {work}; hẹn trả kết quả {due}.", **_doing(dossier, where), due=until)
        if until
        else translate("{office} đang {work}. Thủ tục này không có thời hạn riêng.", **_doing(dossier, where))
    )
    return StateWords(title=_progress_title(dossier), to_do="", following=following)


def _looked_at_again(dossier: Dossier, where: Situation) -> StateWords:
    late = days_late(dossier, where)
    doing = _doing(dossier, where)
    if late:
        following = translate("{office} đang {work} và phải trả kết quả mới sớm nhất.", **doing)
    elif dossier.due_on:
        following = translate(
            "{office} đang {work}; hẹn trả kết quả mới {due}.", **doing, due=due_words(dossier.due_on)
        )
    else:
        following = translate("{office} đang {work}.", **doing)
    return StateWords(
        title=translate("Kết quả đang được xem xét lại"),
        to_do="",
        following=f"{following} {translate('Kết quả cũ vẫn đọc được và có giá trị đến khi có kết quả mới.')}",
        kind="bad" if late else "",
        days_late=late,
    )


def _to_sign(where: Situation) -> StateWords:
    return StateWords(
        title=translate("Văn bản chờ ông/bà ký số"),
        to_do=translate("đọc văn bản rồi ký bằng chứng thư số của tổ chức; chưa đồng ý thì ghi điều cần sửa."),
        following=translate("Ông/bà ký xong, lãnh đạo {office} ký và văn bản có hiệu lực.", office=_name(where)),
        kind="wait",
    )


def _applicant(_: Dossier, where: Situation) -> StateWords:
    n = max(1, where.asked)
    to_do = (
        translate("bổ sung {n} chỗ, chậm nhất ngày {day}. Những phần khác đã đúng.", n=n, day=date_vi(where.answer_by))
        if where.answer_by
        else translate("bổ sung {n} chỗ. Những phần khác đã đúng.", n=n)
    )
    return StateWords(
        title=translate("Đang chờ ông/bà bổ sung {n} chỗ", n=n),
        to_do=to_do,
        following=translate("Nhận đủ là {office} xem tiếp ngay và thời hạn lại được tính.", office=_name(where)),
        kind="wait",
    )


def _approved(dossier: Dossier, where: Situation) -> StateWords:
    return StateWords(
        title=translate("Lãnh đạo đã duyệt, chờ hoàn tất chữ ký số"),
        to_do="",
        following=translate(
            "Thiết bị ký hoặc nơi cấp dấu thời gian đang gián đoạn. Ký xong là {office} gửi kết quả và báo ngay, "
            "không ai phải làm gì thêm.",
            office=_name(where),
        ),
        days_late=days_late(dossier, where),
    )


def _granted(_dossier: Dossier, _where: Situation) -> StateWords:
    return StateWords(
        title=translate("Đã có kết quả"),
        to_do="",
        following=translate("Kết quả có chữ ký số, tải về và in được bất cứ lúc nào."),
        kind="ok",
    )


def _refused(_dossier: Dossier, _where: Situation) -> StateWords:
    return StateWords(
        title=translate("Không được giải quyết, có lý do"),
        to_do="",
        following=translate("Văn bản trả lời nói rõ vì sao, và có thể làm gì tiếp: nộp lại khi đủ, hoặc khiếu nại."),
    )


def _withdrawn(_dossier: Dossier, _where: Situation) -> StateWords:
    return StateWords(
        title=translate("Đã rút"), to_do="", following=translate("Hồ sơ đã dừng. Nộp hồ sơ mới lúc nào cũng được.")
    )


def _to_visit(_: Dossier, where: Situation) -> StateWords:
    return StateWords(
        title=translate("Đã nhận đăng ký, chờ ông/bà đến cơ quan BHXH"),
        to_do=translate(
            "mang căn cước đến {office}, {address}, hoặc bất kỳ cơ quan BHXH nào trong cả nước. "
            "Không phải in gì; thiếu ảnh thì chụp tại quầy.",
            office=_name(where),
            address=_address(where),
        ),
        following=translate("Cán bộ đối chiếu căn cước, phê duyệt, rồi tài khoản dùng được ngay."),
        kind="wait",
    )


def _registered(_dossier: Dossier, _where: Situation) -> StateWords:
    return StateWords(
        title=translate("Đã duyệt, tài khoản dùng được"),
        to_do="",
        following=translate("Đăng nhập bằng số định danh cá nhân và mật khẩu đã đặt khi đăng ký."),
        kind="ok",
    )


def _to_visit_for_child(_: Dossier, where: Situation) -> StateWords:
    return StateWords(
        title=translate("Đã nhận đăng ký cho trẻ, chờ ông/bà đến cơ quan BHXH"),
        to_do=translate(
            "mang căn cước của mình và giấy khai sinh của trẻ đến {office}, {address}, hoặc bất kỳ cơ quan BHXH nào. "
            "Không phải in gì; thiếu ảnh thì chụp tại quầy.",
            office=_name(where),
            address=_address(where),
        ),
        following=translate("Cán bộ đối chiếu giấy tờ, phê duyệt, rồi ông/bà làm thay trẻ được ngay."),
        kind="wait",
    )


def _child_registered(_dossier: Dossier, _where: Situation) -> StateWords:
    return StateWords(
        title=translate("Đã duyệt, làm thay trẻ được"),
        to_do="",
        following=translate("Mở Tài khoản, mục Làm thay, để nộp và xem hồ sơ của trẻ. Trẻ không có mật khẩu riêng."),
        kind="ok",
    )


def _progress_title(dossier: Dossier) -> str:
    kind = _stage_kind(dossier)
    if kind == "sign":
        return translate("Đang chờ lãnh đạo ký")
    if kind in ("appraise", "control", "check"):
        return translate("Đang thẩm định")
    if dossier.due_on is not None:
        return translate("Đã tiếp nhận, hẹn trả {due}", due=due_words(dossier.due_on))
    return translate("Đã tiếp nhận")


def _doing(dossier: Dossier, where: Situation) -> dict[str, str]:
    stage = next((one for one in frozen(dossier.version_id).stages if one.key == dossier.stage), None)
    name = pick(stage, "name") if stage else translate("Giải quyết")
    return {"office": _name(where), "work": lower_first(name)}


def _stage_kind(dossier: Dossier) -> str:
    return next((one.kind for one in frozen(dossier.version_id).stages if one.key == dossier.stage), "")


def _name(where: Situation) -> str:
    return pick(where.office, "name") if where.office else translate("Cơ quan BHXH")


def _address(where: Situation) -> str:
    return where.office.address if where.office else ""


_WORDS: dict[State, Callable[[Dossier, Situation], StateWords]] = {
    State.SUBMITTED: _submitted,
    State.WAITING_FOR_ORIGINALS: _originals,
    State.WAITING_FOR_PAYMENT: _payment,
    State.IN_PROGRESS: _in_progress,
    State.WAITING_FOR_APPLICANT: _applicant,
    State.APPROVED: _approved,
    State.GRANTED: _granted,
    State.REFUSED: _refused,
    State.WITHDRAWN: _withdrawn,
}
_OWN_WORDS: dict[tuple[str, State], Callable[[Dossier, Situation], StateWords]] = {
    (REGISTRATION, State.SUBMITTED): _to_visit,
    (REGISTRATION, State.GRANTED): _registered,
    (CHILD_REGISTRATION, State.SUBMITTED): _to_visit_for_child,
    (CHILD_REGISTRATION, State.GRANTED): _child_registered,
}
