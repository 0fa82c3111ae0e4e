"""Signing asks others for seconds: no row is locked meanwhile, and what changed meanwhile is never signed for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as present
from django.db import connections, transaction
from pytest_django import Settings

from ansinh.casework.models import DecisionState
from ansinh.casework.propose import control, propose_grant, send_back
from ansinh.casework.sign import finish_signature, sign
from ansinh.counterparty.timestamps import Temper, TimestampAuthority, serve_timestamps
from ansinh.counterparty.web import Answered, Asked
from ansinh.dossiers.models import Dossier, IssuedDocument, State
from ansinh.dossiers.withdraw import withdraw
from ansinh.platform.errors import Conflict
from ansinh.platform.row_security.viewer import as_the_house
from tests.casework.moves import MONDAY, a_dossier_to_sign
from tests.casework.test_races import at_once
from tests.world import World, a_world

pytestmark = pytest.mark.django_db(transaction=True)


class Meanwhile(TimestampAuthority):
    """An authority during whose first question something happens; `answers` are what that gave."""

    act: Callable[[], Any] | None = None

    def answer(self, asked: Asked) -> Answered:
        act, self.act = self.act, None
        if act is not None and asked.method == "POST":
            try:
                with as_the_house():  # this thread of the server's would look as nobody
                    self.answers.append(act())
            finally:
                connections.close_all()
        return super().answer(asked)

    @property
    def answers(self) -> list[Any]:
        found: list[Any] = self.__dict__.setdefault("_answers", [])
        return found


@pytest.fixture
def authority(settings: Settings, timestamps: Temper) -> Iterator[Meanwhile]:
    """The time-stamp authority of this test."""
    made = Meanwhile(lambda: Path(present.SIGNING_DIR), Temper(), lambda: MONDAY)
    server = serve_timestamps(made, "127.0.0.1", 0)
    settings.TIMESTAMP_URL = f"http://127.0.0.1:{server.server_port}/{uuid4().hex}"
    yield made
    server.shutdown()
    server.server_close()


@pytest.fixture
def busy_world(transactional_db: None) -> World:
    """The world, committed."""
    return a_world()


def locked_by_us(dossier: Dossier) -> bool:
    """Take the row's lock at once, as somebody else; an error when somebody has it."""
    with transaction.atomic():
        return Dossier.objects.select_for_update(nowait=True).filter(pk=dossier.pk).exists()


def nothing_was_signed(dossier: Dossier) -> bool:
    return not IssuedDocument.objects.filter(dossier=dossier, kind="decision").exists()


def test_no_row_is_locked_while_the_authority_is_asked(busy_world: World, authority: Meanwhile) -> None:
    dossier = a_dossier_to_sign(busy_world)
    authority.act = lambda: locked_by_us(dossier)
    assert sign(dossier.pk, actor=busy_world["leader"], at=MONDAY)
    assert authority.answers == [True]


def test_no_row_is_locked_while_a_kept_approval_is_finished(
    busy_world: World, authority: Meanwhile, settings: Settings
) -> None:
    dossier = a_dossier_to_sign(busy_world)
    answering, settings.TIMESTAMP_URL = settings.TIMESTAMP_URL, ""
    assert sign(dossier.pk, actor=busy_world["leader"], at=MONDAY) is None
    settings.TIMESTAMP_URL = answering
    authority.act = lambda: locked_by_us(dossier)
    assert finish_signature(dossier.pk, at=MONDAY)
    assert authority.answers == [True]


def test_a_dossier_withdrawn_while_it_is_signed_stays_withdrawn(busy_world: World, authority: Meanwhile) -> None:
    dossier = a_dossier_to_sign(busy_world)
    authority.act = lambda: withdraw(dossier.pk, actor=busy_world.citizen, reason="", at=MONDAY)
    with pytest.raises(Conflict) as refused:
        sign(dossier.pk, actor=busy_world["leader"], at=MONDAY)
    assert refused.value.code == "dossier-closed"
    assert Dossier.objects.get(pk=dossier.pk).state == State.WITHDRAWN
    assert nothing_was_signed(dossier)


def test_a_decision_made_anew_while_the_old_one_is_signed_waits_for_its_own_signature(
    busy_world: World, authority: Meanwhile
) -> None:
    dossier = a_dossier_to_sign(busy_world)

    def made_anew() -> None:
        send_back(dossier.pk, actor=busy_world["leader"], note="Tính lại.", at=MONDAY)
        propose_grant(
            dossier.pk, actor=busy_world["specialist"], amount=5, override_reason="Tính tay", note="", at=MONDAY
        )
        control(dossier.pk, actor=busy_world["head"], note="", at=MONDAY)

    authority.act = made_anew
    with pytest.raises(Conflict) as refused:
        sign(dossier.pk, actor=busy_world["leader"], at=MONDAY)
    assert refused.value.code == "changed-meanwhile"
    assert nothing_was_signed(dossier)
    anew = dossier.decisions.exclude(state=DecisionState.SENT_BACK).get()
    assert anew.state == DecisionState.CONTROLLED
    assert sign(dossier.pk, actor=busy_world["leader"], at=MONDAY)
    assert dossier.decisions.get(state=DecisionState.SIGNED).amount == 5


def test_two_presses_at_once_sign_once(busy_world: World, authority: Meanwhile) -> None:
    dossier = a_dossier_to_sign(busy_world)
    answers = at_once(*(lambda: sign(dossier.pk, actor=busy_world["leader"], at=MONDAY) for _ in range(2)))
    assert sorted(type(one).__name__ for one in answers) == ["Conflict", "IssuedDocument"]
    assert dossier.documents.filter(kind="decision").count() == 1
    assert dossier.events.filter(kind="granted").count() == 1


def test_two_workers_finish_a_kept_approval_once(
    busy_world: World, authority: Meanwhile, settings: Settings
) -> None:  # fmt: skip
    dossier = a_dossier_to_sign(busy_world)
    answering, settings.TIMESTAMP_URL = settings.TIMESTAMP_URL, ""
    assert sign(dossier.pk, actor=busy_world["leader"], at=MONDAY) is None
    settings.TIMESTAMP_URL = answering
    answers = at_once(*(lambda: finish_signature(dossier.pk, at=MONDAY) for _ in range(2)))
    assert sum(one is not None for one in answers) == 1
    assert dossier.documents.filter(kind="decision").count() == 1
