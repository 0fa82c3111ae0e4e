"""What a folder says of a procedure: its law, fee, results, time limits, route, forms, steps and papers.

`ansinh.catalogue.folder` gives these names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from ansinh.eforms.conditions import Condition

StageKind = Literal[
    "submit", "intake", "check", "appraise", "control", "applicant_sign", "sign", "pay", "issue", "return", "system"
]
Day = date
"""The type, where a field is named `date`."""


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
class SubCase:
    """One service named inside a row of the list: choosing it answers part of the form (R-186)."""

    key: str
    name_vi: str
    name_en: str
    answers: Mapping[str, Any] = field(default_factory=dict)
