"""Money that was decided and not collected: months of a monthly benefit, a lump sum of earlier years.

Nothing is worked out anew: the amounts are those of the payment lists. Decision 2222/QĐ-BHXH; row B of the
list of services of 16 October 2023.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ansinh.law.errors import BadInput, LawError
from ansinh.law.outcome import Outcome
from ansinh.law.quantities import Month, show, spans
from ansinh.law.working import Working

Unpaid = tuple[Month, int]
_RULES = "arrears.unpaid"


def unpaid_months(work: Working) -> Outcome:
    """Sum of the months from ``from_month`` to ``to_month`` that stand unpaid on the lists.

    After a ``death`` the months up to that of the death are paid. ``unclaimed``: the claim rests on months nobody
    collected, so that they must be as many as stop the payment. Raises ``LawError`` when no such month is left.
    """
    inputs = work.inputs
    first, last = inputs.month("from_month"), inputs.month("to_month")
    if last < first:
        raise BadInput("to_month", str(last))
    rules = work.figure(_RULES)
    until = last
    if inputs.has("death"):
        until = min(last, Month.of(inputs.day("death")) + int(rules.value["months_after_death"]))
        _note_death(work, last, until, rules.reference)
    found = [(month, amount) for month, amount in _rows(work) if first <= month <= until]
    if not found:
        raise _nothing_unpaid()
    for span, amount in _runs(found):
        count = span[1] - span[0] + 1
        work.step(
            f"{count} tháng chưa nhận, từ {span[0].vi} đến {span[1].vi}",
            f"{count} months not collected, {span[0]} to {span[1]}",
            f"{count} × {show(amount)} = {show(count * amount)}",
            rules.reference,
            Fraction(count * amount),
        )
    months = {month for month, _ in found}
    _grounds(work, months, asked=until - first + 1, reference=rules.reference, least=int(rules.value["unclaimed"]))
    total = sum(amount for _, amount in found)
    _no_interest(work, total, rules.reference)
    return work.outcome(
        Fraction(total), months=len(months), first_month=min(months).first_day, last_month=max(months).first_day
    )


def unpaid_lump(work: Working) -> Outcome:
    """The lump sum of the decision ``decision_number`` that stands unpaid. Raises ``LawError`` when none does."""
    rules = work.figure(_RULES)
    wanted = _squeezed(work.inputs.need("decision_number"))
    rows = work.inputs.rows("rows") if work.inputs.has("rows") else []
    found = [row.whole("amount") for row in rows if _squeezed(row.need("decision_number")) == wanted]
    if not found:
        raise LawError(
            "nothing-unpaid",
            "Danh sách chi trả không có khoản một lần chưa nhận theo số quyết định này. Chuyên viên xem lại số quyết "
            "định và đối chiếu chứng từ chi trả.",
            "The payment lists have no unpaid lump sum of this decision. The officer looks at the number of the "
            "decision again and compares the payment vouchers.",
        )
    total = sum(found)
    work.step(
        f"Trợ cấp một lần chưa nhận theo quyết định số {work.inputs.need('decision_number')}",
        f"Lump sum not collected, decision {work.inputs.need('decision_number')}",
        show(total),
        rules.reference,
        Fraction(total),
    )
    _no_interest(work, total, rules.reference)
    return work.outcome(Fraction(total))


def _rows(work: Working) -> list[Unpaid]:
    if not work.inputs.has("rows"):
        raise _nothing_unpaid()
    return sorted((row.month("month"), row.whole("amount")) for row in work.inputs.rows("rows"))


def _runs(found: Sequence[Unpaid]) -> list[tuple[tuple[Month, Month], int]]:
    """Unbroken spans of one amount, in order of time."""
    by_amount: dict[int, list[Month]] = {}
    for month, amount in found:
        by_amount.setdefault(amount, []).append(month)
    runs = [(span, amount) for amount, months in by_amount.items() for span in spans(months)]
    repeated = sum(span[1] - span[0] + 1 for span, _ in runs) != len(found)
    if repeated:  # two benefits of the same amount in one month: each month stands alone
        runs = [((month, month), amount) for month, amount in found]
    return sorted(runs)


def _grounds(work: Working, months: set[Month], *, asked: int, reference: str, least: int) -> None:
    work.ground(
        f"Danh sách chi trả còn {len(months)} tháng chưa nhận trong {asked} tháng đề nghị",
        f"{len(months)} of the {asked} months asked for stand unpaid on the payment lists",
        reference,
        True if len(months) == asked else None,
    )
    if work.inputs.flag("unclaimed"):
        longest = max(last - first + 1 for first, last in spans(months))
        work.ground(
            f"{longest} tháng liền không nhận tiền; tạm dừng in danh sách từ {least} tháng",
            f"{longest} months in a row not collected; the lists stop from {least} on",
            reference,
            longest >= least,
        )


def _note_death(work: Working, last: Month, until: Month, reference: str) -> None:
    work.step(
        f"Người hưởng mất: trả đến hết {until.vi}" if until < last else f"Trả đến hết {until.vi}, trước khi mất",
        f"The beneficiary died: paid until {until}" if until < last else f"Paid until {until}, before the death",
        f"{until}",
        reference,
    )


def _no_interest(work: Working, total: int, reference: str) -> None:
    work.step("Số tiền truy lĩnh, không tính lãi", "Arrears, without interest", show(total), reference, Fraction(total))


def _squeezed(number: object) -> str:
    return "".join(str(number).split()).casefold()


def _nothing_unpaid() -> LawError:
    return LawError(
        "nothing-unpaid",
        "Danh sách chi trả không có tháng nào chưa nhận trong thời gian này. Chuyên viên đối chiếu chứng từ chi trả, "
        "nhập số tiền và ghi lý do, hoặc từ chối.",
        "The payment lists have no unpaid month in this time. The officer compares the payment vouchers, enters the "
        "amount with the reason, or refuses.",
    )


RULES = {"unpaid_months": unpaid_months, "unpaid_lump": unpaid_lump}
