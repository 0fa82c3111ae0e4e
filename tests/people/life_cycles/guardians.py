"""Rights over a child end: by decision, by conflict, by death, on the 18th birthday at midnight in Vietnam."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID

from ansinh.people.acting.deaths import record_death
from ansinh.people.acting.end import end_guardianship
from ansinh.people.acting.freeze import freeze
from ansinh.people.models import Account, AccountState
from ansinh.platform.zone import VIETNAM, local_day
from tests.people.families import a_child, a_guardian, a_person, acting, filed_for
from tests.people.life_cycles.acting_uses import (
    ACTING,
    ALL,
    BEGIN,
    LIST,
    PAGE,
    PAPER,
    SWITCH,
    TOLD,
    Acting,
    prepared,
)
from tests.people.life_cycles.case import Case, Use
from tests.people.life_cycles.scene import Scene
from tests.world import ID_NUMBER

BIRTHDAY = datetime(2026, 12, 1, tzinfo=VIETNAM)
PAPER_OF_COURT = "Quyết định 15/2026/QĐST-HNGĐ ngày 02/11/2026"


def mother(scene: Scene, *, born: str = "2019-05-04", valid_to: date | None = None) -> Acting:
    """The citizen is the mother of a child, acts for it, and filed a dossier of the child."""
    citizen = scene.world.citizen
    held = a_guardian(scene.world, a_child(born=born), citizen, at=scene.now, valid_to=valid_to)
    dossier = filed_for(scene.world, acting(citizen, held.pk, on=local_day(scene.now)))
    return prepared(scene, citizen, ID_NUMBER, basis_id=held.pk, dossier=dossier)


def father_too(scene: Scene) -> Acting:
    """The same, with a father who was approved second; the father acts, the mother filed the dossier."""
    citizen, father = scene.world.citizen, a_person("090085000033", "Lê Quốc Việt")
    child = a_child()
    first = a_guardian(scene.world, child, citizen, at=scene.now)
    second = a_guardian(scene.world, child, father, at=scene.now, kind="father")
    dossier = filed_for(scene.world, acting(citizen, first.pk, on=local_day(scene.now)))
    return prepared(scene, father, "090085000033", basis_id=second.pk, dossier=dossier)


def until_tomorrow(scene: Scene) -> Acting:
    """A guardian by a decision that names its last day: today."""
    return mother(scene, valid_to=local_day(scene.now))


def last_second_of_childhood(scene: Scene) -> Acting:
    """One second before the child is 18."""
    scene.set(BIRTHDAY - timedelta(seconds=1))
    return mother(scene, born="2008-12-01")


def a_second_passes(scene: Scene, made: Acting) -> None:
    """It is midnight in Vietnam (17:00 UTC)."""
    scene.set(BIRTHDAY)


def midnight_passes(scene: Scene, made: Acting) -> None:
    """The day after."""
    day = local_day(scene.now) + timedelta(days=1)
    scene.set(datetime(day.year, day.month, day.day, tzinfo=VIETNAM))


def ended(scene: Scene, made: Acting) -> None:
    """A court gave the child to the other parent; any counter writes it down."""
    end_guardianship(
        made.basis_id, actor=scene.world["other_counter"], basis=PAPER_OF_COURT, reason="Tòa giao con", at=scene.now
    )


def frozen(scene: Scene, made: Acting) -> None:
    """A conflict: nobody acts or reads."""
    freeze(made.owner_id, actor=scene.world["counter"], reason="Tranh chấp", may_read=False, at=scene.now)


def frozen_but_read(scene: Scene, made: Acting) -> None:
    """A conflict in which the officer lets both read."""
    freeze(made.owner_id, actor=scene.world["counter"], reason="Tranh chấp", may_read=True, at=scene.now)


def child_died(scene: Scene, made: Acting) -> None:
    """The child died."""
    _died(scene, made.owner_id)


def guardian_died(scene: Scene, made: Acting) -> None:
    """The guardian died; the browser is somebody else's by now."""
    _died(scene, made.actor.person_id)


def _died(scene: Scene, person_id: UUID) -> None:
    officer, on = scene.world["counter"], local_day(scene.now)
    record_death(person_id, actor=officer, died_on=on, basis="Giấy chứng tử 7/2026", at=scene.now)


def account_closed(scene: Scene, made: Acting) -> None:
    """The guardian's account is closed."""
    Account.objects.filter(pk=made.actor.account_id).update(state=AccountState.CLOSED)


def _ward_page(_: Scene, made: Acting) -> bool:
    return "9000000034" in made.browser.get(f"/tai-khoan/lam-thay/tre/{made.basis_id}").content.decode()


WARD = Use[Acting]("the child's facts on the page of acting", _ward_page)

Build = Callable[[Scene], Acting]
End = Callable[[Scene, Acting], None]


def _cases(name: str, build: Build, end: End, uses: tuple[Use[Acting], ...]) -> tuple[Case[Acting], ...]:
    return tuple(Case(name, build, end, use) for use in uses)


CASES = (
    *_cases("guardianship ended by a court", mother, ended, (*ALL, WARD)),
    *_cases("second guardian ended", father_too, ended, (PAGE, PAPER, BEGIN, SWITCH, TOLD)),
    *_cases("18th birthday at midnight", last_second_of_childhood, a_second_passes, (*ALL, WARD)),
    *_cases("last day named by the decision over", until_tomorrow, midnight_passes, (PAGE, LIST, BEGIN, SWITCH)),
    *_cases("custody conflict, nobody reads", mother, frozen, (*ALL, WARD)),
    *_cases("custody conflict, the other parent", father_too, frozen, (PAGE, PAPER, BEGIN, SWITCH, TOLD)),
    *_cases("custody conflict, reading left", mother, frozen_but_read, ACTING),
    *_cases("child died", mother, child_died, (PAGE, PAPER, BEGIN, SWITCH, TOLD)),
    *_cases("guardian died", mother, guardian_died, (PAGE, PAPER, BEGIN, TOLD)),
    *_cases("guardian's account closed", mother, account_closed, (PAGE, BEGIN, TOLD)),
)
