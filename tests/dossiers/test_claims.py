"""Files of treatment costs: read, of the facility, of one quarter, counted; the settlement says what they sum to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from pytest_django import Settings

from ansinh.casework.sign import sign
from ansinh.dossiers.claims.hand_in import hand_in, take_back
from ansinh.dossiers.claims.period import quarter_totals
from ansinh.dossiers.completeness import completeness
from ansinh.dossiers.models import ClaimFile, Dossier
from ansinh.platform.errors import Conflict, Invalid, NotAllowed
from ansinh.registry.models import InsuredPerson
from ansinh.signing import seal
from tests.dossiers.claim_samples import CARD, envelope, record, two
from tests.world import SI_NUMBER, World
from tests.world_facilities import AT, CODE, Clinic, a_clinic, controlled, filed, prepared

pytestmark = pytest.mark.django_db
SETTLEMENT = "thanh-toan-kcb-co-so"
FIGURES: dict[str, Any] = {
    "claim_type": "quarterly_settlement", "year": 2026, "quarter": "q3", "first_contract": "no", "claim_records": 2,
    "total_cost": 1_500_001, "fund_amount": 1_200_001, "patient_amount": 300_000, "advance_received": 1_000_000,
    "special_situation": "none", "truth_commitment": True,
}  # fmt: skip


@pytest.fixture(autouse=True)
def places(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """Files and keys of one test."""
    settings.FILES_DIR, settings.SIGNING_DIR = tmp_path / "files", tmp_path / "signing"
    seal._key.cache_clear()
    yield
    seal._key.cache_clear()


@pytest.fixture
def clinic(places: None, world: World) -> Clinic:
    """A clinic with a contract of this year; Lan has a card of this year."""
    InsuredPerson.objects.filter(pk=SI_NUMBER).update(
        card_number=CARD, card_level_percent=80, card_valid_from=date(2026, 1, 1), card_valid_to=date(2026, 12, 31)
    )
    return a_clinic(world, SETTLEMENT)


def sent(clinic: Clinic, content: bytes) -> ClaimFile:
    return hand_in(content, name="q3.xml", actor=clinic.clerk, at=AT)


def test_a_file_is_counted_with_its_control_totals(clinic: Clinic) -> None:
    made = sent(clinic, two())
    assert (made.records, made.first_day, made.last_day) == (2, date(2026, 9, 30), date(2026, 9, 30))
    totals = quarter_totals(CODE, year=2026, quarter=3)
    assert (totals.files, totals.records) == (1, 2)
    assert (totals.total_cost, totals.fund_amount, totals.patient_amount) == (1_500_001, 1_200_001, 300_000)
    assert quarter_totals(CODE, year=2026, quarter=4).files == 0
    assert (made.errors, made.warnings, made.findings) == (0, 0, [])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<GIAMDINHHS><a>", "xml-broken"),
        (b"<CHI_TIEU/>", "claims-other-root"),
        (envelope(), "claims-empty"),
        (envelope(record("A"), told=2), "claims-miscounted"),
        (envelope(record("A"), record("A")), "claims-twice"),
        (envelope(record("A", facility="90C02")), "claims-of-two-facilities"),
        (envelope(record("A", facility="90C02"), facility="90C02"), "claims-of-another"),
        (envelope("<HOSO/>"), "claims-no-summary"),
        (envelope(record("A", summary={"NGAY_RA": "2026"})), "claims-no-day"),
        (envelope(record("A", fund="nhiều")), "claims-bad-amount"),
        (envelope(record("A", fund="-1")), "claims-bad-amount"),
        (envelope(record("A"), record("B", summary={"NGAY_RA": "202610010000"})), "claims-of-two-quarters"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(clinic: Clinic, content: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        sent(clinic, content)
    assert refusal.value.code == code
    assert not ClaimFile.objects.exists()


def test_a_file_counts_once_and_can_be_taken_back(clinic: Clinic) -> None:
    made = sent(clinic, two())
    with pytest.raises(Conflict, match="đã gửi"):
        sent(clinic, two())
    take_back(made.pk, actor=clinic.clerk, at=AT)
    assert quarter_totals(CODE, year=2026, quarter=3).files == 0
    assert sent(clinic, two()).pk != made.pk
    with pytest.raises(DatabaseError), transaction.atomic():
        ClaimFile.objects.update(records=3)
    with pytest.raises(NotAllowed):
        hand_in(two(), name="x", actor=clinic.world.citizen, at=AT)


@pytest.mark.parametrize(
    ("changes", "code", "paths"),
    [
        ({}, "differs-from-claims", []),
        ({"fund_amount": 1_200_000}, "differs-from-claims", ["fund_amount"]),
        ({"claim_records": 3, "total_cost": 2_000_000}, "differs-from-claims", ["claim_records", "total_cost"]),
        ({"quarter": "q2"}, "no-claim-files", ["claim_records"]),
    ],
)
def test_figures_that_differ_from_the_files_keep_the_settlement_a_draft(
    clinic: Clinic, changes: dict[str, Any], code: str, paths: list[str]
) -> None:
    sent(clinic, two())
    draft = prepared(clinic, SETTLEMENT, papers=("quarterly_report",), **{**FIGURES, **changes})
    state = completeness(draft, today=AT.date())
    problems = [one for part in state.parts for one in part.problems]
    assert [one.path for one in problems] == paths and {one.code for one in problems} <= {code}


def test_a_settlement_pays_what_the_advance_left_and_locks_its_files(clinic: Clinic) -> None:
    made = sent(clinic, two())
    dossier = filed(clinic, SETTLEMENT, papers=("quarterly_report",), **FIGURES)
    for act in (lambda: take_back(made.pk, actor=clinic.clerk, at=AT), lambda: sent(clinic, envelope(record("C")))):
        with pytest.raises(Conflict, match="đã có hồ sơ quyết toán"):
            act()
    controlled(clinic, dossier)
    assert sign(dossier.pk, actor=clinic.world["leader"], at=AT + timedelta(minutes=30))
    assert Dossier.objects.get(pk=dossier.pk).decisions.get().amount == 200_001
