"""What a grant does is said before it is signed, to each officer who decides, and afterwards to the applicant."""

from __future__ import annotations

import pytest
from django.urls import reverse

from ansinh.casework.propose import control, propose_grant
from ansinh.casework.sign import sign
from ansinh.people.models import Account
from tests.browsers import Client
from tests.casework.effects.scene import a_procedure, in_appraisal
from tests.casework.effects.test_take_effect import PENSION, STOP
from tests.casework.moves import MONDAY
from tests.web.officer.test_desk import Browser, at, words
from tests.world import World

STARTS = "Bắt đầu trả lương hưu:"


@pytest.mark.django_db
def test_specialist_head_and_leader_read_what_will_happen_and_the_applicant_what_did(
    world: World, browser: Browser
) -> None:
    a_procedure(PENSION)
    dossier = in_appraisal(world)
    assert STARTS in words(browser("specialist").get(at(dossier, "de-xuat")))
    propose_grant(dossier.pk, actor=world["specialist"], amount=None, override_reason="", note="", at=MONDAY)
    assert STARTS in words(browser("head").get(at(dossier, "kiem-soat")))
    control(dossier.pk, actor=world["head"], note="", at=MONDAY)
    assert STARTS in words(browser("leader").get(at(dossier, "ky")))
    sign(dossier.pk, actor=world["leader"], at=MONDAY)
    citizen = Client()
    citizen.force_login(Account.objects.get(pk=world.citizen.account_id))
    shown = words(citizen.get(reverse("citizen:dossier", args=[dossier.pk])))
    assert "Quyết định này đã làm" in shown and STARTS in shown


@pytest.mark.django_db
def test_what_stands_against_it_is_said_before_the_signature(world: World, browser: Browser) -> None:
    a_procedure(STOP)
    dossier = in_appraisal(world)
    shown = words(browser("specialist").get(at(dossier, "de-xuat")))
    assert "Chưa ký được." in shown and "không có chế độ hằng tháng nào đang trả" in shown
