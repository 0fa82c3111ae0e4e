"""The guidance beside a question (R-187): what the folder says of it, else what people usually ask about its kind."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Final

from ansinh.eforms.definition import Field
from ansinh.law.figures import figure
from ansinh.platform.language import pick, translate
from ansinh.web.clock import today

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
    more = shares_of_household(on=today()) if field.household else pick(field, "guidance")
    if not more or not said:
        return said or more
    return f"{said if said[-1] in '.?!' else said + '.'} {more}"


def shares_of_household(*, on: date) -> str:
    """What the first, second … member of a household pays on a day, by the law's figure."""
    shares = [Fraction(one) * 100 for one in figure("health.household_factors", on=on).value]
    told = [translate("người thứ {n} {share}%", n=n, share=f"{float(one):g}") for n, one in enumerate(shares, start=1)]
    return translate(
        "Khi mọi thành viên phải tham gia cùng đóng trong năm: {shares}; từ người thứ {last} trở đi như nhau.",
        shares=", ".join(told), last=len(shares),
    )  # fmt: skip
