"""Which papers a dossier needs, from its answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from ansinh.catalogue.folder import Paper, ProcedureFolder
from ansinh.eforms.conditions import evaluate
from ansinh.eforms.visibility import asked_answers


@dataclass(frozen=True, slots=True)
class AskedPaper:
    """A paper asked of this dossier; ``row`` is the index in the table ``paper.per_row_of``.

    ``alternatives`` are the keys of the papers of the same group: any one of them is enough.
    """

    paper: Paper
    row: int | None = None
    alternatives: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The name the dossier keeps its files under: ``death_paper`` or ``birth_paper[0]``."""
        return self.paper.key if self.row is None else f"{self.paper.key}[{self.row}]"

    @property
    def must_be_uploaded(self) -> bool:
        """Whether the dossier is incomplete without a file of this paper."""
        paper = self.paper
        return paper.is_a_file and not (paper.at_counter or paper.required == "optional")


def asked_papers(folder: ProcedureFolder, answers: Mapping[str, Any]) -> tuple[AskedPaper, ...]:
    """The papers asked for, in the order of ``documents.yaml``."""
    return papers_for(folder, answers if folder.form is None else asked_answers(folder.form, answers))


def papers_for(folder: ProcedureFolder, asked: Mapping[str, Any]) -> tuple[AskedPaper, ...]:
    """`asked_papers` where the answers to the questions asked are known already."""
    found: list[AskedPaper] = []
    for paper in folder.papers:
        group = tuple(p.key for p in folder.papers if paper.group and p.group == paper.group)
        for row, cells in _rows(paper, asked):
            if paper.when is None or evaluate(paper.when, asked, cells):
                found.append(AskedPaper(paper, row, group))
    return tuple(found)


def missing_papers(asked: tuple[AskedPaper, ...], held: Collection[str]) -> tuple[AskedPaper, ...]:
    """The papers still to be uploaded; ``held`` are the keys that have at least one file."""
    covered = {other.paper.group for other in asked if other.paper.group is not None and other.key in held}
    return tuple(
        one
        for one in asked
        if one.must_be_uploaded
        and one.key not in held
        and not (one.paper.required == "one_of" and one.paper.group in covered)
        and not one.paper.original_by_post
    )


def originals_awaited(asked: tuple[AskedPaper, ...], *, confirmed_electronically: bool) -> tuple[AskedPaper, ...]:
    """The originals that must come by post before the clock starts (R-089, R-091)."""
    return tuple(
        one
        for one in asked
        if one.paper.original_by_post
        and not (confirmed_electronically and one.paper.original_by_post_unless == "digital_signature")
    )


def _rows(paper: Paper, asked: Mapping[str, Any]) -> list[tuple[int | None, Mapping[str, Any] | None]]:
    if paper.per_row_of is None:
        return [(None, None)]
    rows = asked.get(paper.per_row_of)
    if rows is None:
        return []
    return list(enumerate(rows))
