"""After a death: the funeral grant, and a monthly benefit for relatives or one sum. Law 41/2024 only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ansinh.law.calculate import calculate
from ansinh.law.errors import LawError
from ansinh.law.outcome import Outcome
from ansinh.law.working import read_day
from ansinh.platform.language import pick, translate
from ansinh.platform.vietnamese import money
from ansinh.web.public.calculators.calculator import Answers, read
from ansinh.web.public.calculators.result import Line, Part, Result

_SEVERE = 81


def work(answers: Answers, today: date) -> Result:
    """What the relatives may ask for after this death."""
    death = read_day("death", answers["death"])
    facts = _facts(answers)
    relatives = [_relative(row) for row in answers.get("relatives") or []]
    funeral = calculate("funeral", inputs=facts, event_date=death)
    asks = {"asks_funeral": True, "asks_monthly": bool(relatives)}
    right = calculate("survivor_right", inputs={**facts, **asks}, event_date=death)
    monthly = _monthly(relatives, right, death)
    lump, refusal = _lump(answers, death)
    parts = [Part(translate("Trợ cấp mai táng"), funeral)]
    lines = [Line(translate("Trợ cấp mai táng"), money(funeral.amount or 0))]
    if monthly is not None:
        parts.append(Part(translate("Trợ cấp tuất hằng tháng"), monthly))
        lines.append(Line(translate("Trợ cấp tuất hằng tháng"), money(monthly.amount or 0)))
    if lump is not None:
        parts.append(Part(translate("Trợ cấp tuất một lần"), lump))
        note = translate("Chọn một trong hai: hằng tháng hoặc một lần.") if monthly and monthly.amount else ""
        lines.append(Line(translate("Trợ cấp tuất một lần"), money(lump.amount or 0), note))
    return Result(
        title=_title(funeral, monthly, lump),
        kind="" if funeral.amount else "wait",
        advice=refusal,
        lines=lines,
        parts=parts,
        rights=[right],
        assumptions=[
            translate("Tuổi của thân nhân tính đến tháng mất, theo tháng sinh đã nhập."),
            translate("Chưa kể chế độ khác của người đã mất đang được giải quyết."),
        ],
    )


def _facts(answers: Answers) -> dict[str, object]:
    return {
        "compulsory_months": answers.get("compulsory_months") or 0,
        "voluntary_months": answers.get("voluntary_months") or 0,
        "receiving_pension": answers["status"] == "pensioner",
        "work_related_death": answers["work_related"] == "yes",
    }


def _relative(row: Mapping[str, Any]) -> dict[str, object]:
    found: dict[str, object] = {"relative": row["relative"], "birth": row["birth"]}
    if row.get("gender"):
        found["sex"] = row["gender"]
    if row.get("no_income"):
        found["no_income"] = row["no_income"] == "yes"
    if row.get("disabled") == "yes":
        found["disability_percent"] = _SEVERE
    return found


def _monthly(relatives: list[dict[str, object]], right: Outcome, death: date) -> Outcome | None:
    """The benefit of the family; None where nobody is named or the death gives no right to it."""
    if not relatives or right.grounds[-1].met is False:
        return None
    return calculate("survivor_monthly", inputs={"relatives": relatives}, event_date=death)


def _lump(answers: Answers, death: date) -> tuple[Outcome | None, str]:
    """The one sum, or why there is none here."""
    try:
        if answers["status"] == "pensioner":
            facts = {name: answers[name] for name in ("pension", "months_received")}
            return calculate("survivor_lump_pensioner", inputs=facts, event_date=death), ""
        months = answers["compulsory_months"] + answers["voluntary_months"]
        facts = {
            "compulsory_months": answers["compulsory_months"],
            "voluntary_months": answers["voluntary_months"],
            "months_before_2014": min(months, answers["months_before_2014"]),
            "months_from_2014": max(0, months - answers["months_before_2014"]),
            "average_salary": answers["average"],
        }
        return calculate("survivor_lump_of_record", inputs=facts, event_date=death), ""
    except LawError as refusal:
        return None, pick({"said_vi": refusal.message_vi, "said_en": refusal.message_en}, "said")


def _title(funeral: Outcome, monthly: Outcome | None, lump: Outcome | None) -> str:
    given = {
        "funeral": money(funeral.amount or 0),
        "monthly": money(monthly.amount or 0) if monthly else "",
        "lump": money(lump.amount or 0) if lump else "",
    }
    if monthly is not None and monthly.amount and lump is not None:
        return translate("Mai táng {funeral}; hằng tháng {monthly} hoặc một lần {lump}", **given)
    if monthly is not None and monthly.amount:
        return translate("Mai táng {funeral}; hằng tháng {monthly}", **given)
    if lump is not None:
        return translate("Mai táng {funeral}; tuất một lần {lump}", **given)
    return translate("Mai táng {funeral}", **given)


SURVIVORS = read("tu-tuat", work)
