"""Each example of each complete procedure: answers in, everything that follows out."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from ansinh.casework.letter import calculation_data
from ansinh.catalogue.calculations import Computed, compute
from ansinh.catalogue.folder import Example, ProcedureFolder
from ansinh.catalogue.limits import limits_of
from ansinh.catalogue.loader import from_content, load_all
from ansinh.catalogue.papers import asked_papers, originals_awaited
from ansinh.eforms.canonical import canonical
from ansinh.eforms.json_schema import json_schema
from ansinh.eforms.validate import check
from ansinh.eforms.visibility import asked_keys
from ansinh.law.calendar import default_calendar
from ansinh.law.deadlines import Limit, Unit, due
from ansinh.law.outcome import RULE_VERSION

ROOT = Path(__file__).resolve().parents[2] / "procedures"
FOLDERS = load_all(ROOT)
PAIRS = [(folder, example) for folder in FOLDERS for example in folder.examples]
EXAMPLES = [pytest.param(*pair, id=f"{pair[0].slug}/{pair[1].key}") for pair in PAIRS]
ANSWERABLE = [
    pytest.param(*pair, id=f"{pair[0].slug}/{pair[1].key}") for pair in PAIRS if not pair[1].expected.get("problems")
]


def lines_of(folder: ProcedureFolder, example: Example) -> tuple[Computed, ...]:
    """What the law works out of an example."""
    return compute(folder, example.answers, record=example.record, records=example.records, today=example.today)


@pytest.mark.parametrize(("folder", "example"), EXAMPLES)
def test_answers_give_exactly_these_problems(folder: ProcedureFolder, example: Example) -> None:
    assert folder.form is not None
    found = check(folder.form, example.answers, today=example.today)
    wanted = example.expected.get("problems", [])
    assert [(problem.path, problem.code) for problem in found] == [(one["path"], one["code"]) for one in wanted], [
        problem.sentence for problem in found
    ]
    for problem, one in zip(found, wanted, strict=True):
        assert one.get("says", "") in problem.sentence


@pytest.mark.parametrize(("folder", "example"), EXAMPLES)
def test_answers_ask_for_these_papers(folder: ProcedureFolder, example: Example) -> None:
    asked = asked_papers(folder, example.answers)
    if "papers" in example.expected:
        assert [one.key for one in asked] == example.expected["papers"]
    if "waits_for_originals" in example.expected:
        waiting = originals_awaited(asked, confirmed_electronically=example.confirmed_electronically)
        assert [one.key for one in waiting] == example.expected["waits_for_originals"]


@pytest.mark.parametrize(("folder", "example"), ANSWERABLE)
def test_results_are_due_on_these_days(folder: ProcedureFolder, example: Example) -> None:
    assert example.accepted_at is not None
    found: dict[str, str | None] = {}
    for result, limit in limits_of(folder, example.answers):
        if limit is None:
            found[result.key] = None
            continue
        reckoned = due(
            started_on=date.fromisoformat(example.accepted_at),
            limit=Limit(limit.value, Unit(limit.unit)),
            calendar=default_calendar(),
        )
        found[result.key] = reckoned.on.isoformat() if reckoned.on else None
    assert found.items() >= example.expected["due"].items()


@pytest.mark.parametrize(("folder", "example"), ANSWERABLE)
def test_amounts_come_from_the_law(folder: ProcedureFolder, example: Example) -> None:
    amounts: dict[str, Any] = {}
    for computed in lines_of(folder, example):
        assert computed.fault is not None or (computed.outcome is not None and computed.outcome.steps)
        if computed.amount is None:
            continue
        if computed.row is None:
            amounts[computed.calculation.key] = computed.amount
        else:
            amounts.setdefault(computed.calculation.key, []).append(computed.amount)
    assert amounts == example.expected.get("amounts", {})


@pytest.mark.parametrize(("folder", "example"), ANSWERABLE)
def test_a_decision_keeps_the_steps_the_figures_and_the_version_of_the_rules(
    folder: ProcedureFolder, example: Example
) -> None:
    """A line that only adds up others has no figure of its own: it stands with the lines it adds."""
    lines = lines_of(folder, example)
    kept = [json.loads(one.outcome.to_json()) for one in lines if one.outcome is not None]
    for outcome in kept:
        assert outcome["rule_version"] == RULE_VERSION
        assert outcome["steps"] and all(step["article"] for step in outcome["steps"])
    figures = [used for outcome in kept for used in outcome["figures"]]
    assert figures or all(one.amount is None for one in lines)
    for used in figures:
        assert used["value"] is not None and used["reference"] and used["quality"] and used["valid_from"]


@pytest.mark.parametrize(("folder", "example"), ANSWERABLE)
def test_conditions_and_lines_without_a_rule(folder: ProcedureFolder, example: Example) -> None:
    computed = lines_of(folder, example)
    grounds = [ground for one in computed if one.outcome for ground in one.outcome.grounds]
    words = {True: "met", False: "unmet", None: "check"}
    assert [words[ground.met] for ground in grounds] == example.expected.get("conditions", []), grounds
    faulty = [one.calculation.key for one in computed if one.fault is not None]
    assert faulty == example.expected.get("not_computed", []), [str(one.fault) for one in computed if one.fault]


@pytest.mark.parametrize(("folder", "example"), ANSWERABLE)
def test_canonical_answers_hide_what_is_not_asked_and_fit_the_schema(folder: ProcedureFolder, example: Example) -> None:
    assert folder.form is not None
    kept = canonical(folder.form, example.answers)
    assert set(kept) <= asked_keys(folder.form, example.answers)
    assert not set(kept) & set(example.expected.get("hidden", []))
    jsonschema_rs.validator_for(json_schema(folder.form)).validate(kept)
    assert canonical(folder.form, kept) == kept


@pytest.mark.parametrize(("folder", "example"), EXAMPLES)
def test_the_route_is_the_one_expected(folder: ProcedureFolder, example: Example) -> None:
    route = folder.procedure.route
    assert example.expected.get("fee", 0) == folder.procedure.fee.amount
    for name, wanted in example.expected.get("route", {}).items():
        found = getattr(route, name)
        assert (list(found) if isinstance(found, tuple) else found) == wanted


@pytest.mark.parametrize(("folder", "example"), ANSWERABLE)
def test_a_frozen_version_decides_as_the_folder(folder: ProcedureFolder, example: Example) -> None:
    frozen = from_content(folder.content)
    assert frozen.form == folder.form
    assert frozen.digest == folder.digest
    assert asked_papers(frozen, example.answers) == asked_papers(folder, example.answers)


def decision_data(folder: ProcedureFolder, example: Example) -> dict[str, Any]:
    """What a decision's template receives for an example."""
    assert folder.form is not None
    answers = canonical(folder.form, example.answers)
    computed = compute(folder, answers, record=example.record, records=example.records, today=example.today)
    lines = [
        {
            "key": one.calculation.key if one.row is None else f"{one.calculation.key}[{one.row}]",
            "name_vi": f"{one.calculation.name_vi}: {one.row_name}" if one.row_name else one.calculation.name_vi,
            "amount": one.amount,
            "per": one.calculation.per,
            "outcome": one.outcome.as_dict() if one.outcome else None,
        }
        for one in computed
    ]
    return {
        "agency": {"parent": "Bảo hiểm xã hội tỉnh Quảng Trị", "name": "BHXH cơ sở Đông Hà"},
        "document": {"number": "12/QĐ-BHXH", "place": "Đông Hà", "date": example.today},
        "draft": False,
        "recipients": ["Lưu: hồ sơ 00001/2026/04501"],
        "signature": {
            "capacity": None,
            "position": "Giám đốc",
            "full_name": "Nguyễn Thị Hạnh",
            "organisation": "BHXH cơ sở Đông Hà",
            "signed_at": None,
        },
        "dossier": {"number": "00001/2026/04501", "procedure": folder.procedure.name_vi},
        "person": {
            "salutation": "Bà",
            "full_name": answers.get("full_name") or answers["organisation"],
            "date_of_birth": answers.get("date_of_birth"),
            "si_number": answers.get("si_number", "4516123456"),
            "id_number": answers.get("id_number", ""),
            "address": "Đông Hà",
        },
        "answers": answers,
        "grounds": ["Luật Bảo hiểm xã hội số 41/2024/QH15"],
        "shown": {},
        "calculation": calculation_data(lines, amount=None),
    }


@pytest.mark.parametrize(("folder", "example"), ANSWERABLE)
def test_the_letter_says_these_words(folder: ProcedureFolder, example: Example) -> None:
    import pypdfium2

    from ansinh.documents.render import render

    path = ROOT / folder.slug / folder.in_force_on.isoformat() / "decision.typ"
    pdf = render(path, data=decision_data(folder, example), at=datetime(2026, 11, 9, 3, tzinfo=UTC))
    document = pypdfium2.PdfDocument(pdf)
    try:
        text = " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)
    finally:
        document.close()
    for words in example.expected["letter"]:
        assert words in text.replace("\u00a0", " ")


@pytest.mark.requirement("R-089")
def test_a_one_time_claim_waits_for_the_posted_book() -> None:
    folder = next(one for one in FOLDERS if one.slug == "huong-bhxh-mot-lan")
    answers = {"reason": "left_12_months", "has_paper_book": "yes"}
    asked = asked_papers(folder, answers)
    confirmed = originals_awaited(asked, confirmed_electronically=True)
    on_paper = originals_awaited(asked, confirmed_electronically=False)
    assert [one.key for one in confirmed] == ["si_book"]
    assert [one.key for one in on_paper] == ["si_book", "request_14hsb"]
