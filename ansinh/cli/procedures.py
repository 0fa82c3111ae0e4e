"""Liệt kê, kiểm tra, chạy thử các thủ tục; lỗi được chỉ rõ tệp và dòng.

ansinh procedures                    liệt kê / list them
ansinh procedures check [SLUG]       kiểm tra mọi thư mục / check every folder, every fault told
ansinh procedures try SLUG | --all   chạy các ví dụ từ nháp đến kết quả / play the examples from draft to result
  ansinh procedures table [--write]    bảng mọi dịch vụ / the table of all services (docs/services.md)
"""

import argparse
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import django

from ansinh.cli.launcher.words import CannotStart, procedure_fault
from ansinh.cli.trying import scratch_installation


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, with which procedure."""
    parser.add_argument("words", nargs="*", metavar="check | try | table | SLUG", help="việc cần làm / what to do")
    parser.add_argument("--all", action="store_true", help="try: mọi thủ tục / every procedure")
    parser.add_argument("--example", default="", metavar="KEY", help="try: chỉ ví dụ này / only this example")
    parser.add_argument("--root", type=Path, metavar="DIR", help="thư mục khác với procedures/ / another folder")
    parser.add_argument("--write", action="store_true", help="table: ghi vào / write docs/services.md")


def run(arguments: argparse.Namespace) -> int:
    """List, check or try."""
    words: list[str] = arguments.words
    task = words[0] if words and words[0] in TASKS else "list"
    slug = next(iter(words[task != "list" :]), "")
    return TASKS[task](slug, arguments)


def _list(slug: str, arguments: argparse.Namespace) -> int:
    django.setup()
    from ansinh.catalogue.errors import FolderError
    from ansinh.catalogue.queries import folders

    try:
        shown = [folder for folder in folders() if slug in {"", folder.slug}]
    except FolderError as fault:
        raise procedure_fault(fault) from fault
    _refuse_unknown(shown, slug)
    width = max(len(folder.slug) for folder in shown)
    for folder in shown:
        online = "" if folder.form is None else "  trực tuyến / online"
        print(f"{folder.slug:<{width}}  {folder.in_force_on}  {len(folder.examples)} ví dụ / examples{online}")
    return 0


def _check(slug: str, arguments: argparse.Namespace) -> int:
    django.setup()
    from ansinh.casework.check_examples import reason_faults
    from ansinh.catalogue.loader import look_through
    from ansinh.catalogue.queries import ROOT

    folders, faults = look_through(arguments.root or ROOT)
    told = [str(one) for one in faults] + [fault for folder in folders for fault in reason_faults(folder)]
    told = [one for one in told if not slug or f"/{slug}/" in one]
    for one in told:
        print(one)
    shown = [folder for folder in folders if slug in {"", folder.slug}]
    if not told:
        _refuse_unknown(shown, slug)
    examples = sum(len(folder.examples) for folder in shown)
    print(f"{len(shown)} thư mục, {examples} ví dụ, {len(told)} lỗi / folders, examples, faults")
    return 1 if told else 0


def _try(slug: str, arguments: argparse.Namespace) -> int:
    if not slug and not arguments.all:
        raise CannotStart(
            "try-what",
            "Chạy thử thủ tục nào? Ghi tên thủ tục, hoặc --all cho mọi thủ tục.",
            "Try which one? Name a procedure, or --all.",
        )
    with scratch_installation() as scratch:
        return _played(slug, arguments, scratch)


def _played(slug: str, arguments: argparse.Namespace, scratch: Path) -> int:
    from ansinh.catalogue.loader import load_all
    from ansinh.catalogue.queries import folders

    known = load_all(arguments.root) if arguments.root else folders()
    shown = [one for one in known if slug in {"", one.slug} and one.examples and one.procedure.online]
    _refuse_unknown(shown, slug)
    pairs = [(one, each) for one in shown for each in one.examples if arguments.example in {"", each.key}]
    lines = import_module("ansinh.demo.play.tell").lines  # by name: the demonstration stands above the commands
    wrong, before, began = 0, "", time.monotonic()
    rehearse = import_module("ansinh.demo.play.rehearse").rehearse
    for one in rehearse(pairs, scratch=scratch, at=datetime.now(UTC)):
        if one.folder.slug != before:
            before = one.folder.slug
            print(f"{before} · {one.folder.procedure.short_name_vi} / {one.folder.procedure.short_name_en}")
        print("\n".join(lines(one.folder, one.example, one.played, one.faults)), flush=True)
        wrong += bool(one.faults)
    spent = time.monotonic() - began
    print(f"{len(pairs)} ví dụ, {wrong} khác mong đợi, {spent:.0f} giây / examples, unlike expected, seconds")
    return 1 if wrong else 0


def _table(slug: str, arguments: argparse.Namespace) -> int:
    django.setup()
    from ansinh.catalogue.published import service_list
    from ansinh.catalogue.queries import folders
    from ansinh.catalogue.table import services_table

    text = services_table(service_list(), folders())
    if arguments.write:
        TABLE.write_text(text, encoding="utf-8")
        print(TABLE)
    else:
        print(text, end="")
    return 0


def _refuse_unknown(shown: Iterable[object], slug: str) -> None:
    if not list(shown):
        raise CannotStart(
            "no-such-procedure",
            "Không có thủ tục {slug}: chạy `ansinh procedures` để xem danh sách.",
            "There is no procedure {slug}: `ansinh procedures` lists them.",
            slug=slug,
        )


TABLE = Path(__file__).resolve().parents[2] / "docs" / "services.md"
TASKS = {"list": _list, "check": _check, "try": _try, "table": _table}
