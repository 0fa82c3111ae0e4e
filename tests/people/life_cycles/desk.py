"""Rights of the desk end with the post, the place and the delegation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from ansinh.casework import registration
from ansinh.casework.hand_over import hand_over
from ansinh.dossiers.models import Dossier
from ansinh.people.models import Account, AccountState, Assignment, Delegation
from ansinh.platform.zone import local_day
from tests.browsers import Client
from tests.people.life_cycles.case import Case, Use
from tests.people.life_cycles.scene import Scene
from tests.world import OTHER_OFFICE, a_registration, a_submitted_dossier, delegate

LOGIN = "can-bo-counter"


@dataclass(frozen=True)
class AtDesk:
    """The counter officer's browser, and a dossier of the office."""

    browser: Client
    dossier: Dossier


def at_counter(scene: Scene) -> AtDesk:
    """A dossier waits at the counter's office."""
    return AtDesk(scene.browser(LOGIN), a_submitted_dossier(scene.world))


def delegated(scene: Scene) -> AtDesk:
    """A registration compared at the counter, and an officer who was delegated to approve until today."""
    officer = scene.world["counter"]
    delegate(officer, by=scene.world["leader"], valid_to=local_day(scene.now))
    return AtDesk(scene.browser(LOGIN), a_registration(scene.world))


def moved_away(scene: Scene, made: AtDesk) -> None:
    """From today the officer's only post is at another office."""
    for post in Assignment.objects.filter(officer=scene.world["counter"].officer_id):
        Assignment.objects.filter(pk=post.pk).update(valid_to=date(2026, 11, 8))
        Assignment.objects.create(
            officer_id=post.officer_id, office_code=OTHER_OFFICE, role=post.role, valid_from=date(2026, 11, 9)
        )


def post_ended(scene: Scene, made: AtDesk) -> None:
    """The officer has no post any more."""
    posts = Assignment.objects.filter(officer=scene.world["counter"].officer_id)
    posts.update(valid_to=date(2026, 11, 8))


def account_closed(scene: Scene, made: AtDesk) -> None:
    """The officer left the agency."""
    Account.objects.filter(login=LOGIN).update(state=AccountState.CLOSED)


def handed_over(scene: Scene, made: AtDesk) -> None:
    """The dossier went to another office."""
    hand_over(
        made.dossier.pk, actor=scene.world["counter"], to_office=OTHER_OFFICE, reason="Đúng nơi cư trú", at=scene.now
    )


def the_day_after(scene: Scene, made: AtDesk) -> None:
    """The delegation's last day is over."""
    scene.pass_time(days=1)


def taken_back(scene: Scene, made: AtDesk) -> None:
    """The director takes the delegation back from today."""
    Delegation.objects.filter(officer=scene.world["counter"].officer_id).update(valid_to=date(2026, 11, 8))


def _gets(address: str) -> Use[AtDesk]:
    def tried(_: Scene, made: AtDesk) -> bool:
        paper = made.dossier.papers.get().pk
        return made.browser.opens(address.format(dossier=made.dossier.pk, paper=paper))

    return Use(address, tried)


def _found(_: Scene, made: AtDesk) -> bool:
    answer = made.browser.get("/can-bo/tim", {"q": made.dossier.number})
    return made.dossier.applicant_name in answer.content.decode()


def _may_approve(scene: Scene, made: AtDesk) -> bool:
    officer, on = scene.world["counter"], local_day(scene.now)
    blockers = registration.approval_blockers(made.dossier, actor=officer, on=on)
    return "no-delegation" not in {code for code, _ in blockers}


PAGE = _gets("/can-bo/ho-so/{dossier}")
FILE = _gets("/can-bo/ho-so/{dossier}/giay/{paper}/tep")
BUNDLE = _gets("/can-bo/ho-so/{dossier}/bang-chung.zip")
SEARCH = Use("the search", _found)
APPROVE = Use("approving a registration", _may_approve)


def _cases(
    name: str, build: Callable[[Scene], AtDesk], end: Callable[[Scene, AtDesk], None], *uses: Use[AtDesk]
) -> tuple[Case[AtDesk], ...]:
    return tuple(Case(name, build, end, use) for use in uses)


CASES = (
    *_cases("officer moved to another office", at_counter, moved_away, PAGE, FILE, BUNDLE, SEARCH),
    *_cases("officer without a post", at_counter, post_ended, PAGE, FILE, BUNDLE, SEARCH),
    *_cases("officer's account closed", at_counter, account_closed, PAGE, FILE),
    *_cases("dossier handed over", at_counter, handed_over, PAGE, FILE, BUNDLE, SEARCH),
    *_cases("delegation's last day over", delegated, the_day_after, APPROVE),
    *_cases("delegation taken back", delegated, taken_back, APPROVE),
)
