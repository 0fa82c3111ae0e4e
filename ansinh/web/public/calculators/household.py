"""Health insurance of a household: the later members pay less."""

from __future__ import annotations

from datetime import date

from ansinh.law.calculate import calculate
from ansinh.platform.language import translate
from ansinh.platform.vietnamese import money
from ansinh.web.public.calculators.calculator import Answers, read
from ansinh.web.public.calculators.chart import Bar, Bars
from ansinh.web.public.calculators.result import Line, Part, Result


def work(answers: Answers, today: date) -> Result:
    """What each member and the whole household pay from today."""
    members, months = answers["members"], int(answers["months"])
    found = calculate("bhyt_household", inputs={"members": members, "months": months}, event_date=today)
    amounts = found.values["amounts"]
    assert isinstance(amounts, list)
    total = found.amount or 0
    full = amounts[0] * members
    return Result(
        title=translate("Cả hộ đóng {amount} cho {n} tháng", amount=money(total), n=months),
        lines=[
            Line(translate("Số người"), str(members)),
            Line(translate("Nhờ đóng cùng nhau, bớt được"), money(full - total)),
        ],
        parts=[Part(translate("Cả hộ đóng"), found)],
        charts=[_picture(amounts)] if members > 1 else [],
        assumptions=[translate("Mọi người trong hộ đóng cùng một lần, theo mức tham chiếu hôm nay.")],
    )


def _picture(amounts: list[int]) -> Bars:
    return Bars(
        title=translate(
            "Người thứ nhất đóng {first}, người cuối chỉ {last}", first=money(amounts[0]), last=money(amounts[-1])
        ),
        heads=(translate("Người"), translate("Đóng")),
        bars=[
            Bar((translate("Người thứ {n}", n=place), amount), amount, chosen=True)
            for place, amount in enumerate(amounts, start=1)
        ],
    )


HOUSEHOLD = read("bhyt-ho-gia-dinh", work)
