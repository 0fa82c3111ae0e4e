"""Tính chế độ theo luật và giải thích từng bước, hoặc chạy tệp ví dụ có kết quả đã biết.

Work out an amount by the law, step by step, run worked cases against the rules, or see which open dossiers other
parameters would change.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, TextIO

import yaml
from django.utils import timezone

from ansinh.cli.connect import connect
from ansinh.cli.law_words import (
    benefit_lines,
    dong,
    explanation,
    input_lines,
    refusal_lines,
    verdict_json,
    verdict_line,
)
from ansinh.law.cases import UNREADABLE, read_cases, run_case
from ansinh.law.checked import calculate_checked
from ansinh.law.declared import declaration
from ansinh.law.errors import LawError
from ansinh.law.exact_yaml import read_yaml
from ansinh.law.figures import changed_figures
from ansinh.platform.zone import local_day

# What a shell reports for a command whose reader (head, less) stopped reading.
_READER_LEFT = 141


def run(options: argparse.Namespace) -> int:
    """Run the command; 0 when all is well, 1 when a case fails or a dossier would change, 2 for wrong input."""
    try:
        status = {"cases": _cases, "explain": _explain, "impact": _impact}[options.command](options)
        sys.stdout.flush()
        return status
    except LawError as refusal:
        print("\n".join(refusal_lines(refusal)), file=sys.stderr)
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _READER_LEFT


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The three things it can do."""
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    cases = _command(
        commands,
        "cases",
        "chạy tệp ví dụ có kết quả đã biết / run a file of worked cases",
        """Mỗi ví dụ một dòng: đạt hay không, mã, kết quả mong đợi, kết quả tính được; cuối cùng là tổng số.
Mã kết thúc 1 khi có ví dụ không đạt, 2 khi không đọc được tệp.

One line a case: verdict, id, expected and got; then `N passed, N failed`. A case with an unknown benefit, a missing
input or a wrong shape fails with its reason. Exit code 1 when a case fails or none ran, 2 for an unreadable file.""",
        """A case:
  cases:
  - {id: one, benefit: bhxh_one_time, event_date: 2026-04-01, tolerance: 1,
     inputs: {contribution_months: 115, months_before_2014: 0, average_salary: 8000000},
     expected: {amount: 160000000}}

Example: ansinh law cases tests/law/cases/one_time.yaml --only bhxh_one_time""",
    )
    cases.add_argument("file", type=Path, metavar="FILE", help="tệp YAML có danh sách / YAML file with a list “cases”")
    cases.add_argument("--only", metavar="BENEFIT", help="chỉ một chế độ / the cases of one benefit only")
    cases.add_argument("--json", action="store_true", help="mỗi ví dụ một dòng JSON / one JSON object a case")
    explain = _command(
        commands,
        "explain",
        "giải thích một phép tính / explain one calculation",
        """Đọc YAML từ đầu vào: event_date (ngày quyết định luật) và inputs (dữ liệu). In từng bước với điều luật.

Reads YAML from the input: event_date (the day that decides the law) and inputs (the facts). Prints every step with
its article, the conditions, the result. A wrong, missing or unknown input is named.""",
        """Examples:
  ansinh law explain --list
  ansinh law explain bhxh_one_time --inputs
  echo '{event_date: 2026-04-01, inputs: {contribution_months: 115, months_before_2014: 0,
         average_salary: 8000000}}' | ansinh law explain bhxh_one_time""",
    )
    explain.add_argument("benefit", nargs="?", metavar="BENEFIT", help="mã chế độ / key of the benefit")
    explain.add_argument("--list", action="store_true", help="liệt kê các chế độ / list the benefits")
    explain.add_argument("--inputs", action="store_true", help="cần dữ liệu gì / what the benefit asks for")
    explain.add_argument("--json", action="store_true", help="in kết quả dạng JSON / print the outcome as JSON")
    impact = _command(
        commands,
        "impact",
        "hồ sơ đang mở nào đổi số tiền nếu đổi tham số / which open dossiers another parameter file changes",
        """Tính mỗi hồ sơ đang thẩm định hoặc đã có dự thảo hai lần: theo tham số hiện hành và theo tệp. Không ghi gì.

Computes every open dossier that has a draft decision or is at appraisal twice: by the figures in force here and by
those of the file or folder (shape of ansinh/law/parameters; a figure given there replaces all its values). Writes
nothing. Exit code 1 when an amount changes.""",
        "Example: cp -r ansinh/law/parameters new; edit new/levels.yaml; ansinh law impact new",
    )
    impact.add_argument(
        "figures", type=Path, metavar="FILE_OR_DIR", help="tệp hoặc thư mục tham số / a parameter file or folder"
    )
    impact.add_argument(
        "--on", type=date.fromisoformat, metavar="DAY",
        help="ngày của hồ sơ đang thẩm định / day for dossiers at appraisal, YYYY-MM-DD (today)",
    )  # fmt: skip
    impact.add_argument("--json", action="store_true", help="mỗi hồ sơ một dòng JSON / one JSON object a dossier")


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, line: str, description: str, epilog: str
) -> argparse.ArgumentParser:
    return commands.add_parser(
        name,
        help=line,
        description=description,
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def _cases(options: argparse.Namespace) -> int:
    wanted = {options.only, UNREADABLE} if options.only else None
    verdicts = [run_case(case) for case in read_cases(options.file) if wanted is None or case.benefit in wanted]
    for verdict in verdicts:
        print(verdict_json(verdict) if options.json else verdict_line(verdict))
    failed = sum(not verdict.passed for verdict in verdicts)
    passed = len(verdicts) - failed
    if options.json:
        print(json.dumps({"passed": passed, "failed": failed}))
    else:
        print(f"{passed} passed, {failed} failed")
    if not verdicts:
        print("Không có ví dụ nào để chạy.", file=sys.stderr)
    return 1 if failed or not verdicts else 0


def _explain(options: argparse.Namespace) -> int:
    if options.list or options.benefit is None:
        print("\n".join(benefit_lines()))
        return 0 if options.list else 2
    declared = declaration(options.benefit)
    if options.inputs:
        print("\n".join(input_lines(declared)))
        return 0
    if sys.stdin.isatty():
        print("Gõ YAML rồi Ctrl-D / type YAML, then Ctrl-D; --inputs: cần nhập gì / what is asked", file=sys.stderr)
    given = _question(sys.stdin)
    outcome = calculate_checked(options.benefit, inputs=given.get("inputs") or {}, event_date=given.get("event_date"))
    print(outcome.to_json() if options.json else explanation(declared, outcome))
    return 0


def _question(written: TextIO) -> Mapping[str, Any]:
    """The tables `event_date` and `inputs` of what was written."""
    try:
        given = read_yaml(written.read())
    except (yaml.YAMLError, UnicodeDecodeError):
        given = None
    if not isinstance(given, dict) or not isinstance(given.get("inputs") or {}, dict):
        raise LawError(
            "explain-input",
            "Hãy đưa vào YAML có “event_date” (YYYY-MM-DD) và “inputs” là bảng tên: giá trị. "
            "Xem cần nhập gì bằng --inputs.",
            "Give YAML with “event_date” (YYYY-MM-DD) and “inputs”, a table of names. See what is asked: --inputs.",
        )
    return given


def _impact(options: argparse.Namespace) -> int:
    figures = changed_figures(options.figures)
    connect()
    from ansinh.casework.impact import impact

    looked_at = changed = 0
    on = options.on or local_day(timezone.now())  # noqa: TID251 - a mouth asks the clock
    for found in impact(figures, on=on):
        looked_at += 1
        if found is None:
            continue
        changed += 1
        if options.json:
            print(json.dumps(asdict(found), ensure_ascii=False))
            continue
        print(f"{found.number} {found.procedure}: {_money(found.old)} → {_money(found.new)}")
        for line in found.lines:
            print(f"  {line.key} {line.name_vi}: {_money(line.old)} → {_money(line.new)}")
    if options.json:
        print(json.dumps({"looked_at": looked_at, "changed": changed}))
    else:
        print(f"{changed} / {looked_at} hồ sơ đổi số tiền / dossiers change")
    return 1 if changed else 0


def _money(amount: int | None) -> str:
    return "không tính được / not computed" if amount is None else dong(amount)
