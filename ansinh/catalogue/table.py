"""The table of all services, made from the folders: what each asks, promises and does; no cell without a word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from ansinh.catalogue.folder import Deadline, Paper, ProcedureFolder
from ansinh.catalogue.services import ServiceList

HEAD: Final = ("Row", "Procedure", "Form", "Papers", "Deadline", "Route", "Result", "Effect", "Examples")
UNITS: Final = {
    "working_day": "working days",
    "calendar_day": "days",
    "calendar_day_excluding_public_holidays": "days without public holidays",
    "same_day": "the same day",
    "immediate": "at once",
}
STARTS: Final = {"valid_full_dossier": "", "notice_received": " from the notice", "request": " from the request"}
INTRODUCTION: Final = """# All services

Made from the folders in `procedures/` by `ansinh procedures table --write`; a test fails when it is out of date.
The rows are those of the list published on {day}; procedures that stand in no row follow. A form is told by its fields,
papers by how many are always asked, asked in a case, and optional. ⚠ marks what is not checked against the law itself.
"""


def services_table(listed: ServiceList, folders: Sequence[ProcedureFolder]) -> str:
    """The page as Markdown; of several versions of a procedure the newest."""
    newest = {folder.slug: folder for folder in sorted(folders, key=lambda one: one.in_force_on)}
    lines = [INTRODUCTION.format(day=listed.published_on.isoformat()), _line(HEAD), _line(["---"] * len(HEAD))]
    lines += [_line(_cells(row.row, row.name_vi, newest[row.procedure])) for row in listed.rows]
    in_rows = {row.procedure for row in listed.rows}
    extras = [folder for slug, folder in sorted(newest.items()) if slug not in in_rows]
    lines += [_line(_cells("extra", folder.procedure.name_vi, folder)) for folder in extras]
    return "\n".join(lines) + "\n"


def _cells(row: str, name: str, folder: ProcedureFolder) -> list[str]:
    return [
        row,
        f"{name} (`{folder.slug}`, {folder.in_force_on})",
        _form(folder),
        _papers(folder),
        _deadlines(folder),
        _route(folder),
        "; ".join(result.name_en for result in folder.procedure.results),
        _effects(folder),
        _examples(folder),
    ]


def _form(folder: ProcedureFolder) -> str:
    codes = ", ".join(form.code for form in folder.procedure.forms)
    if folder.form is None:
        where = "a page of its own" if folder.procedure.page else "not online"
        return f"none: {where}" + (f" (paper {codes})" if codes else "")
    fields = sum(1 for _ in folder.form.fields())
    return f"{fields} fields in {len(folder.form.sections)} sections; " + (codes or "no numbered form")


def _papers(folder: ProcedureFolder) -> str:
    if not folder.papers:
        return "none: the answers are enough"
    kinds = {"always": 0, "by case": 0, "optional": 0}
    for paper in folder.papers:
        kinds[_kind(paper)] += 1
    told = ", ".join(f"{count} {kind}" for kind, count in kinds.items() if count)
    posted = sum(paper.original_by_post for paper in folder.papers)
    return told + (f"; {posted} original by post" if posted else "")


def _kind(paper: Paper) -> str:
    return {"always": "always", "optional": "optional"}.get(paper.required, "by case")


def _deadlines(folder: ProcedureFolder) -> str:
    rows = [_limit(one) for one in folder.procedure.deadlines]
    return "; ".join(dict.fromkeys(rows)) or "none: the law sets no time"


def _limit(limit: Deadline) -> str:
    unit = UNITS.get(limit.unit, limit.unit)
    span = unit if limit.unit in ("same_day", "immediate") else f"{limit.value} {unit}"
    start = STARTS.get(limit.counted_from, f" from {limit.counted_from.replace('_', ' ')}")
    case = f" ({limit.name_en or limit.key.replace('_', ' ')})" if limit.when or limit.for_result else ""
    return span + start + case + (" ⚠" if limit.quality not in ("sourced", "partly_sourced") else "")


def _route(folder: ProcedureFolder) -> str:
    route = folder.procedure.route
    levels = " or ".join(route.decided_at) or "nobody: it is given at once"
    return f"{route.received_by.replace('_', ' ')} → {levels} ({route.function})"


def _effects(folder: ProcedureFolder) -> str:
    names = dict.fromkeys(str(getattr(one, "does", one)) for one in folder.procedure.effects)
    return ", ".join(name for name in names if name != "none") or "none: only the letter"


def _examples(folder: ProcedureFolder) -> str:
    if not folder.examples:
        return "none: a page of its own" if folder.procedure.page else "none: not filed here"
    return f"{len(folder.examples)}: " + ", ".join(example.key for example in folder.examples)


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "/").replace("\n", " ").strip() for cell in cells) + " |"
