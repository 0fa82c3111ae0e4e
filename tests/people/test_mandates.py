"""A mandate is confirmed by its principal, accepted by its agent, narrow, dated and revocable."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from ansinh.dossiers import drafts
from ansinh.dossiers.access import Holder, dossiers_of
from ansinh.dossiers.prefill import known_facts
from ansinh.jobs.dossiers import after_submission
from ansinh.notifications.models import Notice
from ansinh.people.acting.answer_mandate import answer
from ansinh.people.acting.behalves import behalves_of
from ansinh.people.acting.give_mandate import Scope, confirm, prepare, request_code
from ansinh.people.acting.revoke_mandate import revoke
from ansinh.people.actors import Citizen, Right
from ansinh.people.models_acting import Mandate, MandateState
from ansinh.people.one_time_codes import CodeRefused
from ansinh.platform.errors import Conflict, Invalid, NotAllowed, NotFound
from ansinh.signing.authority import ensure_authority
from tests.people.families import NETWORK, a_mandate, a_person, acting, filed_for
from tests.web.citizen.codes import last_code
from tests.world import ID_NUMBER, World, a_moment, a_submitted_dossier, a_world
from tests.world_procedures import ALLOWANCE

MONDAY = a_moment(date(2026, 11, 9))
TODAY = MONDAY.date()


@pytest.fixture
def world(db: None) -> World:
    """Offices, officers, a person."""
    return a_world()


@pytest.fixture
def nephew(world: World) -> Citizen:
    """Whom the citizen trusts."""
    return a_person("090085000033", "Lê Quốc Việt")


def a_scope(*rights: Right, **more: object) -> Scope:
    """These rights for everything until the end of next March."""
    values = {"procedures": (), "valid_from": TODAY, "valid_to": date(2027, 3, 31), **more}
    return Scope(frozenset(rights), **values)  # type: ignore[arg-type]


def prepared(actor: Citizen, scope: Scope, *, number: str = "090085000033", name: str = "Lê Quốc Việt") -> Mandate:
    """As the form gives it."""
    return prepare(
        actor=actor, agent_number=number, agent_name=name, scope=scope, known={ALLOWANCE}, network=NETWORK, at=MONDAY
    )


@pytest.mark.parametrize(
    ("scope", "code"),
    [
        (a_scope(), "rights-missing"),
        (a_scope(Right.SIGN), "rights-sign-alone"),
        (a_scope(Right.FILE, procedures=("x",)), "procedures-unknown"),
        (a_scope(Right.FILE, valid_to=date(2026, 11, 8)), "days-order"),
        (a_scope(Right.COLLECT), "paper-missing"),
        (a_scope(Right.COLLECT, valid_to=date(2027, 11, 10), paper_basis="13-HSB số 2"), "days-collect"),
    ],
)
def test_what_cannot_be_given(world: World, nephew: Citizen, scope: Scope, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        prepared(world.citizen, scope)
    assert refused.value.code == code


def test_to_collect_money_for_twelve_months_with_the_paper(world: World, nephew: Citizen) -> None:
    made = prepared(world.citizen, a_scope(Right.COLLECT, valid_to=date(2027, 11, 9), paper_basis="13-HSB số 2"))
    assert made.rights == ["collect", "read"]


def test_number_and_name_must_agree_and_an_agent_is_grown(world: World, nephew: Citizen) -> None:
    a_person("090012000042", "Lê Thị Bé", born="2012-01-01", sex="female")
    refusals = set()
    for number, name in (("090085000033", "Ai Khác"), ("090099999999", "Lê Quốc Việt"), ("090012000042", "Lê Thị Bé")):
        with pytest.raises(Invalid) as refused:
            prepared(world.citizen, a_scope(Right.READ), number=number, name=name)
        refusals.add((refused.value.code, str(refused.value)))
    assert len(refusals) == 1
    with pytest.raises(Invalid, match="cho chính mình"):
        prepared(world.citizen, a_scope(Right.READ), number=ID_NUMBER, name="Trần Thị Mai Lan")


def test_it_gives_nothing_before_it_is_confirmed_and_accepted(world: World, nephew: Citizen) -> None:
    made = prepared(world.citizen, a_scope(Right.READ))
    with pytest.raises(NotFound):
        answer(made.pk, actor=nephew, accepts=True, at=MONDAY)
    code = request_code(made.pk, actor=world.citizen, session_key="k" * 48, network="", at=MONDAY)
    with pytest.raises(CodeRefused):
        confirm(made.pk, actor=world.citizen, code_id=code.pk, typed="000000", session_key="k" * 48, at=MONDAY)
    confirm(made.pk, actor=world.citizen, code_id=code.pk, typed=last_code(), session_key="k" * 48, at=MONDAY)
    assert behalves_of(nephew.account_id, on=TODAY) == []
    with pytest.raises(NotAllowed):
        answer(made.pk, actor=world.citizen, accepts=True, at=MONDAY)
    answer(made.pk, actor=nephew, accepts=True, at=MONDAY)
    assert [one.owner_id for one in behalves_of(nephew.account_id, on=TODAY)] == [world.citizen.person_id]


def test_the_code_confirms_these_words_and_no_others(world: World, nephew: Citizen) -> None:
    made = prepared(world.citizen, a_scope(Right.READ))
    code = request_code(made.pk, actor=world.citizen, session_key="k" * 48, network="", at=MONDAY)
    Mandate.objects.filter(pk=made.pk).update(rights=["file", "read", "sign"])
    with pytest.raises(CodeRefused):
        confirm(made.pk, actor=world.citizen, code_id=code.pk, typed=last_code(), session_key="k" * 48, at=MONDAY)
    assert Mandate.objects.get().state == MandateState.PREPARED


def test_declined_and_revoked_ones_are_over(world: World, nephew: Citizen) -> None:
    declined = a_mandate(world.citizen, nephew, at=MONDAY, accepted=False)
    answer(declined.pk, actor=nephew, accepts=False, at=MONDAY)
    later = MONDAY + timedelta(minutes=3)
    held = a_mandate(world.citizen, nephew, at=later)
    revoke(held.pk, actor=world.citizen, at=later)
    assert behalves_of(nephew.account_id, on=TODAY) == []
    for one in (declined, held):
        with pytest.raises(Conflict):
            revoke(one.pk, actor=world.citizen, at=later)
    stranger = a_person("090085000042", "Người Lạ")
    with pytest.raises(NotFound):
        revoke(held.pk, actor=stranger, at=later)


def test_one_procedure_is_no_other(world: World, nephew: Citizen) -> None:
    a_submitted_dossier(world, "tro-cap-tinh")
    held = a_mandate(world.citizen, nephew, at=MONDAY, procedures=(ALLOWANCE,))
    actor = acting(nephew, held.pk, on=TODAY)
    theirs = filed_for(world, actor)
    assert [one.pk for one in dossiers_of(actor)] == [theirs.pk]
    with pytest.raises(NotAllowed, match="không gồm thủ tục này"):
        drafts.begin("tro-cap-tinh", holder=Holder.of(actor), at=MONDAY)


def test_what_one_only_may_read_one_cannot_begin(world: World, nephew: Citizen) -> None:
    held = a_mandate(world.citizen, nephew, at=MONDAY, rights=frozenset({Right.READ}))
    with pytest.raises(NotAllowed):
        Holder.of(acting(nephew, held.pk, on=TODAY))


def test_the_owner_is_the_person_concerned_and_the_agent_submits(world: World, nephew: Citizen) -> None:
    facts = known_facts(nephew.account_id, owner_id=world.citizen.person_id, role="authorised", on=TODAY)["account"]
    assert (facts["full_name"], facts["id_number"]) == ("Trần Thị Mai Lan", ID_NUMBER)
    assert (facts["submitter_role"], facts["submitter"]["full_name"]) == ("authorised", "Lê Quốc Việt")
    assert facts["representative"]["id_number"] == "090085000033" and facts["phone"] == "84905000279"


def test_the_principal_is_told_of_each_filing_and_the_history_names_both(
    world: World, nephew: Citizen, settings: Settings, tmp_path: Path
) -> None:
    settings.SIGNING_DIR = tmp_path / "signing"
    ensure_authority(at=MONDAY)
    held = a_mandate(world.citizen, nephew, at=MONDAY)
    dossier = filed_for(world, acting(nephew, held.pk, on=TODAY))
    after_submission(dossier_id=str(dossier.pk), at=MONDAY + timedelta(minutes=1))
    told = Notice.objects.filter(dossier_id=dossier.pk)
    assert told.get(account_id=world.citizen.account_id).code == "filed_for_owner"
    his = told.get(account_id=nephew.account_id)
    assert (his.code, his.owner_id) == ("dossier_submitted", world.citizen.person_id)
    event = dossier.events.get(kind="submitted")
    assert (event.actor_name, event.facts["on_behalf_of"]) == ("Lê Quốc Việt", "Trần Thị Mai Lan")
