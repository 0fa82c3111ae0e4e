"""Every service the letters of 2019 to 2023 name is here, under its own words, and can be chosen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from ansinh.catalogue.folder import Procedure, ProcedureFolder
from ansinh.catalogue.published import service_list
from ansinh.catalogue.queries import folders
from ansinh.web.citizen.hints import hint_of

LISTS: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("seed_lists.yaml").read_text(encoding="utf-8"))
BY_SLUG = {folder.slug: folder for folder in folders()}
OF_ORGANISATIONS = {"employer", "health_facility", "ivan_provider", "collection_agent", "organisation"}


@pytest.mark.requirement("R-026")
@pytest.mark.requirement("R-028")
def test_the_thirty_rows_of_2023_stand_as_published() -> None:
    held = {row.row: (row.procedure, row.agency_vi, row.name_vi) for row in service_list().rows}
    assert held == {row["row"]: (row["procedure"], row["agency"], row["name"]) for row in LISTS["list_2023"]}


@pytest.mark.requirement("R-025")
@pytest.mark.parametrize(("first", "second"), [("B5", "C12"), ("D2", "E3")])
def test_a_service_of_two_groups_is_one_procedure_shown_in_both(first: str, second: str) -> None:
    rows = {row.row: row for row in service_list().rows}
    assert rows[first].procedure == rows[second].procedure
    groups = BY_SLUG[rows[first].procedure].procedure.groups
    assert {rows[first].group, rows[second].group} <= set(groups)
    for row in (first, second):
        assert rows[row] in service_list().in_group(rows[row].group)


@pytest.mark.parametrize("letter", ["letter_2020", "letter_2019", "notices_2021"])
def test_every_service_of_the_letters_has_its_procedure(letter: str) -> None:
    for row in LISTS[letter]:
        procedure = BY_SLUG[row["procedure"]].procedure
        assert procedure.summary_vi and procedure.summary_en
        if row.get("for") == "organisation":
            assert OF_ORGANISATIONS & set(procedure.applicants), row["name"]
        if row.get("for") == "individual":
            assert "individual" in procedure.applicants, row["name"]


def test_every_procedure_says_which_list_named_it() -> None:
    rows = {row.row: row.procedure for row in service_list().rows}
    for folder in folders():
        assert folder.procedure.seed_rows, folder.slug
        for said in folder.procedure.seed_rows:
            seed, _, row = said.partition(":")
            if seed == "002" and row in rows:
                assert rows[row] == folder.slug
    named = {(folder.slug, said) for folder in folders() for said in folder.procedure.seed_rows}
    assert {(slug, f"002:{row}") for row, slug in rows.items()} <= named


@pytest.mark.requirement("R-186")
def test_services_named_inside_a_row_are_each_selectable() -> None:
    cases = {row.row: [case.key for case in row.cases] for row in service_list().rows if row.cases}
    assert cases == LISTS["named_inside"]


@pytest.mark.requirement("R-186")
def test_no_two_services_of_a_row_begin_the_same_form() -> None:
    for row in service_list().rows:
        if BY_SLUG[row.procedure].form is None:
            continue
        alike: dict[str, list[str]] = {}
        for case in row.cases:
            alike.setdefault(str(sorted(case.answers.items())), []).append(case.key)
        several = [keys for keys in alike.values() if len(keys) > 1]
        assert several == ([LISTS["begin_alike"][row.row]] if row.row in LISTS["begin_alike"] else []), row.row


def _on_paper(folder: ProcedureFolder) -> list[str]:
    """Papers every dossier has to send in the original, whoever confirmed it and however."""
    return [
        paper.key
        for paper in folder.papers
        if paper.original_by_post and paper.required == "always" and not paper.original_by_post_unless
    ]


def _says_why(procedure: Procedure) -> bool:
    return bool(procedure.level_reason_vi and procedure.level_reason_en)


@pytest.mark.requirement("R-190")
@pytest.mark.parametrize("folder", BY_SLUG.values(), ids=BY_SLUG.keys())
def test_what_still_needs_paper_is_partial_and_says_why(folder: ProcedureFolder) -> None:
    procedure = folder.procedure
    if procedure.level == "full_online":
        assert not _on_paper(folder)
        assert {"portal", "national_portal", "vssid"} & set(procedure.channels)
    if procedure.level == "partial_online":
        assert _says_why(procedure)
    if _on_paper(folder) and procedure.online:
        assert procedure.level == "partial_online"


@pytest.mark.requirement("R-187")
@pytest.mark.parametrize(
    "folder", [one for one in BY_SLUG.values() if one.form is not None], ids=lambda one: str(one.slug)
)
def test_guidance_stands_inside_the_form_at_each_step_and_field(folder: ProcedureFolder) -> None:
    """A step says what it is about; a question that is no mere choice explains itself, or says where to look."""
    assert folder.form is not None
    for section in folder.form.sections:
        questions = [one for one in section.fields if not one.read_only]
        assert not questions or (section.hint_vi and section.hint_en), f"{section.key}: no guidance at the step"
        for field in questions:
            answers = field.source_vi or field.choices or field.catalogue or field.parts
            assert hint_of(field) or answers or field.type in ("bool", "table"), f"{section.key}.{field.key}"
