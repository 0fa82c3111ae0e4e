"""Nạp danh mục xã, phường, hoặc bảng chuyển đổi mã xã cũ, từ tệp CSV của cơ quan có thẩm quyền.

Load the list of communes from a CSV file (UTF-8) with the columns code, name, province. It holds from the day given;
rows that are already there stay, changed ones end the day before. `former` loads what old communes became: columns
code, name (of the old one), became (code of today), a row for each part of a divided one; `--from` is the first day of
the new map. Loading the same file again changes nothing.
"""

import argparse
import csv
from datetime import date, timedelta
from pathlib import Path

from ansinh.cli.connect import connect
from ansinh.cli.launcher.words import CannotStart

COLUMNS = ("code", "name", "province")
FORMER = ("code", "name", "became")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which list, which file, from which day."""
    parser.add_argument("list", choices=["communes", "former"], help="danh mục / the list")
    parser.add_argument("file", type=Path, help="tệp CSV / the CSV file")
    parser.add_argument(
        "--from", dest="valid_from", type=date.fromisoformat, required=True, help="hiệu lực từ ngày / from (YYYY-MM-DD)"
    )
    parser.add_argument(
        "--whole", action="store_true", help="danh mục đầy đủ: xã không có tên sẽ kết thúc / communes not listed end"
    )
    parser.add_argument("--ground", default="", help="nghị quyết sắp xếp, chỉ với former / the resolution, of former")


def run(arguments: argparse.Namespace) -> int:
    """Read the file, take it over, say what changed."""
    connect()
    if arguments.list == "former":
        return _former(arguments)
    from ansinh.offices.take_communes import ListedCommune, take_communes

    rows = [
        ListedCommune(row["code"].strip(), row["name"].strip(), row["province"].strip(), line)
        for line, row in _rows(arguments.file, COLUMNS)
    ]
    taken = take_communes(rows, valid_from=arguments.valid_from, whole=arguments.whole)
    print(
        f"Thêm / added {taken.added} · đổi / changed {taken.changed} · kết thúc / ended {taken.ended}"
        f" · giữ nguyên / unchanged {taken.unchanged}"
    )
    return 0


def _former(arguments: argparse.Namespace) -> int:
    from ansinh.offices.former import ListedFormer, take_former

    rows = [
        ListedFormer(row["code"].strip(), row["name"].strip(), row["became"].strip(), line)
        for line, row in _rows(arguments.file, FORMER)
    ]
    added = take_former(rows, last_day=arguments.valid_from - timedelta(days=1), ground=arguments.ground)
    print(f"Thêm / added {added}")
    return 0


def _rows(path: Path, columns: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if not set(columns) <= set(reader.fieldnames or ()):
                raise _unreadable(path, columns)
            return [(reader.line_num, {name: row[name] or "" for name in columns}) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise _unreadable(path, columns) from error


def _unreadable(path: Path, columns: tuple[str, ...]) -> CannotStart:
    return CannotStart(
        "list-unreadable",
        "Không đọc được {path}: cần tệp CSV mã UTF-8 có các cột {columns}.",
        "{path} cannot be read: a CSV file in UTF-8 with the columns {columns} is needed.",
        path=path,
        columns=", ".join(columns),
    )
