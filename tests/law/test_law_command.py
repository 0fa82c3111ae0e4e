"""`ansinh law`: worked cases run from a file, one calculation explained."""

import io
import json
from pathlib import Path

import pytest

from ansinh.cli.main import main

BIRTH = """benefit: voluntary_maternity, event_date: 2026-03-10,
   inputs: {children: 2, contributed_months_in_12: 6}"""
GOOD = f"""
cases:
- {{id: one, {BIRTH}, expected: {{amount: 4000000}}}}
- {{id: month, benefit: retirement_age, event_date: 2022-01-01,
   inputs: {{sex: male, birth: 1961-09}}, expected: {{pension_start: 2022-01-01}}}}
"""
BAD = f"""
cases:
- {{id: wrong, {BIRTH}, expected: {{amount: 4000001}}}}
- {{id: unknown, benefit: free_lunch, event_date: 2026-03-10, inputs: {{}}, expected: {{amount: 1}}}}
- {{id: missing, benefit: bhxh_one_time, event_date: 2026-03-10, inputs: {{}}, expected: {{amount: 1}}}}
- {{id: near, tolerance: 1, {BIRTH}, expected: {{amount: 4000001}}}}
- {{id: extra, {BIRTH}, expected: {{never_given: 1}}}}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cases.yaml"


def test_all_cases_pass(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(GOOD, "utf-8")
    assert main(["law", "cases", str(file)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "2 passed, 0 failed"
    assert lines[0].startswith("ok   one voluntary_maternity") and "4000000" in lines[0]


def test_failures_are_sentences_and_nothing_is_skipped(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(BAD, "utf-8")
    assert main(["law", "cases", str(file)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "1 passed, 4 failed"
    assert "Chưa có quy tắc tính" in lines[1]
    assert "contribution_months" in lines[2]


def test_only_one_benefit_in_json(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(GOOD, "utf-8")
    assert main(["law", "cases", str(file), "--only", "retirement_age", "--json"]) == 0
    case, summary = map(json.loads, capsys.readouterr().out.splitlines())
    assert (case["id"], case["passed"], summary) == ("month", True, {"passed": 1, "failed": 0})


@pytest.mark.parametrize("text", ["", "cases: 3", "cases: [{id: x}]", "cases: [3]", "{"])
def test_a_file_of_another_shape_is_refused(file: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(text, "utf-8")
    assert main(["law", "cases", str(file)]) == 2
    assert str(file) in capsys.readouterr().err


def test_no_case_at_all_is_no_success(file: Path) -> None:
    file.write_text(GOOD, "utf-8")
    assert main(["law", "cases", str(file), "--only", "free_lunch"]) == 1


def test_a_calculation_is_explained(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    facts = "event_date: 2026-04-01\ninputs: {contribution_months: 115, months_before_2014: 0, average_salary: 8000000}"
    monkeypatch.setattr("sys.stdin", io.StringIO(facts))
    assert main(["law", "explain", "bhxh_one_time"]) == 0
    shown = capsys.readouterr().out
    assert "8.000.000 × 20 = 160.000.000" in shown
    assert "41/2024/QH15 Điều 70" in shown
    assert "= 160.000.000 đ" in shown


def test_explaining_needs_a_date(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("inputs: {}"))
    assert main(["law", "explain", "bhxh_one_time"]) == 2
    assert "event_date" in capsys.readouterr().err


def test_the_list_names_every_benefit(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "explain", "--list"]) == 0
    assert "pension_rate" in capsys.readouterr().out.splitlines()
