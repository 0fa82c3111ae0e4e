"""Acting for others by the interface: listed, taken up by a header, ended; and read again at each request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from ansinh.dossiers.models import Dossier
from ansinh.people.acting.end import end_guardianship
from ansinh.people.models_acting import Mandate
from ansinh.platform.identifiers import uuid7
from tests.api.conftest import MONDAY, Program
from tests.api.filing import file, ready
from tests.api.test_openapi import check
from tests.people.families import a_child, a_guardian, a_mandate, a_person
from tests.world import World

SignIn = Callable[[], Program]


@pytest.mark.requirement("R-056")
def test_a_guardian_lists_the_child_and_acts_for_it_by_a_header(world: World, signed_in: SignIn) -> None:
    child = a_child()
    held = a_guardian(world, child, world.citizen, at=MONDAY)
    program = signed_in()
    behalves = program.send("GET", "acting")
    check(behalves, "get", "acting")
    (one,) = behalves.body
    assert (one["basis_id"], one["kind"], one["name"]) == (str(held.pk), "ward", "Lê Trần An Nhiên")
    children = program.send("GET", "acting/children")
    check(children, "get", "acting/children")
    assert children.body[0]["until"] == "2037-05-03", "the day before the child is of age"
    begun = program.send("POST", "drafts", {"procedure": "tro-cap-mau"}, Acting_For=one["basis_id"])
    assert begun.status == 201
    own = program.send("GET", f"drafts/{begun.body['draft_id']}")
    assert own.status == 404, "it is the child's, not the guardian's"
    assert program.send("GET", f"drafts/{begun.body['draft_id']}", Acting_For=one["basis_id"]).status == 200
    end_guardianship(held.pk, actor=world["counter"], basis="QĐ 12", reason="Tòa án", at=MONDAY)
    gone = program.send("GET", f"drafts/{begun.body['draft_id']}", Acting_For=one["basis_id"])
    assert (gone.status, gone.code) == (404, "behalf-not-found"), "the next request knows"
    assert program.send("GET", "acting").body == []


@pytest.mark.parametrize("named", [str(uuid7()), "không phải số", "0"])
def test_a_header_that_names_no_right_opens_nothing(program: Program, named: str) -> None:
    answer = program.send("GET", "dossiers", Acting_For=named.encode("ascii", "ignore").decode() or "x")
    assert (answer.status, answer.code) == (404, "behalf-not-found")


def test_a_mandate_is_listed_by_both_sides_and_ended_by_one(world: World, signed_in: SignIn) -> None:
    agent = a_person("090080000029", "Hà Thị Cúc")
    given = a_mandate(world.citizen, agent, at=MONDAY, valid_to=date(2027, 3, 31))
    program = signed_in()
    listed = program.send("GET", "acting/mandates")
    check(listed, "get", "acting/mandates")
    (one,) = listed.body
    assert (one["given"], one["agent"], one["rights"]) == (True, "Hà Thị Cúc", ["file", "read", "sign"])
    ended = program.send("DELETE", f"acting/mandates/{given.pk}")
    check(ended, "delete", "acting/mandates/{mandate_id}")
    assert Mandate.objects.get().state == "revoked"
    again = program.send("DELETE", f"acting/mandates/{given.pk}")
    assert (again.status, again.code) == (409, "mandate-ended")


def test_a_strangers_mandate_is_neither_seen_nor_ended(world: World, signed_in: SignIn) -> None:
    one, two = a_person("090080000029", "Hà Thị Cúc"), a_person("090080000037", "Hà Văn Dũng")
    theirs = a_mandate(one, two, at=MONDAY)
    program = signed_in()
    assert program.send("GET", "acting/mandates").body == []
    assert program.send("DELETE", f"acting/mandates/{theirs.pk}").code == "mandate-not-found"
    assert program.send("GET", "dossiers", Acting_For=str(theirs.pk)).code == "behalf-not-found"
    assert Mandate.objects.get().state == "in_force"


@pytest.mark.requirement("R-059")
def test_an_agent_files_for_the_principal(world: World, signed_in: SignIn) -> None:
    principal = a_person("090080000029", "Hà Thị Cúc")
    held = a_mandate(principal, replace(world.citizen, name="Trần Thị Mai Lan"), at=MONDAY)
    program = signed_in()

    class Agent(Program):
        def send(self, method: str, path: str, body: object = None, **headers: str):  # type: ignore[no-untyped-def]
            return super().send(method, path, body, Acting_For=str(held.pk), **headers)

    filed = file(Agent(program.token), ready(Agent(program.token)))
    assert filed.status == 201, filed.body
    dossier = Dossier.objects.get()
    assert (dossier.owner_id, dossier.account_id) == (principal.person_id, world.citizen.account_id)
    assert program.send("GET", "dossiers").body == [], "not among one's own"
