"""Which papers the answers call for, and which are there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ansinh.catalogue import papers as catalogue
from ansinh.catalogue.folder import Paper as Requirement
from ansinh.catalogue.folder import ProcedureFolder


@dataclass(frozen=True)
class AskedPaper:
    """One paper asked for by these answers; `row` is the table row it belongs to (`children[0]`) or empty."""

    requirement: Requirement
    row: str
    row_label_vi: str
    row_label_en: str
    needed: bool
    given: bool

    @property
    def key(self) -> str:
        """Stable address on the page: `birth_certificate` or `birth_certificate@children[0]`."""
        return f"{self.requirement.key}@{self.row}" if self.row else self.requirement.key

    @property
    def missing(self) -> bool:
        """Whether the dossier cannot go without it yet."""
        return self.needed and not self.given


def asked_papers(
    folder: ProcedureFolder, answers: Mapping[str, Any], *, given: Iterable[tuple[str, str]]
) -> tuple[AskedPaper, ...]:
    """Papers a person can send, in the order of the folder. `given` are (requirement, row) pairs already there."""
    return _with_given(folder, catalogue.asked_papers(folder, answers), given)


def papers_for(
    folder: ProcedureFolder, asked: Mapping[str, Any], *, given: Iterable[tuple[str, str]]
) -> tuple[AskedPaper, ...]:
    """`asked_papers` where the answers to the questions asked are known already."""
    return _with_given(folder, catalogue.papers_for(folder, asked), given)


def _with_given(
    folder: ProcedureFolder, asked: tuple[catalogue.AskedPaper, ...], given: Iterable[tuple[str, str]]
) -> tuple[AskedPaper, ...]:
    present = set(given)
    held = {one.key for one in asked if (one.paper.key, _row(one)) in present}
    missing = {one.key for one in catalogue.missing_papers(asked, held)}
    return tuple(
        AskedPaper(
            requirement=one.paper,
            row=_row(one),
            row_label_vi=_label(folder, one, "vi"),
            row_label_en=_label(folder, one, "en"),
            needed=one.key in missing,
            given=one.key in held,
        )
        for one in asked
        if one.paper.is_a_file
    )


def originals_awaited(
    folder: ProcedureFolder, answers: Mapping[str, Any], *, signed: bool = False
) -> tuple[Requirement, ...]:
    """Originals that must arrive by post before the clock may start (R-089).

    A transaction code does not replace the original as a digital signature (`signed`) does.
    """
    if not any(paper.original_by_post for paper in folder.papers):
        return ()
    asked = catalogue.asked_papers(folder, answers)
    return tuple(one.paper for one in catalogue.originals_awaited(asked, confirmed_electronically=signed))


def _row(one: catalogue.AskedPaper) -> str:
    return "" if one.row is None else f"{one.paper.per_row_of}[{one.row}]"


def _label(folder: ProcedureFolder, one: catalogue.AskedPaper, language: str) -> str:
    if one.row is None or folder.form is None or one.paper.per_row_of is None:
        return ""
    table = folder.form.field(one.paper.per_row_of)
    return f"{table.row_label_en if language == 'en' else table.row_label_vi} {one.row + 1}"
