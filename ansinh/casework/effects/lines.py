"""What a decision says in đồng for each line that was computed, also where the officer put another amount."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ansinh.casework.models import Decision


def decided_lines(decision: Decision, *, money: Sequence[str]) -> Mapping[str, int | None]:
    """Amount of each line of the calculations `money` (`key` or `key[row]`), as decided.

    The amount of a decision stands for its monthly lines together, or else for those paid once (`compute.total`).
    Another amount than the computed one goes to that line when it is only one; of several None: nobody can say how it
    divides. The other lines keep what was computed; None for one that could not be.
    """
    lines = [line for line in decision.outcomes if line["key"].split("[")[0] in money]
    monthly = [line["key"] for line in lines if line["per"] == "month"]
    meant = monthly or [line["key"] for line in lines]
    amounts: dict[str, int | None] = {line["key"]: line["amount"] for line in lines}
    if decision.amount != decision.computed_amount:
        for key in meant:
            amounts[key] = decision.amount if len(meant) == 1 else None
    return amounts
