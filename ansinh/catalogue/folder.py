"""What a procedure is: the dataclasses read from ``procedures/<slug>/<date-in-force>/``.

Text for people comes in pairs ``…_vi`` and ``…_en``. Money is whole đồng. Conditions are those of
``ansinh.eforms.conditions`` over the answers of the procedure's own form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from ansinh.catalogue.doing import Calculation as Calculation
from ansinh.catalogue.doing import Effect as Effect
from ansinh.catalogue.doing import Payment as Payment
from ansinh.catalogue.doing import Source as Source
from ansinh.catalogue.example import Course as Course
from ansinh.catalogue.example import Entered as Entered
from ansinh.catalogue.example import Example as Example
from ansinh.catalogue.example import Ground as Ground
from ansinh.catalogue.example import Mend as Mend
from ansinh.catalogue.facts import Deadline as Deadline
from ansinh.catalogue.facts import Fee as Fee
from ansinh.catalogue.facts import FilingLimit as FilingLimit
from ansinh.catalogue.facts import LegalBasis as LegalBasis
from ansinh.catalogue.facts import OfficialForm as OfficialForm
from ansinh.catalogue.facts import Paper as Paper
from ansinh.catalogue.facts import Result as Result
from ansinh.catalogue.facts import Route as Route
from ansinh.catalogue.facts import Stage as Stage
from ansinh.catalogue.facts import StageKind as StageKind
from ansinh.catalogue.facts import SubCase as SubCase
from ansinh.eforms.definition import Form

ServiceLevel = Literal["full_online", "partial_online", "information"]


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
    supplement_effect: Literal["resume", "restart"] = "resume"
    """What a complete supplement does to the count where no limit of its own runs from it (118/2025/NĐ-CP: it goes on,
    61/2018/NĐ-CP: it begins again).
    """
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
