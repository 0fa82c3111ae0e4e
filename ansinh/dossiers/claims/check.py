"""What a settlement declares beside the control totals of the files: each figure that differs is a gap of the draft."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ansinh.dossiers.claims.period import quarter_totals
from ansinh.eforms.definition import Form
from ansinh.eforms.problems import Problem, problem_at
from ansinh.platform.vietnamese import money, number

COMPARED: Final = ("claim_records", "total_cost", "fund_amount", "patient_amount")
"""Fields of a form over claim files; `claim_records` marks such a form."""
ADVANCE: Final = "quarterly_advance"
"""Money beforehand does not wait for the rows to be right (article 32 of the law gives it by the report)."""


def check_claims(form: Form, asked: Mapping[str, Any]) -> list[Problem]:
    """Problems of a form over claim files; none for any other form or before the quarter is chosen.

    `asked` are the answers to the questions that are asked (`eforms.visibility`).
    """
    fields = {field.key: field for field in form.fields()}
    if COMPARED[0] not in fields:
        return []
    year, quarter = asked.get("year"), str(asked.get("quarter") or "")
    if not isinstance(year, int) or quarter not in ("q1", "q2", "q3", "q4"):
        return []
    totals = quarter_totals(str(asked.get("facility_code") or ""), year=year, quarter=int(quarter[1]))
    if not totals.files:
        return [
            problem_at(
                COMPARED[0], fields[COMPARED[0]], "no-claim-files",
                "Chưa có tệp dữ liệu chi phí nào của quý này. Xin gửi tệp ở trang Dữ liệu chi phí rồi quay lại.",
            )
        ]  # fmt: skip
    found = {
        "claim_records": totals.records, "total_cost": totals.total_cost, "fund_amount": totals.fund_amount,
        "patient_amount": totals.patient_amount,
    }  # fmt: skip
    faults = [
        problem_at(
            COMPARED[0], fields[COMPARED[0]], "claims-have-errors",
            "Tệp đã gửi còn {errors} lỗi trong các dòng. Xin mở trang Dữ liệu chi phí, xem từng lỗi, rút tệp đó "
            "rồi gửi tệp đã sửa.",
            errors=number(totals.errors),
        )
    ] if totals.errors and asked.get("claim_type") != ADVANCE else []  # fmt: skip
    return faults + [
        problem_at(
            key, fields[key], "differs-from-claims",
            "{Label} đã khai khác dữ liệu đã gửi: {found} trong {files} tệp. Xin sửa số đã khai, hoặc gửi lại tệp.",
            found=number(found[key]) if key == COMPARED[0] else money(found[key]), files=str(totals.files),
        )
        for key in COMPARED
        if key in fields and isinstance(asked.get(key), int) and asked[key] != found[key]
    ]  # fmt: skip
