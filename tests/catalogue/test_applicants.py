"""Whoever a procedure names among its applicants finds a form that serves them, and an example shows it."""

from __future__ import annotations

from typing import Final

import pytest

from ansinh.catalogue.folder import ProcedureFolder
from ansinh.catalogue.queries import folders
from ansinh.dossiers.applicants import is_for_organisations, opens_an_organisation
from ansinh.people.models_organisations import OrganisationKind

ONLINE = [one for one in folders() if one.procedure.online and one.form is not None]
PERSONS = {"individual", "guardian", "relative", "authorised_person"}
ELSEWHERE: Final = {
    ("dieu-chinh-huy-cham-dut-huong", "office"): "an officer files it at the counter for the beneficiary",
    ("dang-ky-dong-cap-the-bhyt", "commune"): "a commune acts as a unit: its account is of the kind employer",
}
"""Named by a published list, with no account of that kind: how they are served."""
FACTS: Final = ("account.full_name", "account.si_number")


def named() -> list[tuple[ProcedureFolder, str]]:
    return [(folder, kind) for folder in ONLINE for kind in folder.procedure.applicants]


def of_organisations() -> list[tuple[ProcedureFolder, str]]:
    return [
        (folder, kind)
        for folder, kind in named()
        if kind in OrganisationKind.values and not opens_an_organisation(folder.procedure)
    ]


def test_every_kind_is_somebody_who_can_sign_in_or_is_served_elsewhere() -> None:
    known = PERSONS | set(OrganisationKind.values)
    strangers = {(folder.slug, kind) for folder, kind in named() if kind not in known}
    assert strangers <= set(ELSEWHERE)


@pytest.mark.parametrize(
    ("folder", "kind"), [pytest.param(*one, id=f"{one[0].slug}-{one[1]}") for one in of_organisations()]
)
def test_an_organisation_finds_a_form_it_can_fill(folder: ProcedureFolder, kind: str) -> None:
    """For it alone, or with its own way through the form; nothing asked then is a fact only a person's account has."""
    assert folder.form is not None
    assert any(
        (field.prefill or "").partition(".")[0] in ("employer_record", "facility_record")
        for field in folder.form.fields()
    ), "the form does not say which organisation files"
    if is_for_organisations(folder.procedure):
        return
    keys = {field.key for field in folder.form.fields()}
    assert "filed_by" in keys, "the form does not know who files"
    for section in folder.form.sections:
        for field in section.fields:
            if field.prefill in FACTS and field.read_only:
                assert field.typed_when is not None or section.when is not None, f"{field.key} can only be a person's"


@pytest.mark.parametrize(
    ("folder", "kind"), [pytest.param(*one, id=f"{one[0].slug}-{one[1]}") for one in of_organisations()]
)
def test_an_example_is_filed_by_each_kind_beside_persons(folder: ProcedureFolder, kind: str) -> None:
    if is_for_organisations(folder.procedure):
        return
    assert any(example.applicant == kind for example in folder.examples), f"no example is filed by {kind}"


@pytest.mark.parametrize("folder", ONLINE, ids=lambda folder: str(folder.slug))
def test_who_acts_for_another_finds_a_place_in_the_form(folder: ProcedureFolder) -> None:
    """A guardian or an authorised person says so, unless only they can file it."""
    assert folder.form is not None
    kinds = set(folder.procedure.applicants)
    keys = {field.key for field in folder.form.fields()}
    if kinds & {"guardian", "authorised_person"} and "individual" in kinds:
        assert "submitter_role" in keys
