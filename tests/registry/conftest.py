"""One insured person with a history of both funds."""

from datetime import date

import pytest

from ansinh.registry.models import ContributionPeriod, InsuredPerson

SI_NUMBER = "9000000034"


@pytest.fixture
def insured(db: None) -> InsuredPerson:
    """A woman without any period yet."""
    return InsuredPerson.objects.create(
        si_number=SI_NUMBER,
        full_name="Hoàng Thị Sen",
        search_key="hoang thi sen",
        date_of_birth="1972-06-01",
        sex="female",
        managing_office="90001",
        updated_on=date(2026, 1, 1),
    )


def paid(insured: InsuredPerson, first: str, last: str, salary: int, **more: object) -> None:
    """Months paid from YYYY-MM to YYYY-MM."""
    ContributionPeriod.objects.create(
        **{
            "insured": insured,
            "from_month": date.fromisoformat(f"{first}-01"),
            "to_month": date.fromisoformat(f"{last}-01"),
            "fund": "compulsory",
            "salary": salary,
            **more,
        }
    )
