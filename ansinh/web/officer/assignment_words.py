"""Why a dossier is with somebody, in sentences; loads and days away in words."""

from __future__ import annotations

from datetime import date
from typing import Any

from ansinh.casework.assignment.loads import Colleague
from ansinh.casework.models import AssignedBy, CaseAssignment, WorkRule
from ansinh.catalogue.published import service_list
from ansinh.catalogue.queries import newest
from ansinh.offices.departments import functions
from ansinh.offices.queries import commune_name
from ansinh.people.models import Role
from ansinh.platform.language import pick, translate
from ansinh.platform.vietnamese import date_vi


def load_in_words(cases: int, load: int) -> str:
    """How many dossiers, and what they weigh in ordinary ones."""
    weighed = f"{load // 10},{load % 10}"
    return translate("{n} hồ sơ, quy đổi {load}", n=cases, load=weighed)


def colleague_in_words(one: Colleague) -> str:
    """A colleague as a choice: name, load, and until when away."""
    words = f"{one.name}: {load_in_words(one.cases, one.load)}"
    if one.away_until is None:
        return words
    return f"{words}; {translate('vắng đến hết {day}', day=date_vi(one.away_until))}"


def why_in_words(given: CaseAssignment, *, on: date) -> list[str]:
    """“Vì sao giao cho …”: the sentences of one assignment."""
    why: dict[str, Any] = given.why
    says = [_by(given, on=on)]
    if why.get("instead_of"):
        says.append(
            translate(
                "{absent} vắng đến hết {day}; {name} làm thay.",
                absent=why["instead_of"], day=_day(why["until"]), name=given.officer.full_name,
            )
        )  # fmt: skip
    if given.by == AssignedBy.FAIR:
        says.append(translate("Lúc giao: {loads}.", loads="; ".join(_load(one) for one in why.get("compared", ()))))
    says += [_left_out(one) for one in why.get("left_out", ())]
    return says


def rule_in_words(rule: WorkRule, *, on: date) -> str:
    """What a rule is for: step, procedure or group, commune."""
    keys = {"procedure": rule.procedure, "group": rule.group, "commune": rule.commune_code}
    what = _keys({key: value for key, value in keys.items() if value}, on=on)
    return translate("Bước của {role}: {what}", role=translate(Role(rule.role).label), what=what)


def target_in_words(rule: WorkRule) -> str:
    """Whom a rule gives to."""
    if rule.officer is not None:
        return rule.officer.full_name
    if rule.function:
        return translate("chia đều trong mảng {name}", name=pick(functions()[rule.function], "name"))
    return translate("chia đều cho mọi người cùng nhiệm vụ")


def _by(given: CaseAssignment, *, on: date) -> str:
    match given.by:
        case AssignedBy.HAND:
            by = given.assigned_by.full_name if given.assigned_by else ""
            return translate("{name} giao: {reason}", name=by, reason=given.reason)
        case AssignedBy.UNIT:
            return translate("Người phụ trách đơn vị {unit} được giao hồ sơ của đơn vị đó.", unit=given.why["unit"])
        case AssignedBy.RULE:
            return translate("Theo quy tắc của cơ quan: {what}.", what=_keys(given.why.get("keys", {}), on=on))
        case _:
            return translate("Chia theo lượng việc: ai đang giữ ít nhất, làm được thủ tục này và có mặt.")


def _keys(keys: dict[str, str], *, on: date) -> str:
    parts = []
    if keys.get("procedure"):
        folder = newest([keys["procedure"]]).get(keys["procedure"])
        parts.append(pick(folder.procedure, "short_name") if folder else keys["procedure"])
    if keys.get("group"):
        names = {group.key: pick(group, "name") for group in service_list().groups}
        parts.append(names.get(keys["group"], keys["group"]))
    if keys.get("commune"):
        parts.append(commune_name(keys["commune"], on=on) or keys["commune"])
    return ", ".join(parts) or translate("mọi thủ tục")


def _load(one: dict[str, Any]) -> str:
    return f"{one['name']} {load_in_words(one['cases'], one['load'])}"


def _left_out(one: dict[str, str]) -> str:
    if one["because"] == "away":
        return translate("{name} không được tính: vắng đến hết {day}.", name=one["name"], day=_day(one["until"]))
    return translate("{name} không được tính: chưa được phân làm thủ tục này.", name=one["name"])


def _day(text: str) -> str:
    return date_vi(date.fromisoformat(text))
