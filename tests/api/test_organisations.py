"""Organisations by the interface: what each role sees and may end, and nothing of others."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ansinh.people.models import StaffMember, TransmissionMandate
from ansinh.people.models_organisations import StaffInvitation
from tests.api.conftest import Program
from tests.api.test_openapi import check
from tests.world import World
from tests.world_organisations import a_mandate, a_person, a_provider, an_agent, an_organisation, hired

SignIn = Callable[[], Program]


def company_of(world: World, *roles: str) -> tuple[str, StaffMember, TransmissionMandate]:
    """A company for which the citizen works in these roles, with a colleague and a provider."""
    company = an_organisation()
    hired(company, world.citizen, *roles)
    colleague = hired(company, a_person("Ngô Văn Nam", "090085000041"), "read")
    return str(company.pk), colleague, a_mandate(company, a_provider())


@pytest.mark.requirement("R-080")
def test_an_administrator_sees_everything_and_ends_a_membership_at_once(world: World, signed_in: SignIn) -> None:
    company, colleague, _ = company_of(world, "read", "administer")
    program = signed_in()
    listed = program.send("GET", "organisations")
    check(listed, "get", "organisations")
    assert [one["roles"] for one in listed.body] == [["administer", "read"]]
    found = program.send("GET", f"organisations/{company}")
    check(found, "get", "organisations/{organisation_id}")
    assert {one["name"] for one in found.body["staff"]} == {"Trần Thị Mai Lan", "Ngô Văn Nam"}
    assert found.body["mandates_given"][0]["other"] == "Truyền Nhận Số Lam Giang"
    invited = program.send(
        "POST", f"organisations/{company}/invitations", {"personal_id_number": "090085000058", "roles": ["read"]}
    )
    check(invited, "post", "organisations/{organisation_id}/invitations")
    assert "090085000058" not in str(invited.body)
    assert StaffInvitation.objects.get().personal_id_number == "090085000058"
    ended = program.send("DELETE", f"organisations/{company}/staff/{colleague.pk}")
    check(ended, "delete", "organisations/{organisation_id}/staff/{member_id}")
    assert StaffMember.objects.get(pk=colleague.pk).state == "ended"


def test_who_only_reads_sees_no_colleague_and_ends_nothing(world: World, signed_in: SignIn) -> None:
    company, colleague, mandate = company_of(world, "read")
    program = signed_in()
    found = program.send("GET", f"organisations/{company}")
    assert [one["name"] for one in found.body["staff"]] == ["Trần Thị Mai Lan"]
    body = {"personal_id_number": "090085000058", "roles": ["read"]}
    assert program.send("POST", f"organisations/{company}/invitations", body).status == 403
    assert program.send("DELETE", f"organisations/{company}/staff/{colleague.pk}").status == 403
    assert program.send("DELETE", f"organisations/{company}/mandates/{mandate.pk}").status == 403
    assert StaffMember.objects.get(pk=colleague.pk).state == "active"


def test_who_signs_takes_the_mandate_back(world: World, signed_in: SignIn) -> None:
    company, _, mandate = company_of(world, "sign")
    ended = signed_in().send("DELETE", f"organisations/{company}/mandates/{mandate.pk}")
    check(ended, "delete", "organisations/{organisation_id}/mandates/{mandate_id}")
    assert TransmissionMandate.objects.get().state == "ended"


def test_strangers_do_not_learn_that_an_organisation_exists(world: World, signed_in: SignIn) -> None:
    theirs, agent = an_organisation(), an_agent()
    member = hired(theirs, a_person("Ngô Văn Nam", "090085000041"), "administer")
    mandate = a_mandate(theirs, a_provider())
    program = signed_in()
    assert program.send("GET", "organisations").body == []
    for method, path in (
        ("GET", f"organisations/{theirs.pk}"),
        ("GET", f"organisations/{agent.pk}"),
        ("DELETE", f"organisations/{theirs.pk}/staff/{member.pk}"),
        ("DELETE", f"organisations/{theirs.pk}/mandates/{mandate.pk}"),
    ):
        answer = program.send(method, path)
        assert (answer.status, answer.code) == (404, "organisation-not-found"), path
    assert StaffMember.objects.get(pk=member.pk).state == "active"


def test_a_row_of_another_organisation_is_not_reached_through_ones_own(world: World, signed_in: SignIn) -> None:
    company, _, _ = company_of(world, "administer", "sign")
    other = an_organisation("9999000044", "Công ty Dệt Cửa Lò")
    member = hired(other, a_person("Lê Thị Bích", "090085000066"), "read")
    mandate = a_mandate(other, a_provider("9999000085", "Truyền Nhận Bến Sông"))
    program = signed_in()
    assert program.send("DELETE", f"organisations/{company}/staff/{member.pk}").status == 404
    assert program.send("DELETE", f"organisations/{company}/mandates/{mandate.pk}").status == 404
    assert StaffMember.objects.get(pk=member.pk).state == "active"


def test_an_agent_lists_its_contract_and_points(world: World, signed_in: SignIn) -> None:
    agent = an_agent()
    hired(agent, world.citizen, "read")
    found = signed_in().send("GET", f"organisations/{agent.pk}")
    check(found, "get", "organisations/{organisation_id}")
    assert [one["number"] for one in found.body["contracts"]] == ["03/HĐ-DVT"]
    assert [one["code"] for one in found.body["points"]] == ["DT-90-001", "DT-90-002"]
