"""Tell the guardians of a child that their rights changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from ansinh.people.happened import ActingChanged
from ansinh.people.models import Account, AccountState, Person
from ansinh.people.models_acting import GuardianshipState
from ansinh.platform.events import publish
from ansinh.platform.row_security.viewer import as_the_house


def tell_guardians(child: Person, code: str, *, at: datetime, also: UUID | None = None, **facts: Any) -> None:
    """Tell everyone who is guardian, `also` a person who just stopped being one, and the child if it has an account."""
    now = Q(person__wards__child=child) & ~Q(person__wards__state=GuardianshipState.ENDED)
    told = Account.objects.filter(now | Q(person=also) | Q(person=child), state=AccountState.ACTIVE).distinct()
    with as_the_house():  # whom to tell, the actor need not see
        ids = tuple(told.order_by("pk").values_list("pk", flat=True))
    if ids:
        publish(ActingChanged(ids, code, at, {"child": child.full_name, **facts}))
