"""Rows of a table answer come and go, and the papers put to a row follow it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from ansinh.dossiers.access import Holder, the_draft
from ansinh.dossiers.models import Draft, DraftPaper

_ASIDE = "~"


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
        _rename(draft, f"{table}[{index}]", f"{_ASIDE}{table}")
        for later in range(index + 1, len(rows)):
            _rename(draft, f"{table}[{later}]", f"{table}[{later - 1}]")
        _keep(draft, table, [*rows[:index], *rows[index + 1 :]], at)
    return RemovedRow(table, index, rows[index])


def restore_row(draft_id: UUID, *, holder: Holder, removed: RemovedRow, at: datetime) -> int:
    """Put the row that was removed last back where it was, with its papers; answers its index."""
    with transaction.atomic():
        draft = the_draft(draft_id, holder=holder, lock=True)
        rows = _rows(draft, removed.table)
        index = min(removed.index, len(rows))
        for later in range(len(rows) - 1, index - 1, -1):
            _rename(draft, f"{removed.table}[{later}]", f"{removed.table}[{later + 1}]")
        _rename(draft, f"{_ASIDE}{removed.table}", f"{removed.table}[{index}]")
        _keep(draft, removed.table, [*rows[:index], dict(removed.answers), *rows[index:]], at)
    return index


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


def _rename(draft: Draft, old: str, new: str) -> None:
    if new.startswith(_ASIDE):
        DraftPaper.objects.filter(draft=draft, row=new).delete()
    DraftPaper.objects.filter(draft=draft, row=old).update(row=new)
