"""I-VAN mandates: one provider at a time, given on a signed declaration, read at each use, taken back at once."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from ansinh.people.actors import System
from ansinh.people.models import Organisation, ServiceContract, TransmissionMandate
from ansinh.people.organisations.transmission import NewMandate, end_mandate, give_mandate, may_transmit
from ansinh.platform.errors import Conflict, NotAllowed, NotFound
from tests.world import a_moment
from tests.world_organisations import OTHER, TODAY, Firm, a_firm, a_mandate, a_provider, an_organisation

pytestmark = pytest.mark.django_db
AT = a_moment(TODAY)
PROCEDURE = "bhxh-bat-buoc-dieu-chinh-dong"


@pytest.fixture
def firm() -> Firm:
    """A company with three of its staff."""
    return a_firm()


def allowed(provider: Organisation, firm: Firm, *, on: date = TODAY, procedure: str = PROCEDURE) -> bool:
    return may_transmit(provider.pk, firm.company.pk, procedure=procedure, on=on)


def given(firm: Firm, provider: Organisation, *, valid_to: date | None = None) -> TransmissionMandate:
    new = NewMandate(provider.pk, valid_from=TODAY, valid_to=valid_to)
    return give_mandate(firm.company.pk, new, dossier_id=uuid4(), actor=System(), at=AT)


def test_a_provider_transmits_only_with_a_mandate_and_within_its_days(firm: Firm) -> None:
    provider, other = a_provider(), a_provider("9999000083", "Truyền Nhận Khác")
    assert not allowed(provider, firm)
    given(firm, provider, valid_to=TODAY + timedelta(days=30))
    assert allowed(provider, firm) and not allowed(other, firm)
    assert not allowed(provider, firm, on=TODAY - timedelta(days=1))
    assert allowed(provider, firm, on=TODAY + timedelta(days=30))
    assert not allowed(provider, firm, on=TODAY + timedelta(days=31))


def test_a_mandate_for_some_procedures_is_for_no_other(firm: Firm) -> None:
    provider = a_provider()
    a_mandate(firm.company, provider, procedures=[PROCEDURE])
    assert allowed(provider, firm) and not allowed(provider, firm, procedure="che-do-om-dau")


def test_one_provider_at_a_time(firm: Firm) -> None:
    provider, other = a_provider(), a_provider("9999000083", "Truyền Nhận Khác")
    given(firm, provider)
    with pytest.raises(Conflict, match="đang dùng một tổ chức I-VAN"):
        given(firm, other)
    with pytest.raises(IntegrityError), transaction.atomic():
        a_mandate(firm.company, other)


def test_the_employer_takes_it_back_at_once_and_may_choose_another(firm: Firm) -> None:
    provider, other = a_provider(), a_provider("9999000083", "Truyền Nhận Khác")
    mandate = given(firm, provider)
    end_mandate(mandate.pk, actor=firm.chief, at=AT)
    end_mandate(mandate.pk, actor=firm.chief, at=AT)
    assert not allowed(provider, firm)
    given(firm, other)
    assert allowed(other, firm)
    kinds = [one.kind for one in provider.events.all()]
    assert kinds == ["mandate_ended", "mandate_given"]


def test_only_who_signs_takes_it_back(firm: Firm) -> None:
    mandate = given(firm, a_provider())
    with pytest.raises(NotAllowed):
        end_mandate(mandate.pk, actor=firm.clerk, at=AT)


def test_a_provider_without_an_agreement_transmits_for_nobody(firm: Firm) -> None:
    provider = a_provider()
    given(firm, provider)
    ServiceContract.objects.update(valid_to=TODAY - timedelta(days=1))
    assert not allowed(provider, firm)
    with pytest.raises(NotFound):
        give_mandate(
            an_organisation(OTHER, "Công ty khác").pk, NewMandate(provider.pk, TODAY), dossier_id=uuid4(),
            actor=System(), at=AT,
        )  # fmt: skip


def test_a_closed_employer_or_provider_ends_it(firm: Firm) -> None:
    provider = a_provider()
    given(firm, provider)
    for one in (firm.company, provider):
        Organisation.objects.filter(pk=one.pk).update(state="closed", valid_to=TODAY)
        assert not allowed(provider, firm)
        Organisation.objects.filter(pk=one.pk).update(state="active", valid_to=None)
    assert allowed(provider, firm)
