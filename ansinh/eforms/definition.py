"""What a form is: sections of fields, each with its labels, limits and conditions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from ansinh.eforms.conditions import Condition

FieldType = Literal[
    "text",
    "long_text",
    "date",
    "month",
    "money",
    "int",
    "decimal",
    "bool",
    "choice",
    "multi_choice",
    "si_number",
    "id_number",
    "tax_code",
    "phone",
    "email",
    "address",
    "bank_account",
    "person",
    "office",
    "facility",
    "table",
]
FIELD_TYPES: tuple[str, ...] = get_args(FieldType)

COMPOSITE_TYPES = frozenset({"address", "bank_account", "person"})
"""Types whose answer is an object with the parts of ``Field.parts``."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a choice."""

    value: str
    label_vi: str
    label_en: str
    hint_vi: str = ""
    hint_en: str = ""


@dataclass(frozen=True, slots=True)
class Spans:
    """Rows of a table that are spans of days: ``first`` and ``last`` name the columns with the first and last day.

    Two spans of the same answers in the columns ``of`` (without any: of the whole table) never share a day.
    """

    first: str
    last: str
    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """One question.

    ``when`` says whether it is asked; ``required`` whether it must be answered once asked.
    ``read_only`` answers are facts of a register, shown and never posted, unless ``typed_when`` holds: an
    organisation writes of the person it names what that person's own account would know. ``minimum`` and
    ``maximum`` bound numbers and money (đồng); for dates ``earliest`` and ``latest`` are an ISO
    day, ``today``, ``today+12m`` or ``today-216m`` (months after, before it), or the key of another
    date of the form (or of the row).
    """

    key: str
    type: FieldType
    label_vi: str
    label_en: str
    hint_vi: str = ""
    hint_en: str = ""
    required: bool = True
    when: Condition | None = None
    choices: tuple[Choice, ...] = ()
    catalogue: str | None = None
    """A list kept elsewhere: provinces, communes, banks, offices, facilities, countries, ivan_providers."""
    columns: tuple[Field, ...] = ()
    """The questions of one row of a table."""
    parts: tuple[Field, ...] = ()
    """The boxes of an address, a bank account or a person."""
    min_rows: int = 0
    max_rows: int | None = None
    row_label_vi: str = ""
    row_label_en: str = ""
    as_list: bool = False
    """A table of many rows: pasted from a spreadsheet or uploaded, and shown in pages."""
    spans: Spans | None = None
    household: bool = False
    """A table whose rows are the members of one household; its columns are those of ``eforms.household``."""
    prefill: str | None = None
    """Where the answer comes from, e.g. ``account.full_name``."""
    read_only: bool = False
    typed_when: Condition | None = None
    minimum: int | float | None = None
    maximum: int | float | None = None
    at_most_field: str | None = None
    """Key of a number this number may not exceed."""
    earliest: str | None = None
    latest: str | None = None
    year_only: bool = False
    """A date of which the year alone may be known."""
    pattern: str | None = None
    pattern_hint_vi: str = ""
    pattern_hint_en: str = ""
    max_length: int | None = None
    unit_vi: str = ""
    unit_en: str = ""
    source_vi: str = ""
    """Where a person finds the answer: “giấy khai sinh”. Ends the sentence “Xin xem lại …”."""
    source_en: str = ""
    must_be_true: bool = False
    guidance_vi: str = ""
    guidance_en: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One thing a person is asked about: one screen."""

    key: str
    title_vi: str
    title_en: str
    fields: tuple[Field, ...]
    hint_vi: str = ""
    hint_en: str = ""
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A check over several fields: when ``when`` is true the answer at ``field`` is wrong."""

    key: str
    field: str
    when: Condition
    message_vi: str
    message_en: str


@dataclass(frozen=True, slots=True)
class Form:
    """A whole form."""

    sections: tuple[Section, ...]
    rules: tuple[Rule, ...] = ()

    def fields(self) -> Iterator[Field]:
        """The fields of all sections, in order, without columns and parts."""
        for section in self.sections:
            yield from section.fields

    def field(self, key: str) -> Field:
        """The field of that key; raises ``KeyError`` when there is none."""
        for field in self.fields():
            if field.key == key:
                return field
        raise KeyError(key)

    def section(self, key: str) -> Section:
        """The section of that key; raises ``KeyError`` when there is none."""
        for section in self.sections:
            if section.key == key:
                return section
        raise KeyError(key)

    def section_of(self, field_key: str) -> Section:
        """The section that asks the field; raises ``KeyError`` when none does."""
        for section in self.sections:
            if any(field.key == field_key for field in section.fields):
                return section
        raise KeyError(field_key)
