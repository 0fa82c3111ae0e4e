"""What a signed contract does: it stands in the registry, an annex changes it, a liquidation ends it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from ansinh.casework.joint.offer import offer_paper
from ansinh.casework.models import JointPaper
from ansinh.casework.propose import control
from ansinh.casework.sign import sign
from ansinh.dossiers.models import Dossier, IssuedDocument
from ansinh.platform.errors import Conflict
from ansinh.platform.storage import open_file
from ansinh.registry.contracts.queries import contracts_of
from ansinh.registry.models import ContractAnnex, TreatmentContract
from ansinh.signing import seal
from tests.casework.letters import text_of
from tests.world import World
from tests.world_facilities import AT, Clinic, a_clinic, controlled, filed, proposed, signed_by_clinic

pytestmark = pytest.mark.django_db
YEARLY, FIRST, OTHER = "ky-hop-dong-kcb-hang-nam", "ky-hop-dong-kcb-lan-dau", "ky-hop-dong-kcb"
NEXT_YEAR: dict[str, Any] = {
    "valid_from": "2027-01-01", "valid_to": "2027-12-31", "has_changes": "no", "truth_commitment": True,
}  # fmt: skip
LATER = AT + timedelta(minutes=30)


@pytest.fixture(autouse=True)
def places(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """Files and keys of one test."""
    settings.FILES_DIR, settings.SIGNING_DIR = tmp_path / "files", tmp_path / "signing"
    seal._key.cache_clear()
    yield
    seal._key.cache_clear()


def both_signed(clinic: Clinic, dossier: Dossier) -> Dossier:
    """Through control, the clinic's signature and the leader's."""
    controlled(clinic, dossier)
    signed_by_clinic(clinic, dossier)
    assert sign(dossier.pk, actor=clinic.world["leader"], at=LATER)
    return Dossier.objects.get(pk=dossier.pk)


def letter(dossier: Dossier) -> str:
    with open_file(IssuedDocument.objects.get(dossier=dossier, kind="decision").sha256) as file:
        return text_of(file.read())


def test_the_next_years_contract_is_in_the_registry_with_the_second_signature(world: World) -> None:
    clinic = a_clinic(world, YEARLY)
    dossier = both_signed(clinic, filed(clinic, YEARLY, **NEXT_YEAR))
    made = TreatmentContract.objects.get(dossier_id=dossier.pk)
    assert (made.valid_from, made.valid_to, made.is_first) == (date(2027, 1, 1), date(2027, 12, 31), False)
    assert (made.number, made.technical_level, made.scope) == (
        JointPaper.objects.get().decision.number, "basic", ["outpatient"],
    )  # fmt: skip
    assert made.declared["licence_no"] == "12/GPHĐ" and "representative_name" not in made.declared
    assert [one.state for one in contracts_of(clinic.facility.pk, on=AT.date())] == ["coming", "in_force"]


def test_an_overlap_is_refused_before_the_clinic_is_asked_to_sign(world: World) -> None:
    clinic = a_clinic(world, YEARLY)
    dossier = proposed(clinic, filed(clinic, YEARLY, **{**NEXT_YEAR, "valid_from": "2026-12-31"}))
    with pytest.raises(Conflict) as refusal:
        control(dossier.pk, actor=clinic.world["head"], note="", at=AT)
    assert refusal.value.code == "contract-overlaps"
    assert offer_paper(dossier.pk, at=AT) is None and TreatmentContract.objects.count() == 1


def test_a_first_contract_of_a_clinic_that_had_none(world: World) -> None:
    clinic = a_clinic(world, FIRST, contract=False)
    papers = (
        "operating_licence", "level_decision", "service_list_decision", "price_proposal", "drug_device_list",
        "it_readiness",
    )  # fmt: skip
    staff = [
        {"department": "Nội", "full_name": "Đào Thị Bích Liên", "practice_no": "000123", "scope": "Nội khoa",
         "working_time": "Sáng"},
    ]  # fmt: skip
    dossier = filed(
        clinic, FIRST, papers=papers, ownership="private", licence_no="12/GPHĐ", licence_date="2024-03-18",
        licence_authority="Sở Y tế", technical_level="initial", service_scope=["outpatient"], bed_count=0,
        previously_terminated="no", it_connection_ready="yes", staff_table=staff, representative_position="Giám đốc",
        bank_account={"bank": "970405", "number": "3900205990044", "holder": "PHONG KHAM SAO MAI"},
        valid_from="2026-12-01", valid_to="2026-12-31", truth_commitment=True,
    )  # fmt: skip
    both_signed(clinic, dossier)
    made = TreatmentContract.objects.get()
    assert made.is_first and made.technical_level == "initial"
    assert "nối tiếp" not in letter(dossier)


def test_an_annex_carries_both_signatures_and_changes_the_scope_from_its_day(world: World) -> None:
    clinic = a_clinic(world, OTHER)
    dossier = filed(
        clinic, OTHER, papers=("appendix_proof",), contract_case="appendix", change_summary="Thêm nội trú.",
        service_scope=["outpatient", "inpatient"], valid_from="2026-12-01", truth_commitment=True,
    )  # fmt: skip
    both_signed(clinic, dossier)
    annex = ContractAnnex.objects.get()
    assert annex.number.endswith("/PLHĐ-BHYT") and annex.summary == "Thêm nội trú."
    (held,) = contracts_of(clinic.facility.pk, on=date(2026, 12, 1))
    assert held.scope == ("outpatient", "inpatient")
    assert "Thêm nội trú." in letter(dossier)


@pytest.mark.parametrize(
    ("case", "paper", "answers"),
    [
        ("notice", "change_notice", {"change_summary": "Đổi người liên hệ.", "valid_from": "2026-12-01"}),
        ("termination", "termination_notice",
         {"termination_reason": "Ngừng hoạt động.", "termination_date": "2026-11-30"}),
    ],
)  # fmt: skip
def test_a_notice_and_a_liquidation_are_signed_by_the_leader_alone(
    world: World, case: str, paper: str, answers: dict[str, Any]
) -> None:
    clinic = a_clinic(world, OTHER)
    dossier = filed(clinic, OTHER, papers=(paper,), contract_case=case, truth_commitment=True, **answers)
    controlled(clinic, dossier)
    assert Dossier.objects.get(pk=dossier.pk).stage == "sign" and not JointPaper.objects.exists()
    assert sign(dossier.pk, actor=clinic.world["leader"], at=LATER)
    held = TreatmentContract.objects.get()
    if case == "notice":
        assert held.state == "in_force" and "Đổi người liên hệ." in letter(dossier)
    else:
        assert (held.state, held.valid_to, held.agreed_to) == ("ended", date(2026, 11, 30), date(2026, 12, 31))
        assert held.ended_by_dossier == dossier.pk and "Ngừng hoạt động." in letter(dossier)
