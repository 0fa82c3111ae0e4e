"""The cases of rights that end, each in a transaction of its own that is undone."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import date
from random import Random
from typing import Any
from uuid import UUID

from django.db import transaction
from django.test.utils import setup_test_environment

from ansinh.people import queries
from ansinh.people.acting import behalves
from ansinh.people.actors import Behalf, OfficerActor
from ansinh.people.models import Account
from benchmarks.rig.figures import percentile
from tests.people.life_cycles.case import Case, Outcome, all_cases, run
from tests.people.life_cycles.scene import a_scene
from tests.people.life_cycles.staged import LifeCycle

AIM = 1.0
"""Seconds from the end of a right to the first refusal."""


def measure(*, seed: int, only: str, sabotage: bool, aim: int) -> bool:
    """Whether all cases kept their promise; with `only` their number does not count."""
    setup_test_environment(debug=False)
    logging.disable(logging.ERROR)
    cases = [case for case in all_cases() if only in case.title]
    Random(seed).shuffle(cases)
    outcomes = {}
    with forgetful_of_nothing() if sabotage else nullcontext():
        for case in cases:
            outcomes[case.title] = _run(case)
    return _told(outcomes) and (bool(only) or len(outcomes) >= aim)


def _run(case: Case[Any] | LifeCycle) -> Outcome:
    with transaction.atomic():
        with a_scene() as scene:
            try:
                outcome = run(case, scene)
            except AssertionError:  # a case that finds its right missing before the end says so itself
                outcome = Outcome(held=False, ended=False, seconds=0.0)
        transaction.set_rollback(True)
    return outcome


def _told(outcomes: dict[str, Outcome]) -> bool:
    broken = {title: one for title, one in outcomes.items() if not one.kept}
    areas = Counter(title.split(":")[0] for title in outcomes)
    seconds = [one.seconds for one in outcomes.values()]
    print(f"cases {len(outcomes)} of {len(areas)} kinds of end: right gone {len(outcomes) - len(broken)}")
    slowest = max(seconds, default=0.0)
    middle = percentile(seconds, 0.5)
    print(f"seconds from the end to the refusal: p50 {middle:.3f}, most {slowest:.3f} (aim ≤ {AIM:g})")
    for title, one in sorted(broken.items()):
        print(f"  {'still there' if one.held else 'never there'}: {title}")
    return bool(outcomes) and not broken and slowest <= AIM


@contextmanager
def forgetful_of_nothing() -> Iterator[None]:
    """The deliberate defect: the first answer about an account's rights is kept for ever."""
    real_sources, real_officer = behalves.SOURCES, queries.officer
    kept: dict[UUID, list[Behalf]] = {}
    posts: dict[UUID, OfficerActor | None] = {}

    def remembered(account_id: UUID, on: date) -> list[Behalf]:
        known = kept.setdefault(account_id, [])
        fresh = [one for source in real_sources for one in source(account_id, on)]
        known += [one for one in fresh if one.basis_id not in {old.basis_id for old in known}]
        return known

    def officer(account: Account, *, on: date) -> OfficerActor | None:
        return posts.setdefault(account.pk, real_officer(account, on=on))

    behalves.SOURCES = (remembered,)
    queries.officer = officer
    try:
        yield
    finally:
        behalves.SOURCES, queries.officer = real_sources, real_officer
