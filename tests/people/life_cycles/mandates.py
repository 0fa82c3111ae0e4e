"""Mandates between people end: revoked, given up, out of their days, by death, with an account, made narrower."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID

from ansinh.people.acting.deaths import record_death
from ansinh.people.acting.revoke_mandate import revoke
from ansinh.people.actors import Right
from ansinh.people.models import Account, AccountState
from ansinh.platform.zone import VIETNAM, local_day
from tests.people.families import a_mandate, a_person, acting, filed_for
from tests.people.life_cycles.acting_uses import (
    ALL,
    BEGIN,
    CODE,
    LIST,
    PAGE,
    PAPER,
    SWITCH,
    TOLD,
    WITHDRAW,
    Acting,
    prepared,
)
from tests.people.life_cycles.case import Case, Use
from tests.people.life_cycles.scene import Scene

AGENT = "090085000033"


def agent(scene: Scene, *, valid_to: date = date(2027, 3, 31)) -> Acting:
    """The citizen gave a mandate to a nephew, who acts and filed a dossier."""
    nephew = a_person(AGENT, "Lê Quốc Việt")
    given = a_mandate(scene.world.citizen, nephew, at=scene.now, valid_to=valid_to)
    scene.pass_time(minutes=2)
    dossier = filed_for(scene.world, acting(nephew, given.pk, on=local_day(scene.now)))
    return prepared(scene, nephew, AGENT, basis_id=given.pk, dossier=dossier)


def last_day(scene: Scene) -> Acting:
    """A mandate whose last day is today."""
    return agent(scene, valid_to=local_day(scene.now))


def revoked(scene: Scene, made: Acting) -> None:
    """The principal takes it back, on the page."""
    principal = scene.world.citizen
    revoke(made.basis_id, actor=principal, at=scene.now)


def given_up(scene: Scene, made: Acting) -> None:
    """The agent gives it up."""
    revoke(made.basis_id, actor=made.actor, at=scene.now)


def midnight_passes(scene: Scene, made: Acting) -> None:
    """The day after the last one has begun."""
    day = local_day(scene.now) + timedelta(days=1)
    scene.set(datetime(day.year, day.month, day.day, tzinfo=VIETNAM))


def principal_died(scene: Scene, made: Acting) -> None:
    """The principal died: no one may collect or file in that name."""
    _died(scene, made.owner_id)


def agent_died(scene: Scene, made: Acting) -> None:
    """The agent died."""
    _died(scene, made.actor.person_id)


def _died(scene: Scene, person_id: UUID) -> None:
    officer, on = scene.world["counter"], local_day(scene.now)
    record_death(person_id, actor=officer, died_on=on, basis="Giấy chứng tử 8/2026", at=scene.now)


def principal_closed(scene: Scene, made: Acting) -> None:
    """The principal's account is closed."""
    Account.objects.filter(person=made.owner_id).update(state=AccountState.CLOSED)


def agent_closed(scene: Scene, made: Acting) -> None:
    """The agent's account is closed."""
    Account.objects.filter(pk=made.actor.account_id).update(state=AccountState.CLOSED)


def made_narrower(scene: Scene, made: Acting) -> None:
    """The principal takes the wide one back and gives one that only reads; the agent takes that up."""
    revoke(made.basis_id, actor=scene.world.citizen, at=scene.now)
    scene.pass_time(minutes=2)
    narrow = a_mandate(scene.world.citizen, made.actor, at=scene.now, rights=frozenset({Right.READ}))
    assert made.browser.post(f"/tai-khoan/lam-thay/{narrow.pk}/chuyen").status_code == 302


def other_procedure(scene: Scene, made: Acting) -> None:
    """The same, for one procedure that is not the dossier's."""
    revoke(made.basis_id, actor=scene.world.citizen, at=scene.now)
    scene.pass_time(minutes=2)
    narrow = a_mandate(scene.world.citizen, made.actor, at=scene.now, procedures=("tro-cap-tinh",))
    assert made.browser.post(f"/tai-khoan/lam-thay/{narrow.pk}/chuyen").status_code == 302


def _cases(
    name: str, build: Callable[[Scene], Acting], end: Callable[[Scene, Acting], None], uses: tuple[Use[Acting], ...]
) -> tuple[Case[Acting], ...]:
    return tuple(Case(name, build, end, use) for use in uses)


CASES = (
    *_cases("mandate revoked", agent, revoked, ALL),
    *_cases("mandate given up", agent, given_up, (PAGE, PAPER, BEGIN, SWITCH)),
    *_cases("mandate's last day over", last_day, midnight_passes, (PAGE, LIST, BEGIN, SWITCH, TOLD)),
    *_cases("principal died", agent, principal_died, (PAGE, PAPER, BEGIN, CODE, SWITCH, TOLD)),
    *_cases("agent died", agent, agent_died, (PAGE, TOLD)),
    *_cases("principal's account closed", agent, principal_closed, (PAGE, BEGIN, SWITCH, TOLD)),
    *_cases("agent's account closed", agent, agent_closed, (PAGE, TOLD)),
    *_cases("mandate made narrower: only to read", agent, made_narrower, (BEGIN, WITHDRAW)),
    *_cases("mandate made narrower: another procedure", agent, other_procedure, (PAGE, PAPER, LIST, BEGIN, TOLD)),
)
