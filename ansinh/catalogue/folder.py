"""What a procedure is: the dataclasses read from ``procedures/<slug>/<date-in-force>/``.

Text for people comes in pairs ``…_vi`` and ``…_en``. Money is whole đồng. Conditions are those of
``ansinh.eforms.conditions`` over the answers of the procedure's own form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from ansinh.eforms.conditions import Condition
from ansinh.eforms.definition import Form

StageKind = Literal[
    "submit", "intake", "check", "appraise", "control", "applicant_sign", "sign", "pay", "issue", "return", "system"
]
Day = date
"""The type, where a field is named `date`."""
ServiceLevel = Literal["full_online", "partial_online", "information"]


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A law or decision the procedure rests on."""

    number: str
    date: date | None
    status: str
    title_vi: str = ""
    articles_vi: str = ""
    quality: str = "from_knowledge"
    in_force_from: Day | None = None
    """First day it applies, where that is not the day it was signed."""


@dataclass(frozen=True, slots=True)
class Fee:
    """What the person pays: 0 is free of charge."""

    amount: int
    note_vi: str = ""
    note_en: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """One thing the person gets. ``when`` empty: every dossier of the procedure gets it.

    ``symbol`` stands in the number of its paper (``HĐKCB-BHYT``); without one the paper is a decision.
    """

    key: str
    name_vi: str
    name_en: str
    code: str | None = None
    symbol: str = ""
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time limit of the office for one result (or, without ``for_result``, for all)."""

    key: str
    value: int
    unit: str
    counted_from: str
    name_vi: str = ""
    name_en: str = ""
    when: Condition | None = None
    for_result: str | None = None
    kind: str = "legal"
    """legal, legal_maximum (a ceiling, never the due date) or proposed_target (no law behind it)."""
    chosen_by: str | None = None
    """officer or event: never applies by itself."""
    basis_vi: str = ""
    quality: str = "from_knowledge"
    note_vi: str = ""
    note_en: str = ""


@dataclass(frozen=True, slots=True)
class FilingLimit:
    """Until when a person or employer should file."""

    who: str
    value: int
    unit: str
    counted_from_vi: str
    counted_from_en: str
    what_vi: str = ""
    what_en: str = ""
    from_field: str | None = None
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Route:
    """Who receives the dossier and at which levels it is decided."""

    received_by: str
    decided_at: tuple[str, ...]
    function: str


@dataclass(frozen=True, slots=True)
class OfficialForm:
    """A numbered form of the State that the electronic form stands for."""

    code: str
    name_vi: str
    name_en: str = ""
    envelope_vi: str = ""
    """What stands on the envelope of a form that goes by post."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the work. ``share`` is its part of the limit in hundredths; ``when`` empty: every dossier has it.

    ``applicant_sign``: the applicant signs the paper that the leader signs after (a contract).
    """

    key: str
    kind: StageKind
    name_vi: str
    name_en: str
    role: str
    function: str = ""
    department_vi: str = ""
    share: int = 0
    when: Condition | None = None
    note_vi: str = ""
    note_en: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A document the dossier needs.

    ``required``: ``always``, ``when`` (with the condition), ``optional``, or ``one_of`` (one paper
    of the same ``group`` is enough). ``original_by_post``: the clock waits for the original,
    unless ``original_by_post_unless`` is ``digital_signature`` and the person confirmed
    electronically. ``made_by_portal``: the portal makes it from the answers, nothing to upload.
    """

    key: str
    name_vi: str
    name_en: str
    required: str = "always"
    when: Condition | None = None
    group: str | None = None
    per_row_of: str | None = None
    original_needed: bool = False
    original_by_post: bool = False
    original_by_post_unless: str | None = None
    made_by_portal: bool = False
    at_counter: bool = False
    """Added at the counter when it was not sent: never a ground to stop the dossier before."""
    only_shown: bool = False
    """Shown at the counter and handed back: no file of it is asked for or kept."""
    form: str | None = None
    when_vi: str = ""
    """The condition in words, where there is no form that could ask."""
    when_en: str = ""
    hint_vi: str = ""
    hint_en: str = ""

    @property
    def is_a_file(self) -> bool:
        """Whether a file of it can be sent: not what the portal makes itself, nor what is only shown."""
        return not (self.made_by_portal or self.only_shown)


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
class Mend:
    """A place the office asks to be mended: a paper (`key` or `key@table[0]`), or a field with its new answer."""

    reason: str
    wrong_vi: str
    paper: str = ""
    field: str = ""
    answer: Any = None


