"""Jobs of acting for others: the hand-over to a child that comes of age."""

from __future__ import annotations

from datetime import datetime

from ansinh.casework.tell import tell_account
from ansinh.notifications.notify import notify
from ansinh.people.acting.hand_over import HAND_OVER, ToTell, look_again_tomorrow, take_due
from ansinh.platform.queue import task


@task(HAND_OVER)
def tell_of_hand_over(*, at: datetime) -> None:
    """Tell guardians and children whose birthday of age is near; each span once, however often this runs."""
    for one in take_due(at=at):
        _tell(one, at)
    look_again_tomorrow(at=at)


def _tell(one: ToTell, at: datetime) -> None:
    day = one.of_age_on.isoformat()
    if one.guardian_account_id is not None:
        code = "hand_over_soon" if one.days else "hand_over_done"
        tell_account(one.guardian_account_id, code, at=at, child=one.child_name, of_age_on=day)
    if one.child_phone or one.child_email:
        notify(
            account_id=None,
            phone=one.child_phone,
            email=one.child_email,
            dossier_id=None,
            dossier_number=str(one.child_id),
            code="own_account_soon",
            facts={"of_age_on": day},
            at=at,
        )
