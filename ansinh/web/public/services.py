"""The list of services: thirty rows in five groups, the other procedures, search and filters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ansinh.catalogue.folder import ProcedureFolder
from ansinh.catalogue.published import service_list
from ansinh.catalogue.search import Filters, fits_filters
from ansinh.catalogue.services import ServiceRow
from ansinh.platform.language import pick, translate
from ansinh.platform.vietnamese import date_vi
from ansinh.web.actors import public_page
from ansinh.web.clock import today
from ansinh.web.public.filters import Asked, asked_of, choices
from ansinh.web.public.frame import SERVICES, frame, show
from ansinh.web.public.listing import by_slug, can_be_filed, searcher
from ansinh.web.public.words import AGENCY_LEVELS, KINDS, named, published_agency


@dataclass(frozen=True)
class Entry:
    """One line of the list; `row` is its place in the published list, empty for the other procedures."""

    label: str
    full_name: str
    agency: str
    href: str
    online: bool
    filed: bool = True
    row: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Block:
    """A heading with its lines."""

    key: str
    title: str
    entries: tuple[Entry, ...]


@public_page
def services(request: HttpRequest) -> HttpResponse:
    """All services, or those that were asked for."""
    folders = by_slug(today())
    asked = asked_of(request.GET, tuple(folders.values()))
    answer = searcher(today()).search(asked.query, filters=asked.filters) if asked.query else None
    found = [_other(one.folder, one.via) for one in answer.found] if answer else []
    blocks = [] if asked.query else blocks_of(asked.filters, folders)
    count = len(found) if asked.query else sum(len(block.entries) for block in blocks)
    return show(
        request,
        "public/services.html",
        frame(request, _title(asked, count), current=SERVICES, problems=bool(asked.day_error)),
        asked=asked,
        choices=choices(tuple(folders.values())),
        found=found,
        blocks=blocks,
        province_now=answer.province_now if answer else None,
        figures=figures(folders),
        open_filters=asked.narrows or bool(asked.day_error),
    )


def blocks_of(filters: Filters, folders: dict[str, ProcedureFolder]) -> list[Block]:
    """The rows of the published list that pass, group by group, then what stands in no row."""
    listed = service_list()
    everything = Filters(**{name: getattr(filters, name) for name in filters.__slots__ if name != "group"})
    blocks = []
    for group in listed.groups:
        rows = [
            row
            for row in listed.in_group(group.key)
            if filters.group in (None, group.key) and _row_fits(row, folders, everything)
        ]
        if rows:
            blocks.append(Block(group.key, pick(group, "name"), tuple(_of_row(row, folders) for row in rows)))
    in_rows = {row.procedure for row in listed.rows}
    others = [folder for slug, folder in folders.items() if slug not in in_rows and fits_filters(folder, filters)]
    accounts = [folder for folder in others if folder.procedure.group == "account"]
    rest = [folder for folder in others if folder.procedure.group != "account"]
    for key, title, members in (
        ("khac", translate("Thủ tục khác"), rest),
        ("account", translate("Tài khoản giao dịch điện tử"), accounts),
    ):
        if members:
            blocks.append(Block(key, title, tuple(_other(folder) for folder in members)))
    return blocks


def figures(folders: dict[str, ProcedureFolder]) -> dict[str, int | date]:
    """How many rows are published (all of them full-online), how many procedures they are, how many are filed here."""
    listed = service_list()
    return {
        "rows": len(listed.rows),
        "procedures": len({row.procedure for row in listed.rows}),
        "published_on": listed.published_on,
        "here": sum(can_be_filed(one) and one.procedure.kind == "procedure" for one in folders.values()),
    }


def entries_of(slugs: Iterable[str], folders: dict[str, ProcedureFolder]) -> list[Entry]:
    """Lines for these procedures, where they are in force."""
    return [_other(folders[slug]) for slug in slugs if slug in folders]


def _row_fits(row: ServiceRow, folders: dict[str, ProcedureFolder], filters: Filters) -> bool:
    folder = folders.get(row.procedure)
    if folder is None or not fits_filters(folder, filters):
        return False
    return filters.open_on is None or row.added_on is None or row.added_on <= filters.open_on


def _of_row(row: ServiceRow, folders: dict[str, ProcedureFolder]) -> Entry:
    procedure = folders[row.procedure].procedure
    notes = []
    if row.added_on:
        notes.append(translate("Bổ sung từ {day}.", day=date_vi(row.added_on)))
    twins = [one.row for one in service_list().rows_of(row.procedure) if one.row != row.row]
    if twins:
        notes.append(translate("Cùng một thủ tục với {row}.", row=", ".join(twins)))
    return Entry(
        label=pick(procedure, "short_name"),
        full_name=pick(row, "name"),
        agency=published_agency(row),
        href=reverse("public:service", kwargs={"slug": row.procedure}),
        online=procedure.online,
        row=row.row,
        notes=tuple(notes),
    )


def _other(folder: ProcedureFolder, via: str | None = None) -> Entry:
    procedure = folder.procedure
    notes = [named(KINDS, procedure.kind) + "."] if procedure.kind in KINDS else []
    rows = ", ".join(one.row for one in service_list().rows_of(folder.slug))
    if via:
        notes.append(translate("Tìm theo từ “{word}”.", word=via))
    return Entry(
        label=pick(procedure, "short_name"),
        full_name=pick(procedure, "name"),
        agency=", ".join(named(AGENCY_LEVELS, code) for code in procedure.agency_levels),
        href=reverse("public:service", kwargs={"slug": folder.slug}),
        online=procedure.online,
        filed=procedure.kind == "procedure",
        row=rows,
        notes=tuple(notes),
    )


def _title(asked: Asked, count: int) -> str:
    if asked.query:
        if not count:
            return translate("Chưa tìm thấy “{query}”", query=asked.query)
        return translate("Tìm thấy {n} dịch vụ cho “{query}”", n=count, query=asked.query)
    if asked.narrows:
        return translate("Có {n} dịch vụ như đã chọn", n=count)
    return translate("Tất cả {n} dịch vụ, chia 5 nhóm", n=len(service_list().rows))
