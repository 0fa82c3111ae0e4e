"""Which papers the answers call for, and which are there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ansinh.catalogue.folder import Paper as Requirement
from ansinh.catalogue.folder import ProcedureFolder
from ansinh.eforms.conditions import evaluate


@dataclass(frozen=True)
class AskedPaper:
    """One paper asked for by these answers; `row` names the table row it belongs to."""

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
    """Papers to upload, in the order of the folder. `given` are (requirement, row) pairs already there."""
    present = set(given)
    groups_met = {
        requirement.group
        for requirement in folder.papers
        if requirement.group and any(key == requirement.key for key, _ in present)
    }
    asked: list[AskedPaper] = []
    for requirement in folder.papers:
        if requirement.made_by_portal:
            continue
        for row, labels, row_answers in _rows(requirement, folder, answers):
            if requirement.when is not None and not evaluate(requirement.when, answers, row_answers):
                continue
            is_there = (requirement.key, row) in present
            asked.append(
                AskedPaper(
                    requirement=requirement,
                    row=row,
                    row_label_vi=labels[0],
                    row_label_en=labels[1],
                    needed=requirement.required != "optional"
                    and not requirement.at_counter
                    and not _sent_by_post_only(requirement)
                    and not (requirement.group in groups_met and requirement.required == "one_of"),
                    given=is_there,
                )
            )
    return tuple(asked)


def originals_awaited(folder: ProcedureFolder, answers: Mapping[str, Any]) -> tuple[Requirement, ...]:
    """Originals that must arrive by post before the clock may start (R-089); a transaction code is no signature."""
    return tuple(
        requirement
        for requirement in folder.papers
        if requirement.original_by_post and (requirement.when is None or evaluate(requirement.when, answers))
    )


def _sent_by_post_only(requirement: Requirement) -> bool:
    return requirement.original_by_post and requirement.original_needed


def _rows(
    requirement: Requirement, folder: ProcedureFolder, answers: Mapping[str, Any]
) -> list[tuple[str, tuple[str, str], Mapping[str, Any] | None]]:
    if requirement.per_row_of is None or folder.form is None:
        return [("", ("", ""), None)]
    table = folder.form.field(requirement.per_row_of)
    rows = answers.get(requirement.per_row_of) or []
    return [
        (
            f"{requirement.per_row_of}[{index}]",
            (f"{table.row_label_vi} {index + 1}", f"{table.row_label_en} {index + 1}"),
            row,
        )
        for index, row in enumerate(rows)
    ]
