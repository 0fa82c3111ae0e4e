"""A child that has a guardian: whoever asks to be the second is told of to the first, before anything is decided."""

from __future__ import annotations

from datetime import datetime

from ansinh.casework.registration_kinds import known_child
from ansinh.casework.tell import tell_account
from ansinh.dossiers.models import Dossier
from ansinh.people.acting.guardianships import readers
from ansinh.platform.zone import local_day


def tell_present_guardians(dossier: Dossier, *, at: datetime) -> None:
    """Tell the guardians of the child a registration is about, other than who filed it; nothing if there is none."""
    child = known_child(dossier)
    if child is None or dossier.account is None:
        return
    asking = dossier.account.display_name
    for account_id in readers(child.pk, local_day(at), dossier.procedure):
        if account_id != dossier.account_id:
            tell_account(account_id, "guardian_asks", at=at, child=child.full_name, person=asking)
