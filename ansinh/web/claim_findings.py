"""What the rules found in the rows of a claim file, for the facility before it files and for the officer after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ansinh.dossiers.claims.period import files_of_quarter
from ansinh.dossiers.claims.rules import ERROR, sentence_of
from ansinh.dossiers.models import ClaimFile
from ansinh.platform.language import pick, translate
from ansinh.platform.vietnamese import number

A_PAGE = 50


@dataclass(frozen=True)
class FindingsPage:
    """Findings of one file, fifty at a time; `rows` as the table component takes them."""

    file: ClaimFile
    rows: tuple[tuple[str, ...], ...]
    at: int
    pages: int

    @property
    def first(self) -> int:
        """The number of the first one shown."""
        return (self.at - 1) * A_PAGE + 1

    @property
    def last(self) -> int:
        """The number of the last one shown."""
        return self.first + len(self.rows) - 1

    @property
    def more(self) -> int:
        """How many were counted and not kept."""
        return self.file.errors + self.file.warnings - len(self.file.findings)


def columns() -> list[dict[str, Any]]:
    """Of the table of findings."""
    names = (translate("Hồ sơ"), translate("Bảng, dòng"), translate("Cột"), translate("Lỗi"), translate("Quy tắc"))
    return [{"label": name} for name in names]


def findings_page(file: ClaimFile, *, at: int) -> FindingsPage:
    """One page of what was found in a file."""
    pages = max(1, -(-len(file.findings) // A_PAGE))
    at = min(max(at, 1), pages)
    shown = file.findings[(at - 1) * A_PAGE : at * A_PAGE]
    return FindingsPage(file, tuple(_row(one) for one in shown), at, pages)


def counted(file: ClaimFile) -> str:
    """“12 lỗi phải sửa, 3 điểm giám định viên sẽ xem”; empty when nothing was found."""
    told = []
    if file.errors:
        told.append(translate("{n} lỗi phải sửa", n=number(file.errors)))
    if file.warnings:
        told.append(translate("{n} điểm giám định viên sẽ xem", n=number(file.warnings)))
    return ", ".join(told)


def settled_claims(answers: Mapping[str, Any]) -> list[FindingsPage]:
    """The files a settlement rests on, with what was found in each; none for another form."""
    year, quarter = answers.get("year"), str(answers.get("quarter") or "")
    if "claim_records" not in answers or not isinstance(year, int) or quarter not in ("q1", "q2", "q3", "q4"):
        return []
    files = files_of_quarter(str(answers.get("facility_code") or ""), year=year, quarter=int(quarter[1]))
    return [findings_page(one, at=1) for one in files]


def _row(one: Mapping[str, Any]) -> tuple[str, ...]:
    where = translate("{table}, dòng {row}", table=one["table"], row=one["row"])
    told = pick(sentence_of(one["code"], one["table"], one["column"], one["facts"]), "text")
    grave = translate("phải sửa") if one["severity"] == ERROR else translate("giám định viên xem")
    return f"{one['record']} ({one['link']})", where, one["column"], told, f"{one['code']}, {grave}"
