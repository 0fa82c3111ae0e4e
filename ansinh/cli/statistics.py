"""Đối chiếu số liệu thống kê với đếm lại toàn bộ hồ sơ, hoặc đếm lại từ đầu.

Compare the counts of the statistics with a recount of every row, or count anew.
"""

from __future__ import annotations

import argparse
import time

from ansinh.cli.connect import connect

SHOWN = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The two things it can do."""
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser(
        "recount",
        help="đối chiếu, không sửa gì / compare, mend nothing",
        description="Recounts every dossier, request, decision and event and compares each cell. Exit code 1 when one "
        "differs. Runs beside the working portal.",
    )
    commands.add_parser(
        "rebuild",
        help="đếm lại từ đầu / count anew",
        description="For when an office moved to another province or a procedure to another field: counts everything "
        "anew in one transaction. What is filed meanwhile is counted too.",
    )


def run(options: argparse.Namespace) -> int:
    """Compare, or count anew."""
    connect()
    from ansinh.statistics.fold import differences, rebuild

    began = time.monotonic()
    if options.command == "rebuild":
        rebuild()
        print(f"Đã đếm lại. / Counted anew. ({time.monotonic() - began:.1f} s)")
        return 0
    found = 0
    for found, difference in enumerate(differences(), start=1):
        if found <= SHOWN:
            print(f"SAI / WRONG  {difference}")
    said = f"{found} ô khác / cells differ" if found else "Khớp với đếm lại. / Equal to a recount."
    print(f"{said} ({time.monotonic() - began:.1f} s)")
    return 1 if found else 0
