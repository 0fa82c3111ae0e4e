"""Tell people outside the page: who reported a problem."""

from __future__ import annotations

from datetime import datetime

from ansinh.casework.tell import tell_account
from ansinh.directives.models import ProblemReport
from ansinh.offices.queries import office
from ansinh.platform.row_security.viewer import as_the_house


def tell_answered(report: ProblemReport, *, at: datetime) -> None:
    """Whoever reported the problem hears that it is answered."""
    with as_the_house():  # the account is not among the rows of who answers
        account_id = report.told_by_id
        if account_id is None:
            assert report.reported_by is not None
            account_id = report.reported_by.account_id
        tell_account(account_id, "problem_answered", at=at, office=office(report.to_office_id).name_vi)
