"""No binary fraction takes part in money: decimals are read as written, and other figures are a matter of one block."""

from __future__ import annotations

import ast
from datetime import date
from fractions import Fraction
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import yaml

import ansinh.law
from ansinh.law import figures
from ansinh.law.calculate import calculate
from ansinh.law.cases import read_cases
from ansinh.law.errors import BadInput, LawError
from ansinh.law.exact_yaml import read_yaml
from ansinh.law.quantities import exact

LAW = Path(ansinh.law.__file__).parent
SOURCES = sorted(LAW.rglob("*.py"))
CASES = [case for file in sorted(Path(__file__).parent.joinpath("cases").glob("*.yaml")) for case in read_cases(file)]
PLACES = 10_000
# The moon is observed, not counted: its longitude is an angle in binary numbers and decides days, never đồng.
ASTRONOMY = {"lunar.py"}
# The last step to JSON, which knows halves as decimals, and a value shown in a sentence.
OUTPUT = {("outcome.py", "plain"), ("errors.py", "_shown")}
ON = date(2026, 7, 1)
PENSION = 45_123_457


def leaves(value: Any) -> list[Any]:
    """Every scalar of a nested value."""
    if isinstance(value, dict):
        return [leaf for item in value.values() for leaf in leaves(item)]
    return [leaf for item in value for leaf in leaves(item)] if isinstance(value, list) else [value]


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_no_source_of_the_law_makes_a_binary_fraction(source: Path) -> None:
    """No decimal literal, no float(), no other loader of YAML or JSON numbers, no division that is not exact."""
    if source.name in ASTRONOMY:
        return
    for function in [node for node in ast.walk(ast.parse(source.read_text("utf-8"))) if isinstance(node, ast.Call)]:
        words = ast.unparse(function.func)
        assert words not in ("yaml.safe_load", "yaml.full_load"), f"{source.name}:{function.lineno}"
        assert words != "yaml.load" or source.name == "exact_yaml.py"
    tree = ast.parse(source.read_text("utf-8"))
    allowed = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and (source.name, node.name) in OUTPUT
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), f"{source.name}:{node.lineno}"
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "float":
            assert id(node) in allowed, f"{source.name}:{node.lineno}"


def test_no_figure_holds_a_binary_fraction() -> None:
    found = [leaf for name in figures.figure_names() for one in figures.history(name) for leaf in leaves(one.value)]
    assert not [leaf for leaf in found if isinstance(leaf, float)]
    assert Fraction(719, 100) in found


def test_decimals_of_cases_are_read_as_written() -> None:
    found = [leaf for case in CASES for leaf in leaves(dict(case.inputs))]
    assert not [leaf for leaf in found if isinstance(leaf, float)]
    assert [leaf for leaf in found if isinstance(leaf, Fraction)]


def test_a_decimal_no_binary_number_can_hold_stays_itself() -> None:
    assert read_yaml("rate: 0.1")["rate"] == Fraction(1, 10) != Fraction(0.1)
    assert read_yaml("[1234567890123456.7]") == [Fraction(12_345_678_901_234_567, 10)]


@pytest.mark.parametrize("text", [".nan", "-.inf", "1.0e+999", "190:20:30.15"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(yaml.YAMLError):
        read_yaml(text)


@pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 20_000, "- " * 50_000], ids=["lists", "maps", "dashes"])
def test_what_is_nested_without_end_is_refused(text: str) -> None:
    with pytest.raises(yaml.YAMLError, match="too deeply"):
        read_yaml(text)


@pytest.mark.parametrize("written", ["1e999999999", "1e-999999999", "9" * 41, "nan", "1e", "e", ""])
def test_a_written_number_cannot_fill_the_memory(written: str) -> None:
    with pytest.raises(ValueError):
        exact(written)
    with pytest.raises(BadInput, match="pension"):
        calculate("pension_indexation", inputs={"pension": written}, event_date=ON)


@pytest.mark.parametrize(
    ("day", "ten_thousandths"), [("2017-07-01", 10744), ("2018-07-01", 10692), ("2019-07-01", 10719)]
)
def test_a_large_pension_keeps_its_last_dong(day: str, ten_thousandths: int) -> None:
    """45,123,457 đ is over the 16,777,216 a 32-bit fraction counts in single đồng."""
    outcome = calculate(
        "pension_indexation", inputs={"pension": PENSION, "started": "2010-05"}, event_date=date.fromisoformat(day)
    )
    assert outcome.amount == (PENSION * ten_thousandths + 5_000) // 10_000


def test_a_large_mean_keeps_its_last_dong() -> None:
    inputs = {"contribution_months": 114, "months_before_2014": 0, "average_salary": PENSION}
    outcome = calculate("bhxh_one_time", inputs=inputs, event_date=ON)
    assert outcome.amount == PENSION * 19  # nine and a half years, two months of the mean each


def test_decimals_in_results_are_whole_decimals() -> None:
    """What JSON shows as 44.5 is exactly that: no result is a cut-off fraction."""
    for case in CASES:
        try:
            outcome = calculate(case.benefit, inputs=case.inputs, event_date=case.event_date)
        except LawError:
            continue
        for leaf in leaves(dict(outcome.values)):
            if isinstance(leaf, float):
                assert PLACES % exact(leaf).denominator == 0, (case.id, leaf)


LEVELS = """
level.reference:
  name: Mức tham chiếu
  unit: đồng/tháng
  values:
  - {from: '2025-07-01', value: 2000000, reference: thử, quality: recalled}
"""


def funeral() -> int | None:
    inputs = {"compulsory_months": 24, "receiving_monthly_tnld": False}
    return calculate("funeral", inputs=inputs, event_date=ON).amount


def test_other_figures_hold_in_their_block_only(tmp_path: Path) -> None:
    (tmp_path / "levels.yaml").write_text(LEVELS, "utf-8")
    (tmp_path / "calendar.yaml").write_text("days: []", "utf-8")
    before, elsewhere = funeral(), []
    with figures.use(figures.changed_figures(tmp_path)):
        assert funeral() == 20_000_000
        assert "2.000.000" in str(calculate("recovery_amount", inputs={"days": 1}, event_date=ON).steps)
        other = Thread(target=lambda: elsewhere.append(funeral()))
        other.start()
        other.join()
    assert elsewhere == [before] == [funeral()] == [25_300_000]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("level.refrence: {name: a, unit: b, values: []}", "level.refrence"),
        ("level.reference: 5", "Không đọc được"),
        ("- 1", "Không đọc được"),
        ("a: [", "Không đọc được"),
        (LEVELS.replace("quality: recalled", ""), "quality"),
    ],
)
def test_a_wrong_parameter_file_is_refused_with_its_name(tmp_path: Path, text: str, words: str) -> None:
    (file := tmp_path / "levels.yaml").write_text(text, "utf-8")
    with pytest.raises(LawError, match=words) as refusal:
        figures.changed_figures(file)
    assert str(file) in refusal.value.message_vi


def test_a_folder_without_parameters_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LawError, match="không có tệp"):
        figures.changed_figures(tmp_path)
