"""The page of what is claimed back: an officer proposes to cancel, a leader answers, everybody reads it."""

from __future__ import annotations

from collections.abc import Callable

from ansinh.casework.models import CancellationProposal
from ansinh.registry.models import RecoveryClaim
from tests.browsers import Client
from tests.casework.effects.test_undoing_money import asked_back
from tests.casework.effects.test_undoing_rounds import refused_after
from tests.web.officer.test_desk import at, words
from tests.web.officer.test_reopening import looks
from tests.world import World

Browser = Callable[[str], Client]
WHY = "Khoản đã chi cho bà Lan là đúng theo sổ gốc."


def test_an_officer_proposes_a_leader_agrees_and_the_applicant_reads_why(world: World, browser: Browser) -> None:
    dossier, _ = refused_after(world)
    head, leader, citizen, specialist = (browser(name) for name in ("head", "leader", "citizen", "specialist"))
    page, here = at(dossier, "thu-hoi"), at(dossier)
    for client in (head, leader, specialist):
        looks(client, dossier)
    assert "Hủy một khoản thu hồi" in words(head.get(here))
    assert "Hủy một khoản thu hồi" not in words(specialist.get(here))
    assert "Trình lãnh đạo" not in words(specialist.get(page))
    claim = str(RecoveryClaim.objects.get().pk)
    short = head.post(page, {"claim": claim, "ground": "paid-rightly", "why": "Sai", "_send": "1"})
    assert short.status_code == 422
    assert "Chưa ghi vì sao hủy" in words(short)
    typed = {"claim": claim, "ground": "paid-rightly", "why": WHY, "_send": "1"}
    assert head.post(page, {**typed, "claim": ""}).status_code == 422
    assert head.post(page, typed).status_code == 302
    assert "Đang chờ lãnh đạo trả lời" in words(head.get(page))
    assert asked_back() != []

    assert "Khoản đã chi là đúng" in words(leader.get("/can-bo/chi-tra/thu-hoi"))
    assert specialist.get("/can-bo/chi-tra/thu-hoi").status_code == 403
    asked = CancellationProposal.objects.get()
    answer = {"proposal": str(asked.pk), "note": ""}
    assert leader.post(page, {**answer, "_decline": "1"}).status_code == 422
    assert leader.post(page, {**answer, "_agree": "1"}).status_code == 302
    assert asked_back() == []
    for shown in (words(leader.get(here)), words(citizen.get(f"/ho-so/{dossier.pk}"))):
        assert "Đã hủy, không phải nộp" in shown
        assert "Hủy khoản thu hồi" in shown
        assert WHY in shown
    assert "Không có đề nghị nào đang chờ" in words(leader.get("/can-bo/chi-tra/thu-hoi"))


def test_a_leader_who_does_not_agree_says_why_and_the_claim_stands(world: World, browser: Browser) -> None:
    dossier, _ = refused_after(world)
    head, leader = browser("head"), browser("leader")
    for client in (head, leader):
        looks(client, dossier)
    claim = str(RecoveryClaim.objects.get().pk)
    typed = {"claim": claim, "ground": "paid-rightly", "why": WHY, "_send": "1"}
    head.post(at(dossier, "thu-hoi"), typed)
    answer = {"proposal": str(CancellationProposal.objects.get().pk), "note": "Sổ gốc chưa rõ.", "_decline": "1"}
    assert leader.post(at(dossier, "thu-hoi"), answer).status_code == 302
    shown = words(head.get(at(dossier)))
    assert "Lãnh đạo không đồng ý hủy khoản thu hồi. Sổ gốc chưa rõ." in shown
    assert "Còn phải nộp" in shown
