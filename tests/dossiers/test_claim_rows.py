"""The rows of a claim file: each dated rule, by record, table, row and column, before anything is filed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from pytest_django import Settings

from ansinh.dossiers.claims.checks import CHECKS
from ansinh.dossiers.claims.hand_in import hand_in, take_back
from ansinh.dossiers.claims.rules import PATH, rules_on, sentence_of
from ansinh.dossiers.claims.tables import ROWS
from ansinh.dossiers.completeness import completeness
from ansinh.dossiers.models import ClaimFile
from ansinh.registry.models import InsuredPerson
from tests.dossiers.claim_samples import CARD, envelope, record, two
from tests.dossiers.test_claims import FIGURES, SETTLEMENT
from tests.world import SI_NUMBER, World
from tests.world_facilities import AT, Clinic, a_clinic, prepared

pytestmark = pytest.mark.django_db
LATER = {"NGAY_VAO": "202609300815", "NGAY_RA": "202609301100"}


@pytest.fixture
def clinic(settings: Settings, tmp_path: Path, world: World) -> Iterator[Clinic]:
    """A clinic with a contract; Lan has a card of this year."""
    settings.FILES_DIR, settings.SIGNING_DIR = tmp_path / "files", tmp_path / "signing"
    InsuredPerson.objects.filter(pk=SI_NUMBER).update(
        card_number=CARD, card_level_percent=80, card_valid_from=date(2026, 1, 1), card_valid_to=date(2026, 12, 31)
    )
    yield a_clinic(world, SETTLEMENT)


def sent(clinic: Clinic, *records: str, name: str = "q3.xml") -> ClaimFile:
    return hand_in(envelope(*records), name=name, actor=clinic.clerk, at=AT)


def found(file: ClaimFile) -> list[tuple[str, str, int, str]]:
    """Rule, table, row and column of what was found."""
    return [(one["code"], one["table"], one["row"], one["column"]) for one in file.findings]


def test_the_file_of_rules_is_whole() -> None:
    rows: list[dict[str, Any]] = yaml.safe_load(PATH.read_text(encoding="utf-8"))["rules"]
    assert {row["check"] for row in rows} == set(CHECKS) and {row["table"] for row in rows} <= set(ROWS)
    assert {row["severity"] for row in rows} == {"error", "warning"}
    for row in rows:
        for column in row["columns"]:
            told = sentence_of(row["code"], row["table"], column, {"found": "1", "expected": "2"})
            assert told["text_vi"] and told["text_en"] and "{" not in told["text_vi"] + told["text_en"]


def test_right_rows_have_nothing_to_be_mended(clinic: Clinic) -> None:
    made = hand_in(two(), name="q3.xml", actor=clinic.clerk, at=AT)
    assert (made.errors, made.warnings, made.findings, len(set(made.stays))) == (0, 0, [], 2)


@pytest.mark.parametrize(
    ("summary", "row", "expected"),
    [
        ({"HO_TEN": ""}, {}, [("F01", "XML1", 1, "HO_TEN"), ("C01", "XML1", 1, "MA_THE_BHYT")]),
        ({}, {"MA_BAC_SI": ""}, [("F01", "XML3", 1, "MA_BAC_SI")]),
        ({}, {"NGUOI_THUC_HIEN": ""}, [("T03", "XML3", 1, "NGUOI_THUC_HIEN")]),
        ({}, {"MA_NHOM": "4"}, [("T04", "XML3", 1, "MA_NHOM")]),
        ({"T_BNTT": "-5"}, {}, [("F05", "XML1", 1, "T_BNTT"), ("M06", "XML1", 1, "T_BNTT")]),
        ({}, {"TYLE_TT_DV": "120"}, [
            ("F05-P", "XML3", 1, "TYLE_TT_DV"), ("M02", "XML3", 1, "THANH_TIEN_BV"),
            ("M02-B", "XML3", 1, "THANH_TIEN_BH"),
        ]),
        ({"NGAY_VAO": "202609301100"}, {}, [
            ("T01", "XML1", 1, "NGAY_RA"), ("T01-S", "XML3", 1, "NGAY_YL"), ("T01-S", "XML3", 1, "NGAY_TH_YL"),
        ]),
        ({}, {"NGAY_YL": "202609290830"}, [("T01-S", "XML3", 1, "NGAY_YL")]),
        ({"THANG_QT": "10"}, {}, [("K01", "XML1", 1, "THANG_QT")]),
        ({}, {"MA_LK": "khac"}, [("X01", "XML3", 1, "MA_LK")]),
        ({"NGAY_SINH": "199005130000"}, {}, [("C01", "XML1", 1, "MA_THE_BHYT")]),
        ({"MA_THE_BHYT": ""}, {}, [("C01-K", "XML1", 1, "MA_THE_BHYT")]),
        ({"MA_THE_BHYT": "DN4901234567890"}, {}, [("C01", "XML1", 1, "MA_THE_BHYT")]),
        ({"T_BHTT": "800010.50"}, {}, [("M06", "XML1", 1, "T_BHTT")]),
        ({}, {"SO_LUONG": "2"}, [("M02", "XML3", 1, "THANH_TIEN_BV"), ("M02-B", "XML3", 1, "THANH_TIEN_BH")]),
        ({}, {"T_BNTT": "100000"}, [("M04", "XML3", 1, "THANH_TIEN_BV"), ("M06", "XML1", 1, "T_BNTT")]),
    ],
)  # fmt: skip
def test_one_wrong_cell_is_named_by_rule_row_and_column(
    clinic: Clinic, summary: dict[str, str], row: dict[str, str], expected: list[tuple[str, str, int, str]]
) -> None:
    made = sent(clinic, record("A", summary=summary, row=row))
    assert sorted(found(made)) == sorted(expected)
    assert made.errors + made.warnings == len(expected)


def test_a_share_above_the_card_goes_to_the_assessor_unless_the_visit_is_cheap(clinic: Clinic) -> None:
    dear = sent(clinic, record("A", cost="400000", fund="400000", patient="0", row={"MUC_HUONG": "100"}))
    assert found(dear) == [("C04", "XML3", 1, "MUC_HUONG")] and (dear.errors, dear.warnings) == (0, 1)
    cheap = record("B", cost="379000", fund="379000", patient="0", row={"MUC_HUONG": "100"}, summary=LATER)
    assert found(sent(clinic, cheap)) == []  # below 15 % of 2,530,000


@pytest.mark.parametrize(
    ("last", "kind", "errors"),
    [(date(2026, 9, 30), "01", 0), (date(2026, 9, 29), "01", 1), (date(2026, 9, 29), "03", 1)],
)
def test_the_card_is_valid_on_the_day_of_arrival(clinic: Clinic, last: date, kind: str, errors: int) -> None:
    InsuredPerson.objects.filter(pk=SI_NUMBER).update(card_valid_to=last)
    made = sent(clinic, record("A", summary={"MA_LOAI_KCB": kind}))
    assert [one[0] for one in found(made)] == ["C02"] * errors


@pytest.mark.parametrize(("ends", "errors"), [(date(2026, 9, 15), 0), (date(2026, 9, 14), 1)])
def test_a_card_that_ends_in_a_stay_holds_fifteen_days_more(clinic: Clinic, ends: date, errors: int) -> None:
    InsuredPerson.objects.filter(pk=SI_NUMBER).update(card_valid_to=ends)
    made = sent(clinic, record("A", summary={"MA_LOAI_KCB": "03", "NGAY_VAO": "202609100800"}))
    assert [one[0] for one in found(made)] == ["C02"] * errors


def test_the_same_stay_counts_once_in_one_file_and_over_files(clinic: Clinic) -> None:
    made = sent(clinic, record("A"), record("B"))
    assert found(made) == [("C03", "XML1", 1, "NGAY_VAO")]
    assert made.findings[0]["record"] == 2 and made.findings[0]["facts"] == {"expected": "q3.xml, #1"}
    again = sent(clinic, record("C"), name="thang9.xml")
    assert again.findings[0]["facts"] == {"expected": "q3.xml, #2"}
    take_back(made.pk, actor=clinic.clerk, at=AT)
    take_back(again.pk, actor=clinic.clerk, at=AT)
    assert sent(clinic, record("C"), name="thang9.xml").errors == 0


def test_a_stay_is_judged_by_the_rules_of_the_day_the_patient_left() -> None:
    assert not rules_on(date(2024, 12, 31))
    whole = {day: rule.more["whole"] for day in (date(2026, 6, 30), date(2026, 7, 1)) for rule in rules_on(day)
             if rule.check == "percent"}  # fmt: skip
    assert list(whole.values()) == [True, False]


def test_errors_keep_a_settlement_back_and_warnings_do_not(clinic: Clinic) -> None:
    made = hand_in(two(), name="q3.xml", actor=clinic.clerk, at=AT)
    draft = prepared(clinic, SETTLEMENT, papers=("quarterly_report",), **FIGURES)
    assert completeness(draft, today=AT.date()).complete
    take_back(made.pk, actor=clinic.clerk, at=AT)
    small = record("B", cost="500000", fund="400000", patient="100000", summary={**LATER, "MA_THE_BHYT": ""})
    sent(clinic, record("A", row={"MA_BAC_SI": ""}), small)
    problems = [one for part in completeness(draft, today=AT.date()).parts for one in part.problems]
    assert [(one.path, one.code, one.facts["errors"]) for one in problems] == [
        ("claim_records", "claims-have-errors", "1")
    ]
