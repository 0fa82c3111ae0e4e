"""Dossiers brought to a stage by the real actions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ansinh.casework.accept import accept, confirm_check
from ansinh.casework.ask_for_more import Ask, ask_for_more
from ansinh.casework.propose import control, propose_grant
from ansinh.dossiers.models import Dossier, SupplementRequest
from ansinh.dossiers.supplement import answer_paper, send
from tests.world import World, a_moment, a_paper, a_submitted_dossier

MONDAY = a_moment(date(2026, 11, 9))
BLURRED = Ask("paper", "birth_certificate@children[0]", "paper-unreadable", "Ảnh mờ, không đọc được số đăng ký.", "")


def an_accepted_dossier(world: World, *, at: datetime = MONDAY, **filed: Any) -> Dossier:
    """With the collector, who matches the contributions."""
    return accept(a_submitted_dossier(world, **filed).pk, actor=world["counter"], at=at)


def a_dossier_in_appraisal(world: World, *, at: datetime = MONDAY, **filed: Any) -> Dossier:
    """With the specialist."""
    dossier = an_accepted_dossier(world, at=at, **filed)
    return confirm_check(dossier.pk, actor=world["collector"], note="", at=at)


def a_dossier_to_control(world: World, *, at: datetime = MONDAY) -> Dossier:
    """With the head, the amount as computed."""
    dossier = a_dossier_in_appraisal(world, at=at)
    propose_grant(dossier.pk, actor=world["specialist"], amount=None, override_reason="", note="", at=at)
    return Dossier.objects.get(pk=dossier.pk)


def a_dossier_to_sign(world: World, *, at: datetime = MONDAY) -> Dossier:
    """With the leader."""
    dossier = a_dossier_to_control(world, at=at)
    control(dossier.pk, actor=world["head"], note="", at=at)
    return Dossier.objects.get(pk=dossier.pk)


def asked(world: World, dossier: Dossier, *, at: datetime) -> SupplementRequest:
    """The specialist asks for a better photograph."""
    return ask_for_more(dossier.pk, actor=world["specialist"], asks=[BLURRED], at=at)


def answered(world: World, dossier: Dossier, *, at: datetime) -> Dossier:
    """The person sends a better photograph."""
    paper = a_paper(world.citizen, kind="birth_certificate", at=at, seed=dossier.papers.count())
    answer_paper(
        dossier.pk, actor=world.citizen, requirement="birth_certificate", row="children[0]", paper_id=paper.pk, at=at
    )
    send(dossier.pk, actor=world.citizen, at=at)
    return Dossier.objects.get(pk=dossier.pk)