@dataclass(frozen=True, slots=True)
class Ground:
    """A coded reason of a refusal with its explanation."""

    reason: str
    explanation_vi: str


@dataclass(frozen=True, slots=True)
class Entered:
    """The amount (đồng) an officer enters where the law computes none, and why that much."""

    amount: int
    why_vi: str


@dataclass(frozen=True, slots=True)
class Course:
    """How the dossier of an example goes: granted at once, unless something is asked or it is refused."""

    supplement: tuple[Mend, ...] = ()
    refused: tuple[Ground, ...] = ()
    entered: Entered | None = None


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


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example: answers in, everything that follows out.

    ``applicant`` says who files where that is not the first of the procedure's applicants.
    """

    key: str
    name_vi: str
    today: date
    answers: Mapping[str, Any]
    expected: Mapping[str, Any]
    name_en: str = ""
    accepted_at: str | None = None
    papers: Mapping[str, Any] = field(default_factory=dict)
    record: Mapping[str, Any] = field(default_factory=dict)
    records: Mapping[str, Any] = field(default_factory=dict)
    """Records by insurance number, for the rows of a list."""
    confirmed_electronically: bool = True
    applicant: str = ""
    course: Course = Course()


@dataclass(frozen=True, slots=True)
class SubCase:
    """One service named inside a row of the list: choosing it answers part of the form (R-186)."""

    key: str
    name_vi: str
    name_en: str
    answers: Mapping[str, Any] = field(default_factory=dict)


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


@dataclass(frozen=True, slots=True)
class Procedure:
    """One procedure as in force from ``in_force_on``."""

    slug: str
    in_force_on: date
    name_vi: str
    name_en: str
    short_name_vi: str
    short_name_en: str
    group: str
    groups: tuple[str, ...]
    field_vi: str
    field_en: str
    summary_vi: str
    summary_en: str
    applicants: tuple[str, ...]
    agency_levels: tuple[str, ...]
    agency_vi: str
    agency_en: str
    route: Route
    channels: tuple[str, ...]
    result_channels: tuple[str, ...]
    level: ServiceLevel
    fee: Fee
    results: tuple[Result, ...]
    deadlines: tuple[Deadline, ...]
    legal_basis: tuple[LegalBasis, ...]
    online: bool
    level_reason_vi: str = ""
    level_reason_en: str = ""
    not_yet_vi: str = ""
    not_yet_en: str = ""
    page: str | None = None
    """Name of the portal's own page when the service is built in (registration, codes, a calculator)."""
    national_code: str | None = None
    older_code: str | None = None
    variant_of: str | None = None
    kind: str = "procedure"
    seed_rows: tuple[str, ...] = ()
    since: date | None = None
    opened_on: date | None = None
    closed_on: date | None = None
    minutes_needed: int | None = None
    eligibility_vi: tuple[str, ...] = ()
    eligibility_en: tuple[str, ...] = ()
    prepare_vi: tuple[str, ...] = ()
    prepare_en: tuple[str, ...] = ()
    filing_limits: tuple[FilingLimit, ...] = ()
    forms: tuple[OfficialForm, ...] = ()
    effects: tuple[Effect, ...] = ()
    calculations: tuple[Calculation, ...] = ()
    payment: Payment | None = None

    def is_open_on(self, day: date) -> bool:
        """Whether the service is offered on that day (R-032)."""
        if self.opened_on is not None and day < self.opened_on:
            return False
        return self.closed_on is None or day < self.closed_on

    def does(self, name: str) -> bool:
        """Whether a granted dossier does this, or says so."""
        return any(effect.does == name for effect in self.effects)

    def result(self, key: str) -> Result:
        """The result of that key; raises ``KeyError`` when there is none."""
        for result in self.results:
            if result.key == key:
                return result
        raise KeyError(key)


@dataclass(frozen=True, slots=True)
class ProcedureFolder:
    """Everything in one folder; ``content`` is what is frozen, ``digest`` its SHA-256."""

    procedure: Procedure
    papers: tuple[Paper, ...]
    stages: tuple[Stage, ...]
    form: Form | None = None
    decision_template: str | None = None
    examples: tuple[Example, ...] = ()
    content: Mapping[str, Any] = field(default_factory=dict)
    digest: str = ""

    @property
    def slug(self) -> str:
        return self.procedure.slug

    @property
    def in_force_on(self) -> date:
        return self.procedure.in_force_on
