"""What is still missing before a draft can be filed: every gap, with the place that mends it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from ansinh.catalogue.folder import ProcedureFolder
from ansinh.catalogue.queries import frozen
from ansinh.dossiers.claims.check import check_claims
from ansinh.dossiers.counters import check_counters
from ansinh.dossiers.lists import check_lists
from ansinh.dossiers.models import Draft
from ansinh.dossiers.requirements import AskedPaper, papers_for
from ansinh.eforms.canonical import canonical, digest
from ansinh.eforms.definition import Section
from ansinh.eforms.problems import Problem
from ansinh.eforms.validate import check_asked
from ansinh.eforms.visibility import answers_asked, asked_keys, sections_asked


@dataclass(frozen=True)
class GivenPaper:
    """A paper of a draft: what it is put to, and the digest of its file."""

    requirement: str
    row: str
    sha256: str


@dataclass(frozen=True)
class DraftContent:
    """What a draft says, apart from its row."""

    version_id: UUID
    answers: Mapping[str, Any]
    papers: tuple[GivenPaper, ...]

    @classmethod
    def of(cls, draft: Draft) -> DraftContent:
        """The content of this row now."""
        papers = draft.papers.values_list("requirement", "row", "paper__file_id")
        return cls(draft.version_id, draft.answers, tuple(GivenPaper(*paper) for paper in papers))


@dataclass(frozen=True)
class Part:
    """One section of the form with its gaps."""

    section: Section
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Completeness:
    """The whole draft against its frozen version."""

    folder: ProcedureFolder
    asked: Mapping[str, Any]
    """The answers to the questions that are asked."""
    parts: tuple[Part, ...]
    papers: tuple[AskedPaper, ...]

    @property
    def gaps(self) -> int:
        """How many places are still to be done."""
        return sum(len(part.problems) for part in self.parts) + sum(paper.missing for paper in self.papers)

    @property
    def complete(self) -> bool:
        """Whether the draft can be filed."""
        return self.gaps == 0


def completeness(draft: Draft, *, today: date) -> Completeness:
    """Every gap of the draft, by section and paper."""
    return completeness_of(DraftContent.of(draft), today=today)


def completeness_of(draft: DraftContent, *, today: date) -> Completeness:
    """Every gap of this content, by section and paper."""
    folder = frozen(draft.version_id)
    form = folder.form
    assert form is not None
    keys = asked_keys(form, draft.answers)
    asked = answers_asked(form, draft.answers, keys)
    problems = check_asked(form, asked, keys, today=today)
    faulty = {problem.path for problem in problems}
    problems += [one for one in check_lists(form, asked, on=today) if one.path not in faulty]
    problems += [one for one in check_counters(form, asked, on=today) if one.path not in faulty]
    problems += [one for one in check_claims(form, asked) if one.path not in faulty]
    by_section: dict[str, list[Problem]] = {}
    for problem in problems:
        section = form.section_of(root_key(problem.path))
        by_section.setdefault(section.key, []).append(problem)
    given = [(paper.requirement, paper.row) for paper in draft.papers]
    return Completeness(
        folder=folder,
        asked=asked,
        parts=tuple(Part(section, tuple(by_section.get(section.key, ()))) for section in sections_asked(form, keys)),
        papers=papers_for(folder, asked, given=given),
    )


def draft_digest(draft: Draft) -> str:
    """What a transaction code confirms: SHA-256 over the canonical answers and the digests of the papers."""
    content = DraftContent.of(draft)
    form = frozen(content.version_id).form
    assert form is not None
    return content_digest(canonical(form, content.answers), content.papers)


def content_digest(canonical_answers: Mapping[str, Any], papers: tuple[GivenPaper, ...]) -> str:
    """SHA-256 over canonical answers and the digests of the papers."""
    return digest(
        canonical_answers,
        [{"requirement": one.requirement, "row": one.row, "sha256": one.sha256} for one in papers],
    )


def root_key(path: str) -> str:
    """The field a path begins with: `children[0].name` → `children`."""
    return path.split(".", 1)[0].split("[", 1)[0]
