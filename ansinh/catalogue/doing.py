"""What a folder works out and does: calculations, effects, the payment, and where their inputs come from.

`ansinh.catalogue.folder` gives these names.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from ansinh.eforms.conditions import Condition


@dataclass(frozen=True, slots=True)
class Source:
    """Where one input of a calculation comes from.

    kind: ``field`` (an answer), ``record`` (a fact of a register), ``value``, ``condition`` (true
    or false), ``age`` (whole years from the answer ``value`` to the answer ``on``), ``result``
    (the value ``on`` of the calculation ``value``, for a table of the same row, less its value ``less``), ``word``
    (an answer turned by ``words``), ``spans`` (one span of days, from the answer ``value`` to the answer ``on``).
    For effects also ``amount`` (what was decided for the calculations ``value``, added together), ``month_after`` (the
    month after that of the answer ``value``), ``account`` (a bank account put together from the answers that ``words``
    names as its bank, number and holder) and ``decided`` (the ``value`` of the decision: day, next_month, number,
    office, dossier or amount).
    """

    kind: str
    value: Any = None
    condition: Condition | None = None
    on: str | None = None
    less: str | None = None
    words: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Calculation:
    """One benefit to compute by ``ansinh.law``; ``event`` is the date field (or today) that decides.

    ``amount`` names the results of the benefit that are money to be decided (added together).
    ``row_label`` is the column that names the line of a row; of the rows with money at most
    ``paid_rows`` are paid, the officer chooses which. ``record_of`` is the column with the insurance
    number of whose records a row's inputs come from; without it they are those of the dossier's person.
    With ``not_computed_vi`` there is no rule:
    the sentence says why, and the officer enters the amount with the reason.
    """

    key: str
    benefit: str = ""
    event: str = "today"
    inputs: tuple[tuple[str, Source], ...] = ()
    when: Condition | None = None
    for_each: str | None = None
    row_when: Condition | None = None
    row_label: str | None = None
    record_of: str | None = None
    paid_rows: int | None = None
    amount: tuple[str, ...] = ()
    per: str = "once"
    """once or month."""
    result: str | None = None
    name_vi: str = ""
    name_en: str = ""
    not_computed_vi: str = ""
    not_computed_en: str = ""

    @property
    def is_money(self) -> bool:
        """Whether an amount to be decided comes of it."""
        return bool(self.amount) or bool(self.not_computed_vi)


@dataclass(frozen=True, slots=True)
class Effect:
    """What a granted dossier does: one of the effects of ``effects.yaml`` with its inputs.

    With ``for_each`` once for each row of that table, named by the column ``row_label``. A plain word
    (``is_done`` False) has no inputs: an action of its own does it, or, in an older frozen version, nothing.
    """

    key: str
    does: str
    inputs: tuple[tuple[str, Source], ...] = ()
    when: Condition | None = None
    for_each: str | None = None
    row_when: Condition | None = None
    row_label: str | None = None
    is_done: bool = True

    @property
    def reads_more(self) -> bool:
        """Whether an input comes from the registers or from a calculation, not only from answers and decision."""
        return any(source.kind in ("record", "result") for _, source in self.inputs)


@dataclass(frozen=True, slots=True)
class Payment:
    """What the applicant pays when a dossier is filed, and what follows once it is paid.

    ``amount_of`` names calculations whose amounts are added; ``fund`` the books (ansinh.payments.rules). ``then``:
    ``done``, the machine finishes what was paid exactly, or ``office``, the office's work begins.
    """

    amount_of: tuple[str, ...]
    fund: str
    purpose_vi: str
    purpose_en: str
    then: Literal["done", "office"] = "office"
    when: Condition | None = None
    from_day: tuple[str, str] | None = None
    to_day: tuple[str, str] | None = None
    """Calculation and the name of its result: the first and the last day that are paid for."""
