"""No page of the desk shows a person or a dossier without writing down who looked (threat 16)."""

from __future__ import annotations

import pytest
from django.db import transaction

from ansinh.people.models import Account, Reading
from tests.casework.moves import a_dossier_in_appraisal, a_dossier_to_sign
from tests.house.routes import every_route
from tests.house.test_route_matrix import House
from tests.house.test_route_matrix import house as house
from tests.house.test_route_matrix import standing as standing
from tests.world import World

SHOWS_NOBODY = {
    "officer:home": "a list of one's own work: number, name and step of cases that are the officer's to do",
    "officer:counter": "words that lead to other pages",
    "officer:managing": "words that lead to other pages",
    "officer:assigning": "rules of an office and the loads of its officers, no person",
    "officer:assign-many": "numbers, procedures, steps and colleagues, no person",
    "officer:give": "who works on a dossier: number, procedure and step only",
    "officer:press-many": "numbers of dossiers chosen from one's own list",
    "officer:pressed-many": "numbers of dossiers and what became of each",
    "officer:save-list": "a button: keeps a filter and goes back to the list",
    "officer:forget-list": "a button: forgets a filter and goes back to the list",
    "officer:purpose": "asks for the purpose: number and procedure only",
    "officer:break-glass": "asks for a number",
    "officer:oversight": "who looked: officers and dossier numbers, no person",
    "officer:opening": "who looked: officers and dossier numbers, no person",
    "officer:data-requests": "kinds and days of requests, no person",
    "officer:reader": "who looked: officers and dossier numbers, no person",
    "officer:begin-bank-account": "an empty form; what comes back is what was typed",
    "officer:refuse-recovery": "a button: ends a recovery and goes back to it",
    "officer:contracts": "contracts of health facilities, no person",
    "officer:locked": "colleagues who cannot sign in",
    "officer:present": "an empty answer",
    "officer:registration-progress": "counts of registrations",
    "figures:dashboard": "counts",
    "figures:dashboard-file": "counts",
    "figures:electronic": "counts",
    "figures:forecast": "counts",
    "figures:electronic-file": "counts",
    "figures:urging-letter": "counts",
    "officer:corrections": "facts of procedures, no person",
    "officer:calendar": "days of the calendar, no person",
    "officer:number-ranges": "ranges of numbers that nobody has yet",
    "officer:correct": "facts of procedures, no person",
    "officer:correction": "facts of procedures, no person",
    "officer:retention": "numbers and days of dossiers to destroy, no person",
    "officer:destruction-list": "numbers and days of dossiers to destroy, no person",
    "officer:counters": "counters of offices",
    "officer:office-counter": "counters of offices",
    "officer:remote-areas": "areas that are hard to reach",
    "officer:complaint-paper-above": "an empty form; what comes back is what was typed",
    "officer:faces": "public pages of offices",
    "officer:office-face": "public pages of offices",
    "officer:letters": "letters of offices, no person",
    "officer:new-letter": "a letter that is written",
    "officer:campaigns": "campaigns of offices, numbers only",
    "officer:open-campaign": "what a campaign says, and how many units it reaches",
    "officer:campaign": "how far units are, in numbers",
    "officer:campaign-file": "the same as a file",
    "officer:campaign-unit": "how far a unit is, in numbers; functions spoken to, never names",
    "officer:problem-reports": "problems of offices, told without naming people",
    "officer:recipient-groups": "bodies that get letters",
    "officer:page-feedback": "what readers said of pages, without who said it",
    "officer:letter": "a letter of an office",
    "officer:edit-letter": "a letter that is written",
    "officer:letter-pdf": "a letter of an office",
    "officer:letter-file": "a file of an official letter",
    "officer:delivery": "a letter of an office and which units read it",
    "officer:announcements": "public announcements",
    "officer:my-duties": "an officer's own posts",
    "officer:staff": "officers of an office",
    "officer:staff-member": "posts of an officer",
    "officer:staff-accounts": "accounts asked for officers of an office",
    "officer:ask-account": "an account asked for an officer",
    "officer:confirm-account": "an account asked for an officer",
    "officer:refuse-account": "an account asked for an officer",
    "officer:move-posts": "posts and units of an office",
    "officer:departments": "departments of an office",
    "officer:assign": "posts of an officer",
    "officer:delegate": "posts of an officer",
    "officer:absence": "posts of an officer",
    "officer:give-unit": "units an officer looks after",
    "officer:hand-over-units": "units an officer looks after",
    "officer:end-post": "posts of an officer",
    "officer:revoke": "posts of an officer",
    "officer:back": "posts of an officer",
    "officer:deputy": "posts of an officer",
    "officer:end-deputy": "posts of an officer",
    "officer:end-unit": "units an officer looks after",
    "officer:unit-contact": "units an officer looks after, with the contact the unit named for its office",
    "officer:department": "departments of an office",
    "officer:delegate-department": "departments of an office",
    "officer:revoke-department": "departments of an office",
}
"""Pages of the desk that are no reading, each with the reason."""
UNRECORDED_BY_CHOICE = {"officer:home"}
FILES_OF_OFFICES = {"officer:letter-pdf", "officer:letter-file", "officer:campaign-file"}
"""Files that are of no dossier: official letters, figures of campaigns."""


def test_every_page_of_the_desk_is_marked_as_a_reading_or_says_why_not() -> None:
    pages = {name: view.callback for name, view in every_route() if getattr(view.callback, "audience", "") == "officer"}
    unmarked = {name for name, view in pages.items() if getattr(view, "reads", None) is None}
    assert unmarked == set(SHOWS_NOBODY)


def test_what_names_the_person_or_gives_a_file_was_recorded(house: House) -> None:
    """Every address × officers of every step: an answer with the name, or with a file, left a reading."""
    world = house.world
    _officers(house, world)
    cases = [house.dossier, a_dossier_in_appraisal(world), a_dossier_to_sign(world)]
    shown, wrong = 0, []
    for name, pattern in every_route():
        if not name.startswith("officer:") or name in UNRECORDED_BY_CHOICE:
            continue
        for case in cases:
            house.dossier = case
            address = house.address(name, pattern.pattern.converters)
            for actor in ("officer", "specialist", "leader"):
                before, known = transaction.savepoint(), Reading.objects.count()
                answer = house.client(actor).get(address, {"q": "mai lan"})
                content = answer.getvalue()
                is_file = "html" not in answer.headers["Content-Type"] and name not in FILES_OF_OFFICES
                says = answer.status_code == 200 and (b"Mai Lan" in content or b"Minh Kh" in content or is_file)
                shown += says
                if says and Reading.objects.count() == known:
                    wrong.append(f"{name} as {actor} in {case.state}")
                transaction.savepoint_rollback(before)
    assert not wrong, "\n".join(wrong)
    assert shown > 20


def _officers(house: House, world: World) -> None:
    for name in ("specialist", "leader"):
        house.sessions[name] = house.session(world[name].account_id)
    assert Account.objects.filter(login="can-bo-leader").exists()


@pytest.mark.parametrize("name", sorted(SHOWS_NOBODY))
def test_no_exception_outlives_its_page(name: str) -> None:
    assert name in dict(every_route())
