"""Tell the person whose card was looked at."""

from __future__ import annotations

from ansinh.people.models import Account, AccountState
from ansinh.platform.row_security.viewer import as_the_house


def accounts_of(si_number: str) -> list[Account]:
    """The active account of the insured person, if there is one."""
    with as_the_house():
        return list(Account.objects.filter(person__si_number=si_number, state=AccountState.ACTIVE))
