"""The law over HTTP: the amount with its steps, and every wrong input named."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from ansinh.api.openapi import openapi
from ansinh.law.cases import Case, read_cases
from ansinh.law.checked import calculate_checked
from ansinh.law.declared import MOST_COUNTED, MOST_DONG, MOST_ROWS, MOST_SPANS, declaration, declarations
from ansinh.law.errors import LawError
from ansinh.law.outcome import plain
from tests.api.conftest import Program

CASES = [
    case for file in sorted(Path(__file__).parents[1].joinpath("law/cases").glob("*.yaml")) for case in read_cases(file)
]
ONE_EACH = list({case.benefit: case for case in CASES}.values())
OUTCOME = jsonschema_rs.validator_for({"$ref": "#/components/schemas/Outcome", "components": openapi()["components"]})
ONE_TIME = {"contribution_months": 114, "months_before_2014": 0, "average_salary": 45_123_457}


def ask(benefit: str, inputs: Any, event_date: Any = "2026-07-01", **headers: str) -> Any:
    return Program().send("POST", f"law/{benefit}", {"event_date": event_date, "inputs": inputs}, **headers)


def fields(answer: Any) -> list[tuple[str, str]]:
    return [(one["field"], one["code"]) for one in answer.body["errors"]]


def test_an_amount_comes_with_steps_in_both_languages() -> None:
    answer = ask("bhxh_one_time", ONE_TIME)
    assert (answer.status, answer.body["amount"]) == (200, 857_345_683)
    assert answer.body["values"]["months_of_average"] == 19
    for step in answer.body["steps"]:
        assert step["what_vi"] and step["what_en"] and step["arithmetic"] and step["article"]
    assert answer.body["rule_version"] and answer.body["unconfirmed"] == []
    assert answer.body["benefit"] == "bhxh_one_time" and answer.body["event_date"] == "2026-07-01"


def test_what_is_not_confirmed_is_said() -> None:
    inputs = {"income": 2_000_000, "months": 1, "support_group": "poor"}
    assert "Chuẩn hộ nghèo khu vực nông thôn" in str(ask("voluntary_contribution", inputs).body["unconfirmed"])


def test_the_conditions_looked_at_are_said() -> None:
    inputs = {"birth": "2026-05-04", "paid_months": ["2025-11", "2025-12"]}
    (ground,) = ask("maternity_right", inputs).body["grounds"]
    assert ground["met"] is False and ground["article"]


@pytest.mark.parametrize("case", ONE_EACH, ids=lambda case: case.benefit)
def test_every_benefit_answers_as_the_law_does(case: Case) -> None:
    answer = ask(case.benefit, plain(case.inputs), case.event_date.isoformat())
    try:
        wanted = calculate_checked(case.benefit, inputs=case.inputs, event_date=case.event_date)
    except LawError as refusal:
        assert (answer.status, answer.code) == (422, refusal.code)
        return
    assert answer.status == 200, answer.body
    assert answer.body["amount"] == wanted.amount
    assert answer.body["values"] == wanted.as_dict()["values"]


def test_all_missing_inputs_are_named_at_once() -> None:
    answer = ask("contraception_leave", {"method": "iud"})
    assert (answer.status, answer.code) == (422, "inputs-refused")
    assert sorted(fields(answer)) == [(name, "missing-input") for name in ("average", "leave_from", "leave_to")]
    assert all(one["message"].startswith("Thiếu dữ liệu") for one in answer.body["errors"])


def test_wrong_and_unknown_inputs_are_named_with_their_place() -> None:
    rows = [{"year": 2020, "salary": 5_000_000, "months": 12}, {"year": 2021, "salary": "x", "moths": 3}]
    answer = ask("adjusted_average", {"rows": rows, "luck": 1})
    assert fields(answer) == [
        ("rows[1].salary", "bad-input"),
        ("rows[1].moths", "unknown-input"),
        ("luck", "unknown-input"),
    ]


def test_a_rule_names_the_input_it_cannot_use() -> None:
    answer = ask("bhxh_one_time", {**ONE_TIME, "months_before_2014": 115})
    assert (answer.status, fields(answer)) == (422, [("months_before_2014", "bad-input")])


@pytest.mark.parametrize("day", ["", None, "hôm nay", "2026-02-30", "2026", 20260701, "0001-01-01", "9999-01-01", []])
def test_a_wrong_day_is_named(day: Any) -> None:
    answer = ask("bhxh_one_time", ONE_TIME, day)
    assert answer.status == 422
    assert [name for name, _ in fields(answer)] == ["event_date"]


def test_a_day_before_the_first_figure_is_the_fault_of_the_day() -> None:
    answer = ask("recovery_amount", {"days": 1}, "1985-01-01")
    assert (answer.status, fields(answer)) == (422, [("event_date", "figure-missing")])


def test_another_benefit_is_not_found() -> None:
    assert (ask("free_lunch", {}).status, ask("free_lunch", {}).code) == (404, "unknown-benefit")


def test_sentences_come_in_the_language_asked_for() -> None:
    english = ask("tnld", {"salary": -1}, Accept_Language="en").body
    assert english["message"].startswith("Some inputs are missing or wrong")
    assert "unusable value" in english["errors"][0]["message"]


@pytest.mark.parametrize("body", [b"{", b"[]", {"event_date": "2026-07-01", "inputs": []}, {"when": 1}])
def test_what_is_no_question_is_malformed(body: Any) -> None:
    answer = Program().send("POST", "law/tnld", body)
    assert (answer.status, answer.code) == (400, "message-malformed")


def test_decimals_arrive_as_they_are_written() -> None:
    body = b'{"event_date": "2019-12-01", "inputs": {"rows": [{"coefficient": 0.3, "months": 10}]}}'
    answer = Program().send("POST", "law/regional_allowance", body)
    assert answer.body["amount"] == 670_500  # 0.3 x 10 x 15% x 1,490,000


@pytest.mark.parametrize("number", ["1e999999999", "-0.1", "1e-999999999", "1.5e300", "9" * 400])
def test_a_monstrous_number_is_a_field_error(number: str) -> None:
    inputs = f'{{"salary": {number}, "disability_percent": 31, "fund_years": 2}}'
    body = f'{{"event_date": "2026-07-01", "inputs": {inputs}}}'
    started = time.monotonic()
    answer = Program().send("POST", "law/tnld", body.encode())
    assert answer.status in (400, 422)
    assert time.monotonic() - started < 1


STRANGE: tuple[Any, ...] = (
    0,
    -1,
    1,
    MOST_COUNTED,
    MOST_DONG,
    10**30,
    "",
    "x",
    "2026-02-29",
    "1900",
    True,
    None,
    [],
    [[]],
    [{}],
    {},
)


@pytest.mark.parametrize("case", ONE_EACH, ids=lambda case: case.benefit)
def test_no_input_breaks_a_rule_or_keeps_it_busy(case: Case) -> None:
    """Each input of a good question in turn is something strange: an outcome or a refusal, and soon."""
    for name in [one.name for one in declaration(case.benefit).inputs]:
        for strange in STRANGE:
            started = time.thread_time()
            try:
                calculate_checked(case.benefit, inputs={**case.inputs, name: strange}, event_date=case.event_date)
            except LawError as refusal:
                assert refusal.message_vi.endswith(".")
            assert time.thread_time() - started < 2, (case.benefit, name, strange)


ALWAYS = ["1900-01-01", "2100-12-31"]
SUPPORTED = {"from_month": "1990-01", "to_month": "2100-12", "percent": 10}
LONGEST: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("child_sickness_days", "2026-01-01", {"child_age_years": 2, "leave_spans": [ALWAYS] * MOST_SPANS}),
    ("average_window", "2026-01-01", {"first_joined": "1994-02", "state_periods": [ALWAYS] * MOST_SPANS,
                                      "employer_periods": [ALWAYS] * MOST_SPANS}),
    ("sickness_days", "2026-01-01", {"leave_from": ALWAYS[0], "leave_to": ALWAYS[1]}),
    ("voluntary_state_support", "2026-01-01", {"rows": [SUPPORTED] * MOST_SPANS}),
    ("voluntary_arrears", "2026-01-01", {"income": 2_000_000, "months": 60, "rate_percent_month": "0." + "3" * 30}),
    ("prenatal_leave", "2026-01-01", {"average": 1, "visit": 1, "leave_from": ALWAYS[0], "leave_to": ALWAYS[1]}),
    ("adjusted_average", "2026-01-01", {"rows": [{"year": 2020, "salary": 1, "months": 12}] * MOST_ROWS}),
    ("survivor_monthly", "2026-08-01", {"relatives": [{"relative": "child", "age_years": 3}] * MOST_ROWS}),
)  # fmt: skip


@pytest.mark.parametrize(("benefit", "day", "inputs"), LONGEST, ids=lambda part: part if isinstance(part, str) else "")
def test_the_longest_lists_keep_no_rule_busy(benefit: str, day: str, inputs: dict[str, Any]) -> None:
    started = time.thread_time()
    with suppress(LawError):
        calculate_checked(benefit, inputs=inputs, event_date=day)
    assert time.thread_time() - started < 2


def test_more_spans_than_a_life_holds_are_refused() -> None:
    answer = ask("voluntary_state_support", {"rows": [SUPPORTED] * (MOST_SPANS + 1)})
    assert fields(answer) == [("rows", "bad-input")]


def test_the_list_shows_every_benefit_with_its_inputs() -> None:
    listed = {one["benefit"]: one for one in Program().send("GET", "law").body}
    assert listed.keys() == declarations().keys()
    inputs = {one["name"]: one for one in listed["survivor_monthly"]["inputs"]}
    assert inputs["relative"]["choices"][0] == "child"
    assert inputs["no_income"]["kind"] == "flag" and inputs["no_income"]["label"] and inputs["no_income"]["label_en"]
    assert "age_years" in [column["name"] for column in inputs["relatives"]["columns"]]


def test_the_list_and_the_document_say_what_each_result_means() -> None:
    listed = {one["benefit"]: one for one in Program().send("GET", "law").body}
    schemas = Program().send("GET", "openapi.json").body["components"]["schemas"]
    for benefit in declarations():
        named = {one["name"]: one for one in listed[benefit]["results"]}
        assert all(one["kind"] and one["label"] and one["label_en"] for one in named.values())
        described = schemas[f"Results_{benefit}"]["properties"]
        assert described.keys() == named.keys() - {"amount"}
    assert schemas["Results_bhyt_payment"]["properties"]["fund_pays"]["description"] == "Quỹ BHYT trả (whole VND)"


@pytest.mark.parametrize("case", ONE_EACH, ids=lambda case: case.benefit)
def test_an_answer_has_the_form_of_the_document(case: Case) -> None:
    answer = ask(case.benefit, plain(case.inputs), case.event_date.isoformat())
    if answer.status == 200:
        OUTCOME.validate(answer.body)
        schema = {"$ref": f"#/components/schemas/Results_{case.benefit}", "components": openapi()["components"]}
        jsonschema_rs.validator_for(schema).validate(answer.body["values"])
