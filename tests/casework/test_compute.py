"""The draft of a dossier: its conditions, its lines, and no total where a line has no rule."""

from datetime import date
from typing import Any

from ansinh.casework.compute import Computed, compute, conditions, conditions_of, total
from ansinh.casework.letter import calculation_data
from ansinh.catalogue.models import ProcedureVersion
from ansinh.catalogue.queries import folders
from tests.casework.moves import MONDAY
from tests.world import SI_NUMBER, World, a_submitted_dossier

ON = date(2026, 11, 9)
SLUG = "che-do-thai-san"


def freeze_maternity() -> None:
    """The real procedure beside those of the small world."""
    folder = next(one for one in folders() if one.slug == SLUG)
    ProcedureVersion.objects.create(
        slug=SLUG, in_force_from=folder.in_force_on, digest=folder.digest, content=folder.content, frozen_at=MONDAY
    )


def birth(**more: Any) -> dict[str, Any]:
    """Answers of a birth on 4 May 2026: the window is May 2025 to April 2026, all twelve months are paid."""
    return {
        "mat_case": "birth", "child_birth_date": "2026-05-04", "child_count": 1, "birth_order": 1, "surgery": "no",
        "under_32_weeks": "no", "child_died": "no", "rest_during_pregnancy": "no", "infertility_treatment": "no",
        "leave_from": "2026-05-04", "leave_to": "2026-11-03", "average_wage": 1, "si_number": SI_NUMBER, **more,
    }  # fmt: skip


def test_conditions_come_from_the_months_really_paid(world: World) -> None:
    freeze_maternity()
    dossier = a_submitted_dossier(world, SLUG, papers=(), **birth())
    (row,) = conditions(dossier, ON)
    assert (row.result, row.clause) == ("met", "41/2024/QH15 Điều 50")
    assert "Đóng 12 tháng từ 05/2025 đến 04/2026, cần đủ 6 tháng" in row.text_vi
    assert "12 months paid from 2025-05 to 2026-04, 6 needed" in row.text_en
    # the mean is the record's, not the one in the answers: 8,600,000 × 6 + 2 × 2,340,000
    assert total(compute(dossier, on=ON)) == 56_280_000


def test_months_after_the_work_ended_do_not_count(world: World) -> None:
    freeze_maternity()
    late = birth(child_birth_date="2026-11-04", leave_from="2026-11-04")
    (row,) = conditions(a_submitted_dossier(world, SLUG, papers=(), **late), ON)
    # November 2025 to October 2026: paid until April, six months; one month later it would be five
    assert row.result == "met"
    later = birth(child_birth_date="2026-12-04", leave_from="2026-12-04")
    (row,) = conditions(a_submitted_dossier(world, SLUG, papers=(), **later), ON)
    assert row.result == "unmet"


def test_without_a_rule_there_is_no_total_but_a_sentence(world: World) -> None:
    freeze_maternity()
    answers = birth(mat_case="carer_leave", mother_died="yes", mother_death_date="2026-05-20", mother_unable="no")
    dossier = a_submitted_dossier(world, SLUG, papers=(), **answers)
    computed = compute(dossier, on=ON)
    assert total(computed) is None
    (faulty,) = [one for one in computed if one.fault]
    assert "Chuyên viên nhập số tiền và ghi lý do" in faulty.fault
    assert "The officer enters the amount" in faulty.fault_en


def test_a_fault_beside_money_leaves_no_partial_total() -> None:
    money = Computed("a", "Mai táng", "Funeral", 25_300_000, "once", None)
    no_rule = Computed("b", "Tuất", "Lump", None, "once", None, fault="Chưa có quy tắc.")
    looks = Computed("c", "Điều kiện", "Right", None, "once", None, fault="Thiếu dữ liệu.", is_money=False)
    assert total([money, looks]) == 25_300_000
    assert total([money, no_rule]) is None
    assert conditions_of([money]) == ()


def test_a_letter_prints_each_sum_and_never_a_mixed_one() -> None:
    outcome = {"values": {}, "steps": [{"what_vi": "Mức", "article": "Điều 85", "amount": 1, "arithmetic": "1"}]}
    lines = [
        {"name_vi": "Trợ cấp mai táng", "amount": 25_300_000, "per": "once", "outcome": outcome},
        {"name_vi": "Tuất: Lê Minh An", "amount": 1_265_000, "per": "month", "outcome": outcome},
        {"name_vi": "Trợ cấp khác", "amount": 0, "per": "once", "outcome": outcome},
    ]
    found = calculation_data(lines, amount=None)
    assert found is not None
    assert [(one["name"], one["amount"], one["per"]) for one in found["results"]] == [
        ("Trợ cấp mai táng", 25_300_000, "once"),
        ("Tuất: Lê Minh An", 1_265_000, "month"),
    ]
    assert [part["name"] for part in found["parts"]] == ["Trợ cấp mai táng", "Tuất: Lê Minh An"]
    assert found["amount"] is None
    assert calculation_data([], amount=None) is None
