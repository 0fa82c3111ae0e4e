"""The posts and downloads of a section's lists, and the page of one row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from ansinh.dossiers import rows
from ansinh.eforms.definition import Field, Section
from ansinh.platform.errors import NotFound
from ansinh.platform.language import pick, translate
from ansinh.platform.zone import local_day
from ansinh.web.citizen.filing import Filing
from ansinh.web.citizen.lists.sight import BLANK, FILLED, ROWS_ON_A_PAGE, Sight, list_named, lists_of
from ansinh.web.citizen.lists.take import PUT_BACK, asked_list, bring, edited_row, remember
from ansinh.web.citizen.lists.view import Told
from ansinh.web.citizen.lists.workbook import template_csv, workbook
from ansinh.web.clock import today

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TYPES = {"xlsx": _XLSX, "csv": "text/csv; charset=utf-8"}


def download(request: HttpRequest, filing: Filing, section: Section) -> HttpResponse | None:
    """The template of a list, or the rows there are, when the address asks for it."""
    asked = next(((what, request.GET[what]) for what in (BLANK, FILLED) if what in request.GET), None)
    if asked is None:
        return None
    what, file = asked
    key, _, extension = file.partition(".")
    field = list_named(section, key)
    if field is None or extension not in _TYPES or (what == FILLED and extension != "xlsx"):
        raise NotFound("list-file-unknown", "Danh sách này không có tệp đó. Xin mở lại trang.")
    if extension == "csv":
        content = template_csv(field)
    else:
        content = workbook(field, rows_of_list(filing, field) if what == FILLED else (), on=today())
    response = HttpResponse(content, content_type=_TYPES[extension])
    response["Content-Disposition"] = f'attachment; filename="{filing.folder.slug}-{key}.{extension}"'
    response["Cache-Control"] = "private, no-store"
    return response


def brought(
    request: HttpRequest, filing: Filing, section: Section, sight: Sight, at: datetime
) -> HttpResponse | Mapping[str, Told] | None:
    """What a post with rows leads to: the list again, or what is to be told beside it; None for any other post."""
    if (field := asked_list(request, section)) is not None:
        told = bring(request, filing, field, at=at, on=local_day(at))
        return {field.key: told} if told is not None else HttpResponseRedirect(f"{sight.here}#{field.key}")
    if (field := list_named(section, request.POST.get(PUT_BACK, ""))) is not None:
        if rows.restore_rows(filing.draft.pk, holder=filing.holder, table=field.key, at=at):
            remember(request, filing, field.key, [translate("Đã lấy lại danh sách trước.")])
        return HttpResponseRedirect(f"{sight.here}#{field.key}")
    return None


def rows_of_list(filing: Filing, field: Field) -> list[Mapping[str, Any]]:
    """The rows of the draft as it is."""
    held = filing.draft.answers.get(field.key)
    return [row if isinstance(row, Mapping) else {} for row in held] if isinstance(held, list) else []


def edited(filing: Filing, section: Section, sight: Sight) -> tuple[Field, int, Mapping[str, Any]] | None:
    """The list, the place and the cells of the row that is edited; a place just behind the last one is a new row."""
    if sight.row is None:
        return None
    field = list_named(section, sight.row[0])
    assert field is not None
    there, place = rows_of_list(filing, field), sight.row[1]
    if place > len(there):
        raise NotFound("row-unknown", "Danh sách không còn dòng này. Xin mở lại danh sách.")
    return field, place, there[place] if place < len(there) else {}


def save_row(
    filing: Filing,
    posted: Mapping[str, Sequence[str]],
    row: tuple[Field, int, Mapping[str, Any]],
    *,
    at: datetime,
) -> Filing:
    """The draft with the row as it was posted."""
    field, place, held = row
    cells = edited_row(field, held, filing.draft.answers, posted, place)
    return filing.at(
        rows.lay_row(filing.draft.pk, holder=filing.holder, table=field.key, index=place, cells=cells, at=at)
    )


def after_row(sight: Sight, field: Field, place: int, wrong: Sequence[int], *, to_next: bool) -> str:
    """Where to go when a row is right: the next wrong one, or the page of the list it is on."""
    following = next((one for one in wrong if one > place), next(iter(wrong), None))
    if to_next and following is not None:
        return sight.row_href(field.key, following)
    return sight.page_href(field.key, place // ROWS_ON_A_PAGE + 1)


def row_title(field: Field, place: int) -> str:
    """“Người lao động 17”, as the heading of the page of a row."""
    return translate("Dòng {n}: {row}", n=place + 1, row=pick(field, "row_label") or pick(field, "label"))


def keys_of_lists(section: Section) -> list[str]:
    """The keys of the lists of a section."""
    return [one.key for one in lists_of(section)]
