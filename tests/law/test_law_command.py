"""`ansinh law`: worked cases run from a file, one calculation explained."""

import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from ansinh.cli.main import main
from ansinh.law.benefits import BENEFITS

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


@pytest.mark.parametrize("text", ["", "cases: 3", "- 1", "{", "cases: " + "[" * 3000, "cases: [{id: 1, id: 2}]"])
def test_a_file_of_another_shape_is_refused(file: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(text, "utf-8")
    assert main(["law", "cases", str(file)]) == 2
    assert str(file) in capsys.readouterr().err


SHAPES = f"""
cases:
- {{id: good, {BIRTH}, expected: {{amount: 4000000}}}}
- {{id: no-such-day, benefit: bhxh_one_time, event_date: 2026-02-30, expected: {{amount: 1}}}}
- {{id: no-day, benefit: bhxh_one_time, expected: {{amount: 1}}}}
- {{id: list, benefit: bhxh_one_time, event_date: 2026-02-01, inputs: [1], expected: {{amount: 1}}}}
- {{id: number, benefit: bhxh_one_time, event_date: 2026-02-01, expected: 45}}
- {{id: below, tolerance: -1, {BIRTH}, expected: {{amount: 4000000}}}}
- {{benefit: [x], event_date: 2026-02-01, expected: {{amount: 1}}}}
- 17
- {{id: strange-input, benefit: bhxh_one_time, event_date: 2026-02-01, expected: {{amount: 1}},
   inputs: {{contribution_months: 2026-02-31, months_before_2014: 0, average_salary: 1}}}}
"""


def test_an_entry_that_is_no_case_fails_with_its_reason_and_the_others_run(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text(SHAPES, "utf-8")
    assert main(["law", "cases", str(file)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line[:4] for line in lines[:-1]] == ["ok  "] + ["FAIL"] * 8
    assert lines[-1] == "1 passed, 8 failed"
    told = ("2026-02-30", "thiếu “event_date”", "“inputs”", "“expected”", "“tolerance”", "“benefit”", "thứ 8", "02-31")
    for line, word in zip(lines[1:], told, strict=False):
        assert word in line and line.endswith(".")


def test_an_entry_without_a_benefit_is_not_hidden_by_only(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(SHAPES, "utf-8")
    assert main(["law", "cases", str(file), "--only", "voluntary_maternity"]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "1 passed, 2 failed"


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


@pytest.mark.parametrize("written", ["", "[", "inputs: 3", "event_date: 2026-04-01\ninputs: [1]", "- 1"])
def test_what_is_no_question_is_told(
    written: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(written))
    assert main(["law", "explain", "bhxh_one_time"]) == 2
    told = capsys.readouterr().err
    assert "“event_date” (YYYY-MM-DD)" in told and "See what is asked" in told


def test_a_misspelt_input_is_named_not_ignored(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = "event_date: 2026-04-31\ninputs: {contribution_months: 115, months_before_2014: 0, average_salry: 1}"
    monkeypatch.setattr("sys.stdin", io.StringIO(facts))
    assert main(["law", "explain", "bhxh_one_time"]) == 2
    told = capsys.readouterr().err
    assert "- event_date:" in told and "2026-04-31" in told
    assert "- average_salry: Phép tính này không có dữ liệu" in told


def test_an_explanation_has_its_conditions(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("event_date: 2026-05\ninputs: {birth: 2026-05-04, paid_months: []}"))
    assert main(["law", "explain", "maternity_right"]) == 0
    assert "không đạt / not met: Đóng 0 tháng từ 05/2025 đến 04/2026" in capsys.readouterr().out


def test_the_list_names_every_benefit(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "explain", "--list"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == sorted(BENEFITS)


def test_a_benefit_says_what_it_asks_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["law", "explain", "survivor_monthly", "--inputs"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].startswith("event_date  (day, cần / needed)")
    assert any(line.startswith("relative  (child | spouse") for line in lines)
    assert any(line.startswith("  relative  (child | spouse") for line in lines)
    assert main(["law", "explain", "free_lunch", "--inputs"]) == 2


@pytest.mark.parametrize("command", [[], ["cases"], ["explain"], ["impact"]])
def test_every_command_explains_itself_in_both_languages(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(["law", *command, "--help"])
    shown = capsys.readouterr().out
    assert left.value.code == 0
    assert re.search(r"[Tt]ính|Đọc|ví dụ", shown) and re.search(r"Reads|One line|Computes|Work out", shown)
