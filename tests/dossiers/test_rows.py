"""Rows of a list come, go and come back, and the papers put to a row stay with its person."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from ansinh.dossiers import drafts, rows
from ansinh.dossiers.access import Holder
from ansinh.dossiers.models import Draft, DraftPaper
from ansinh.platform.errors import Conflict, Invalid, NotFound
from tests.world import World, a_moment, a_paper, a_world
from tests.world_organisations import Firm, a_firm, acting_for, an_organisation, freeze, hired

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)
AT = a_moment(TODAY, hour=14)
SLUG, CERTIFICATE = "che-do-om-dau", "outpatient_certificate"


@pytest.fixture(autouse=True)
def storage(settings: Settings, tmp_path: Path) -> None:
    """Papers of one test only."""
    settings.FILES_DIR = tmp_path / "files"


@pytest.fixture
def world() -> World:
    """Offices, officers, a person, and the procedures."""
    made = a_world()
    freeze(SLUG, "che-do-thai-san", "bhxh-bat-buoc-dieu-chinh-dong")
    return made


@pytest.fixture
def firm(world: World) -> Firm:
    """A company with its staff."""
    return a_firm()


@pytest.fixture
def holder(firm: Firm) -> Holder:
    """The clerk, for the company."""
    return Holder.of(acting_for(firm.clerk, firm.company))


def workers(*numbers: int) -> list[dict[str, Any]]:
    """A row for each, known by its number."""
    return [{"full_name": f"Người {number}", "si_number": f"45{number:08d}"} for number in numbers]


def a_draft(holder: Holder, *numbers: int) -> Draft:
    """A list of these workers."""
    draft = drafts.begin(SLUG, holder=holder, at=AT)
    return drafts.save(draft.pk, holder=holder, answers={"workers": workers(*numbers)}, at=AT)


def put(draft: Draft, holder: Holder, firm: Firm, row: int) -> DraftPaper:
    """A certificate of this row."""
    paper = a_paper(firm.clerk, kind=CERTIFICATE, seed=row)
    return drafts.attach(
        draft.pk, holder=holder, requirement=CERTIFICATE, row=f"workers[{row}]", paper_id=paper.pk, at=AT
    )


def held(draft: Draft) -> list[int]:
    """The workers of the list, by number."""
    draft.refresh_from_db()
    return [int(row["si_number"][2:]) for row in draft.answers["workers"]]


def rows_of_papers(draft: Draft) -> list[str]:
    """To which rows papers are put, in the order they came."""
    return list(draft.papers.order_by("pk").values_list("row", flat=True))


def test_papers_move_with_their_row_in_a_few_statements(
    holder: Holder, firm: Firm, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    draft = a_draft(holder, *range(200))
    for row in (3, 7, 150):
        put(draft, holder, firm, row)
    with django_assert_max_num_queries(12):
        gone = rows.remove_row(draft.pk, holder=holder, table="workers", index=3, at=AT)
    assert gone is not None and rows_of_papers(draft) == ["~workers", "workers[6]", "workers[149]"]
    rows.restore_row(draft.pk, holder=holder, removed=gone, at=AT)
    assert rows_of_papers(draft) == ["workers[3]", "workers[7]", "workers[150]"] and held(draft) == list(range(200))


def test_one_paper_of_two_rows_follows_both(holder: Holder, firm: Firm) -> None:
    draft = a_draft(holder, 1, 2, 3)
    paper = a_paper(firm.clerk, kind=CERTIFICATE)
    for row in (1, 2):
        drafts.attach(draft.pk, holder=holder, requirement=CERTIFICATE, row=f"workers[{row}]", paper_id=paper.pk, at=AT)
    rows.remove_row(draft.pk, holder=holder, table="workers", index=0, at=AT)
    assert rows_of_papers(draft) == ["workers[0]", "workers[1]"]


def test_a_replaced_list_takes_its_papers_aside_and_brings_them_back(holder: Holder, firm: Firm) -> None:
    draft = a_draft(holder, 1, 2)
    put(draft, holder, firm, 1)
    first = rows.take_rows(draft.pk, holder=holder, table="workers", rows=workers(5, 6, 7), instead=True, at=AT)
    assert first == 0 and held(draft) == [5, 6, 7] and rows_of_papers(draft) == ["~workers[1]"]
    assert rows.laid_aside(draft, "workers") == 2
    put(draft, holder, firm, 2)
    assert rows.restore_rows(draft.pk, holder=holder, table="workers", at=AT)
    assert held(draft) == [1, 2] and rows_of_papers(draft) == ["workers[1]", "~workers[2]"]
    assert not rows.restore_rows(a_draft(holder, 1).pk, holder=holder, table="workers", at=AT)


def test_more_rows_than_are_read_change_nothing(holder: Holder) -> None:
    draft = a_draft(holder, 1, 2)
    with pytest.raises(Invalid, match="nhiều hơn 1000 dòng"):
        rows.take_rows(draft.pk, holder=holder, table="workers", rows=workers(*range(999)), instead=False, at=AT)
    assert held(draft) == [1, 2]


def test_a_row_is_laid_in_its_place_or_behind_the_last(holder: Holder) -> None:
    draft = a_draft(holder, 1, 2)
    for index, number in ((1, 9), (2, 3)):
        cells = workers(number)[0]
        rows.lay_row(draft.pk, holder=holder, table="workers", index=index, cells=cells, at=AT)
    assert held(draft) == [1, 9, 3]
    with pytest.raises(NotFound):
        rows.lay_row(draft.pk, holder=holder, table="workers", index=5, cells={}, at=AT)


@pytest.mark.parametrize("slug", ["che-do-thai-san", "bhxh-bat-buoc-dieu-chinh-dong"])
def test_what_both_file_is_asked_as_who_files(world: World, firm: Firm, holder: Holder, slug: str) -> None:
    by_company = drafts.begin(slug, holder=holder, at=AT).answers
    assert by_company["filed_by"] == "organisation" and by_company["organisation"] == firm.company.name
    assert by_company["phone"] == firm.company.contact_phone and "full_name" not in by_company
    by_person = drafts.begin(slug, holder=Holder.of(world.citizen), at=AT).answers
    assert by_person["filed_by"] == "person" and by_person["full_name"] == world.citizen.name
    facility = an_organisation("9999000076", "Phòng khám Sao Mai", kind="health_facility")
    hired(facility, firm.chief, "file")
    with pytest.raises(Conflict, match="loại tổ chức"):
        drafts.begin(slug, holder=Holder.of(acting_for(firm.chief, facility)), at=AT)
