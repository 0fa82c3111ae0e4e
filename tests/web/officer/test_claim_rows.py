"""What the rules found in the rows of a claim file, on the assessor's page of the settlement."""

from __future__ import annotations

from datetime import date

from pytest_django import Settings

from ansinh.casework.accept import accept
from ansinh.dossiers.claims.hand_in import hand_in
from ansinh.people.models import Account
from ansinh.registry.models import InsuredPerson
from tests.browsers import Client
from tests.dossiers.claim_samples import CARD, envelope, record
from tests.dossiers.test_claims import FIGURES, SETTLEMENT
from tests.web.citizen.sick_lists import text_of
from tests.world import SI_NUMBER, World
from tests.world_facilities import AT, a_clinic, filed


def test_the_assessor_sees_what_was_found_in_the_rows(world: World, settings: Settings) -> None:
    settings.CLOCK = lambda: AT
    InsuredPerson.objects.filter(pk=SI_NUMBER).update(
        card_number=CARD, card_level_percent=80, card_valid_from=date(2026, 1, 1), card_valid_to=date(2026, 12, 31)
    )
    clinic = a_clinic(world, SETTLEMENT)
    dear = record("HS-9", cost="1500001", fund="1500001", patient="0", row={"MUC_HUONG": "100"})
    hand_in(envelope(dear), name="q3.xml", actor=clinic.clerk, at=AT)
    figures = {**FIGURES, "claim_records": 1, "fund_amount": 1_500_001, "patient_amount": 0}
    dossier = filed(clinic, SETTLEMENT, papers=("quarterly_report",), **figures)
    accept(dossier.pk, actor=clinic.world["counter"], at=AT)
    officer = Client()
    officer.force_login(Account.objects.get(pk=clinic.assessor.account_id))
    answer = officer.get(f"/can-bo/ho-so/{dossier.pk}")
    assert answer.status_code == 200, answer.headers
    page = text_of(answer)
    assert "q3.xml: 1 hồ sơ" in page and "0 lỗi, 1 điểm cần xem" in page
    assert "Mức hưởng 100% cao hơn mức 80% của thẻ" in page and "C04, giám định viên xem" in page
