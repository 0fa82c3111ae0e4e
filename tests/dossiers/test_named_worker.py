"""An employer names a worker whose record has months at it; of a record that names no employer nobody knows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ansinh.dossiers import drafts
from ansinh.dossiers.access import Holder
from ansinh.dossiers.models import Draft
from ansinh.dossiers.sign import offer_document
from ansinh.dossiers.submit import Confirmation, submit
from ansinh.law.names import search_key
from ansinh.people.actors import Citizen
from ansinh.people.models import Organisation
from ansinh.people.views_of import view_of_citizen
from ansinh.platform.errors import Invalid
from ansinh.platform.identifiers import uuid7
from ansinh.registry.models import ContributionPeriod, InsuredPerson
from ansinh.signing.models import Format
from tests.walls_of import seen_as
from tests.world import LOCAL_OFFICE, a_moment, a_world
from tests.world_organisations import COMPANY, TODAY, Firm, a_firm, acting_for, freeze

pytestmark = pytest.mark.django_db
PENSION, SURVIVORS = "luong-huu-can-bo-xa", "che-do-tu-tuat"
AT = a_moment(TODAY, hour=14)
WORKER = "9000000117"
INCOMPLETE, STRANGER = "draft-incomplete", "worker-of-another-employer"


@pytest.fixture
def firm() -> Firm:
    """A company, and the record of somebody without months so far."""
    a_world()
    freeze(PENSION, SURVIVORS)
    InsuredPerson.objects.create(
        si_number=WORKER, full_name="Lê Minh Đức", search_key=search_key("Lê Minh Đức"), date_of_birth="1965-05-09",
        sex="male", managing_office=LOCAL_OFFICE, updated_on=date(2026, 1, 1),
    )  # fmt: skip
    return a_firm()


def worked(**where: str) -> None:
    """Months at an employer."""
    ContributionPeriod.objects.create(
        insured_id=WORKER, from_month=date(2010, 1, 1), to_month=date(2020, 12, 1), fund="compulsory",
        salary=9_600_000, **where,
    )  # fmt: skip


def a_draft(actor: Citizen, slug: str = PENSION, key: str = "si_number", **more: Any) -> Draft:
    """What the employer wrote of the worker so far."""
    holder = Holder.of(actor)
    answers = {"full_name": "Lê Minh Đức", key: WORKER, "filed_by": "organisation", **more}
    return drafts.save(drafts.begin(slug, holder=holder, at=AT).pk, holder=holder, answers=answers, at=AT)


def stopped_by(actor: Citizen, **draft: Any) -> str:
    """Why nothing is offered to be signed; the draft is not complete, which is told after whose worker it is."""
    made = a_draft(actor, **draft)
    with seen_as(view_of_citizen(actor)), pytest.raises(Invalid) as refused:
        offer_document(made.pk, actor=actor, document_format=Format.XML, at=AT)
    return refused.value.code


@pytest.mark.parametrize(
    ("months", "code"),
    [
        ([{"employer_name": "Công ty May Đồng Xanh 10"}], INCOMPLETE),
        ([{"employer_name": "Công ty Khác"}, {"employer_name": "CÔNG TY MAY ĐỒNG XANH 10"}], INCOMPLETE),
        ([{"employer_code": COMPANY}], INCOMPLETE),
        ([{"employer_name": "Công ty Khác"}], STRANGER),
        ([{"employer_code": "YN0009Z"}, {}], STRANGER),
        ([{}], INCOMPLETE),
        ([], INCOMPLETE),
    ],
    ids=["by name", "one of two", "by code", "another", "another by code", "no employer on record", "no months"],
)  # fmt: skip
def test_the_worker_has_months_at_the_employer(firm: Firm, months: list[dict[str, str]], code: str) -> None:
    for where in months:
        worked(**where)
    assert stopped_by(acting_for(firm.chief, firm.company)) == code


def test_the_one_who_died_worked_there_too(firm: Firm) -> None:
    worked(employer_name="Công ty Khác")
    assert stopped_by(acting_for(firm.chief, firm.company), slug=SURVIVORS, key="deceased_si_number") == STRANGER


def test_the_sentence_says_what_to_do_and_not_where_the_worker_is(firm: Firm) -> None:
    worked(employer_name="Công ty Khác")
    chief = acting_for(firm.chief, firm.company)
    with pytest.raises(Invalid) as refused:
        offer_document(a_draft(chief).pk, actor=chief, document_format=Format.XML, at=AT)
    said = str(refused.value)
    assert "báo tăng lao động trước" in said and WORKER in said and "Công ty Khác" not in said


def test_it_is_refused_at_the_last_press_too(firm: Firm) -> None:
    worked(employer_name="Công ty Khác")
    chief = acting_for(firm.chief, firm.company)
    confirmation = Confirmation(uuid7(), "000000", "browser", "Firefox")
    with pytest.raises(Invalid) as refused:
        submit(
            draft_id=a_draft(chief).pk, actor=chief, confirmation=confirmation, idempotency_key="one",
            channel="portal", at=AT,
        )  # fmt: skip
    assert refused.value.code == STRANGER


def test_who_is_no_employer_names_whom_it_serves(firm: Firm) -> None:
    worked(employer_name="Công ty Khác")
    chief = acting_for(firm.chief, firm.company)
    draft = a_draft(chief)
    Organisation.objects.filter(pk=firm.company.pk).update(kind="collection_agent")
    with pytest.raises(Invalid) as refused:
        offer_document(draft.pk, actor=chief, document_format=Format.XML, at=AT)
    assert refused.value.code == INCOMPLETE
