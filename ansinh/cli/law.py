"""Tính chế độ theo luật và giải thích từng bước, hoặc chạy tệp ví dụ có kết quả đã biết.

Work out an amount by the law, step by step, run worked cases against the rules, or see which open dossiers other
parameters would change.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path

import yaml
from django.utils import timezone

from ansinh.cli.connect import connect
from ansinh.law.benefits import BENEFITS
from ansinh.law.calculate import calculate
from ansinh.law.cases import Verdict, read_cases, run_case
from ansinh.law.errors import LawError
from ansinh.law.exact_yaml import read_yaml
from ansinh.law.figures import changed_figures
from ansinh.law.outcome import Outcome, plain
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
        print(refusal.message_vi, file=sys.stderr)
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _READER_LEFT


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The three things it can do."""
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    cases = commands.add_parser(
        "cases",
        help="chạy tệp ví dụ có kết quả đã biết / run a file of worked cases",
        description="One line a case: id, verdict, expected and got. Exit code 1 when a case fails.",
        epilog="Example: ansinh law cases tests/law/cases/one_time.yaml --only bhxh_one_time",
    )
    cases.add_argument("file", type=Path, help="YAML file with a list “cases”")
    cases.add_argument("--only", metavar="BENEFIT", help="run the cases of one benefit only")
    cases.add_argument("--json", action="store_true", help="print one JSON object a case")
    explain = commands.add_parser(
        "explain",
        help="giải thích một phép tính / explain one calculation",
        description="Reads YAML from the input: event_date, and the facts under inputs. "
        "Prints the result and every step with its article.",
        epilog="Example: printf 'event_date: 2026-04-01\\ninputs: {contribution_months: 115, "
        "months_before_2014: 0, average_salary: 8000000}' | ansinh law explain bhxh_one_time",
    )
    explain.add_argument("benefit", nargs="?", metavar="BENEFIT", help="key of the benefit")
    explain.add_argument("--list", action="store_true", help="list the benefits that have rules")
    explain.add_argument("--json", action="store_true", help="print the outcome as JSON")
    impact = commands.add_parser(
        "impact",
        help="hồ sơ đang mở nào đổi số tiền nếu đổi tham số / which open dossiers another parameter file changes",
        description="Computes every open dossier that has a draft decision or is at appraisal twice: by the figures "
        "in force here and by those of the file or folder (shape of ansinh/law/parameters; a figure given there "
        "replaces all its values). Writes nothing. Exit code 1 when an amount changes.",
        epilog="Example: cp -r ansinh/law/parameters /tmp/new; edit /tmp/new/levels.yaml; ansinh law impact /tmp/new",
    )
    impact.add_argument("figures", type=Path, metavar="FILE_OR_DIR", help="a parameter file, or a folder of them")
    impact.add_argument("--on", type=date.fromisoformat, help="day for dossiers at appraisal (default: today)")
    impact.add_argument("--json", action="store_true", help="print one JSON object a dossier")


def _cases(options: argparse.Namespace) -> int:
    verdicts = [run_case(case) for case in read_cases(options.file) if options.only in (None, case.benefit)]
    for verdict in verdicts:
        print(_json_line(verdict) if options.json else _line(verdict))
    failed = sum(not verdict.passed for verdict in verdicts)
    passed = len(verdicts) - failed
    if options.json:
        print(json.dumps({"passed": passed, "failed": failed}))
    else:
        print(f"{passed} passed, {failed} failed")
    if not verdicts:
        print("Không có ví dụ nào để chạy.", file=sys.stderr)
    return 1 if failed or not verdicts else 0


def _line(verdict: Verdict) -> str:
    expected = json.dumps(plain(verdict.case.expected), ensure_ascii=False)
    if not verdict.got:
        return f"FAIL {verdict.case.id} {verdict.case.benefit}: expected {expected}; {verdict.problems[0]}"
    got = json.dumps(plain(verdict.got), ensure_ascii=False)
    word = "ok  " if verdict.passed else "FAIL"
    line = f"{word} {verdict.case.id} {verdict.case.benefit}: expected {expected}, got {got}"
    return "; ".join((line, *verdict.problems))


def _json_line(verdict: Verdict) -> str:
    return json.dumps(
        {
            "id": verdict.case.id,
            "benefit": verdict.case.benefit,
            "passed": verdict.passed,
            "expected": plain(verdict.case.expected),
            "got": plain(verdict.got),
            "problems": list(verdict.problems),
        },
        ensure_ascii=False,
    )


def _explain(options: argparse.Namespace) -> int:
    if options.list or options.benefit is None:
        print("\n".join(sorted(BENEFITS)))
        return 0 if options.list else 2
    try:
        given = read_yaml(sys.stdin.read())
        event_date = date.fromisoformat(str(given["event_date"]))
        inputs = dict(given.get("inputs") or {})
    except (yaml.YAMLError, KeyError, TypeError, ValueError, AttributeError):
        raise LawError("explain-input", "Hãy đưa vào YAML có “event_date” (YYYY-MM-DD) và “inputs”.") from None
    outcome = calculate(options.benefit, inputs=inputs, event_date=event_date)
    print(outcome.to_json() if options.json else _explanation(outcome))
    return 0


def _explanation(outcome: Outcome) -> str:
    lines: list[str] = []
    for number, step in enumerate(outcome.steps, start=1):
        lines += [f"{number}. {step.what_vi}", f"   {step.what_en}", f"   {step.arithmetic}  [{step.article}]"]
    for name, value in outcome.values.items():
        lines.append(f"{name}: {json.dumps(plain(value), ensure_ascii=False)}")
    if outcome.amount is not None:
        lines.append(f"= {outcome.amount:,} đ".replace(",", "."))
    lines += [f"Chưa xác nhận / unconfirmed: {what}" for what in outcome.unconfirmed]
    return "\n".join(lines)


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
    return "không tính được / not computed" if amount is None else f"{amount:,} đ".replace(",", ".")
