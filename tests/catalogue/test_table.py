"""The table of all services in docs is the one the folders make, and every cell of it says something."""

from __future__ import annotations

from pathlib import Path

from ansinh.catalogue.published import service_list
from ansinh.catalogue.queries import folders
from ansinh.catalogue.table import HEAD, services_table

DOCS = Path(__file__).resolve().parents[2] / "docs" / "services.md"


def rows() -> list[list[str]]:
    lines = services_table(service_list(), folders()).splitlines()
    table = [line.strip("|").split("|") for line in lines if line.startswith("| ")]
    return [[cell.strip() for cell in row] for row in table][2:]


def test_no_cell_is_empty() -> None:
    assert all(len(row) == len(HEAD) and all(row) for row in rows())


def test_every_row_of_the_list_and_every_procedure_stands_in_it() -> None:
    listed = [row[0] for row in rows()]
    assert [one for one in listed if one != "extra"] == [row.row for row in service_list().rows]
    named = " ".join(row[1] for row in rows())
    assert all(f"`{folder.slug}`" in named for folder in folders())


def test_the_page_is_up_to_date() -> None:
    assert DOCS.read_text(encoding="utf-8") == services_table(service_list(), folders()), (
        "run `ansinh procedures table --write`"
    )
