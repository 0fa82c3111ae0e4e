"""Kiểm tra mọi thư mục thủ tục và liệt kê chúng; lỗi được chỉ rõ tệp và dòng.

Check every procedure folder and list them; a fault is told with its file and line. No database is needed.
"""

import argparse

import django

from ansinh.cli.launcher.words import CannotStart, procedure_fault


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """An optional procedure."""
    parser.add_argument("slug", nargs="?", help="một thủ tục; check: tất cả / one procedure; check: all")


def run(arguments: argparse.Namespace) -> int:
    """Load and check all, show what was asked for."""
    django.setup()
    from ansinh.catalogue.errors import FolderError
    from ansinh.catalogue.queries import folders

    try:
        known = folders()
    except FolderError as fault:
        raise procedure_fault(fault) from fault
    shown = [folder for folder in known if arguments.slug in {None, "check", folder.slug}]
    if not shown:
        raise CannotStart(
            "no-such-procedure",
            "Không có thủ tục {slug}: chạy `ansinh procedures` để xem danh sách.",
            "There is no procedure {slug}: `ansinh procedures` lists them.",
            slug=arguments.slug,
        )
    width = max(len(folder.slug) for folder in shown)
    for folder in shown:
        online = "" if folder.form is None else "  trực tuyến / online"
        print(f"{folder.slug:<{width}}  {folder.in_force_on}  {len(folder.examples)} ví dụ / examples{online}")
    return 0
