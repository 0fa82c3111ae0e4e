"""Urgent dossiers stand first in every queue of the desk, and it is said in words (R-095)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from pytest_django import Settings

from ansinh.casework.apologies.draft import tend
from ansinh.casework.opinions.ask import Asked, ask
from ansinh.dossiers.models import Dossier
from tests.browsers import Client
from tests.casework.moves import MONDAY, a_dossier_in_appraisal, a_dossier_to_sign
from tests.web.officer.test_desk import words
from tests.world import World, a_moment

Browser = Callable[[str], Client]
pytestmark = [pytest.mark.requirement("R-095")]


def _first_is_urgent(page: str, urgent: Dossier, other: Dossier) -> bool:
    place = page.index(urgent.number)
    return place < page.index(other.number) and "Khẩn" in page[place : page.index(other.number)]


def _urgent(dossier: Dossier) -> Dossier:
    Dossier.objects.filter(pk=dossier.pk).update(urgent=True)
    return dossier


@pytest.mark.parametrize("address", ["/can-bo", "/can-bo?cot=person&cot=service"], ids=["usual", "without remarks"])
def test_in_the_list_of_work(world: World, browser: Browser, address: str) -> None:
    other = a_dossier_in_appraisal(world)
    urgent = _urgent(a_dossier_in_appraisal(world))
    assert _first_is_urgent(words(browser("specialist").get(address)), urgent, other)


def test_in_the_list_to_sign_and_to_extend(world: World, browser: Browser) -> None:
    other = a_dossier_to_sign(world)
    urgent = _urgent(a_dossier_to_sign(world))
    leader = browser("leader")
    assert _first_is_urgent(words(leader.get("/can-bo/trinh-ky")), urgent, other)
    page = words(leader.get("/can-bo/gia-han"))
    assert page.index(urgent.number) < page.index(other.number)


def test_among_apologies_and_opinions(world: World, browser: Browser, settings: Settings) -> None:
    dossiers = [a_dossier_in_appraisal(world), _urgent(a_dossier_in_appraisal(world))]
    for one in dossiers:
        question = Asked("Có khớp sổ gốc không?", date(2026, 11, 20), world["collector"].officer_id)
        ask(one.pk, actor=world["specialist"], asked=question, at=MONDAY)
    later = a_moment(date(2026, 11, 16), 9)
    settings.CLOCK = lambda: later
    tend(at=later)
    for name, address in (("leader", "/can-bo/thu-xin-loi"), ("collector", "/can-bo/y-kien")):
        assert _first_is_urgent(words(browser(name).get(address)), dossiers[1], dossiers[0])
