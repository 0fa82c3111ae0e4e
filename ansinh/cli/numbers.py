"""Nhập, đóng và xem các dải mã số BHXH mà cơ quan quản lý quốc gia giao để cấp lần đầu.

Enter, close and list the ranges of social insurance numbers left to this system for first issue.
"""

import argparse
import getpass
from datetime import UTC, date, datetime

from ansinh.cli.connect import connect


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with which range."""
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("list", help="xem các dải số / list the ranges")
    add = actions.add_parser("add", help="nhập một dải số / enter a range")
    add.add_argument("first", help="số đầu / the first number")
    add.add_argument("last", help="số cuối / the last number")
    add.add_argument("--ground", required=True, help="văn bản giao dải số / the letter it rests on")
    add.add_argument("--province", default="", help="mã tỉnh; bỏ trống: mọi cơ quan / province, else every office")
    add.add_argument("--from", dest="valid_from", type=date.fromisoformat, required=True, help="từ ngày / from a day")
    close = actions.add_parser("close", help="thôi dùng một dải số / close a range")
    close.add_argument("range", type=int, help="số thứ tự trong danh sách / its number in the list")
    close.add_argument("--on", type=date.fromisoformat, required=True, help="từ ngày / from a day")
    close.add_argument("--ground", required=True, help="văn bản hoặc lý do / the letter or the reason")


def run(arguments: argparse.Namespace) -> int:
    """Do it and show every range."""
    connect()
    from ansinh.registry.numbers.ranges import close_range, enter_range, ranges

    if arguments.action == "add":
        enter_range(
            arguments.first,
            arguments.last,
            province=arguments.province,
            valid_from=arguments.valid_from,
            ground=arguments.ground,
            by=f"cli:{getpass.getuser()}",
            at=datetime.now(UTC),
        )
    elif arguments.action == "close":
        close_range(
            arguments.range,
            on=arguments.on,
            ground=arguments.ground,
            by=f"cli:{getpass.getuser()}",
            at=datetime.now(UTC),
        )
    for one in ranges():
        left = one.last + 1 - one.next_number
        ended = f" · đóng từ / closed on {one.closed_on}" if one.closed_on else ""
        place = one.province or "mọi cơ quan / every office"
        print(f"{one.pk}: {one.first:010d}-{one.last:010d} · {place} · còn / left {left:,}{ended} · {one.ground}")
    return 0
