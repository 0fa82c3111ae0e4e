"""Tính chế độ theo luật và giải thích từng bước, hoặc chạy tệp ví dụ có kết quả đã biết.

Work out an amount by the law, step by step, or run worked cases against the rules.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from datetime import date
from pathlib import Path

import yaml

from ansinh.law.benefits import BENEFITS
from ansinh.law.calculate import calculate
from ansinh.law.cases import Verdict, read_cases, run_case
from ansinh.law.errors import LawError
from ansinh.law.exact_yaml import read_yaml
from ansinh.law.outcome import Outcome, plain

# What a shell reports for a command whose reader (head, less) stopped reading.
_READER_LEFT = 141


def run(options: argparse.Namespace) -> int:
    """Run the command; 0 when all is well, 1 when a case fails, 2 for wrong input."""
    try:
        status = _cases(options) if options.command == "cases" else _explain(options)
        sys.stdout.flush()
        return status
    except LawError as refusal:
        print(refusal.message_vi, file=sys.stderr)
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _READER_LEFT


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The two things it can do."""
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
