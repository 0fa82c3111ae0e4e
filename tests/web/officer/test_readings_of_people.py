"""Pages about people outside any dossier: whoever stands on them reads who looked, and by what duty."""

from __future__ import annotations

from uuid import UUID

import pytest

from ansinh.people.models import Account, Reading
from ansinh.people.models_readings import Ground, PageKind
from ansinh.registry.bank_accounts.account import BankAccount
from ansinh.registry.bank_accounts.ask import ask_at_counter
from tests.browsers import Client
from tests.people.families import a_child, a_guardian, a_person
from tests.web.officer.conftest import NOW
from tests.web.officer.test_counter import begin
from tests.web.officer.test_desk import Browser, words
from tests.world import LOCAL_OFFICE, World
from tests.world_organisations import a_firm


def looks_at(subject_id: UUID) -> set[tuple[str, str]]:
    """Page and ground of each look at this person or organisation."""
    return set(Reading.objects.filter(subject_id=subject_id).values_list("page", "ground"))


@pytest.mark.requirement("R-167")
def test_the_person_reads_who_looked_at_any_counter_and_for_which_duty(world: World, browser: Browser) -> None:
    browser("other_counter").get(f"/can-bo/lam-thay/{world.citizen.person_id}")
    found = Reading.objects.get()
    assert (found.subject_id, found.dossier_id, found.office_code) == (world.citizen.person_id, None, "90002")
    own = Client()
    own.force_login(Account.objects.get(pk=world.citizen.account_id))
    told = words(own.get("/tai-khoan/ai-da-xem"))
    assert "Người đại diện và ủy quyền" in told and "Việc được giao: Xem ai đại diện" in told
    own.cookies["ngon_ngu"] = "en"
    assert "Assigned duty: Sees who is a guardian" in words(own.get("/tai-khoan/ai-da-xem"))


def test_everybody_on_the_page_is_noted_and_nobody_else(world: World, browser: Browser) -> None:
    child, stranger = a_child(), a_person("090080000029", "Hà Thị Cúc")
    a_guardian(world, child, world.citizen, at=NOW)
    browser("counter").get(f"/can-bo/lam-thay/{child.pk}")
    assert looks_at(child.pk) == looks_at(world.citizen.person_id) == {(PageKind.ACTING, Ground.DUTY)}
    assert looks_at(stranger.person_id) == set()


def test_a_list_of_namesakes_is_a_look_at_each(world: World, browser: Browser) -> None:
    people = [a_person(f"09008000002{n}", "Hà Thị Cúc").person_id for n in (1, 2)]
    typed = {"ten": "Hà Thị Cúc", "sinh.day": "2", "sinh.month": "3", "sinh.year": "1985"}
    for page, kind in (("lam-thay", PageKind.ACTING), ("khoi-phuc", PageKind.RECOVERY)):
        browser("counter").get(f"/can-bo/{page}", typed)
        assert all((kind, Ground.DUTY) in looks_at(one) for one in people)


def test_whoever_is_refused_has_seen_nothing(world: World, browser: Browser) -> None:
    for page in (f"lam-thay/{world.citizen.person_id}", f"khoi-phuc/tai-khoan/{world.citizen.account_id}"):
        assert browser("specialist").get(f"/can-bo/{page}").status_code == 403
    assert Reading.objects.count() == 0


def test_an_account_to_recover_and_a_bank_account_to_change_are_looks(world: World, browser: Browser) -> None:
    person_id = world.citizen.person_id
    change = ask_at_counter(
        BankAccount("970436", "0011002233445", "TRAN THI MAI LAN"), person_id=person_id, actor=world["counter"],
        office_code=LOCAL_OFFICE, identity_matches=True, note="", at=NOW,
    )  # fmt: skip
    browser("counter").get(f"/can-bo/khoi-phuc/tai-khoan/{world.citizen.account_id}")
    assert looks_at(person_id) == {(PageKind.RECOVERY, Ground.DUTY)}
    browser("leader").get(f"/can-bo/tai-khoan-nhan-tien/{change.pk}")
    assert (PageKind.BANK_ACCOUNT, Ground.DUTY) in looks_at(person_id)


def test_an_organisation_and_its_staff_read_who_looked(world: World, browser: Browser) -> None:
    firm = a_firm()
    browser("counter").get("/can-bo/to-chuc", {"tim": "9999000037"})
    assert looks_at(firm.company.pk) == {(PageKind.ORGANISATION, Ground.DUTY)}
    assert looks_at(firm.clerk.person_id) == set()
    browser("counter").get(f"/can-bo/to-chuc/{firm.company.pk}")
    assert looks_at(firm.clerk.person_id) == {(PageKind.ORGANISATION, Ground.DUTY)}


def test_a_draft_typed_at_the_counter_is_a_look_at_its_owner(world: World, browser: Browser) -> None:
    desk = browser("counter")
    base = begin(desk)
    assert desk.get(f"{base}/kiem-tra").status_code == 200
    assert looks_at(world.citizen.person_id) == {(PageKind.ASSISTED, Ground.DUTY)}
