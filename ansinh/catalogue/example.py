"""The worked examples of a folder: answers in, all that follows out. `ansinh.catalogue.folder` gives these names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


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
    """A coded reason of a refusal with its explanation, about a field, or about a paper (`key` or `key@table[0]`)."""

    reason: str
    explanation_vi: str
    field: str = ""
    paper: str = ""


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
