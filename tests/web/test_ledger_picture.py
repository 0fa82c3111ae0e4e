"""The deadline picture: applicant and officer see the same holder for each day, and it is the holder the law counts."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.casework.ledger import intervals
from ansinh.offices.queries import work_calendar
from ansinh.web.citizen.timeline import ledger_view
from ansinh.web.officer.time_view import ledger_of
from tests.casework.moves import a_dossier_in_appraisal, answered, asked
from tests.world import a_moment, a_world

pytestmark = pytest.mark.django_db


def test_both_see_the_same_holder_each_day_and_the_day_of_the_request_is_the_office_s() -> None:
    world = a_world()
    dossier = a_dossier_in_appraisal(world)  # accepted on Monday 9 November
    asked(world, dossier, at=a_moment(date(2026, 11, 12)))
    dossier = answered(world, dossier, at=a_moment(date(2026, 11, 19)))
    now, calendar = a_moment(date(2026, 11, 20)), work_calendar()
    spans = intervals(dossier, now=now, calendar=calendar)
    theirs = ledger_view(dossier, spans, now=now, calendar=calendar, due_on=dossier.due_on).cells
    ours = ledger_of(dossier, (), now=now, calendar=calendar).cells
    drawn = [{cell.text: cell.owner for cell in cells if int(cell.text) in range(10, 21)} for cells in (theirs, ours)]
    assert drawn[0] == drawn[1]
    assert [day for day, owner in drawn[0].items() if owner == "applicant"] == ["13", "16", "17", "18", "19"]
    assert [day for day, owner in drawn[0].items() if owner == "closed"] == ["14", "15"]
