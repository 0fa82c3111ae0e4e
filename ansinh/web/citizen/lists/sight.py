"""What of a section's lists is looked at: a page of rows, only the wrong ones, or one row."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.http import HttpRequest

from ansinh.eforms.definition import Field, Section
from ansinh.web.plain_input import small_number

ROWS_ON_A_PAGE = 50
PAGE, WRONG, ROW, BLANK, FILLED = "trang", "loi", "sua", "mau", "tai"
_PLACE = re.compile(r"(?P<table>[a-z_0-9]+)\[(?P<index>\d{1,4})\](?:\..*)?")


@dataclass(frozen=True)
class Sight:
    """`here` is the address of the section; `row` the table and place (from 0) of the one row that is edited."""

    here: str
    page: int = 1
    wrong_only: bool = False
    row: tuple[str, int] | None = None

    def page_href(self, table: str, page: int) -> str:
        """The address of a page of rows."""
        return f"{self.here}?{urlencode({PAGE: page, **({WRONG: 1} if self.wrong_only else {})})}#{quote(table)}"

    def wrong_href(self, table: str) -> str:
        """The address of the rows with something wrong."""
        return f"{self.here}?{WRONG}=1#{quote(table)}"

    def file_href(self, what: str, table: str, extension: str) -> str:
        """The address of the template, or of the rows there are, as a file."""
        return f"{self.here}?{urlencode({what: f'{table}.{extension}'})}"

    def row_href(self, table: str, index: int) -> str:
        """The address of one row."""
        return row_href(self.here, f"{table}[{index}]")


def row_href(here: str, path: str) -> str:
    """The page of the row a box is in, at the box; of any other box the section at the box."""
    found = _PLACE.fullmatch(path)
    if found is None:
        return f"{here}#{quote(path)}"
    row = f"{found['table']}[{found['index']}]"
    return f"{here}?{urlencode({ROW: row})}#{quote(path)}"


def sight(asked: Mapping[str, str], here: str, section: Section) -> Sight:
    """As the query of the address says; what it cannot mean is left out."""
    found = _PLACE.fullmatch(asked.get(ROW, ""))
    lists = {one.key for one in lists_of(section)}
    row = (found["table"], int(found["index"])) if found and found["table"] in lists else None
    return Sight(here, max(1, small_number(asked.get(PAGE, "")) or 1), WRONG in asked, row)


def page_of_lists(request: HttpRequest) -> int:
    """Which page of a filed list is looked at (components/shown_list.html)."""
    return max(1, small_number(request.GET.get("ds", "")) or 1)


def lists_of(section: Section) -> tuple[Field, ...]:
    """The lists of a section."""
    return tuple(one for one in section.fields if one.as_list)


def list_named(section: Section, key: str) -> Field | None:
    """The list of this key."""
    return next((one for one in lists_of(section) if one.key == key), None)
