"""`ansinh law`: worked cases run from a file, one calculation explained."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

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


ODD = """
cases:
- {id: counts, benefit: pension_rate, event_date: 2026-01-01, tolerance: 1,
   inputs: {sex: female, contribution_months: 180}, expected: {rate_percent: 46}}
- {id: nothing, benefit: pension_rate, event_date: 2026-01-01,
   inputs: {sex: female, contribution_months: 180}, expected: {}}
- {id: no-inputs, benefit: pension_rate, event_date: 2026-01-01, inputs: null, expected: {rate_percent: 45}}
- {id: month, benefit: pension_rate, event_date: 2026-01, tolerance: null,
   inputs: {sex: female, contribution_months: 180}, expected: {rate_percent: 45.0}}
- {id: fraction, benefit: maternity_benefit, event_date: 2026-01-01,
   inputs: {average: 5.5, birth_order: 1}, expected: {lump: 4680000.4}}
"""


def test_odd_cases_are_judged_one_by_one(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A tolerance is for money only, nothing expected is no success, money is compared in whole đồng."""
    file.write_text(ODD, "utf-8")
    assert main(["law", "cases", str(file)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line[:4] for line in lines] == ["FAIL", "FAIL", "FAIL", "ok  ", "ok  ", "2 pa"]
    assert "mong đợi 46, tính được 45" in lines[0]
    assert "không nêu kết quả" in lines[1]
    assert "“sex”" in lines[2]


def test_a_result_that_is_not_there_is_told(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(BAD, "utf-8")
    main(["law", "cases", str(file)])
    assert "never_given: mong đợi 1, kết quả không có mục này" in capsys.readouterr().out


def test_a_reader_that_stops_reading_leaves_no_traceback(file: Path) -> None:
    """As `ansinh law cases FILE | head -1`."""
    file.write_text(json.dumps({"cases": yaml.safe_load(GOOD)["cases"][:1] * 3000}, default=str), "utf-8")
    command = [sys.executable, "-m", "ansinh.cli", "law", "cases", str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None and run.stderr is not None
        assert run.stdout.readline().startswith("ok")
        run.stdout.close()
        assert run.stderr.read() == ""
    assert run.returncode == 141


def test_only_one_benefit_in_json(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(GOOD, "utf-8")
    assert main(["law", "cases", str(file), "--only", "retirement_age", "--json"]) == 0
    case, summary = map(json.loads, capsys.readouterr().out.splitlines())
    assert (case["id"], case["passed"], summary) == ("month", True, {"passed": 1, "failed": 0})


BROKEN = """
cases:
- 3
- {id: nameless}
- {id: no-day, benefit: voluntary_support_end, event_date: soon, inputs: {support_from: 2018-06}, expected: {}}
- {id: no-list, benefit: voluntary_support_end, event_date: 2018-06, inputs: [1], expected: {amount: 1}}
- {id: no-number, tolerance: a little, benefit: voluntary_support_end, event_date: 2018-06,
   inputs: {support_from: 2018-06}, expected: {support_stops_from: 2028-06}}
- {id: good, benefit: voluntary_support_end, event_date: 2018-06, inputs: {support_from: 2018-06},
   expected: {support_stops_from: 2028-06}}
"""


def test_a_broken_case_fails_alone(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(BROKEN, "utf-8")
    assert main(["law", "cases", str(file)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "1 passed, 5 failed"
    for number, line in enumerate(lines[:5], start=1):
        assert f"ví dụ thứ {number}: thiếu hoặc sai" in line and line.endswith("Hãy sửa ví dụ này.")


FORMS = """
cases:
- {id: year, benefit: voluntary_support, event_date: 2018, inputs: {support_percent: "10"}, expected: {amount: "15400"}}
- {id: year-text, benefit: voluntary_support, event_date: '2018', inputs: {support_percent: 10.0},
   expected: {amount: 15400.0}}
- {id: day, benefit: voluntary_support_end, event_date: 2018-06-01, inputs: {support_from: 2018-06-15},
   expected: {support_stops_from: 2028-06-01}}
- {id: moment, benefit: unemployment, event_date: 2026-03-01 08:30:00, inputs: {contributed_months: 12,
   filed_on: 2026-03-02 10:00:00}, expected: {starts_on: 2026-03-17}}
- {id: cents, benefit: voluntary_support, event_date: 2018-01, tolerance: "1", inputs: {support_percent: 10},
   expected: {amount: "15401"}}
- {id: nested, benefit: contribution_compulsory, event_date: 2026-08, inputs: {salary: "10000000", region: "1",
   nationality: VN}, expected: {employee: {bhxh: "800000"}}}
"""


def test_numbers_and_days_may_be_written_in_any_usual_form(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(FORMS, "utf-8")
    assert main(["law", "cases", str(file)]) == 0, capsys.readouterr().out


def test_a_number_written_as_text_is_still_compared(file: Path) -> None:
    file.write_text(FORMS.replace("15401", "15402").replace("800000", "one"), "utf-8")
    assert main(["law", "cases", str(file)]) == 1


@pytest.mark.parametrize("text", ["", "cases: 3", "{"])
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
