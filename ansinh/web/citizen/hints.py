"""The guidance beside a question (R-187): what the folder says of it, else what people usually ask about its kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ansinh.eforms.definition import Field
from ansinh.platform.language import pick, translate

USUAL: Final[Mapping[str, str]] = {
    "date": "Ví dụ: 04 05 2026",
    "month": "Ví dụ: 05 2026",
    "si_number": "Mã số 10 chữ số, in trên thẻ BHYT và trong sổ BHXH",
    "id_number": "Số 12 chữ số trên thẻ căn cước, hoặc số hộ chiếu",
    "phone": "Số di động 10 chữ số",
    "email": "Ví dụ: ten.ban@vidu.vn",
    "tax_code": "10 chữ số, hoặc 12 chữ số của cá nhân",
    "money": "Số tiền bằng đồng, không cần gõ dấu chấm",
}
"""Type of a question → what is said where the folder says nothing."""
_YEAR_ONLY: Final = "Ví dụ: 04 05 1986. Chỉ biết năm thì nhập năm."


def hint_of(field: Field) -> str:
    """One or two sentences; empty for a choice, a list and a box that need none."""
    usual = _YEAR_ONLY if field.type == "date" and field.year_only else USUAL.get(field.type, "")
    said = pick(field, "hint") or (translate(usual) if usual else "")
    more = pick(field, "guidance")
    if not more or not said:
        return said or more
    return f"{said if said[-1] in '.?!' else said + '.'} {more}"
