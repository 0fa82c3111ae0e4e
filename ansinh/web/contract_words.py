"""Treatment contracts of health facilities in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from ansinh.offices.queries import office_names
from ansinh.platform.language import pick, translate
from ansinh.platform.vietnamese import date_vi
from ansinh.registry.contracts.queries import ContractLine
from ansinh.registry.models_contracts import CareScope, TechnicalLevel

STATES = {
    "in_force": "Đang có hiệu lực",
    "coming": "Chưa đến ngày hiệu lực",
    "over": "Đã hết hạn",
    "ended": "Đã chấm dứt trước hạn",
}


def level_in_words(level: str) -> str:
    """The technical level; a dash where the register has none."""
    return translate(TechnicalLevel(level).label) if level else "–"


def scope_in_words(scope: Iterable[str]) -> str:
    """What is treated, in the order people know."""
    held = set(scope)
    return ", ".join(translate(one.label) for one in CareScope if one in held) or "–"


def term_in_words(first: date, last: date | None) -> str:
    """From the first to the last day."""
    if last is None:
        return translate("từ {first}", first=date_vi(first))
    return translate("từ {first} đến {last}", first=date_vi(first), last=date_vi(last))


def state_in_words(state: str) -> str:
    """How a contract stands today."""
    return translate(STATES[state])


def contract_facts(lines: Iterable[ContractLine]) -> list[dict[str, Any]]:
    """The contracts of a facility as facts of its own page: number, then everything else."""
    lines = list(lines)
    offices = office_names({one.contract.office_code for one in lines})
    return [
        {
            "label": translate("Hợp đồng khám chữa bệnh BHYT"),
            "value": one.contract.number,
            "note": ", ".join(
                part
                for part in (
                    state_in_words(one.state),
                    term_in_words(one.contract.valid_from, one.contract.valid_to),
                    level_in_words(one.technical_level),
                    scope_in_words(one.scope),
                    pick(offices[one.contract.office_code], "name") if one.contract.office_code in offices else "",
                    *(_annex(annex.number, annex.valid_from) for annex in one.contract.annexes.all()),
                )
                if part and part != "–"
            ),
        }
        for one in lines
    ]


def _annex(number: str, first: date) -> str:
    return translate("phụ lục {number} từ {first}", number=number, first=date_vi(first))
