"""Tạo dữ liệu minh hoạ: nhỏ (như ./start), hoặc lớn để đo với số người và số hồ sơ đã cho.

Make demonstration data: the small world of ./start, or a large one of the given size for measuring.
All people are invented.
"""

import argparse
import time
from datetime import UTC, datetime
from importlib import import_module

from ansinh.cli.connect import connect_as_owner


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The size of the large world."""
    parser.add_argument("--people", type=int, default=0, metavar="N", help="số người / invented people")
    parser.add_argument("--dossiers", type=int, default=0, metavar="M", help="số hồ sơ / invented dossiers")
    parser.add_argument(
        "--examples", action="store_true", help="một hồ sơ của mỗi thủ tục / one dossier of each procedure"
    )
    parser.add_argument("--seed", type=int, default=1, help="cùng số cho cùng dữ liệu / the same seed, the same world")


def run(arguments: argparse.Namespace) -> int:
    """Load the small world, then fill the large one if asked."""
    connect_as_owner()
    at = datetime.now(UTC)
    import_module("ansinh.demo").load(at=at)
    print("Đã có dữ liệu minh hoạ nhỏ. / The small world is there.")
    if arguments.examples:
        made = import_module("ansinh.demo.examples").file_examples(at=at)
        print(f"{len(made)} hồ sơ từ các ví dụ / dossiers made of examples")
    if arguments.people or arguments.dossiers:
        began = time.monotonic()
        fill = import_module("ansinh.demo.fill").fill
        print(fill(people=arguments.people, dossiers=arguments.dossiers, seed=arguments.seed, at=at))
        print(f"{time.monotonic() - began:.0f} s")
    return 0
