"""Roles, events and contracts of an organisation in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from ansinh.people.models_organisations import ContractKind, OrganisationEvent, OrganisationKind, StaffRole
from ansinh.platform.language import translate
from ansinh.platform.vietnamese import date_vi
from ansinh.web.page import Option

Facts = dict[str, Any]
_HINTS = {
    StaffRole.READ: "Xem hồ sơ và kết quả của tổ chức.",
    StaffRole.FILE: "Kê khai, thêm giấy tờ; chưa ký và nộp được.",
    StaffRole.SIGN: "Ký bằng chứng thư số của tổ chức, nộp, rút hồ sơ, thu hồi ủy quyền I-VAN.",
    StaffRole.PAY: "Nộp tiền thay tổ chức.",
    StaffRole.ADMINISTER: "Mời người dùng, đổi vai trò, cho thôi; tự vai trò này không xem được hồ sơ.",
}


def role_options() -> list[Option]:
    """The roles to choose from, each with what it allows."""
    return [Option(role.value, translate(role.label), hint=translate(_HINTS[role])) for role in StaffRole]


def roles_in_words(roles: Iterable[str]) -> str:
    """The names of roles in their usual order."""
    held = set(roles)
    return ", ".join(translate(role.label) for role in StaffRole if role in held)


def kind_in_words(kind: str) -> str:
    """What an organisation is."""
    return translate(OrganisationKind(kind).label)


def contract_in_words(kind: str) -> str:
    """What a contract is about."""
    return translate(ContractKind(kind).label)


def days_in_words(first: date, last: date | None) -> str:
    """From when to when."""
    if last is None:
        return translate("từ {first}", first=date_vi(first))
    return translate("từ {first} đến {last}", first=date_vi(first), last=date_vi(last))


def history_of(events: Iterable[OrganisationEvent]) -> list[dict[str, object]]:
    """The thread of the page, newest first."""
    return [{"at": one.at, "who": one.actor_name, "text": _sentence(one)} for one in events]


def _sentence(event: OrganisationEvent) -> str:
    return _SENTENCES[event.kind](event.facts) if event.kind in _SENTENCES else event.kind


def _roles(facts: Facts, key: str = "roles") -> str:
    return roles_in_words(facts.get(key) or ())


def _days(facts: Facts) -> str:
    last = facts.get("valid_to")
    return days_in_words(date.fromisoformat(facts["valid_from"]), date.fromisoformat(last) if last else None)


_SENTENCES: dict[str, Callable[[Facts], str]] = {
    "organisation_opened": lambda facts: translate(
        "Tổ chức được đăng ký; người quản lý đầu tiên: {name}.", name=facts["administrator"]
    ),
    "organisation_closed": lambda facts: translate("Tổ chức ngừng giao dịch: {reason}.", reason=facts["reason"]),
    "branch_moved": lambda facts: translate(
        "Chi nhánh chuyển từ {before} sang {after}.", before=facts["before"] or "–", after=facts["after"] or "–"
    ),
    "staff_invited": lambda facts: translate("Mời số {number}: {roles}.", number=facts["number"], roles=_roles(facts)),
    "invitation_withdrawn": lambda facts: translate("Rút lời mời số {number}.", number=facts["number"]),
    "invitation_declined": lambda facts: translate("Số {number} từ chối lời mời.", number=facts["number"]),
    "staff_joined": lambda facts: translate(
        "{name} nhận lời mời của {inviter}: {roles}.",
        name=facts["name"], inviter=facts["invited_by"], roles=_roles(facts),
    ),
    "roles_changed": lambda facts: translate(
        "Đổi vai trò của {name}: trước là {before}, nay là {roles}.",
        name=facts["name"], before=_roles(facts, "before"), roles=_roles(facts),
    ),
    "staff_left": lambda facts: translate("{name} thôi là người dùng.", name=facts["name"]),
    "certificate_known": lambda facts: translate(
        "Chứng thư số {serial} của {issuer} ký lần đầu.", serial=facts["serial"], issuer=facts["issuer"]
    ),
    "certificate_withdrawn": lambda facts: translate("Ngừng dùng chứng thư số {serial}.", serial=facts["serial"]),
    "mandate_given": lambda facts: translate(
        "{employer} ủy quyền {provider} truyền hồ sơ, từ {day}.",
        employer=facts["employer"], provider=facts["provider"], day=date_vi(date.fromisoformat(facts["valid_from"])),
    ),
    "mandate_ended": lambda facts: translate(
        "{employer} thu hồi ủy quyền của {provider}.", employer=facts["employer"], provider=facts["provider"]
    ),
    "treatment_contract_signed": lambda facts: translate(
        "Ký hợp đồng khám chữa bệnh BHYT số {number}, {days}.",
        number=facts["number"], days=_days(facts),
    ),
    "contract_annex_signed": lambda facts: translate(
        "Ký phụ lục {number} của hợp đồng {contract}, từ {day}.",
        number=facts["number"], contract=facts["contract"], day=date_vi(date.fromisoformat(facts["valid_from"])),
    ),
    "treatment_contract_ended": lambda facts: translate(
        "Hợp đồng {number} chấm dứt, ngày cuối {day}: {reason}.",
        number=facts["number"], day=date_vi(date.fromisoformat(facts["valid_to"])), reason=facts["reason"],
    ),
    "contract_entered": lambda facts: translate(
        "{kind} số {number}, {days}.", kind=contract_in_words(facts["contract"]), number=facts["number"],
        days=_days(facts),
    ),
    "contract_ended": lambda facts: translate(
        "{kind} số {number} kết thúc sau ngày {day}: {reason}", kind=contract_in_words(facts["contract"]),
        number=facts["number"], day=date_vi(date.fromisoformat(facts["last_day"])), reason=facts["reason"],
    ),
    "point_opened": lambda facts: translate(
        "Mở điểm thu {code} {name}, từ {day}.",
        code=facts["code"], name=facts["name"], day=date_vi(date.fromisoformat(facts["valid_from"])),
    ),
    "point_closed": lambda facts: translate(
        "Điểm thu {code} {name} ngừng sau ngày {day}.",
        code=facts["code"], name=facts["name"], day=date_vi(date.fromisoformat(facts["last_day"])),
    ),
    "branch_opened": lambda facts: translate(
        "Thêm chi nhánh {name}, mã đơn vị {code}.", name=facts["name"], code=facts["unit_code"]
    ),
    "contact_changed": lambda facts: translate("Đổi người phụ trách: {name}.", name=facts["name"]),
}  # fmt: skip
