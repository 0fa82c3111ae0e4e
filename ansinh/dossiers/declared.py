"""The answers of a dossier or draft as its declaration prints them (templates/declaration.typ)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from ansinh.catalogue.folder import ProcedureFolder
from ansinh.dossiers.lists import names
from ansinh.eforms.display import Shown, ShownSection, show_answers


def declared_sections(folder: ProcedureFolder, answers: Mapping[str, Any], *, on: date) -> list[dict[str, Any]]:
    """The sections of the form with the answers in Vietnamese words; codes of lists as they are called on that day."""
    assert folder.form is not None
    return [_section(section) for section in show_answers(folder.form, answers, name_of=names(on=on))]


def _section(section: ShownSection) -> dict[str, Any]:
    return {
        "title": section.title_vi,
        "rows": [
            {"label": line.label_vi, "value": line.text_vi}
            for line in section.lines
            if not line.rows and not line.as_list
        ],
        "tables": [_table(line) for line in section.lines if line.rows and not line.as_list],
        "lists": [_list(line) for line in section.lines if line.as_list],
    }


def _list(line: Shown) -> dict[str, Any]:
    """Many columns do not fit beside each other on a page: each row is a line of its own, without what is empty."""
    return {
        "caption": f"{line.label_vi}: {line.text_vi}",
        "rows": [
            {
                "head": row[0].text_vi if row else "",
                "cells": [{"label": cell.label_vi, "value": cell.text_vi} for cell in row[1:] if cell.text_vi != "–"],
            }
            for row in line.rows
        ],
    }


def _table(line: Shown) -> dict[str, Any]:
    heads = _heads(line.rows)
    return {
        "caption": line.label_vi,
        "columns": [label for _, label in heads],
        "rows": [[_cell(row, key) for key, _ in heads] for row in line.rows],
    }


def _heads(rows: Sequence[Sequence[Shown]]) -> list[tuple[str, str]]:
    """Columns asked in at least one row, in the order they come."""
    return list({cell.key: (cell.key, cell.label_vi) for row in rows for cell in row}.values())


def _cell(row: Sequence[Shown], key: str) -> str:
    return next((cell.text_vi for cell in row if cell.key == key), "–")
