"""The invented world, with two officers at the counter of whom one may approve recoveries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest

from ansinh.people.actors import OfficerActor
from ansinh.people.models import Account, Recovery
from ansinh.people.recovery.decide import approve
from ansinh.people.recovery.open_at_counter import add_photo, open_at_counter
from tests.web.citizen.conftest import settled, stranger, world
from tests.world import LOCAL_OFFICE, World, a_moment, a_paper, delegate

__all__ = ["settled", "stranger", "world"]
AT = a_moment(date(2026, 11, 9))


@dataclass
class Counter:
    """Who stands at the counter."""

    account: Account
    first: OfficerActor
    second: OfficerActor
    paper_id: UUID

    def opened(self, **more: object) -> Recovery:
        """The first officer has compared her with her identity card and photographed it."""
        values = {"office_code": LOCAL_OFFICE, "reason": "lost_phone", "compared": ["id_card"], "at": AT, **more}
        made = open_at_counter(self.account.pk, actor=self.first, **values)  # type: ignore[arg-type]
        add_photo(made.pk, actor=self.first, kind="id_card", paper_id=self.paper_id, at=made.opened_at)
        return made

    def approved(self) -> tuple[Recovery, str]:
        """The second officer has approved; the secret of the slip."""
        made = self.opened()
        return made, approve(made.pk, actor=self.second, at=AT)


@pytest.fixture
def counter(world: World) -> Counter:
    """Lan has lost her telephone."""
    delegate(world["province_counter"], by=world["leader"], office="90000", procedures=["khoi-phuc-tai-khoan"])
    account = Account.objects.get(pk=world.citizen.account_id)
    account.email = "lan@example.vn"
    account.save()
    paper = a_paper(world.citizen, kind="recovery_id_card")
    return Counter(account, world["counter"], world["province_counter"], paper.pk)
