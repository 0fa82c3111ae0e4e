"""Rows of a table answer come and go, and the papers put to a row follow it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from ansinh.catalogue.queries import frozen
from ansinh.dossiers.access import Holder, the_draft
from ansinh.dossiers.drafts import open_to_change
from ansinh.dossiers.models import Draft, DraftPaper
from ansinh.platform.errors import NotFound

_ASIDE = "~"
_PLACE = re.compile(r"(?P<table>[a-z_0-9]+)\[(?P<index>\d{1,4})\]")


@dataclass(frozen=True)
class RemovedRow:
    """A row that was taken out, as it can be put back for the session."""

    table: str
    index: int
    answers: Mapping[str, Any]


def add_row(draft_id: UUID, *, holder: Holder, table: str, at: datetime) -> int:
    """Append an empty row; answers its index. Raises NotFound for a stranger's draft."""
    with transaction.atomic():
        draft = the_draft(draft_id, holder=holder, lock=True)
        rows = _rows(draft, table)
        _keep(draft, table, [*rows, {}], at)
    return len(rows)


def remove_row(draft_id: UUID, *, holder: Holder, table: str, index: int, at: datetime) -> RemovedRow | None:
    """Take row `index` out; later rows and their papers move up. None when there is no such row."""
    with transaction.atomic():
        draft = the_draft(draft_id, holder=holder, lock=True)
        rows = _rows(draft, table)
        if not 0 <= index < len(rows):
            return None
        _forget_aside(draft, table)
        _move_papers(draft, table, lambda at: None if at == index else at - (at > index))
        _keep(draft, table, [*rows[:index], *rows[index + 1 :]], at)
    return RemovedRow(table, index, rows[index])


def restore_row(draft_id: UUID, *, holder: Holder, removed: RemovedRow, at: datetime) -> int:
    """Put the row that was removed last back where it was, with its papers; answers its index."""
    with transaction.atomic():
        draft = the_draft(draft_id, holder=holder, lock=True)
        rows = _rows(draft, removed.table)
        index = min(removed.index, len(rows))
        _move_papers(draft, removed.table, lambda at: at + (at >= index))
        DraftPaper.objects.filter(draft=draft, row=f"{_ASIDE}{removed.table}").update(row=f"{removed.table}[{index}]")
        _keep(draft, removed.table, [*rows[:index], dict(removed.answers), *rows[index:]], at)
    return index


def take_rows(
    draft_id: UUID, *, holder: Holder, table: str, rows: Sequence[Mapping[str, Any]], instead: bool, at: datetime
) -> int:
    """Add rows to a list, or put them `instead` of those there; answers the place of the first one.

    What they replace is laid aside with its papers until the next time (`restore_rows`). Raises Invalid
    (`too-many-rows`) and NotFound.
    """
    with transaction.atomic():
        draft = the_draft(draft_id, holder=holder, lock=True)
        before = _rows(draft, table)
        form = frozen(draft.version_id).form
        assert form is not None
        kept = [] if instead else before
        shaped = open_to_change(form, draft.answers, {table: [*kept, *map(dict, rows)]})
        if instead and before:
            _lay_aside(draft, table, before)
        _keep(draft, table, shaped[table], at)
    return len(kept)


def restore_rows(draft_id: UUID, *, holder: Holder, table: str, at: datetime) -> bool:
    """Put back the list that was replaced last, in exchange for the one there now; False when there is none."""
    with transaction.atomic():
        draft = the_draft(draft_id, holder=holder, lock=True)
        aside = draft.answers.get(f"{_ASIDE}{table}")
        if not isinstance(aside, list):
            return False
        _lay_aside(draft, table, _rows(draft, table))
        _keep(draft, table, aside, at)
    return True


def laid_aside(draft: Draft, table: str) -> int:
    """How many rows of a replaced list can be put back."""
    aside = draft.answers.get(f"{_ASIDE}{table}")
    return len(aside) if isinstance(aside, list) else 0


def lay_row(draft_id: UUID, *, holder: Holder, table: str, index: int, cells: Mapping[str, Any], at: datetime) -> Draft:
    """Put these cells in the place of row `index`, or after the last one; raises NotFound for a place beyond."""
    with transaction.atomic():
        draft = the_draft(draft_id, holder=holder, lock=True)
        rows = _rows(draft, table)
        if index > len(rows):
            raise NotFound("row-unknown", "Danh sách không còn dòng này. Xin mở lại danh sách.")
        form = frozen(draft.version_id).form
        assert form is not None
        rows[index : index + 1] = [dict(cells)]
        _keep(draft, table, open_to_change(form, draft.answers, {table: rows})[table], at)
    return draft


def _lay_aside(draft: Draft, table: str, rows: list[dict[str, Any]]) -> None:
    """The rows are kept beside the answers; papers put to them change places with those laid aside before."""
    draft.answers = {**draft.answers, f"{_ASIDE}{table}": rows}
    papers = DraftPaper.objects.filter(draft=draft, row__regex=rf"^{_ASIDE}?{table}\[")
    _rename(
        [(one, one.row.removeprefix(_ASIDE) if one.row.startswith(_ASIDE) else f"{_ASIDE}{one.row}") for one in papers]
    )


def forget_removed(draft: Draft) -> None:
    """Papers of rows that stayed removed do not go with the dossier."""
    DraftPaper.objects.filter(draft=draft, row__startswith=_ASIDE).delete()


def _rows(draft: Draft, table: str) -> list[dict[str, Any]]:
    rows = draft.answers.get(table)
    return [row if isinstance(row, dict) else {} for row in rows] if isinstance(rows, list) else []


def _keep(draft: Draft, table: str, rows: list[dict[str, Any]], at: datetime) -> None:
    draft.answers = {**draft.answers, table: rows}
    draft.sources = {key: source for key, source in draft.sources.items() if key != table}
    draft.revision += 1
    draft.updated_at = at
    draft.save(update_fields=["answers", "sources", "revision", "updated_at"])


def _move_papers(draft: Draft, table: str, to: Callable[[int], int | None]) -> None:
    """Papers put to rows follow them to the place `to` gives; without a place they are laid aside."""
    moved = []
    for paper in DraftPaper.objects.filter(draft=draft, row__startswith=f"{table}["):
        if found := _PLACE.fullmatch(paper.row):
            place = to(int(found["index"]))
            moved.append((paper, f"{_ASIDE}{table}" if place is None else f"{table}[{place}]"))
    _rename(moved)


def _rename(moved: list[tuple[DraftPaper, str]]) -> None:
    """By way of names nobody has: one paper put to two rows may not stand twice in one row, not even for a moment."""
    papers = [paper for paper, row in moved if paper.row != row]
    rows = [row for paper, row in moved if paper.row != row]
    for prefix in (f"{_ASIDE}{_ASIDE}", ""):
        for paper, row in zip(papers, rows, strict=True):
            paper.row = f"{prefix}{row}"
        DraftPaper.objects.bulk_update(papers, ["row"])


def _forget_aside(draft: Draft, table: str) -> None:
    DraftPaper.objects.filter(draft=draft, row=f"{_ASIDE}{table}").delete()
